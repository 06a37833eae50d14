import {
  loadCountryYears,
  loadFacts,
  loadHsSectors,
  loadJudged,
  loadMakeUse,
  loadManufacturing,
  loadSectorPanel,
  PENN_VALUES,
} from "@ree/data";
import { loadPatentPanel, relativePricePanel } from "@ree/elasticity";
import { intensityMatrices, pricePanel, usReeTable } from "@ree/io-table";
import { exportPanel, exportRows, manufacturingPanel, sectorElementExposure } from "@ree/panels";
import {
  eventPanel,
  placeboEvents,
  placeboYears,
  QUOTA_CUT,
  runSpecifications,
} from "@ree/event-study";
import {
  chosenCountryYears,
  chosenExports,
  chosenFacts,
  chosenMakeUse,
  chosenManufacturing,
  chosenPatents,
  findSources,
  type SourceRole,
} from "@ree/source";
import assert from "node:assert/strict";
import { join } from "node:path";
import pl from "nodejs-polars";
import { sheetsOf } from "../data/io/bea_sheets.ts";
import { inTempDir } from "../data/helpers.ts";
import { archive, workbook } from "../data/io/publishers.ts";
import { largestGap } from "./tables.ts";

/** Numbers that go through text come back exactly, means of twelve equal months to a rounding. */
const ROUNDING = 1e-12;

/** PPML of the same numbers in another order of rows. */
const ESTIMATED = 1e-6;

/** Values in a list of products are divided and added up again. */
const SUMS = 1e-9;

const choose = (text: string, ...roles: readonly SourceRole[]) => findSources(text, roles);

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The shipped export panel as a long trade CSV whose products are sectors. */
function shippedTrade(): string {
  return "year,exporter,importer,product,value,unit,tonnes\n" +
    loadSectorPanel().map(({ year, country, sector, exportsIntermediate, exportsFinal }) =>
      `${year},${country},WLD,${sector},${exportsIntermediate + exportsFinal},million USD,\n`
    ).join("");
}

Deno.test("the shipped exports through a long trade CSV give the same panel and the same estimate", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "trade.csv");
    Deno.writeTextFileSync(path, shippedTrade());
    const { rows, name, used } = await chosenExports(await choose(path, "exports"), [2009, 2011]);
    assert.equal(name, "trade.csv");
    assert.match(used.coverage, /41 exporters × 35 sectors, 1995 to 2011/);
    const key = (row: { country: string; sector: string; year: number }) =>
      `${row.country} ${row.sector} ${row.year}`;
    const came = new Map(rows.map((row) => [key(row), row.exports]));
    const shipped = exportRows(loadSectorPanel());
    assert.equal(came.size, shipped.length);
    for (const row of shipped) {
      assert.ok(
        Math.abs(came.get(key(row))! - row.exports) <= ROUNDING * Math.abs(row.exports),
        key(row),
      );
    }
    const [facts, judged] = [loadFacts(), loadJudged()];
    const panelOf = (given?: typeof rows) => {
      const frame = exportPanel(undefined, given).filter(
        pl.col("goods").eq(pl.lit(true)).and(pl.col("negative_exports").eq(pl.lit(false))),
      );
      return eventPanel({
        name: "Exports",
        unitName: "sector",
        estimator: "poisson",
        frame,
        exposure: sectorElementExposure(),
        columns: { unit: "sector", economy: "country", outcome: "exports", own: "own_total" },
        prices: pricePanel(facts, judged),
        quotas: facts.quotas,
        scores: sectorElementExposure().elements.map((element) => ({ element, score: 1 })),
      });
    };
    const estimates = (given?: typeof rows) =>
      runSpecifications(panelOf(given), QUOTA_CUT).map(({ estimate, se }) => [estimate, se]).flat();
    assert.ok(largestGap(estimates(rows), estimates(), 1e-3) < ESTIMATED);
    const frames = [exportPanel(undefined, rows), exportPanel()].map((frame) =>
      frame.sort(["country", "sector", "year"])
    );
    for (const column of ["exports", "total", "own_total"]) {
      const [x, y] = frames.map((frame) => frame.getColumn(column).toArray().map(Number));
      assert.ok(largestGap(x, y, 1e-6) <= ROUNDING, column);
    }
  });
});

Deno.test("years that a notebook needs and placebo years that a panel cannot show are left out or refused", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "trade.csv");
    const late = shippedTrade().split("\n").filter((line) => !/^(199\d|200[0-4]),/.test(line));
    Deno.writeTextFileSync(path, late.join("\n"));
    const choice = await choose(path, "exports");
    const { rows } = await chosenExports(choice, [2009]);
    await assert.rejects(() => chosenExports(choice, [2009, 2015]), {
      name: "RangeError",
      message: /no exports of 2015 among the years 2005, 2006/,
    });
    const facts = loadFacts();
    const panel = eventPanel({
      name: "Exports",
      unitName: "sector",
      estimator: "poisson",
      frame: exportPanel(undefined, rows).filter(
        pl.col("goods").eq(pl.lit(true)).and(pl.col("negative_exports").eq(pl.lit(false))),
      ),
      exposure: sectorElementExposure(),
      columns: { unit: "sector", economy: "country", outcome: "exports" },
      prices: pricePanel(facts, loadJudged()),
      quotas: facts.quotas,
      scores: sectorElementExposure().elements.map((element) => ({ element, score: 1 })),
    });
    const years = placeboYears(panel, QUOTA_CUT, [2002, 2005, 2006, 2008, 2009]);
    assert.deepEqual(years, [2006, 2008]);
    assert.ok(
      placeboEvents(panel, QUOTA_CUT, years).every(({ estimate }) => Number.isFinite(estimate)),
    );
  });
});

Deno.test("product codes go by the longest code of the list, of every revision and length", () => {
  const sectorOf = loadHsSectors();
  const expected: Record<string, string | undefined> = {
    "284690": "c9", // rare earth compounds
    "850511": "c14", // permanent magnets, in division 31
    "260112": "c2",
    "870323": "c15",
    "030110": "c1", // live fish, in a chapter of food
    "03": "c3",
    "854231": "c14",
    "999999": undefined,
    "98": undefined,
  };
  for (const [code, sector] of Object.entries(expected)) assert.equal(sectorOf(code), sector, code);
  const chapters = Array.from({ length: 97 }, (_, k) => String(k + 1).padStart(2, "0"));
  assert.deepEqual(chapters.filter((code) => sectorOf(code) === undefined), ["77"]);
});

Deno.test("a BACI archive is added up to sectors, and says what has no sector", async () => {
  await inTempDir(async (dir) => {
    const year = (y: number) =>
      `t,i,j,k,v,q\n${y},156,842,284690, 1000.5,NA\n${y},156,842,850511,250.000, 1.2\n` +
      `${y},554,842,10111,40,1\n${y},554,156,999999,60,NA\n`;
    const codes = "country_code,country_name,country_iso2,country_iso3\n" +
      "156,China,CN,CHN\n842,USA,US,USA\n554,New Zealand,NZ,NZL\n";
    const path = join(dir, "BACI_HS92_V202601.zip");
    const zip = await archive({
      "BACI_HS92_Y2009_V202601.csv": year(2009),
      "BACI_HS92_Y2011_V202601.csv": year(2011),
      "country_codes_V202601.csv": codes,
    });
    Deno.writeFileSync(path, zip);
    const { rows, used, name } = await chosenExports(await choose(path, "exports"));
    assert.equal(name, "CEPII BACI");
    const value = (country: string, sector: string) =>
      rows.filter((row) => row.country === country && row.sector === sector)
        .map((row) => row.exports);
    assert.deepEqual(value("CHN", "c9"), [1.0005, 1.0005]);
    assert.deepEqual(value("CHN", "c14"), [0.25, 0.25]);
    assert.deepEqual(value("NZL", "c1"), [0.04, 0.04]);
    assert.deepEqual(value("NZL", "c14"), [0, 0]);
    assert.ok(
      used.notes.some((n) => /1 product \(999999\) without a sector, 4\.4 % of value/.test(n)),
    );
    assert.match(used.coverage, /2 exporters × 3 sectors, 2009 to 2011 \(2 years\)/);
    // Unpacked, with both tables of codes: read into columns, the same sums.
    const folder = join(dir, "unpacked");
    Deno.mkdirSync(folder);
    const write = (name: string, text: string) => Deno.writeTextFileSync(join(folder, name), text);
    for (const y of [2009, 2011]) write(`BACI_HS92_Y${y}_V202601.csv`, year(y));
    write("country_codes_V202601.csv", codes);
    const slow = await chosenExports(await choose(folder, "exports"));
    write(
      "product_codes_HS92_V202601.csv",
      "code,description\n284690,a\n850511,b\n010111,c\n999999,d\n",
    );
    const fast = await chosenExports(await choose(folder, "exports"));
    assert.deepEqual(slow.rows, rows);
    assert.deepEqual(fast.rows, rows);
    await assert.rejects(
      async () => chosenExports(await choose(`${path}; ${folder}`, "exports")),
      /2009 in BACI_HS92_V202601\.zip and in BACI_HS92_Y2009_V202601\.csv; expected each year in one/,
    );
    const list = join(dir, "products.csv");
    Deno.writeTextFileSync(
      list,
      "product,wiod2013_sector,weight\n284690,c9,0.25\n284690,c2,0.75\n850511,c12,1\n",
    );
    const weighted = await chosenExports(await choose(`baci=${path}; products=${list}`, "exports"));
    const chinese = weighted.rows.filter(({ country, year }) => country === "CHN" && year === 2011);
    const sectors = new Map(chinese.map((row) => [row.sector, row.exports]));
    assert.ok(Math.abs(sectors.get("c2")! - 0.750375) < SUMS);
    assert.ok(Math.abs(sectors.get("c9")! - 0.250125) < SUMS);
    assert.equal(sectors.get("c12"), 0.25);
    Deno.writeTextFileSync(list, "product,wiod2013_sector\n284690,c99\n");
    await assert.rejects(
      async () => chosenExports(await choose(`baci=${path}; products=${list}`, "exports")),
      /sector c99; expected c1 to c35/,
    );
  });
});

Deno.test("trade whose products have no sector at all is refused", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "t.csv");
    Deno.writeTextFileSync(
      path,
      "year,exporter,importer,product,value,unit,tonnes\n2009,CHN,USA,steel,1,USD,\n",
    );
    await assert.rejects(async () => chosenExports(await choose(path, "exports")), {
      name: "RangeError",
      message:
        /no product of t\.csv has a sector \(steel\); expected codes of the Harmonized System/,
    });
  });
});

Deno.test("annual prices spread over twelve months give the same price panel; other prices change only their element-years", async () => {
  const [facts, judged] = [loadFacts(), loadJudged()];
  const line = (month: string, series: string, price: number, source = "page", basis = "oxide") =>
    `${month},${series},${price},USD/kg,${basis},${quoted(source)}\n`;
  const header = "month,series,price,unit,basis,source\n";
  const month = (m: number) => String(m + 1).padStart(2, "0");
  await inTempDir(async (dir) => {
    const path = join(dir, "prices.csv");
    Deno.writeTextFileSync(
      path,
      header +
        facts.annualPrices.flatMap(({ element, year, usdPerKg, source }) =>
          Array.from(
            { length: 12 },
            (_, m) => line(`${year}-${month(m)}`, element, usdPerKg, source),
          )
        ).join(""),
    );
    const same = await chosenFacts(await choose(path, "prices"));
    const panel = (one: typeof facts) => pricePanel(one, judged).map(({ usdPerKg }) => usdPerKg);
    assert.ok(largestGap(panel(same.facts), panel(facts), 1e-9) < ROUNDING);
    Deno.writeTextFileSync(
      path,
      header + line("2011-01", "Nd", 100) + line("2011-02", "Nd", 300) + line("2011-01", "Ho", 5) +
        line("2030-01", "Nd", 9),
    );
    const { facts: other, used } = await chosenFacts(await choose(path, "prices"));
    const nd = other.annualPrices.find(({ element, year }) => element === "Nd" && year === 2011)!;
    assert.equal(nd.usdPerKg, 200);
    const priceOf = (one: typeof facts, element: string, year: number) =>
      pricePanel(one, judged).find((row) => row.element === element && row.year === year)!.usdPerKg;
    assert.equal(priceOf(other, "Nd", 2011), 200);
    assert.equal(priceOf(other, "Nd", 2010), priceOf(facts, "Nd", 2010));
    assert.equal(priceOf(other, "Dy", 2011), priceOf(facts, "Dy", 2011));
    assert.match(
      used.coverage,
      /^element-years: 1 from the file, \d+ that it does not have remain shipped/,
    );
    assert.ok(used.notes.includes("element-years with fewer than 12 months: 1"));
    assert.ok(used.notes.includes("series without use here: Ho"));
    Deno.writeTextFileSync(
      path,
      header + line("2011-01", "Nd", 100) + line("2011-01", "Nd", 90, "page", "metal"),
    );
    await assert.rejects(
      async () => chosenFacts(await choose(path, "prices")),
      /Nd on the bases oxide, metal; expected one/,
    );
    Deno.writeTextFileSync(path, header + line("2011-01", "Sc", 100));
    await assert.rejects(
      async () => chosenFacts(await choose(path, "prices")),
      /series Sc; expected some of La, Ce/,
    );
  });
});

Deno.test("NBER-CES and Penn in the publishers' layouts give the shipped panels", async () => {
  await inTempDir(async (dir) => {
    const nber = join(dir, "nberces5818v1_n2012.csv");
    const line = (naics: string, year: number, [o, m, i, c, h]: readonly number[]) =>
      `${naics},${year},1,${h},${o},${m},1,${i},${c},1,1,1,1\n`;
    Deno.writeTextFileSync(
      nber,
      "naics,year,emp,prodh,vship,matcost,vadd,invest,cap,piship,pimat,piinv,tfp5\n" +
        loadManufacturing().map((row) =>
          line(row.naics, row.year, [
            row.output,
            row.materials,
            row.investment,
            row.capital,
            row.hours,
          ])
        ).join("") +
        line("311111", 1990, [1, 1, 1, 1, 1]) + line("399999", 2005, [1, 1, 1, 1, 1]),
    );
    const { rows, used } = await chosenManufacturing(await choose(nber, "manufacturing"));
    assert.match(used.coverage, /364 NAICS industries, 2000 to 2016/);
    const [came, shipped] = [manufacturingPanel(undefined, rows), manufacturingPanel()]
      .map((frame) => frame.sort(["naics", "year"]));
    for (const column of ["log_tfp", "log_output", "total"]) {
      const [x, y] = [came, shipped].map((f) => f.getColumn(column).toArray().map(Number));
      assert.ok(largestGap(x, y, 1) < ROUNDING, column);
    }
    const penn = join(dir, "pwt1001.xlsx");
    const table = loadCountryYears();
    Deno.writeFileSync(
      penn,
      workbook({
        Info: [["Penn World Table"]],
        Data: [
          ["countrycode", "country", "year", ...PENN_VALUES.map(([name]) => name)],
          ...table.map((row) => [
            row.iso3,
            "",
            row.year,
            ...PENN_VALUES.map(([, field]) => row[field]),
          ]),
          ["VNM", "Viet Nam", 2009, ...PENN_VALUES.map(() => 0.5)],
        ],
      }, "xlsx"),
    );
    const countries = await chosenCountryYears(await choose(penn, "countries"));
    assert.equal(countries.rows.length, table.length + 1);
    assert.deepEqual(countries.rows.filter(({ iso3 }) => iso3 !== "VNM"), table);
    assert.match(countries.used.coverage, /41 countries, 1995 to 2019/);
  });
});

Deno.test("a labelled panel without prices gets those of its industries; with prices it keeps them", async () => {
  await inTempDir(async (dir) => {
    const shipped = loadPatentPanel();
    const path = join(dir, "patents.csv");
    shipped.select("sector", "year", "patents_element", "patents_other").writeCSV(path);
    const { facts } = await chosenFacts(await choose("shipped", "prices"));
    const { panel, file, used } = await chosenPatents(await choose(path, "patents"), facts);
    assert.equal(file, "patents.csv");
    const sorted = (frame: pl.DataFrame) =>
      frame.sort(["sector", "year"]).getColumn("log_relative_price").toArray().map(Number);
    assert.ok(largestGap(sorted(panel), sorted(shipped), 1e-3) < SUMS);
    assert.deepEqual([...new Set(panel.getColumn("origin").toArray())], ["given"]);
    assert.ok(used.notes.includes("relative prices joined by industry and year"));
    shipped.drop("origin").writeCSV(path);
    const own = await chosenPatents(await choose(path, "patents"), facts);
    assert.ok(own.used.notes.includes("relative prices are those of the file"));
    Deno.writeTextFileSync(path, "sector,year,patents_element,patents_other\nWidgets,2010,1,2\n");
    await assert.rejects(async () => chosenPatents(await choose(path, "patents"), facts), {
      name: "RangeError",
      message:
        /none of its sectors \(Widgets, …\) and years has a relative price; expected industries/,
    });
  });
});

Deno.test("with other prices the default patents are SIMULATED anew on them, and say so", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "p.csv");
    Deno.writeTextFileSync(
      path,
      "month,series,price,unit,basis,source\n2011-06,Nd,999,USD/kg,oxide,invented\n",
    );
    const choice = await choose(path, "prices", "patents");
    const { facts } = await chosenFacts(choice);
    const { panel, used } = await chosenPatents(choice, facts);
    assert.ok(used.notes.includes("SIMULATED anew on the prices of the choice"));
    assert.equal(panel.getColumn("origin").get(0), "SIMULATED");
    const at = (frame: pl.DataFrame) =>
      new Map(
        frame.toRecords().map((row) => [`${row.sector} ${row.year}`, row.log_relative_price]),
      );
    const expected = at(relativePricePanel(undefined, { facts }));
    for (const [key, price] of at(panel)) assert.equal(price, expected.get(key), key);
    assert.notDeepEqual(at(panel), at(loadPatentPanel()));
  });
});

Deno.test("the shipped US table in the BEA's workbooks gives the same intensities", async () => {
  const shipped = loadMakeUse(2007);
  await inTempDir(async (dir) => {
    const sheets = sheetsOf(shipped);
    const write = (name: string, cells: readonly (readonly (string | number | null)[])[]) =>
      Deno.writeFileSync(join(dir, name), workbook({ "2007": cells }, "xlsx"));
    write("IOMake_Before_Redefinitions_PRO_2007_Detail.xlsx", sheets.make);
    await assert.rejects(
      async () => chosenMakeUse(await choose(dir, "us tables"), [2007]),
      /came IOMake_.*; expected one IOMake_…_Detail\.xlsx and one IOUse_…_PRO/,
    );
    write("IOUse_Before_Redefinitions_PRO_2007_Detail.xlsx", sheets.use);
    const { tables, used } = await chosenMakeUse(await choose(dir, "us tables"), [2007]);
    assert.equal(used.files.length, 2);
    assert.match(used.coverage, /2007: 405 industries × 405 commodities/);
    const [facts, judged] = [loadFacts(), loadJudged()];
    const total = (table: typeof shipped) =>
      intensityMatrices(usReeTable(table, facts, judged).table).total;
    assert.ok(largestGap(total(tables.get(2007)!), total(shipped), 1e-12) < SUMS);
  });
});
