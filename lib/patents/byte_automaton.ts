/** A pattern over bytes: the bytes allowed at each position. */
export type BytePattern = readonly (readonly number[])[];

/** A finite automaton that finds the ends of patterns, reading every byte once. */
export interface ByteAutomaton {
  /** Class of each byte. */
  readonly classOf: Uint8Array;
  /** Next state by `state + class`; states are multiples of the number of classes. */
  readonly next: Int32Array;
  /** States from here on end a pattern. */
  readonly firstEnd: number;
  /** Patterns that end in the accepting state `state`. */
  readonly ending: (state: number) => readonly number[];
}

/**
 * Builds the automaton of a set of patterns (subset construction; it restarts at every byte, so that overlapping
 * patterns are all found).
 */
export function byteAutomaton(patterns: readonly BytePattern[]): ByteAutomaton {
  const { classOf, classes, byteOf } = byteClasses(patterns);
  const allowed = patterns.map((pattern) => pattern.map((bytes) => new Set(bytes)));
  // A state is the set of (pattern, bytes matched so far), as numbers pattern·64 + matched.
  const names = new Map<string, number>([["", 0]]);
  const states: (readonly number[])[] = [[]];
  const moves: number[][] = [];
  for (let s = 0; s < states.length; s++) {
    const row: number[] = [];
    for (let c = 0; c < classes; c++) {
      const reached: number[] = [];
      for (const item of [...states[s], ...allowed.map((_, p) => p * 64)]) {
        const [p, matched] = [item >> 6, item & 63];
        if (matched < allowed[p].length && allowed[p][matched].has(byteOf[c])) {
          reached.push(item + 1);
        }
      }
      reached.sort((a, b) => a - b);
      const name = reached.join();
      let target = names.get(name);
      if (target === undefined) {
        target = states.length;
        names.set(name, target);
        states.push(reached);
      }
      row.push(target);
    }
    moves.push(row);
  }
  const endsOf = states.map((items) =>
    items.filter((item) => (item & 63) === allowed[item >> 6].length).map((item) => item >> 6)
  );
  const order = states.map((_, s) => s).sort((a, b) =>
    Number(endsOf[a].length > 0) - Number(endsOf[b].length > 0) || a - b
  );
  const place = new Int32Array(states.length);
  order.forEach((s, i) => place[s] = i);
  const next = new Int32Array(states.length * classes);
  order.forEach((s, i) => {
    for (let c = 0; c < classes; c++) next[i * classes + c] = place[moves[s][c]] * classes;
  });
  const first = order.findIndex((s) => endsOf[s].length > 0);
  return {
    classOf,
    next,
    firstEnd: (first < 0 ? states.length : first) * classes,
    ending: (state) => endsOf[order[state / classes]],
  };
}

/** Bytes that no pattern tells apart are one class. */
function byteClasses(patterns: readonly BytePattern[]) {
  const sets = new Map<string, Set<number>>();
  for (const bytes of patterns.flat()) sets.set(bytes.join(), new Set(bytes));
  const signatures = new Map<string, number>();
  const classOf = new Uint8Array(256);
  const byteOf: number[] = [];
  for (let byte = 0; byte < 256; byte++) {
    let signature = "";
    for (const set of sets.values()) signature += set.has(byte) ? "1" : "0";
    let number = signatures.get(signature);
    if (number === undefined) {
      number = signatures.size;
      signatures.set(signature, number);
      byteOf.push(byte);
    }
    classOf[byte] = number;
  }
  return { classOf, classes: signatures.size, byteOf };
}

/** The pattern of a word: exact bytes, or either case of its letters. */
export function wordPattern(word: string, anyCase: boolean): BytePattern {
  return [...new TextEncoder().encode(word)].map((byte) => {
    const letter = (byte | 32) >= 97 && (byte | 32) <= 122 && byte < 128;
    return anyCase && letter ? [byte & ~32, byte | 32] : [byte];
  });
}
