import { gunzipSync } from "node:zlib";
import { readBytes } from "../read_source.ts";
import { readCsvLines } from "../csv_table.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { HS_REVISIONS, isChosen, tradeCounter, type TradeReading } from "./trade_flow.ts";

/** Options of {@linkcode readComtrade}. */
export interface ComtradeOptions {
  /** Product codes of two to six digits; all products when left out. */
  readonly products?: readonly string[];
  /** Which side's report to read: exports (X, f.o.b.) or imports (M, c.i.f.). */
  readonly flow?: "X" | "M";
  /** ISO codes of the country numbers, for bulk files without `reporterISO`. */
  readonly countries?: ReadonlyMap<number, string>;
}

const NEEDED = [
  "refYear",
  "reporterCode",
  "flowCode",
  "partnerCode",
  "cmdCode",
  "classificationCode",
  "primaryValue",
] as const;

/** Breakdowns of a flow; only the totals are kept, or trade would count several times. */
const TOTALS: Readonly<Record<string, readonly string[]>> = {
  partner2Code: ["0", ""],
  customsCode: ["C00", ""],
  motCode: ["0", ""],
  mosCode: ["0", ""],
};

/** UN Comtrade's number for the world, a sum over the partners. */
const WORLD = 0;

/** Largest accepted gap between a reported world total and the sum of the partners, as a share. */
const WORLD_GAP = 0.01;

type Row = Readonly<Record<string, string>>;

/**
 * Annual trade from UN Comtrade: the JSON answer of API v1, or a bulk file (tab-separated `.txt` or `.txt.gz`). Values are
 * primary values in current USD, weights become metric tons. The reporter is the exporter for flow X and the importer for M;
 * the partner World and breakdowns by transport, customs procedure and second partner are left out.
 *
 * @throws SourceError naming row and field at an error answer, a cut answer, several revisions, a missing field, a repeated flow,
 * or partners that do not add up to the reported world total
 * @see https://comtradedeveloper.un.org
 */
export function readComtrade(path: string, options: ComtradeOptions = {}): TradeReading {
  const rows = /\.json$/i.test(path) ? jsonRows(path) : bulkRows(path);
  const flow = options.flow ?? "X";
  const counter = tradeCounter(path);
  const revisions = new Set<string>();
  const world = new Map<string, number>();
  const partners = new Map<string, number>();
  rows.forEach((row, i) => {
    const line = i + 1;
    for (const name of NEEDED) {
      if (row[name] === undefined) throw wrong(path, line, name, "no such field", "the field");
    }
    if (row.flowCode.trim() !== flow) return;
    if ((row.freqCode ?? "A") !== "A") {
      throw wrong(path, line, "freqCode", row.freqCode, "A, annual trade");
    }
    if (Object.entries(TOTALS).some(([name, kept]) => !kept.includes(row[name] ?? ""))) return;
    const product = row.cmdCode.trim();
    if (!/^\d{2,6}$/.test(product) || !isChosen(product, options.products)) return;
    const value = Number(row.primaryValue);
    if (row.primaryValue === "" || !(value >= 0)) {
      throw wrong(path, line, "primaryValue", row.primaryValue, "current USD");
    }
    revisions.add(row.classificationCode);
    const year = Number(row.refYear);
    const reporter = country(row, "reporter", options.countries);
    const total = `${year} ${reporter} ${product}`;
    if (Number(row.partnerCode) === WORLD) {
      world.set(total, value);
      return;
    }
    partners.set(total, (partners.get(total) ?? 0) + value);
    const partner = country(row, "partner", options.countries);
    const weight = Number(row.netWgt ?? "");
    counter.add({
      year,
      exporter: flow === "X" ? reporter : partner,
      importer: flow === "X" ? partner : reporter,
      product,
      valueUsd: value,
      tonnes: weight > 0 ? weight / 1000 : null,
    }, line);
  });
  if (revisions.size > 1) {
    throw wrong(
      path,
      0,
      "classificationCode",
      [...revisions].join(", "),
      "one revision in a file (ask for H0 … H6, not HS as reported)",
    );
  }
  for (const [key, reported] of world) {
    const sum = partners.get(key);
    if (sum === undefined || Math.abs(sum - reported) <= WORLD_GAP * reported) continue;
    throw wrong(
      path,
      0,
      "primaryValue",
      `${key}: partners add up to ${sum}`,
      `${reported} as to World`,
    );
  }
  const [code] = revisions;
  const compared = [...world.keys()].filter((key) => partners.has(key)).length;
  return counter.reading({
    source: `UN Comtrade, ${flow === "X" ? "exports f.o.b." : "imports c.i.f."}`,
    revision: HS_REVISIONS[code] ?? code ?? "none",
    lines: rows.length,
    notes: [`${compared} world totals compared with the sum of the partners`],
  });
}

function country(
  row: Row,
  side: "reporter" | "partner",
  codes: ReadonlyMap<number, string> | undefined,
): string {
  const iso = row[`${side}ISO`]?.trim();
  const code = row[`${side}Code`].trim();
  return iso || codes?.get(Number(code)) || code;
}

function jsonRows(path: string): readonly Row[] {
  let answer: { readonly error?: string; readonly count?: number; readonly data?: unknown };
  try {
    answer = JSON.parse(new TextDecoder().decode(readBytes(path)));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw wrong(path, 0, "", `text that is not JSON (${cause.message})`, "an answer of API v1");
  }
  if (answer.error) throw wrong(path, 0, "error", answer.error, "no error");
  if (!Array.isArray(answer.data)) throw wrong(path, 0, "data", typeof answer.data, "a list");
  if (answer.count !== undefined && answer.count !== answer.data.length) {
    throw wrong(
      path,
      0,
      "count",
      `${answer.data.length} rows`,
      `${answer.count}, as the answer says`,
    );
  }
  return answer.data.map((row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? "")]))
  );
}

function bulkRows(path: string): readonly Row[] {
  let bytes = readBytes(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes);
    } catch (cause) {
      throw wrong(path, 0, "", `bytes that do not unpack (${cause})`, "a complete gzip file");
    }
  }
  const text = new TextDecoder().decode(bytes);
  const [header, ...body] = readCsvLines(path, { text, delimiter: "\t" });
  return body.map(({ cells }) =>
    Object.fromEntries(header.cells.map((name, i) => [name.trim(), cells[i]]))
  );
}

function wrong(file: string, row: number, column: string, came: string, expected: string): Error {
  return sourceError({
    file,
    ...(row === 0 ? {} : { row }),
    ...(column === "" ? {} : { column }),
    came: `"${came}"`,
    expected,
    remedy: FETCH_AGAIN,
  });
}
