/** Numbers as readers want them: few digits, thousands separated, a true minus sign. */

/** Below this a number has too many zeros to be read (and would soon be rounded to 0). */
const TINY = 1e-6;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A tiny number as a power of ten: "10⁻¹²", "3.4 × 10⁻⁹". */
function powerOfTen(size: number): string {
  const [mantissa, exponent] = size.toExponential(1).split("e-");
  const raised = [...exponent].map((digit) => RAISED[Number(digit)]).join("");
  const factor = mantissa.replace(/\.0$/, "");
  return `${factor === "1" ? "" : `${factor}\u00a0×\u00a0`}10⁻${raised}`;
}

/**
 * `x` with `digits` significant digits ("12,300", "0.0042", "−3.1"); whole digits are never cut below
 * 10,000, and tiny numbers are powers of ten with two digits ("3.4 × 10⁻⁹").
 */
export function formatNumber(x: number, digits = 3): string {
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (size < TINY) return `${x < 0 ? "−" : ""}${powerOfTen(size)}`;
  const whole = Math.floor(Math.log10(size)) + 1;
  const decimals = Math.min(8, Math.max(0, digits - whole));
  const step = size >= 1e4 ? 10 ** Math.max(0, whole - Math.max(digits, 3)) : 1;
  const rounded = step > 1 ? Math.round(size / step) * step : Number(size.toFixed(decimals));
  const [left, right] = rounded.toFixed(step > 1 ? 0 : decimals).split(".");
  const trimmed = right?.replace(/0+$/, "");
  const grouped = left.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${x < 0 ? "−" : ""}${grouped}${trimmed ? `.${trimmed}` : ""}`;
}

/** `percent` (0 to 100) as "12 %" or "0.4 %". */
export function formatPercent(percent: number): string {
  return `${formatNumber(percent, 2)} %`;
}

/**
 * Ticks of a log axis inside [lo, hi]: powers of ten when there are two or more, else 1-2-5 steps.
 * @param most the number of ticks there is room for; every second or third power when there are more
 */
export function logTicks(lo: number, hi: number, most = 8): number[] {
  const inside = (mantissas: readonly number[]) => {
    const ticks: number[] = [];
    for (let p = Math.floor(Math.log10(lo)); p <= Math.ceil(Math.log10(hi)); p++) {
      for (const m of mantissas) {
        const tick = Number(`${m}e${p}`);
        if (tick >= lo * 0.9999 && tick <= hi * 1.0001) ticks.push(tick);
      }
    }
    return ticks;
  };
  for (const mantissas of [[1, 2, 5], [1, 3], [1]]) {
    const ticks = inside(mantissas);
    if (ticks.length <= most) return ticks;
  }
  const powers = inside([1]);
  const every = Math.ceil(powers.length / most);
  return powers.filter((_, i) => i % every === 0);
}

/** The domain of a log axis that holds all `values` (> 0) with a margin of `pad` of its length on each side. */
export function logDomain(values: readonly number[], pad = 0.04): [number, number] {
  const lo = Math.log(Math.min(...values)), hi = Math.log(Math.max(...values));
  const margin = Math.max((hi - lo) * pad, 0.05);
  return [Math.exp(lo - margin), Math.exp(hi + margin)];
}

/** The domain of a linear axis that holds all `values`, with a margin on each side that has data beyond zero. */
export function linearDomain(values: readonly number[], pad = 0.04): [number, number] {
  const lo = Math.min(...values), hi = Math.max(...values);
  const margin = (hi - lo || Math.abs(hi) || 1) * pad;
  return [lo === 0 ? 0 : lo - margin, hi === 0 ? 0 : hi + margin];
}
