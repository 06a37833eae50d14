import assert from "node:assert/strict";
import { mean, variance } from "simple-statistics";
import { dirichletSampler } from "@ree/numeric";

const DRAWS = 4_000;
/** Four standard errors of a mean or variance over 4,000 draws of a share. */
const MEAN_TOLERANCE = 4 * 0.15 / Math.sqrt(DRAWS);
const VARIANCE_RATIO_TOLERANCE = 0.15;

Deno.test("Dirichlet draws sum to one and have the mean and variance of the distribution", () => {
  const sample = dirichletSampler(11);
  const shares = [0.2, 0.3, 0.5, 0];
  const concentration = 20;
  const draws = Array.from({ length: DRAWS }, () => sample(shares, concentration));
  for (const draw of draws) {
    assert.ok(Math.abs(draw.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
    assert.equal(draw[3], 0);
  }
  for (const k of [0, 1, 2]) {
    const series = draws.map((draw) => draw[k]);
    const expected = shares[k] * (1 - shares[k]) / (concentration + 1);
    assert.ok(Math.abs(mean(series) - shares[k]) < MEAN_TOLERANCE);
    assert.ok(Math.abs(variance(series) / expected - 1) < VARIANCE_RATIO_TOLERANCE);
  }
});

Deno.test("the same seed gives the same draws, another seed others", () => {
  const [a, b, c] = [5, 5, 6].map((seed) => dirichletSampler(seed)([1, 1, 1], 3));
  assert.deepEqual(a, b);
  assert.notDeepEqual(a, c);
});

Deno.test("a Dirichlet sampler refuses shares and concentrations that make no distribution", () => {
  const sample = dirichletSampler(1);
  assert.throws(() => sample([0, 0], 5), /not all 0/);
  assert.throws(() => sample([0.5, -0.5], 5), /≥ 0/);
  assert.throws(() => sample([0.5, 0.5], 0), /concentration must be > 0/);
});
