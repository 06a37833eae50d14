/** A set of ids, held as 53-bit hashes: 16 bytes each, so that ten million fit in 270 MB. */
export interface IdSet {
  /** Adds the id that stands in bytes[start, end). */
  add(bytes: Uint8Array, start: number, end: number): void;
  /** Whether the id is in the set; wrongly true for one id in 10⁹ when the set holds a million. */
  has(bytes: Uint8Array, start: number, end: number): boolean;
  readonly size: () => number;
}

/** An empty set of ids. */
export function idSet(): IdSet {
  // 0 marks a free place.
  let table = new Float64Array(1 << 12);
  let size = 0;
  const place = (hash: number): number => {
    const mask = table.length - 1;
    let i = hash % 4294967291 & mask;
    while (table[i] !== 0 && table[i] !== hash) i = (i + 1) & mask;
    return i;
  };
  const put = (hash: number) => {
    const i = place(hash);
    if (table[i] !== 0) return;
    table[i] = hash;
    size++;
  };
  return {
    add(bytes, start, end) {
      put(hashBytes(bytes, start, end));
      if (2 * size <= table.length) return;
      const old = table;
      table = new Float64Array(2 * old.length);
      size = 0;
      for (const hash of old) if (hash !== 0) put(hash);
    },
    has: (bytes, start, end) => table[place(hashBytes(bytes, start, end))] !== 0,
    size: () => size,
  };
}

/** Two FNV-1a hashes with different offsets, joined to 53 bits; never 0. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let a = 0x811c9dc5;
  let b = 0x01000193 ^ (end - start);
  for (let i = start; i < end; i++) {
    a = Math.imul(a ^ bytes[i], 0x01000193);
    b = Math.imul(b ^ bytes[i], 0x85ebca6b);
    b ^= b >>> 13;
  }
  return (a >>> 0) * 2097152 + (b >>> 11) + 1;
}
