import assert from "node:assert/strict";
import { columnSums, rowSums } from "@ree/numeric";
import { gras, GRAS_TOLERANCE } from "@ree/io-table";

/** Perturbations of the entropy optimum are of this size; the objective must not fall by more than rounding. */
const STEP = 1e-4;

function checkMargins(matrix: Float64Array, rows: readonly number[], columns: readonly number[]) {
  const scale = Math.max(...rows.map(Math.abs), ...columns.map(Math.abs));
  rowSums(matrix, columns.length).forEach((sum, i) =>
    assert.ok(Math.abs(sum - rows[i]) <= GRAS_TOLERANCE * scale, `row ${i}: ${sum}, not ${rows[i]}`)
  );
  columnSums(matrix, columns.length).forEach((sum, j) =>
    assert.ok(Math.abs(sum - columns[j]) <= GRAS_TOLERANCE * scale, `column ${j}: ${sum}`)
  );
}

Deno.test("GRAS meets margins and keeps signs and zeros", () => {
  // The example of Junius and Oosterhaven (2003): rows and columns with negative cells.
  const matrix = Float64Array.of(7, 3, 5, -3, 2, 9, 8, 1, -2, 0, 2, 1);
  const rows = [15, 26, -1];
  const columns = [9, 16, 17, -2];
  const result = gras({ matrix, rowTotals: rows, columnTotals: columns });
  checkMargins(result.matrix, rows, columns);
  result.matrix.forEach((cell, k) => assert.equal(Math.sign(cell), Math.sign(matrix[k])));
  assert.ok(result.residual <= GRAS_TOLERANCE);
});

Deno.test("for a non-negative matrix the result is the entropy optimum", () => {
  const prior = Float64Array.of(4, 1, 3, 2, 6, 1, 5, 2, 2);
  const rows = [10, 9, 6];
  const columns = [12, 7, 6];
  const { matrix } = gras({ matrix: prior, rowTotals: rows, columnTotals: columns });
  checkMargins(matrix, rows, columns);
  const entropy = (x: Float64Array) =>
    x.reduce((sum, cell, k) => sum + cell * Math.log(cell / prior[k]), 0);
  const optimum = entropy(matrix);
  // Moves along every 2 x 2 loop keep the margins; none may lower the objective.
  for (const [i, k] of [[0, 1], [0, 2], [1, 2]]) {
    for (const [j, l] of [[0, 1], [0, 2], [1, 2]]) {
      for (const step of [STEP, -STEP]) {
        const moved = Float64Array.from(matrix);
        moved[3 * i + j] += step;
        moved[3 * k + l] += step;
        moved[3 * i + l] -= step;
        moved[3 * k + j] -= step;
        assert.ok(entropy(moved) > optimum, `loop ${i}${k}${j}${l} step ${step}`);
      }
    }
  }
});

Deno.test("GRAS is scale invariant", () => {
  const matrix = Float64Array.of(4, -1, 3, 2, 6, 1);
  const rows = [8, 7];
  const columns = [7, 4, 4];
  const once = gras({ matrix, rowTotals: rows, columnTotals: columns }).matrix;
  const prior = gras({
    matrix: matrix.map((a) => 1e6 * a),
    rowTotals: rows,
    columnTotals: columns,
  });
  const both = gras({
    matrix: matrix.map((a) => 1e3 * a),
    rowTotals: rows.map((u) => 1e3 * u),
    columnTotals: columns.map((v) => 1e3 * v),
  });
  once.forEach((cell, k) => {
    assert.ok(Math.abs(both.matrix[k] / cell - 1e3) < 1e-5, `cell ${k}`);
    if (matrix.every((a) => a > 0)) assert.ok(Math.abs(prior.matrix[k] - cell) < 1e-8);
  });
  checkMargins(prior.matrix, rows, columns);
});

Deno.test("a balanced matrix comes back unchanged", () => {
  const matrix = Float64Array.of(1, 2, -3, 4);
  const result = gras({ matrix, rowTotals: [3, 1], columnTotals: [-2, 6] });
  result.matrix.forEach((cell, k) => assert.ok(Math.abs(cell - matrix[k]) < 1e-9));
});

Deno.test("a row of negative cells only is balanced (the zero-row repair)", () => {
  const matrix = Float64Array.of(5, 3, -2, -1);
  const rows = [9, -4];
  const columns = [3, 2];
  const result = gras({ matrix, rowTotals: rows, columnTotals: columns });
  checkMargins(result.matrix, rows, columns);
  assert.ok(result.matrix[2] < 0 && result.matrix[3] < 0);
});

Deno.test("an all-zero row with total zero stays zero", () => {
  const result = gras({
    matrix: Float64Array.of(2, 3, 0, 0),
    rowTotals: [6, 0],
    columnTotals: [2, 4],
  });
  assert.deepEqual([...result.matrix.slice(2)], [0, 0]);
  checkMargins(result.matrix, [6, 0], [2, 4]);
});

Deno.test("a positive row whose total is zero is emptied", () => {
  const result = gras({
    matrix: Float64Array.of(2, 3, 1, 1),
    rowTotals: [6, 0],
    columnTotals: [2, 4],
  });
  assert.deepEqual([...result.matrix.slice(2)], [0, 0]);
});

Deno.test("a free column keeps no total, and moves with its rows only", () => {
  const result = gras({
    matrix: Float64Array.of(2, 3, 1, 4),
    rowTotals: [10, 5],
    columnTotals: [6, null],
  });
  const sums = rowSums(result.matrix, 2);
  assert.ok(Math.abs(sums[0] - 10) < 1e-9 && Math.abs(sums[1] - 5) < 1e-9);
  assert.ok(Math.abs(columnSums(result.matrix, 2)[0] - 6) < 1e-9);
});

Deno.test("infeasible margins are an error that names the row or column", () => {
  const matrix = Float64Array.of(1, 2, 0, 0);
  const labels = { rowLabels: ["steel", "glass"], columnLabels: ["cars", "boats"] };
  assert.throws(
    () => gras({ matrix, rowTotals: [3, 2], columnTotals: [2, 3], ...labels }),
    /row 1 \(glass\) should sum to 2 but has no cell but zeros/,
  );
  assert.throws(
    () =>
      gras({
        matrix: Float64Array.of(1, 2, 3, 4),
        rowTotals: [-1, 4],
        columnTotals: [1, 2],
        ...labels,
      }),
    /row 0 \(steel\) should sum to -1 but has only positive cells/,
  );
  assert.throws(
    () => gras({ matrix: Float64Array.of(1, 2, 3, 4), rowTotals: [3, 4], columnTotals: [4, 4] }),
    /row totals sum to 7, column totals to 8/,
  );
  // The pattern of zeros forces row 0 = column 0: no scaling can meet these totals.
  assert.throws(
    () =>
      gras({
        matrix: Float64Array.of(1, 0, 0, 1),
        rowTotals: [3, 4],
        columnTotals: [4, 3],
        ...labels,
      }),
    /no convergence .* row \d \((steel|glass)\)/,
  );
});

Deno.test("shapes and numbers are checked", () => {
  assert.throws(
    () => gras({ matrix: new Float64Array(5), rowTotals: [1, 1], columnTotals: [1, 1] }),
    /need 4 cells, got 5/,
  );
  assert.throws(
    () => gras({ matrix: Float64Array.of(1, NaN), rowTotals: [1], columnTotals: [1, 0] }),
    /matrix\[1\] is NaN/,
  );
});
