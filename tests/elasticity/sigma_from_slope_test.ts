import {
  flowSlope,
  sigmaFromFlowSlope,
  sigmaFromStockSlope,
  sigmaVarianceFromFlowSlope,
  sigmaVarianceFromStockSlope,
  stockSlope,
} from "@ree/elasticity";
import { randomStream } from "@ree/numeric";
import assert from "node:assert/strict";

/** Rounding of a handful of operations near 1. */
const ROUNDING = 1e-12;
/** A central difference with step 1e-6. */
const DIFFERENCE = 1e-7;

/** Stable pairs of σ and ψ from the whole admitted range. */
function stablePairs(): { sigma: number; psi: number }[] {
  const random = randomStream(3);
  return Array.from({ length: 200 }, () => {
    const psi = 0.1 + 2 * random.uniform();
    return { psi, sigma: (1 + 1 / psi) * random.uniform() * 0.99 };
  });
}

Deno.test("σ comes back from the slopes of flows and of stocks", () => {
  for (const { sigma, psi } of stablePairs()) {
    const flow = sigmaFromFlowSlope(flowSlope(sigma, psi), psi);
    const stock = sigmaFromStockSlope(stockSlope(sigma, psi), psi);
    assert.ok(flow.stable && stock.stable);
    assert.ok(Math.abs(flow.sigma - sigma) < 1e3 * ROUNDING, `${sigma} ${psi} ${flow.sigma}`);
    assert.ok(Math.abs(stock.sigma - sigma) < 1e3 * ROUNDING);
  }
});

Deno.test("the sign test does not need ψ: a slope is positive exactly when σ < 1", () => {
  for (const { sigma, psi } of stablePairs()) {
    assert.equal(flowSlope(sigma, psi) > 0, sigma < 1);
    assert.equal(stockSlope(sigma, psi) > 0, sigma < 1);
  }
  assert.equal(sigmaFromFlowSlope(0, 0.7).sigma, 1);
  assert.equal(sigmaFromStockSlope(0, 0.7).sigma, 1);
});

Deno.test("ψ = 1 gives the lab-equipment slope (1 − σ)/(2 − σ)", () => {
  for (const sigma of [0.1, 0.5, 1.4]) {
    assert.ok(Math.abs(flowSlope(sigma, 1) - (1 - sigma) / (2 - sigma)) < ROUNDING);
  }
});

Deno.test("delta-method variances are the slope's variance times the squared numerical derivative", () => {
  const step = 1e-6;
  for (const [slope, psi] of [[0.3, 1], [-0.4, 1.3], [0.2, 0.3]]) {
    for (
      const [sigmaOf, varianceOf] of [
        [sigmaFromFlowSlope, sigmaVarianceFromFlowSlope],
        [sigmaFromStockSlope, sigmaVarianceFromStockSlope],
      ] as const
    ) {
      const derivative = (sigmaOf(slope + step, psi).sigma - sigmaOf(slope - step, psi).sigma) /
        (2 * step);
      const ratio = varianceOf(slope, psi, 0.04) / (0.04 * derivative ** 2);
      assert.ok(Math.abs(ratio - 1) < DIFFERENCE, `${slope} ${psi} ${ratio}`);
    }
  }
});

Deno.test("a slope outside the stable region is reported as such and not clipped", () => {
  const beyond = sigmaFromFlowSlope(1.25, 1);
  assert.equal(beyond.stable, false);
  assert.equal(beyond.sigma, 6);
  assert.deepEqual(sigmaFromFlowSlope(1, 1), { sigma: -Infinity, stable: false });
  assert.equal(sigmaFromStockSlope(1.5, 0.5).stable, false);
  assert.equal(sigmaVarianceFromFlowSlope(1, 1, 0.1), Infinity);
});

Deno.test("ψ that is not positive, slopes that are not numbers and unstable σ are refused by name", () => {
  for (const psi of [0, -1, NaN, Infinity]) {
    assert.throws(() => sigmaFromFlowSlope(0.3, psi), /psi .*expected more than 0/);
    assert.throws(() => sigmaFromStockSlope(0.3, psi), /psi .*expected more than 0/);
  }
  assert.throws(() => sigmaFromFlowSlope(NaN, 1), /slope: got NaN/);
  assert.throws(() => sigmaVarianceFromFlowSlope(0.3, 1, -1), /variance of a slope: got -1/);
  assert.throws(() => flowSlope(2.1, 1), /outside the stable region/);
});
