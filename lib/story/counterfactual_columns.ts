import type { Cell, TableColumn } from "@ree/report";
import type { closureRow } from "./counterfactual_rows.ts";
import { signedNumber } from "./counterfactual_words.ts";
import { checkText } from "./words.ts";

const signed = (digits: number) => (value: Cell): string => signedNumber(Number(value), digits);

const sigmaColumn: TableColumn = { key: "sigma", label: "σ", align: "right", format: String };
const closureColumn: TableColumn = { key: "closure", label: "Closure" };

/** Columns of `withWedge` on prices. @param home name of the restricting country */
export function priceColumns(home: string): TableColumn[] {
  return [
    sigmaColumn,
    closureColumn,
    { key: "inside", label: `Element price in ${home}`, unit: "baseline = 1", digits: 2 },
    { key: "outside", label: "Element price abroad", unit: "baseline = 1", digits: 2 },
    { key: "wedge", label: "Quota wedge", unit: "%", align: "right" },
    { key: "rents", label: "Quota rents", unit: "million USD", digits: 0 },
    {
      key: "residual",
      label: "Largest residual",
      format: (value) => Number(value) < 1e-11 ? "below 10⁻¹¹" : checkText(value),
      align: "right",
    },
  ];
}

/** Columns of `closureRow` on welfare and sectors. @param home name of the restricting country @param sector name of the sector */
export function outcomeColumns(home: string, sector: string): TableColumn[] {
  const change = (key: string, label: string, unit: string, digits: number): TableColumn => ({
    key,
    label,
    unit,
    format: signed(digits),
    align: "right",
  });
  return [
    sigmaColumn,
    closureColumn,
    change("welfareHome", `Welfare ${home}`, "‰", 3),
    change("welfareAbroad", "Welfare abroad", "‰", 4),
    change("millionAbroad", "Welfare abroad", "million USD", 0),
    change("exports", `Real exports abroad, ${sector}`, "‰", 3),
    change("output", `Output abroad, ${sector}`, "‰", 3),
  ];
}

/** Columns of `welfareTable`. @param groups labels of the groups */
export function welfareColumns(groups: readonly string[]): TableColumn[] {
  return [
    sigmaColumn,
    closureColumn,
    ...groups.map((key): TableColumn => ({ key, unit: "‰", align: "right", format: signed(4) })),
  ];
}

/** Columns of `channelRows`. */
export const channelColumns: readonly TableColumn[] = [
  { key: "closure", label: "Closure" },
  { key: "country", label: "Country" },
  ...([
    ["termsOfTrade", "Terms of trade"],
    ["volumeOfTrade", "Volume of trade"],
    ["technology", "Technology"],
    ["total", "Sum of channels"],
    ["lnWelfare", "ln Ŵ, solved"],
  ] as const).map(([key, label]): TableColumn => ({
    key,
    label,
    unit: "‰",
    align: "right",
    format: signed(4),
  })),
];

/** The wedges of a row as a range: "126–181". */
export function wedgeRange(row: { readonly wedgeLow: number; readonly wedgeHigh: number }): string {
  if (Number.isNaN(row.wedgeLow)) return "–";
  const [low, high] = [row.wedgeLow.toFixed(0), row.wedgeHigh.toFixed(0)];
  return low === high ? low : `${low}–${high}`;
}

/** A row of `closureRow` with its wedges as text. */
export function withWedge<Row extends ReturnType<typeof closureRow>>(row: Row) {
  return { ...row, wedge: wedgeRange(row) };
}

/** Columns of {@link ./counterfactual_elements.ts elementCutTable}. @param closures names, in order */
export function elementColumns(closures: readonly string[]): TableColumn[] {
  return [
    { key: "element", label: "Element" },
    ...closures.map((name): TableColumn => ({
      key: `price ${name}`,
      label: `Price abroad, ${name}`,
      unit: "baseline = 1",
      digits: 2,
      align: "right",
    })),
    ...closures.map((name): TableColumn => ({
      key: `million ${name}`,
      label: `Welfare abroad, ${name}`,
      unit: "million USD",
      align: "right",
      format: signed(1),
    })),
    { key: "sector", label: `Most hurt exports, ${closures[0]}` },
    { key: "exports", label: "Their change", unit: "‰", align: "right", format: signed(3) },
  ];
}

/** Columns of {@link ./counterfactual_path.ts quotaPath} with the wedge of a closure. */
export const pathColumns: readonly TableColumn[] = [
  { key: "year", label: "Year" },
  { key: "tonnes", label: "Quota", unit: "tonnes", digits: 0 },
  { key: "limit", label: "Quota", unit: "2009 = 1", digits: 3 },
  { key: "shipped", label: "Shipped, as reported", unit: "tonnes", align: "right" },
  { key: "filled", label: "Shipped of the quota", unit: "%", align: "right" },
  { key: "duty", label: "Export duties", unit: "%", align: "right" },
  { key: "wedge", label: "Quota wedge, fixed", unit: "%", align: "right" },
];

/** A range of numbers without decimals: "15–25", "15", or a dash. */
export function rangeText(values: readonly number[]): string {
  if (values.length === 0 || values.some(Number.isNaN)) return "–";
  const ends = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(0));
  return [...new Set(ends)].join("–");
}

/** Columns of {@link ./counterfactual_channels.ts expansionTable}. @param sectors codes @param versions names */
export function expansionColumns(
  sectors: readonly string[],
  versions: readonly string[],
): TableColumn[] {
  return [
    { key: "channel", label: "Measures, technology" },
    ...versions.flatMap((version): TableColumn[] => [
      ...sectors.map((sector, k): TableColumn => ({
        key: `exports ${k} ${version}`,
        label: `${sector}, ${version}`,
        unit: "‰",
        align: "right",
        format: signed(3),
      })),
      {
        key: `slope ${version}`,
        label: `Slope, ${version}`,
        unit: "‰ per 100 USD",
        align: "right",
        format: signed(3),
      },
    ]),
  ];
}

/** Columns of {@link ./counterfactual_checks.ts priceRatios}. @param sigmas of the model columns */
export function priceRatioColumns(sigmas: readonly number[]): TableColumn[] {
  return [
    { key: "element", label: "Element" },
    { key: "before", label: "Price before", unit: "USD/kg", digits: 2 },
    { key: "after", label: "Price after", unit: "USD/kg", digits: 2 },
    { key: "observed", label: "Observed", unit: "times", digits: 1 },
    ...sigmas.map((sigma): TableColumn => ({
      key: `model ${sigma}`,
      label: `Model, σ = ${sigma}`,
      unit: "times",
      digits: 1,
    })),
    { key: "reading", label: "Reading of the prices" },
  ];
}

/** Columns of {@link ./counterfactual_checks.ts priceGaps}. @param sigma of the model column */
export function priceGapColumns(sigma: number): TableColumn[] {
  return [
    { key: "element", label: "Element" },
    { key: "period", label: "Export price of" },
    { key: "outside", label: "Export price", unit: "USD/kg", digits: 1 },
    { key: "day", label: "Domestic price of" },
    { key: "inside", label: "Domestic price", unit: "USD/kg", digits: 1 },
    { key: "observed", label: "Ratio observed", unit: "times", digits: 1 },
    { key: "model", label: `Ratio in the model, σ = ${sigma}`, unit: "times", digits: 1 },
  ];
}

/** Columns of published effects beside the model's. */
export const publishedColumns: readonly TableColumn[] = [
  { key: "study", label: "Study" },
  { key: "event", label: "Event" },
  { key: "effect", label: "Effect" },
  { key: "range", label: "Reported" },
  { key: "model", label: "This model" },
  { key: "reading", label: "Reading" },
  { key: "note", label: "Note" },
];
