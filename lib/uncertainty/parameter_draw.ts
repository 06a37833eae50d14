import type { InputDistribution } from "@ree/data";
import type { ElasticityRow } from "@ree/equilibrium";
import { normalProbability, normalQuantile, randomStream } from "@ree/numeric";
import { judgedQuantile } from "./judged_quantile.ts";
import { seedOf } from "./seed_of.ts";

/** Sector of a row that stands for all elements, see `data/judged/elasticities.csv`. */
const ELEMENTS = "elements";

/**
 * Uniform numbers that a draw of one parameter takes: one for a single row; else one for what all rows share, one for the row of the
 * elements where there is one, and a seed for the rest.
 */
export function parameterColumns(rows: readonly ElasticityRow[]): number {
  if (rows.length <= 1) return rows.length;
  return rows.some(({ sector }) => sector === ELEMENTS) ? 3 : 2;
}

/**
 * One draw of all rows of a parameter from their judged distribution. Normal scores of the rows have correlation `common`; the
 * quantile of each row's own range follows from its score.
 *
 * @param uniforms as many as {@linkcode parameterColumns} says, strictly between 0 and 1
 * @returns the value of each row
 */
export function parameterDraw(
  rows: readonly ElasticityRow[],
  { shape, common }: Pick<InputDistribution, "shape" | "common">,
  uniforms: ArrayLike<number>,
): number[] {
  const expected = parameterColumns(rows);
  if (uniforms.length !== expected) {
    throw new RangeError(`parameterDraw: ${uniforms.length} numbers, expected ${expected}`);
  }
  if (rows.length === 0) return [];
  if (rows.length === 1) return [judgedQuantile(rows[0], shape, uniforms[0])];
  const shared = Math.sqrt(common) * normalQuantile(uniforms[0]);
  const random = randomStream(seedOf(uniforms[expected - 1]));
  return rows.map((row) => {
    const own = row.sector === ELEMENTS ? normalQuantile(uniforms[1]) : random.normal();
    return judgedQuantile(row, shape, normalProbability(shared + Math.sqrt(1 - common) * own));
  });
}
