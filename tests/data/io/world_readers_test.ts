import {
  LONG_WORLD_COLUMNS,
  readExiobase,
  readIcio,
  readLongWorld,
  readWiodWorkbook,
  readWorldSource,
  type WorldTable,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { assertSourceError, inTempDir } from "../helpers.ts";
import {
  archive,
  exiobaseTexts,
  icioText,
  labels,
  rowOf,
  type SmallWorld,
  smallWorld,
  wiodCells,
  workbook,
} from "./publishers.ts";

/** Decimal texts of sums differ from the sums by rounding only. */
const ROUNDING = 1e-9;

const ICIO_FINAL = ["HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR"];
const ICIO = smallWorld(["ARG", "CHN", "MEX"], ["A01_02", "C26", "T"], ICIO_FINAL, 1);

function assertClose(came: Float64Array, expected: ArrayLike<number>, what: string): void {
  assert.equal(came.length, expected.length, what);
  for (let i = 0; i < came.length; i++) {
    const gap = Math.abs(came[i] - expected[i]);
    assert.ok(gap <= ROUNDING * Math.max(1, Math.abs(expected[i])), `${what} ${i}: ${came[i]}`);
  }
}

function assertWorld(table: WorldTable, world: SmallWorld, factor = 1): void {
  assert.deepEqual(table.countries, world.countries);
  assert.equal(table.sectors.length, world.sectors.length);
  assert.equal(table.finalCategories, world.categories.length);
  assert.equal(table.unit, "million USD");
  assertClose(table.intermediate, world.intermediate.map((v) => v * factor), "intermediate");
  assertClose(table.final, world.final.map((v) => v * factor), "final");
  assertClose(table.output, world.output.map((v) => v * factor), "output");
}

async function withFile(
  name: string,
  content: string | Uint8Array,
  use: (path: string) => Promise<void>,
): Promise<void> {
  await inTempDir(async (dir) => {
    const path = join(dir, name);
    if (typeof content === "string") Deno.writeTextFileSync(path, content);
    else Deno.writeFileSync(path, content);
    await use(path);
  });
}

Deno.test("an ICIO table reads from its CSV and from the archive of several years alike", async () => {
  const text = icioText(ICIO);
  await withFile("2019_SML.csv", text, async (path) => {
    const { table, coverage } = await readIcio(path, 2019);
    assertWorld(table, ICIO);
    assert.deepEqual(table.sectors, ["A01_02", "C26", "T"]);
    assert.equal(coverage.source, "OECD ICIO");
    assert.ok(coverage.rowGap.gap < 1e-6 && (coverage.columnGap?.gap ?? 1) < 1e-6);
    assert.deepEqual(coverage.finalCategories, ICIO_FINAL);
  });
  const other = icioText(smallWorld(ICIO.countries, ICIO.sectors, ICIO_FINAL, 5));
  const zip = await archive({ "2018_SML.csv": other, "2019_SML.csv": text });
  await withFile("2016-2020_SML.zip", zip, async (path) => {
    const { table, coverage } = await readWorldSource(2019, { source: "oecd-icio", path });
    assertWorld(table, ICIO);
    assert.ok(coverage.file.endsWith("2016-2020_SML.zip:2019_SML.csv"));
    await assertSourceError(() => readIcio(path, 2017), "2018_SML.csv", "one member 2017_SML.csv");
  });
});

Deno.test("quoted labels, a byte order mark, Windows line ends and thousands separators are understood", async () => {
  const lines = icioText(ICIO).trimEnd().split("\n");
  const quoted = lines.map((line) =>
    line.split(",").map((cell) => {
      const value = Number(cell);
      return value >= 1000 && Number.isInteger(value * 1e4)
        ? `"${
          value.toLocaleString("en-US", {
            maximumFractionDigits: 10,
          })
        }"`
        : /^[A-Z]/.test(cell)
        ? `"${cell}"`
        : cell;
    }).join(",")
  );
  assert.ok(quoted[1].includes('","') || quoted.join("").includes('"1,'), "no grouped number");
  await withFile("2019.csv", `\ufeff${quoted.join("\r\n")}\r\n`, async (path) => {
    assertWorld((await readIcio(path, 2019)).table, ICIO);
  });
});

Deno.test("the split rows and columns of China and Mexico are added up", async () => {
  const split = smallWorld(
    ["ARG", "CHN", "MEX", "CN1", "CN2", "MX1", "MX2"],
    ["A01_02", "C26"],
    ICIO_FINAL,
    3,
  );
  // In the extended tables final demand stands under CHN and MEX only, trade under the parts.
  const parts = ["CN1", "CN2", "MX1", "MX2"];
  const codes = labels(split, split.categories).filter((code) => !parts.includes(code.slice(0, 3)));
  const keep = (code: string) =>
    !parts.includes(code.slice(0, 3)) || !ICIO_FINAL.includes(code.slice(4));
  const full = icioText(split).trimEnd().split("\n").map((line) => line.split(","));
  const header = full[0];
  const outAt = header.indexOf("OUT");
  const lines = full.map((cells, r) => {
    const kept = cells.filter((_, k) => k === 0 || keep(header[k]));
    // Final demand that is left out moves from output, so that the row still adds up.
    if (r > 0 && /_/.test(cells[0])) {
      let lost = 0;
      header.forEach((code, k) => {
        if (k > 0 && !keep(code)) lost += Number(cells[k]);
      });
      kept[kept.length - 1] = String(Number(cells[outAt]) - lost);
    }
    return kept;
  });
  const rows = lines.filter(([code]) => /_/.test(code));
  const outputs = rows.map((cells) => Number(cells.at(-1)));
  const taxes = lines.find(([code]) => code === "TLS")?.map(Number) ?? [];
  for (const cells of lines) {
    rows.forEach((_, j) => {
      let bought = taxes[j + 1];
      for (const row of rows) bought += Number(row[j + 1]);
      if (cells[0] === "VA") cells[j + 1] = String(outputs[j] - bought);
      if (cells[0] === "OUT") cells[j + 1] = String(outputs[j]);
    });
  }
  assert.equal(codes.length, 18);
  await withFile("2019_EXT.csv", lines.map((c) => c.join(",")).join("\n") + "\n", async (path) => {
    const { table, coverage } = await readIcio(path, 2019);
    assert.deepEqual(table.countries, ["ARG", "CHN", "MEX"]);
    assert.deepEqual(coverage.folded, [
      "CN1 into CHN",
      "CN2 into CHN",
      "MX1 into MEX",
      "MX2 into MEX",
    ]);
    const at = (country: number, sector: number) => country * 2 + sector;
    const n = split.output.length;
    let expected = 0;
    for (const from of [1, 3, 4]) {
      for (const to of [2, 5, 6]) expected += split.intermediate[at(from, 1) * n + at(to, 0)];
    }
    const came = table.intermediate[at(1, 1) * 6 + at(2, 0)];
    assert.ok(Math.abs(came - expected) < 1e-6, `${came}, ${expected}`);
    const outputOf = (i: number) => outputs[i];
    assert.ok(
      Math.abs(table.output[2] - outputOf(2) - outputOf(6) - outputOf(8)) < 1e-6,
    );
  });
});

const icioFaults: readonly (readonly [
  name: string,
  spoil: (text: string) => string,
  ...patterns: (string | RegExp)[],
])[] = [
  ["a cut line", (t) => t.slice(0, t.length - 60), /row 13.*cells, expected 29/],
  [
    "a file cut between lines",
    (t) => t.split("\n").slice(0, 6).join("\n") + "\n",
    "row CHN_T: came no such row",
  ],
  ["a lost row OUT", (t) => t.replace(/\nOUT,.*/, ""), "row OUT: came no such row"],
  ["a lost column OUT", (t) => t.replace(",OUT\n", ",EXTRA\n"), "EXTRA", "COUNTRY_INDUSTRY"],
  [
    "a renamed column",
    (t) => t.replace(",CHN_C26,", ",CHN_C99,"),
    /row (ARG|CHN) C\d+: came no such row/,
  ],
  ["a repeated row", (t) => t.replace("\nCHN_C26,", "\nCHN_A01_02,"), "came the row twice"],
  [
    "a word for a number",
    (t) => t.replace(/\nARG_C26,[^,]*/, "\nARG_C26,many"),
    'came "many"',
    "column ARG_A01_02",
  ],
  [
    "a changed cell",
    (t) => t.replace(/\nARG_C26,[^,]*/, "\nARG_C26,99999"),
    "row ARG.C26, column output",
    "the sum of the row",
  ],
  [
    "another value added",
    (t) => t.replace(/\nVA,[^,]*/, "\nVA,-99999"),
    "column ARG.A01_02",
    "inputs, taxes and value added",
  ],
  [
    "a negative purchase",
    (t) => t.replace(/\nARG_C26,[^,]*/, "\nARG_C26,-7.5"),
    "a purchase of at least 0",
  ],
];
for (const [name, spoil, ...patterns] of icioFaults) {
  Deno.test(`readIcio: ${name} is named`, async () => {
    const text = icioText(ICIO);
    const spoilt = spoil(text);
    assert.notEqual(spoilt, text);
    await withFile("2019_SML.csv", spoilt, async (path) => {
      await assertSourceError(() => readIcio(path, 2019), "2019_SML.csv", ...patterns);
    });
  });
}

Deno.test("readIcio: another year, a missing file and a truncated archive are named", async () => {
  await withFile("2019_SML.csv", icioText(ICIO), async (path) => {
    await assertSourceError(() => readIcio(path, 2018), "a file of 2019", "one of 2018");
    await assertSourceError(() => readIcio(`${path}.csv`, 2019), "no such file");
  });
  const zip = await archive({ "2019_SML.csv": icioText(ICIO).repeat(30) });
  await withFile("x_SML.zip", zip.subarray(0, zip.length - 200), async (path) => {
    await assertSourceError(() => readIcio(path, 2019), "looks truncated");
  });
  const bent = zip.slice();
  bent[Math.floor(zip.length / 2)] ^= 0xff;
  await withFile("x_SML.zip", bent, async (path) => {
    await assertSourceError(() => readIcio(path, 2019), /x_SML\.zip/);
  });
});

const WIOD13 = smallWorld(
  ["AUS", "CHN", "RoW"],
  ["Agriculture", "Mining", "Food"],
  ["CONS_h", "INVEN"],
  7,
);
const ISIC3 = ["AtB", "C", "15t16"];
const ISIC4 = ["A01", "A02", "B"];

Deno.test("WIOD workbooks of both releases read, as xlsx and as xlsb, alone and in their archive", async () => {
  const old = workbook({ WIOT_2007: wiodCells(WIOD13, 2007, ISIC3, 2013) }, "xlsx");
  await withFile("WIOT07_ROW_Apr12.xlsx", old, async (path) => {
    const { table, coverage } = await readWiodWorkbook(path, 2007);
    assertWorld(table, WIOD13);
    assert.deepEqual(table.sectors, ["c1", "c2", "c3"]);
    assert.deepEqual(table.sectorNames, ["Agriculture", "Mining", "Food"]);
    assert.equal(coverage.source, "WIOD 2013 release");
    assert.equal(coverage.unit, "millions of US$");
  });
  const now = workbook({ "2014": wiodCells(WIOD13, 2014, ISIC4, 2016) }, "xlsb");
  await withFile("WIOT2014_Nov16_ROW.xlsb", now, async (path) => {
    const { table, coverage } = await readWiodWorkbook(path, 2014);
    assertWorld(table, WIOD13);
    assert.deepEqual(table.sectors, ISIC4);
    assert.equal(coverage.source, "WIOD 2016 release");
  });
  const zip = await archive({ "WIOT2014_Nov16_ROW.xlsb": now, "WIOT2013_Nov16_ROW.xlsb": old });
  await withFile("WIOTS_in_EXCEL.zip", zip, async (path) => {
    const { table } = await readWorldSource(2014, { source: "wiod", path });
    assertWorld(table, WIOD13);
    await assertSourceError(() => readWiodWorkbook(path, 2000), "one member WIOT2000");
  });
});

Deno.test("readWiodWorkbook: what is wrong is named by sheet and cell", async () => {
  const faults: [(cells: (string | number | null)[][]) => void, ...(string | RegExp)[]][] = [
    [(c) => c[3][0] = "(thousands of US$)", "sheet 2014, row cell A4", "millions of US$"],
    [(c) => c[7][5] = "n/a!", "row F8", 'came "n/a!"'],
    [(c) => c[7][5] = 99_999, "row AUS.A02, column output"],
    [(c) => c[4][5] = "XXX", /cell F5: came "XXX"|no such column/],
    [(c) => c[6][3] = null, "cell D7"],
    [(c) => c.splice(10, 1), /AUS|CHN/],
    [(c) => c.splice(17), "a row GO or r69"],
    [(c) => c.forEach((row) => row.splice(19)), "a last column with total output"],
  ];
  for (const [spoil, ...patterns] of faults) {
    const cells = wiodCells(WIOD13, 2014, ISIC4, 2016);
    spoil(cells);
    await withFile("WIOT2014.xlsb", workbook({ "2014": cells }, "xlsb"), async (path) => {
      await assertSourceError(() => readWiodWorkbook(path, 2014), ...patterns);
    });
  }
  const good = workbook({ "2014": wiodCells(WIOD13, 2014, ISIC4, 2016), notes: [["x"]] }, "xlsx");
  await withFile("WIOT2014.xlsx", good, async (path) => {
    await assertSourceError(() => readWiodWorkbook(path, 2010), "sheets 2014, notes");
  });
  await withFile("WIOT2014.xlsx", good.subarray(0, good.length / 2), async (path) => {
    await assertSourceError(() => readWiodWorkbook(path, 2014), "WIOT2014.xlsx", "truncated");
  });
  await withFile("WIOT2014.xlsx", "<html>", async (path) => {
    await assertSourceError(() => readWiodWorkbook(path, 2014), "neither as .xlsx");
  });
});

const EXIO = smallWorld(["AT", "CN"], ["Mining, iron", "Motors n.e.c. (29)"], [
  "Households",
  "Inventories",
], 11);

Deno.test("EXIOBASE reads from archive and folder, in USD at the given or the shipped rate", async () => {
  const texts = exiobaseTexts(EXIO);
  const inside = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [`IOT_2010_ixi/${name}`, text]),
  );
  await withFile("IOT_2010_ixi.zip", await archive(inside), async (path) => {
    const { table, coverage } = await readExiobase(path, 2010, { usdPerEuro: 1.5 });
    assertWorld(table, EXIO, 1.5);
    assert.deepEqual(table.sectors, EXIO.sectors);
    assert.ok(coverage.columnGap !== null && coverage.columnGap.gap < 1e-6);
    const shipped = await readWorldSource(2010, { source: "exiobase", path });
    assert.ok(shipped.coverage.factor > 1.3 && shipped.coverage.factor < 1.35);
    await assertSourceError(() => readExiobase(path, 2011, { usdPerEuro: 1 }), "a file of 2010");
  });
  await inTempDir(async (dir) => {
    Deno.mkdirSync(join(dir, "satellite"));
    for (const [name, text] of Object.entries(texts)) Deno.writeTextFileSync(join(dir, name), text);
    assertWorld((await readExiobase(dir, 2022, { usdPerEuro: 1 })).table, EXIO);
    await assert.rejects(() => readExiobase(dir, 2022), /no euro rate.*usdPerEuro/);
    for (const name of ["satellite/F.txt", "satellite/unit.txt"]) Deno.removeSync(join(dir, name));
    const { coverage } = await readExiobase(dir, 2022, { usdPerEuro: 1 });
    assert.equal(coverage.columnGap, null);
    assert.ok(coverage.notes.some((note) => note.includes("columns not checked")));
  });
});

Deno.test("readExiobase: what is wrong is named by file and line", async () => {
  const faults: [string, (text: string) => string, ...(string | RegExp)[]][] = [
    ["unit.txt", (t) => t.replace("M.EUR", "tonnes"), "unit.txt, row 2", "M.EUR"],
    ["Z.txt", (t) => t.split("\n").slice(0, 5).join("\n"), "Z.txt", "came no such row"],
    ["Z.txt", (t) => t.replace("region", "Region"), "Z.txt, row 1", 'begin with "Region"'],
    [
      "Z.txt",
      (t) => t.replace(/\nAT\tMining, iron/, "\nAT\tMining"),
      "Z.txt, row 4",
      "Mining, iron",
    ],
    ["Y.txt", (t) => t.replace(/(\nAT\tMining, iron\t)[^\t]*/, "$1x"), "Y.txt, row 4", 'came "x"'],
    ["x.txt", (t) => t.replace(/(\nAT\tMining, iron\t).*/, "$199999999"), "row AT.Mining, iron"],
    ["satellite/F.txt", (t) => t.replace(/(\nOper[^\t]*\t)[^\t]*/, "$1-9e9"), "column AT.Mining"],
  ];
  for (const [name, spoil, ...patterns] of faults) {
    const texts = exiobaseTexts(EXIO);
    const spoilt = spoil(texts[name]);
    assert.notEqual(spoilt, texts[name], name);
    const zip = await archive({ ...texts, [name]: spoilt });
    await withFile("IOT_2010_ixi.zip", zip, async (path) => {
      await assertSourceError(() => readExiobase(path, 2010), ...patterns);
    });
  }
  const { "Y.txt": _, ...rest } = exiobaseTexts(EXIO);
  await withFile("IOT_2010_ixi.zip", await archive(rest), async (path) => {
    await assertSourceError(() => readExiobase(path, 2010), "one member Y.txt");
  });
});

function longText(world: SmallWorld, unit = "million USD", year = 2015): string {
  const n = world.output.length;
  const rows = labels(world, world.sectors, ",");
  const finals = labels(world, world.categories, ",");
  const lines: string[] = [LONG_WORLD_COLUMNS.join(",")];
  rows.forEach((row, i) => {
    rowOf(world, i).forEach((value, j) => {
      if (value === 0) return;
      const kind = j < n ? "intermediate" : "final";
      lines.push([year, kind, row, j < n ? rows[j] : finals[j - n], value, unit].join(","));
    });
    lines.push([year, "output", row, ",", world.output[i], unit].join(","));
    lines.push([year, "value_added", ",", row, world.valueAdded[i], unit].join(","));
  });
  return lines.join("\n") + "\n";
}

Deno.test("a long CSV gives the same table, in any unit, with or without output and value added", async () => {
  await withFile("t.csv", longText(ICIO), async (path) => {
    assertWorld((await readLongWorld(path, 2015)).table, ICIO);
    const { coverage } = await readWorldSource(2015, { source: "long-csv", path });
    assert.ok(coverage.columnGap !== null);
    await assertSourceError(() => readLongWorld(path, 2016), "years 2015", "lines of 2016");
  });
  await withFile("t.csv", longText(ICIO, "thousand USD"), async (path) => {
    assertWorld((await readLongWorld(path, 2015)).table, ICIO, 1e-3);
  });
  const bare = longText(ICIO).split("\n").filter((line) => !/,output,|,value_added,/.test(line));
  await withFile("t.csv", bare.join("\n"), async (path) => {
    const { table, coverage } = await readLongWorld(path, 2015);
    assertWorld(table, ICIO);
    assert.deepEqual(coverage.notes, ["output is the sum of the row"]);
    assert.equal(coverage.columnGap, null);
  });
});

Deno.test("readLongWorld: what is wrong is named by line and column", async () => {
  const faults: [(text: string) => string, ...(string | RegExp)[]][] = [
    [(t) => t.replace("row_sector", "sector"), "column row_sector", 'a column "row_sector"'],
    [(t) => t.replace(",intermediate,", ",middle,"), "row 2, column kind", 'came "middle"'],
    [(t) => t.replace(/million USD\n$/, "million EUR\n"), "column unit", "million EUR"],
    [(t) => t.replace(/million USD\n$/, "USD\n"), "column unit", "one table has one unit"],
    [(t) => t + t.split("\n")[1] + "\n", "already in line 2"],
    [(t) => t.replace(/(\n2015,output,ARG,A01_02),,/, "$1,ARG,"), "column column_country"],
    [(t) => t.replaceAll(/\n2015,[^\n]*MEX,T,[^\n]*/g, ""), "MEX T"],
    [
      (t) => t.replace(/(\n2015,output,ARG,A01_02,,,)[^,]*/, "$11"),
      "row ARG.A01_02, column output",
    ],
    [(t) => t.replace(/(\n2015,output,ARG,A01_02,,,)[^,]*/, "$1much"), 'came "much"'],
  ];
  for (const [spoil, ...patterns] of faults) {
    const spoilt = spoil(longText(ICIO));
    assert.notEqual(spoilt, longText(ICIO));
    await withFile("t.csv", spoilt, async (path) => {
      await assertSourceError(() => readLongWorld(path, 2015), "t.csv", ...patterns);
    });
  }
});

Deno.test("readWorldSource: the shipped table is the default kind, unknown kinds are refused with the list", async () => {
  const { table, coverage } = await readWorldSource(2009, { source: "shipped" });
  assert.equal(table.countries.length, 41);
  assert.ok(coverage.nonzero > 300_000);
  await assert.rejects(() => readWorldSource(2009, { source: "wiod" }), /wiod without path/);
  await assert.rejects(
    () => readWorldSource(2009, { source: "gtap" as "wiod", path: "x" }),
    /"gtap": expected one of shipped, wiod, oecd-icio, exiobase, long-csv/,
  );
});
