import { escapeHtml } from "./escape_html.ts";
import { chooseDigits, formatNumber, isLabelColumn, missing } from "./format_number.ts";

/** A value in a table. */
export type Cell = unknown;

/** The part of a polars data frame that a table reads. */
export interface FrameLike {
  readonly columns: string[];
  readonly height: number;
  toRecords(): Record<string, unknown>[];
}

/** One column of a table. */
export interface TableColumn {
  /** Name of the field in the records. */
  readonly key: string;
  /** Header; the key when left out. */
  readonly label?: string;
  /** Unit, written below the header: "million USD", "%". */
  readonly unit?: string;
  /** Decimals; chosen from the values when left out. */
  readonly digits?: number;
  /** Whether thousands are separated; by default unless the key says year or code. */
  readonly group?: boolean;
  /** Own way to write a value, missing ones included. */
  readonly format?: (value: Cell, row: Readonly<Record<string, Cell>>) => string;
  /** Numbers go right and text left when left out. */
  readonly align?: "left" | "right" | "center";
}

/** What surrounds the numbers of a table. */
export interface TableOptions {
  /** The columns to show, in order; all of them when left out. */
  readonly columns?: readonly (TableColumn | string)[];
  readonly caption?: string;
  readonly note?: string;
  readonly source?: string;
  /** Rows shown at most, 20 by default; a cut is always stated below the table. */
  readonly maxRows?: number;
  /** Key of the column that names the rows; by default the first one when it holds text. */
  readonly rowLabel?: string;
}

/** A formatted table, ready to be shown. */
export interface TableView {
  readonly kind: "table";
  readonly caption?: string;
  /** Accessible HTML, without style sheets of its own. */
  html(): string;
  /** A Markdown table, for text that is copied elsewhere. */
  markdown(): string;
  /** Aligned plain text. */
  text(): string;
}

/**
 * Lay out records or a polars data frame as a table: units in the header, numbers right-aligned with
 * the same decimals down a column, missing values as "–", and a line that says how many rows are shown
 * when some are not.
 *
 * @example
 * ```ts
 * import { show, table } from "@ree/report";
 * await show(table([{ country: "China", share: 41.7 }, { country: "Japan", share: null }], {
 *   columns: ["country", { key: "share", label: "Share of output", unit: "%", digits: 1 }],
 *   caption: "Who makes the magnets",
 * }));
 * ```
 *
 * @throws when a column or `rowLabel` is not in the data, or `maxRows` is not a positive whole number.
 */
export function table(
  data: FrameLike | readonly Readonly<Record<string, Cell>>[],
  options: TableOptions = {},
): TableView {
  const records = isFrame(data) ? data.toRecords() : data;
  const keys = isFrame(data) ? data.columns : keysOf(records);
  const maxRows = options.maxRows ?? 20;
  if (maxRows !== Infinity && !(Number.isInteger(maxRows) && maxRows > 0)) {
    throw new RangeError(`table: maxRows must be a positive whole number, got ${maxRows}`);
  }
  const requested = (options.columns ?? keys)
    .map((column) => typeof column === "string" ? { key: column } : column);
  for (const key of [...requested.map((c) => c.key), options.rowLabel ?? keys[0]]) {
    if (key !== undefined && !keys.includes(key) && records.length > 0) {
      throw new RangeError(`table: no column "${key}"; the columns are ${keys.join(", ")}`);
    }
  }
  const columns = requested.map((column) => layOut(column, records.map((row) => row[column.key])));
  const shown = records.slice(0, maxRows);
  const rows = shown.map((row) => columns.map((column) => column.write(row[column.key], row)));
  const first = columns[0];
  const rowLabel = options.rowLabel ?? (first?.align === "left" ? first.key : undefined);
  const laidOut: Layout = {
    columns,
    rows,
    rowLabel,
    cut: shown.length < records.length
      ? `Showing ${shown.length} of ${
        formatNumber(records.length, { digits: 0, group: true })
      } rows.`
      : undefined,
    caption: options.caption,
    note: options.note,
    source: options.source,
  };
  return {
    kind: "table",
    caption: options.caption,
    html: () => toHtml(laidOut),
    markdown: () => toMarkdown(laidOut),
    text: () => toText(laidOut),
  };
}

/** Whether a value is a polars data frame. */
export function isFrame(x: unknown): x is FrameLike {
  return typeof x === "object" && x !== null && !Array.isArray(x) &&
    typeof (x as FrameLike).toRecords === "function" && Array.isArray((x as FrameLike).columns);
}

/** Whether a value was made by {@link table}. */
export function isTableView(x: unknown): x is TableView {
  return typeof x === "object" && x !== null && (x as TableView).kind === "table" &&
    typeof (x as TableView).html === "function";
}

interface LaidOutColumn {
  readonly key: string;
  readonly label: string;
  readonly unit?: string;
  readonly align: "left" | "right" | "center";
  readonly write: (value: Cell, row: Readonly<Record<string, Cell>>) => string;
}

interface Layout {
  readonly columns: readonly LaidOutColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly rowLabel?: string;
  readonly cut?: string;
  readonly caption?: string;
  readonly note?: string;
  readonly source?: string;
}

function layOut(column: TableColumn, values: readonly Cell[]): LaidOutColumn {
  const numbers = values.filter((v) => typeof v === "number" || typeof v === "bigint");
  const present = values.filter((v) => v !== null && v !== undefined);
  const numeric = numbers.length > 0 && numbers.length === present.length;
  const format = {
    digits: column.digits ?? chooseDigits(numbers),
    group: column.group ?? !isLabelColumn(column.key),
  };
  return {
    key: column.key,
    label: column.label ?? column.key,
    unit: column.unit,
    align: column.align ?? (numeric ? "right" : "left"),
    write: column.format ?? ((value) => writeCell(value, format)),
  };
}

function writeCell(value: Cell, format: { digits: number; group: boolean }): string {
  if (value === null || value === undefined) return missing;
  if (typeof value === "number" || typeof value === "bigint") return formatNumber(value, format);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value instanceof Date) return writeDate(value);
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_, v) => typeof v === "bigint" ? Number(v) : v);
}

function writeDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return missing;
  const iso = date.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 16).replace("T", " ");
}

function keysOf(records: readonly Readonly<Record<string, Cell>>[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

function toHtml({ columns, rows, rowLabel, cut, caption, note, source }: Layout): string {
  // GitHub keeps `align` and drops `style`; JupyterLab's own style sheet beats `align`.
  const aligned = (align: string) => `align="${align}" style="text-align:${align}"`;
  const header = columns.map(({ label, unit, align }) =>
    `<th scope="col" ${aligned(align)}>${escapeHtml(label)}${
      unit === undefined ? "" : `<br><small>${escapeHtml(unit)}</small>`
    }</th>`
  ).join("");
  const body = rows.map((row) =>
    "<tr>" + row.map((text, j) =>
      columns[j].key === rowLabel
        ? `<th scope="row" ${aligned(columns[j].align)}>${escapeHtml(text)}</th>`
        : `<td ${aligned(columns[j].align)}>${escapeHtml(text)}</td>`
    ).join("") + "</tr>"
  ).join("\n");
  const below = [cut, note, source === undefined ? undefined : `Source: ${source}`]
    .filter((line) => line !== undefined)
    .map((line) => `<small>${escapeHtml(line)}</small>`).join("<br>\n");
  return `<div class="ree-table"><table>\n` +
    (caption === undefined ? "" : `<caption>${escapeHtml(caption)}</caption>\n`) +
    `<thead><tr>${header}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>` +
    (below === "" ? "" : `\n<p>${below}</p>`) + `</div>`;
}

function toMarkdown({ columns, rows, cut, caption, note, source }: Layout): string {
  const escape = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const line = (cells: readonly string[]) => `| ${cells.map(escape).join(" | ")} |`;
  const rule = { left: ":--", right: "--:", center: ":-:" };
  return [
    ...(caption === undefined ? [] : [`**${caption}**`, ""]),
    line(columns.map(({ label, unit }) => unit === undefined ? label : `${label} (${unit})`)),
    `| ${columns.map(({ align }) => rule[align]).join(" | ")} |`,
    ...rows.map(line),
    ...below(cut, note, source).flatMap((text) => ["", text]),
  ].join("\n");
}

function toText({ columns, rows, cut, caption, note, source }: Layout): string {
  const header = columns.map(({ label, unit }) =>
    unit === undefined ? label : `${label} (${unit})`
  );
  const widths = columns.map((_, j) =>
    Math.max(...[header, ...rows].map((row) => [...row[j]].length))
  );
  const line = (row: readonly string[]) =>
    row.map((text, j) => {
      const padding = " ".repeat(widths[j] - [...text].length);
      return columns[j].align === "right" ? padding + text : text + padding;
    }).join("  ").trimEnd();
  return [
    ...(caption === undefined ? [] : [caption]),
    line(header),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...rows.map(line),
    ...below(cut, note, source),
  ].join("\n");
}

function below(cut?: string, note?: string, source?: string): string[] {
  return [cut, note, source === undefined ? undefined : `Source: ${source}`]
    .filter((line) => line !== undefined);
}
