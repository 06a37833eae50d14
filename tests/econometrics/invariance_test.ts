import assert from "node:assert/strict";
import { randomStream } from "@ree/numeric";
import { feols, fepois } from "@ree/econometrics";
import { crossedDesign } from "./designs.ts";
import { assertRelative } from "./reference.ts";

/** Two orders of the same sums differ by round-off only; Poisson steps stop at 1e-8 of the deviance. */
const SAME = 1e-9;
const FORMULA = "y ~ x1 + x2 | g1 + g2";
const COUNTS = "count ~ x1 + x2 | g1 + g2";

function assertSame(
  a: { coef(): Float64Array; se(): Float64Array },
  b: { coef(): Float64Array; se(): Float64Array },
  what: string,
) {
  a.coef().forEach((value, j) => assertRelative(value, b.coef()[j], SAME, `${what}: coef ${j}`));
  a.se().forEach((value, j) => assertRelative(value, b.se()[j], SAME, `${what}: se ${j}`));
}

Deno.test("the order of the rows does not matter", () => {
  const { columns, rows } = crossedDesign(11, 500, [30, 8]);
  const random = randomStream(3);
  const order = Array.from({ length: rows }, (_, i) => i);
  for (let i = rows - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const shuffled = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, order.map((i) => values[i])]),
  );
  assertSame(feols(FORMULA, columns), feols(FORMULA, shuffled), "OLS");
  assertSame(fepois(COUNTS, columns), fepois(COUNTS, shuffled), "Poisson");
});

Deno.test("the names of the groups do not matter", () => {
  const { columns } = crossedDesign(12, 400, [20, 6]);
  const renamed = {
    ...columns,
    g1: Array.from(columns.g1, (code) => `group ${(code * 7) % 20}`),
    g2: Float64Array.from(columns.g2, (code) => -1.5 * code),
  };
  assertSame(feols(FORMULA, columns), feols(FORMULA, renamed), "OLS");
  assertSame(fepois(COUNTS, columns), fepois(COUNTS, renamed), "Poisson");
});

Deno.test("adding constants and group-constant numbers that the effects absorb does not matter", () => {
  const { columns } = crossedDesign(13, 400, [20, 6]);
  const moved = {
    ...columns,
    y: Float64Array.from(columns.y, (value, i) => value + 1e4 + 3 * columns.g1[i]),
    x1: Float64Array.from(columns.x1, (value, i) => value - 500 + columns.g2[i]),
  };
  const [plain, shifted] = [feols(FORMULA, columns), feols(FORMULA, moved)];
  plain.coef().forEach((value, j) => assertRelative(value, shifted.coef()[j], SAME, `coef ${j}`));
  plain.se().forEach((value, j) => assertRelative(value, shifted.se()[j], SAME, `se ${j}`));
  assertRelative(plain.r2Within!, shifted.r2Within!, SAME, "within R²");
});

Deno.test("frequency weights equal repeated rows, for every covariance", () => {
  const { columns, rows } = crossedDesign(14, 250, [12, 5]);
  const from = Array.from({ length: rows }, (_, i) => i)
    .flatMap((i) => Array<number>(columns.weight[i]).fill(i));
  const repeated = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, from.map((i) => values[i])]),
  );
  const options = { weights: "weight", weightsType: "frequency" } as const;
  for (const vcov of ["iid", "HC1", "HC2", "HC3", { cluster: ["g1", "g2"] }] as const) {
    assertSame(
      feols(FORMULA, columns, { ...options, vcov }),
      feols(FORMULA, repeated, { vcov }),
      `OLS ${JSON.stringify(vcov)}`,
    );
  }
  for (const vcov of ["iid", "HC1", { cluster: "g1" }] as const) {
    const weighted = fepois(COUNTS, columns, { ...options, vcov });
    const long = fepois(COUNTS, repeated, { vcov });
    assertSame(weighted, long, `Poisson ${JSON.stringify(vcov)}`);
    assert.equal(weighted.nobs, long.nobs);
  }
});

Deno.test("scaling analytic weights does not matter", () => {
  const { columns } = crossedDesign(15, 300, [12, 5]);
  const scaled = { ...columns, big: Float64Array.from(columns.weight, (weight) => 1000 * weight) };
  for (const vcov of ["iid", "HC1", "HC3", { cluster: "g1" }] as const) {
    assertSame(
      feols(FORMULA, columns, { weights: "weight", vcov }),
      feols(FORMULA, scaled, { weights: "big", vcov }),
      JSON.stringify(vcov),
    );
  }
});

Deno.test("Poisson coefficients do not change with the unit of the outcome", () => {
  const { columns } = crossedDesign(16, 300, [10]);
  const cents = { ...columns, cents: Float64Array.from(columns.count, (value) => 100 * value) };
  const [euros, same] = [
    fepois("count ~ x1 | g1", columns),
    fepois("cents ~ x1 | g1", cents),
  ];
  assertSame(euros, same, "unit");
});

Deno.test("another covariance of a fit equals a fresh estimation with it", () => {
  const { columns } = crossedDesign(17, 300, [15, 5]);
  const fit = feols(FORMULA, columns);
  for (const vcov of ["iid", "HC1", { cluster: "g2" }, { cluster: ["g1", "g2"] }] as const) {
    assertSame(fit.withVcov(vcov), feols(FORMULA, columns, { vcov }), JSON.stringify(vcov));
  }
});
