import assert from "node:assert/strict";
import { loadIndustryCrosswalk, WIPO_FIELDS } from "@ree/data";
import {
  accountsConcordance,
  completeCells,
  type Concordance,
  correctPanel,
  fieldConcordance,
  industryConcordance,
  type LabelledPatent,
  labelPanel,
  LABELS,
  loadConcordance,
  panelFrame,
  type Patent,
  patentOf,
  patentStocks,
  technologyField,
  UNCLASSIFIED,
  UNKNOWN_COUNTRY,
} from "@ree/patents";
import { inFolder } from "./sample_patents.ts";

const SUM_TOLERANCE = 1e-9;

const labelled = (fields: Partial<Patent>, primary: LabelledPatent["primary"] = "recycling") => ({
  patent: patentOf({ id: "x", title: "t", year: 2012, ...fields }),
  primary,
  labels: [primary],
});

Deno.test("symbols find their technology field, groups before subclasses", () => {
  const cases: Readonly<Record<string, string | null>> = {
    "H01F1/057": "electrical machinery, apparatus, energy",
    "H01F 1/057": "electrical machinery, apparatus, energy",
    "C22B59/00": "materials, metallurgy",
    "C09K11/7774": "basic materials chemistry",
    "G01N33/48": "analysis of biological materials",
    "G01N21/64": "measurement",
    "B01D53/94": "environmental technology",
    "B01D11/04": "chemical engineering",
    "A61K8/19": "organic fine chemistry",
    "A61K49/10": "pharmaceuticals",
    "H04N1/40": "telecommunications",
    "H01S3/16": "optics",
    "B01J23/10": "chemical engineering",
    "Y02W30/84": null,
    "Y02P": null,
    "hello": null,
    "": null,
  };
  for (const [symbol, field] of Object.entries(cases)) {
    assert.equal(technologyField(symbol), field, symbol);
  }
});

Deno.test("every one of the 35 fields can be reached", () => {
  const samples =
    "H01F G11B H04B H04L H03B G06F G06Q H01L G02B G01B G01N33/00 G05B A61B C07C C12N A61P C08L A23L C09K C22B C23C B82Y B01J C02F B65G B23K F01D D01F B29C F24H F16H B60L A63F A45D E04B"
      .split(" ");
  assert.deepEqual(samples.map(technologyField), [...WIPO_FIELDS]);
});

Deno.test("a patent's weight is split over its classes and inventors and sums to one", () => {
  const { cells, patents } = labelPanel([
    labelled({
      classes: ["H01F1/057", "H01F41/02", "C22B59/00", "Y02W30/84"],
      countries: ["JP", "US", "US"],
    }),
  ], { concordance: fieldConcordance() });
  assert.equal(patents, 1);
  const at = (sector: string, country: string) =>
    cells.find((cell) => cell.sector === sector && cell.country === country)?.count ?? 0;
  // Two of three classes with a field are electrical; two of three inventors are in the US.
  assert.ok(Math.abs(at("electrical machinery, apparatus, energy", "US") - 4 / 9) < SUM_TOLERANCE);
  assert.ok(Math.abs(at("materials, metallurgy", "JP") - 1 / 9) < SUM_TOLERANCE);
  assert.ok(Math.abs(cells.reduce((sum, { count }) => sum + count, 0) - 1) < SUM_TOLERANCE);
});

Deno.test("patents without class, country or year are counted as such", () => {
  const panel = labelPanel([
    labelled({}),
    labelled({ year: null }),
    labelled({ year: null, priorityYear: 2008, classes: ["Y02P70/50"] }),
  ], { concordance: fieldConcordance() });
  assert.deepEqual(
    [panel.patents, panel.undated, panel.unclassified, panel.withoutCountry, panel.datedByGrant],
    [2, 1, 2, 2, 1],
  );
  assert.ok(
    panel.cells.every(({ sector, country }) =>
      sector === UNCLASSIFIED && country === UNKNOWN_COUNTRY
    ),
  );
});

Deno.test("dating is by priority where known, or by grant when asked", () => {
  const patents = [labelled({ year: 2012, priorityYear: 2009 })];
  const concordance = fieldConcordance();
  assert.equal(labelPanel(patents, { concordance }).cells[0].year, 2009);
  assert.equal(labelPanel(patents, { concordance, dating: "grant" }).cells[0].year, 2012);
});

Deno.test("a patent with several labels can count evenly under all of them", () => {
  const patent: LabelledPatent = { ...labelled({}), labels: ["efficiency", "recycling"] };
  const { cells } = labelPanel([patent], { concordance: fieldConcordance(), counting: "all" });
  assert.deepEqual(cells.map(({ label, count }) => [label, count]), [["efficiency", 0.5], [
    "recycling",
    0.5,
  ]]);
});

Deno.test("industries of a field share its patents, and a field without application goes nowhere", () => {
  for (const level of ["bea_detail", "wiod2013"] as const) {
    const concordance = industryConcordance(level);
    const shares = concordance.sectorsOf("H01S3/16");
    assert.ok(shares.length > 0);
    assert.ok(Math.abs(shares.reduce((sum, { share }) => sum + share, 0) - 1) < SUM_TOLERANCE);
    assert.deepEqual(concordance.sectorsOf("A63F9/00"), []);
    assert.match(concordance.source, /our judgement/);
  }
});

Deno.test("a concordance of one's own holds by its longest prefix", () =>
  inFolder((folder) => {
    const path = `${folder}/own.csv`;
    const header = "prefix,sector,share,source\n";
    Deno.writeTextFileSync(
      path,
      `${header}H01,big,1,me\nH01F1,small,0.25,me\nH01F1,other,0.75,me\n`,
    );
    const own = loadConcordance(path);
    assert.deepEqual(own.sectorsOf("H01L21/00"), [{ sector: "big", share: 1 }]);
    assert.equal(own.sectorsOf("H01F 1/057").length, 2);
    assert.deepEqual(own.sectorsOf("A01B"), []);
    Deno.writeTextFileSync(path, `${header}H01,big,0.5,me\n`);
    assert.throws(() => loadConcordance(path), /sum to 0.5/);
  }));

Deno.test("stocks follow the perpetual inventory by hand, years without patents included", () => {
  const cell = (year: number, count: number) => ({
    sector: "s",
    country: "US",
    label: "recycling" as const,
    year,
    count,
  });
  const of = (options?: Parameters<typeof patentStocks>[1]) =>
    patentStocks([cell(2000, 10), cell(2002, 4)], options)
      .filter(({ label }) => label === "recycling").map(({ stock }) => stock);
  const expected = [10, 8.5, 8.5 * 0.85 + 4];
  of().forEach((stock, i) => assert.ok(Math.abs(stock - expected[i]) < SUM_TOLERANCE));
  const steady = of({ initial: "steady", growth: 0.05, depreciation: 0.15 });
  assert.ok(Math.abs(steady[0] - 10 * 1.05 / 0.2) < SUM_TOLERANCE);
  assert.ok(Math.abs(of({ depreciation: 0 })[2] - 14) < SUM_TOLERANCE);
  assert.throws(() => of({ depreciation: 1 }), /depreciation 1/);
});

Deno.test("a constant flow leads to the steady stock flow / δ, other cells untouched", () => {
  const flow = Array.from({ length: 200 }, (_, i) =>
    ["JP", "US"].map((country) => ({
      sector: "s",
      country,
      label: "efficiency" as const,
      year: 1800 + i,
      count: country === "US" ? 3 : 0,
    }))).flat();
  const last = patentStocks(flow).filter(({ year, label }) =>
    year === 1999 && label === "efficiency"
  );
  assert.deepEqual(last.map(({ country, stock }) => [country, Math.round(stock * 1e6) / 1e6]), [[
    "JP",
    0,
  ], ["US", 20]]);
});

Deno.test("a complete panel has every cell, and its frame carries the columns", () => {
  const concordance: Concordance = {
    name: "one",
    source: "test",
    sectorsOf: (symbol) => [{ sector: symbol, share: 1 }],
  };
  const { cells } = labelPanel([
    labelled({ classes: ["a"], countries: ["US"], year: 2000 }),
    labelled({ classes: ["b"], countries: ["JP"], year: 2003 }, "new-use"),
  ], { concordance, complete: true });
  assert.equal(cells.length, 2 * 2 * LABELS.length * 4);
  assert.equal(cells.reduce((sum, { count }) => sum + count, 0), 2);
  assert.deepEqual(completeCells([]), []);
  const frame = panelFrame(patentStocks(cells).map((cell) => ({ ...cell })), ["stock"]);
  assert.deepEqual(frame.columns, ["sector", "country", "label", "year", "count", "stock"]);
  assert.equal(frame.height, cells.length);
});

Deno.test("a corrected panel keeps every cell's sum and carries the error", () => {
  const share = (k: number) => LABELS.map((_, l) => k === l ? 75 : 5);
  const matrix = { labels: [...LABELS], counts: LABELS.map((_, k) => share(k)), total: 600 };
  const { cells } = labelPanel(
    [2001, 2001, 2001, 2002].map((year, i) => labelled({ year }, LABELS[i % 2])),
    { concordance: fieldConcordance() },
  );
  const corrected = correctPanel(cells, matrix);
  for (const year of [2001, 2002]) {
    const group = corrected.filter((cell) => cell.year === year);
    assert.equal(group.length, LABELS.length);
    const sum = group.reduce((total, cell) => total + cell.corrected, 0);
    assert.ok(Math.abs(sum - (year === 2001 ? 3 : 1)) < SUM_TOLERANCE);
    assert.ok(group.every(({ correctedSd }) => correctedSd > 0));
  }
  assert.throws(() => correctPanel(cells, { ...matrix, labels: ["a"] }), /six labels/);
});

Deno.test("the accounts' industries take over the shares of their detail industries", () => {
  const accounts = accountsConcordance();
  const detailed = industryConcordance("bea_detail");
  const crosswalk = loadIndustryCrosswalk();
  const industries = new Set(crosswalk.map(({ industry }) => industry));
  let reached = 0;
  for (
    const symbol of ["H01F1/057", "B01J23/10", "C09K11/77", "C22B59/00", "H04R9/02", "A41D1/00"]
  ) {
    const shares = accounts.sectorsOf(symbol);
    const details = detailed.sectorsOf(symbol);
    assert.equal(shares.length > 0, details.length > 0, symbol);
    if (shares.length === 0) continue;
    reached++;
    assert.equal(new Set(shares.map(({ sector }) => sector)).size, shares.length);
    for (const { sector, share } of shares) {
      assert.ok(industries.has(sector), sector);
      const own = details.filter((one) =>
        crosswalk.some(({ detail, industry }) => detail === one.sector && industry === sector)
      );
      const expected = own.reduce((sum, one) => sum + one.share, 0);
      assert.ok(Math.abs(share - expected) < SUM_TOLERANCE, `${symbol} ${sector}`);
    }
    const sum = shares.reduce((partial, { share }) => partial + share, 0);
    assert.ok(Math.abs(sum - 1) < SUM_TOLERANCE, symbol);
  }
  assert.ok(reached >= 4);
});
