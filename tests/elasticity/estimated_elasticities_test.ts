import {
  checkedEstimates,
  defaultEstimates,
  estimatedElasticities,
  estimateElasticities,
  flowSlope,
  industriesByWorldSector,
  loadEstimatedElasticities,
  sigmaDraws,
  worldSigma,
} from "@ree/elasticity";
import assert from "node:assert/strict";
import { exactPanel } from "./panels.ts";

const estimates = loadEstimatedElasticities();
/** Digits that JSON and another order of sums may change. */
const ROUNDING = 1e-9;

Deno.test("the committed default is what the committed SIMULATED panel gives", () => {
  const own = defaultEstimates();
  assert.equal(estimates.simulated, true);
  assert.match(estimates.source, /SIMULATED/);
  assert.deepEqual(own.sectors.map(({ sector }) => sector), estimates.sectors.map((s) => s.sector));
  own.sectors.forEach(({ sigma }, s) =>
    assert.ok(Math.abs(sigma - estimates.sectors[s].sigma) < ROUNDING)
  );
});

Deno.test("the diagonal of the posterior covariance is that of the fit's shrunken slopes", () => {
  const panel = exactPanel({ sigma: [0.3, 0.5, 0.6, 0.7, 0.9, 1.1], psi: 1, noise: 0.3 });
  const fit = estimateElasticities(panel, { design: "flow", psi: 1, pooling: "empirical-bayes" });
  const { slopeCovariance, sectors } = estimatedElasticities(fit, {
    simulated: true,
    source: "test",
    scheme: "test",
    design: "flow",
  });
  fit.sectors.forEach((row, s) => {
    assert.ok(Math.abs(sectors[s].slope - row.slope_pooled!) < ROUNDING);
    assert.ok(Math.abs(Math.sqrt(slopeCovariance[s][s]) / row.slope_pooled_se! - 1) < 1e-6);
  });
});

Deno.test("draws have the slopes' mean and spread, and never a σ below 0", () => {
  const found = sigmaDraws(estimates, { draws: 4000, seed: 3 });
  estimates.sectors.forEach(({ slope }, s) => {
    const slopes = found.values.map((values) => flowSlope(values[s], estimates.psi));
    const mean = slopes.reduce((sum, value) => sum + value, 0) / slopes.length;
    const se = Math.sqrt(estimates.slopeCovariance[s][s] / slopes.length);
    assert.ok(Math.abs(mean - slope) < 5 * se + 0.002, `${mean} ${slope}`);
    assert.ok(found.values.every((values) => values[s] >= 0));
  });
  assert.deepEqual(sigmaDraws(estimates, { draws: 5, seed: 3 }).values, found.values.slice(0, 5));
  assert.throws(() => sigmaDraws(estimates, { draws: 0, seed: 1 }), /0 draws/);
});

Deno.test("slopes beyond the stable region are counted and set to σ = 0", () => {
  const wild = {
    ...estimates,
    sectors: estimates.sectors.map((row) => ({ ...row, slope: 2 })),
    slopeCovariance: estimates.slopeCovariance.map((row) => row.map(() => 0)),
  };
  const found = sigmaDraws(wild, { draws: 3, seed: 1 });
  assert.equal(found.setToZero, 3 * estimates.sectors.length);
  assert.ok(found.values.every((values) => values.every((value) => value === 0)));
});

Deno.test("a file that lacks something, repeats a sector or is no JSON is refused by name", () => {
  const faulty = (change: object) => () => checkedEstimates({ ...estimates, ...change });
  assert.throws(faulty({ simulated: undefined }), /"simulated" is undefined/);
  assert.throws(faulty({ psi: 0 }), /"psi" is 0/);
  assert.throws(faulty({ sectors: [estimates.sectors[0]] }), /fewer than two sectors/);
  assert.throws(
    faulty({ sectors: estimates.sectors.map((row) => ({ ...row, sector: "a" })) }),
    /sector a occurs twice/,
  );
  assert.throws(faulty({ slopeCovariance: [] }), /"slopeCovariance" is not/);
  const path = Deno.makeTempFileSync({ suffix: ".json" });
  Deno.writeTextFileSync(path, "{");
  assert.throws(() => loadEstimatedElasticities(path), RangeError);
  Deno.removeSync(path);
});

Deno.test("world sectors take the mean of their industries by elements bought", () => {
  const members = new Map([
    ["c14", [{ industry: "a", weight: 3 }, { industry: "b", weight: 1 }]],
    ["c15", [{ industry: "c", weight: 2 }]],
    ["c16", [{ industry: "a", weight: 0 }]],
  ]);
  const found = worldSigma(new Map([["a", 0.4], ["b", 0.8]]), members);
  assert.deepEqual([...found.keys()], ["c14"]);
  assert.ok(Math.abs(found.get("c14")! - 0.5) < ROUNDING);
  const real = industriesByWorldSector();
  assert.ok(real.get("c14")!.some(({ industry }) => /Computer/.test(industry)));
  for (const rows of real.values()) assert.ok(rows.every(({ weight }) => weight >= 0));
});
