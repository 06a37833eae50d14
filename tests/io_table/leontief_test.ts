import assert from "node:assert/strict";
import { embodied, symmetricTable, technicalCoefficients, totalRequirements } from "@ree/io-table";

/** Published to eight digits. */
const PUBLISHED = 5e-9;
/** Rounding of sums over a few dozen terms of order one. */
const ROUNDING = 1e-12;

function close(actual: ArrayLike<number>, expected: readonly number[], tolerance: number) {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, k) =>
    assert.ok(Math.abs(actual[k] - value) <= tolerance, `[${k}] ${actual[k]} is not ${value}`)
  );
}

// Miller and Blair (2009), ch. 2; the same example is in the tests of pymrio.
const FLOWS = Float64Array.of(150, 500, 200, 100);
const OUTPUT = Float64Array.of(1000, 2000);

Deno.test("Miller and Blair's two-sector table has their Leontief inverse", () => {
  const requirements = totalRequirements(technicalCoefficients(FLOWS, OUTPUT));
  close(requirements, [1.25412541, 0.330033, 0.2640264, 1.12211221], PUBLISHED);
});

Deno.test("new final demand gives the output that Miller and Blair print", () => {
  const requirements = totalRequirements(technicalCoefficients(FLOWS, OUTPUT));
  const output = [0, 1].map((i) => requirements[2 * i] * 600 + requirements[2 * i + 1] * 1500);
  close(output, [1247.5, 1841.6], 0.05);
});

Deno.test("rows of the inverse agree with the whole inverse", () => {
  const a = randomCoefficients(30, 5);
  const all = totalRequirements(a);
  const some = totalRequirements(a, { rows: [7, 0, 29] });
  [7, 0, 29].forEach((row, k) =>
    close(some.slice(k * 30, (k + 1) * 30), [...all.slice(row * 30, (row + 1) * 30)], ROUNDING)
  );
});

Deno.test("output is total requirements times final demand", () => {
  const n = 25;
  const a = randomCoefficients(n, 9);
  const output = Array.from({ length: n }, (_, j) => 10 + j);
  const demand = output.map((x, i) => x - output.reduce((sum, y, j) => sum + a[i * n + j] * y, 0));
  const inverse = totalRequirements(a);
  close(
    output.map((_, i) => demand.reduce((sum, y, j) => sum + inverse[i * n + j] * y, 0)),
    output,
    1e-9,
  );
});

Deno.test("the power series for large tables agrees with the factorisation for small ones", () => {
  // 950 sectors go to the series; the same economy repeated 950/19 times has the small one's inverse in its blocks.
  const [small, copies] = [19, 50];
  const n = small * copies;
  const a = randomCoefficients(small, 4);
  const wide = new Float64Array(n * n);
  for (let b = 0; b < copies; b++) {
    for (let i = 0; i < small; i++) {
      for (let j = 0; j < small; j++) wide[(b * small + i) * n + b * small + j] = a[i * small + j];
    }
  }
  const row = totalRequirements(wide, { rows: [small * 7 + 3] });
  const expected = new Array<number>(n).fill(0);
  totalRequirements(a, { rows: [3] }).forEach((value, j) => expected[small * 7 + j] = value);
  close(row, expected, 1e-12);
});

Deno.test("an economy that needs more than it makes is refused", () => {
  assert.throws(() => totalRequirements(Float64Array.of(0.5, 0.6, 0.6, 0.5)), /not productive/);
  assert.throws(() => totalRequirements(Float64Array.of(1, 0, 0, 0.5)), /singular/);
  assert.throws(() => totalRequirements(Float64Array.of(0.1, 0, 0)), /n² numbers/);
  assert.throws(() => totalRequirements(new Float64Array(4), { rows: [2] }), /row 2/);
});

Deno.test("inputs of an industry without output are an error that names it; an idle industry is zeros", () => {
  assert.throws(
    () => technicalCoefficients(Float64Array.of(1, 2), [5, 0]),
    /industry 1 .* output 0/,
  );
  close(technicalCoefficients(Float64Array.of(1, 0), [5, 0]), [0.2, 0], 0);
  assert.throws(() => technicalCoefficients(new Float64Array(5), [1, 2]), /not rows of 2/);
});

Deno.test("embodied inputs are direct inputs times total requirements", () => {
  const a = technicalCoefficients(FLOWS, OUTPUT);
  const l = totalRequirements(a);
  close(embodied(Float64Array.of(0.1, 0.3), a), [
    0.1 * l[0] + 0.3 * l[2],
    0.1 * l[1] + 0.3 * l[3],
  ], ROUNDING);
});

// Miller and Blair (2009), section 5.3: two commodities, two industries.
const MAKE = Float64Array.of(90, 0, 10, 100);
const USE = Float64Array.of(12, 8, 10, 7);

Deno.test("industry technology: BD and DB of Miller and Blair's Make and Use, and their output identity", () => {
  const table = symmetricTable(MAKE, USE, { technology: "industry" });
  close(table.industryOutput, [90, 110], 0);
  close(table.commodityOutput, [100, 100], 0);
  close(table.requirements, [12 / 90, 8 / 110, 10 / 90, 7 / 110], ROUNDING);
  close(table.marketShares, [0.9, 0, 0.1, 1], ROUNDING);
  close(table.commodityByCommodity, [0.12727273, 0.07272727, 0.10636364, 0.06363636], PUBLISHED);
  close(table.industryByIndustry, [0.12, 0.06545455, 0.12444444, 0.07090909], PUBLISHED);
});

Deno.test("industry-by-industry flows keep every industry's total inputs", () => {
  const table = symmetricTable(MAKE, USE, { technology: "industry" });
  // All commodities are made domestically, so what an industry buys is somebody's output.
  for (const j of [0, 1]) {
    close([table.flows[j] + table.flows[2 + j]], [USE[j] + USE[2 + j]], 1e-12);
  }
});

Deno.test("without secondary products both technologies give the plain coefficients", () => {
  const diagonal = Float64Array.of(100, 0, 0, 50);
  const industry = symmetricTable(diagonal, USE, { technology: "industry" });
  const commodity = symmetricTable(diagonal, USE, { technology: "commodity" });
  const plain = [...technicalCoefficients(USE, [100, 50])];
  for (const table of [industry, commodity]) {
    close(table.commodityByCommodity, plain, ROUNDING);
    close(table.industryByIndustry, plain, ROUNDING);
  }
});

Deno.test("more commodities than industries are allowed when the number of industries is given", () => {
  const make = Float64Array.of(5, 0, 1, 0, 4, 2); // 2 industries x 3 commodities
  const use = Float64Array.of(1, 0, 0, 1, 1, 1); // 3 commodities x 2 industries
  const table = symmetricTable(make, use, { technology: "industry", industries: 2 });
  assert.equal(table.commodityByCommodity.length, 9);
  assert.equal(table.industryByIndustry.length, 4);
  assert.throws(
    () => symmetricTable(make, use, { technology: "commodity", industries: 2 }),
    /as many commodities as industries/,
  );
  assert.throws(
    () => symmetricTable(make, use, { technology: "industry" }),
    /industries x commodities/,
  );
});

/** Non-negative coefficients whose column sums lie below 0.9. */
function randomCoefficients(n: number, seed: number): Float64Array {
  let state = seed;
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  return Float64Array.from({ length: n * n }, () => 0.9 * next() / n);
}
