import { numberColumn } from "./data_table.ts";
import { namedGroups } from "./design.ts";
import { selectValues } from "./effects.ts";
import type { Estimate } from "./estimate.ts";
import { coefficientIndex, type Fit } from "./fit.ts";
import { type Groups, selectGroups } from "./groups.ts";
import { dot, leastSquares } from "./least_squares.ts";
import { didYouMean } from "./nearest_names.ts";

/** Shares of units in elements, the same in every period. */
export interface ShareMatrix {
  /** Column of the data whose values name the unit of a row. */
  readonly unit: string;
  /** Units in the order of `values`; more than the sample has are allowed. */
  readonly units: readonly (string | number)[];
  readonly elements: readonly string[];
  /** Shares [unit][element]; they need not sum to one. */
  readonly values: readonly ArrayLike<number>[];
}

/** Shocks g_et. */
export interface ShockPaths {
  readonly elements: readonly string[];
  /** Periods in the order of `values`, as in the period column; more than the sample's are allowed. */
  readonly periods?: readonly (string | number)[];
  /** Shocks [element][period]; one number per element when there are no periods. */
  readonly values: readonly ArrayLike<number>[];
}

/** What makes a regressor (OLS) or the instrument (2SLS) of a fit a shift-share. */
export interface ShiftShareSpec {
  /** Coefficient of the shift-share, or of the variable it instruments. */
  readonly regressor: string;
  /** Shares by unit, or the columns of the data that hold each element's share (then free to vary over time). */
  readonly shares: ShareMatrix | Readonly<Record<string, string>>;
  /** Column of the period: shocks are elements × periods. Left out for a cross-section. */
  readonly period?: string;
  /** Shocks; when given, Σ_e share·shock is checked to be the variable the fit used. */
  readonly shocks?: ShockPaths;
}

/**
 * Arrays of a shift-share regression, one entry per row of the fit. Double dots in the papers (Ẍ) are
 * the residuals of a weighted regression on the controls and effects.
 */
export interface ShiftShareDesign {
  readonly name: string;
  readonly elements: readonly string[];
  /** Labels of the periods; one empty label in a cross-section. */
  readonly periods: readonly string[];
  readonly periodOf: Int32Array;
  /** w_is, shares [elements][rows]. */
  readonly shares: readonly Float64Array[];
  /** g, row-major [elements][periods], if given. */
  readonly shocks: Float64Array | undefined;
  /** Regression weights ω. */
  readonly weights: Float64Array | undefined;
  /** Ÿ, outcome. */
  readonly y: Float64Array;
  /** Ẍ of the regressor whose coefficient it is. */
  readonly x: Float64Array;
  /** Ẍ of the shift-share: x in OLS, the instrument in 2SLS. */
  readonly z: Float64Array;
  readonly coefficient: number;
  /** How far shares are from summing to one. */
  readonly sumOfShares: Float64Array;
  /** What is orthogonal to the sum of shares by construction, see {@link sharesControlled}. */
  readonly controlled: "by period" | "overall" | "no";
}

/** Largest gap, relative to the variable, at which it counts as Σ share·shock. */
const SAME_VARIABLE = 1e-6;
/** Exposure sums that vanish by construction are below this share of their terms. */
const VANISHES = 1e-8;

/**
 * Reads the shares and shocks of a fit.
 *
 * @throws for Poisson, several instruments, missing shares or shocks, or when the fit's variable is
 * not (a multiple of) Σ share·shock
 */
export function shiftShareDesign(fit: Fit, spec: ShiftShareSpec, caller: string): ShiftShareDesign {
  const { estimate } = fit;
  const { design: { keep }, table, weights } = estimate;
  if (estimate.method === "Poisson") {
    throw new RangeError(`${caller}: a Poisson fit is refused; shift-share inference is for feols`);
  }
  const time = spec.period === undefined ? undefined : sampleGroups(estimate, spec.period, caller);
  const { elements, shares } = isMatrix(spec.shares)
    ? sharesFromMatrix(estimate, spec.shares, time, caller)
    : sharesFromColumns(table, keep, spec.shares, caller);
  const periods = time ? Array.from({ length: time.count }, (_, t) => String(time.level(t))) : [""];
  const periodOf = time?.codes ?? new Int32Array(keep.length);
  const position = coefficientIndex(estimate.names, spec.regressor);
  const { y, x, z, partial } = partialledOut(estimate, position, caller);
  const sumOfShares = new Float64Array(keep.length);
  for (const share of shares) for (let i = 0; i < share.length; i++) sumOfShares[i] += share[i];
  const design = {
    name: estimate.names[position],
    elements,
    periods,
    periodOf,
    shares,
    shocks: spec.shocks && readShocks(spec.shocks, elements, periods, time !== undefined, caller),
    weights,
    y,
    x,
    z,
    coefficient: estimate.coefficients[position],
    sumOfShares,
  };
  if (design.shocks) checkVariable(design, design.shocks, partial, caller);
  return { ...design, controlled: sharesControlled(design) };
}

function isMatrix(shares: ShiftShareSpec["shares"]): shares is ShareMatrix {
  return Array.isArray((shares as ShareMatrix).units);
}

function sampleGroups({ table, design }: Estimate, name: string, caller: string): Groups {
  const groups = selectGroups(namedGroups(table, name), design.keep);
  if (groups.codes.includes(-1)) {
    throw new RangeError(`${caller}: column "${name}" has missing cells in the rows of the fit`);
  }
  return groups;
}

function sharesFromMatrix(
  estimate: Estimate,
  { unit, units, elements, values }: ShareMatrix,
  time: Groups | undefined,
  caller: string,
) {
  if (values.length !== units.length || values.some((row) => row.length !== elements.length)) {
    throw new RangeError(
      `${caller}: shares must be [${units.length} units][${elements.length} elements], got ` +
        `${values.length} rows of ${[...new Set(values.map((row) => row.length))].join(", ")}`,
    );
  }
  const groups = sampleGroups(estimate, unit, caller);
  const rowOf = new Map(units.map((name, row) => [String(name), row]));
  const from = Array.from({ length: groups.count }, (_, code) => {
    const row = rowOf.get(String(groups.level(code)));
    if (row !== undefined) return row;
    throw new RangeError(
      `${caller}: there are no shares of ${unit} "${groups.level(code)}"; ` +
        didYouMean(String(groups.level(code)), units.map(String)),
    );
  });
  if (!time && groups.count < groups.codes.length) {
    throw new RangeError(
      `${caller}: ${unit} has several rows per unit; name the column of the period`,
    );
  }
  checkElements(elements, caller);
  const shares = elements.map((element, e) => {
    const byUnit = from.map((row) => {
      if (Number.isFinite(values[row][e])) return values[row][e];
      throw new RangeError(
        `${caller}: the share of ${units[row]} in ${element} is ${values[row][e]}`,
      );
    });
    return Float64Array.from(groups.codes, (code) => byUnit[code]);
  });
  return { elements, shares };
}

function sharesFromColumns(
  table: Estimate["table"],
  keep: Int32Array,
  columns: Readonly<Record<string, string>>,
  caller: string,
) {
  const elements = Object.keys(columns);
  checkElements(elements, caller);
  const shares = elements.map((element) => {
    const share = selectValues(numberColumn(table, columns[element]).values, keep);
    if (share.every(Number.isFinite)) return share;
    throw new RangeError(
      `${caller}: column "${columns[element]}" of shares has missing or infinite cells`,
    );
  });
  return { elements, shares };
}

function checkElements(elements: readonly string[], caller: string) {
  if (elements.length >= 2 && new Set(elements).size === elements.length) return;
  throw new RangeError(
    `${caller}: at least 2 elements with different names are needed, got ${elements.join(", ")}`,
  );
}

function readShocks(
  { elements: names, periods: labels, values }: ShockPaths,
  elements: readonly string[],
  periods: readonly string[],
  timed: boolean,
  caller: string,
): Float64Array {
  if (timed && !labels) {
    throw new RangeError(`${caller}: the shocks need the labels of their periods`);
  }
  if (!timed && labels && labels.length > 1) {
    throw new RangeError(`${caller}: shocks have periods; name the data's column of the period`);
  }
  const shocks = new Float64Array(elements.length * periods.length);
  elements.forEach((element, e) => {
    const row = names.indexOf(element);
    if (row < 0) {
      throw new RangeError(`${caller}: no shocks of "${element}"; ${didYouMean(element, names)}`);
    }
    periods.forEach((period, t) => {
      const column = timed ? labels!.findIndex((label) => String(label) === period) : 0;
      const value = values[row]?.[column];
      if (!Number.isFinite(value)) {
        throw new RangeError(
          `${caller}: the shock of "${element}"${timed ? ` in period ${period}` : ""} is ` +
            (column < 0 ? "absent" : `${value}`),
        );
      }
      shocks[e * periods.length + t] = value;
    });
  });
  return shocks;
}

/** Outcome, regressor and shift-share with controls and effects out, and the map that takes them out. */
function partialledOut(estimate: Estimate, position: number, caller: string) {
  const { instrumental, columns, outcome, weights, absorber, absorbOptions } = estimate;
  if (
    instrumental && (instrumental.instruments.length !== 1 || instrumental.endogenous.length !== 1)
  ) {
    throw new RangeError(
      `${caller}: a 2SLS fit needs one endogenous variable and one instrument, got ` +
        `${instrumental.endogenous.length} and ${instrumental.instruments.length}`,
    );
  }
  if (instrumental && !estimate.names[position].startsWith("fit_")) {
    throw new RangeError(
      `${caller}: "${estimate.names[position]}" is not the instrumented variable`,
    );
  }
  const others = instrumental ? instrumental.exogenous : columns.filter((_, j) => j !== position);
  const without = (column: Float64Array) => leastSquares(column, others, weights).residuals;
  const x = without(instrumental ? instrumental.endogenous[0] : columns[position]);
  return {
    y: without(outcome),
    x,
    z: instrumental ? without(instrumental.instruments[0]) : x,
    partial: (column: Float64Array) =>
      without(absorber.absorb([column], weights, absorbOptions).columns[0]),
  };
}

type Unchecked = Omit<ShiftShareDesign, "controlled">;

/** Σ share·shock must be the fit's variable once controls and effects are out, up to its unit. */
function checkVariable(
  design: Unchecked,
  shocks: Float64Array,
  partial: (column: Float64Array) => Float64Array,
  caller: string,
) {
  const { shares, periods, periodOf, z, weights, name } = design;
  const built = new Float64Array(z.length);
  shares.forEach((share, e) => {
    for (let i = 0; i < built.length; i++) {
      built[i] += share[i] * shocks[e * periods.length + periodOf[i]];
    }
  });
  const left = partial(built);
  const scale = dot(left, z, weights) / dot(left, left, weights);
  let [gap, size] = [0, 0];
  for (let i = 0; i < z.length; i++) {
    gap = Math.max(gap, Math.abs(scale * left[i] - z[i]));
    size = Math.max(size, Math.abs(z[i]));
  }
  if (gap <= SAME_VARIABLE * size) return;
  throw new RangeError(
    `${caller}: the shift-share behind "${name}" is not Σ share·shock of the shares and shocks ` +
      `given: with controls out they differ by up to ${(100 * gap / size).toPrecision(3)} %`,
  );
}

/**
 * Whether the sum of shares is among the controls: then Σ_n Σ_i ω·w_in·v_i = Σ_i ω·(Σ_n w_in)·v_i = 0
 * for every partialled-out v, in every period when it is interacted with them.
 *
 * Source: Borusyak, Hull and Jaravel (2022) on incomplete shares.
 */
function sharesControlled(
  { x, y, z, periods, periodOf, sumOfShares, weights }: Unchecked,
): ShiftShareDesign["controlled"] {
  let [byPeriod, overall] = [true, true];
  for (const v of [x, y, z]) {
    const sums = new Float64Array(periods.length);
    let size = 0;
    for (let i = 0; i < v.length; i++) {
      const term = (weights ? weights[i] : 1) * sumOfShares[i] * v[i];
      sums[periodOf[i]] += term;
      size += Math.abs(term);
    }
    byPeriod &&= sums.every((sum) => Math.abs(sum) <= VANISHES * size);
    overall &&= Math.abs(sums.reduce((sum, value) => sum + value, 0)) <= VANISHES * size;
  }
  return byPeriod ? "by period" : overall ? "overall" : "no";
}

/** Σ_i ω·w_is·v_i by shock, row-major [elements][periods]; v undefined for ones. */
export function exposureSums(
  { shares, periods, periodOf, weights }: ShiftShareDesign,
  v: Float64Array | undefined,
): Float64Array {
  const count = periods.length;
  const sums = new Float64Array(shares.length * count);
  shares.forEach((share, e) => {
    for (let i = 0; i < share.length; i++) {
      sums[e * count + periodOf[i]] += (weights ? weights[i] : 1) * share[i] * (v ? v[i] : 1);
    }
  });
  return sums;
}

/** Sums over the periods of each element. */
export function elementSums(sums: Float64Array, periods: number): Float64Array {
  const result = new Float64Array(sums.length / periods);
  for (let s = 0; s < sums.length; s++) result[Math.floor(s / periods)] += sums[s];
  return result;
}

/** A warning about incomplete shares, if there is reason for one. */
export function incompleteSharesNote(
  { sumOfShares, controlled, periods }: ShiftShareDesign,
): string | undefined {
  const incomplete = sumOfShares.some((sum) => Math.abs(sum - 1) > VANISHES);
  if (controlled === "by period" || (periods.length === 1 && controlled === "overall")) {
    return undefined;
  }
  const [low, high] = [Math.min(...sumOfShares), Math.max(...sumOfShares)]
    .map((value) => +value.toPrecision(3));
  const times = periods.length > 1 ? " interacted with the period" : "";
  return incomplete
    ? `shares sum to between ${low} and ${high}; without the sum of shares${times} among the controls ` +
      "the coefficient also compares units by how much they are exposed at all"
    : `the controls lack ${
      periods.length > 1 ? "effects of the period" : "an intercept"
    }: the mean of the shocks is used as well as their differences`;
}

/** How concentrated exposure is. */
export interface Concentration {
  /** 1/Σ s_n² over shocks (element × period), s_n = Σ_i ω·w_in as shares of their sum. */
  readonly effectiveShocks: number;
  /** 1/Σ s_e² over elements, their periods taken together. */
  readonly effectiveElements: number;
  /** Largest s_e. */
  readonly largestShare: number;
}

/**
 * How concentrated the shares of a fit are; defined also where they are collinear, unlike AKM.
 *
 * @throws RangeError when `spec` does not fit the regression
 */
export function shareConcentration(fit: Fit, spec: ShiftShareSpec): Concentration {
  return concentration(shiftShareDesign(fit, spec, "shareConcentration"));
}

/** Effective numbers of shocks: Borusyak, Hull and Jaravel (2022), the inverse Herfindahl index. */
export function concentration(design: ShiftShareDesign): Concentration {
  const exposure = exposureSums(design, undefined);
  const total = exposure.reduce((sum, value) => sum + value, 0);
  const elements = elementSums(exposure, design.periods.length);
  const inverse = (values: Float64Array) =>
    total * total / values.reduce((sum, value) => sum + value * value, 0);
  return {
    effectiveShocks: inverse(exposure),
    effectiveElements: inverse(elements),
    largestShare: elements.reduce((most, value) => Math.max(most, value / total), 0),
  };
}
