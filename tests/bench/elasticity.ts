import { monteCarlo } from "@ree/elasticity";
import { describeMachine } from "./machine.ts";

const REPLICATIONS = 500;
const WORKERS = 2;

/** 500 replications of a SIMULATED panel of 30 sectors × 16 years in each design, on two workers. */
export async function benchmarkElasticity() {
  const studies: object[] = [];
  for (const design of ["counts", "flow", "stock", "state"] as const) {
    const { seconds, summary } = await monteCarlo({
      simulation: {
        sectors: 30,
        years: 16,
        sigma: { mean: 0.6, sd: 0.15 },
        dynamics: design === "state" ? "state" : "static",
      },
      estimation: { design, psi: 1, pooling: "empirical-bayes" },
      replications: REPLICATIONS,
      workers: WORKERS,
      onProgress: (done, total) => {
        if (done % 100 === 0) console.error(`${design}: ${done} of ${total}`);
      },
    });
    studies.push({
      design,
      seconds: Number(seconds.toPrecision(3)),
      bias: Number(summary.bias.toFixed(4)),
      coverageMean: summary.coverageMean,
      coverageSector: Number(summary.coverageSector.toFixed(4)),
    });
  }
  return {
    benchmark:
      `elasticity: ${REPLICATIONS} Monte Carlo replications (SIMULATED), 30 sectors x 16 years, ` +
      `${WORKERS} workers, start-up of the workers included`,
    machine: describeMachine(),
    studies,
  };
}
