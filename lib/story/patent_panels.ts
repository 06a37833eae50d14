import { type DataFrame } from "@ree/data";
import { randomStream } from "@ree/numeric";
import { recordFrame } from "@ree/panels";
import {
  type ConfusionMatrix,
  correctedCounts,
  ELEMENT_SAVING,
  isLabel,
  type LabelledPatent,
  LABELS,
  type PanelCell,
  patentOf,
  patentStocks,
  UNCLASSIFIED,
} from "@ree/patents";
import type { TableColumn } from "@ree/report";
import pl from "nodejs-polars";
import type { CountedText } from "./patent_counts.ts";

/** Classes that SIMULATED patents draw from: magnets, motors, phosphors, lasers, catalysts, glass, batteries, metals and more. */
const CLASSES =
  "H01F1/057 H02K1/27 H02K21/14 G11B5/33 H04R9/02 C09K11/77 H01L33/50 H01S3/16 G02B1/00 C03C3/095 B01J23/10 C10G11/05 F01N3/10 H01M4/38 C22B59/00 C22C28/00 B60L50/51 F03D9/25 G01R33/38 A61B6/03 C23C14/08 H04B10/29"
    .split(" ");
const COUNTRIES = ["US", "JP", "DE", "KR", "CN"];

/**
 * Invented texts as patents with SIMULATED classes (one or two) and inventor countries, drawn evenly: the texts have
 * neither. What is counted from them says nothing about any industry or country.
 */
export function simulatedPatents(
  texts: readonly (CountedText & { readonly id: string; readonly title: string })[],
  seed = 1,
): readonly LabelledPatent[] {
  const random = randomStream(seed);
  const draw = <T>(from: readonly T[]) => from[random.integer(from.length)];
  return texts.map(({ id, title, year, label }) => {
    const classes = [...new Set([draw(CLASSES), draw(CLASSES)])];
    const patent = patentOf({ id, title, year, classes, countries: [draw(COUNTRIES)] });
    return { patent, primary: label, labels: [label] };
  });
}

/**
 * The cells of a panel that `deno task patents panel` wrote.
 *
 * @param frame columns `sector`, `country`, `label`, `year`, `count`
 * @throws RangeError naming the row at a label or number that is none
 */
export function panelCells(frame: DataFrame): readonly PanelCell[] {
  return frame.toRecords().map(({ sector, country, label, year, count }, row) => {
    if (!isLabel(label)) {
      throw new RangeError(
        `patent panel, row ${row}: label ${JSON.stringify(label)}, expected ${LABELS.join(", ")}`,
      );
    }
    const cell = { year: Number(year), count: Number(count ?? NaN) };
    if (!Number.isInteger(cell.year) || !Number.isFinite(cell.count)) {
      throw new RangeError(`patent panel, row ${row}: year ${year}, count ${count}`);
    }
    return { sector: String(sector), country: String(country), label, ...cell };
  });
}

/** A sector and year of the panel that the elasticity step reads. */
export interface ElasticityRow {
  readonly sector: string;
  readonly year: number;
  /** Patents with an element-saving label. */
  readonly patents_element: number;
  /** Patents with any other label. */
  readonly patents_other: number;
  /** Element-saving patents corrected for misclassification; can be negative. Null without a confusion matrix. */
  readonly patents_element_corrected: number | null;
  /** Standard deviation of the correction. */
  readonly patents_element_sd: number | null;
}

/**
 * The cells of a label panel as one row per sector and year, summed over countries, with the columns of the elasticity
 * step. Every sector has every year from the first to the last; patents without a sector are left out.
 *
 * @param matrix confusion matrix over the six labels, for the corrected columns; null leaves them empty
 */
export function elasticityRows(
  cells: readonly PanelCell[],
  matrix: ConfusionMatrix | null,
  options: { readonly draws?: number; readonly seed?: number } = {},
): readonly ElasticityRow[] {
  const { draws = 200, seed = 1 } = options;
  const own = cells.filter(({ sector }) => sector !== UNCLASSIFIED);
  const years = own.map(({ year }) => year);
  const first = years.reduce((a, b) => Math.min(a, b), Infinity);
  const last = years.reduce((a, b) => Math.max(a, b), -Infinity);
  const counts = new Map<string, number[]>();
  for (const { sector, year, label, count } of own) {
    const key = JSON.stringify([sector, year]);
    const byLabel = counts.get(key) ?? LABELS.map(() => 0);
    byLabel[LABELS.indexOf(label)] += count;
    counts.set(key, byLabel);
  }
  const rows: ElasticityRow[] = [];
  for (const sector of [...new Set(own.map((cell) => cell.sector))].sort()) {
    for (let year = first; year <= last; year++) {
      const byLabel = counts.get(JSON.stringify([sector, year])) ?? LABELS.map(() => 0);
      rows.push({ sector, year, ...savingAndOther(byLabel, matrix, draws, seed) });
    }
  }
  return rows;
}

function savingAndOther(
  byLabel: readonly number[],
  matrix: ConfusionMatrix | null,
  draws: number,
  seed: number,
) {
  const saving = LABELS.map((label) => ELEMENT_SAVING.includes(label));
  const sum = (values: readonly number[], of: boolean) =>
    values.reduce((partial, value, k) => saving[k] === of ? partial + value : partial, 0);
  const all = byLabel.reduce((partial, value) => partial + value, 0);
  const counts = { patents_element: sum(byLabel, true), patents_other: sum(byLabel, false) };
  if (matrix === null) {
    return { ...counts, patents_element_corrected: null, patents_element_sd: null };
  }
  if (all === 0) return { ...counts, patents_element_corrected: 0, patents_element_sd: 0 };
  const { counts: corrected, covariance } = correctedCounts(byLabel, matrix, { draws, seed });
  return {
    ...counts,
    patents_element_corrected: sum(corrected.map(({ estimate }) => estimate), true),
    patents_element_sd: Math.sqrt(sum(covariance.map((row) => sum(row, true)), true)),
  };
}

/** Size and sparseness of the panel, and how far the corrected counts can be trusted in its cells. */
export function panelFinding(rows: readonly ElasticityRow[]): string {
  const sectors = new Set(rows.map(({ sector }) => sector)).size;
  const years = new Set(rows.map(({ year }) => year)).size;
  const none = rows.filter((row) => row.patents_element === 0).length;
  const negative = rows.filter((row) => (row.patents_element_corrected ?? 0) < 0).length;
  const counted = rows.filter((row) => row.patents_element + row.patents_other > 0);
  const noisy =
    counted.filter((row) => (row.patents_element_sd ?? 0) > (row.patents_element_corrected ?? 0))
      .length;
  return `SIMULATED panel: ${sectors} sectors × ${years} years; ${none} of ${rows.length} cells hold no element-saving patent. ` +
    `The correction leaves ${negative} cells negative, and in ${noisy} of the ${counted.length} cells with patents its standard ` +
    "deviation exceeds the corrected count: with so few patents the correction belongs on sums, not on cells.";
}

/** The rows as a data frame. @param origin what the column `origin` says, such as "SIMULATED" */
export function elasticityFrame(rows: readonly ElasticityRow[], origin: string): DataFrame {
  return recordFrame(rows.map((row) => ({ ...row, origin })), {
    sector: "text",
    year: "whole",
    patents_element: "number",
    patents_other: "number",
    patents_element_corrected: "number",
    patents_element_sd: "number",
    origin: "text",
  });
}

/**
 * The panel with the relative prices of its sectors and years, which completes what the elasticity step reads. Sectors
 * and years without a price drop out.
 *
 * @param prices columns `sector`, `year`, `log_relative_price`, and instruments
 * @throws RangeError when no sector and year is in both
 */
export function withRelativePrices(panel: DataFrame, prices: DataFrame): DataFrame {
  const asText = (frame: DataFrame) =>
    frame.withColumns(pl.col("sector").cast(pl.Utf8), pl.col("year").cast(pl.Int32));
  const joined = asText(panel).join(asText(prices), { on: ["sector", "year"], how: "inner" });
  if (joined.height > 0) return joined;
  throw new RangeError(
    `relative prices: none of the panel's ${panel.height} sector-years has one among ${prices.height}`,
  );
}

/** Columns of {@linkcode elasticityRows}. */
export const elasticityColumns: readonly TableColumn[] = [
  { key: "sector", label: "sector" },
  { key: "year", label: "year" },
  { key: "patents_element", label: "patents_element", digits: 2 },
  { key: "patents_other", label: "patents_other", digits: 2 },
  { key: "patents_element_corrected", label: "…_corrected", digits: 2 },
  { key: "patents_element_sd", label: "…_sd", digits: 2 },
];

/** Stocks of the panel's last year at several rates of depreciation, element-saving labels and others. */
export function stockRows(cells: readonly PanelCell[], rates: readonly number[]) {
  return rates.map((depreciation) => {
    const stocks = patentStocks(cells, { depreciation });
    const last = stocks.reduce((year, cell) => Math.max(year, cell.year), -Infinity);
    const sum = (saving: boolean) =>
      stocks.filter(({ year, label }) => year === last && ELEMENT_SAVING.includes(label) === saving)
        .reduce((partial, { stock }) => partial + stock, 0);
    return { depreciation: 100 * depreciation, year: last, saving: sum(true), other: sum(false) };
  });
}

/** Columns of {@linkcode stockRows}. */
export const stockColumns: readonly TableColumn[] = [
  { key: "depreciation", label: "Depreciation", unit: "% a year", digits: 0 },
  { key: "year", label: "End of" },
  { key: "saving", label: "Element-saving stock", unit: "patents", digits: 1 },
  { key: "other", label: "Other stock", unit: "patents", digits: 1 },
];
