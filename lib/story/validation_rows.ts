import type { Rejections } from "@ree/event-study";
import type { TableColumn } from "@ree/report";
import { checkText } from "./words.ts";

/** A comparison with a published number, and how far apart the two are. */
export function comparisonRow(row: Readonly<Record<string, unknown>>) {
  const [ours, published] = [Number(row.ours), Number(row.published)];
  return {
    data: String(row.data),
    model: String(row.model),
    quantity: String(row.quantity),
    ours,
    published,
    difference: Math.abs(ours / published - 1),
  };
}

const digits = (value: unknown) => Number(value).toPrecision(10);

/** Columns of {@link comparisonRow}. */
export const comparisonColumns: readonly TableColumn[] = [
  { key: "data", label: "Data" },
  { key: "model", label: "Model" },
  { key: "quantity", label: "Quantity" },
  { key: "ours", label: "Ours", format: digits, align: "right" },
  { key: "published", label: "R", format: digits, align: "right" },
  { key: "difference", label: "Relative difference", format: checkText, align: "right" },
];

/** Normal quantile of a two-sided 95 % interval. */
const Z_95 = 1.96;

/** A rejection rate as a row of a band chart. */
export function rejectionRow({ method, regressor, design, rejected, se }: Rejections) {
  return {
    label: `${method} (${regressor})`,
    central: rejected,
    lower: Math.max(0, rejected - Z_95 * se),
    upper: Math.min(100, rejected + Z_95 * se),
    group: design,
  };
}

/** Rejections of one method in one design, whole percents. */
export function rejectionOf(rows: readonly Rejections[], design: string, method: string): string {
  const row = rows.find((other) => other.design === design && other.method === method);
  if (row === undefined) throw new RangeError(`no rejections of ${method} with ${design}`);
  return row.rejected.toFixed(0);
}

/** Columns of a table of rejections. */
export const rejectionColumns: readonly TableColumn[] = [
  { key: "effect", label: "True effect", unit: "log points", digits: 2 },
  { key: "regressor", label: "Regressor" },
  { key: "method", label: "Method" },
  { key: "rejected", label: "Rejected", unit: "% of panels", digits: 1 },
  { key: "se", label: "Standard error", unit: "points", digits: 1 },
  { key: "repetitions", label: "Panels" },
];
