import {
  type EffectOptions,
  leveragesOf,
  type SlopeRegression,
  slopeRegression,
} from "./slope_regression.ts";

/** Counts by cell of sector and year. */
export interface CountRows {
  readonly sector: Int32Array;
  readonly year: Int32Array;
  readonly element: Float64Array;
  readonly other: Float64Array;
  readonly price: Float64Array;
  readonly extras: readonly Float64Array[];
  /** Probability that a row is an ordinary cell, more than 0 (`zeroInflation`); ones when left out. */
  readonly ordinary?: Float64Array;
}

/** Options of {@linkcode countSlopes}. */
export interface CountOptions extends EffectOptions {
  /** Firth's correction of the bias of order 1/n; default true. Without it the estimates are those of `fepois`. */
  readonly biasReduction?: boolean;
}

const TOLERANCE = 1e-7;
const MAX_STEPS = 400;
/** Largest change of a log odds in one step. */
const LONGEST_STEP = 3;
/** Steps after which half of a move is made: reweighting can go back and forth between two points. */
const UNDAMPED_STEPS = 40;
/** Log odds beyond which a cell counts as separated. */
const SEPARATED = 30;

/**
 * PPML of the counts on sector × technology, sector × year and technology × year effects and
 * 1[element]·price with a slope per sector.
 *
 * The sector × year effects are concentrated out exactly: with two cells each, the Poisson likelihood given them is that of
 * the share of element patents in the cell's patents, logit = α_s + δ_t + b_s·price. Its scores are solved by
 * reweighted least squares in lib/econometrics, some twenty times faster than `fepois` on the long form and equal to it.
 * Zeros of either kind stay in; cells without any patent carry no information.
 *
 * With few patents maximum likelihood is biased away from zero. Firth's correction adds half a cell's leverage to both of
 * its counts, which takes out the bias of order 1/n and keeps estimates finite where a likelihood has no maximum.
 *
 * Source: Santos Silva and Tenreyro (2006), Review of Economics and Statistics 88; Firth (1993), Biometrika 80; Kosmidis and Firth
 * (2011), Biometrika 98 (multinomial through Poisson).
 *
 * @param rows with at least one patent each
 * @throws RangeError when the likelihood has no maximum and bias reduction is off
 */
export function countSlopes(rows: CountRows, options: CountOptions): SlopeRegression {
  const reduce = options.biasReduction ?? true;
  const count = rows.element.length;
  const ordinary = rows.ordinary ?? new Float64Array(count).fill(1);
  const total = rows.element.map((value, i) => value + rows.other[i]);
  const empty = total.findIndex((value) => !(value > 0));
  if (empty >= 0) {
    throw new RangeError(`counts: row ${empty} has no patents, expected at least one`);
  }
  let predictor = rows.element.map((value, i) => Math.log((value + 0.5) / (rows.other[i] + 0.5)));
  let leverage: Float64Array = new Float64Array(count);
  let regression: SlopeRegression | undefined;
  for (let step = 1; step <= MAX_STEPS; step++) {
    const weights = new Float64Array(count);
    const working = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const share = 1 / (1 + Math.exp(-predictor[i]));
      const score = ordinary[i] * (rows.element[i] - total[i] * share) +
        leverage[i] * (0.5 - share);
      weights[i] = ordinary[i] * total[i] * share * (1 - share);
      working[i] = predictor[i] + score / weights[i];
    }
    regression = slopeRegression({
      sector: rows.sector,
      year: rows.year,
      outcome: working,
      price: rows.price,
      weights,
      ordinary: rows.ordinary,
      extras: rows.extras,
    }, options);
    const moves = regression.fit.fitted.map((value, i) => value - predictor[i]);
    const change = moves.reduce((most, move) => Math.max(most, Math.abs(move)), 0);
    // One pace for all: moves cut one by one would leave the model.
    const pace = Math.min(step > UNDAMPED_STEPS ? 0.5 : 1, LONGEST_STEP / change);
    const next = predictor.map((value, i) => value + pace * moves[i]);
    let leverageChange = 0;
    if (reduce) {
      const now = leveragesOf(regression);
      for (let i = 0; i < count; i++) {
        leverageChange = Math.max(leverageChange, Math.abs(now[i] - leverage[i]));
      }
      leverage = now.map((value, i) => leverage[i] + pace * (value - leverage[i]));
    }
    predictor = next;
    if (change < TOLERANCE && leverageChange < TOLERANCE) return regression;
    const far = predictor.findIndex((value) => Math.abs(value) > SEPARATED);
    if (!reduce && far >= 0) {
      throw new RangeError(
        "counts: the likelihood has no maximum (the effects and prices predict a cell without " +
          "error); leave biasReduction on",
      );
    }
  }
  throw new RangeError(`counts: no convergence after ${MAX_STEPS} steps`);
}
