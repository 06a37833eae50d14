import { type DataTable, numberColumn } from "./data_table.ts";
import { type Effect, selectEffects, selectValues } from "./effects.ts";
import { evaluate, expandLags, type Surroundings } from "./evaluate.ts";
import { type Expression, expressionText } from "./expression.ts";
import { type FactorTerm, factorTerm, type NamedColumn } from "./factor_terms.ts";
import type { EffectTerm, Formula } from "./formula.ts";
import { combineGroups, groupColumn, type Groups } from "./groups.ts";
import type { Panel } from "./panel.ts";
import { rowList } from "./report.ts";
import { singletonRows } from "./singletons.ts";

/** Arrays an estimator works on; every array has one entry per kept row. */
export interface Design {
  readonly formula: Formula;
  /** Positions of the kept rows in the data as given. */
  readonly keep: Int32Array;
  readonly response: NamedColumn;
  /** Regressors other than the endogenous ones, `(Intercept)` first if there is one. */
  readonly regressors: readonly NamedColumn[];
  readonly endogenous: readonly NamedColumn[];
  readonly instruments: readonly NamedColumn[];
  readonly effects: readonly Effect[];
  readonly weights: Float64Array | undefined;
  readonly offset: Float64Array | undefined;
  readonly factors: readonly FactorTerm[];
  readonly missing: readonly number[];
  readonly singleton: readonly number[];
}

/** Choices of {@link readDesign}. */
export interface DesignOptions {
  readonly weights: string | undefined;
  readonly weightsType: "analytic" | "frequency";
  readonly offset: string | undefined;
  readonly panel: Panel | undefined;
  /** Columns whose missing cells drop the row too (clusters and the like). */
  readonly alsoNeeded: readonly string[];
  readonly dropSingletons: boolean;
}

/**
 * Turns a formula and data into arrays: reads and transforms the columns, codes the groups,
 * drops rows with missing cells and singletons.
 *
 * @throws when a column is unknown, a value is NaN or infinite (names the variable and the rows),
 * a weight is not positive, or no row is left
 */
export function readDesign(formula: Formula, table: DataTable, options: DesignOptions): Design {
  const on: Surroundings = { formula: formula.text, table, panel: options.panel };
  const gaps = new Uint8Array(table.rows);
  const mark = (missing: Uint8Array | undefined) => {
    if (missing) { for (let i = 0; i < gaps.length; i++) gaps[i] |= missing[i]; }
  };
  const single = (expression: Expression): NamedColumn => {
    const { values, missing } = evaluate(expression, on);
    mark(missing);
    return { name: expressionText(expression), values };
  };
  const factors: FactorTerm[] = [];
  const absorbed = formula.effects.some(({ level }) => level);
  const terms = (expressions: readonly Expression[]): NamedColumn[] =>
    expressions.flatMap(expandLags).flatMap((term) => {
      if (term.kind !== "call" || term.name !== "i") return [single(term)];
      const expanded = factorTerm(term, on, formula.intercept || absorbed);
      mark(expanded.missing);
      if (expanded.factor) factors.push(expanded.factor);
      return [...expanded.columns];
    });

  const response = single(expandLags(formula.response)[0]);
  const regressors = terms(formula.regressors);
  const endogenous = terms(formula.endogenous);
  const instruments = terms(formula.instruments);
  const effects = readEffects(formula.effects, on, mark);
  const weights = options.weights === undefined
    ? undefined
    : extraColumn(table, options.weights, "weights", mark);
  const offset = options.offset === undefined
    ? undefined
    : extraColumn(table, options.offset, "offset", mark);
  for (const name of options.alsoNeeded) markMissingGroups(table, name, gaps);

  const numbers = [response, ...regressors, ...endogenous, ...instruments];
  for (const { slopes } of effects) numbers.push(...slopes);
  if (offset) numbers.push({ name: `offset ${options.offset}`, values: offset });
  for (const column of numbers) checkFinite(column, gaps);
  if (weights) checkWeights(options.weights!, options.weightsType, weights, gaps);

  const present = positions(gaps);
  const missing = droppedRows(gaps);
  if (present.length === 0) {
    throw new RangeError(
      table.rows === 0
        ? "the data have no rows"
        : `no rows are left: all ${table.rows} have a missing value in a used variable`,
    );
  }
  let keep = present;
  let selected = selectAll(effects, present, table.rows);
  const singleton: number[] = [];
  if (options.dropSingletons && effects.length > 0) {
    const counts = options.weightsType === "frequency" && weights
      ? selectValues(weights, present)
      : undefined;
    const drop = singletonRows(selected, present.length, counts);
    const stay = positions(drop);
    if (stay.length < present.length) {
      for (let i = 0; i < drop.length; i++) if (drop[i]) singleton.push(present[i]);
      if (stay.length === 0) {
        throw new RangeError(
          `no rows are left: every one of the ${present.length} is alone in a group of the effects ` +
            effects.map(({ groups }) => groups.name).join(", "),
        );
      }
      keep = stay.map((i) => present[i]);
      selected = selectEffects(selected, stay);
    }
  }
  const whole = keep.length === table.rows;
  const pick = (values: Float64Array) => whole ? values : selectValues(values, keep);
  const pickColumn = ({ name, values }: NamedColumn) => ({ name, values: pick(values) });
  const intercept = formula.intercept && !absorbed
    ? [{ name: "(Intercept)", values: new Float64Array(keep.length).fill(1) }]
    : [];
  return {
    formula,
    keep,
    response: pickColumn(response),
    regressors: [...intercept, ...regressors.map(pickColumn)],
    endogenous: endogenous.map(pickColumn),
    instruments: instruments.map(pickColumn),
    effects: selected,
    weights: weights && pick(weights),
    offset: offset && pick(offset),
    factors,
    missing,
    singleton,
  };
}

/**
 * The design on some of its rows.
 *
 * @param stay positions within the design
 */
export function selectDesign(design: Design, stay: Int32Array): Design {
  const pick = ({ name, values }: NamedColumn) => ({ name, values: selectValues(values, stay) });
  return {
    ...design,
    keep: stay.map((i) => design.keep[i]),
    response: pick(design.response),
    regressors: design.regressors.map(pick),
    endogenous: design.endogenous.map(pick),
    instruments: design.instruments.map(pick),
    effects: selectEffects(design.effects, stay),
    weights: design.weights && selectValues(design.weights, stay),
    offset: design.offset && selectValues(design.offset, stay),
  };
}

/** Groups of the columns `a^b` names, for all rows of the data. */
export function namedGroups(table: DataTable, name: string): Groups {
  if (table.names.includes(name)) return groupColumn(table, name);
  return combineGroups(name.split("^").map((part) => groupColumn(table, part.trim())));
}

function readEffects(
  terms: readonly EffectTerm[],
  on: Surroundings,
  mark: (missing: Uint8Array | undefined) => void,
): Effect[] {
  const effects = new Map<string, Effect>();
  for (const term of terms) {
    const known = effects.get(term.name);
    const groups = known?.groups ?? combineGroups(term.factors.map((factor) => {
      if (factor.kind === "name" && on.table.names.includes(factor.name)) {
        return groupColumn(on.table, factor.name);
      }
      evaluate(factor, on); // throws, naming the position
      throw new RangeError(`fixed effect ${term.name}: not a column`);
    }));
    if (!known) mark(missingGroups(groups));
    const slopes = term.slopes.map((slope) => {
      const { values, missing } = evaluate(slope, on);
      mark(missing);
      return { name: expressionText(slope), values };
    });
    // fe + fe[x] are one set of effects with a level and a slope.
    effects.set(term.name, {
      groups,
      level: term.level || (known?.level ?? false),
      slopes: [...(known?.slopes ?? []), ...slopes],
    });
  }
  return [...effects.values()];
}

function missingGroups({ codes }: Groups): Uint8Array | undefined {
  const first = codes.indexOf(-1);
  if (first < 0) return undefined;
  const missing = new Uint8Array(codes.length);
  for (let i = first; i < codes.length; i++) if (codes[i] < 0) missing[i] = 1;
  return missing;
}

function markMissingGroups(table: DataTable, name: string, gaps: Uint8Array) {
  const missing = missingGroups(namedGroups(table, name));
  if (missing) { for (let i = 0; i < gaps.length; i++) gaps[i] |= missing[i]; }
}

function selectAll(effects: readonly Effect[], keep: Int32Array, rows: number): Effect[] {
  return keep.length === rows ? [...effects] : selectEffects(effects, keep);
}

function extraColumn(
  table: DataTable,
  name: string,
  role: string,
  mark: (missing: Uint8Array | undefined) => void,
): Float64Array {
  if (!table.names.includes(name)) {
    try {
      table.column(name);
    } catch (error) {
      throw new RangeError(`${role}: ${(error as Error).message}`);
    }
  }
  const { values, missing } = numberColumn(table, name);
  mark(missing);
  return values;
}

function checkFinite({ name, values }: NamedColumn, gaps: Uint8Array) {
  const bad: number[] = [];
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    // x - x is 0 for finite numbers only.
    if (gaps[i] || values[i] - values[i] === 0) continue;
    count++;
    if (bad.length < 5) bad.push(i);
  }
  if (count > 0) {
    throw new RangeError(
      `variable "${name}" is not a finite number in ${rowList(bad, count)} (${
        bad.map((i) => values[i]).join(", ")
      }${count > bad.length ? ", …" : ""}); remove these rows or set the cells to null`,
    );
  }
}

function checkWeights(
  name: string,
  type: "analytic" | "frequency",
  weights: Float64Array,
  gaps: Uint8Array,
) {
  const bad: number[] = [];
  let count = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    const good = weight > 0 && weight < Infinity &&
      (type === "analytic" || Number.isInteger(weight));
    if (gaps[i] || good) continue;
    count++;
    if (bad.length < 5) bad.push(i);
  }
  if (count > 0) {
    const expected = type === "analytic" ? "positive numbers" : "positive whole numbers";
    throw new RangeError(
      `weights "${name}" must be ${expected}, got ${bad.map((i) => weights[i]).join(", ")} in ` +
        rowList(bad, count),
    );
  }
}

/** Positions whose mark is 0. */
export function positions(marks: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < marks.length; i++) if (!marks[i]) count++;
  const result = new Int32Array(count);
  for (let i = 0, next = 0; i < marks.length; i++) if (!marks[i]) result[next++] = i;
  return result;
}

function droppedRows(marks: Uint8Array): number[] {
  const rows: number[] = [];
  for (let i = 0; i < marks.length; i++) if (marks[i]) rows.push(i);
  return rows;
}
