import { leveragesOf, type SlopeRegression } from "./slope_regression.ts";
import { sectorBlocks } from "./slope_covariance.ts";

/**
 * Bias of regression on knowledge that past shocks have made (Nickell 1981, Econometrica 49): sector effects take each year's
 * shock out of all years, and knowledge after it still holds it.
 *
 * With r_tj the response of ln(KR/KX) in t to a shock in j < t, E Σ_t (k_t − k̄)·ε_t = −B_s, B_s = (σ_s²/T)·Σ_t Σ_j<t r_tj.
 * The response follows from the equation itself: r_j+1,j = n_j, r_t+1,j = (1 − n_t − n_t·ψ·c_s)·r_tj, n the share of a year's patents
 * in knowledge at its end. Holds for shocks independent over years; of order 1/T, what is left is of order 1/T².
 *
 * @param renewal n [rows]
 * @param slopes c_s in the order of the regression's sectors
 * @returns B_s [S]
 */
export function knowledgeBias(
  regression: SlopeRegression,
  renewal: Float64Array,
  slopes: Float64Array,
  psi: number,
): Float64Array {
  const { rows, sectors, fit: { estimate: { residuals } } } = regression;
  const leverage = leveragesOf(regression);
  return Float64Array.from(sectorBlocks(rows.sector, sectors), (block, s) => {
    let [squares, degrees, responses] = [0, 0, 0];
    for (const i of block) {
      squares += residuals[i] ** 2;
      degrees += 1 - leverage[i];
    }
    for (let j = 0; j < block.length - 1; j++) {
      let response = renewal[block[j]];
      for (let t = j + 1; t < block.length; t++) {
        responses += response;
        const share = renewal[block[t]];
        response *= 1 - share - share * psi * slopes[s];
      }
    }
    return squares / Math.max(degrees, 1) * responses / block.length;
  });
}
