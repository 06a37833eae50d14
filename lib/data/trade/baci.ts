import { delimitedFile } from "../io/csv_records.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { isChosen, tradeCounter, type TradeFlow, type TradeReading } from "./trade_flow.ts";

/** Options of {@linkcode readBaci}. */
export interface BaciOptions {
  /** Product codes of two to six digits, e.g. `["2846", "850511"]`; all products when left out. */
  readonly products?: readonly string[];
  /** `country_codes_V….csv` beside an unpacked CSV; in an archive it is found by itself. */
  readonly countries?: string;
}

/** A flow with its place in the file. */
export interface BaciLine extends TradeFlow {
  readonly line: number;
}

/**
 * Trade of a year from CEPII's BACI as published: `BACI_HS92_Y2010_V202601.csv`, or the archive of all years with it. Columns t, i,
 * j, k, v (thousand current USD), q (metric tons, `NA` where unknown); values may be padded with spaces and product codes may
 * have lost their leading zeros. Countries become ISO alpha-3.
 *
 * A whole year has some ten million lines: choose `products`, or use {@linkcode baciLines}, which keeps nothing.
 *
 * @throws SourceError naming line and column at another header, another year, an unknown country, a repeated flow or a cell that
 * is no number
 * @see https://www.cepii.fr/DATA_DOWNLOAD/baci/doc/baci_webpage.html
 */
export async function readBaci(
  path: string,
  year: number,
  options: BaciOptions = {},
): Promise<TradeReading> {
  const counted = { lines: 0, file: path };
  const counter = tradeCounter(path);
  for await (const { line, ...flow } of baciLines(path, year, options, counted)) {
    counter.add(flow, line);
  }
  return counter.reading({
    source: "CEPII BACI",
    revision: /BACI_(HS\d\d)_/i.exec(counted.file)?.[1].toUpperCase() ?? "unknown",
    lines: counted.lines,
    notes: [],
  });
}

/**
 * The flows of {@linkcode readBaci} one after another, in the order of the file, without a check for repeated ones.
 *
 * @param counted receives the name of the file and the number of lines
 */
export async function* baciLines(
  path: string,
  year: number,
  options: BaciOptions = {},
  counted: { lines: number; file: string } = { lines: 0, file: path },
): AsyncGenerator<BaciLine> {
  const codes = await countryCodes(path, options.countries);
  const { file, lines } = await delimitedFile(path, {
    member: {
      pattern: new RegExp(`BACI_[^/]*_Y${year}_[^/]*\\.csv$`),
      name: `BACI_…_Y${year}_….csv`,
    },
  });
  counted.file = file;
  let isHeader = true;
  for await (const { cells, line } of lines) {
    if (isHeader) {
      if (cells.map((cell) => cell.trim()).join() !== "t,i,j,k,v,q") {
        throw wrong(file, line, "", cells.join(), "the header t,i,j,k,v,q");
      }
      isHeader = false;
      continue;
    }
    counted.lines += 1;
    const [t, i, j, k, v, q] = cells.map((cell) => cell.trim());
    const product = k.padStart(6, "0");
    if (Number(t) !== year) throw wrong(file, line, "t", t, `${year}`);
    if (!/^\d{6}$/.test(product)) throw wrong(file, line, "k", k, "a product code of six digits");
    if (!isChosen(product, options.products)) continue;
    const value = number(v);
    const quantity = q === "NA" || q === "" ? null : number(q);
    if (value === null || value < 0) throw wrong(file, line, "v", v, "thousand USD");
    if (quantity !== null && !(quantity >= 0)) throw wrong(file, line, "q", q, "metric tons or NA");
    const [exporter, importer] = [codes.get(Number(i)), codes.get(Number(j))];
    if (exporter === undefined) throw wrong(file, line, "i", i, "a code of the country list");
    if (importer === undefined) throw wrong(file, line, "j", j, "a code of the country list");
    yield { line, year, exporter, importer, product, valueUsd: value * 1000, tonnes: quantity };
  }
}

async function countryCodes(
  path: string,
  given: string | undefined,
): Promise<ReadonlyMap<number, string>> {
  const list = given ?? (/\.zip$/i.test(path) ? path : undefined);
  if (list === undefined) {
    throw new RangeError("an unpacked BACI file needs the option countries: country_codes_V….csv");
  }
  const { file, lines } = await delimitedFile(list, {
    member: { pattern: /country_codes_[^/]*\.csv$/, name: "country_codes_V….csv" },
  });
  const codes = new Map<number, string>();
  let at: readonly number[] | null = null;
  for await (const { cells, line } of lines) {
    if (at === null) {
      at = ["country_code", "country_iso3"].map((name) => cells.indexOf(name));
      if (at.includes(-1)) {
        throw wrong(file, 1, "", cells.join(), "columns country_code and country_iso3");
      }
      continue;
    }
    const [code, iso3] = [Number(cells[at[0]]), cells[at[1]].trim()];
    if (codes.has(code)) throw wrong(file, line, "country_code", `${code}`, "each code once");
    // Areas without ISO code keep their number.
    codes.set(code, iso3 === "" || iso3 === "N/A" ? String(code) : iso3);
  }
  return codes;
}

function number(text: string): number | null {
  const value = text === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function wrong(file: string, row: number, column: string, came: string, expected: string): Error {
  return sourceError({
    file,
    row,
    ...(column === "" ? {} : { column }),
    came: `"${came}"`,
    expected,
    remedy: FETCH_AGAIN,
  });
}
