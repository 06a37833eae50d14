import assert from "node:assert/strict";
import { BEA_YEARS, loadFacts, loadJudged, loadMakeUse } from "@ree/data";
import {
  balanceReport,
  checkBalanced,
  ELEMENTS,
  industryOutput,
  intensityDraws,
  intensityMatrices,
  pricePanel,
  pricesOf,
  usIntensityTable,
  type UsReeTable,
  usReeTable,
} from "@ree/io-table";
import { rowSums, total } from "@ree/numeric";
import pl from "nodejs-polars";

/** What the quality bar asks of the balance after the carve-out. */
const INDUSTRY_TOLERANCE = 1e-6;
const ELEMENT_TOLERANCE = 1e-9;
/** The committed parquet holds the same doubles; another processor may round the last bits differently. */
const REBUILT = 1e-10;

const facts = loadFacts();
const judged = loadJudged();
const published = new Map(BEA_YEARS.map((year) => [year, loadMakeUse(year)]));
const tables = new Map<number, UsReeTable>(
  BEA_YEARS.map((year) => [year, usReeTable(published.get(year)!, facts, judged)]),
);

for (const year of BEA_YEARS) {
  Deno.test(`US ${year}: use + value added = output, and supply = use, in both readings`, () => {
    for (const reading of ["embodying user", "first user"] as const) {
      const { table } = usReeTable(published.get(year)!, facts, judged, { reading });
      checkBalanced(table, INDUSTRY_TOLERANCE);
      const finalUses = rowSums(table.finalUse, table.finalUses.length);
      const uses = rowSums(table.use, table.industries.length);
      const first = table.commodities.length - table.elements.length;
      table.elements.forEach((element, e) => {
        let supply = 0;
        for (let i = 0; i < table.industries.length; i++) {
          supply += table.make[i * table.commodities.length + first + e];
        }
        const gap = uses[first + e] + finalUses[first + e] - supply;
        assert.ok(Math.abs(gap) <= ELEMENT_TOLERANCE, `${element} ${reading}: ${gap} million USD`);
        assert.ok(
          finalUses[first + e] <= 0 && supply >= 0,
          `${element} is imported or made, not exported`,
        );
      });
    }
  });

  Deno.test(`US ${year}: element rows are price times tonnes of the named elements`, () => {
    const { table, factors } = tables.get(year)!;
    const tonnes = factors.use.reduce((sum, row) => sum + row.tonnes, 0);
    const consumption = judged.usConsumption.find(({ tableYear }) => tableYear === year)!.tonnes;
    assert.ok(
      Math.abs(tonnes / consumption - 1) < 1e-9,
      `${tonnes} of ${consumption} tonnes placed`,
    );
    const prices = pricesOf(pricePanel(facts, judged), year);
    const sums = rowSums(table.use, table.industries.length).slice(-ELEMENTS.length);
    ELEMENTS.forEach((element, e) => {
      const weight = factors.use.reduce((sum, { application, tonnes }) => {
        const share = facts.elementMix.find((row) =>
          row.application === application && row.element === element
        )?.sharePercent ?? 0;
        return sum + tonnes * share / 100;
      }, 0);
      assert.ok(Math.abs(sums[e] / (weight * prices.get(element)! / 1e3) - 1) < 1e-9, element);
    });
  });

  Deno.test(`US ${year}: value added is untouched and output falls only by what was passed on`, () => {
    const { balanced, table } = tables.get(year)!;
    assert.deepEqual(table.valueAdded, balanced.table.valueAdded);
    const before = industryOutput(balanced.table);
    industryOutput(table).forEach((x, j) => {
      const passed = table.carveOut.passedOn.get(table.industries[j]) ?? 0;
      assert.ok(Math.abs(before[j] - passed - x) < 1e-6, table.industries[j]);
      assert.ok(
        passed >= 0 && passed < 0.02 * before[j],
        `${table.industries[j]} passed on ${passed}`,
      );
    });
  });

  Deno.test(`US ${year}: total intensity is at least direct intensity`, () => {
    const { direct, total: all } = intensityMatrices(tables.get(year)!.table);
    direct.forEach((d, k) => assert.ok(all[k] >= d - 1e-15));
  });
}

Deno.test("the balancing moves cells by rounding only, and gross domestic product not at all", () => {
  for (const [year, { balanced }] of tables) {
    assert.ok(balanced.largestChange < 50, `${year}: ${balanced.largestChange} million USD`);
    assert.ok(balanceReport(balanced.table).commodity.relative < 1e-12);
    assert.equal(total(balanced.table.valueAdded), total(published.get(year)!.valueAdded));
  }
});

Deno.test("users whose elements hide in fabricated products are reached although they buy no raw host", () => {
  const { table } = tables.get(2007)!;
  const { elements, industries, direct } = intensityMatrices(table);
  for (const code of ["335312", "334112", "333314"]) {
    const j = industries.indexOf(code);
    const sum = elements.reduce((partial, _, e) => partial + direct[e * industries.length + j], 0);
    assert.ok(sum > 0, `${code} has no direct intensity`);
  }
});

Deno.test("the committed intensities are those of the committed tables", () => {
  const committed = pl.readParquet(
    new URL("../../data/ree_intensity_us.parquet", import.meta.url).pathname,
  );
  const rebuilt = usIntensityTable(tables, (year) => published.get(year)!.industryNames);
  assert.deepEqual(committed.columns, rebuilt.columns);
  assert.equal(committed.height, rebuilt.height);
  for (const name of ["direct", "total"]) {
    const [a, b] = [committed, rebuilt].map((frame) => frame.getColumn(name).toArray() as number[]);
    a.forEach((value, k) =>
      assert.ok(Math.abs(value - b[k]) <= REBUILT * Math.max(1, value), `${name} row ${k}`)
    );
  }
});

Deno.test("bands of the 2007 table hold the central intensities of all users", () => {
  const { table, factors } = tables.get(2007)!;
  const bands = intensityDraws(table, factors, { draws: 300 });
  const { elements, industries, total: all } = intensityMatrices(table);
  let outside = 0;
  for (let j = 0; j < industries.length; j++) {
    const central = elements.reduce((sum, _, e) => sum + all[e * industries.length + j], 0);
    if (central < bands.total.lower[j] || central > bands.total.upper[j]) outside++;
  }
  assert.equal(outside, 0);
});

Deno.test("an unknown industry code in a facts row is named, with codes that begin alike", () => {
  const wrong = facts.applicationIndustries.map((row, k) =>
    k === 0 ? { ...row, industry: "335319" } : row
  );
  assert.throws(
    () => usReeTable(published.get(2007)!, { ...facts, applicationIndustries: wrong }, judged),
    /unknown industry 335319; codes that begin alike: .*335312/,
  );
});
