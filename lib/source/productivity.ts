import {
  type CountryYear,
  DATA_DIR,
  loadCountryYears,
  loadManufacturing,
  loadNaicsCrosswalk,
  type ManufacturingYear,
  readNberCes,
  readPennWorkbook,
} from "@ree/data";
import { join } from "node:path";
import { filesOf, type SourceChoice } from "./find_sources.ts";
import { type UsedData, usedFiles } from "./used_data.ts";

/** First year of the shipped panel of US manufacturing; earlier years of the original are not used. */
const FIRST_YEAR = 2000;

/**
 * US manufacturing by NAICS industry and year: the shipped subset (2000 to 2016), or the original NBER-CES database of the choice
 * from 2000 on. Industries that the project's crosswalk of NAICS and BEA industries does not have are left out.
 *
 * @throws RangeError when the choice has several files, or none of the industries; SourceError at a file that is not as published
 */
export async function chosenManufacturing(
  choice: SourceChoice,
): Promise<{ readonly rows: readonly ManufacturingYear[]; readonly used: UsedData }> {
  const path = onlyFile(choice, "manufacturing");
  const what = "US manufacturing";
  if (path === null) {
    const rows = loadManufacturing();
    const files = await usedFiles(join(DATA_DIR, "us_manufacturing.parquet"));
    const source = "NBER-CES, shipped subset";
    return { rows, used: { what, source, files, coverage: industriesText(rows), notes: [] } };
  }
  const { rows: all, coverage } = readNberCes(path);
  const known = new Set(loadNaicsCrosswalk().map(({ naics }) => naics));
  const rows = all.filter(({ naics, year }) => known.has(naics) && year >= FIRST_YEAR);
  if (rows.length === 0) {
    throw new RangeError(
      `${path}: none of ${coverage.industries} industries from ${FIRST_YEAR} on is in data/naics_bea.csv; ` +
        "expected NAICS 2012 codes",
    );
  }
  const notes = [
    `of ${coverage.industries} industries ${coverage.years[0]} to ${
      coverage.years.at(-1)
    } in the file`,
    `${coverage.incomplete} rows without a value left out`,
  ];
  const source = "NBER-CES Manufacturing Industry Database";
  return {
    rows,
    used: { what, source, files: await usedFiles(path), coverage: industriesText(rows), notes },
  };
}

/**
 * Countries by year (labour shares, real GDP): the shipped Penn World Table 10.01 of 40 countries, or all countries of the workbook
 * in the choice.
 *
 * @throws RangeError when the choice has several files; SourceError at a workbook that is not as published
 */
export async function chosenCountryYears(
  choice: SourceChoice,
): Promise<{ readonly rows: readonly CountryYear[]; readonly used: UsedData }> {
  const path = onlyFile(choice, "countries");
  const what = "Labour shares and GDP of countries";
  const reading = path === null ? null : await readPennWorkbook(path, { countries: "all" });
  const rows = reading?.rows ?? loadCountryYears();
  const years = rows.map(({ year }) => year);
  const [first, last] = years.reduce(([a, b], y) => [Math.min(a, y), Math.max(b, y)], [9999, 0]);
  return {
    rows,
    used: {
      what,
      source: path === null ? "Penn World Table 10.01, shipped" : "Penn World Table, workbook",
      files: await usedFiles(path ?? join(DATA_DIR, "penn_world.parquet")),
      coverage: `${new Set(rows.map(({ iso3 }) => iso3)).size} countries, ${first} to ${last}`,
      notes: reading === null || reading.coverage.incomplete.length === 0
        ? []
        : [`${reading.coverage.incomplete.length} country-years without a value left out`],
    },
  };
}

function industriesText(rows: readonly ManufacturingYear[]): string {
  const years = [...new Set(rows.map(({ year }) => year))].sort((a, b) => a - b);
  const industries = new Set(rows.map(({ naics }) => naics)).size;
  return `${industries} NAICS industries, ${years[0]} to ${years.at(-1)}`;
}

/** The one file of a role; null: the shipped table. */
export function onlyFile(
  choice: SourceChoice,
  role: "manufacturing" | "countries" | "patents",
): string | null {
  const files = filesOf(choice, role);
  if (files.length > 1) {
    throw new RangeError(
      `source "${choice.text}": ${files.length} files for ${role}; expected one`,
    );
  }
  return files.length === 0 ? null : files[0].path;
}
