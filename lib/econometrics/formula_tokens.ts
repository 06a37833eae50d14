/** A piece of a formula and where it starts (0-based position in the text). */
export interface Token {
  readonly kind: "name" | "number" | "text" | "symbol" | "end";
  /** The name without back-ticks, the text without quotes, or the symbol. */
  readonly value: string;
  readonly at: number;
}

/** A formula that cannot be read: says where, what came and what was expected. */
export function formulaError(formula: string, at: number, message: string): SyntaxError {
  return new SyntaxError(
    `formula: ${message} at position ${at + 1}\n  ${formula}\n  ${" ".repeat(at)}^`,
  );
}

const PATTERNS: readonly [Token["kind"], RegExp][] = [
  ["number", /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/],
  ["name", /^[\p{L}._][\p{L}\p{N}._]*/u],
  ["name", /^`[^`]+`/],
  ["text", /^"[^"]*"|^'[^']*'/],
  ["symbol", /^[~+\-*\/:^|()\[\],=]/],
];

/**
 * Splits a formula into names, numbers, quoted texts and symbols.
 *
 * @throws SyntaxError with the position of a character that belongs to none of them
 */
export function formulaTokens(formula: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < formula.length) {
    const rest = formula.slice(at);
    const blank = /^\s+/.exec(rest);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const token = readToken(rest, at);
    if (!token) {
      throw formulaError(formula, at, `expected a name, number or operator, got "${rest[0]}"`);
    }
    tokens.push(token.token);
    at += token.length;
  }
  tokens.push({ kind: "end", value: "end of formula", at: formula.length });
  return tokens;
}

function readToken(rest: string, at: number): { token: Token; length: number } | undefined {
  for (const [kind, pattern] of PATTERNS) {
    const match = pattern.exec(rest);
    if (!match) continue;
    const quoted = kind === "text" || match[0].startsWith("`");
    const value = quoted ? match[0].slice(1, -1) : match[0];
    return { token: { kind, value, at }, length: match[0].length };
  }
  return undefined;
}
