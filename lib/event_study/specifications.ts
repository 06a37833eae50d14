import type { Fit } from "@ree/econometrics";
import {
  columnsOf,
  effectsOf,
  type EventPanel,
  type EventYears,
  RESTRICTING,
} from "./event_panel.ts";
import { abroad, differenceColumns, estimate } from "./run.ts";

/** One way to estimate the difference in differences; the list is fixed before any result is seen. */
export interface Specification {
  readonly key: string;
  readonly what: string;
  /** Whether it applies to a panel. */
  readonly applies: (panel: EventPanel) => boolean;
  /** Estimates it; the coefficient of interest is named in `coefficient`. */
  readonly run: (panel: EventPanel, years: EventYears) => Fit;
  readonly coefficient: string;
}

/** Result of one specification on one panel. */
export interface SpecificationResult {
  readonly key: string;
  readonly what: string;
  readonly estimate: number;
  readonly se: number;
  readonly lower: number;
  readonly upper: number;
  readonly pvalue: number;
  readonly nobs: number;
  readonly clusters: number;
}

const severalEconomies = (panel: EventPanel) => panel.economy !== null;
const everywhere = () => true;

function difference(right: string, keep = abroad, effects = effectsOf) {
  return (panel: EventPanel, years: EventYears) => {
    const { columns } = differenceColumns(panel, years, keep(panel));
    return estimate(panel, right, columns, { effects: effects(panel) });
  };
}

/** All specifications, baseline first. */
export const SPECIFICATIONS: readonly Specification[] = [
  {
    key: "baseline",
    what: "total intensity, China left out, unit x economy and economy x year effects",
    applies: everywhere,
    run: difference("post_total"),
    coefficient: "post_total",
  },
  {
    key: "direct",
    what: "direct instead of total intensity",
    applies: everywhere,
    run: difference("post_direct"),
    coefficient: "post_direct",
  },
  {
    key: "log",
    what: "logarithm of 1 + total intensity",
    applies: everywhere,
    run: difference("post_log_total"),
    coefficient: "post_log_total",
  },
  {
    key: "own",
    what: "intensity of the sector in its own economy",
    applies: ({ exposures }) => exposures.own !== undefined,
    run: difference("post_own"),
    coefficient: "post_own",
  },
  {
    key: "china",
    what: "China kept in",
    applies: severalEconomies,
    run: difference("post_total", () => everywhere),
    coefficient: "post_total",
  },
  {
    key: "interaction",
    what: "China kept in with an effect of its own; the effect elsewhere is shown",
    applies: severalEconomies,
    run: (panel, years) => {
      const { rows, columns } = differenceColumns(panel, years, everywhere);
      const china = rows.map((row, k) =>
        panel.economy![row] === RESTRICTING ? Number(columns.post_total[k]) : 0
      );
      return estimate(panel, "post_total + post_total_china", {
        ...columns,
        post_total_china: china,
      });
    },
    coefficient: "post_total",
  },
  {
    key: "size",
    what: "size before the event (mean of the log outcome) times year",
    applies: everywhere,
    run: (panel, years) => {
      const { rows, columns } = differenceColumns(panel, years, abroad(panel));
      const size = sizeBefore(panel, years);
      const values = rows.map((row) => size.get(panel.unit[row])!);
      const right = `post_total + i(year, size, ref = ${years.reference})`;
      return estimate(panel, right, { ...columns, size: values });
    },
    coefficient: "post_total",
  },
  {
    key: "trends",
    what: "a linear trend of every unit",
    applies: everywhere,
    run: difference("post_total", abroad, (panel) => `${effectsOf(panel)} + unit[trend]`),
    coefficient: "post_total",
  },
  {
    key: "without largest",
    what: "without the most exposed unit",
    applies: everywhere,
    run: (panel, years) => {
      const largest = mostExposed(panel);
      const keep = (row: number) => abroad(panel)(row) && panel.unit[row] !== largest;
      const { columns } = differenceColumns(panel, years, keep);
      return estimate(panel, "post_total", columns);
    },
    coefficient: "post_total",
  },
  {
    key: "prices",
    what: "intensity times price change (per s.d.), all years with prices",
    applies: everywhere,
    run: (panel) => priceFit(panel),
    coefficient: "price_shift",
  },
];

/** First and last year of the price panel. */
const PRICE_RANGE = [2007, 2018] as const;

/** The outcome on exposure times price change, years with prices, outside the restricting country. */
export function priceFit(panel: EventPanel): Fit {
  const { rows: _, ...columns } = columnsOf(panel, priceYears(panel));
  return estimate(panel, "price_shift", columns);
}

/** Rows outside the restricting country in years with prices. */
export function priceYears(panel: EventPanel): (row: number) => boolean {
  const [first, last] = PRICE_RANGE;
  return (row) => abroad(panel)(row) && panel.year[row] >= first && panel.year[row] <= last;
}

/** Runs every specification that applies to a panel. */
export function runSpecifications(panel: EventPanel, years: EventYears): SpecificationResult[] {
  return SPECIFICATIONS.filter(({ applies }) => applies(panel)).map((specification) => ({
    key: specification.key,
    what: specification.what,
    ...resultOf(specification.run(panel, years), specification.coefficient),
  }));
}

/** Estimate, standard error, 95 % interval, p-value, N and clusters of one coefficient of a fit. */
export function resultOf(fit: Fit, coefficient: string) {
  const { low, high } = fit.confint(0.95, coefficient);
  return {
    estimate: fit.coef(coefficient),
    se: fit.se(coefficient),
    lower: low,
    upper: high,
    pvalue: fit.pvalue(coefficient),
    nobs: fit.nobs,
    clusters: Math.min(...fit.vcovDetails.clusters),
  };
}

/** The unit with the highest total intensity. */
export function mostExposed(panel: EventPanel): string {
  const { total } = panel.exposures;
  return panel.unit[total.reduce((best, value, row) => value > total[best] ? row : best, 0)];
}

/** Mean log outcome of each unit over the five years up to the reference year, outside the restricting country. */
function sizeBefore(panel: EventPanel, { reference }: EventYears): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  panel.unit.forEach((unit, row) => {
    if (!abroad(panel)(row) || panel.year[row] > reference || panel.year[row] <= reference - 5) {
      return;
    }
    const value = panel.outcome[row];
    const log = panel.estimator === "poisson" ? Math.log1p(value) : value;
    const seen = sums.get(unit) ?? { sum: 0, count: 0 };
    sums.set(unit, { sum: seen.sum + log, count: seen.count + 1 });
  });
  return new Map([...sums].map(([unit, { sum, count }]) => [unit, sum / count]));
}
