import {
  concordance,
  concordWorldTable,
  loadSectorConcordance,
  loadWorldTable,
  WIOD_SECTOR_NAMES,
  WIOD_SECTORS,
  type WorldTable,
  writeLongWorld,
} from "@ree/data";
import {
  calibrate,
  exportQuota,
  loadElasticities,
  shockOf,
  solveEquilibrium,
} from "@ree/equilibrium";
import { loadExportDuties, loadFactorShares, loadWorldReeTable } from "@ree/equilibrium/world";
import { loadWorldWithInputs } from "@ree/equilibrium/world-inputs";
import { worldIntensity } from "@ree/io-table";
import { chosenWorldTable, findSources } from "@ree/source";
import assert from "node:assert/strict";
import { join } from "node:path";
import { inTempDir } from "../data/helpers.ts";
import { exiobaseTexts, icioText, wiodCells, workbook } from "../data/io/publishers.ts";
import { exactWorld, foldedCountries, foreignWorld, largestGap, OWN_LIST } from "./tables.ts";

/** Numbers that go through text come back exactly; sums in another order do not. */
const ROUNDING = 1e-9;

/** Solved twice from tables that differ by rounding. */
const SOLVED = 1e-7;

/** Categories of the shipped table in the ICIO's words. */
const FINALS = ["HFCE", "NPISH", "GGFC", "GFCF", "INVNT"];

const chosen = async (text: string, year: number) =>
  await chosenWorldTable(await findSources(text, ["world table"]), year);

/** What notebooks 1 and 5 compute from a table. */
function estimates(table: WorldTable, year: number) {
  const world = loadWorldReeTable(year, table);
  const factors = loadFactorShares(year, world);
  const { economy } = calibrate(world, loadElasticities(), {
    factors,
    exportDuties: loadExportDuties(year),
  });
  const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
  const found = solveEquilibrium(economy, shock, { closure: { kind: "allocation" } });
  return { intensity: worldIntensity(world).map(({ total }) => total), found };
}

function assertSameEstimates(came: WorldTable, expected: WorldTable, year: number): void {
  const [a, b] = [estimates(came, year), estimates(expected, year)];
  assert.ok(largestGap(a.intensity, b.intensity, 1e-12) < ROUNDING, "intensities");
  assert.ok(largestGap(a.found.price, b.found.price, 1) < SOLVED, "prices");
  assert.ok(largestGap(a.found.quotaWedge, b.found.quotaWedge, 1) < SOLVED, "wedges");
}

function assertSameTable(came: WorldTable, expected: WorldTable): void {
  assert.deepEqual(came.countries, expected.countries);
  assert.deepEqual(came.sectors, expected.sectors);
  assert.deepEqual(came.sectorNames, expected.sectorNames);
  for (const key of ["intermediate", "final"] as const) {
    assert.ok(largestGap(came[key], expected[key], 1e-6) < ROUNDING, key);
  }
}

/** The shipped table of 2009 with a few countries, so that a workbook of it is small. */
function shippedSmall(): WorldTable {
  return concordWorldTable(loadWorldTable(2009), {
    sectors: concordance(
      "as shipped",
      WIOD_SECTORS.map((code) => ({ from: code, to: code, weight: 1 })),
    ),
    countries: foldedCountries(
      { CHN: "CHN", USA: "USA", JPN: "JPN", ROM: "ROM", AUS: "AUS" },
      "RoW",
    ),
  });
}

Deno.test("the shipped table through a long CSV at full size gives the same numbers cell by cell, also with elements carved out", async () => {
  const shipped = loadWorldTable(2009);
  await inTempDir(async (dir) => {
    const path = join(dir, "world.csv");
    await writeLongWorld(path, shipped);
    const { table, name, used } = await chosen(path, 2009);
    assert.equal(name, "world.csv");
    assertSameTable(table, shipped);
    assert.deepEqual(table.intermediate, shipped.intermediate);
    assert.match(used.coverage, /2009, 41 countries × 35 sectors, million USD/);
    const world = loadWorldReeTable(2009, table);
    assert.deepEqual(world.intermediate, loadWorldReeTable(2009).intermediate);
  });
});

Deno.test("the shipped numbers through WIOD's own workbook give the same estimates", async () => {
  const shipped = shippedSmall();
  const small = exactWorld(shipped, FINALS);
  const codes = WIOD_SECTORS.map((_, s) => s === 0 ? "AtB" : `x${s}`);
  await inTempDir(async (dir) => {
    const cells = wiodCells({ ...small, sectors: WIOD_SECTOR_NAMES }, 2009, codes, 2013);
    Deno.writeFileSync(join(dir, "WIOT09_ROW_Apr12.xlsx"), workbook({ WIOT_2009: cells }, "xlsx"));
    const { table, name } = await chosen(dir, 2009);
    assert.equal(name, "WIOD 2013");
    assertSameTable(table, shipped);
    assertSameEstimates(table, shipped, 2009);
  });
});

Deno.test("the shipped numbers in OECD's classification and file format give the estimates of the same regrouping in memory", async () => {
  const list = loadSectorConcordance("oecd-icio");
  const codes =
    ("A01_02 A03 B05_06 B07_08 B09 C10T12 C13T15 C16 C17_18 C19 C20 C21 C22 C23 C24 C25 C26 C27 C28 C29 C30 C31T33 D E F G " +
      "H49 H50 H51 H52 H53 I J58T60 J61 J62_63 K L M N O P Q R S T").split(" ");
  const back = Map.groupBy(list.links.filter(({ from }) => codes.includes(from)), ({ to }) => to);
  const toIcio = concordance(
    "WIOD 2013 to ICIO",
    WIOD_SECTORS.flatMap((code) =>
      back.get(code)!.map((link) => ({ from: code, to: link.from, weight: null }))
    ),
  );
  const icio = concordWorldTable(loadWorldTable(2009), {
    sectors: toIcio,
    order: codes,
    names: codes,
    countries: foldedCountries({ CHN: "CHN", USA: "USA", JPN: "VNM", ROM: "ROU" }, "ROW"),
  });
  await inTempDir(async (dir) => {
    Deno.writeTextFileSync(join(dir, "2015_SML.csv"), icioText(exactWorld(icio, FINALS)));
    const { table, used, name } = await chosen(dir, 2015);
    const expected = concordWorldTable({ ...icio, year: 2015 }, {
      sectors: list,
      countries: new Map([["ROU", "ROM"], ["ROW", "RoW"]]),
    });
    assert.equal(name, "OECD ICIO");
    assertSameTable(table, expected);
    assert.ok(table.countries.includes("ROM") && table.countries.includes("RoW"));
    assert.ok(used.notes.some((note) => /45 sectors regrouped to the 35/.test(note)));
    assertSameEstimates(table, expected, 2015);
  });
});

Deno.test("WIOD's 2016 release with its 56 sectors is regrouped by its own list", async () => {
  const list = loadSectorConcordance("wiod2016");
  const codes = [...new Set(list.links.map(({ from }) => from))];
  const parts = Map.groupBy(list.links, ({ to }) => to);
  const later = concordWorldTable(loadWorldTable(2009), {
    sectors: concordance(
      "WIOD 2013 to 2016",
      WIOD_SECTORS.flatMap((code) =>
        parts.get(code)!.map(({ from }) => ({ from: code, to: from, weight: null }))
      ),
    ),
    order: codes,
    names: codes,
    countries: foldedCountries({ CHN: "CHN", USA: "USA", ROM: "ROU" }, "ROW"),
  });
  await inTempDir(async (dir) => {
    const cells = wiodCells(exactWorld(later, FINALS), 2014, codes, 2016);
    Deno.writeFileSync(join(dir, "WIOT2014_Nov16_ROW.xlsx"), workbook({ "2014": cells }, "xlsx"));
    const { table, name } = await chosen(`wiod=${dir}`, 2014);
    assert.equal(name, "WIOD 2016");
    assertSameTable(
      table,
      concordWorldTable({ ...later, year: 2014 }, {
        sectors: list,
        countries: new Map([["ROU", "ROM"], ["ROW", "RoW"]]),
      }),
    );
  });
});

Deno.test("EXIOBASE's 163 industries, two-letter codes and five rests of the world become the project's", async () => {
  const links = loadSectorConcordance("exiobase").links;
  const names = links.map(({ from }) => from);
  assert.equal(new Set(names).size, 163);
  assert.deepEqual([...new Set(links.map(({ to }) => to))].sort(), [...WIOD_SECTORS].sort());
  const parts = Map.groupBy(links, ({ to }) => to);
  const exio = concordWorldTable(loadWorldTable(2009), {
    sectors: concordance(
      "WIOD 2013 to EXIOBASE",
      WIOD_SECTORS.flatMap((code) =>
        parts.get(code)!.map(({ from }) => ({ from: code, to: from, weight: null }))
      ),
    ),
    order: names,
    names,
    countries: foldedCountries({ CHN: "CN", USA: "WA" }, "WF"),
  });
  await inTempDir(async (dir) => {
    const folder = join(dir, "IOT_2009_ixi");
    Deno.mkdirSync(join(folder, "satellite"), { recursive: true });
    const small = exactWorld(exio, FINALS);
    for (const [name, text] of Object.entries(exiobaseTexts(small))) {
      Deno.writeTextFileSync(join(folder, name), text);
    }
    const { table, used } = await chosen(folder, 2009);
    assert.deepEqual(table.countries, ["RoW", "CHN"]);
    assert.deepEqual(table.sectors, WIOD_SECTORS);
    assert.ok(used.notes.some((note) => /WF, WA added up to RoW/.test(note)), used.notes.join());
    const [usd] = /times ([\d.]+) to million USD/.exec(used.coverage)!.slice(1).map(Number);
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    // The rate is shown with six digits.
    assert.ok(Math.abs(total(table.output) / total(small.output) / usd - 1) < 1e-5);
  });
});

Deno.test("a table of other countries and sectors needs its list of sectors, and then runs to an equilibrium", async () => {
  const foreign = foreignWorld();
  await inTempDir(async (dir) => {
    const path = join(dir, "national.csv");
    await writeLongWorld(path, foreign);
    await assert.rejects(() => chosen(path, 2009), {
      name: "RangeError",
      message:
        /national\.csv: sectors AGRI, MINING.* are in none of the lists WIOD 2013, oecd-icio.*sectors=PATH/,
    });
    const list = join(dir, "list.csv");
    Deno.writeTextFileSync(list, OWN_LIST.replace("METALS,c12\n", ""));
    await assert.rejects(() => chosen(`${path}; ${list}`, 2009), {
      name: "RangeError",
      message: /list\.csv: no line for METALS of .*national\.csv; expected every sector/,
    });
    Deno.writeTextFileSync(list, OWN_LIST);
    const { table, used } = await chosen(`world-csv=${path}; sectors=${list}`, 2009);
    assert.deepEqual(table.countries, foreign.countries);
    assert.deepEqual(table.sectors, WIOD_SECTORS);
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    assert.ok(Math.abs(total(table.final) / total(foreign.final) - 1) < ROUNDING);
    assert.ok(used.notes.some((note) => /no rest of the world/.test(note)));
    const world = loadWorldReeTable(2009, table);
    const width = world.sectors.length;
    const supply = (country: string) => {
      const n = world.countries.indexOf(country) * width;
      return total(world.output.subarray(n + width - 10, n + width));
    };
    // Mines of 2009 outside China: of the countries that the table shows, none.
    assert.ok(supply("CHN") > 0.99 * world.report.purchases);
    const { economy } = calibrate(world, loadElasticities());
    const found = solveEquilibrium(
      economy,
      shockOf(economy, exportQuota("CHN", ["elements"], 0.9)),
      { closure: { kind: "fixed" } },
    );
    assert.ok(found.quotaWedge.some((wedge) => wedge > 0));
    // Suppliers of gallium that the table does not show go to the rest of the world, or are left out.
    const share = (small: WorldTable, country: string) => {
      const inputs = loadWorldWithInputs(["gallium"], { year: 2009, table: small });
      const width = inputs.sectors.length;
      const sold = inputs.countries.map((_, n) => inputs.output[n * width + width - 1]);
      return sold[inputs.countries.indexOf(country)] / total(Float64Array.from(sold));
    };
    assert.ok(Math.abs(share(shippedSmall(), "RoW") - 0.015) < ROUNDING);
    assert.ok(Math.abs(share(table, "CHN") - 1) < ROUNDING);
  });
});

Deno.test("a year that the file or folder does not have is refused, with the years that are there", async () => {
  await inTempDir(async (dir) => {
    const foreign = foreignWorld();
    await writeLongWorld(join(dir, "w.csv"), foreign);
    Deno.writeTextFileSync(join(dir, "s.csv"), OWN_LIST);
    await assert.rejects(() => chosen(dir, 2012), /years 2009, expected lines of 2012/);
    const world = icioText(exactWorld(shippedSmall(), FINALS)).replaceAll("RoW", "ROW");
    const folder = join(dir, "icio");
    Deno.mkdirSync(folder);
    const header = world.replaceAll(/_c(\d+)/g, "_C$1");
    for (const year of [2015, 2016]) {
      Deno.writeTextFileSync(join(folder, `${year}_SML.csv`), header);
    }
    await assert.rejects(() => chosen(folder, 2017), {
      name: "RangeError",
      message: /year 2017: none of 2015_SML\.csv, 2016_SML\.csv; expected one file of that year/,
    });
    await assert.rejects(() => chosen("shipped", 2015), /year 2015: expected one of 2005/);
  });
});

Deno.test("a table without a mining country, or without a sector that uses rare earths, is refused by name", () => {
  const only = (countries: readonly string[], keep: readonly string[]) => {
    const list = concordance("x", WIOD_SECTORS.map((c) => ({ from: c, to: c, weight: 1 })));
    const folded = concordWorldTable(loadWorldTable(2009), {
      sectors: list,
      countries: foldedCountries(Object.fromEntries(countries.map((c) => [c, c])), countries[0]),
    });
    const zero = (values: Float64Array, width: number) =>
      values.map((value, k) => keep.includes(WIOD_SECTORS[Math.floor(k / width) % 35]) ? value : 0);
    const size = folded.output.length;
    return {
      ...folded,
      intermediate: zero(folded.intermediate, size),
      final: zero(folded.final, folded.final.length / size),
    };
  };
  assert.throws(() => loadWorldReeTable(2009, only(["DEU", "FRA"], WIOD_SECTORS)), {
    name: "RangeError",
    message:
      /no country of the world table mines rare earths: it has FRA, DEU and no RoW|it has DEU, FRA/,
  });
  assert.throws(
    () => loadWorldReeTable(2009, only(["CHN", "USA"], WIOD_SECTORS.filter((c) => c !== "c14"))),
    {
      name: "RangeError",
      message: /sector c14 has no output in any country, but takes .* % of the first use of/,
    },
  );
});
