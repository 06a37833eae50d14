import type { Cell, TableColumn } from "@ree/report";
import { producerRows } from "@ree/equilibrium";
import {
  type closureRow,
  elementPrices,
  type IntensiveSector,
  mitigationRows,
  pick,
  type Run,
  sectorAbroad,
  welfareOf,
} from "./counterfactual_rows.ts";
import { checkText } from "./words.ts";

const signed = (digits: number) => (value: Cell): string => signedNumber(Number(value), digits);

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

/** What the fixed-technology run says of prices, as a sentence. */
export function priceFinding(runs: readonly Run[], sigma: number, restricting: string): string {
  const prices = elementPrices(pick(runs, "fixed", sigma), restricting);
  const fold = prices.outside.toFixed(1);
  const inside = Math.abs(100 * (prices.inside - 1)).toFixed(0);
  const fall = prices.inside < 1 ? "fall" : "rise";
  return `element prices abroad are ${fold} times the baseline while they ${fall} by ${inside} % in the restricting country`;
}

/** Changes below this, per mille, are solver noise or too small to call growth. */
const GROWTH = 0.0005;

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

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
  sector: { readonly sector: string; readonly label: string },
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

/** Element-using sectors whose exports abroad grow in a run, with the numbers. */
function growingSectors(
  one: Run,
  sectors: readonly IntensiveSector[],
  restricting: string,
): string {
  const grown = sectors
    .map(({ sector, label }) => ({ label, change: sectorAbroad(one, sector, restricting).exports }))
    .filter(({ change }) => change > GROWTH)
    .map(({ label, change }) => `${label} ${signedNumber(change, 2)} ‰`);
  return grown.length === 0 ? "none" : grown.join(", ");
}

/** The reading of all experiments, in Markdown. */
export function counterfactualReading(options: {
  /** The quota in force, every closure and σ. */
  readonly quota: readonly Run[];
  /** The quota removed, technology frozen. */
  readonly removed: readonly Run[];
  readonly sigma: number;
  readonly restricting: string;
  /** Sectors that buy elements, the most intensive first. */
  readonly sectors: readonly IntensiveSector[];
  /** Largest gap between the quota and its export duty. */
  readonly dutyGap: number;
}): string {
  const { quota, removed, sigma, restricting, sectors, dutyGap } = options;
  const [top, ...rest] = sectors;
  const abroad = (one: Run) => welfareOf(one, (country) => country !== restricting);
  const home = (one: Run) => welfareOf(one, (country) => country === restricting);
  const fixed = pick(quota, "fixed", sigma);
  const exports = sectorAbroad(fixed, top.sector, restricting).exports;
  const own = producerRows(fixed.economy, fixed.found, fixed.shock)
    .find((row) => row.country === restricting && row.sector === top.sector);
  const wage = fixed.found.wage[fixed.economy.countries.indexOf(restricting)];
  const losses = quota.map(abroad).map(({ million }) => million);
  const gaining = quota.filter((one) => home(one).million > 0).length;
  const [worst, mildest] = [Math.min(...losses), Math.max(...losses)];
  return [
    `- **The restriction alone.** With fixed technology and σ = ${sigma}, ${
      priceFinding(quota, sigma, restricting)
    }. Real exports abroad of the most element-intensive sector (${top.label}) change by ${
      signedNumber(exports, 2)
    } ‰, those of the restricting country by ${
      signedNumber(10 * (own?.exportsPercent ?? NaN), 2)
    } ‰.`,
    `- **Does a closure turn contraction into expansion?** While the quota binds, exports of that sector abroad grow in ${
      expansionFinding(quota, top.sector, restricting)
    }. With the quota removed and its technology kept, they stand above the baseline in ${
      expansionFinding(removed, top.sector, restricting)
    }.`,
    `- **Other sectors that use elements** and whose exports abroad grow already with fixed technology: ${
      growingSectors(fixed, rest, restricting)
    }. No technology is behind that: factor prices of the restricting country change by ${
      signedNumber(1000 * (wage - 1), 2)
    } ‰ relative to world income, and with them the cost of its other exports.`,
    `- **Mitigation.** ${
      mitigationFinding(mitigationRows(quota, restricting))
    } (lowest to highest closure). Entry is gross of what the research costs.`,
    `- **Magnitudes are tiny.** Real income abroad changes by ${
      signedNumber(abroad(fixed).perMille, 3)
    } ‰ with fixed technology at σ = ${sigma}, over all closures and σ by ${
      signedNumber(worst, 0)
    } to ${
      signedNumber(mildest, 0)
    } million USD a year: elements cost even the most intensive sector ${
      top.intensity.toFixed(0)
    } USD per million USD of output. The restricting country gains in ${gaining} of ${
      plural(quota.length, "solution")
    }, as it has market power and nobody retaliates.`,
    `- **A quota is a duty.** Export duties equal to the wedges give the same equilibrium: largest relative gap ${
      checkText(dutyGap)
    }.`,
    `- **What this rests on.** σ is assumed, not estimated. Trade elasticities are recalled and to be verified; supply and technology elasticities are our judgement; element purchases are derived, not observed; the limit takes the quota of 2009 for the exports of 2009, so an unused part of the quota makes the true cut smaller. The equations are ours: of the paper only the abstract is public to us, so neither agreement nor disagreement with it tests the paper.`,
  ].join("\n");
}

/** A row of `closureRow` with its wedges as text. */
export function withWedge<Row extends ReturnType<typeof closureRow>>(row: Row) {
  return { ...row, wedge: wedgeRange(row) };
}

/** A row of a band chart from 0 to a value, rounded so that solver noise is not printed. */
export function spanRow(label: string, group: string, value: number, digits: number) {
  const central = Math.round(value * 10 ** digits) / 10 ** digits + 0;
  return { label, group, central, lower: Math.min(0, central), upper: Math.max(0, central) };
}
