import {
  calibrate,
  exportQuota,
  modelElasticities,
  shockOf,
  solveEquilibrium,
} from "@ree/equilibrium";
import { randomStream } from "@ree/numeric";
import { elementPrices, mitigationPercent, type Run, welfareOf } from "@ree/story";
import { inputSampler } from "@ree/uncertainty";
import assert from "node:assert/strict";
import { madeUpEstimates } from "../elasticity/made_up_estimates.ts";
import { DISTRIBUTIONS, MEMBERS, POINTS, RANGES, SMALL_TABLE, smallModel } from "./small_world.ts";

/** Two solves of one equilibrium from different starts, relative. */
const SAME = 1e-7;

const points = (columns: number, count: number, seed = 1) => {
  const random = randomStream(seed);
  return Array.from(
    { length: count },
    () => Float64Array.from({ length: columns }, () => random.uniform() || 0.5),
  );
};
const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = SAME) =>
  Array.from(a).every((value, k) => Math.abs(value - b[k]) <= tolerance * (1 + Math.abs(b[k])));

Deno.test("the central draw is calibration and solves by hand", () => {
  const model = smallModel();
  const { economy } = calibrate(SMALL_TABLE, RANGES);
  const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
  const [fixed, allocation] = (["fixed", "allocation"] as const).map((kind): Run => ({
    name: kind,
    sigma: NaN,
    economy,
    shock,
    found: solveEquilibrium(economy, shock, { closure: { kind } }),
  }));
  const { values, failure } = model.central();
  assert.equal(failure, null);
  const of = (key: string) => values[model.outcomes.findIndex((outcome) => outcome.key === key)];
  const abroad = (country: string) => country !== "CHN";
  const expected = [
    elementPrices(fixed, "CHN").outside,
    elementPrices(allocation, "CHN").inside,
    welfareOf(allocation, abroad).million,
    mitigationPercent(allocation, fixed, "CHN"),
  ];
  const found = ["fixed price", "allocation price home", "allocation welfare abroad", "mitigation"];
  // A mitigation share is a difference of two losses, which magnifies the solver's tolerance.
  assert.ok(close(found.map(of), expected, 1e3 * SAME), `${found.map(of)} ${expected}`);
});

Deno.test("without ranges every draw is the central one", () => {
  const model = smallModel({
    inputs: { elasticities: POINTS, distributions: DISTRIBUTIONS, estimates: null },
  });
  const central = model.central();
  for (const point of points(model.columns, 3)) {
    assert.deepEqual(model.evaluate(point), central);
  }
});

Deno.test("a draw is a function of its point, whatever was drawn before", () => {
  const drawn = points(smallModel().columns, 6);
  const [inOrder, backwards] = [smallModel(), smallModel()];
  const first = drawn.map((point) => inOrder.evaluate(point).values);
  const second = drawn.toReversed().map((point) => backwards.evaluate(point).values).reverse();
  assert.deepEqual(first, second);
});

Deno.test("the columns of a group move its inputs and no others", () => {
  const inputs = { elasticities: RANGES, distributions: DISTRIBUTIONS, estimates: null };
  const sampler = inputSampler(inputs);
  const [a, b] = points(sampler.columns, 2);
  let at = 0;
  for (const { name, columns } of sampler.groups) {
    const mixed = a.slice();
    mixed.set(b.subarray(at, at + columns), at);
    at += columns;
    const [before, after] = [sampler.draw(a), sampler.draw(mixed)];
    assert.equal(before.weightsSeed !== after.weightsSeed, name === "weights");
    before.elasticities.rows.forEach((row, k) =>
      assert.equal(row.value !== after.elasticities.rows[k].value, row.parameter === name, name)
    );
  }
});

Deno.test("draws stay inside the judged ranges", () => {
  const sampler = inputSampler({
    elasticities: RANGES,
    distributions: DISTRIBUTIONS,
    estimates: null,
  });
  for (const point of points(sampler.columns, 200)) {
    for (const { value, low, high } of sampler.draw(point).elasticities.rows) {
      assert.ok(low <= value && value <= high);
    }
  }
});

Deno.test("estimated σ has the spread of its slopes, and sectors without an estimate keep the table's", () => {
  const variance = 1e-4;
  const sampler = inputSampler({
    elasticities: RANGES,
    distributions: DISTRIBUTIONS,
    estimates: madeUpEstimates(["electronics", "alloys"], variance),
    members: MEMBERS,
  });
  const drawn = points(sampler.columns, 4000).map((point) => sampler.draw(point).elasticities);
  const values = drawn.map((one) => one.of("sigma", "c14", false));
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  // σ = 1 − b/(1 − b) with ψ = 1 falls by 1/(1 − b)² = 9/4 for each unit of the slope at b = 1/3.
  assert.ok(
    Math.abs(mean - 0.5) < 0.005 && Math.abs(sd / (9 / 4 * 0.01) - 1) < 0.05,
    `${mean} ${sd}`,
  );
  assert.ok(drawn.every((one) => one.of("sigma", "c9", false) === 0.5));
  assert.equal(sampler.central.elasticities.of("sigma", "c14", false), 0.5);
});

Deno.test("a draw of the weights calls for its own table, and each table is made once for a row", () => {
  const seeds: (number | null)[] = [];
  const model = smallModel({
    tableOf: (seed) => {
      seeds.push(seed);
      return SMALL_TABLE;
    },
  });
  const [a, b] = points(model.columns, 2);
  let at = 0;
  for (const point of [a, b]) model.evaluate(point);
  for (const { columns } of model.groups) {
    const mixed = a.slice();
    mixed.set(b.subarray(at, at + columns), at);
    at += columns;
    model.evaluate(mixed);
  }
  assert.equal(seeds.length, 3);
  assert.equal(new Set(seeds).size, 3);
  assert.equal(seeds[0], null);
});

Deno.test("a draw that the chain refuses is returned with its reason, other errors are thrown", () => {
  const [point] = points(smallModel().columns, 1);
  let broken = false;
  const refusing = smallModel({
    tableOf: (seed) => {
      if (seed !== null) throw new RangeError("elements are larger than their host");
      return SMALL_TABLE;
    },
  });
  const { values, failure } = refusing.evaluate(point);
  assert.equal(failure, "elements are larger than their host");
  assert.ok(values.every(Number.isNaN));
  assert.equal(refusing.central().failure, null);
  const wrong = smallModel({
    shockOf: (economy) => {
      if (broken) throw new TypeError("a mistake in the program");
      return shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
    },
  });
  broken = true;
  assert.throws(() => wrong.evaluate(point), TypeError);
});

Deno.test("an unstable σ and ψ is a failed draw, not a number", () => {
  const wide = RANGES.rows.map((row) =>
    row.parameter === "sigma" || row.parameter === "psi" ? { ...row, high: 9 } : row
  );
  const model = smallModel({
    inputs: {
      elasticities: modelElasticities(wide),
      distributions: DISTRIBUTIONS,
      estimates: null,
    },
  });
  const { failure, values } = model.evaluate(new Float64Array(model.columns).fill(0.99));
  assert.match(failure ?? "", /psi·\(sigma − 1\)/);
  assert.ok(values.every(Number.isNaN));
  assert.equal(model.central().failure, null);
});
