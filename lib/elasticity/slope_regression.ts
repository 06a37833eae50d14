import { feols, type Fit, rowLeverages } from "@ree/econometrics";

/** Rows of a regression with one slope per sector; sectors and years are codes. */
export interface SlopeRows {
  readonly sector: Int32Array;
  readonly year: Int32Array;
  readonly outcome: Float64Array;
  /** What the slopes are on, usually the log relative price. */
  readonly price: Float64Array;
  /** Precision of a row; undefined for ones. */
  readonly weights: Float64Array | undefined;
  /** Share of the row that is in the sample, more than 0 to 1, part of the weights already; ones when left out. */
  readonly ordinary?: Float64Array;
  /** Regressors with one coefficient for all sectors (control functions, linearised parameters). */
  readonly extras: readonly Float64Array[];
}

/** Slopes by sector and all that inference needs. */
export interface SlopeRegression {
  readonly rows: SlopeRows;
  /** Sector codes with a slope, ascending [S]. */
  readonly sectors: readonly number[];
  /** [S] */
  readonly slopes: Float64Array;
  /** Coefficients of the extras. */
  readonly extras: Float64Array;
  readonly fit: Fit;
}

/** Whether effects of years are estimated beside those of sectors. */
export interface EffectOptions {
  readonly yearEffects: boolean;
}

/**
 * Outcome = α_sector + δ_year + b_sector · price + extras, by (weighted) least squares in lib/econometrics.
 *
 * With year effects the slopes are identified by price movements that differ between sectors: a movement common to all
 * (in the same proportion) is absorbed.
 *
 * @throws RangeError when the year effects leave a slope unidentified
 */
export function slopeRegression(rows: SlopeRows, { yearEffects }: EffectOptions): SlopeRegression {
  const extraNames = rows.extras.map((_, k) => `extra${k}`);
  const data = {
    sector: rows.sector,
    year: rows.year,
    outcome: rows.outcome,
    price: rows.price,
    ...Object.fromEntries(extraNames.map((name, k) => [name, rows.extras[k]])),
    ...(rows.weights ? { weights: rows.weights } : {}),
  };
  const effects = yearEffects ? "sector + year" : "sector";
  const right = ["i(sector, price)", ...extraNames].join(" + ");
  const fit = feols(`outcome ~ ${right} | ${effects}`, data, {
    vcov: "iid",
    weights: rows.weights ? "weights" : undefined,
  });
  const sectors = [...new Set(rows.sector)].sort((a, b) => a - b);
  if (fit.report.collinear.length > 0) {
    throw new RangeError(
      `slopes by sector are not identified: ${
        fit.report.collinear.join(", ")
      } collinear with the ` +
        (yearEffects
          ? "year effects and the other prices; relative prices must move differently between " +
            "sectors, or set yearEffects: false"
          : "sector effects"),
    );
  }
  const coefficients = fit.coef();
  const at = new Map(fit.coefNames.map((name, j) => [name, j]));
  const read = (name: string) => {
    const j = at.get(name);
    if (j === undefined) throw new RangeError(`slopeRegression: no coefficient ${name}`);
    return coefficients[j];
  };
  return {
    rows,
    sectors,
    slopes: Float64Array.from(sectors, (s) => read(`sector::${s}:price`)),
    extras: Float64Array.from(extraNames, read),
    fit,
  };
}

/** Leverage of each row, effects included. */
export function leveragesOf({ fit }: SlopeRegression): Float64Array {
  return rowLeverages(fit.estimate);
}
