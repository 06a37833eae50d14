import { type ColumnGroup, saltelliDesign, sobolIndices } from "@ree/uncertainty";
import { randomStream } from "@ree/numeric";
import assert from "node:assert/strict";

/** Integration error of 4,096 rows of a Sobol sequence, seen to be below 0.004 for these functions. */
const SEQUENCE = 0.01;

/** A function of the unit cube decomposed by a Saltelli design. */
function decompose(
  f: (u: Float64Array) => number,
  groups: readonly ColumnGroup[],
  { rows = 4096, seed = 7, resamples = 50 } = {},
) {
  const design = saltelliDesign(groups, seed);
  const at = (part: string) =>
    Float64Array.from({ length: rows }, (_, row) => f(design.point(row, part)));
  const swapped = new Map(groups.map(({ name }) => [name, at(name)]));
  return sobolIndices({ a: at("A"), b: at("B"), swapped }, { resamples });
}

const single = (count: number) =>
  Array.from({ length: count }, (_, k): ColumnGroup => ({ name: `x${k + 1}`, columns: 1 }));

function near(
  found: ReturnType<typeof decompose>,
  first: readonly number[],
  total: readonly number[],
  tolerance = SEQUENCE,
) {
  found.indices.forEach((index, k) => {
    assert.ok(Math.abs(index.first - first[k]) < tolerance, `${index.group}: ${index.first}`);
    assert.ok(Math.abs(index.total - total[k]) < tolerance, `${index.group}: ${index.total}`);
  });
}

/** Ishigami and Homma (1990) with a = 7, b = 0.1 on [−π, π]³. */
function ishigami(u: Float64Array): number {
  const [x, y, z] = u.map((value) => Math.PI * (2 * value - 1));
  return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
}

/** Its variances in closed form. */
const ISHIGAMI = (() => {
  const [a, b] = [7, 0.1];
  const v1 = (1 + b * Math.PI ** 4 / 5) ** 2 / 2;
  const v2 = a ** 2 / 8;
  const v13 = b ** 2 * Math.PI ** 8 * (1 / 18 - 1 / 50);
  return { v1, v2, v13, all: v1 + v2 + v13 };
})();

Deno.test("the Ishigami function has the indices of its closed form", () => {
  const { v1, v2, v13, all } = ISHIGAMI;
  const found = decompose(ishigami, single(3));
  near(found, [v1 / all, v2 / all, 0], [(v1 + v13) / all, v2 / all, v13 / all]);
  assert.ok(Math.abs(found.variance / all - 1) < SEQUENCE);
  assert.ok(Math.abs(found.mean - 3.5) < SEQUENCE);
});

Deno.test("a group of two inputs takes their interaction into its first-order index", () => {
  const { v1, v2, v13, all } = ISHIGAMI;
  const ordered = (u: Float64Array) => ishigami(Float64Array.of(u[0], u[2], u[1]));
  const found = decompose(ordered, [{ name: "x and z", columns: 2 }, { name: "y", columns: 1 }]);
  near(found, [(v1 + v13) / all, v2 / all], [(v1 + v13) / all, v2 / all]);
});

Deno.test("an additive linear model has first-order and total indices c² of its coefficients", () => {
  const coefficients = [1, 2, -3, 0.5];
  const all = coefficients.reduce((sum, c) => sum + c * c, 0);
  const shares = coefficients.map((c) => c * c / all);
  const linear = (u: Float64Array) => coefficients.reduce((sum, c, k) => sum + c * u[k], 1000);
  near(decompose(linear, single(4)), shares, shares);
});

Deno.test("Sobol's g-function has the indices of its closed form", () => {
  const a = [0, 1, 4.5, 9, 99, 99];
  const g = (u: Float64Array) =>
    a.reduce((product, c, k) => product * (Math.abs(4 * u[k] - 2) + c) / (1 + c), 1);
  const own = a.map((c) => 1 / (3 * (1 + c) ** 2));
  const all = own.reduce((product, v) => product * (1 + v), 1) - 1;
  const first = own.map((v) => v / all);
  const total = own.map((v) => v * (all + 1) / (1 + v) / all);
  near(decompose(g, single(6)), first, total, 2 * SEQUENCE);
});

Deno.test("an input without effect has indices of 0, and exactly 0 as a total", () => {
  const found = decompose((u) => u[0], single(2));
  assert.equal(found.indices[1].total, 0);
  assert.ok(Math.abs(found.indices[1].first) < SEQUENCE);
});

Deno.test("adding a constant or changing the unit leaves the indices as they are", () => {
  const before = decompose(ishigami, single(3), { rows: 64 });
  const after = decompose((u) => -5 * ishigami(u) + 1e4, single(3), { rows: 64 });
  before.indices.forEach(({ first, total }, k) => {
    assert.ok(Math.abs(after.indices[k].first - first) < 1e-9);
    assert.ok(Math.abs(after.indices[k].total - total) < 1e-9);
  });
});

Deno.test("bootstrap intervals of independent rows hold the true indices about as often as they say", () => {
  const { v1, v13, all } = ISHIGAMI;
  const groups = single(3);
  const [studies, rows] = [100, 128];
  let [first, total] = [0, 0];
  for (let study = 0; study < studies; study++) {
    const random = randomStream(study + 1);
    const draw = () => Float64Array.from({ length: 3 }, () => random.uniform());
    const [a, b] = [Array.from({ length: rows }, draw), Array.from({ length: rows }, draw)];
    const swapped = new Map(groups.map(({ name }, g) => [
      name,
      a.map((row, k) => ishigami(row.map((value, c) => c === g ? b[k][c] : value))),
    ]));
    const sample = { a: a.map(ishigami), b: b.map(ishigami), swapped };
    const [x] = sobolIndices(sample, { resamples: 200, seed: study }).indices;
    first += Number(x.firstLower <= v1 / all && v1 / all <= x.firstUpper);
    total += Number(x.totalLower <= (v1 + v13) / all && (v1 + v13) / all <= x.totalUpper);
  }
  // A binomial count of 100 with 0.95 is below 87 once in a thousand; percentile intervals fall a little short.
  assert.ok(first >= 85 && total >= 85, `${first}, ${total}`);
});

Deno.test("rows with a failed draw are left out, counted, and change nothing else", () => {
  const whole = { a: [1, 2, 4, 3, 9], b: [2, 5, 1, 1, 0], x: [1, 5, 4, 1, 7] };
  const of = (a: number[], b: number[], x: number[]) =>
    sobolIndices({ a, b, swapped: new Map([["x", x]]) }, { resamples: 20 });
  const failed = of(
    [...whole.a, 7, 8, NaN],
    [...whole.b, NaN, 1, 2],
    [...whole.x, 1, NaN, 2],
  );
  assert.deepEqual({ ...failed, dropped: 0 }, of(whole.a, whole.b, whole.x));
  assert.equal(failed.dropped, 3);
});

Deno.test("samples that cannot be decomposed are refused by name", () => {
  const five = [1, 2, 3, 4, 5];
  const of = (a: number[], b: number[], x: number[]) =>
    sobolIndices({ a, b, swapped: new Map([["x", x]]) });
  assert.throws(() => of(five, [1, 2], five), /B has 2 rows, expected 5/);
  assert.throws(() => of(five, five, [1]), /x has 1 rows, expected 5/);
  assert.throws(
    () => of([1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]),
    /the outcome is 1 in all 4 rows/,
  );
  assert.throws(() => of([1, 2, 3, NaN], [1, 2, 3, 4], [1, 2, 3, 4]), /3 of 4 rows/);
  assert.throws(() => sobolIndices({ a: five, b: five, swapped: new Map() }), /no group/);
});
