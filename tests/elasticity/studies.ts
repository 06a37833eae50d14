import type { MonteCarloTask } from "@ree/elasticity";

/** σ of the sectors in the studies. */
const SIGMA = { mean: 0.6, sd: 0.15 };

/** A Monte Carlo study of 30 sectors × 16 years with its name. */
export interface Study extends MonteCarloTask {
  readonly name: string;
  /** Whether the price is endogenous and taken as exogenous: bias is expected. */
  readonly misspecified: boolean;
  /** Whether intervals are known to be too wide: the spread of σ is small against the noise. */
  readonly conservative: boolean;
}

/** The four designs, counts with many zeros, and endogenous prices with and without the instrument. */
export const STUDIES: readonly Study[] = [
  ...(["flow", "stock", "state", "counts"] as const).map((design): Study => ({
    name: design,
    misspecified: false,
    conservative: false,
    simulation: { sigma: SIGMA, dynamics: design === "state" ? "state" : "static" },
    estimation: { design, psi: 1, pooling: "empirical-bayes" },
  })),
  {
    name: "counts, a third zeros",
    misspecified: false,
    conservative: true,
    simulation: { sigma: SIGMA, meanPatents: { element: 4, other: 60 }, zeroInflation: 0.25 },
    estimation: { design: "counts", psi: 1, pooling: "empirical-bayes" },
  },
  ...[0.5, 0.6].map((zeroInflation): Study => ({
    name: `counts, ${100 * zeroInflation} % zeros`,
    misspecified: false,
    conservative: false,
    simulation: { sigma: SIGMA, zeroInflation },
    estimation: { design: "counts", psi: 1, pooling: "empirical-bayes" },
  })),
  {
    name: "counts of a mean of 0.7",
    misspecified: false,
    conservative: true,
    simulation: { sigma: SIGMA, meanPatents: { element: 0.7, other: 20 } },
    estimation: { design: "counts", psi: 1, pooling: "empirical-bayes" },
  },
  ...(["flow", "stock", "state", "counts"] as const).flatMap((design): Study[] =>
    [undefined, "instrument"].map((instrument) => ({
      name: `${design}, endogenous price, ${instrument ?? "no instrument"}`,
      misspecified: instrument === undefined,
      conservative: false,
      simulation: {
        sigma: SIGMA,
        endogeneity: 0.7,
        dynamics: design === "state" ? "state" : "static",
      },
      estimation: { design, psi: 1, pooling: "empirical-bayes", instrument },
    }))
  ),
];
