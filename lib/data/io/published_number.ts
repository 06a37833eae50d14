/** Marks that publishers print where a value is zero, missing or withheld. */
export const NO_VALUE: readonly string[] = [
  "",
  "...",
  "…",
  "-",
  "--",
  "—",
  "–",
  "n.a.",
  "NA",
  "..",
];

/** Marks of values that are withheld, not zero. */
export const WITHHELD: readonly string[] = ["(D)", "D", "W", "*", "(S)", "S", "c"];

/** A published cell: a number, no value, or a value withheld; null when it is none of these. */
export type PublishedValue =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "empty" | "withheld" };

const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const GROUPED = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;

/**
 * Reads a cell as publishers print numbers: thousands separators, a minus sign of typography, parentheses around negative
 * numbers, footnote marks such as `1/` or `\\1\\` after them.
 *
 * @example
 * ```ts
 * publishedValue("1,234"); // { kind: "number", value: 1234 }
 * publishedValue("..."); // { kind: "empty" }
 * publishedValue("many"); // null
 * ```
 */
export function publishedValue(cell: string | number | null): PublishedValue | null {
  if (typeof cell === "number") {
    return Number.isFinite(cell) ? { kind: "number", value: cell } : null;
  }
  const text = (cell ?? "").trim();
  if (NO_VALUE.includes(text)) return { kind: "empty" };
  if (WITHHELD.includes(text)) return { kind: "withheld" };
  let plain = text.replace(/\s+(\d\/|\\\d+\\|r|e)$/, "").replace(/^[−–]/, "-");
  const negative = /^\((.+)\)$/.exec(plain);
  if (negative) plain = `-${negative[1]}`;
  if (GROUPED.test(plain)) plain = plain.replaceAll(",", "");
  return NUMBER.test(plain) ? { kind: "number", value: Number(plain) } : null;
}
