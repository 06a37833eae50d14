import assert from "node:assert/strict";
import {
  baselineFlows,
  calibrate,
  calibrationText,
  checkEconomy,
  type DutyChange,
  exportDutiesOf,
  exportDuty,
  type ExportDutyRate,
  loadElasticities,
  shockOf,
  solveEquilibrium,
} from "@ree/equilibrium";
import { loadExportDuties, loadWorldReeTable } from "@ree/equilibrium/world";
import { smallTable } from "./small_table.ts";

/** Sums of a few dozen flows. */
const ROUNDING = 1e-12;

const DUTIES: readonly ExportDutyRate[] = [
  { country: "CHN", sector: "Nd", rate: 0.15 },
  { country: "CHN", sector: "Dy", rate: 0.25 },
];

Deno.test("duties of zero are the economy without duties, bit for bit", () => {
  const none = calibrate(smallTable(1), loadElasticities()).economy;
  const exportDuties = DUTIES.map((row) => ({ ...row, rate: 0 }));
  assert.deepEqual(
    calibrate(smallTable(1), loadElasticities(), { exportDuties }).economy,
    none,
  );
});

Deno.test("duties leave buyers' flows alone; producers keep X/(1+x) and the country the rest", () => {
  const without = calibrate(smallTable(1), loadElasticities());
  const { economy, report } = calibrate(smallTable(1), loadElasticities(), {
    exportDuties: DUTIES,
  });
  checkEconomy(economy);
  const near = (own: number, expected: number, what: string) =>
    assert.ok(Math.abs(own - expected) <= ROUNDING * Math.max(1, Math.abs(expected)), what);
  economy.expenditure.forEach((value, at) => near(value, without.economy.expenditure[at], "X"));
  economy.tradeShare.forEach((value, at) => near(value, without.economy.tradeShare[at], "π"));
  const scale = without.report.finalSpending;
  economy.transfer.forEach((value, n) =>
    assert.ok(Math.abs(value - without.economy.transfer[n]) < ROUNDING * scale)
  );
  const [N, J] = [3, 5];
  let revenue = 0;
  for (const { sector, rate } of DUTIES) {
    const j = economy.sectors.indexOf(sector);
    let producer = 0;
    let duty = 0;
    for (let n = 0; n < N; n++) {
      const at = n * N * J + j; // exporter CHN is the first country
      const bought = economy.tradeShare[at] * economy.expenditure[n * J + j];
      assert.equal(economy.exportTax[at], n === 0 ? 0 : rate);
      producer += n === 0 ? bought : bought / (1 + rate);
      duty += n === 0 ? 0 : bought * rate / (1 + rate);
    }
    near(economy.revenue[j], producer, sector);
    const row = report.elementUse.find(({ element }) => element === sector)!;
    near(row.duty, duty, sector);
    near(row.use, row.supply + row.duty, sector);
    revenue += duty;
  }
  near(report.exportDutyRevenue, revenue, "revenue");
  const { income, primaryIncome } = baselineFlows(economy);
  near(income[0], primaryIncome[0] + revenue + economy.transfer[0], "income of China");
  assert.ok(Math.abs(report.finalSpending / report.worldIncome - 1) < ROUNDING);
  assert.match(calibrationText(report), /2 export duties, which raise [\d.]+ million USD/);
  assert.match(calibrationText(report), /Nd: uses .*, supply .*, export duties /);
});

Deno.test("without the duty elements are cheaper abroad and dearer at home", () => {
  const { economy } = calibrate(smallTable(1), loadElasticities(), { exportDuties: DUTIES });
  const removal = solveEquilibrium(economy, shockOf(economy, exportDuty("CHN", ["elements"], 0)));
  const J = economy.sectors.length;
  for (const sector of economy.elements) {
    const j = economy.sectors.indexOf(sector);
    assert.ok(removal.price[j] > 1, `${sector} at home`);
    assert.ok(removal.price[J + j] < 1 && removal.price[2 * J + j] < 1, `${sector} abroad`);
    assert.ok(removal.revenue[j] > economy.revenue[j]);
  }
  const kept = solveEquilibrium(economy, {});
  kept.welfare.forEach((value) => assert.ok(Math.abs(value - 1) < ROUNDING));
});

Deno.test("a region's rate is what its members' exports pay, and aggregation keeps the duty revenue", () => {
  const run = (aggregation: object) =>
    calibrate(smallTable(3), loadElasticities(), { exportDuties: DUTIES, aggregation });
  const fine = run({});
  const coarse = run({
    countries: { CHN: "east", JPN: "east" },
    sectors: { Nd: "REE", Dy: "REE" },
  });
  checkEconomy(coarse.economy);
  assert.ok(
    Math.abs(coarse.report.exportDutyRevenue / fine.report.exportDutyRevenue - 1) < ROUNDING,
  );
  const { countries, sectors, exportTax } = coarse.economy;
  const [east, usa] = [countries.indexOf("east"), countries.indexOf("USA")];
  const [N, J] = [countries.length, sectors.length];
  const rate = (n: number, i: number) => exportTax[(n * N + i) * J + sectors.indexOf("REE")];
  assert.ok(rate(usa, east) > 0.15 && rate(usa, east) < 0.25); // all exports of the region are China's
  assert.ok(rate(east, east) > 0 && rate(east, east) < 0.25); // Japan buys from China
  assert.equal(rate(east, usa), 0);
});

Deno.test("duties with an unknown label, a negative rate or a repetition are refused by name", () => {
  const run = (...exportDuties: ExportDutyRate[]) => () =>
    calibrate(smallTable(1), loadElasticities(), { exportDuties });
  const row = { country: "CHN", sector: "Nd", rate: 0.1 };
  assert.throws(run({ ...row, country: "XXX" }), /unknown country in exportDuties "XXX"/);
  assert.throws(run({ ...row, sector: "Ga" }), /unknown sector in exportDuties "Ga"/);
  assert.throws(run({ ...row, rate: -0.1 }), /export duty of CHN on Nd is -0.1; expected/);
  assert.throws(run({ ...row, rate: NaN }), /export duty of CHN on Nd is NaN; expected/);
  assert.throws(run(row, row), /export duty of CHN on Nd is given twice/);
});

Deno.test("the rates of a year are those in force on 1 July, the named row before the rest", () => {
  const change = (effective: string, product: string, ratePercent: number | null): DutyChange => ({
    effective,
    product,
    ratePercent,
    previousPercent: ratePercent === null ? null : 5,
  });
  const rows = [
    change("2003-09", "Aa,Bb oxide", 10),
    change("2005", "other REE", 12),
    change("2005", "Bb", 30),
    change("2005", "Bb-Fe alloy", 50),
    change("2006-08-15", "Aa", 40),
    change("2007-02", "all 17 REE", 0),
    change("2001", "a tax refund", null),
  ];
  const rates = (year: number) =>
    exportDutiesOf(rows, "X", ["Aa", "Bb", "Cc"], year).map(({ rate }) => Math.round(100 * rate));
  assert.deepEqual(rates(2002), [5, 5, 5]);
  assert.deepEqual(rates(2003), [5, 5, 5]); // the change comes after 1 July
  assert.deepEqual(rates(2004), [10, 10, 10]); // Cc: the lowest in force
  assert.deepEqual(rates(2005), [12, 30, 12]);
  assert.deepEqual(rates(2006), [12, 30, 12]);
  assert.deepEqual(rates(2007), [0, 0, 0]);
  assert.throws(() => rates(2001), /no export duty is known for 2001; the first row is of 2003/);
  assert.throws(() => exportDutiesOf([], "X", ["Aa"], 2010), /no export duty is known for 2010/);
});

Deno.test("China's duties of 2009 and 2011 are those in the file, and 2015 has none", () => {
  const percent = (year: number) =>
    Object.fromEntries(
      loadExportDuties(year).map(({ sector, rate }) => [sector, Math.round(100 * rate)]),
    );
  const heavy = { Eu: 25, Tb: 25, Dy: 25, Y: 25 };
  const light = { La: 15, Ce: 15, Pr: 15, Nd: 15, Sm: 15, Gd: 15 };
  assert.deepEqual(percent(2009), { ...light, ...heavy });
  assert.deepEqual(percent(2011), { ...light, ...heavy, Nd: 25 });
  assert.ok(Object.values(percent(2015)).every((rate) => rate === 0));
});

Deno.test("the removal of 2015 can be solved on the world economy: prices fall abroad, rise in China", () => {
  const { economy, report } = calibrate(loadWorldReeTable(2009), loadElasticities(), {
    exportDuties: loadExportDuties(2009),
  });
  checkEconomy(economy);
  assert.ok(report.exportDutyRevenue > 0);
  const after = loadExportDuties(2015).map(({ country, sector, rate }) =>
    exportDuty(country, [sector], rate)
  );
  const { price } = solveEquilibrium(economy, shockOf(economy, ...after));
  const J = economy.sectors.length;
  economy.countries.forEach((country, n) =>
    economy.elements.forEach((element) => {
      const at = n * J + economy.sectors.indexOf(element);
      if (economy.expenditure[at] === 0) return;
      assert.ok(country === "CHN" ? price[at] > 1 : price[at] < 1, `${country} ${element}`);
    })
  );
});
