import { studentPvalue, studentQuantile } from "@ree/numeric";
import type { Estimate } from "./estimate.ts";
import type { FactorTerm } from "./factor_terms.ts";
import type { Formula } from "./formula.ts";
import type { IvDiagnostics } from "./iv_diagnostics.ts";
import { didYouMean } from "./nearest_names.ts";
import type { Report } from "./report.ts";
import { summaryText } from "./summary_text.ts";
import { readSsc, type SscOptions } from "./ssc.ts";
import { computeVcov, type Vcov } from "./vcov.ts";
import { readVcovSpec, type VcovSpec } from "./vcov_spec.ts";

/** Bounds of a confidence interval. */
export interface Interval {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** Degrees of freedom of a fit. */
export interface DegreesOfFreedom {
  /** Estimated coefficients of variables. */
  readonly variables: number;
  /** Coefficients of effects as fixest counts them. */
  readonly effects: number;
  /** Identified coefficients of effects (exact for up to two effects, see `effectsExactKnown`). */
  readonly effectsExact: number;
  readonly effectsExactKnown: boolean;
  /** K of the small-sample factor (n − 1)/(n − K) of the covariance. */
  readonly parameters: number;
  /** n − variables − effects. */
  readonly residual: number;
  /** Degrees of freedom of t statistics; Infinity stands for the normal distribution. */
  readonly test: number;
}

/** Measures of fit; those that do not apply are undefined. */
export interface FitStatistics {
  /** 1 − SSR/SST (weighted); undefined for Poisson. */
  readonly r2: number | undefined;
  readonly adjR2: number | undefined;
  /** Share of the variation left by the effects that the variables explain; undefined without effects. */
  readonly r2Within: number | undefined;
  readonly adjR2Within: number | undefined;
  readonly rmse: number;
  /** Sum of squared residuals, weighted; the deviance for Poisson. */
  readonly deviance: number;
  readonly logLik: number;
  /** 1 − logLik/logLik of the intercept alone. */
  readonly pseudoR2: number | undefined;
  readonly adjPseudoR2: number | undefined;
  /** Squared correlation of outcome and fitted values. */
  readonly squaredCor: number | undefined;
  readonly bic: number;
}

/** A fitted model. Coefficient names are those fixest prints, e.g. `x1:x2`, `period::6:treat`. */
export interface Fit extends FitStatistics {
  readonly method: "OLS" | "2SLS" | "Poisson";
  readonly formula: Formula;
  readonly coefNames: readonly string[];
  /** A coefficient by name; all of them [k] without a name. */
  coef(): Float64Array;
  coef(name: string): number;
  /** Standard error(s). */
  se(): Float64Array;
  se(name: string): number;
  tstat(): Float64Array;
  tstat(name: string): number;
  /** Two-sided p-value(s): t with `dof.test` degrees of freedom, normal for Poisson. */
  pvalue(): Float64Array;
  pvalue(name: string): number;
  /** Confidence intervals at a level (default 0.95) for all coefficients, or the named one. */
  confint(level?: number): Interval[];
  confint(level: number, name: string): Interval;
  /** Covariance of the coefficients, row-major [k][k]. */
  readonly vcov: Float64Array;
  /** As tables state it, e.g. "Clustered (sector)". */
  readonly vcovType: string;
  readonly vcovDetails: Vcov;
  readonly nobs: number;
  readonly dof: DegreesOfFreedom;
  readonly report: Report;
  /** y − fitted on the rows used [rows]; `rows` says which rows of the data these are. */
  readonly residuals: Float64Array;
  readonly fitted: Float64Array;
  /** Positions of the used rows in the data as given. */
  readonly rows: Int32Array;
  /** Names of the fixed effects and their numbers of groups. */
  readonly effects: readonly { readonly name: string; readonly groups: number }[];
  /** Expansions of `i()` terms, for event studies and tables. */
  readonly factors: readonly FactorTerm[];
  /** Steps of the estimation (Poisson) and of the absorption. */
  readonly iterations: { readonly steps: number; readonly absorption: number };
  /** Tests of instruments; undefined unless 2SLS. Computed when first read. */
  readonly iv: IvDiagnostics | undefined;
  /** The same estimates with another covariance; nothing is re-estimated. */
  withVcov(vcov: VcovSpec, ssc?: SscOptions): Fit;
  /** What covariances and bootstraps are computed from. */
  readonly estimate: Estimate;
  /** The fit as fixest prints it. */
  toString(): string;
}

/** What {@link makeFit} assembles. */
export interface FitParts {
  readonly estimate: Estimate;
  readonly statistics: FitStatistics;
  readonly report: Report;
  readonly fitted: Float64Array;
  readonly iterations: Fit["iterations"];
  readonly diagnostics: ((fit: Fit) => IvDiagnostics) | undefined;
}

/** Joins an estimate with a covariance. */
export function makeFit(
  parts: FitParts,
  vcovSpec: VcovSpec | undefined,
  sscOptions: SscOptions | undefined,
): Fit {
  const { estimate, statistics, fitted, iterations } = parts;
  const { names, coefficients, design, panel, effectsCount, nobs } = estimate;
  const effects = design.effects.map(({ groups }) => ({ name: groups.name, groups: groups.count }));
  const choice = readVcovSpec(vcovSpec, effects.map(({ name }) => name), panel);
  const vcov = computeVcov(estimate, choice, readSsc(sscOptions));
  const k = names.length;
  const se = Float64Array.from(names, (_, j) => Math.sqrt(vcov.matrix[j * k + j]));
  const tstat = coefficients.map((value, j) => value / se[j]);
  const pvalue = tstat.map((value) => studentPvalue(value, vcov.degrees));
  const byName = (values: Float64Array) => {
    function read(): Float64Array;
    function read(name: string): number;
    function read(name?: string): Float64Array | number {
      return name === undefined ? values.slice() : values[coefficientIndex(names, name)];
    }
    return read;
  };
  function confint(level?: number): Interval[];
  function confint(level: number, name: string): Interval;
  function confint(level = 0.95, name?: string): Interval[] | Interval {
    if (!(level > 0 && level < 1)) {
      throw new RangeError(`confint: the level must be between 0 and 1, got ${level}`);
    }
    const quantile = studentQuantile(1 - (1 - level) / 2, vcov.degrees);
    const interval = (j: number): Interval => ({
      name: names[j],
      low: coefficients[j] - quantile * se[j],
      high: coefficients[j] + quantile * se[j],
    });
    return name === undefined
      ? names.map((_, j) => interval(j))
      : interval(coefficientIndex(names, name));
  }
  let iv: IvDiagnostics | undefined;
  const fit: Fit = {
    ...statistics,
    method: estimate.method,
    formula: design.formula,
    coefNames: names,
    coef: byName(coefficients),
    se: byName(se),
    tstat: byName(tstat),
    pvalue: byName(pvalue),
    confint,
    vcov: vcov.matrix,
    vcovType: vcov.label,
    vcovDetails: vcov,
    nobs,
    dof: {
      variables: k,
      effects: effectsCount.counted,
      effectsExact: effectsCount.exact,
      effectsExactKnown: effectsCount.isExact,
      parameters: vcov.parameters,
      residual: nobs - k - effectsCount.counted,
      test: vcov.degrees,
    },
    report: { ...parts.report, notes: [...parts.report.notes, ...vcov.notes] },
    residuals: estimate.residuals,
    fitted,
    rows: design.keep,
    effects,
    factors: design.factors,
    iterations,
    get iv() {
      return parts.diagnostics && (iv ??= parts.diagnostics(fit));
    },
    withVcov: (spec, ssc) => makeFit(parts, spec, ssc ?? sscOptions),
    estimate,
    toString: () => summaryText(fit),
  };
  return fit;
}

/**
 * Position of a coefficient by its printed name; blanks do not matter, `x` finds `fit_x` of 2SLS.
 *
 * @throws when there is none (lists the nearest)
 */
export function coefficientIndex(names: readonly string[], name: string): number {
  const exact = names.indexOf(name);
  if (exact >= 0) return exact;
  const bare = (text: string) => text.replaceAll(/\s|`/g, "");
  const wanted = bare(name);
  for (const candidate of [wanted, `fit_${wanted}`, `(${wanted})`]) {
    const found = names.findIndex((text) => bare(text) === candidate);
    if (found >= 0) return found;
  }
  throw new RangeError(`there is no coefficient "${name}"; ${didYouMean(name, names)}`);
}
