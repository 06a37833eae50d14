import {
  baciLines,
  LONG_TRADE_COLUMNS,
  readBaci,
  readComtrade,
  readLongTrade,
  type TradeFlow,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { assertSourceError, inTempDir } from "../helpers.ts";
import { archive } from "../io/publishers.ts";

const BACI = `t,i,j,k,v,q
2010,156,392,280530,     10500.25,     812.5
2010,156,842,280530,      3200,          NA
2010,842,156,850511,        15.2,       0.003
2010,490,842,10410,          1.001,        NA
`;
const COUNTRIES = `country_code,country_name,country_iso2,country_iso3
156,China,CN,CHN
392,Japan,JP,JPN
490,"Other Asia, not elsewhere specified",N/A,N/A
842,USA,US,USA
`;

const FLOWS: readonly TradeFlow[] = [
  {
    year: 2010,
    exporter: "CHN",
    importer: "JPN",
    product: "280530",
    valueUsd: 10_500_250,
    tonnes: 812.5,
  },
  {
    year: 2010,
    exporter: "CHN",
    importer: "USA",
    product: "280530",
    valueUsd: 3_200_000,
    tonnes: null,
  },
  {
    year: 2010,
    exporter: "USA",
    importer: "CHN",
    product: "850511",
    valueUsd: 15_200,
    tonnes: 0.003,
  },
];

async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (path: (name: string) => string) => Promise<void>,
): Promise<void> {
  await inTempDir(async (dir) => {
    for (const [name, content] of Object.entries(files)) {
      Deno.writeFileSync(
        join(dir, name),
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      );
    }
    await use((name) => join(dir, name));
  });
}

Deno.test("BACI reads from its archive and unpacked, in USD and tons, with ISO codes", async () => {
  const member = "BACI_HS92_Y2010_V202601.csv";
  const zip = await archive({
    [member]: BACI,
    "BACI_HS92_Y2011_V202601.csv": BACI.replaceAll("2010,", "2011,"),
    "country_codes_V202601.csv": COUNTRIES,
    "product_codes_HS92_V202601.csv": "code,description\n",
  });
  await withFiles(
    { "BACI_HS92_V202601.zip": zip, [member]: BACI, "c.csv": COUNTRIES },
    async (at) => {
      const { flows, coverage } = await readBaci(at("BACI_HS92_V202601.zip"), 2010);
      assert.deepEqual(flows.slice(0, 3), FLOWS);
      assert.deepEqual([flows[3].exporter, flows[3].product], ["490", "010410"]);
      assert.equal(coverage.revision, "HS92");
      assert.equal(coverage.lines, 4);
      assert.equal(coverage.withoutQuantity, 2);
      assert.deepEqual(coverage.years, [2010]);
      const chosen = await readBaci(at(member), 2010, {
        countries: at("c.csv"),
        products: ["2805", "8505"],
      });
      assert.deepEqual(chosen.flows, FLOWS);
      assert.deepEqual([chosen.coverage.lines, chosen.coverage.kept], [4, 3]);
      let lines = 0;
      for await (const { line } of baciLines(at("BACI_HS92_V202601.zip"), 2011)) {
        lines += line > 1 ? 1 : 0;
      }
      assert.equal(lines, 4);
      await assert.rejects(() => readBaci(at(member), 2010), /needs the option countries/);
      await assertSourceError(
        () => readBaci(at("BACI_HS92_V202601.zip"), 2012),
        "BACI_…_Y2012_….csv",
      );
    },
  );
});

Deno.test("readBaci: what is wrong is named by line and column", async () => {
  const faults: [(text: string) => string, ...(string | RegExp)[]][] = [
    [
      (t) => t.replace("t,i,j,k,v,q", "year,exporter,importer,hs6,value,quantity"),
      "row 1",
      "t,i,j,k,v,q",
    ],
    [(t) => t.replace("2010,842", "2009,842"), "row 4, column t", 'came "2009"'],
    [(t) => t.replace("2010,842", "2010,999"), "row 4, column i", 'came "999"'],
    [(t) => t.replace("15.2", "n/a"), "row 4, column v"],
    [(t) => t.replace("0.003", "-1"), "row 4, column q"],
    [(t) => t.replace("850511", "magnets"), "row 4, column k"],
    [(t) => t + t.split("\n")[1] + "\n", "row 6", "already in row 2"],
    [(t) => t.slice(0, -25), "cells, expected 6"],
  ];
  for (const [spoil, ...patterns] of faults) {
    const spoilt = spoil(BACI);
    assert.notEqual(spoilt, BACI);
    await withFiles({ "b.csv": spoilt, "c.csv": COUNTRIES }, async (at) => {
      await assertSourceError(
        () => readBaci(at("b.csv"), 2010, { countries: at("c.csv") }),
        ...patterns,
      );
    });
  }
});

/** A row of API v1, with the fields that matter and some that do not. */
function row(
  parts: Record<string, string | number | null>,
): Record<string, string | number | null> {
  return {
    typeCode: "C",
    freqCode: "A",
    refYear: 2010,
    period: "2010",
    reporterCode: 156,
    reporterISO: "CHN",
    flowCode: "X",
    partnerCode: 392,
    partnerISO: "JPN",
    partner2Code: 0,
    classificationCode: "H3",
    cmdCode: "280530",
    customsCode: "C00",
    mosCode: "0",
    motCode: 0,
    qty: 812500,
    netWgt: 812500,
    primaryValue: 10_500_250,
    ...parts,
  };
}

const USA = { partnerCode: 842, partnerISO: "USA", netWgt: null, primaryValue: 3_200_000 };
const ANSWER = [
  row({}),
  row(USA),
  row({ partnerCode: 0, partnerISO: "W00", primaryValue: 13_700_250 }),
  row({ motCode: 2100, primaryValue: 9 }),
  row({ partner2Code: 344, primaryValue: 9 }),
  row({ customsCode: "C01", primaryValue: 9 }),
  row({
    flowCode: "M",
    reporterCode: 842,
    reporterISO: "USA",
    partnerCode: 156,
    partnerISO: "CHN",
    primaryValue: 4e6,
  }),
  row({ cmdCode: "TOTAL", primaryValue: 1e12 }),
];
const json = (data: unknown[], parts = {}) =>
  JSON.stringify({ elapsedTime: "1.2 secs", count: data.length, data, error: "", ...parts });

Deno.test("Comtrade's API answer gives partner flows without world totals and breakdowns", async () => {
  await withFiles({ "x.json": json(ANSWER) }, (at) => {
    const { flows, coverage } = readComtrade(at("x.json"));
    assert.deepEqual(flows, FLOWS.slice(0, 2));
    assert.equal(coverage.revision, "HS07");
    assert.deepEqual(coverage.notes, ["1 world totals compared with the sum of the partners"]);
    const imports = readComtrade(at("x.json"), { flow: "M" }).flows;
    assert.deepEqual([imports[0].exporter, imports[0].importer], ["CHN", "USA"]);
    return Promise.resolve();
  });
});

Deno.test("a Comtrade bulk file, packed or not, gives the same flows; numbers become ISO codes where told", async () => {
  const names = Object.keys(row({})).filter((name) => !name.endsWith("ISO"));
  const bulk = [names, ...ANSWER.map((r) => names.map((name) => r[name] ?? ""))]
    .map((cells) => cells.join("\t")).join("\n") + "\n";
  const countries = new Map([[156, "CHN"], [392, "JPN"], [842, "USA"]]);
  await withFiles({ "x.txt": bulk, "x.txt.gz": gzipSync(bulk) }, async (at) => {
    for (const name of ["x.txt", "x.txt.gz"]) {
      assert.deepEqual(readComtrade(at(name), { countries }).flows, FLOWS.slice(0, 2));
    }
    assert.equal(readComtrade(at("x.txt")).flows[0].exporter, "156");
    Deno.writeFileSync(at("x.txt.gz"), gzipSync(bulk).subarray(0, 100));
    await assertSourceError(() => readComtrade(at("x.txt.gz")), "do not unpack");
  });
});

Deno.test("readComtrade: error answers, cut answers and double counting are named", async () => {
  const faults: [string, ...(string | RegExp)[]][] = [
    [json([], { error: "Invalid period" }), "column error", "Invalid period"],
    [json(ANSWER, { count: 100_000 }), "column count", "100000"],
    ["<html>", "not JSON"],
    [json([row({}), row({})]), "already in row 1"],
    [json([row({}), row({ ...USA, classificationCode: "H4" })]), "H3, H4", "one revision"],
    [json([row({ primaryValue: null })]), "column primaryValue"],
    [json([row({ freqCode: "M" })]), "A, annual trade"],
    [
      json([row({}), row({ partnerCode: 0, partnerISO: "W00", primaryValue: 99e6 })]),
      "partners add up to 10500250",
    ],
  ];
  const { cmdCode: _, ...without } = row({});
  faults.push([json([without]), "column cmdCode", "no such field"]);
  for (const [text, ...patterns] of faults) {
    await withFiles({ "x.json": text }, async (at) => {
      await assertSourceError(() => readComtrade(at("x.json")), ...patterns);
    });
  }
});

Deno.test("a long trade CSV gives the same flows in any unit, and its faults by line", async () => {
  const text = [
    LONG_TRADE_COLUMNS.join(","),
    ...FLOWS.map((f) =>
      [f.year, f.exporter, f.importer, f.product, f.valueUsd / 1e3, "thousand USD", f.tonnes ?? ""]
        .join(",")
    ),
  ].join("\n") + "\n";
  await withFiles({ "t.csv": text }, async (at) => {
    const { flows, coverage } = await readLongTrade(at("t.csv"), "HS07");
    assert.deepEqual(flows, FLOWS);
    assert.equal(coverage.revision, "HS07");
    assert.equal((await readLongTrade(at("t.csv"), "HS07", { products: ["85"] })).flows.length, 1);
  });
  for (
    const [from, to, ...patterns] of [
      ["thousand USD", "EUR", "row 2, column unit", "one of USD"],
      ["10500.25", "lots", "row 2, column value"],
      ["CHN,JPN", ",JPN", "row 2, column exporter"],
      ["tonnes", "tons", "column tonnes"],
      ["CHN,USA", "CHN,JPN", "row 3", "already in row 2"],
    ]
  ) {
    await withFiles({ "t.csv": text.replace(from, to) }, async (at) => {
      await assertSourceError(() => readLongTrade(at("t.csv"), "HS07"), ...patterns);
    });
  }
});
