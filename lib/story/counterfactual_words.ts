import type { Cell, TableColumn } from "@ree/report";
import {
  type closureRow,
  elementPrices,
  mitigationRows,
  pick,
  type Run,
  sectorAbroad,
  welfareOf,
} from "./counterfactual_rows.ts";

const signed = (digits: number) => (value: Cell): string => signedNumber(Number(value), digits);

/** A number with its sign: "+0.12", "−0.12", "0.00"; a dash for NaN. */
export function signedNumber(value: number, digits = 2): string {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value).toFixed(digits);
  if (Number(size) === 0) return size;
  return `${value < 0 ? "−" : "+"}${size}`;
}

/** Columns of `closureRow`. @param home name of the restricting country @param sector name of the sector */
export function closureColumns(home: string, sector: string): TableColumn[] {
  const right = "right" as const;
  return [
    { key: "sigma", label: "σ", align: right },
    { key: "closure", label: "Closure" },
    { key: "inside", label: `Element price in ${home}`, unit: "baseline = 1", digits: 2 },
    { key: "outside", label: "Element price abroad", unit: "baseline = 1", digits: 2 },
    { key: "wedge", label: "Quota wedge", unit: "%", align: right },
    { key: "rents", label: "Quota rents", unit: "million USD", digits: 0 },
    {
      key: "welfareHome",
      label: `Welfare ${home}`,
      unit: "‰",
      format: signed(3),
      align: right,
    },
    { key: "welfareAbroad", label: "Welfare abroad", unit: "‰", format: signed(4), align: right },
    {
      key: "millionAbroad",
      label: "Welfare abroad",
      unit: "million USD",
      format: signed(0),
      align: right,
    },
    {
      key: "exports",
      label: `Real exports abroad, ${sector}`,
      unit: "‰",
      format: signed(3),
      align: right,
    },
    {
      key: "output",
      label: `Output abroad, ${sector}`,
      unit: "‰",
      format: signed(3),
      align: right,
    },
    {
      key: "residual",
      label: "Largest residual",
      format: (value) => Number(value).toExponential(0).replace("-", "−"),
      align: right,
    },
  ];
}

/** The wedges of a row as a range: "126 to 181". */
export function wedgeRange(row: { readonly wedgeLow: number; readonly wedgeHigh: number }): string {
  if (Number.isNaN(row.wedgeLow)) return "–";
  const [low, high] = [row.wedgeLow.toFixed(0), row.wedgeHigh.toFixed(0)];
  return low === high ? low : `${low} to ${high}`;
}

/** What the fixed-technology run says of prices, as a sentence. */
export function priceFinding(runs: readonly Run[], sigma: number, restricting: string): string {
  const prices = elementPrices(pick(runs, "fixed", sigma), restricting);
  const fold = prices.outside.toFixed(1);
  const inside = Math.abs(100 * (prices.inside - 1)).toFixed(0);
  const fall = prices.inside < 1 ? "fall" : "rise";
  return `element prices abroad are ${fold} times the baseline while they ${fall} by ${inside} % in the restricting country`;
}

/** Which closures let a sector's exports abroad grow, of a list of runs. */
export function expansionFinding(
  runs: readonly Run[],
  sector: string,
  restricting: string,
): string {
  const growing = runs.filter((one) => sectorAbroad(one, sector, restricting).exports > 0);
  if (growing.length === 0) return `none of ${runs.length} solutions`;
  const cases = growing.map((one) => {
    const change = sectorAbroad(one, sector, restricting).exports;
    return `${one.name} at σ = ${one.sigma} (${signedNumber(change, 3)} ‰)`;
  });
  return `${growing.length} of ${runs.length} solutions: ${cases.join(", ")}`;
}

/** The reading of all experiments, in Markdown. */
export function counterfactualReading(options: {
  /** The quota in force, every closure and σ. */
  readonly quota: readonly Run[];
  /** The quota removed, technology frozen. */
  readonly removed: readonly Run[];
  readonly sigma: number;
  readonly restricting: string;
  readonly sector: { readonly sector: string; readonly label: string; readonly intensity: number };
  /** Largest gap between the quota and its export duty. */
  readonly dutyGap: number;
}): string {
  const { quota, removed, sigma, restricting, sector, dutyGap } = options;
  const abroad = (one: Run) => welfareOf(one, (country) => country !== restricting);
  const fixed = pick(quota, "fixed", sigma);
  const losses = abroad(fixed);
  const mitigated = mitigationRows(quota, restricting)
    .filter((row) => row.sigma === sigma)
    .map((row) => `${row.closure} ${row.percent.toFixed(0)} %`);
  const exports = (one: Run) =>
    signedNumber(sectorAbroad(one, sector.sector, restricting).exports, 3);
  const largest = quota.map(abroad).reduce((a, b) => a.million < b.million ? a : b);
  return [
    `- **Contraction first.** With fixed technology and σ = ${sigma}, ${
      priceFinding(quota, sigma, restricting)
    }; real exports abroad of the most element-intensive sector (${sector.label}) change by ${
      exports(fixed)
    } ‰.`,
    `- **Does a closure turn this into expansion?** While the quota binds, exports of that sector abroad grow in ${
      expansionFinding(quota, sector.sector, restricting)
    }. With the quota removed and technology kept, they are above the baseline in ${
      expansionFinding(removed, sector.sector, restricting)
    }. Expansion abroad in this model comes from element-saving technology that outlives high prices, not from the restriction itself.`,
    `- **Mitigation.** At σ = ${sigma} the share of the loss abroad that technology avoids is: ${
      mitigated.join(", ")
    }. At σ = 1 directed technology does nothing of note, above one free entry makes matters worse: research follows spending on elements, which then falls.`,
    `- **Magnitudes are tiny.** The loss abroad is ${
      signedNumber(losses.perMille, 4)
    } ‰ of income (${signedNumber(losses.million, 0)} million USD) in this case and ${
      signedNumber(largest.million, 0)
    } million USD in the worst shown, because elements cost even the most intensive sector ${
      sector.intensity.toFixed(0)
    } USD per million USD of output. Entry is gross of what the research costs.`,
    `- **A quota is a duty.** Export duties equal to the wedges give the same equilibrium to ${
      dutyGap.toExponential(0).replace("-", "−")
    }.`,
    `- **What this rests on.** σ is assumed, not estimated: notebook 4 will do that. Trade elasticities are recalled and to be verified, supply and technology elasticities are our judgement, and element purchases are derived, not observed. The equations are ours; of the paper only the abstract is public to us, so agreement or disagreement with it proves nothing yet.`,
  ].join("\n");
}

/** A row of `closureRow` with its wedges as text. */
export function withWedge<Row extends ReturnType<typeof closureRow>>(row: Row) {
  return { ...row, wedge: wedgeRange(row) };
}
