import { expressionText } from "./expression.ts";
import type { Fit } from "./fit.ts";

/** Choices of {@link table}. */
export interface TableOptions {
  /** Column titles; default (1), (2), … */
  readonly headers?: readonly string[];
  /** Names to show instead of coefficient, outcome and effect names. */
  readonly names?: Readonly<Record<string, string>>;
  /** Coefficients to show: those whose printed name matches. */
  readonly keep?: RegExp;
  /** Coefficients to hide. */
  readonly drop?: RegExp;
  /** What stands below a coefficient; default "se". */
  readonly below?: "se" | "tstat" | "pvalue" | "confint";
  /** Stars at p-values below these, most first; default none. `true` means 0.01, 0.05, 0.1. */
  readonly stars?: boolean | readonly number[];
  /** Significant digits; default 4. */
  readonly digits?: number;
  readonly caption?: string;
  /** Lines of notes below the table. */
  readonly notes?: readonly string[];
}

/** A row of a table: a label and one cell per fit. */
export interface TableRow {
  readonly section: "outcome" | "coefficient" | "effects" | "statistics";
  readonly label: string;
  readonly cells: readonly string[];
  /** Second line of the cells (standard errors). */
  readonly below: readonly string[] | undefined;
}

/** A regression table that can be written in three ways. */
export interface RegressionTable {
  readonly headers: readonly string[];
  readonly rows: readonly TableRow[];
  readonly notes: readonly string[];
  /** A `<table>` without outside resources. */
  html(): string;
  /** A pipe table. */
  markdown(): string;
  /** A `tabular` with booktabs rules. */
  latex(): string;
}

const STAR_LEVELS = [0.01, 0.05, 0.1];

/**
 * Puts fits side by side as fixest's `etable`: coefficients with standard errors, which effects, and
 * for every fit the covariance, observations, R² or pseudo-R². Stars are off unless asked for.
 *
 * @throws when there are no fits, or not one header per fit
 * @example
 * ```ts
 * table([fit1, fit2], { names: { x1: "Price" } }).markdown();
 * ```
 */
export function table(fits: readonly Fit[], options: TableOptions = {}): RegressionTable {
  if (fits.length === 0) throw new RangeError("table: no fits were given");
  const headers = options.headers ?? fits.map((_, f) => `(${f + 1})`);
  if (headers.length !== fits.length) {
    throw new RangeError(`table: ${headers.length} headers for ${fits.length} fits`);
  }
  const digits = options.digits ?? 4;
  const named = (name: string) => options.names?.[name] ?? name;
  const levels = options.stars === true ? STAR_LEVELS : options.stars ? [...options.stars] : [];
  const rows: TableRow[] = [
    row(
      "outcome",
      "Dependent variable",
      fits,
      (fit) => named(expressionText(fit.formula.response)),
    ),
  ];
  for (const name of coefficientNames(fits, options)) {
    rows.push({
      section: "coefficient",
      label: named(name),
      cells: fits.map((fit) => {
        if (!fit.coefNames.includes(name)) return "";
        const pvalue = fit.pvalue(name);
        return significant(fit.coef(name), digits) +
          "*".repeat(levels.filter((level) => pvalue < level).length);
      }),
      below: fits.map((fit) =>
        fit.coefNames.includes(name) ? below(fit, name, options.below ?? "se", digits) : ""
      ),
    });
  }
  for (const name of effectNames(fits)) {
    rows.push(
      row("effects", named(name), fits, (fit) => effectLabels(fit).includes(name) ? "Yes" : ""),
    );
  }
  rows.push(
    row("statistics", "Estimator", fits, (fit) => fit.method),
    row("statistics", "Standard errors", fits, (fit) => fit.vcovType),
    row("statistics", "Observations", fits, (fit) => fit.nobs.toLocaleString("en-US")),
  );
  const optional: [string, (fit: Fit) => number | undefined][] = [
    ["R²", (fit) => fit.r2],
    ["Within R²", (fit) => fit.r2Within],
    ["Pseudo R²", (fit) => fit.pseudoR2],
    [
      "First-stage F",
      (fit) =>
        fit.iv && fit.iv.firstStages.length === 1
          ? fit.iv.firstStages[0].wald.statistic
          : undefined,
    ],
  ];
  for (const [label, value] of optional) {
    if (fits.some((fit) => value(fit) !== undefined)) {
      rows.push(row("statistics", label, fits, (fit) => {
        const number = value(fit);
        return number === undefined
          ? ""
          : label === "First-stage F"
          ? significant(number, digits)
          : number.toFixed(5);
      }));
    }
  }
  const notes = [noteBelow(options.below ?? "se"), ...starNote(levels), ...(options.notes ?? [])];
  const result = { headers, rows, notes };
  return {
    ...result,
    html: () => html(result, options.caption),
    markdown: () => markdown(result, options.caption),
    latex: () => latex(result, options.caption),
  };
}

function row(
  section: TableRow["section"],
  label: string,
  fits: readonly Fit[],
  cell: (fit: Fit) => string,
): TableRow {
  return { section, label, cells: fits.map(cell), below: undefined };
}

function coefficientNames(fits: readonly Fit[], { keep, drop }: TableOptions): string[] {
  const names = new Set(fits.flatMap((fit) => [...fit.coefNames]));
  return [...names].filter((name) => (!keep || keep.test(name)) && !drop?.test(name));
}

function effectLabels(fit: Fit): string[] {
  return fit.estimate.design.effects.flatMap(({ groups, level, slopes }) => [
    ...(level ? [groups.name] : []),
    ...slopes.map(({ name }) => `${name} (${groups.name})`),
  ]);
}

function effectNames(fits: readonly Fit[]): string[] {
  return [...new Set(fits.flatMap(effectLabels))];
}

function below(
  fit: Fit,
  name: string,
  what: "se" | "tstat" | "pvalue" | "confint",
  digits: number,
) {
  if (what === "confint") {
    const { low, high } = fit.confint(0.95, name);
    return `[${significant(low, digits)}, ${significant(high, digits)}]`;
  }
  return `(${significant(fit[what](name), digits)})`;
}

function noteBelow(what: "se" | "tstat" | "pvalue" | "confint"): string {
  return {
    se: "Standard errors in parentheses.",
    tstat: "t statistics in parentheses.",
    pvalue: "p-values in parentheses.",
    confint: "95 % confidence intervals in brackets.",
  }[what];
}

function starNote(levels: readonly number[]): string[] {
  if (levels.length === 0) return [];
  const sorted = [...levels].sort((a, b) => a - b);
  return [
    sorted.map((level, k) => `${"*".repeat(sorted.length - k)} p < ${level}`).join(", ") + ".",
  ];
}

/** A number with the given significant digits, without exponents between 1e-4 and 1e6. */
export function significant(value: number, digits: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -4 || size >= 6) return value.toExponential(digits - 1);
  return value.toFixed(Math.max(0, digits - 1 - size));
}

type Plain = Pick<RegressionTable, "headers" | "rows" | "notes">;

function startsSection(rows: readonly TableRow[], k: number): boolean {
  return k > 0 && rows[k].section !== rows[k - 1].section;
}

function html({ headers, rows, notes }: Plain, caption: string | undefined): string {
  const rule = "border-top:1px solid currentColor";
  const lines = ['<table style="border-collapse:collapse;text-align:center">'];
  if (caption) lines.push(`<caption>${escapeHtml(caption)}</caption>`);
  const cells = (tag: string, values: readonly string[], style = "") =>
    values.map((value) => `<${tag} style="padding:0 0.8em;${style}">${escapeHtml(value)}</${tag}>`)
      .join("");
  lines.push(`<thead><tr><th></th>${cells("th", headers)}</tr></thead><tbody>`);
  rows.forEach((entry, k) => {
    const style = startsSection(rows, k) || k === 0 ? rule : "";
    const label = `<th scope="row" style="text-align:left;font-weight:normal;${style}">` +
      `${escapeHtml(entry.label)}</th>`;
    lines.push(`<tr>${label}${cells("td", entry.cells, style)}</tr>`);
    if (entry.below) lines.push(`<tr><th></th>${cells("td", entry.below)}</tr>`);
  });
  lines.push("</tbody>");
  lines.push(
    `<tfoot><tr><td colspan="${headers.length + 1}" style="text-align:left;font-size:smaller;` +
      `${rule}">${notes.map(escapeHtml).join("<br>")}</td></tr></tfoot></table>`,
  );
  return lines.join("\n");
}

function markdown({ headers, rows, notes }: Plain, caption: string | undefined): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("*", "\\*")).join(" | ")} |`;
  const lines = caption ? [caption, ""] : [];
  lines.push(line(["", ...headers]), `|:--|${":-:|".repeat(headers.length)}`);
  for (const entry of rows) {
    lines.push(line([entry.label, ...entry.cells]));
    if (entry.below) lines.push(line(["", ...entry.below]));
  }
  lines.push("", notes.map((note) => note.replaceAll("*", "\\*")).join(" "));
  return lines.join("\n");
}

function latex({ headers, rows, notes }: Plain, caption: string | undefined): string {
  const line = (cells: readonly string[]) => `   ${cells.map(escapeLatex).join(" & ")} \\\\`;
  const width = headers.length + 1;
  const lines = ["\\begin{table}[htbp]", "\\centering"];
  if (caption) lines.push(`\\caption{${escapeLatex(caption)}}`);
  lines.push(`\\begin{tabular}{l${"c".repeat(headers.length)}}`, "   \\toprule");
  lines.push(line(["", ...headers]), "   \\midrule");
  rows.forEach((entry, k) => {
    if (startsSection(rows, k)) lines.push("   \\midrule");
    lines.push(line([entry.label, ...entry.cells]));
    if (entry.below) lines.push(line(["", ...entry.below]));
  });
  lines.push("   \\bottomrule");
  for (const note of notes) {
    lines.push(`   \\multicolumn{${width}}{l}{\\footnotesize ${escapeLatex(note)}} \\\\`);
  }
  lines.push("\\end{tabular}", "\\end{table}");
  return lines.join("\n");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const LATEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "&": "\\&",
  "%": "\\%",
  "$": "\\$",
  "#": "\\#",
  "_": "\\_",
  "{": "\\{",
  "}": "\\}",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "²": "$^2$",
  "*": "$^{*}$",
  "<": "$<$",
};

function escapeLatex(text: string): string {
  return text.replaceAll(/[\\&%$#_{}^~²*<]/g, (letter) => LATEX[letter])
    .replaceAll(/\((-)/g, "($-$").replaceAll(/^-(?=\d)/g, "$-$");
}
