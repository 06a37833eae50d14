import { fepois } from "@ree/econometrics";
import { type CountRows, countSlopes, estimateElasticities } from "@ree/elasticity";
import { randomStream } from "@ree/numeric";
import assert from "node:assert/strict";

/** Both solve the same scores; `fepois` stops at a relative change of the deviance. */
const SAME_MAXIMUM = 1e-6;
/** A likelihood at its maximum changes with the square of a step of 1e-4. */
const FLAT = 1e-6;

/** Small counts with zeros of both kinds, written without the library's simulation. */
function counts(S: number, T: number, seed: number, level = 1.5): CountRows {
  const random = randomStream(seed);
  const poisson = (mean: number) => {
    let count = 0;
    for (let p = random.uniform(); p > Math.exp(-mean); p *= random.uniform()) count++;
    return count;
  };
  const rows = {
    sector: [] as number[],
    year: [] as number[],
    element: [] as number[],
    other: [] as number[],
    price: [] as number[],
  };
  for (let s = 0; s < S; s++) {
    for (let t = 0; t < T; t++) {
      const price = random.normal();
      rows.sector.push(s);
      rows.year.push(2000 + t);
      rows.price.push(price);
      rows.element.push(poisson(level * Math.exp(0.2 * s - 0.5 + 0.4 * price)));
      rows.other.push(poisson(4));
    }
  }
  if (rows.element.some((count, i) => count + rows.other[i] === 0)) {
    return counts(S, T, seed + 1000, level);
  }
  return {
    sector: Int32Array.from(rows.sector),
    year: Int32Array.from(rows.year),
    element: Float64Array.from(rows.element),
    other: Float64Array.from(rows.other),
    price: Float64Array.from(rows.price),
    extras: [],
  };
}

Deno.test("without bias reduction the slopes are those of fepois on sector × z, sector × t and z × t effects", () => {
  const rows = counts(6, 12, 1);
  const own = countSlopes(rows, { yearEffects: true, biasReduction: false });
  const n = rows.element.length;
  const twice = (values: ArrayLike<number>) => [...Array.from(values), ...Array.from(values)];
  const z = [...Array(n).fill(0), ...Array(n).fill(1)];
  const fit = fepois("n ~ i(s, price) | s^z + s^t + z^t", {
    n: [...rows.other, ...rows.element],
    s: twice(rows.sector),
    t: twice(rows.year),
    z,
    price: [...Array(n).fill(0), ...rows.price],
  }, { vcov: "iid", glmTol: 1e-12 });
  own.sectors.forEach((code, s) => {
    const long = fit.coef(`s::${code}:price`);
    assert.ok(Math.abs(own.slopes[s] - long) < SAME_MAXIMUM, `${own.slopes[s]} ${long}`);
  });
});

Deno.test("with bias reduction the slopes maximise the likelihood penalised by the information's determinant", () => {
  const rows = counts(3, 6, 2);
  const own = countSlopes(rows, { yearEffects: true });
  // Columns of the explicit design: sectors, years but the first, slopes.
  const [S, T] = [3, 6];
  const order = S + T - 1 + S;
  const design = Array.from(rows.sector, (s, i) => {
    const row = new Float64Array(order);
    row[s] = 1;
    if (rows.year[i] > 2000) row[S + rows.year[i] - 2001] = 1;
    row[S + T - 1 + s] = rows.price[i];
    return row;
  });
  const penalised = (beta: Float64Array) => {
    const information = Array.from({ length: order }, () => new Float64Array(order));
    let value = 0;
    design.forEach((row, i) => {
      const eta = row.reduce((sum, x, j) => sum + x * beta[j], 0);
      const share = 1 / (1 + Math.exp(-eta));
      const total = rows.element[i] + rows.other[i];
      value += rows.element[i] * Math.log(share) + rows.other[i] * Math.log(1 - share);
      for (let a = 0; a < order; a++) {
        for (let b = 0; b < order; b++) {
          information[a][b] += row[a] * row[b] * total * share * (1 - share);
        }
      }
    });
    return value + 0.5 * logDeterminant(information);
  };
  // Effects from the fitted log odds: solve the design for the fitted values.
  const beta = solveDesign(design, own.fit.fitted, order);
  own.slopes.forEach((slope, s) => assert.ok(Math.abs(beta[S + T - 1 + s] - slope) < 1e-6));
  const best = penalised(beta);
  for (let j = 0; j < order; j++) {
    const step = 1e-4;
    const at = (move: number) => penalised(beta.map((value, k) => k === j ? value + move : value));
    assert.ok(Math.abs((at(step) - at(-step)) / (2 * step)) < FLAT * 10, `coefficient ${j}`);
    assert.ok(at(step) < best && at(-step) < best, `coefficient ${j} is not at a maximum`);
  }
});

Deno.test("bias reduction takes most of the small-sample bias out", () => {
  const mean = { reduced: 0, plain: 0 };
  const draws = 60;
  let used = 0;
  for (let seed = 0; seed < draws; seed++) {
    const rows = counts(5, 8, 100 + seed, 2);
    try {
      const plain = countSlopes(rows, { yearEffects: true, biasReduction: false });
      const reduced = countSlopes(rows, { yearEffects: true });
      used++;
      mean.plain += plain.slopes.reduce((sum, b) => sum + b, 0) / 5;
      mean.reduced += reduced.slopes.reduce((sum, b) => sum + b, 0) / 5;
    } catch (cause) {
      assert.match((cause as Error).message, /no maximum/);
    }
  }
  const [plain, reduced] = [mean.plain / used - 0.4, mean.reduced / used - 0.4];
  assert.ok(plain > 0.05, `plain ${plain}`);
  assert.ok(Math.abs(reduced) < plain / 2, `reduced ${reduced}, plain ${plain}`);
});

Deno.test("counts keep zeros: cells are used as long as they have one patent", () => {
  const rows = counts(8, 10, 5, 0.5);
  const zeros = rows.element.filter((count) => count === 0).length;
  assert.ok(zeros > 0.4 * rows.element.length);
  const panel = {
    sector: Array.from(rows.sector),
    year: Array.from(rows.year),
    patents_element: Array.from(rows.element, (count, i) => i === 3 ? 0 : count),
    patents_other: Array.from(rows.other, (count, i) => i === 3 ? 0 : count),
    log_relative_price: Array.from(rows.price),
  };
  const { diagnostics } = estimateElasticities(panel, {
    design: "counts",
    psi: 0.5,
    pooling: "none",
  });
  assert.equal(diagnostics.rowsUsed, rows.element.length - 1);
  assert.equal(diagnostics.droppedZeros, 1);
  assert.throws(
    () =>
      countSlopes({ ...rows, element: rows.element.fill(0), other: rows.other.fill(0) }, {
        yearEffects: true,
      }),
    /row 0 has no patents/,
  );
});

function logDeterminant(matrix: Float64Array[]): number {
  const a = matrix.map((row) => row.slice());
  let sum = 0;
  for (let k = 0; k < a.length; k++) {
    sum += Math.log(a[k][k]);
    for (let i = k + 1; i < a.length; i++) {
      const factor = a[i][k] / a[k][k];
      for (let j = k; j < a.length; j++) a[i][j] -= factor * a[k][j];
    }
  }
  return sum;
}

/** Least squares of the fitted log odds on the design; they lie in its span. */
function solveDesign(design: Float64Array[], fitted: Float64Array, order: number): Float64Array {
  const gram = Array.from({ length: order }, () => new Float64Array(order + 1));
  design.forEach((row, i) => {
    for (let a = 0; a < order; a++) {
      for (let b = 0; b < order; b++) gram[a][b] += row[a] * row[b];
      gram[a][order] += row[a] * fitted[i];
    }
  });
  for (let k = 0; k < order; k++) {
    for (let i = 0; i < order; i++) {
      if (i === k) continue;
      const factor = gram[i][k] / gram[k][k];
      for (let j = k; j <= order; j++) gram[i][j] -= factor * gram[k][j];
    }
  }
  return Float64Array.from(gram, (row, k) => row[order] / row[k]);
}
