import { estimateElasticities, partialPooling, simulatePatentPanel } from "@ree/elasticity";
import { randomStream } from "@ree/numeric";
import assert from "node:assert/strict";

/** Integration over a grid of 80 points. */
const GRID = 0.02;

function diagonal(variances: readonly number[]): Float64Array {
  const S = variances.length;
  const matrix = new Float64Array(S * S);
  variances.forEach((value, s) => matrix[s * S + s] = value);
  return matrix;
}

Deno.test("posterior means lie between the own estimate and the pooled mean, noisy ones nearer to the mean", () => {
  const estimates = Float64Array.of(0.1, 0.3, 0.5, 0.2, 0.4, 0.6);
  const { grid, mean, shrinkage, se } = partialPooling(
    estimates,
    diagonal([0.01, 0.01, 0.01, 0.09, 0.09, 0.09]),
  );
  const centre = grid.reduce((sum, point) => sum + point.weight * point.mean, 0);
  estimates.forEach((own, s) => {
    assert.ok(Math.min(own, centre - GRID) <= mean[s] && mean[s] <= Math.max(own, centre + GRID));
  });
  assert.ok(shrinkage[3] > shrinkage[0] && shrinkage[0] > 0 && shrinkage[5] < 1);
  // The noisy ones gain most; a precise one can lose a little to the unknown spread.
  assert.ok(se[3] < 0.7 * 0.3 && se[0] < 1.05 * 0.1);
});

Deno.test("exact estimates are not shrunk; estimates that agree are pooled", () => {
  const apart = partialPooling(Float64Array.of(-1, 0, 1, 2), diagonal([1e-8, 1e-8, 1e-8, 1e-8]));
  apart.shrinkage.forEach((share) => assert.ok(share < 1e-5));
  const alike = partialPooling(Float64Array.of(1, 1.01, 0.99, 1), diagonal([1, 1, 1, 1]));
  alike.shrinkage.forEach((share) => assert.ok(share > 0.95));
  assert.ok(Math.abs(alike.mean[0] - 1) < 0.01);
});

Deno.test("an error common to all sectors does not shrink: it says nothing on who differs", () => {
  const S = 4;
  const estimates = Float64Array.of(0.2, 0.4, 0.6, 0.8);
  const own = diagonal([0.001, 0.001, 0.001, 0.001]);
  const alone = partialPooling(estimates, own);
  const together = partialPooling(estimates, own.map((value) => value + 0.5));
  for (let s = 0; s < S; s++) {
    assert.ok(Math.abs(alone.mean[s] - together.mean[s]) < GRID, `sector ${s}`);
    assert.ok(together.se[s] > 0.6);
  }
});

Deno.test("draws from the model: the spread's interval holds the truth in most samples", () => {
  const random = randomStream(8);
  let held = 0;
  const samples = 100;
  for (let sample = 0; sample < samples; sample++) {
    const variances = Array.from({ length: 30 }, () => 0.005 + 0.01 * random.uniform());
    const estimates = Float64Array.from(
      variances,
      (variance) => 0.3 + 0.1 * random.normal() + Math.sqrt(variance) * random.normal(),
    );
    const { sd } = partialPooling(estimates, diagonal(variances));
    if (sd.lower <= 0.1 && 0.1 <= sd.upper) held++;
  }
  assert.ok(held >= 88, `${held} of ${samples}`);
});

Deno.test("without pooling the mean is of these sectors and has no error from drawing them", () => {
  const panel = simulatePatentPanel({ sigma: { mean: 0.7, sd: 0.3 }, psi: 0.5, seed: 12 });
  const fit = (pooling: "none" | "empirical-bayes") =>
    estimateElasticities(panel, { design: "counts", psi: 0.5, pooling });
  const [none, pooled] = [fit("none"), fit("empirical-bayes")];
  assert.equal(none.pooled!.of, "these sectors");
  assert.equal(pooled.pooled!.of, "population");
  assert.ok(pooled.pooled!.se > none.pooled!.se);
  assert.ok(none.sectors.every((row) => row.sigma_pooled === null));
  const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
  assert.ok(
    spread(pooled.sectors.map((row) => row.slope_pooled!)) <
      spread(pooled.sectors.map((row) => row.slope!)),
  );
  none.sectors.forEach((row, s) => assert.equal(row.sigma, pooled.sectors[s].sigma));
});
