import { type DataFrame, loadMakeUse, numberColumn, textColumn } from "@ree/data";
import {
  costShares,
  exportPanel,
  GOODS_SECTORS,
  manufacturingPanel,
  patentPanel,
  productivityPanel,
  rdExportPanel,
  recordFrame,
  solowResidual,
} from "@ree/panels";
import { sampleStandardDeviation } from "simple-statistics";
import assert from "node:assert/strict";

/** Rounding of some dozen additions of logs. */
const ROUNDING = 1e-12;

/** Sizes of the panels: rows, and distinct values by column. */
const SIZES: readonly [string, DataFrame, number, Readonly<Record<string, number>>][] = [
  ["patents", patentPanel(), 24_255, { field: 35, economy: 33, iso3: 33, year: 21 }],
  ["exports", exportPanel(), 23_800, { country: 40, sector: 35, year: 17 }],
  ["R&D exports", rdExportPanel(), 640, { economy: 20, product_group: 2, year: 16 }],
  ["productivity", productivityPanel(), 2_331, { industry: 63, industry_id: 63, year: 37 }],
  ["manufacturing", manufacturingPanel(), 6_188, { naics: 364, detail: 235, year: 17 }],
];

for (const [name, frame, rows, distinct] of SIZES) {
  Deno.test(`the panel of ${name} is complete: ${rows} rows, no missing value`, () => {
    assert.equal(frame.height, rows);
    for (const [column, count] of Object.entries(distinct)) {
      assert.equal(new Set(frame.getColumn(column).toArray()).size, count, column);
    }
    for (const column of frame.columns) {
      assert.equal(frame.getColumn(column).nullCount(), 0, column);
    }
  });
}

/** Values of a column by row where `test` holds for the row's number. */
function where(frame: DataFrame, column: string, test: (i: number) => boolean): number[] {
  return [...numberColumn(frame, column)].filter((_, i) => test(i));
}

function flags(frame: DataFrame, column: string): boolean[] {
  return frame.getColumn(column).toArray() as boolean[];
}

Deno.test("patents: columns, zeros, and exposure that varies over fields only", () => {
  const frame = patentPanel();
  assert.deepEqual(frame.columns, [
    "field",
    "economy",
    "iso3",
    "year",
    "uspto_patents",
    "patent_families",
    "mapped",
    "direct",
    "total",
    "total_sd",
    "log_total",
  ]);
  const zeros = (column: string) =>
    where(frame, column, () => true).filter((value) => value === 0).length;
  assert.deepEqual([zeros("uspto_patents"), zeros("patent_families")], [1_734, 2_771]);
  const field = textColumn(frame, "field");
  const mapped = flags(frame, "mapped");
  assert.equal(new Set(field.filter((_, i) => mapped[i])).size, 13);
  const byField = new Map(
    where(frame, "total_sd", () => true).map((value, i) => [field[i], value]),
  );
  assert.equal(new Set([...numberColumn(frame, "total")]).size, 14);
  assert.ok(Math.abs(sampleStandardDeviation([...byField.values()]) - 1) < ROUNDING);
  mapped.forEach((value, i) => {
    if (!value) assert.equal(byField.get(field[i]), 0);
  });
});

Deno.test("exports: the rest of the world is out, negative cells are flagged, goods are c1 to c16", () => {
  const frame = exportPanel();
  assert.ok(!textColumn(frame, "country").includes("RoW"));
  const exports = numberColumn(frame, "exports");
  const negative = flags(frame, "negative_exports");
  assert.equal(negative.filter((value) => value).length, 93);
  negative.forEach((value, i) => assert.equal(value, exports[i] < 0));
  assert.equal(exports.filter((value) => value === 0).length, 1_864);
  assert.deepEqual([GOODS_SECTORS[0], GOODS_SECTORS.at(-1)], ["c1", "c16"]);
  assert.equal(flags(frame, "goods").filter((value) => value).length, 16 * 40 * 17);
  const sector = textColumn(frame, "sector");
  const bySector = new Map([...numberColumn(frame, "total_sd")].map((v, i) => [sector[i], v]));
  assert.ok(Math.abs(sampleStandardDeviation([...bySector.values()]) - 1) < ROUNDING);
  assert.ok(new Set(numberColumn(frame, "own_total")).size > 1_000);
});

Deno.test("R&D exports: high and medium-high only, so that nothing is counted twice", () => {
  const groups = textColumn(rdExportPanel(), "product_group");
  assert.deepEqual(new Set(groups), new Set(["high R&D intensive", "medium-high R&D intensive"]));
  assert.ok(numberColumn(rdExportPanel(), "exports").every((value) => value > 0));
});

Deno.test("productivity: electrical equipment and electronics are the most exposed", () => {
  const frame = productivityPanel();
  const industry = textColumn(frame, "industry");
  const totals = new Map([...numberColumn(frame, "total")].map((v, i) => [industry[i], v]));
  const ranked = [...totals].sort((a, b) => b[1] - a[1]).slice(0, 2).map(([name]) => name);
  assert.deepEqual(ranked, [
    "Electrical equipment, appliances, and components",
    "Computer and electronic products",
  ]);
  const manufacturing = flags(frame, "manufacturing");
  assert.equal(new Set(industry.filter((_, i) => manufacturing[i])).size, 19);
});

Deno.test("manufacturing: productivity starts at 0 and shares leave something for capital", () => {
  const frame = manufacturingPanel();
  const year = numberColumn(frame, "year");
  assert.ok(where(frame, "log_tfp", (i) => year[i] === 2000).every((value) => value === 0));
  const labour = numberColumn(frame, "labour_share");
  numberColumn(frame, "materials_share").forEach((share, i) => {
    assert.ok(share > 0 && labour[i] > 0 && share + labour[i] < 1, `row ${i}`);
  });
});

Deno.test("cost shares of a Use table add up to less than one, semiconductors by hand", () => {
  const table = loadMakeUse(2007);
  const shares = costShares(table);
  assert.equal(shares.size, 405);
  const j = table.industries.indexOf("334413");
  const width = table.industries.length;
  let inputs = 0;
  for (let i = 0; i < table.commodities.length; i++) inputs += table.use[i * width + j];
  const added = [0, 1, 2].map((row) => table.valueAdded[row * width + j]);
  const output = inputs + added[0] + added[1] + added[2];
  assert.deepEqual(shares.get("334413"), {
    materials: inputs / output,
    labour: added[0] / output,
  });
});

Deno.test("the Solow residual of a Cobb-Douglas technology is its productivity", () => {
  const shares = { materials: 0.5, labour: 0.2 };
  const tfp = [0, 0.1, -0.05, 0.3];
  const years = tfp.map((level, t) => {
    const [materials, hours, capital] = [10 + t, 7 - t, 3 + t * t];
    const output = 4 * Math.exp(level) * materials ** 0.5 * hours ** 0.2 * capital ** 0.3;
    return { year: 2000 + t, output, materials, hours, capital };
  });
  solowResidual(years, shares).forEach((came, t) => assert.ok(Math.abs(came - tfp[t]) < ROUNDING));
});

Deno.test("the Solow residual refuses gaps, zero quantities and shares above one", () => {
  const year = (year: number, output = 1) => ({ year, output, materials: 1, hours: 1, capital: 1 });
  const shares = { materials: 0.5, labour: 0.2 };
  assert.throws(() => solowResidual([year(2000), year(2002)], shares), /2002 follows 2000/);
  assert.throws(() => solowResidual([year(2000, 0)], shares), /2000: output is 0/);
  assert.throws(
    () => solowResidual([year(2000)], { materials: 0.7, labour: 0.4 }),
    /share of capital/,
  );
});

Deno.test("a frame of records keeps types and refuses numbers that are not finite", () => {
  const kinds = { name: "text", year: "whole", value: "number", yes: "flag" } as const;
  const row = { name: "a", year: 2001, value: null as number | null, yes: true };
  const frame = recordFrame([row, { ...row, value: 1.5 }], kinds);
  assert.deepEqual(frame.toRecords(), [row, { ...row, value: 1.5 }]);
  assert.throws(
    () => recordFrame([row, { ...row, value: NaN }], kinds),
    /column value, row 1: NaN/,
  );
});
