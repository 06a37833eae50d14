/** A number with so many significant digits, thousands separated and a true minus sign. */
export function significant(value: number, digits = 2): string {
  // Whole parts of large numbers are not rounded away.
  const kept = Math.max(digits, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1);
  const text = value.toLocaleString("en-US", { maximumSignificantDigits: kept });
  return text.replace("-", "−");
}

/** The same with a sign before positive numbers. */
export function signed(value: number, digits = 2): string {
  return (value > 0 ? "+" : "") + significant(value, digits);
}

/** A number with so many decimals, a sign and a true minus sign. */
export function signedFixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  const zero = Number(text) === 0;
  return (zero ? "" : value > 0 ? "+" : "−") + text.replace("-", "");
}

/** The range of some numbers, "1.2 to 3.4", or one number when both ends read the same. */
export function range(
  values: readonly number[],
  write: (value: number) => string = significant,
): string {
  const [low, high] = [write(Math.min(...values)), write(Math.max(...values))];
  return low === high ? low : `${low} to ${high}`;
}

/** Names as in a sentence: "a, b and c". */
export function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
