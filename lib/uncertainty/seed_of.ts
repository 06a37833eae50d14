/** Seeds run from 1 to this. */
const LARGEST_SEED = 2 ** 32 - 1;

/**
 * A whole number from 1 to 2³² − 1 for a number of the unit interval: how a low-discrepancy point also fixes the random stream for the
 * many small inputs that have no coordinate of their own.
 */
export function seedOf(uniform: number): number {
  if (!(uniform > 0 && uniform < 1)) {
    throw new RangeError(`seedOf: ${uniform}, expected between 0 and 1`);
  }
  return 1 + Math.floor(uniform * LARGEST_SEED);
}
