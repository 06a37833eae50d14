/** How numbers of one column are written. */
export interface NumberFormat {
  /** Decimals after the point. */
  readonly digits: number;
  /** Whether thousands are separated by a comma (not for years and codes). */
  readonly group: boolean;
}

/** Sign for a value that is missing. */
export const missing = "–";

/**
 * A number in a table: fixed decimals, thousands separated, a true minus sign. A value that is not
 * zero but would be written as zero is written with two digits and a power of ten instead, so that a
 * small effect never reads as none.
 */
export function formatNumber(value: number | bigint, format: NumberFormat): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return Number.isNaN(value) ? missing : value > 0 ? "∞" : "−∞";
  }
  const fixed = typeof value === "bigint" ? value.toString() : value.toFixed(format.digits);
  if (Number(value) !== 0 && Number(fixed) === 0) return formatPower(Number(value));
  // toFixed falls back to exponents from 1e21 on, where separators make no sense.
  if (/e/.test(fixed)) return formatPower(Number(value));
  const negative = fixed.startsWith("-") && Number(fixed) !== 0;
  const [whole, decimals] = fixed.replace("-", "").split(".");
  const grouped = format.group ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return (negative ? "−" : "") + grouped + (decimals === undefined ? "" : "." + decimals);
}

/**
 * Decimals for a column: none when every value is whole, else four significant digits of the median
 * magnitude, between 0 and 6.
 */
export function chooseDigits(values: readonly (number | bigint)[]): number {
  const finite = values.map(Number).filter(Number.isFinite);
  if (finite.every(Number.isInteger)) return 0;
  const sizes = finite.map(Math.abs).filter((size) => size > 0).sort((a, b) => a - b);
  const magnitude = Math.floor(Math.log10(sizes[sizes.length >> 1]));
  return Math.max(0, Math.min(6, 3 - Math.max(magnitude, -3)));
}

/** Whether a column's name says that its whole numbers are years or codes, which take no separators. */
export function isLabelColumn(key: string): boolean {
  return /(^|[_\s])(year|years|code|naics|isic|hs|id|vintage)($|[_\s])/i.test(key);
}

function formatPower(value: number): string {
  const [mantissa, exponent] = value.toExponential(1).split("e");
  const superscript = [...String(Number(exponent))].map((c) => superscripts[c]).join("");
  return `${mantissa.replace("-", "−")}×10${superscript}`;
}

const superscripts: Readonly<Record<string, string>> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};
