import { type DataTable, type Numbers } from "./data_table.ts";
import { evaluate, type Surroundings, union } from "./evaluate.ts";
import { type Argument, type Expression, expressionText } from "./expression.ts";
import { formulaError } from "./formula_tokens.ts";
import { groupColumn, type Groups } from "./groups.ts";

/** A variable of the design with its printed name. */
export interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** What an `i()` term expanded to: the event study and the table read it. */
export interface FactorTerm {
  /** Column whose values have a coefficient each. */
  readonly variable: string;
  /** Printed name of what it is interacted with, if anything. */
  readonly interaction: string | undefined;
  /** Values with a coefficient, in order. */
  readonly levels: readonly (number | string | boolean)[];
  /** Values left out. */
  readonly references: readonly (number | string | boolean)[];
  /** Coefficient names, one per level. */
  readonly names: readonly string[];
}

/** Columns of an expanded term and the rows where one of its cells is missing. */
export interface ExpandedTerm {
  readonly columns: readonly NamedColumn[];
  readonly missing: Uint8Array | undefined;
  readonly factor: FactorTerm | undefined;
}

type Call = Extract<Expression, { kind: "call" }>;

/**
 * Expands `i(factor, x, ref = , keep = )` into one column per kept value, named as fixest prints
 * them: `factor::value` or `factor::value:x`.
 *
 * `i(factor)` without an interaction and without `ref` leaves the first value out when
 * `dropFirst` (there is an intercept or an effect it would be collinear with).
 *
 * @throws when a reference is no value of the factor (lists the values)
 */
export function factorTerm(term: Call, on: Surroundings, dropFirst: boolean): ExpandedTerm {
  const plain = term.args.filter(({ label }) => label === undefined);
  const labelled = new Map(term.args.filter(({ label }) => label).map((a) => [a.label!, a.value]));
  for (const label of labelled.keys()) {
    if (!["ref", "ref2", "keep", "var", "factor_var", "f"].includes(label)) {
      throw formulaError(on.formula, term.at, `i() takes ref, ref2, keep and var, got "${label}"`);
    }
  }
  const variable = labelled.get("factor_var") ?? labelled.get("f") ?? plain.shift()?.value;
  if (!variable || variable.kind !== "name") {
    throw formulaError(on.formula, term.at, "i() needs a column name as its first argument");
  }
  const groups = groupAt(variable, on);
  const takesVariable = !labelled.has("var") && plain.length > 0;
  const isReference = takesVariable && !labelled.has("ref") && plain.length === 1 &&
    isLiteral(plain[0]);
  const interacted = labelled.get("var") ??
    (takesVariable && !isReference ? plain.shift()?.value : undefined);
  const ref = labelled.get("ref") ?? plain.shift()?.value;
  const explicit = ref ? literals(ref, on) : [];
  checkLevels(term, on, groups, explicit);
  const keep = labelled.get("keep");
  const kept = keep ? new Set(literals(keep, on).map(String)) : undefined;
  const references = new Set(explicit.map(String));
  if (!ref && !interacted && !kept && dropFirst && groups.count > 0) {
    references.add(String(groups.level(0)));
  }
  const chosen = Array.from({ length: groups.count }, (_, k) => k).filter((k) => {
    const level = String(groups.level(k));
    return !references.has(level) && (!kept || kept.has(level));
  });
  const second = interacted ? secondFactor(interacted, on) : undefined;
  if (second) {
    const ref2 = labelled.get("ref2");
    return crossed(groups, chosen, references, second, ref2 ? literals(ref2, on) : []);
  }
  const slope = interacted ? evaluate(interacted, on) : undefined;
  const suffix = interacted ? `:${expressionText(interacted)}` : "";
  const columns = dummies(groups, chosen, slope, suffix);
  return {
    columns,
    missing: union(missingCodes(groups), slope?.missing),
    factor: {
      variable: groups.name,
      interaction: interacted ? expressionText(interacted) : undefined,
      levels: chosen.map((k) => groups.level(k)),
      references: levelsIn(groups, references),
      names: columns.map(({ name }) => name),
    },
  };
}

function dummies(
  groups: Groups,
  chosen: readonly number[],
  slope: Numbers | undefined,
  suffix: string,
): NamedColumn[] {
  const position = new Int32Array(groups.count).fill(-1);
  chosen.forEach((code, at) => position[code] = at);
  const columns = chosen.map((code) => ({
    name: `${groups.name}::${groups.level(code)}${suffix}`,
    values: new Float64Array(groups.codes.length),
  }));
  for (let i = 0; i < groups.codes.length; i++) {
    const at = groups.codes[i] < 0 ? -1 : position[groups.codes[i]];
    if (at >= 0) columns[at].values[i] = slope ? slope.values[i] : 1;
  }
  return columns;
}

function crossed(
  first: Groups,
  chosen: readonly number[],
  references: ReadonlySet<string>,
  second: Groups,
  leftOut: readonly (number | string)[],
): ExpandedTerm {
  const out = new Set(leftOut.map(String));
  const columns: NamedColumn[] = [];
  for (const a of chosen) {
    for (let b = 0; b < second.count; b++) {
      if (out.has(String(second.level(b)))) continue;
      const values = new Float64Array(first.codes.length);
      for (let i = 0; i < values.length; i++) {
        if (first.codes[i] === a && second.codes[i] === b) values[i] = 1;
      }
      const name = `${first.name}::${first.level(a)}:${second.name}::${second.level(b)}`;
      columns.push({ name, values });
    }
  }
  return {
    columns,
    missing: union(missingCodes(first), missingCodes(second)),
    factor: {
      variable: first.name,
      interaction: second.name,
      levels: chosen.map((k) => first.level(k)),
      references: levelsIn(first, references),
      names: columns.map(({ name }) => name),
    },
  };
}

/** `i.g`, or a column of text, interacts by its values. */
function secondFactor(expression: Expression, on: Surroundings): Groups | undefined {
  if (expression.kind !== "name") return undefined;
  const { names } = on.table;
  if (expression.name.startsWith("i.") && !names.includes(expression.name)) {
    return groupAt({ ...expression, name: expression.name.slice(2) }, on);
  }
  return names.includes(expression.name) && isText(on.table, expression.name)
    ? groupColumn(on.table, expression.name)
    : undefined;
}

function isText(table: DataTable, name: string): boolean {
  const column = table.column(name);
  if (ArrayBuffer.isView(column)) return false;
  return typeof column.find((cell) => cell !== null && cell !== undefined) === "string";
}

function groupAt(name: Extract<Expression, { kind: "name" }>, on: Surroundings): Groups {
  if (!on.table.names.includes(name.name)) evaluate(name, on); // throws, naming the position
  return groupColumn(on.table, name.name);
}

function missingCodes(groups: Groups): Uint8Array | undefined {
  let missing: Uint8Array | undefined;
  for (let i = 0; i < groups.codes.length; i++) {
    if (groups.codes[i] >= 0) continue;
    missing ??= new Uint8Array(groups.codes.length);
    missing[i] = 1;
  }
  return missing;
}

function levelsIn(groups: Groups, wanted: ReadonlySet<string>) {
  return Array.from({ length: groups.count }, (_, k) => groups.level(k))
    .filter((level) => wanted.has(String(level)));
}

function isLiteral({ value }: Argument): boolean {
  return value.kind === "number" || value.kind === "text" ||
    (value.kind === "call" && value.name === "c");
}

function literals(expression: Expression, on: Surroundings): (number | string)[] {
  if (expression.kind === "number" || expression.kind === "text") return [expression.value];
  if (expression.kind === "call" && expression.name === "c") {
    return expression.args.flatMap(({ value }) => literals(value, on));
  }
  if (expression.kind === "name") {
    if (["TRUE", "FALSE", "true", "false"].includes(expression.name)) {
      return [expression.name.toLowerCase()];
    }
    return [expression.name];
  }
  if (expression.kind === "binary" && expression.operator === ":") {
    const { left, right } = expression;
    if (left.kind === "number" && right.kind === "number") {
      const length = Math.max(0, right.value - left.value + 1);
      return Array.from({ length }, (_, k) => left.value + k);
    }
  }
  throw formulaError(
    on.formula,
    expression.at,
    `expected a value or c(value, value), got ${expressionText(expression)}`,
  );
}

function checkLevels(
  term: Call,
  on: Surroundings,
  groups: Groups,
  wanted: readonly (number | string)[],
) {
  const levels = Array.from({ length: Math.min(groups.count, 1000) }, (_, k) => groups.level(k));
  const known = new Set(levels.map(String));
  for (const value of wanted) {
    if (known.has(String(value))) continue;
    throw formulaError(
      on.formula,
      term.at,
      `reference ${value} is no value of "${groups.name}"; there is: ${
        levels.slice(0, 20).join(", ")
      }${levels.length > 20 ? ", …" : ""}`,
    );
  }
}
