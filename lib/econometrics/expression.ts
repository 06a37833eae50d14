import { formulaError, formulaTokens, type Token } from "./formula_tokens.ts";

/** A parsed expression; `at` is its 0-based position in the formula. */
export type Expression =
  | { readonly kind: "name"; readonly name: string; readonly at: number }
  | { readonly kind: "number"; readonly value: number; readonly at: number }
  | { readonly kind: "text"; readonly value: string; readonly at: number }
  | {
    readonly kind: "call";
    readonly name: string;
    readonly args: readonly Argument[];
    readonly at: number;
  }
  | {
    readonly kind: "index";
    readonly base: Expression;
    readonly items: readonly Expression[];
    /** `fe[[x]]`: slopes without the effects themselves. */
    readonly double: boolean;
    readonly at: number;
  }
  | {
    readonly kind: "binary";
    readonly operator: string;
    readonly left: Expression;
    readonly right: Expression;
    readonly at: number;
  }
  | { readonly kind: "negative"; readonly operand: Expression; readonly at: number };

/** An argument of a call, with its label if it has one (`ref = 5`). */
export interface Argument {
  readonly label?: string;
  readonly value: Expression;
}

/** Binding strength as in R: `:` binds tighter than `*`, `^` tightest; `|` and `~` loosest. */
const STRENGTH: Readonly<Record<string, number>> = {
  "~": 1,
  "|": 2,
  "+": 3,
  "-": 3,
  "*": 4,
  "/": 4,
  ":": 5,
  "^": 7,
};
const UNARY_STRENGTH = 6;

/**
 * Parses a whole formula text as one expression.
 *
 * @throws SyntaxError naming the position and what was expected
 */
export function parseExpression(formula: string): Expression {
  const tokens = formulaTokens(formula);
  let next = 0;
  const peek = (): Token => tokens[next];
  const fail = (expected: string): never => {
    const token = peek();
    const got = token.kind === "end" ? token.value : `"${token.value}"`;
    throw formulaError(formula, token.at, `expected ${expected}, got ${got}`);
  };
  const isSymbol = (value: string) => peek().kind === "symbol" && peek().value === value;
  const take = (value: string, expected: string) => {
    if (!isSymbol(value)) fail(expected);
    next++;
  };

  function binary(least: number): Expression {
    let left = unary();
    for (;;) {
      const token = peek();
      const strength = token.kind === "symbol" ? STRENGTH[token.value] : undefined;
      if (strength === undefined || strength < least) return left;
      next++;
      const right = binary(token.value === "^" ? strength : strength + 1);
      left = { kind: "binary", operator: token.value, left, right, at: token.at };
    }
  }

  function unary(): Expression {
    const at = peek().at;
    if (isSymbol("+")) {
      next++;
      return unary();
    }
    if (!isSymbol("-")) return postfix();
    next++;
    const operand = binary(UNARY_STRENGTH);
    if (operand.kind === "number") return { kind: "number", value: -operand.value, at };
    return { kind: "negative", operand, at };
  }

  function postfix(): Expression {
    let value = primary();
    while (isSymbol("[")) {
      const at = peek().at;
      next++;
      const double = isSymbol("[");
      if (double) next++;
      const items = list(() => binary(3), "]");
      take("]", 'a closing "]"');
      if (double) take("]", 'a second closing "]"');
      value = { kind: "index", base: value, items, double, at };
    }
    return value;
  }

  function primary(): Expression {
    const token = peek();
    if (token.kind === "number") {
      next++;
      return { kind: "number", value: Number(token.value), at: token.at };
    }
    if (token.kind === "text") {
      next++;
      return { kind: "text", value: token.value, at: token.at };
    }
    if (isSymbol("(")) {
      next++;
      const inner = binary(3);
      take(")", 'a closing ")"');
      return inner;
    }
    if (token.kind !== "name") return fail("a variable");
    next++;
    if (!isSymbol("(")) return { kind: "name", name: token.value, at: token.at };
    next++;
    const args = isSymbol(")") ? [] : list(argument, ")");
    take(")", 'a closing ")"');
    return { kind: "call", name: token.value, args, at: token.at };
  }

  function argument(): Argument {
    const label = peek();
    const equals = tokens[next + 1];
    if (label.kind === "name" && equals.kind === "symbol" && equals.value === "=") {
      next += 2;
      return { label: label.value, value: binary(3) };
    }
    return { value: binary(3) };
  }

  function list<T>(item: () => T, close: string): T[] {
    const items = [item()];
    while (isSymbol(",")) {
      next++;
      items.push(item());
    }
    if (!isSymbol(close)) fail(`"," or "${close}"`);
    return items;
  }

  const whole = binary(1);
  if (peek().kind !== "end") fail("an operator or the end of the formula");
  return whole;
}

/** The expression as fixest prints it in coefficient names: no blanks in calls but after commas. */
export function expressionText(expression: Expression): string {
  switch (expression.kind) {
    case "name":
      return expression.name;
    case "number":
      return String(expression.value);
    case "text":
      return `"${expression.value}"`;
    case "negative":
      return `-${expressionText(expression.operand)}`;
    case "call":
      return `${expression.name}(${expression.args.map(argumentText).join(", ")})`;
    case "index":
      return `${expressionText(expression.base)}[${expression.items.map(expressionText)}]`;
    case "binary": {
      const { operator, left, right } = expression;
      const tight = operator === ":" || operator === "^";
      const glue = tight ? operator : ` ${operator} `;
      return `${operandText(left, operator)}${glue}${operandText(right, operator)}`;
    }
  }
}

function operandText(operand: Expression, outer: string): string {
  const text = expressionText(operand);
  const loose = operand.kind === "binary" && STRENGTH[operand.operator] < STRENGTH[outer];
  return loose ? `(${text})` : text;
}

function argumentText({ label, value }: Argument): string {
  return label === undefined ? expressionText(value) : `${label} = ${expressionText(value)}`;
}
