import { studentPvalue, studentQuantile } from "@ree/numeric";
import { coefficientIndex, type Fit, type Interval } from "./fit.ts";

/** What a fit says without the data it was estimated from; numbers are those of the fit, bit for bit. */
export interface SavedFit {
  readonly format: "ree-fit-1";
  readonly method: Fit["method"];
  readonly formula: string;
  readonly coefNames: readonly string[];
  readonly coefficients: readonly number[];
  /** Row-major [k][k]. */
  readonly vcov: readonly number[];
  readonly vcovType: string;
  readonly nobs: number;
  readonly dof: Readonly<Record<string, number | boolean | string>>;
  readonly statistics: Readonly<Record<string, number>>;
  readonly effects: Fit["effects"];
  readonly factors: Fit["factors"];
  readonly report: Fit["report"];
}

/** Statistics of a fit that are numbers. */
const STATISTICS = [
  "r2",
  "adjR2",
  "r2Within",
  "adjR2Within",
  "rmse",
  "deviance",
  "logLik",
  "pseudoR2",
  "adjPseudoR2",
  "squaredCor",
  "bic",
] as const;

/**
 * The fit as JSON: coefficients, covariance, statistics and report, without data and residuals. Degrees of freedom
 * of a normal test are written as "Infinity".
 */
export function fitToJson(fit: Fit): string {
  const saved: SavedFit = {
    format: "ree-fit-1",
    method: fit.method,
    formula: fit.formula.text,
    coefNames: fit.coefNames,
    coefficients: [...fit.coef()],
    vcov: [...fit.vcov],
    vcovType: fit.vcovType,
    nobs: fit.nobs,
    dof: Object.fromEntries(
      Object.entries(fit.dof).map((
        [name, value],
      ) => [name, value === Infinity ? "Infinity" : value]),
    ),
    statistics: Object.fromEntries(
      STATISTICS.flatMap((name) => fit[name] === undefined ? [] : [[name, fit[name]]]),
    ),
    effects: fit.effects,
    factors: fit.factors,
    report: fit.report,
  };
  return JSON.stringify(saved);
}

/** A fit read back: what can be asked of it without its data. */
export interface ReadFit extends Omit<SavedFit, "format"> {
  coef(name: string): number;
  se(name: string): number;
  tstat(name: string): number;
  pvalue(name: string): number;
  confint(level: number, name: string): Interval;
}

/**
 * Reads what {@link fitToJson} wrote.
 *
 * @throws when the text is not such a fit
 */
export function fitFromJson(text: string): ReadFit {
  const saved = JSON.parse(text) as SavedFit;
  if (saved?.format !== "ree-fit-1") {
    throw new TypeError(
      `fitFromJson: format is ${JSON.stringify(saved?.format)}, expected "ree-fit-1"`,
    );
  }
  const k = saved.coefNames.length;
  if (saved.coefficients.length !== k || saved.vcov.length !== k * k) {
    throw new TypeError(
      `fitFromJson: ${k} names need ${k} coefficients and ${k * k} covariances, got ` +
        `${saved.coefficients.length} and ${saved.vcov.length}`,
    );
  }
  const degrees = Number(saved.dof.test);
  const index = (name: string) => coefficientIndex(saved.coefNames, name);
  const coef = (name: string) => saved.coefficients[index(name)];
  const se = (name: string) => Math.sqrt(saved.vcov[index(name) * (k + 1)]);
  return {
    ...saved,
    coef,
    se,
    tstat: (name) => coef(name) / se(name),
    pvalue: (name) => studentPvalue(coef(name) / se(name), degrees),
    confint(level, name) {
      const reach = studentQuantile(1 - (1 - level) / 2, degrees) * se(name);
      return {
        name: saved.coefNames[index(name)],
        low: coef(name) - reach,
        high: coef(name) + reach,
      };
    },
  };
}
