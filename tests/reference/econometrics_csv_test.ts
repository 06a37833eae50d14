import assert from "node:assert/strict";
import { referenceTest } from "../econometrics/reference.ts";
import { compareEconometrics } from "./compare_econometrics.ts";

/** What the project asks of its agreement with R. */
const COEFFICIENT = 1e-8;
const STANDARD_ERROR = 1e-6;
/** The table is written with twelve digits. */
const WRITTEN = 1e-10;

const written = Deno.readTextFileSync(new URL("econometrics.csv", import.meta.url))
  .trim().split("\n").slice(1).map((line) => line.split(",").slice(-2).map(Number));

Deno.test("the validation table holds the agreement with R that is asked for", () => {
  assert.ok(written.length > 25);
  for (const [ours, published] of written) {
    assert.ok(Math.abs(ours / published - 1) < STANDARD_ERROR, `${ours} ${published}`);
  }
});

referenceTest("the validation table is what the estimators give now", () => {
  compareEconometrics().forEach(({ quantity, ours, published }, k) => {
    assert.ok(
      Math.abs(ours / written[k][0] - 1) < WRITTEN,
      `${quantity}: ${ours}, written ${written[k][0]}`,
    );
    const tolerance = quantity === "coefficient" ? COEFFICIENT : STANDARD_ERROR;
    assert.ok(
      Math.abs(ours / published - 1) < tolerance,
      `${quantity}: ${ours}, published ${published}`,
    );
  });
});
