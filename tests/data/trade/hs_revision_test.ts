import {
  type BaciYear,
  chainConcordances,
  concordance,
  convertBaciYear,
  convertRevision,
  readConcordance,
  readHsCorrelation,
  relations,
  type TradeFlow,
  type TradeReading,
  weightConcordance,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { assertSourceError, inTempDir, SOURCE_DIR, sourceTest } from "../helpers.ts";
import { workbook } from "../io/publishers.ts";

type Cell = string | number | null;

/** Same sums in another order. */
const ROUNDING = 1e-12;

/** HS 2017 and 2012 codes of every relation, two of them with a lost leading zero. */
const PAIRS: readonly (readonly [string, string, string])[] = [
  ["010121", "010121", "1:1"],
  ["854150", "854151", "1:n"],
  ["854150", "854159", "1:n"],
  ["280530", "280530", "n:1"],
  ["280531", "280530", "n:1"],
  ["850511", "850511", "n:n"],
  ["850511", "850519", "n:n"],
  ["850512", "850519", "n:n"],
];

/** The publisher's workbook: conversions below their header, correlations below a title. */
function unsdSheets(): Record<string, Cell[][]> {
  return {
    "HS2017-HS2012 Conversions": [
      ["From HS 2017", "To HS 2012"],
      ...["010121", "854150", "280530", "280531", "850511", "850512"].map((code): Cell[] => [
        code,
        PAIRS.find(([from]) => from === code)![1],
      ]),
    ],
    "Correlation HS17-HS12": [
      ["HS 2017 - HS 2012 correlation"],
      ["HS 2017", "HS 2012", "Relationship"],
      ...PAIRS.map(([from, to, kind]): Cell[] => [Number(from), to, kind]),
      [null, null, null],
      ["999999", null, null],
    ],
  };
}

async function withBook(
  sheets: Record<string, Cell[][]>,
  use: (path: string) => Promise<void>,
): Promise<void> {
  await inTempDir(async (dir) => {
    const path = join(dir, "HS2017toHS2012ConversionAndCorrelationTables.xlsx");
    Deno.writeFileSync(path, workbook(sheets, "xlsx"));
    await use(path);
  });
}

function flow(product: string, valueUsd: number, tonnes: number | null, importer = "USA") {
  return { year: 2018, exporter: "CHN", importer, product, valueUsd, tonnes };
}

function readingOf(flows: readonly TradeFlow[]): TradeReading {
  const coverage = {
    source: "test",
    file: "f",
    years: [2018],
    revision: "HS17",
    lines: flows.length,
    kept: flows.length,
    exporters: 1,
    importers: 1,
    products: 1,
    valueUsd: 0,
    withoutQuantity: 0,
    notes: [],
  };
  return { flows, coverage };
}

Deno.test("the publisher's workbook gives pairs or the one chosen code, in either direction", async () => {
  await withBook(unsdSheets(), async (path) => {
    const pairs = await readHsCorrelation(path, "HS17", "HS12");
    assert.deepEqual(pairs.links.map(({ from, to }) => [from, to]), PAIRS.map((p) => [p[0], p[1]]));
    assert.deepEqual(pairs.divided, ["854150", "850511"]);
    assert.deepEqual(Object.fromEntries(relations(pairs)), {
      "010121": "1:1",
      "854150": "1:n",
      "280530": "n:1",
      "280531": "n:1",
      "850511": "m:n",
      "850512": "n:1",
    });
    const chosen = await readHsCorrelation(path, "HS17", "HS12", { kind: "conversion" });
    assert.deepEqual([chosen.links.length, chosen.divided], [6, []]);
    const back = await readHsCorrelation(path, "HS12", "HS17");
    assert.deepEqual(back.divided, ["280530", "850519"]);
  });
});

Deno.test("a CSV with columns named after the revisions reads alike", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "hs.csv");
    const rows = PAIRS.map(([from, to]) => `${from.slice(0, 4)}.${from.slice(4)},x,${to}`);
    Deno.writeTextFileSync(path, `HS2017,note,HS12\n${rows.join("\n")}\n`);
    const { links } = await readHsCorrelation(path, "HS17", "HS12");
    assert.deepEqual(links.map(({ from, to }) => [from, to]), PAIRS.map((p) => [p[0], p[1]]));
    Deno.writeTextFileSync(path, `HS2017,HS12\n0101AB,010121\n`);
    await assertSourceError(() => readHsCorrelation(path, "HS17", "HS12"), "row 2", "0101AB");
  });
});

Deno.test("faults of a correlation are named by sheet and cell", async () => {
  const faults: [(sheets: Record<string, Cell[][]>) => void, ...string[]][] = [
    [(s) => s["Correlation HS17-HS12"][1][1] = "HS 2007", "columns of HS17, HS07"],
    [
      (s) => s["Correlation HS17-HS12"][3][0] = "8541 50",
      "sheet Correlation HS17-HS12, row cell A4",
    ],
    [(s) => delete s["Correlation HS17-HS12"] && (s.Notes = [["x"]]), "a sheet of correlations"],
    [(s) => s["Correlation HS17-HS12"].splice(2), "no pair of codes"],
  ];
  for (const [spoil, ...patterns] of faults) {
    const sheets = unsdSheets();
    spoil(sheets);
    await withBook(sheets, async (path) => {
      await assertSourceError(() => readHsCorrelation(path, "HS17", "HS12"), ...patterns);
    });
  }
  await assert.rejects(() => readHsCorrelation("x.xlsx", "HS18", "HS12"), /"HS18".*HS92/);
});

Deno.test("flows are divided and added up, nothing is lost, and shares are stated", async () => {
  await withBook(unsdSheets(), async (path) => {
    const correlation = await readHsCorrelation(path, "HS17", "HS12");
    const flows = [
      flow("010121", 10, 1),
      flow("854150", 20, 2),
      flow("280530", 30, 3),
      flow("280531", 40, null),
      flow("850511", 50, 5),
      flow("850512", 60, 6),
      flow("710820", 90, 1),
      flow("850512", 7, 1, "JPN"),
    ];
    const { reading, report } = convertRevision(readingOf(flows), correlation, "HS12");
    const of = (product: string, importer = "USA") =>
      reading.flows.find((f) => f.product === product && f.importer === importer);
    assert.deepEqual([of("854151")?.valueUsd, of("854159")?.tonnes], [10, 1]);
    assert.deepEqual([of("280530")?.valueUsd, of("280530")?.tonnes], [70, null]);
    assert.deepEqual([of("850519")?.valueUsd, of("850519")?.tonnes], [85, 8.5]);
    assert.deepEqual([of("850519", "JPN")?.valueUsd, of("710820")], [7, undefined]);
    assert.deepEqual([...report.unmatched], [["710820", 90]]);
    const given = 307;
    assert.ok(Math.abs(reading.coverage.valueUsd + 90 - given) < ROUNDING * given);
    assert.ok(Math.abs(report.unmatchedShare - 90 / given) < ROUNDING);
    const expected = { "1:1": 10, "1:n": 20, "n:1": 137, "m:n": 50 };
    for (const [relation, value] of Object.entries(expected)) {
      const share = report.shares[relation as keyof typeof report.shares];
      assert.ok(Math.abs(share - value / given) < ROUNDING, relation);
    }
    assert.deepEqual([report.given, report.converted, reading.coverage.revision], [8, 7, "HS12"]);
    assert.throws(
      () => convertRevision(readingOf([flow("8505", 1, 1)]), correlation, "HS12"),
      /"8505", expected six digits/,
    );
  });
});

Deno.test("weights by value divide in proportion; parts without value get nothing unless all have none", () => {
  const link = (from: string, to: string) => ({ from, to, weight: null });
  const equal = concordance("c", [link("a", "x"), link("a", "y"), link("b", "z"), link("b", "w")]);
  const weighted = weightConcordance(equal, new Map([["x", 30], ["y", 10]]));
  assert.deepEqual(weighted.links.map(({ weight }) => weight), [0.75, 0.25, 0.5, 0.5]);
  const one = weightConcordance(equal, new Map([["x", 30], ["z", 1]]));
  assert.deepEqual(one.links.map(({ to }) => to), ["x", "z"]);
  assert.throws(() => weightConcordance(equal, new Map([["x", -1]])), /x: value -1/);
});

Deno.test("a year in columns gives what the flows give, in order and without repeated keys", () => {
  const codes = Array.from({ length: 40 }, (_, k) => String(10_000 + 37 * k).padStart(6, "0"));
  const links = codes.slice(0, 35).flatMap((from, k) =>
    Array.from(
      { length: 1 + k % 3 },
      (_, m) => ({ from, to: codes[(k * 5 + m * 7) % 40], weight: null }),
    )
  );
  const correlation = concordance("SIMULATED", links);
  const keys = [4, 156, 842].flatMap((i) =>
    [4, 156, 842].filter((j) => j !== i).flatMap((j) => codes.map((code) => ({ i, j, code })))
  ).filter((_, k) => k % 3 !== 0);
  const year: BaciYear = {
    file: "f",
    year: 2018,
    exporter: Int32Array.from(keys, ({ i }) => i),
    importer: Int32Array.from(keys, ({ j }) => j),
    product: Int32Array.from(keys, ({ code }) => Number(code)),
    value: Float64Array.from(keys, (_, k) => 1 + k * k % 101),
  };
  const columns = convertBaciYear(year, correlation);
  const flows = keys.map(({ i, j, code }, k) => ({
    year: 2018,
    exporter: String(i),
    importer: String(j),
    product: code,
    valueUsd: year.value[k],
    tonnes: null,
  }));
  const { reading, report } = convertRevision(readingOf(flows), correlation, "HS12");
  const keyOf = (i: number | string, j: number | string, code: string) => `${i} ${j} ${code}`;
  const expected = new Map(
    reading.flows.map((f) => [keyOf(f.exporter, f.importer, f.product), f.valueUsd]),
  );
  const { exporter, importer, product, value } = columns.year;
  assert.equal(value.length, expected.size);
  let last = -1;
  for (let r = 0; r < value.length; r++) {
    const key = keyOf(exporter[r], importer[r], String(product[r]).padStart(6, "0"));
    assert.ok(Math.abs(value[r] / expected.get(key)! - 1) < ROUNDING, key);
    const place = (exporter[r] * 1000 + importer[r]) * 1e6 + product[r];
    assert.ok(place > last);
    last = place;
  }
  assert.ok(Math.abs(columns.report.unmatchedShare - report.unmatchedShare) < ROUNDING);
  assert.equal(columns.report.unmatched.size, 5);
});

sourceTest("revisions chained from 2012 over 2007 to 1992 keep the value that has a way", () => {
  const at = (file: string) => join(SOURCE_DIR, "concordance", file);
  const first = readConcordance(at("hs4_hs3.csv"), { from: "HS4_6d", to: "HS3_6d" });
  const second = readConcordance(at("hs3_hs0.csv"), { from: "HS3_6d", to: "HS0_6d" });
  const { chained, lost } = chainConcordances(first, second);
  const codes = [...new Set(first.links.map(({ from }) => from))];
  const { reading, report } = convertRevision(
    readingOf(codes.map((code, k) => flow(code, 1 + k % 11, null))),
    chained,
    "HS92",
  );
  const given = codes.reduce((sum, _, k) => sum + 1 + k % 11, 0);
  const unmatched = [...report.unmatched.values()].reduce((sum, value) => sum + value, 0);
  assert.ok(Math.abs(reading.coverage.valueUsd + unmatched - given) < 1e-9 * given);
  // From new to old the lists name one code each.
  assert.ok(report.shares["1:1"] > 0.5 && report.shares["n:1"] > 0, JSON.stringify(report.shares));
  assert.equal(report.shares["m:n"], 0);
  assert.ok(lost.size < codes.length / 100, `${lost.size} codes lose a part`);
});
