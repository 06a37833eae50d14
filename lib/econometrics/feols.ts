import { absorber, type AbsorbOptions, type AbsorptionMethod } from "./absorb.ts";
import { type Data, dataTable } from "./data_table.ts";
import { type Design, readDesign } from "./design.ts";
import { countEffects } from "./effects_count.ts";
import type { Estimate } from "./estimate.ts";
import { type Fit, type FitStatistics, makeFit } from "./fit.ts";
import { parseFormula } from "./formula.ts";
import { ivDiagnostics } from "./iv_diagnostics.ts";
import { centredSquare, difference, dot, leastSquares } from "./least_squares.ts";
import { readPanel } from "./panel.ts";
import type { SscOptions } from "./ssc.ts";
import { twoStages } from "./two_stages.ts";
import { readVcovSpec, vcovColumns, type VcovSpec } from "./vcov_spec.ts";

/** Choices common to all estimators; the defaults are fixest's. */
export interface EstimationOptions {
  /**
   * Covariance; by default clustered by the panel unit (with `panelId`), else by the first effect,
   * else iid (fixest up to 0.12).
   */
  readonly vcov?: VcovSpec;
  /** Small-sample correction, see `Ssc`. */
  readonly ssc?: SscOptions;
  /** Column of weights, all positive. */
  readonly weights?: string;
  /** "analytic" (default): precision of a row; "frequency": number of identical rows it stands for. */
  readonly weightsType?: "analytic" | "frequency";
  /** Columns of the unit and the time: needed by `l()`, `f()`, `d()`, "DK" and "NW". */
  readonly panelId?: readonly [unit: string, time: string];
  /** Rows alone in a group of an effect: "singletons" (default) drops them, "none" keeps them. */
  readonly fixefRm?: "singletons" | "none";
  /** Accuracy of the absorption relative to each variable's norm; default 1e-8. */
  readonly fixefTol?: number;
  /** Absorption steps before giving up; default 10,000. */
  readonly fixefIter?: number;
  /** How effects are absorbed; default "auto". */
  readonly absorption?: AbsorptionMethod;
}

/**
 * Ordinary or two-stage least squares with any number of fixed effects and varying slopes.
 *
 * `y ~ x1 + x2 | fe1 + fe2^fe3 + fe1[slope] | endo ~ inst`; see `parseFormula` for the language.
 * Coefficients and standard errors equal fixest's `feols`, except that rows alone in a group are
 * dropped (as reghdfe and fixest ≥ 0.13 do); `fixefRm: "none"` keeps them.
 *
 * @throws on a bad formula (names the position), unknown columns (lists the nearest), values that are
 * not finite, weights that are not positive, fewer than 2 clusters, no rows or no variables left
 * @example
 * ```ts
 * const fit = feols("y ~ x1 | id + period", { y, x1, id, period }, { vcov: { cluster: "id" } });
 * fit.coef("x1");
 * ```
 */
export function feols(formulaText: string, data: Data, options: EstimationOptions = {}): Fit {
  const { design, table, panel } = openDesign(formulaText, data, options, undefined);
  const { weights, effects, response } = design;
  const rows = design.keep.length;
  const absorbOptions = readAbsorbOptions(options);
  const absorbing = absorber(effects, rows);
  const effectsCount = countEffects(effects);
  const weightsType = options.weightsType ?? "analytic";
  const nobs = observationCount(weights, weightsType, rows);
  const instrumental = design.endogenous.length > 0;
  const variables = [...design.regressors, ...design.endogenous, ...design.instruments];
  const absorbed = absorbing.absorb(
    [response.values, ...variables.map(({ values }) => values)],
    weights,
    absorbOptions,
  );
  const [outcome, ...columns] = absorbed.columns;
  checkOutcomeVaries(design, outcome);
  const before = effects.length > 0
    ? variables.map(({ values }) => squareBefore(values, weights))
    : undefined;
  const names = variables.map(({ name }) => name);
  const shared = {
    design,
    table,
    panel,
    weights,
    weightsType,
    hessianWeights: weights,
    nobs,
    effectsCount,
    hasDispersion: true,
    outcome,
    absorber: absorbing,
    absorbOptions,
  };
  let estimate: Estimate;
  let collinear: string[];
  if (instrumental) {
    const staged = twoStages(
      outcome,
      columns,
      names,
      design.regressors.length,
      design.endogenous.length,
      weights,
      before,
    );
    collinear = staged.collinear;
    estimate = { ...shared, ...staged.parts, method: "2SLS" };
  } else {
    const solved = leastSquares(outcome, columns, weights, before);
    collinear = solved.collinear.map((j) => names[j]);
    estimate = {
      ...shared,
      method: "OLS",
      names: solved.kept.map((j) => names[j]),
      coefficients: solved.coefficients,
      columns: solved.kept.map((j) => columns[j]),
      residuals: solved.residuals,
      bread: solved.bread,
      instrumental: undefined,
    };
  }
  checkVariablesLeft(estimate.names, collinear, design);
  const fitted = difference(response.values, estimate.residuals);
  return makeFit(
    {
      estimate,
      statistics: linearStatistics(estimate, response.values),
      report: {
        rowsGiven: table.rows,
        rowsUsed: rows,
        dropped: { missing: design.missing, singleton: design.singleton, separated: [] },
        collinear,
        notes: [],
      },
      fitted,
      iterations: { steps: 1, absorption: absorbed.iterations },
      diagnostics: instrumental ? ivDiagnostics : undefined,
    },
    options.vcov,
    options.ssc,
  );
}

/** Reads formula, panel and design the way every estimator does. */
export function openDesign(
  formulaText: string,
  data: Data,
  options: EstimationOptions,
  offset: string | undefined,
) {
  checkOptions(options);
  const formula = parseFormula(formulaText);
  const table = dataTable(data);
  const panel = options.panelId && readPanel(table, options.panelId[0], options.panelId[1]);
  const choice = readVcovSpec(options.vcov, formula.effects.map(({ name }) => name), panel);
  const needed = vcovColumns(choice);
  const design = readDesign(formula, table, {
    weights: options.weights,
    weightsType: options.weightsType ?? "analytic",
    offset,
    panel,
    alsoNeeded: needed,
    dropSingletons: (options.fixefRm ?? "singletons") === "singletons",
  });
  return { design, table, panel };
}

const OPTION_NAMES = [
  "vcov",
  "ssc",
  "weights",
  "weightsType",
  "panelId",
  "fixefRm",
  "fixefTol",
  "fixefIter",
  "absorption",
  "offset",
  "separation",
  "glmTol",
  "glmIter",
];

function checkOptions(options: EstimationOptions) {
  for (const name of Object.keys(options)) {
    if (!OPTION_NAMES.includes(name)) {
      throw new RangeError(`unknown option "${name}"; allowed: ${OPTION_NAMES.join(", ")}`);
    }
  }
  const oneOf = (name: keyof EstimationOptions, allowed: readonly string[]) => {
    const value = options[name];
    if (value !== undefined && !allowed.includes(String(value))) {
      throw new RangeError(`${name} must be one of ${allowed.join(", ")}, got ${value}`);
    }
  };
  oneOf("weightsType", ["analytic", "frequency"]);
  oneOf("fixefRm", ["singletons", "none"]);
  oneOf("absorption", ["auto", "direct", "projections", "conjugate-gradients"]);
}

/** Absorption choices of the options. */
export function readAbsorbOptions(options: EstimationOptions): AbsorbOptions {
  return {
    tolerance: options.fixefTol,
    maxIterations: options.fixefIter,
    method: options.absorption,
  };
}

/** Rows, or the sum of frequency weights. */
export function observationCount(
  weights: Float64Array | undefined,
  type: "analytic" | "frequency",
  rows: number,
): number {
  return type === "frequency" && weights ? weights.reduce((sum, weight) => sum + weight, 0) : rows;
}

/** Share of a variable's raw square that counts as variation although the mean hides it: round-off of constants. */
const CONSTANT_ROUND_OFF = 1e-8;

/** Size a variable had before absorption, against which what is left is judged. */
export function squareBefore(values: Float64Array, weights: Float64Array | undefined): number {
  return centredSquare(values, weights) + CONSTANT_ROUND_OFF * dot(values, values, weights);
}

/** Share of the outcome's square below which what the effects leave of it is round-off. */
const EXPLAINED_OUTCOME = 1e-20;

/** @throws when the outcome is constant or the effects explain it entirely */
function checkOutcomeVaries({ response, weights, effects, formula }: Design, within: Float64Array) {
  const raw = dot(response.values, response.values, weights);
  const constant = centredSquare(response.values, weights) <= EXPLAINED_OUTCOME * raw;
  const hasConstant = formula.intercept || effects.some(({ level }) => level);
  if ((constant && hasConstant) || raw === 0) {
    throw new RangeError(`the outcome "${response.name}" is constant`);
  }
  if (effects.length > 0 && dot(within, within, weights) <= EXPLAINED_OUTCOME * raw) {
    throw new RangeError(
      `the outcome "${response.name}" is entirely explained by the effects ` +
        effects.map(({ groups }) => groups.name).join(", "),
    );
  }
}

/** @throws when there were variables and every one was collinear */
export function checkVariablesLeft(
  names: readonly string[],
  collinear: readonly string[],
  design: Design,
) {
  if (names.length > 0 || collinear.length === 0) return;
  const effects = design.effects.map(({ groups }) => groups.name).join(", ");
  throw new RangeError(
    `no variable is left: ${collinear.map((name) => `"${name}"`).join(", ")} ` +
      `${collinear.length === 1 ? "is" : "are"} collinear with the effects ${effects}`,
  );
}

function linearStatistics(estimate: Estimate, response: Float64Array): FitStatistics {
  const { residuals, weights, outcome, nobs, names, effectsCount, design } = estimate;
  const square = dot(residuals, residuals, weights);
  const variables = names.length;
  const parameters = variables + effectsCount.counted;
  const hasConstant = design.effects.some(({ level }) => level) || names.includes("(Intercept)");
  const total = hasConstant ? centredSquare(response, weights) : dot(response, response, weights);
  const within = dot(outcome, outcome, weights);
  const r2 = 1 - square / total;
  const constant = hasConstant ? 1 : 0;
  const adjust = (ratio: number, lost: number) => 1 - ratio * (nobs - lost) / (nobs - parameters);
  const logLik = -nobs / 2 * (Math.log(2 * Math.PI) + Math.log(square / nobs) + 1) +
    (weights && estimate.weightsType === "analytic" ? halfLogSum(weights) : 0);
  const hasEffects = design.effects.length > 0;
  return {
    r2,
    adjR2: adjust(square / total, constant),
    r2Within: hasEffects ? 1 - square / within : undefined,
    adjR2Within: hasEffects ? adjust(square / within, effectsCount.counted) : undefined,
    rmse: Math.sqrt(square / nobs),
    deviance: square,
    logLik,
    pseudoR2: undefined,
    adjPseudoR2: undefined,
    squaredCor: undefined,
    bic: -2 * logLik + parameters * Math.log(nobs),
  };
}

function halfLogSum(weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += Math.log(weights[i]);
  return sum / 2;
}
