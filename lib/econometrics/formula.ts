import { type Expression, expressionText, parseExpression } from "./expression.ts";
import { formulaError } from "./formula_tokens.ts";

/** One entry of the fixed-effects part: `fe1`, `fe1^fe2`, `fe1[x]` or `fe1[[x]]`. */
export interface EffectTerm {
  /** Columns whose combinations are the groups. */
  readonly factors: readonly Expression[];
  /** Variables whose slope differs by group. */
  readonly slopes: readonly Expression[];
  /** False for `fe[[x]]`, which has slopes but no level. */
  readonly level: boolean;
  /** As printed: `fe1^fe2`. */
  readonly name: string;
  readonly at: number;
}

/** A formula `y ~ regressors | effects | endogenous ~ instruments`, taken apart. */
export interface Formula {
  readonly text: string;
  readonly response: Expression;
  /** Terms of the linear part, in order, `*` expanded. */
  readonly regressors: readonly Expression[];
  /** False after `-1` or `0 +`; an intercept is also absorbed by any effect. */
  readonly intercept: boolean;
  readonly effects: readonly EffectTerm[];
  readonly endogenous: readonly Expression[];
  readonly instruments: readonly Expression[];
}

/**
 * Reads a formula in fixest's language.
 *
 * `y ~ x1 + x2 | fe1 + fe2^fe3 + fe1[slope] | endo1 + endo2 ~ inst1 + inst2`. The effects part may
 * be left out when there are instruments. Terms: names (back-ticks for odd ones), `x1:x2`, `x1*x2`,
 * `log(x)`, `I(x^2)`, `i(factor, x, ref = 5)`, `l(x, 1)`, `f(x, 1)`, `d(x)`.
 *
 * @throws SyntaxError naming the position and what was expected
 * @example
 * ```ts
 * parseFormula("y ~ i(year, treated, ref = 2009) | country^sector + year").effects.length; // 2
 * ```
 */
export function parseFormula(text: string): Formula {
  const whole = parseExpression(text);
  const { response, parts, instrumental } = splitParts(text, whole);
  if (parts.length > 2) {
    throw formulaError(
      text,
      parts[2].at,
      "expected at most y ~ x | effects | endogenous ~ instruments, got one part more",
    );
  }
  const linear = linearTerms(text, parts[0]);
  const effects = parts[1] ? effectTerms(text, parts[1]) : [];
  const endogenous = instrumental ? linearTerms(text, instrumental.left).terms : [];
  const instruments = instrumental ? linearTerms(text, instrumental.right).terms : [];
  if (instrumental && instruments.length < endogenous.length) {
    throw formulaError(
      text,
      instrumental.at,
      `${endogenous.length} endogenous variables need at least as many instruments, ` +
        `got ${instruments.length}`,
    );
  }
  return {
    text,
    response,
    regressors: linear.terms,
    intercept: linear.intercept,
    effects,
    endogenous,
    instruments,
  };
}

type Binary = Extract<Expression, { kind: "binary" }>;

function splitParts(text: string, whole: Expression) {
  const tildes: Binary[] = [];
  // "~" binds loosest and to the left: (y ~ a | b | c) ~ d.
  let node = whole;
  while (node.kind === "binary" && node.operator === "~") {
    tildes.unshift(node);
    node = node.left;
  }
  if (tildes.length === 0) {
    throw formulaError(text, text.length, 'expected "~" between the outcome and the regressors');
  }
  if (tildes.length > 2) {
    throw formulaError(text, tildes[2].at, 'expected no third "~"');
  }
  const first = tildes[0];
  if (first.left.kind === "binary" && first.left.operator === "|") {
    throw formulaError(text, first.left.at, 'expected one outcome before "~", got "|"');
  }
  const parts = splitAt("|", first.right);
  if (tildes.length === 1) return { response: first.left, parts, instrumental: undefined };
  const left = parts.pop();
  if (parts.length === 0 || !left) {
    throw formulaError(text, tildes[1].at, 'expected "|" before the endogenous variables');
  }
  if (splitAt("|", tildes[1].right).length > 1) {
    throw formulaError(text, tildes[1].right.at, "expected the instruments to be the last part");
  }
  return {
    response: first.left,
    parts,
    instrumental: { left, right: tildes[1].right, at: tildes[1].at },
  };
}

function splitAt(operator: string, expression: Expression): Expression[] {
  if (expression.kind === "binary" && expression.operator === operator) {
    return [...splitAt(operator, expression.left), ...splitAt(operator, expression.right)];
  }
  return [expression];
}

function linearTerms(text: string, expression: Expression) {
  const terms = new Map<string, Expression>();
  let intercept = true;
  const add = (term: Expression, sign: 1 | -1) => {
    if (term.kind === "binary" && (term.operator === "+" || term.operator === "-")) {
      add(term.left, sign);
      add(term.right, term.operator === "+" ? sign : (-sign as 1 | -1));
      return;
    }
    if (term.kind === "negative") return add(term.operand, -sign as 1 | -1);
    if (term.kind === "number") {
      const value = sign * term.value;
      if (![1, 0, -1].includes(value)) {
        throw formulaError(text, term.at, `expected 1, 0 or -1 as a number, got ${term.value}`);
      }
      intercept = value === 1;
      return;
    }
    if (term.kind === "binary" && term.operator === "*") {
      add(term.left, sign);
      add(term.right, sign);
      return add({ ...term, operator: ":" }, sign);
    }
    checkTerm(text, term);
    if (sign < 0) terms.delete(expressionText(term));
    else terms.set(expressionText(term), term);
  };
  add(expression, 1);
  return { terms: [...terms.values()], intercept };
}

function checkTerm(text: string, term: Expression) {
  if (term.kind === "name" || term.kind === "call") return;
  if (term.kind === "binary" && term.operator === ":") {
    checkTerm(text, term.left);
    checkTerm(text, term.right);
    return;
  }
  if (term.kind === "binary") {
    throw formulaError(
      text,
      term.at,
      `expected a term, got the operator "${term.operator}" (wrap arithmetic in I(...))`,
    );
  }
  throw formulaError(text, term.at, `expected a term, got ${expressionText(term)}`);
}

function effectTerms(text: string, expression: Expression): EffectTerm[] {
  return splitAt("+", expression).flatMap((term) => {
    // `| 0` and `| 1` mean no effects, so that formulas can be built by program.
    if (term.kind === "number" && (term.value === 0 || term.value === 1)) return [];
    const indexed = term.kind === "index";
    // fe1^fe2[x] parses as fe1^(fe2[x]); the slope belongs to the combination.
    const { base, slopes, double } = indexed
      ? { base: term.base, slopes: term.items, double: term.double }
      : liftSlopes(term);
    const factors = splitAt("^", base);
    for (const factor of factors) {
      if (factor.kind !== "name") {
        throw formulaError(
          text,
          factor.at,
          `expected a column name as a fixed effect, got ${expressionText(factor)}`,
        );
      }
    }
    const name = factors.map(expressionText).join("^");
    return [{ factors, slopes, level: !double, name, at: term.at }];
  });
}

function liftSlopes(term: Expression) {
  if (term.kind === "binary" && term.operator === "^" && term.right.kind === "index") {
    const { base, items, double } = term.right;
    return { base: { ...term, right: base }, slopes: items, double };
  }
  return { base: term, slopes: [], double: false };
}
