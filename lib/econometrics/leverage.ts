import { cholesky, choleskyInverse } from "@ree/numeric";
import type { Effect } from "./effects.ts";
import { systemBuilder } from "./effects_system.ts";
import { denseSchur, schur } from "./schur.ts";

/** Largest number of effect coefficients (without the largest effect) a dense inverse is formed for. */
const LARGEST_REST = 2_000;

/**
 * Leverage of each row in the (weighted) regression on the effects alone, exact.
 *
 * h_i = w_i·d_i'(D'WD)⁻d_i with the largest effect eliminated in blocks, so that only a matrix of
 * the order of the remaining effects is inverted.
 *
 * @throws when the remaining effects have more than 2,000 coefficients
 */
export function effectLeverages(
  effects: readonly Effect[],
  rows: number,
  weights: Float64Array | undefined,
): Float64Array {
  const leverage = new Float64Array(rows);
  if (effects.length === 0) return leverage;
  const system = systemBuilder(effects, rows).build(weights);
  const { head, rest, restSize, headRest } = system;
  if (restSize > LARGEST_REST) {
    throw new RangeError(
      `HC2 and HC3 need exact leverages, which are formed for up to ${LARGEST_REST} effect ` +
        `coefficients besides the largest effect, got ${restSize}; use HC1 or clusters`,
    );
  }
  const eliminated = schur(system);
  const inverse = choleskyInverse(
    cholesky(denseSchur(eliminated), restSize, undefined, eliminated.restDiagonal),
  );
  // Per head group and head block: q = S⁻·v with v the cells the group meets, and v'q.
  const groups = head[0].size;
  const images = head.map(() => new Float64Array(groups * restSize));
  const squares = head.map(() => head.map(() => new Float64Array(groups)));
  head.forEach((block, c) => {
    for (const { row, column, rowStart, columnOf, value } of headRest) {
      if (row !== block) continue;
      for (let g = 0; g < groups; g++) {
        for (let k = rowStart[g]; k < rowStart[g + 1]; k++) {
          const from = (column.offset + columnOf[k]) * restSize;
          for (let j = 0; j < restSize; j++) {
            images[c][g * restSize + j] += value[k] * inverse[from + j];
          }
        }
      }
    }
  });
  head.forEach((block, c) => {
    for (const { row, column, rowStart, columnOf, value } of headRest) {
      if (row !== block) continue;
      for (let g = 0; g < groups; g++) {
        for (let k = rowStart[g]; k < rowStart[g + 1]; k++) {
          const at = g * restSize + column.offset + columnOf[k];
          head.forEach((_, d) => squares[c][d][g] += value[k] * images[d][at]);
        }
      }
    }
  });
  for (let i = 0; i < rows; i++) {
    let h = 0;
    const g = head[0].codes[i];
    const t = head.map(({ basis, inverse: inverted }) => (basis ? basis[i] : 1) * inverted[g]);
    head.forEach(({ basis }, c) => h += t[c] * (basis ? basis[i] : 1));
    const z = rest.map(({ basis, diagonal, codes }) =>
      diagonal[codes[i]] > 0 ? (basis ? basis[i] : 1) : 0
    );
    rest.forEach((a, p) => {
      const at = a.offset + a.codes[i];
      rest.forEach((b, q) => h += z[p] * z[q] * inverse[at * restSize + b.offset + b.codes[i]]);
      head.forEach((_, c) => h -= 2 * t[c] * z[p] * images[c][g * restSize + at]);
    });
    head.forEach((_, c) => head.forEach((_, d) => h += t[c] * t[d] * squares[c][d][g]));
    leverage[i] = h * (weights ? weights[i] : 1);
  }
  return leverage;
}
