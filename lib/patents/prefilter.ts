import { RARE_EARTHS } from "@ree/data";
import { byteAutomaton, type BytePattern, wordPattern } from "./byte_automaton.ts";
import { type FormulaMention, formulaMention } from "./formula_mention.ts";
import { RARE_EARTH_WORDS } from "./rare_earth_words.ts";

/** A place where a text speaks of rare earths. */
export interface RareEarthMention {
  /** Offset in the text, UTF-16 units as in JavaScript strings. */
  readonly start: number;
  /** What was found; a formula without subscript marks. */
  readonly term: string;
  /** Elements named; empty when the text speaks of rare earths as a group. */
  readonly elements: readonly string[];
}

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** What may follow a symbol that is more than a word: an amount, another element, a charge, a dopant, a list. */
const AFTER_SYMBOL = [...new TextEncoder().encode(`0123456789${UPPER}-:^(+,/;<{_.&) `), 0xc2, 0xe2];
const SYMBOLS = RARE_EARTHS.filter((symbol) => symbol !== "Y");

const PATTERNS: readonly BytePattern[] = [
  ...RARE_EARTH_WORDS.map(({ word }) => wordPattern(word, true)),
  wordPattern("rare", true),
  ...SYMBOLS.map((symbol) => [...wordPattern(symbol, false), AFTER_SYMBOL]),
  // A bare Y is an axis: it counts only before what a compound may go on with.
  [...wordPattern("Y", false), [...new TextEncoder().encode("0123456789ABFVLPC(.<-"), 0xe2]],
];
const RARE = RARE_EARTH_WORDS.length;
const AUTOMATON = byteAutomaton(PATTERNS);

const BEFORE = 40;
const AFTER = 120;
const decoder = new TextDecoder();

/**
 * The first place from `from` at which bytes of UTF-8 text speak of rare earths, as the offset just after what gave it
 * away, or −1. Reads every byte once; only the few places with a telling word or symbol are looked at closely.
 */
export function findRareEarth(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let found = -1;
  scan(bytes, from, to, from, (_start, end) => {
    found = end;
    return true;
  });
  return found;
}

/** Whether a text speaks of rare earths at all. */
export function mentionsRareEarth(text: string): boolean {
  return findRareEarth(new TextEncoder().encode(text)) >= 0;
}

/** Every place where a text speaks of rare earths, in order. */
export function rareEarthMentions(text: string): readonly RareEarthMention[] {
  const bytes = new TextEncoder().encode(text);
  const mentions: RareEarthMention[] = [];
  let covered = -1;
  scan(bytes, 0, bytes.length, 0, (start, _end, term, elements) => {
    if (start < covered) return false;
    mentions.push({ start: decoder.decode(bytes.subarray(0, start)).length, term, elements });
    covered = start + new TextEncoder().encode(term).length;
    return false;
  });
  return mentions;
}

/** Elements that a text names, by atomic number. */
export function elementsMentioned(text: string): readonly string[] {
  const named = new Set(rareEarthMentions(text).flatMap(({ elements }) => elements));
  return RARE_EARTHS.filter((symbol) => named.has(symbol));
}

/**
 * Runs the automaton over bytes[from, to) and calls `visit` for every mention until it returns true. Context is taken
 * from no further back than `floor` and no further on than `to`.
 */
export function scan(
  bytes: Uint8Array,
  from: number,
  to: number,
  floor: number,
  visit: (start: number, end: number, term: string, elements: readonly string[]) => boolean,
): void {
  const { classOf, next, firstEnd, ending } = AUTOMATON;
  let state = 0;
  for (let i = from; i < to; i++) {
    state = next[state + classOf[bytes[i]]];
    if (state < firstEnd) continue;
    for (const pattern of ending(state)) {
      const start = i + 1 - PATTERNS[pattern].length;
      const mention = verify(bytes, pattern, start, i + 1, floor, to);
      if (
        mention !== null &&
        visit(start - (mention.lead ?? 0), i + 1, mention.term, mention.elements)
      ) return;
    }
  }
}

function verify(
  bytes: Uint8Array,
  pattern: number,
  start: number,
  end: number,
  floor: number,
  limit: number,
): Omit<FormulaMention, "lead"> & { readonly lead?: number } | null {
  const gluedBefore = start > floor && isLetter(bytes[start - 1]);
  if (pattern < RARE) {
    const { elements, open } = RARE_EARTH_WORDS[pattern];
    // "8YSZ": a digit before is no letter.
    if (gluedBefore || (!open && end < limit && isLetter(bytes[end]))) return null;
    return { term: decoder.decode(bytes.subarray(start, end)), elements };
  }
  if (pattern > RARE && !worthReading(pattern, bytes[end - 1], bytes[end])) return null;
  const text = decoder.decode(bytes.subarray(start, Math.min(limit, start + AFTER)));
  if (pattern === RARE) {
    if (gluedBefore) return null;
    const term = /^rare(?:[\s\u00a0‐‑‒–-]|<[^>]*>)*earths?(?![a-z])/i.exec(text)?.[0];
    return term === undefined ? null : { term, elements: [] };
  }
  const before = decoder.decode(bytes.subarray(Math.max(floor, start - BEFORE), start));
  return formulaMention(text, before);
}

/** Most capitalised words that end like a symbol ("La", "Er", "Y-axis") are told by the two bytes that follow. */
function worthReading(pattern: number, first: number, second: number): boolean {
  if (first === SPACE) return AFTER_SPACE.has(second);
  if (first === STOP) return second === SMALL_S;
  if (pattern < PATTERNS.length - 1) return true;
  if (first === HYPHEN) return AFTER_Y_HYPHEN.has(second);
  return !(first >= 48 && first <= 57) || AFTER_Y_DIGIT.has(second);
}

const byteSet = (text: string): ReadonlySet<number> => new Set(new TextEncoder().encode(text));
const [SPACE, STOP, HYPHEN, SMALL_S] = new TextEncoder().encode(" .-s");
/** "Er doped", "Nd and Pr", "Dy or Tb", "Ce (IV)", "Nd : YAG", "Er 3+". */
const AFTER_SPACE = byteSet("dcao&^(/:;234");
/** Y-Ba-Cu-O, Y-TZP, Y-doped, Y-stabilised, Y-co-doped. */
const AFTER_Y_HYPHEN = byteSet("BTPdsc");
/** Y2O3, Y3Al5O12, Y123, Y3+, Y1-x, Y0.5. */
const AFTER_Y_DIGIT = byteSet("ABCFOPSVM2(-+.<");

function isLetter(byte: number): boolean {
  const folded = byte | 32;
  return folded >= 97 && folded <= 122 && byte < 128;
}
