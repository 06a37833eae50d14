import { type Concordance, concordance } from "../concordance.ts";
import { NO_VALUE } from "../io/published_number.ts";
import { cellAddress, readSheet, type SheetCell } from "../io/workbook.ts";
import { readCsvLines } from "../csv_table.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { HS_REVISIONS } from "./trade_flow.ts";

/** Options of {@linkcode readHsCorrelation}. */
export interface HsCorrelationOptions {
  /**
   * "correlation": all pairs of codes that share goods, m:n; "conversion": the one code that the publisher chose for each. Only
   * workbooks have both. Default "correlation".
   */
  readonly kind?: "correlation" | "conversion";
}

const HEADER_ROWS = 15;

/**
 * A correlation between two revisions of the Harmonized System: the UN Statistics Division's workbook
 * (`HS2017toHS2012ConversionAndCorrelationTables.xlsx`: a sheet of conversions, a sheet of correlations, columns such as
 * `From HS 2017`, `To HS 2012` or `HS 2017`, `HS 2012`, perhaps below a title), or a CSV with columns named after the revisions. The
 * layout is from public code that reads these files; we had none of the originals. Read from new to old or from old to new: the
 * columns are found by their revision.
 *
 * Divided codes are divided in equal parts; `weightConcordance` gives other weights, `chainConcordances` several steps.
 *
 * @param from revision of the codes to convert, e.g. "HS17"
 * @param to revision wanted, e.g. "HS12"
 * @throws SourceError naming sheet and cell, or line, at a missing sheet or column, or a cell that is no code
 * @see https://unstats.un.org/unsd/classifications/Econ
 */
export async function readHsCorrelation(
  path: string,
  from: string,
  to: string,
  options: HsCorrelationOptions = {},
): Promise<Concordance> {
  for (const revision of [from, to]) checkRevision(revision);
  const { file, rows, at } = /\.xls[xb]?$/i.test(path)
    ? await sheetRows(path, options.kind ?? "correlation")
    : csvRows(path);
  const revisions = rows.slice(0, HEADER_ROWS).map((cells) => cells.map(revisionOf));
  const head = revisions.findIndex((row) => row.includes(from) && row.includes(to));
  if (head < 0) {
    const found = [...new Set(revisions.flat())].filter((name) => name !== null);
    throw sourceError({
      file,
      row: "header",
      came: found.length === 0 ? "no column of a revision" : `columns of ${found.join(", ")}`,
      expected: `columns of ${from} and ${to}, such as "From HS 2017" and "To HS 2012"`,
      remedy: FETCH_AGAIN,
    });
  }
  const columns = [from, to].map((revision) => revisions[head].indexOf(revision));
  const links = new Map<string, { from: string; to: string; weight: null }>();
  for (let r = head + 1; r < rows.length; r++) {
    const codes = columns.map((c) => codeOf(rows[r][c] ?? null, file, at(r, c)));
    // A code without counterpart stays without link, a blank line is none.
    if (codes[0] === null || codes[1] === null) continue;
    links.set(codes.join(), { from: codes[0], to: codes[1], weight: null });
  }
  if (links.size === 0) {
    throw sourceError({ file, came: "no pair of codes", expected: "pairs", remedy: FETCH_AGAIN });
  }
  return concordance(`${from} to ${to}, ${file}`, [...links.values()]);
}

function checkRevision(revision: string): void {
  const known = Object.values(HS_REVISIONS);
  if (known.includes(revision)) return;
  throw new RangeError(`revision "${revision}": expected one of ${known.join(", ")}`);
}

/** "From HS 2017", "HS2017", "HS17", "To HS 1988/92" as HS17, HS92; null when it is no revision. */
function revisionOf(cell: SheetCell): string | null {
  const match = /^(?:from |to )?hs[ _-]?(?:1988\/)?(?:19|20)?(\d\d)(?:[ _-]?(?:code|6d))?$/i
    .exec(String(cell ?? "").trim());
  if (match === null) return null;
  const revision = `HS${match[1]}`;
  return Object.values(HS_REVISIONS).includes(revision) ? revision : null;
}

/** Six digits; dots are taken out, a lost leading zero is put back; null where the publisher has none. */
function codeOf(cell: SheetCell, file: string, row: string | number): string | null {
  const text = String(cell ?? "").trim();
  if (NO_VALUE.includes(text)) return null;
  const digits = text.replace(/^(\d{2})(\d{2})\.(\d{2})$/, "$1$2$3");
  if (/^\d{5,6}$/.test(digits)) return digits.padStart(6, "0");
  throw sourceError({
    file,
    row,
    came: `"${text}"`,
    expected: "a code of six digits or an empty cell",
    remedy: FETCH_AGAIN,
  });
}

interface Rows {
  readonly file: string;
  readonly rows: readonly (readonly SheetCell[])[];
  /** Place of a cell, for messages. */
  readonly at: (row: number, column: number) => string | number;
}

async function sheetRows(path: string, kind: "correlation" | "conversion"): Promise<Rows> {
  const pattern = kind === "correlation" ? /correl/i : /conver/i;
  const { file, rows } = await readSheet(
    path,
    (names) => names.length === 1 ? names[0] : names.find((name) => pattern.test(name)),
    `a sheet of ${kind}s`,
  );
  return { file, rows, at: (row, column) => `cell ${cellAddress(row, column)}` };
}

function csvRows(path: string): Rows {
  const lines = readCsvLines(path);
  return { file: path, rows: lines.map(({ cells }) => cells), at: (row) => lines[row].line };
}
