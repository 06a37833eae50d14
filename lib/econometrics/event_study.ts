import { chisquarePvalue, cholesky, fPvalue, studentPvalue, studentQuantile } from "@ree/numeric";
import type { FactorTerm } from "./factor_terms.ts";
import { coefficientIndex, type Fit } from "./fit.ts";
import { quadraticForm, type TestResult } from "./iv_diagnostics.ts";
import {
  breakdownMbar,
  type EventPath,
  relativeMagnitudes,
  type RobustInterval,
} from "./relative_magnitudes.ts";
import { supTCritical } from "./sup_t.ts";

/** Choices of {@link eventStudy}. */
export interface EventStudyOptions {
  /** Column inside `i()` that holds event time; needed when several terms have one. */
  readonly variable?: string;
  /** Reference period; default the (last) one left out of the term. */
  readonly reference?: number;
  /** Level of all intervals; default 0.95. */
  readonly level?: number;
  /** Draws for the simultaneous band; default 20,000. */
  readonly draws?: number;
  /** Seed of these draws; default 1. */
  readonly seed?: number;
}

/** One event time. */
export interface EventTime {
  readonly time: number;
  /** Coefficient name; undefined for the reference period, whose estimate is 0. */
  readonly name: string | undefined;
  readonly estimate: number;
  readonly se: number;
  /** Pointwise interval. */
  readonly low: number;
  readonly high: number;
  /** Simultaneous (sup-t) band over all event times. */
  readonly bandLow: number;
  readonly bandHigh: number;
}

/** A weighted sum of event-time coefficients. */
export interface EventAverage {
  readonly estimate: number;
  readonly se: number;
  readonly pvalue: number;
  readonly low: number;
  readonly high: number;
}

/** An event study read from a fit. */
export interface EventStudy {
  readonly variable: string;
  readonly reference: number;
  readonly level: number;
  /** Ascending in time, the reference period included. */
  readonly times: readonly EventTime[];
  /** Critical value of the simultaneous band. */
  readonly supT: number;
  /**
   * Joint Wald test that all coefficients before the reference are zero; undefined without any, or
   * when their covariance is singular (fewer clusters than coefficients; `notes` says so).
   */
  readonly pretrend: TestResult | undefined;
  /** Averages of the coefficients before and after the reference. */
  readonly preAverage: EventAverage | undefined;
  readonly postAverage: EventAverage | undefined;
  /**
   * Intervals for the average post-period effect (or that at one event time) under bounds M̄ on
   * relative violations of parallel trends, and how they are computed.
   */
  relativeMagnitudes(mbars: readonly number[], time?: number): RobustInterval[];
  /** Largest M̄ at which the effect still differs from zero. */
  breakdown(time?: number): number;
  /** Names the method behind `relativeMagnitudes`. */
  readonly sensitivityMethod: string;
  readonly notes: readonly string[];
}

const DEFAULT_DRAWS = 20_000;

/**
 * Reads event-time coefficients from a fit with an `i(time, treated, ref = …)` term: pointwise
 * intervals, a simultaneous band, a joint test of the periods before, averages, and sensitivity to
 * violations of parallel trends (see `relativeMagnitudes` for the method).
 *
 * The Wald test is F with the fit's degrees of freedom (χ² for Poisson).
 *
 * @throws when the fit has no such term, or several and none is named
 * @example
 * ```ts
 * const fit = feols("y ~ i(year, treated, ref = 2009) | id + year", data);
 * eventStudy(fit).pretrend?.pvalue;
 * ```
 */
export function eventStudy(fit: Fit, options: EventStudyOptions = {}): EventStudy {
  const { level = 0.95, draws = DEFAULT_DRAWS, seed = 1 } = options;
  const term = chooseTerm(fit, options.variable);
  const reference = chooseReference(term, options.reference);
  const path = eventPath(fit, term, reference);
  const { times, estimates, covariance } = path;
  const size = times.length;
  const degrees = fit.dof.test;
  const quantile = studentQuantile(1 - (1 - level) / 2, degrees);
  const supT = supTCritical(covariance, size, level, draws, seed);
  const average = (members: readonly number[]): EventAverage | undefined => {
    if (members.length === 0) return undefined;
    let [estimate, variance] = [0, 0];
    for (const i of members) {
      estimate += estimates[i] / members.length;
      for (const j of members) variance += covariance[i * size + j] / members.length ** 2;
    }
    const se = Math.sqrt(variance);
    return {
      estimate,
      se,
      pvalue: studentPvalue(estimate / se, degrees),
      low: estimate - quantile * se,
      high: estimate + quantile * se,
    };
  };
  const base = times.indexOf(reference);
  const pre = times.map((_, k) => k).filter((k) => k < base);
  const post = times.map((_, k) => k).filter((k) => k > base);
  const weightsFor = (time: number | undefined) => {
    if (time === undefined) return post.map(() => 1 / post.length);
    const at = post.findIndex((k) => times[k] === time);
    if (at < 0) {
      throw new RangeError(
        `there is no period ${time} after ${reference}; there is: ${post.map((k) => times[k])}`,
      );
    }
    return post.map((_, m) => m === at ? 1 : 0);
  };
  const notes: string[] = [];
  const pretrend = pre.length > 0 ? waldTest(path, pre, degrees) : undefined;
  if (pre.length > 0 && !pretrend) {
    notes.push(
      `no joint pre-trend test: the covariance of the ${pre.length} coefficients before the ` +
        "reference is singular (fewer clusters than coefficients)",
    );
  }
  return {
    variable: term.variable,
    reference,
    level,
    times: times.map((time, k) => {
      const se = Math.sqrt(covariance[k * size + k]);
      return {
        time,
        name: k === base ? undefined : term.names[term.levels.findIndex((l) => Number(l) === time)],
        estimate: estimates[k],
        se,
        low: estimates[k] - quantile * se,
        high: estimates[k] + quantile * se,
        bandLow: estimates[k] - supT * se,
        bandHigh: estimates[k] + supT * se,
      };
    }),
    supT,
    pretrend,
    preAverage: average(pre),
    postAverage: average(post),
    relativeMagnitudes: (mbars, time) =>
      mbars.map((mbar) => relativeMagnitudes(path, weightsFor(time), mbar, quantile)),
    breakdown: (time) => breakdownMbar(path, weightsFor(time), quantile),
    sensitivityMethod:
      "relative magnitudes of Rambachan and Roth (2023); union of intervals over which pre-period " +
      "change is largest (valid, conservative; not the conditional or hybrid test of HonestDiD)",
    notes,
  };
}

function chooseTerm(fit: Fit, variable: string | undefined): FactorTerm {
  const candidates = fit.factors.filter((term) =>
    (variable === undefined || term.variable === variable) &&
    [...term.levels, ...term.references].every((level) => Number.isFinite(Number(level)))
  );
  if (candidates.length === 1) return candidates[0];
  const known = fit.factors.map((term) => term.variable).join(", ") || "none";
  throw new RangeError(
    candidates.length === 0
      ? `eventStudy needs an i(time, …, ref = …) term with numbers as times; terms: ${known}`
      : `eventStudy: several terms have event times (${known}); name one in the option variable`,
  );
}

function chooseReference(term: FactorTerm, wanted: number | undefined): number {
  const references = term.references.map(Number);
  if (wanted !== undefined) {
    if (references.includes(wanted)) return wanted;
    throw new RangeError(
      `eventStudy: ${wanted} is no reference of i(${term.variable}); these are: ${references}`,
    );
  }
  if (references.length === 0) {
    throw new RangeError(`eventStudy: i(${term.variable}) has no reference period; give ref =`);
  }
  return Math.max(...references);
}

/** Estimates and covariance in order of time, with a row of zeros for the reference. */
function eventPath(fit: Fit, term: FactorTerm, reference: number): EventPath {
  // Coefficients dropped as collinear have no place in the path.
  const kept = term.levels
    .map((level, k) => ({ time: Number(level), name: term.names[k] }))
    .filter(({ name }) => fit.coefNames.includes(name));
  const entries = [...kept, { time: reference, name: undefined }].sort((a, b) => a.time - b.time);
  const size = entries.length;
  const k = fit.coefNames.length;
  const at = entries.map(({ name }) =>
    name === undefined ? -1 : coefficientIndex(fit.coefNames, name)
  );
  const coefficients = fit.coef();
  const covariance = new Float64Array(size * size);
  at.forEach((i, a) =>
    at.forEach((j, b) => {
      if (i >= 0 && j >= 0) covariance[a * size + b] = fit.vcov[i * k + j];
    })
  );
  return {
    times: entries.map(({ time }) => time),
    reference,
    estimates: Float64Array.from(at, (i) => i < 0 ? 0 : coefficients[i]),
    covariance,
  };
}

function waldTest(
  path: EventPath,
  members: readonly number[],
  degrees: number,
): TestResult | undefined {
  const count = members.length;
  const size = path.times.length;
  const block = new Float64Array(count * count);
  members.forEach((i, a) =>
    members.forEach((j, b) => block[a * count + b] = path.covariance[i * size + j])
  );
  if (cholesky(block, count).rank < count) return undefined;
  const chi = quadraticForm(Float64Array.from(members, (i) => path.estimates[i]), block);
  if (!Number.isFinite(degrees)) {
    const pvalue = chisquarePvalue(chi, count);
    return { statistic: chi, degrees: count, denominator: undefined, pvalue };
  }
  const statistic = chi / count;
  const pvalue = fPvalue(statistic, count, degrees);
  return { statistic, degrees: count, denominator: degrees, pvalue };
}
