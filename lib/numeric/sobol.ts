import { randomStream } from "./random_stream.ts";
import table from "./sobol_directions.json" with { type: "json" };

/** Most dimensions a Sobol sequence here can have. */
export const SOBOL_DIMENSIONS = table.dimensions.length;

/** Points after which a sequence of 32 bits repeats. */
const PERIOD = 2 ** 32;
const BITS = 32;

/** A low-discrepancy sequence whose points are reached in any order. */
export interface Sobol {
  readonly dimensions: number;
  /** Coordinates of point `index` (from 0), each inside (0, 1). */
  point(index: number): Float64Array;
}

/**
 * The Sobol sequence in base 2 with the direction numbers of Joe and Kuo, in Gray code order, shifted
 * digitally by random bits of the seed (a shift by exclusive or keeps every net property).
 *
 * Seed 0 means no shift: the textbook sequence, which begins at the corner of zeros; coordinates are
 * then those of the textbook. With another seed, half a unit of the last bit is added so that no
 * coordinate is 0.
 *
 * Source: Joe and Kuo (2008), SIAM Journal on Scientific Computing 30(5); Matoušek (1998), Journal of
 * Complexity 14(4), for the shift.
 *
 * @param dimensions 1 to 256
 * @param seed any integer
 * @throws RangeError naming what came
 * @example
 * ```ts
 * sobolSequence(2).point(1); // [0.5, 0.5]
 * ```
 */
export function sobolSequence(dimensions: number, seed = 0): Sobol {
  if (!(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= SOBOL_DIMENSIONS)) {
    throw new RangeError(
      `a Sobol sequence of ${dimensions} dimensions; expected 1 to ${SOBOL_DIMENSIONS}`,
    );
  }
  const directions = Array.from({ length: dimensions }, (_, k) => directionNumbers(k));
  const stream = randomStream(seed);
  const shift = Uint32Array.from(
    { length: dimensions },
    () => seed === 0 ? 0 : stream.integer(PERIOD),
  );
  const offset = seed === 0 ? 0 : 0.5;
  return {
    dimensions,
    point(index) {
      if (!(Number.isInteger(index) && index >= 0 && index < PERIOD)) {
        throw new RangeError(`point ${index} of a Sobol sequence; expected 0 to ${PERIOD - 1}`);
      }
      const gray = (index ^ Math.floor(index / 2)) >>> 0;
      return Float64Array.from(directions, (numbers, k) => {
        let bits = shift[k];
        for (let b = 0; b < BITS; b++) {
          if ((gray >>> b) & 1) bits ^= numbers[b];
        }
        return ((bits >>> 0) + offset) / PERIOD;
      });
    },
  };
}

/** Direction numbers of one dimension, as fractions of 2³². */
function directionNumbers(dimension: number): Uint32Array {
  const [polynomial, initial] = table.dimensions[dimension] as [number, number[]];
  const numbers = new Uint32Array(BITS);
  if (dimension === 0) {
    for (let b = 0; b < BITS; b++) numbers[b] = (1 << (BITS - 1 - b)) >>> 0;
    return numbers;
  }
  const degree = initial.length;
  for (let b = 0; b < BITS; b++) {
    if (b < degree) {
      numbers[b] = (initial[b] << (BITS - 1 - b)) >>> 0;
      continue;
    }
    let value = numbers[b - degree] ^ (numbers[b - degree] >>> degree);
    for (let k = 1; k < degree; k++) {
      if ((polynomial >>> (degree - k)) & 1) value ^= numbers[b - k];
    }
    numbers[b] = value >>> 0;
  }
  return numbers;
}
