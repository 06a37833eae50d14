import { delimitedFile } from "../io/csv_records.ts";
import { checkLineEnd } from "../io/line_end.ts";
import { countryLabel, readBaciCountries } from "./baci_codes.ts";
import {
  type BaciKnown,
  type BaciRow,
  checkBaciHeader,
  checkBaciRow,
  checkWorldTrade,
  parseBaciCells,
} from "./baci_format.ts";
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
 * A whole year has some ten million lines: choose `products`, use {@linkcode baciLines}, which keeps nothing, or
 * `readBaciYear`, which reads an unpacked file into columns.
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
  const isArchive = /\.zip$/i.test(path);
  const list = options.countries ?? (isArchive ? path : undefined);
  if (list === undefined) {
    throw new RangeError("an unpacked BACI file needs the option countries: country_codes_V….csv");
  }
  const labels: string[] = [];
  const isCountry = new Uint8Array(1000);
  for (const country of await readBaciCountries(list)) {
    labels[country.code] = countryLabel(country);
    isCountry[country.code] = 1;
  }
  const known = { year, isCountry, isProduct: null };
  let total = 0;
  for await (const { line, v, i, j, k, q } of baciRows(path, known, counted)) {
    total += v;
    const product = String(k).padStart(6, "0");
    if (!isChosen(product, options.products)) continue;
    const [exporter, importer] = [labels[i], labels[j]];
    yield { line, year, exporter, importer, product, valueUsd: v * 1000, tonnes: q };
  }
  checkWorldTrade(counted.file, counted.lines, total);
}

/** Checked rows of an unpacked trade file, or of the year's member of an archive, by text: any size, some 300,000 rows a second. */
export async function* baciRows(
  path: string,
  known: Omit<BaciKnown, "file">,
  counted: { lines: number; file: string } = { lines: 0, file: path },
): AsyncGenerator<BaciRow & { readonly line: number }> {
  const { file, lines } = await delimitedFile(path, {
    member: {
      pattern: new RegExp(`BACI_[^/]*_Y${known.year}_[^/]*\\.csv$`),
      name: `BACI_…_Y${known.year}_….csv`,
    },
  });
  counted.file = file;
  const checks = { ...known, file };
  let isHeader = true;
  for await (const { cells, line } of lines) {
    if (isHeader) {
      checkBaciHeader(file, cells);
      isHeader = false;
      continue;
    }
    counted.lines += 1;
    const row = parseBaciCells(file, line, cells);
    checkBaciRow(checks, line, row.t, row.i, row.j, row.k, row.v);
    yield { line, ...row };
  }
  // Archives have a checksum; a file cut within its last number would still read.
  if (!/\.zip$/i.test(path)) checkLineEnd(path);
}
