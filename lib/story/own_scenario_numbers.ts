/** Significant digits of a number in a sentence. */
const DIGITS = 3;

/** Changes below this, per mille, percent or million USD, are rounding of the solver. */
const NOISE = 1e-7;

/**
 * A number with its sign and three significant digits: "−0.00213", "+45.1", "+1,240", "0" for rounding, "–" where
 * there is none.
 */
export function signedText(value: number): string {
  const size = sizeText(Math.abs(value));
  return size === "–" || size === "0" ? size : `${value < 0 ? "−" : "+"}${size}`;
}

/** A number above 0 with three significant digits: "0.00213", "45.1", "1,240". */
export function sizeText(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return "without limit";
  if (value < NOISE) return "0";
  const digits = Math.max(0, DIGITS - 1 - Math.floor(Math.log10(value)));
  return value.toLocaleString("en-US", {
    minimumFractionDigits: Math.min(digits, 9),
    maximumFractionDigits: Math.min(digits, 9),
  });
}

/** A price over its baseline: "1.42", or why there is none. */
export function foldText(value: number): string {
  if (Number.isNaN(value)) return "not bought";
  return Number.isFinite(value) ? value.toFixed(2) : "no seller left";
}

/** "a, b and c". */
export function joined(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

/** A percentage without sign for sizes, with one decimal. */
export function shareText(percent: number): string {
  if (Number.isNaN(percent)) return "–";
  const rounded = Math.abs(percent).toFixed(1);
  return percent < 0 && rounded !== "0.0" ? `−${rounded}` : rounded;
}
