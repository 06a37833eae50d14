/** A reproducible stream of random numbers: the same seed gives the same stream everywhere. */
export interface RandomStream {
  /** Uniform on [0, 1) with 53 random bits. */
  uniform(): number;
  /** Standard normal (polar method). */
  normal(): number;
  /** Integer uniform on 0 .. below − 1. */
  integer(below: number): number;
}

/**
 * xoshiro128** seeded through splitmix32; period 2¹²⁸ − 1.
 *
 * Source: Blackman and Vigna (2021), ACM Transactions on Mathematical Software 47(4); normals by
 * Marsaglia and Bray (1964), SIAM Review 6(3).
 *
 * @param seed any integer
 * @throws when the seed is not an integer
 */
export function randomStream(seed: number): RandomStream {
  if (!Number.isInteger(seed)) throw new RangeError(`randomStream: seed ${seed} is not an integer`);
  const next = splitmix(seed);
  let [a, b, c, d] = [next(), next(), next(), next()];
  let spare = NaN;
  const bits = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  };
  const uniform = () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  return {
    uniform,
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = NaN;
        return value;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s === 0 || s >= 1) continue;
        const factor = Math.sqrt(-2 * Math.log(s) / s);
        spare = v * factor;
        return u * factor;
      }
    },
    integer: (below) => Math.floor(uniform() * below),
  };
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

function splitmix(seed: number): () => number {
  // Seeds beyond 32 bits keep their high part too.
  let state = (seed | 0) ^ Math.floor(seed / 4294967296);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
}
