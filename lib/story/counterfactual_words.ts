import { elementPrices } from "./counterfactual_prices.ts";
import { pick, type Run } from "./counterfactual_run.ts";
import { type IntensiveSector, sectorAbroad } from "./counterfactual_sectors.ts";
import type { mitigationRows } from "./counterfactual_welfare.ts";

/** A number with its sign: "+0.12", "−0.12", "0.00"; a dash for NaN. */
export function signedNumber(value: number, digits = 2): string {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value).toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (Math.abs(value) < 0.5 * 10 ** -digits) return size;
  return `${value < 0 ? "−" : "+"}${size}`;
}

/** What the fixed-technology run says of prices, as a sentence. */
export function priceFinding(runs: readonly Run[], sigma: number, restricting: string): string {
  const prices = elementPrices(pick(runs, "fixed", sigma), restricting);
  const fold = prices.outside.toFixed(1);
  const inside = Math.abs(100 * (prices.inside - 1)).toFixed(0);
  const fall = prices.inside < 1 ? "fall" : "rise";
  return `element prices abroad are ${fold} times the baseline while they ${fall} by ${inside} % in the restricting country`;
}

/** Changes below this, per mille, are solver noise or too small to call growth. */
export const GROWTH = 0.0005;

/** "1 solution", "4 solutions". */
export const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** Which closures let a sector's exports abroad grow, of a list of runs. */
export function expansionFinding(
  runs: readonly Run[],
  sector: string,
  restricting: string,
): string {
  const exports = (one: Run) => sectorAbroad(one, sector, restricting).exports;
  const growing = runs.filter((one) => exports(one) > GROWTH);
  if (growing.length === 0) return `none of ${plural(runs.length, "solution")}`;
  const cases = growing.map((one) =>
    `${one.name} at σ = ${one.sigma} (${signedNumber(exports(one), 3)} ‰)`
  );
  return `${growing.length} of ${plural(runs.length, "solution")}: ${cases.join(", ")}`;
}

/** Title of the figure of exports: how many closures let the sector's exports abroad shrink. */
export function exportsTitle(
  runs: readonly Run[],
  sector: Pick<IntensiveSector, "sector" | "label">,
  restricting: string,
): string {
  const shrinking = runs.filter((one) =>
    sectorAbroad(one, sector.sector, restricting).exports < -GROWTH
  );
  const count = shrinking.length === runs.length
    ? `all ${plural(runs.length, "solution")}`
    : `${shrinking.length} of ${plural(runs.length, "solution")}`;
  return `While the quota binds, exports abroad of ${sector.label.toLowerCase()} shrink in ${count}`;
}

/** How much of the loss abroad technology avoids: one sentence over σ. */
export function mitigationFinding(rows: ReturnType<typeof mitigationRows>): string {
  const spans = [...Map.groupBy(rows, (row) => row.sigma)].map(([sigma, own]) => {
    const [low, high] = [
      Math.min(...own.map((r) => r.percent)),
      Math.max(...own.map((r) => r.percent)),
    ]
      .map((value) => signedNumber(value, 0).replace("+", ""));
    return `${low === high ? low : `${low} to ${high}`} % at σ = ${sigma}`;
  });
  return `Technology avoids ${spans.join(", ")} of the loss abroad`;
}

/** A row of a band chart from 0 to a value, rounded so that solver noise is not printed. */
export function spanRow(label: string, group: string, value: number, digits: number) {
  const central = Math.round(value * 10 ** digits) / 10 ** digits + 0;
  return { label, group, central, lower: Math.min(0, central), upper: Math.max(0, central) };
}
