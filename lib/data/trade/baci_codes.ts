import {
  cellError,
  checkUnique,
  integerCell,
  readCsvTable,
  requiredText,
  textCell,
} from "../csv_table.ts";
import { zipMember } from "../io/zip_member.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";

/** A country of BACI's country table. */
export interface BaciCountry {
  /** BACI's numeric code, 1 to 999 (not always ISO's: France is 251, the United States 842). */
  readonly code: number;
  readonly name: string;
  /** ISO 3166-1 alpha-3; several historic codes may share one; empty where there is none. */
  readonly iso3: string;
}

/** A product of BACI's product table. */
export interface BaciProduct {
  /** Six digits, leading zeros kept. */
  readonly hs6: string;
  readonly description: string;
}

/** Names of the columns of the country table: releases from 2021, and earlier ones. */
const COUNTRY_COLUMNS = [
  { code: "country_code", name: "country_name", iso3: "country_iso3" },
  { code: "country_code", name: "country_name_full", iso3: "iso_3digit_alpha" },
] as const;

/**
 * BACI's country table: columns country_code, country_name, country_iso2, country_iso3 (earlier releases country_name_full and
 * iso_3digit_alpha).
 *
 * @param path `country_codes_V….csv`, or the archive that holds it
 * @throws SourceError naming line and column
 */
export async function readBaciCountries(path: string): Promise<readonly BaciCountry[]> {
  const { file, text } = await tableText(
    path,
    /(^|\/)country_codes_[^/]*\.csv$/,
    "country_codes_V….csv",
  );
  const { columns, rows } = readCsvTable(file, ["country_code"], { text });
  const names = COUNTRY_COLUMNS.find(({ name, iso3 }) =>
    columns.includes(name) && columns.includes(iso3)
  );
  if (names === undefined) {
    throw sourceError({
      file,
      row: 1,
      came: `a header with ${columns.join(", ")}`,
      expected: "columns country_code, country_name and country_iso3",
      remedy: FETCH_AGAIN,
    });
  }
  checkUnique(rows, [names.code]);
  return rows.map((row) => {
    const iso3 = textCell(row, names.iso3).trim();
    return {
      code: integerCell(row, names.code, 1, 999),
      name: requiredText(row, names.name),
      iso3: /^[A-Z][A-Z0-9]{2}$/.test(iso3) ? iso3 : "",
    };
  });
}

/**
 * BACI's product table: columns code, description. Codes that lost their leading zero get it back.
 *
 * @param path `product_codes_HS07_V….csv`, or the archive that holds it
 * @throws SourceError naming line and column
 */
export async function readBaciProducts(path: string): Promise<readonly BaciProduct[]> {
  const { file, text } = await tableText(
    path,
    /(^|\/)product_codes_[^/]*\.csv$/,
    "product_codes_HS.._V….csv",
  );
  const { rows } = readCsvTable(file, ["code", "description"], { text });
  checkUnique(rows, ["code"]);
  return rows.map((row) => {
    const code = textCell(row, "code").trim();
    if (!/^\d{5,6}$/.test(code)) throw cellError(row, "code", "a product code of six digits");
    return { hs6: code.padStart(6, "0"), description: textCell(row, "description") };
  });
}

/** Label of a country: its ISO3 code, or its number where BACI gives none; codes that share an ISO3 are one country. */
export function countryLabel({ code, iso3 }: BaciCountry): string {
  return iso3 === "" ? String(code).padStart(3, "0") : iso3;
}

async function tableText(path: string, pattern: RegExp, what: string) {
  if (!/\.zip$/i.test(path)) return { file: path, text: undefined };
  const { name, stream } = await zipMember(path, pattern, what);
  return { file: `${path}:${name}`, text: await new Response(stream).text() };
}
