import type { EstimatedElasticities } from "@ree/elasticity";

/** Estimates of σ = 0.5 of invented industries. @param variance of the slopes, which are independent */
export function madeUpEstimates(
  sectors: readonly string[],
  variance: number,
): EstimatedElasticities {
  return {
    simulated: true,
    source: "made up",
    scheme: "invented industries",
    design: "flow",
    yearEffects: true,
    instrument: null,
    psi: 1,
    mu: 1,
    pooled: { mean: 0.5, se: 0.1, sd: 0, lower: null, upper: null },
    sectors: sectors.map((sector) => ({
      sector,
      sigma: 0.5,
      lower: null,
      upper: null,
      sigmaOwn: 0.5,
      slope: 1 / 3,
    })),
    slopeCovariance: sectors.map((_, a) => sectors.map((_, b) => a === b ? variance : 0)),
    sigmaCovariance: sectors.map(() => sectors.map(() => 0)),
    notEstimated: [],
  };
}
