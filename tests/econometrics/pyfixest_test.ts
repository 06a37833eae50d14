import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { feols, fepois, type VcovSpec } from "@ree/econometrics";
import { assertRelative } from "./reference.ts";

/**
 * Two implementations of the same formulas; pyfixest's Poisson fits stop at 1e-12 of the deviance,
 * which leaves their weights, and so standard errors, good to some 1e-7.
 */
const COEFFICIENT = 1e-8;
const STANDARD_ERROR = 1e-6;
/**
 * pyfixest takes the instruments as they are; Montiel Olea and Pflueger have the other variables
 * partialled out of them, as here. The recorded instruments are all but uncorrelated with these.
 */
const EFFECTIVE_F = 1e-2;

interface Recorded {
  readonly kind: "feols" | "iv" | "fepois";
  readonly formula: string;
  readonly vcov: string | { readonly CRV1: string };
  readonly weights: string | null;
  readonly weightsType: "aweights" | "fweights" | null;
  readonly names: readonly string[];
  readonly coef: readonly number[];
  readonly se: readonly number[];
  readonly pvalue: readonly number[];
  readonly effectiveF?: number;
}

const { data, fits } = JSON.parse(
  readFileSync(new URL("./reference/pyfixest.json", import.meta.url), "utf8"),
) as { data: Record<string, number[]>; fits: Recorded[] };

for (const kind of ["feols", "iv", "fepois"] as const) {
  Deno.test(`${kind} equals pyfixest's for all formulas, covariances and weights recorded`, () => {
    for (const recorded of fits.filter((entry) => entry.kind === kind)) {
      const estimate = kind === "fepois" ? fepois : feols;
      const fit = estimate(recorded.formula, data, {
        vcov: typeof recorded.vcov === "string"
          ? recorded.vcov as VcovSpec
          : { cluster: recorded.vcov.CRV1.split("+") },
        weights: recorded.weights ?? undefined,
        weightsType: recorded.weightsType === "fweights" ? "frequency" : "analytic",
        fixefRm: "none",
        fixefTol: 1e-12,
      });
      const what = `${recorded.formula}, ${JSON.stringify(recorded.vcov)}, ${recorded.weightsType}`;
      assert.equal(fit.coefNames.length, recorded.names.length, what);
      recorded.names.forEach((name, j) => {
        assertRelative(fit.coef(name), recorded.coef[j], COEFFICIENT, `${what}: ${name}`);
        assertRelative(fit.se(name), recorded.se[j], STANDARD_ERROR, `${what}: se ${name}`);
      });
      if (recorded.effectiveF !== undefined) {
        const { statistic } = fit.iv!.effectiveF!;
        assertRelative(statistic, recorded.effectiveF, EFFECTIVE_F, `${what}: effective F`);
      }
    }
  });
}
