import { logGamma } from "@ree/numeric";
import { type Absorber, ABSORPTION_TOLERANCE } from "./absorb.ts";
import type { Data } from "./data_table.ts";
import type { Design } from "./design.ts";
import { countEffects } from "./effects_count.ts";
import type { Estimate } from "./estimate.ts";
import {
  checkVariablesLeft,
  type EstimationOptions,
  observationCount,
  openDesign,
  readAbsorbOptions,
  squareBefore,
} from "./feols.ts";
import { type Fit, type FitStatistics, makeFit } from "./fit.ts";
import { difference, leastSquares } from "./least_squares.ts";
import { rowList } from "./report.ts";
import { removeSeparated, type SeparationCheck } from "./separation.ts";

/** Choices of {@link fepois} besides the common ones. */
export interface PoissonOptions extends EstimationOptions {
  /** Column added to the linear predictor with coefficient 1. */
  readonly offset?: string;
  /** Checks for separated rows; default both, `[]` for none. */
  readonly separation?: readonly SeparationCheck[];
  /** Relative change of the deviance at convergence; default 1e-8. */
  readonly glmTol?: number;
  /** Reweighted least squares steps before giving up; default 100. */
  readonly glmIter?: number;
}

const DEVIANCE_TOLERANCE = 1e-8;
const MAX_STEPS = 100;
const MAX_HALVINGS = 12;
/** Absorption tolerance of early steps: at most this, and at most this share of the deviance's last change. */
const EARLY_TOLERANCE = 1e-4;
const EARLY_SHARE = 1e-2;

/**
 * Poisson pseudo-maximum likelihood with any number of fixed effects: E(y) = exp(offset + Xβ + effects).
 *
 * Iteratively reweighted least squares with the effects absorbed in each step, starting the
 * absorption from the last step's coefficients; steps that raise the deviance are halved; one step
 * more is taken after convergence. Separated rows are removed first and listed in `fit.report`.
 *
 * Source: Correia, Guimarães and Zylkin (2020), Stata Journal 20(1).
 *
 * @throws as `feols`, and on negative or all-zero outcomes and formulas with instruments
 * @example
 * ```ts
 * const fit = fepois("trade ~ log(distance) | origin + destination", data);
 * fit.report.dropped.separated; // rows perfectly predicted to be zero
 * ```
 */
export function fepois(formulaText: string, data: Data, options: PoissonOptions = {}): Fit {
  const { design: read, table, panel } = openDesign(formulaText, data, options, options.offset);
  if (read.endogenous.length > 0) {
    throw new RangeError(
      "fepois has no instrumental variables; take the last part off the formula",
    );
  }
  checkOutcome(read);
  const absorbOptions = readAbsorbOptions(options);
  const { design, separated, singleton, notes, absorbing } = removeSeparated(
    read,
    options.separation ?? ["fe", "ir"],
    absorbOptions,
    (options.fixefRm ?? "singletons") === "singletons",
  );
  const { weights, effects, response, offset } = design;
  const rows = design.keep.length;
  const weightsType = options.weightsType ?? "analytic";
  const converged = reweightedLeastSquares(design, absorbing, options);
  const effectsCount = countEffects(effects);
  checkVariablesLeft(converged.names, converged.collinear, design);
  const estimate: Estimate = {
    method: "Poisson",
    design,
    table,
    panel,
    names: converged.names,
    coefficients: converged.coefficients,
    columns: converged.columns,
    residuals: difference(response.values, converged.mean),
    weights,
    weightsType,
    hessianWeights: converged.hessianWeights,
    bread: converged.bread,
    nobs: observationCount(weights, weightsType, rows),
    effectsCount,
    hasDispersion: false,
    outcome: converged.outcome,
    absorber: absorbing,
    absorbOptions,
    instrumental: undefined,
  };
  return makeFit(
    {
      estimate,
      statistics: poissonStatistics(estimate, converged.mean, offset),
      report: {
        rowsGiven: table.rows,
        rowsUsed: rows,
        dropped: {
          missing: design.missing,
          singleton: [...design.singleton, ...singleton].sort((a, b) => a - b),
          separated,
        },
        collinear: converged.collinear,
        notes,
      },
      fitted: converged.mean,
      iterations: { steps: converged.steps, absorption: converged.absorption },
      diagnostics: undefined,
    },
    options.vcov,
    options.ssc,
  );
}

function checkOutcome({ response: { name, values }, keep }: Design) {
  const negative: number[] = [];
  let count = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    if (values[i] >= 0) continue;
    count++;
    if (negative.length < 5) negative.push(keep[i]);
  }
  if (count > 0) {
    throw new RangeError(
      `fepois: the outcome "${name}" must be ≥ 0, it is negative in ${rowList(negative, count)}`,
    );
  }
  if (sum === 0) throw new RangeError(`fepois: the outcome "${name}" is zero in every row`);
}

interface Converged {
  readonly names: readonly string[];
  readonly collinear: readonly string[];
  readonly coefficients: Float64Array;
  readonly columns: readonly Float64Array[];
  readonly outcome: Float64Array;
  readonly bread: Float64Array;
  readonly hessianWeights: Float64Array;
  readonly mean: Float64Array;
  readonly steps: number;
  readonly absorption: number;
}

function reweightedLeastSquares(
  { response: { values: y, name }, regressors, weights, offset, effects }: Design,
  absorbing: Absorber,
  options: PoissonOptions,
): Converged {
  const rows = y.length;
  const tolerance = options.glmTol ?? DEVIANCE_TOLERANCE;
  const limit = options.glmIter ?? MAX_STEPS;
  const mean = meanOf(y, weights);
  let predictor = new Float64Array(rows);
  for (let i = 0; i < rows; i++) predictor[i] = Math.log((y[i] + mean) / 2);
  let mu = exponential(predictor);
  let deviance = poissonDeviance(y, mu, weights);
  let kept = regressors.map((_, j) => j);
  let start: readonly Float64Array[] | undefined;
  let absorption = 0;
  let finished = false;
  let lastChange = Infinity;
  const absorbOptions = readAbsorbOptions(options);
  for (let step = 1;; step++) {
    // A new array per step: the absorber takes another array for other weights.
    const hessianWeights = new Float64Array(rows);
    const working = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      hessianWeights[i] = weights ? mu[i] * weights[i] : mu[i];
      working[i] = predictor[i] - (offset ? offset[i] : 0) + (y[i] - mu[i]) / mu[i];
    }
    const values = kept.map((j) => regressors[j].values);
    // Early steps need their direction only; the last one is solved to the full tolerance.
    const needed = finished ? 0 : Math.min(EARLY_TOLERANCE, EARLY_SHARE * lastChange);
    const absorbed = absorbing.absorb([working, ...values], hessianWeights, {
      ...absorbOptions,
      tolerance: Math.max(absorbOptions.tolerance ?? ABSORPTION_TOLERANCE, needed),
      start,
    });
    absorption = Math.max(absorption, absorbed.iterations);
    const [outcome, ...columns] = absorbed.columns;
    const before = step === 1 && effects.length > 0
      ? values.map((column) => squareBefore(column, hessianWeights))
      : undefined;
    const solved = leastSquares(outcome, columns, hessianWeights, before);
    start = [absorbed.start[0], ...solved.kept.map((j) => absorbed.start[j + 1])];
    kept = solved.kept.map((j) => kept[j]);
    const next = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      next[i] = (offset ? offset[i] : 0) + working[i] - solved.residuals[i];
    }
    let nextMu = exponential(next);
    let nextDeviance = poissonDeviance(y, nextMu, weights);
    const worse = () => !(nextDeviance <= deviance * (1 + tolerance) + tolerance);
    for (let half = 0; step > 1 && worse() && half < MAX_HALVINGS; half++) {
      for (let i = 0; i < rows; i++) next[i] = (next[i] + predictor[i]) / 2;
      nextMu = exponential(next);
      nextDeviance = poissonDeviance(y, nextMu, weights);
    }
    const change = Math.abs(nextDeviance - deviance) / (0.1 + Math.abs(nextDeviance));
    predictor = next;
    mu = nextMu;
    deviance = nextDeviance;
    if (finished) {
      const names = kept.map((j) => regressors[j].name);
      return {
        names,
        collinear: regressors.filter((_, j) => !kept.includes(j)).map((column) => column.name),
        coefficients: solved.coefficients,
        columns: solved.kept.map((j) => columns[j]),
        outcome,
        bread: solved.bread,
        hessianWeights,
        mean: mu,
        steps: step,
        absorption,
      };
    }
    finished = change < tolerance;
    lastChange = change;
    if (!finished && step >= limit) {
      throw new RangeError(
        `fepois: the deviance of "${name}" had not converged after ${limit} steps (relative change ` +
          `${change.toExponential(1)}); look at separation, scales, or raise glmIter`,
      );
    }
  }
}

function exponential(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = Math.exp(values[i]);
  return result;
}

function meanOf(values: Float64Array, weights: Float64Array | undefined): number {
  let [sum, mass] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i] : 1;
    sum += weight * values[i];
    mass += weight;
  }
  return sum / mass;
}

/** 2·Σ w·(y·ln(y/μ) − (y − μ)). */
function poissonDeviance(
  y: Float64Array,
  mu: Float64Array,
  weights: Float64Array | undefined,
): number {
  let deviance = 0;
  for (let i = 0; i < y.length; i++) {
    const part = (y[i] > 0 ? y[i] * Math.log(y[i] / mu[i]) : 0) - (y[i] - mu[i]);
    deviance += weights ? weights[i] * part : part;
  }
  return 2 * deviance;
}

function poissonStatistics(
  { design: { response: { values: y } }, weights, nobs, names, effectsCount }: Estimate,
  mu: Float64Array,
  offset: Float64Array | undefined,
): FitStatistics {
  const parameters = names.length + effectsCount.counted;
  const exposure = offset ? offset.map(Math.exp) : new Float64Array(y.length).fill(1);
  const rate = meanOf(y, weights) / meanOf(exposure, weights);
  let [logLik, logLikNull, square] = [0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const weight = weights ? weights[i] : 1;
    const constant = logGamma(y[i] + 1);
    const base = rate * exposure[i];
    logLik += weight * ((y[i] > 0 ? y[i] * Math.log(mu[i]) : 0) - mu[i] - constant);
    logLikNull += weight * ((y[i] > 0 ? y[i] * Math.log(base) : 0) - base - constant);
    square += weight * (y[i] - mu[i]) ** 2;
  }
  return {
    r2: undefined,
    adjR2: undefined,
    r2Within: undefined,
    adjR2Within: undefined,
    rmse: Math.sqrt(square / nobs),
    deviance: poissonDeviance(y, mu, weights),
    logLik,
    pseudoR2: 1 - logLik / logLikNull,
    adjPseudoR2: 1 - (logLik - parameters) / logLikNull,
    squaredCor: squaredCorrelation(y, mu, weights),
    bic: -2 * logLik + parameters * Math.log(nobs),
  };
}

function squaredCorrelation(
  a: Float64Array,
  b: Float64Array,
  weights: Float64Array | undefined,
): number {
  const [meanA, meanB] = [meanOf(a, weights), meanOf(b, weights)];
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const weight = weights ? weights[i] : 1;
    aa += weight * (a[i] - meanA) ** 2;
    bb += weight * (b[i] - meanB) ** 2;
    ab += weight * (a[i] - meanA) * (b[i] - meanB);
  }
  return ab * ab / (aa * bb);
}
