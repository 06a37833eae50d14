import { type DataTable, numberColumn, type Numbers } from "./data_table.ts";
import { type Expression, expressionText } from "./expression.ts";
import { formulaError } from "./formula_tokens.ts";
import { lagged, type Panel } from "./panel.ts";
import { didYouMean } from "./nearest_names.ts";

/** What expressions are evaluated on. */
export interface Surroundings {
  readonly formula: string;
  readonly table: DataTable;
  /** Set when the option `panelId` names the unit and the time; lags need it. */
  readonly panel: Panel | undefined;
}

const FUNCTIONS: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  log2: Math.log2,
  sqrt: Math.sqrt,
};

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  ":": (a, b) => a * b,
};

/**
 * Values of an expression for every row: names, numbers, arithmetic, `x1:x2` (the product),
 * `log` and its like, `I(...)`, `l(x, k)`, `f(x, k)`, `d(x)`.
 *
 * @throws when a name is no column (lists the nearest) or a function is unknown (lists the known)
 */
export function evaluate(expression: Expression, on: Surroundings): Numbers {
  switch (expression.kind) {
    case "name":
      return named(expression, on);
    case "number":
      return {
        values: new Float64Array(on.table.rows).fill(expression.value),
        missing: undefined,
      };
    case "negative":
      return map(evaluate(expression.operand, on), (value) => -value);
    case "binary": {
      const operator = OPERATORS[expression.operator];
      if (!operator) {
        throw formulaError(on.formula, expression.at, `"${expression.operator}" is no arithmetic`);
      }
      const [left, right] = [evaluate(expression.left, on), evaluate(expression.right, on)];
      const values = new Float64Array(on.table.rows);
      for (let i = 0; i < values.length; i++) {
        values[i] = operator(left.values[i], right.values[i]);
      }
      return { values, missing: union(left.missing, right.missing) };
    }
    case "call":
      return call(expression, on);
    default:
      throw formulaError(
        on.formula,
        expression.at,
        `expected numbers, got ${expressionText(expression)}`,
      );
  }
}

function named(expression: Extract<Expression, { kind: "name" }>, on: Surroundings): Numbers {
  if (!on.table.names.includes(expression.name)) {
    throw formulaError(
      on.formula,
      expression.at,
      `there is no column "${expression.name}"; ${didYouMean(expression.name, on.table.names)}`,
    );
  }
  return numberColumn(on.table, expression.name);
}

function call(expression: Extract<Expression, { kind: "call" }>, on: Surroundings): Numbers {
  const { name, args, at } = expression;
  if (args.length === 0) {
    throw formulaError(on.formula, at, `${name}() needs an argument`);
  }
  const first = args[0].value;
  if (name === "I") return evaluate(first, on);
  if (name === "l" || name === "f" || name === "d") {
    const periods = args.length > 1 ? wholeNumber(args[1].value, on) : 1;
    const values = evaluate(first, on);
    const earlier = lag(values, name === "f" ? -periods : periods, at, on);
    if (name !== "d") return earlier;
    const difference = new Float64Array(on.table.rows);
    for (let i = 0; i < difference.length; i++) {
      difference[i] = values.values[i] - earlier.values[i];
    }
    return { values: difference, missing: union(values.missing, earlier.missing) };
  }
  const apply = FUNCTIONS[name];
  if (!apply) {
    const known = [...Object.keys(FUNCTIONS), "I", "i", "l", "f", "d"];
    throw formulaError(
      on.formula,
      at,
      `there is no function "${name}"; there is: ${known.join(", ")}`,
    );
  }
  return map(evaluate(first, on), apply);
}

function lag(values: Numbers, periods: number, at: number, on: Surroundings): Numbers {
  if (periods === 0) return values;
  if (!on.panel) {
    throw formulaError(on.formula, at, 'lags need the option panelId: ["unit", "time"]');
  }
  return lagged(on.table, values, on.panel.earlier(periods));
}

function wholeNumber(expression: Expression, on: Surroundings): number {
  if (expression.kind === "number" && Number.isInteger(expression.value)) return expression.value;
  throw formulaError(
    on.formula,
    expression.at,
    `expected a whole number of periods, got ${expressionText(expression)}`,
  );
}

/**
 * Replaces `l(x, 0:2)` by its single lags `x`, `l(x, 1)`, `l(x, 2)`; any other term stays as it is.
 * Negative lags print as leads, `f(x, 1)`, as in fixest.
 */
export function expandLags(term: Expression): Expression[] {
  if (term.kind !== "call" || (term.name !== "l" && term.name !== "f")) return [term];
  const range = term.args[1]?.value;
  const single = (periods: number): Expression => {
    const lead = term.name === "f" ? periods : -periods;
    if (lead === 0) return term.args[0].value;
    return {
      ...term,
      name: lead > 0 ? "f" : "l",
      args: [term.args[0], { value: { kind: "number", value: Math.abs(lead), at: term.at } }],
    };
  };
  if (range === undefined) return [single(1)];
  if (range.kind === "number") return [single(range.value)];
  if (range.kind === "call" && range.name === "c") {
    return range.args.map(({ value }) => value.kind === "number" ? single(value.value) : term);
  }
  if (range.kind !== "binary" || range.operator !== ":") return [term];
  if (range.left.kind !== "number" || range.right.kind !== "number") return [term];
  const [from, to] = [range.left.value, range.right.value];
  const step = from <= to ? 1 : -1;
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, k) => single(from + step * k));
}

function map({ values, missing }: Numbers, apply: (value: number) => number): Numbers {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = apply(values[i]);
  return { values: result, missing };
}

/** Rows missing in either of two columns. */
export function union(
  a: Uint8Array | undefined,
  b: Uint8Array | undefined,
): Uint8Array | undefined {
  if (!a || !b) return a ?? b;
  const both = new Uint8Array(a.length);
  for (let i = 0; i < a.length; i++) both[i] = a[i] | b[i];
  return both;
}
