import { randomStream } from "@ree/numeric";

/** Laws of the cluster weights. */
export type WildWeights = "rademacher" | "webb";

/** Above this number of clusters all 2^G sign vectors are too many to go through. */
export const MOST_CLUSTERS_ENUMERATED = 22;

/** A source of weight vectors, one number per cluster. */
export interface WildDraws {
  /** Weight vectors that `each` goes through. */
  readonly count: number;
  /**
   * True when these are one half of all sign vectors, the other half being their opposites
   * (for which t* has the opposite sign).
   */
  readonly enumerated: boolean;
  /** Calls back with every vector; the array is reused. */
  each(use: (weights: Float64Array, position: number) => void): void;
}

/** Webb's six points ±√(3/2), ±1, ±√(1/2), each with probability 1/6: mean 0, variance 1. */
const WEBB = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)];

/**
 * All sign vectors when there are at most as many as draws are asked for (Rademacher), else seeded
 * draws.
 *
 * Source: Webb (2023), Reworking wild bootstrap-based inference for clustered errors, Canadian
 * Journal of Economics 56(3).
 *
 * @throws when "enumerate" is asked of Webb's weights or of too many clusters
 */
export function wildDraws(
  clusters: number,
  draws: number | "enumerate",
  weights: WildWeights,
  seed: number,
): WildDraws {
  if (draws === "enumerate") {
    if (weights !== "rademacher") {
      throw new RangeError(`wildBootstrap: draws "enumerate" needs weights "rademacher"`);
    }
    if (clusters > MOST_CLUSTERS_ENUMERATED) {
      throw new RangeError(
        `wildBootstrap: ${clusters} clusters have 2^${clusters} sign vectors; "enumerate" goes up ` +
          `to ${MOST_CLUSTERS_ENUMERATED} clusters, give a number of draws`,
      );
    }
    return allSigns(clusters);
  }
  if (!(Number.isInteger(draws) && draws >= 1)) {
    throw new RangeError(
      `wildBootstrap: draws must be a whole number ≥ 1 or "enumerate", got ${draws}`,
    );
  }
  const enumerates = weights === "rademacher" && clusters <= MOST_CLUSTERS_ENUMERATED &&
    2 ** clusters <= draws;
  return enumerates ? allSigns(clusters) : randomWeights(clusters, draws, weights, seed);
}

/** The 2^(G−1) sign vectors with + in the first cluster. */
function allSigns(clusters: number): WildDraws {
  const count = 2 ** (clusters - 1);
  return {
    count,
    enumerated: true,
    each(use) {
      const signs = new Float64Array(clusters);
      for (let position = 0; position < count; position++) {
        signs[0] = 1;
        for (let g = 1; g < clusters; g++) signs[g] = position & (1 << (g - 1)) ? -1 : 1;
        use(signs, position);
      }
    },
  };
}

function randomWeights(
  clusters: number,
  count: number,
  weights: WildWeights,
  seed: number,
): WildDraws {
  const points = weights === "rademacher" ? [-1, 1] : WEBB;
  return {
    count,
    enumerated: false,
    each(use) {
      const random = randomStream(seed);
      const vector = new Float64Array(clusters);
      for (let position = 0; position < count; position++) {
        for (let g = 0; g < clusters; g++) vector[g] = points[random.integer(points.length)];
        use(vector, position);
      }
    },
  };
}
