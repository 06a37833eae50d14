import assert from "node:assert/strict";
import { randomStream } from "@ree/numeric";
import {
  breakdownMbar,
  eventStudy,
  feols,
  fepois,
  relativeMagnitudes,
  supTCritical,
} from "@ree/econometrics";
import { normals } from "./designs.ts";
import { assertRelative, referenceFrame, referenceTest } from "./reference.ts";

/** Same numbers through another path of the code. */
const SAME = 1e-10;

function panel(seed: number, effect: number, slope = 0) {
  const random = randomStream(seed);
  const [units, years] = [40, 8];
  const id = Int32Array.from({ length: units * years }, (_, i) => Math.floor(i / years));
  const year = Int32Array.from({ length: units * years }, (_, i) => 2000 + i % years);
  const treated = Int32Array.from(id, (unit) => unit < units / 2 ? 1 : 0);
  const noise = normals(random, units * years);
  const y = noise.map((value, i) => {
    const after = year[i] >= 2004 ? effect : 0;
    return 0.5 * value + treated[i] * (after + slope * (year[i] - 2003)) + 0.1 * id[i];
  });
  return { y, id, year, treated };
}

const FORMULA = "y ~ i(year, treated, ref = 2003) | id + year";

Deno.test("event times carry the fit's coefficients in order, with the reference at zero", () => {
  const fit = feols(FORMULA, panel(1, 2));
  const study = eventStudy(fit);
  assert.equal(study.reference, 2003);
  assert.deepEqual(study.times.map(({ time }) => time), [
    2000,
    2001,
    2002,
    2003,
    2004,
    2005,
    2006,
    2007,
  ]);
  for (const { time, name, estimate, se, low, high, bandLow, bandHigh } of study.times) {
    if (time === 2003) {
      assert.deepEqual([name, estimate, se], [undefined, 0, 0]);
      continue;
    }
    assert.equal(name, `year::${time}:treated`);
    assert.equal(estimate, fit.coef(name!));
    const interval = fit.confint(0.95, name!);
    assertRelative(low, interval.low, SAME, "low");
    assertRelative(high, interval.high, SAME, "high");
    assert.ok(bandLow < low && high < bandHigh, "the band is wider than the pointwise interval");
  }
});

Deno.test("pre-trend test and averages equal their definitions", () => {
  const data = panel(2, 1);
  const fit = feols(FORMULA, data, { vcov: "iid" });
  const study = eventStudy(fit);
  // With iid errors the Wald F is the F test against the model without the leads.
  const short = feols("y ~ i(year, treated, keep = 2004:2007) | id + year", data, { vcov: "iid" });
  const f = (short.deviance - fit.deviance) / 3 / (fit.deviance / fit.dof.residual);
  assertRelative(study.pretrend!.statistic, f, 1e-8, "F");
  const after = [2004, 2005, 2006, 2007].map((year) => fit.coef(`year::${year}:treated`));
  assertRelative(study.postAverage!.estimate, after.reduce((a, b) => a + b) / 4, SAME, "average");
  assert.ok(study.postAverage!.se > 0);
  assert.ok(Math.abs(study.postAverage!.estimate - 1) < 4 * study.postAverage!.se);
});

Deno.test("sup-t critical values: one coefficient, independent ones, and perfectly correlated ones", () => {
  const draws = 40_000;
  const one = supTCritical(Float64Array.of(4), 1, 0.95, draws, 1);
  assert.ok(Math.abs(one - 1.96) < 0.03, `${one}`);
  const order = 5;
  const identity = Float64Array.from({ length: 25 }, (_, k) => k % 6 === 0 ? 1 : 0);
  // P(max |z| ≤ c) = (2Φ(c) − 1)⁵ = 0.95 at c = 2.569.
  const independent = supTCritical(identity, order, 0.95, draws, 1);
  assert.ok(Math.abs(independent - 2.569) < 0.03, `${independent}`);
  const equal = supTCritical(new Float64Array(25).fill(2), order, 0.95, draws, 1);
  assert.ok(Math.abs(equal - 1.96) < 0.03, `${equal}`);
  assert.equal(
    supTCritical(identity, order, 0.95, 1000, 9),
    supTCritical(identity, order, 0.95, 1000, 9),
  );
});

Deno.test("relative magnitudes: M̄ = 0 is the usual interval, and intervals grow with M̄", () => {
  const fit = feols(FORMULA, panel(3, 2));
  const study = eventStudy(fit);
  const [usual, one, two] = study.relativeMagnitudes([0, 1, 2]);
  assertRelative(usual.low, study.postAverage!.low, SAME, "low");
  assertRelative(usual.high, study.postAverage!.high, SAME, "high");
  assert.ok(two.low < one.low && one.low < usual.low && usual.high < one.high);
  const breakdown = study.breakdown();
  const [at] = study.relativeMagnitudes([breakdown * 1.001]);
  const [before] = study.relativeMagnitudes([breakdown * 0.999]);
  assert.ok(at.low <= 0 && before.low > 0, `${breakdown}`);
  const [first] = study.relativeMagnitudes([0], 2004);
  assertRelative(first.low, fit.confint(0.95, "year::2004:treated").low, SAME, "one period");
  assert.match(study.sensitivityMethod, /not the conditional or hybrid test of HonestDiD/);
});

Deno.test("without noise relative magnitudes are the identified set worked out by hand", () => {
  // Pre-period steps 0.1 and −0.3, so the largest is 0.3; target the second post period.
  const path = {
    times: [-2, -1, 0, 1, 2],
    reference: 0,
    estimates: Float64Array.of(0.2, 0.3, 0, 1, 2),
    covariance: new Float64Array(25),
  };
  const { low, high } = relativeMagnitudes(path, [0, 1], 1, 1.96);
  assertRelative(low, 2 - 2 * 0.3, SAME, "low");
  assertRelative(high, 2 + 2 * 0.3, SAME, "high");
  assertRelative(breakdownMbar(path, [0, 1], 1.96), 2 / 0.6, 1e-6, "breakdown");
});

Deno.test("intervals under relative magnitudes cover when the violation is as large as allowed", () => {
  // δ falls by 0.2 per period throughout: post steps equal pre steps, M̄ = 1 is just true.
  let covered = 0;
  const draws = 200;
  for (let d = 0; d < draws; d++) {
    const study = eventStudy(feols(FORMULA, panel(100 + d, 1, -0.2)), { draws: 10 });
    const [{ low, high }] = study.relativeMagnitudes([1]);
    if (low <= 1 && 1 <= high) covered++;
  }
  // At least 95 % up to three standard errors of a share over 200 samples.
  assert.ok(covered / draws >= 0.95 - 3 * Math.sqrt(0.05 * 0.95 / draws), `${covered}`);
});

Deno.test("Poisson event studies test with χ², and a study without a reference is refused", () => {
  const data = panel(4, 1);
  const counts = data.y.map((value) => Math.floor(Math.exp(0.3 * value)));
  const fit = fepois("counts ~ i(year, treated, ref = 2003) | id + year", { ...data, counts });
  assert.equal(eventStudy(fit).pretrend!.denominator, undefined);
  assert.throws(
    () => eventStudy(feols("y ~ treated", data)),
    /needs an i\(time, …, ref = …\) term/,
  );
  assert.throws(
    () => eventStudy(feols(FORMULA, data), { reference: 2005 }),
    /2005 is no reference of i\(year\); these are: 2003/,
  );
});

Deno.test("a singular pre-trend covariance gives no test and says why", () => {
  const data = panel(5, 1);
  const three = Int32Array.from(data.id, (unit) => unit % 3);
  const study = eventStudy(
    feols(FORMULA, { ...data, three }, { vcov: { cluster: "three" } }),
    { draws: 100 },
  );
  assert.equal(study.pretrend, undefined);
  assert.match(study.notes[0], /fewer clusters than coefficients/);
});

referenceTest("base_did: leads are small and the breakdown is finite", () => {
  const fit = feols(
    "y ~ x1 + i(period, treat, 5) | id + period",
    referenceFrame("fixest/base_did.csv"),
  );
  const study = eventStudy(fit);
  assert.equal(study.reference, 5);
  assert.ok(study.pretrend!.pvalue > 0.3);
  assert.ok(study.postAverage!.pvalue < 1e-4);
  assert.ok(study.breakdown() > 0 && study.breakdown() < 1);
});

referenceTest("base_stagg: of two references the one before treatment is taken", () => {
  const fit = feols(
    "y ~ x1 + i(time_to_treatment, ref = c(-1, -1000)) | id + year",
    referenceFrame("fixest/base_stagg.csv"),
  );
  const study = eventStudy(fit);
  assert.equal(study.reference, -1);
  assert.equal(study.times.length, 18);
});
