import assert from "node:assert/strict";
import { loadCountryYears } from "@ree/data";
import {
  baselineFlows,
  calibrate,
  calibrationText,
  checkEconomy,
  type Economy,
  type FactorShares,
  labourCapitalShares,
  loadElasticities,
} from "@ree/equilibrium";
import { loadFactorShares, loadWorldReeTable } from "@ree/equilibrium/world";
import { randomStream } from "@ree/numeric";
import { smallTable, TABLE_COUNTRIES, TABLE_SECTORS } from "./small_table.ts";

/** Sums of some 40 shares in double precision. */
const ROUNDING = 1e-12;

const odds = (share: number) => Math.log(share / (1 - share));

function randomInputs(seed: number) {
  const next = randomStream(seed).uniform;
  const countries = Array.from({ length: 2 + Math.floor(6 * next()) }, (_, n) => `c${n}`);
  const sectors = Array.from({ length: 2 + Math.floor(9 * next()) }, (_, j) => `s${j}`);
  return {
    countries,
    sectors,
    valueAdded: Float64Array.from(
      { length: countries.length * sectors.length },
      () => next() < 0.2 ? 0 : 10 ** (4 * next()),
    ),
    pattern: new Map(sectors.map((sector) => [sector, 0.02 + 0.96 * next()])),
    labourShare: new Map(
      countries.filter((_, n) => n === 0 || next() < 0.8).map((c) => [c, 0.2 + 0.6 * next()]),
    ),
    source: "random",
  };
}

Deno.test("labour shares meet the country's aggregate, keep the pattern, and stay within 0 and 1", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const inputs = randomInputs(seed);
    const { countries, sectors, valueAdded, pattern, labourShare } = inputs;
    const { share } = labourCapitalShares(inputs);
    const known = [...labourShare.values()];
    const mean = known.reduce((a, b) => a + b) / known.length;
    countries.forEach((country, n) => {
      let [labour, all] = [0, 0];
      const shifts = sectors.map((sector, j) => {
        const at = n * sectors.length + j;
        const [own, rest] = share.subarray(2 * at, 2 * at + 2);
        assert.ok(own > 0 && own < 1);
        assert.ok(Math.abs(own + rest - 1) < ROUNDING);
        labour += own * valueAdded[at];
        all += valueAdded[at];
        return odds(own) - odds(pattern.get(sector)!);
      });
      if (all > 0) {
        const target = labourShare.get(country) ?? mean;
        assert.ok(Math.abs(labour / all - target) < ROUNDING, `${seed} ${country}`);
      }
      // Log odds of shares near 1 lose digits: 1e-9 is far below any difference that matters.
      for (const shift of shifts) assert.ok(Math.abs(shift - shifts[0]) < 1e-9);
    });
  }
});

Deno.test("labour shares refuse what they cannot use, by name", () => {
  const inputs = randomInputs(1);
  const [country, sector] = [inputs.countries[0], inputs.sectors[1]];
  const without = new Map(inputs.pattern);
  without.delete(sector);
  assert.throws(
    () => labourCapitalShares({ ...inputs, pattern: without }),
    /no labour share of sector s1/,
  );
  assert.throws(
    () => labourCapitalShares({ ...inputs, pattern: new Map(inputs.pattern).set(sector, 1.1) }),
    /labour share of sector s1 is 1.1; expected 0 to 1/,
  );
  assert.throws(
    () => labourCapitalShares({ ...inputs, labourShare: new Map([[country, 1]]) }),
    /labour share of c0 is 1; expected above 0 and below 1/,
  );
  assert.throws(
    () => labourCapitalShares({ ...inputs, labourShare: new Map([["elsewhere", 0.5]]) }),
    /no labour share of any country/,
  );
  const rigid = new Map(inputs.sectors.map((label, j) => [label, j === 0 ? 0.5 : 1]));
  const valueAdded = new Float64Array(inputs.valueAdded.length).fill(1);
  assert.throws(
    () =>
      labourCapitalShares({
        ...inputs,
        valueAdded,
        pattern: rigid,
        labourShare: new Map([[country, 0.1]]),
      }),
    /labour share of c0 is 0.1; sectors of exactly 0 or 1 allow/,
  );
});

/** Random shares of three factors for the small table. */
function threeFactors(seed: number): FactorShares {
  const next = randomStream(seed).uniform;
  const share = new Float64Array(TABLE_COUNTRIES.length * TABLE_SECTORS.length * 3);
  for (let at = 0; at < share.length; at += 3) {
    const parts = [next(), next(), next()];
    const sum = parts.reduce((a, b) => a + b);
    parts.forEach((part, f) => share[at + f] = part / sum);
  }
  return {
    factors: ["low", "high", "capital"],
    countries: TABLE_COUNTRIES,
    sectors: TABLE_SECTORS,
    share,
    source: "random shares",
  };
}

const LEVELS = ["tradeShare", "elementShare", "materialShare", "finalShare", "transfer"] as const;

Deno.test("factor shares divide value added and change nothing else", () => {
  const factors = threeFactors(3);
  const one = calibrate(smallTable(1), loadElasticities());
  const three = calibrate(smallTable(1), loadElasticities(), { factors });
  checkEconomy(three.economy);
  for (const name of LEVELS) assert.deepEqual(three.economy[name], one.economy[name]);
  for (const name of ["revenue", "expenditure"] as const) {
    one.economy[name].forEach((value, at) =>
      assert.ok(Math.abs(three.economy[name][at] - value) <= ROUNDING * value)
    );
  }
  one.economy.factorShare.forEach((whole, at) => {
    for (let f = 0; f < 3; f++) {
      const part = three.economy.factorShare[at * 3 + f];
      assert.ok(Math.abs(part - whole * factors.share[at * 3 + f]) < ROUNDING);
    }
  });
  assert.match(calibrationText(one.report), /single factor "value added"; no tariffs/);
  assert.match(calibrationText(three.report), /factors low [\d.]+ %, high [\d.]+ %, capital/);
  assert.match(calibrationText(three.report), /Factor shares: random shares/);
  const world = three.report.factorIncome.reduce((sum, { value }) => sum + value, 0);
  assert.ok(Math.abs(world / one.report.factorIncome[0].value - 1) < ROUNDING);
});

Deno.test("one factor of share 1 is the default economy bit for bit", () => {
  const { economy } = calibrate(smallTable(1), loadElasticities());
  const share = new Float64Array(TABLE_COUNTRIES.length * TABLE_SECTORS.length).fill(1);
  const given = { ...threeFactors(1), factors: economy.factors, share };
  assert.deepEqual(economy.factors, ["value added"]);
  const same = calibrate(smallTable(1), loadElasticities(), { factors: given });
  assert.deepEqual(same.economy, economy);
});

Deno.test("labels of factor shares may be in any order; shares of a group lie between its members'", () => {
  const factors = threeFactors(4);
  const [N, S] = [TABLE_COUNTRIES.length, TABLE_SECTORS.length];
  const reversed: FactorShares = {
    ...factors,
    countries: [...factors.countries].reverse(),
    sectors: [...factors.sectors].reverse(),
    share: Float64Array.from({ length: N * S * 3 }, (_, at) => {
      const producer = N * S - 1 - Math.floor(at / 3);
      return factors.share[producer * 3 + at % 3];
    }),
  };
  const run = (given: FactorShares) =>
    calibrate(smallTable(2), loadElasticities(), { factors: given }).economy;
  assert.deepEqual(run(reversed).factorShare, run(factors).factorShare);

  const aggregation = { countries: { JPN: "rest", USA: "rest" } };
  const { economy } = calibrate(smallTable(2), loadElasticities(), { factors, aggregation });
  checkEconomy(economy);
  const J = economy.sectors.length;
  for (let j = 0; j < 3; j++) {
    const of = (array: Float64Array, at: number) => array[at * 3];
    const at = J + j; // "rest"
    const whole = economy.factorShare.subarray(at * 3, at * 3 + 3).reduce((a, b) => a + b);
    const group = of(economy.factorShare, at) / whole;
    const members = [1, 2].map((n) => of(factors.share, n * S + j));
    assert.ok(group >= Math.min(...members) && group <= Math.max(...members));
  }
});

Deno.test("factor shares with a missing label or a wrong sum are refused by name", () => {
  const factors = threeFactors(5);
  const run = (given: FactorShares) => () =>
    calibrate(smallTable(1), loadElasticities(), { factors: given });
  const share = Float64Array.from(factors.share);
  share[3] += 0.1;
  assert.throws(run({ ...factors, share }), /factor shares of CHN, c14 are .* sum to 1/);
  assert.throws(
    run({ ...factors, sectors: ["c12", "x", "c30", "Nd", "Dy"] }),
    /unknown sector in the factor shares "c14"/,
  );
  assert.throws(run({ ...factors, share: share.slice(1) }), /expected 45 numbers .*, got 44/);
});

/** Labour's part of a country's factor income. */
function labourPart(economy: Economy, n: number): number {
  const { factorIncome } = baselineFlows(economy);
  const labour = economy.factors.indexOf("labour");
  const own = factorIncome.subarray(n * economy.factors.length, (n + 1) * economy.factors.length);
  return own[labour] / own.reduce((a, b) => a + b);
}

Deno.test("the world economy of 2009 has the labour shares of the Penn World Table", () => {
  const table = loadWorldReeTable(2009);
  const factors = loadFactorShares(2009, table);
  const { economy } = calibrate(table, loadElasticities(), { factors });
  checkEconomy(economy);
  assert.deepEqual(economy.factors, ["labour", "capital"]);
  const penn = loadCountryYears().filter(({ year }) => year === 2009);
  const mean = penn.reduce((sum, { labourShare }) => sum + labourShare, 0) / penn.length;
  economy.countries.forEach((country, n) => {
    const iso3 = country === "ROM" ? "ROU" : country;
    const expected = penn.find((row) => row.iso3 === iso3)?.labourShare ?? mean;
    assert.ok(Math.abs(labourPart(economy, n) - expected) < 1e-10, country);
  });
  // The pattern of the United States: real estate below oil refining below schools, everywhere.
  const J = table.sectors.length;
  const at = (n: number, sector: string) =>
    factors.share[(n * J + table.sectors.indexOf(sector)) * 2];
  table.countries.forEach((_, n) => {
    assert.ok(at(n, "c29") < at(n, "c8") && at(n, "c8") < at(n, "c32"));
    const [host, other, dy] = [at(n, "c9"), at(n, "c12"), at(n, "Dy")];
    assert.ok(dy > host && dy <= other);
  });
});
