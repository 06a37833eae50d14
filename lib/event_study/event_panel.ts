import type { Column } from "@ree/econometrics";

/** One outcome of units (technology fields, sectors, industries) over years, in one economy or several. */
export interface EventPanel {
  /** What the outcome is: "Patent families". */
  readonly name: string;
  /** What a unit is: "field", "sector", "industry". */
  readonly unitName: string;
  /** "poisson": PPML of the outcome; "ols": least squares of its logarithm (given as a log). */
  readonly estimator: "poisson" | "ols";
  readonly unit: readonly string[];
  /** Economy of each row; null where there is only one. */
  readonly economy: readonly string[] | null;
  /** What standard errors are clustered by, where it is coarser than the unit. */
  readonly cluster?: readonly string[];
  readonly year: readonly number[];
  /** Level for "poisson", logarithm for "ols". */
  readonly outcome: readonly number[];
  /** Rare earth intensity of the row's unit, USD per million USD of output. */
  readonly exposures: {
    readonly total: readonly number[];
    readonly direct: readonly number[];
    /** Of the unit in the row's own economy, where that is known. */
    readonly own?: readonly number[];
  };
  /** Σ_e E_je·(ln p_et − ln p_e,base): exposure times price change. */
  readonly priceShift: readonly number[];
  /** Σ_e E_je·h_e·q_t: exposure times difficulty of replacement times quota tightness. */
  readonly quotaShift: readonly number[];
  /** Exposure E_je of the row's unit to each element, for shift-share inference. */
  readonly elementExposure?: Readonly<Record<string, readonly number[]>>;
  /** ln p_et − ln p_e,base by "element year", the shocks of the price shift. */
  readonly shocks?: ReadonlyMap<string, number>;
}

/** The years that matter. */
export interface EventYears {
  /** Last year before the restrictions; coefficients are relative to it. */
  readonly reference: number;
  /** Year of the cut, left out of differences because it is half treated. */
  readonly event: number;
}

/** The quota of July 2010. */
export const QUOTA_CUT: EventYears = { reference: 2009, event: 2010 };

/** Code of the restricting country. */
export const RESTRICTING = "CHN";

/** Year at which unit trends are zero; trends are per decade. */
const TREND_ORIGIN = 2009;

/** Fixed effects of a panel: economy-unit and economy-year, or unit and year where there is one economy. */
export function effectsOf(panel: EventPanel): string {
  return panel.economy === null ? "unit + year" : "unit^economy + economy^year";
}

/** Columns of some rows of a panel, with exposures in standard deviations over units, ready for a formula. */
export function columnsOf(
  panel: EventPanel,
  keep: (row: number) => boolean,
): Record<string, Column> & { readonly rows: readonly number[] } {
  const rows = panel.unit.map((_, row) => row).filter(keep);
  const pick = <T>(values: readonly T[]) => rows.map((row) => values[row]);
  const standardised = (values: readonly number[]) => {
    const scale = standardDeviationOverUnits(panel, values);
    return rows.map((row) => values[row] / scale);
  };
  return {
    rows,
    unit: pick(panel.unit),
    cluster: pick(panel.cluster ?? panel.unit),
    ...(panel.economy === null ? {} : { economy: pick(panel.economy) }),
    year: pick(panel.year),
    trend: rows.map((row) => (panel.year[row] - TREND_ORIGIN) / 10),
    outcome: pick(panel.outcome),
    total: standardised(panel.exposures.total),
    direct: standardised(panel.exposures.direct),
    log_total: standardised(panel.exposures.total.map((value) => Math.log1p(value))),
    ...(panel.exposures.own === undefined ? {} : { own: standardised(panel.exposures.own) }),
    price_shift: scaled(pick(panel.priceShift)),
    quota_shift: scaled(pick(panel.quotaShift)),
  };
}

/**
 * Standard deviation of an exposure over units, each counted once with its mean over rows.
 *
 * @throws when all units are equally exposed
 */
export function standardDeviationOverUnits(panel: EventPanel, values: readonly number[]): number {
  const sums = new Map<string, { sum: number; count: number }>();
  panel.unit.forEach((unit, row) => {
    const seen = sums.get(unit) ?? { sum: 0, count: 0 };
    sums.set(unit, { sum: seen.sum + values[row], count: seen.count + 1 });
  });
  const means = [...sums.values()].map(({ sum, count }) => sum / count);
  const deviation = standardDeviation(means);
  if (deviation > 0) return deviation;
  throw new RangeError(`${panel.name}: every ${panel.unitName} is equally exposed`);
}

/** Divides by the standard deviation over rows; all-zero columns stay zero. */
function scaled(values: readonly number[]): number[] {
  const deviation = standardDeviation(values);
  return deviation > 0 ? values.map((value) => value / deviation) : [...values];
}

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
