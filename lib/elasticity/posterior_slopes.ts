import { symmetricEigen, symmetricFunction } from "@ree/numeric";
import type { ElasticityFit } from "./estimate_elasticities.ts";
import { type Link, slopePrior } from "./link.ts";
import { partialPooling } from "./partial_pooling.ts";

/** Joint normal approximation of the posterior of slopes by sector. */
export interface PosteriorSlopes {
  readonly sectors: readonly string[];
  /** [S] */
  readonly mean: Float64Array;
  /** Row-major [S][S]: errors of slopes share the error of the pooled mean. */
  readonly covariance: Float64Array;
}

/**
 * Posterior means of a fit's slopes with their full covariance: what a draw of σ for all sectors at once needs, where
 * `slope_pooled_se` has the diagonal only. The spread between sectors is integrated over, as in `partialPooling`.
 *
 * @param link as the fit's design and ψ say
 * @throws RangeError with fewer than two sectors
 */
export function posteriorSlopes(
  { covariance }: Pick<ElasticityFit, "covariance">,
  estimates: Float64Array,
  link: Link,
): PosteriorSlopes {
  const S = estimates.length;
  const V = covariance.slopes;
  const eigen = symmetricEigen(V, S);
  const { grid } = partialPooling(estimates, V, slopePrior(link, estimates));
  const mean = new Float64Array(S);
  const second = new Float64Array(S * S);
  for (const { sd, weight, mean: centre, variance } of grid) {
    if (weight < 1e-10) continue;
    // τ²(V + τ²I)⁻¹, how far estimates move a slope away from the centre.
    const gain = symmetricFunction(
      eigen,
      (value) => sd === 0 ? 0 : sd * sd / (Math.max(value, 0) + sd * sd),
    );
    const own = Float64Array.from(estimates, (_, s) => {
      let value = centre;
      for (let k = 0; k < S; k++) value += gain[s * S + k] * (estimates[k] - centre);
      return value;
    });
    const pull = Float64Array.from(estimates, (_, s) => {
      let sum = 1;
      for (let k = 0; k < S; k++) sum -= gain[s * S + k];
      return sum;
    });
    for (let a = 0; a < S; a++) {
      mean[a] += weight * own[a];
      for (let b = 0; b < S; b++) {
        let spread = 0;
        for (let k = 0; k < S; k++) spread += gain[a * S + k] * V[k * S + b];
        second[a * S + b] += weight * (spread + pull[a] * pull[b] * variance + own[a] * own[b]);
      }
    }
  }
  for (let a = 0; a < S; a++) {
    for (let b = 0; b < S; b++) second[a * S + b] -= mean[a] * mean[b];
  }
  return {
    sectors: covariance.sectors,
    mean,
    covariance: second.map((_, at) => (second[at] + second[(at % S) * S + Math.floor(at / S)]) / 2),
  };
}
