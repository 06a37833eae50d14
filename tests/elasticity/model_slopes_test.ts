import { flowSlope, sigmaFromFlowSlope, sigmaFromStockSlope, stockSlope } from "@ree/elasticity";
import { type Economy, solveEquilibrium } from "@ree/equilibrium";
import assert from "node:assert/strict";
import { oneCountry } from "../equilibrium/toy.ts";

/** The solver stops at residuals of 1e-11. */
const SOLVED = 1e-8;

/**
 * Research and technology after the price of the element rises by a factor through costs of its producer: one country, one good made
 * with labour and one element, supply perfectly elastic, so that the wage is the numeraire and q/z is the element's price.
 */
function response(economy: Economy, factor: number) {
  const iceberg = Float64Array.of(1, factor);
  const found = solveEquilibrium(economy, { iceberg }, { closure: { kind: "allocation" } });
  const relativePrice = Math.log(found.price[1] / found.wage[0]);
  const [before, after] = [economy.elementShare[0], found.elementShare[0]];
  const odds = Math.log(after / (1 - after) / (before / (1 - before)));
  const technology = Math.log(found.technology.element[0] / found.technology.other[0]);
  return { relativePrice, odds, technology };
}

Deno.test("a price shock in the model moves research by the flow slope: σ comes back from the odds of research", () => {
  for (const sigma of [0.1, 0.5, 0.9, 1.4]) {
    for (const psi of [0.2, 1, 1.5]) {
      const economy = oneCountry({ share: 0.05, rho: 0, sigma, psi });
      for (const factor of [1.001, 1.5, 6]) {
        const { relativePrice, odds, technology } = response(economy, factor);
        assert.ok(Math.abs(relativePrice - Math.log(factor)) < SOLVED, "q/z is what was shocked");
        // Relative research is the odds of the share, hR/hX ∝ s/(1 − s): exact for shocks of any size.
        const slope = odds / relativePrice;
        assert.ok(Math.abs(slope - flowSlope(sigma, psi)) < SOLVED / Math.log(factor), `${slope}`);
        assert.ok(Math.abs(technology / relativePrice - stockSlope(sigma, psi)) < 1e-5);
        if (factor > 1.1) {
          assert.ok(Math.abs(sigmaFromFlowSlope(slope, psi).sigma - sigma) < 1e-6);
          assert.ok(
            Math.abs(sigmaFromStockSlope(technology / relativePrice, psi).sigma - sigma) < 1e-6,
          );
        }
      }
    }
  }
});
