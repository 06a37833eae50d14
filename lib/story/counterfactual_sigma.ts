import {
  type EstimatedElasticities,
  industriesByWorldSector,
  type SectorMember,
  sigmaDraws,
  worldSigma,
} from "@ree/elasticity";
import {
  type Economy,
  type ModelElasticities,
  type Shock,
  withSigmaBySector,
} from "@ree/equilibrium";
import { mean, quantileSorted } from "simple-statistics";
import { type NamedClosure, run } from "./counterfactual_run.ts";
import { elementPrices } from "./counterfactual_prices.ts";
import { sectorAbroad } from "./counterfactual_sectors.ts";
import { mitigationPercent, welfareOf } from "./counterfactual_welfare.ts";

/** What is solved for every draw of σ. */
export interface SigmaUncertainty {
  readonly economy: Economy;
  readonly elasticities: ModelElasticities;
  readonly estimates: EstimatedElasticities;
  readonly shockOf: (economy: Economy) => Shock;
  /** The first is fixed technology. */
  readonly closures: readonly NamedClosure[];
  readonly restricting: string;
  /** Sector whose exports abroad are reported. */
  readonly sector: string;
  readonly draws: number;
  readonly seed: number;
  /** Default: US industries by world sector. */
  readonly members?: ReadonlyMap<string, readonly SectorMember[]>;
}

/** Outcomes of one draw under one closure. */
export interface SigmaOutcome {
  readonly closure: string;
  /** Welfare loss of all other countries, million USD. */
  readonly loss: number;
  /** Element price abroad, baseline = 1. */
  readonly price: number;
  /** Real exports abroad of the sector, ‰. */
  readonly exports: number;
  /** Share of the loss avoided against fixed technology, %; null for fixed technology. */
  readonly mitigation: number | null;
}

/** The economy with the σ that a table of elasticities gives its sectors. */
export function withSigmas(economy: Economy, elasticities: ModelElasticities): Economy {
  const elements = new Set(economy.elements);
  return {
    ...economy,
    sigma: Float64Array.from(
      economy.sectors,
      (sector, j) =>
        elements.has(sector) ? economy.sigma[j] : elasticities.of("sigma", sector, false),
    ),
  };
}

/**
 * Counterfactual outcomes at the estimated σ and at draws of σ from its estimated distribution. World sectors take the mean of
 * their industries; sectors whose industries have no estimate keep the table's σ.
 */
export function sigmaUncertainty(input: SigmaUncertainty) {
  const { economy, elasticities, estimates, closures, restricting, sector } = input;
  const members = input.members ?? industriesByWorldSector();
  const drawn = sigmaDraws(estimates, input);
  const solve = (values: ArrayLike<number>): SigmaOutcome[] => {
    const industries = new Map(drawn.sectors.map((name, s) => [name, values[s]]));
    const own = withSigmas(
      economy,
      withSigmaBySector(elasticities, worldSigma(industries, members), estimates.source),
    );
    const shock = input.shockOf(own);
    const runs = closures.map(({ name, closure }) => run(name, own, shock, closure));
    return runs.map((one, k) => ({
      closure: one.name,
      loss: -welfareOf(one, (country) => country !== restricting).million,
      price: elementPrices(one, restricting).outside,
      exports: sectorAbroad(one, sector, restricting).exports,
      mitigation: k === 0 ? null : mitigationPercent(one, runs[0], restricting),
    }));
  };
  return {
    central: solve(estimates.sectors.map(({ sigma }) => sigma)),
    draws: drawn.values.map(solve),
    setToZero: drawn.setToZero,
    cells: drawn.values.length * drawn.sectors.length,
    sectors: worldSigma(new Map(estimates.sectors.map((row) => [row.sector, row.sigma])), members),
    meanSigma: drawn.values.map((values) => mean([...values])),
  };
}

const OUTCOMES = [
  { key: "loss", panel: "Loss abroad, billion USD", scale: 1e-3 },
  { key: "price", panel: "Element price abroad, baseline = 1", scale: 1 },
  { key: "exports", panel: "Real exports abroad of the most intensive sector, ‰", scale: 1 },
  { key: "mitigation", panel: "Loss avoided, %", scale: 1 },
] as const;

/** Outcomes with their 95 % intervals over draws, rows of a coefficient plot with one panel an outcome. */
export function sigmaIntervals(found: ReturnType<typeof sigmaUncertainty>) {
  return OUTCOMES.flatMap(({ key, panel, scale }) =>
    found.central.flatMap((central, k) => {
      if (central[key] === null) return [];
      const estimate = scale * central[key];
      const values = found.draws.map((rows) => scale * rows[k][key]!).sort((a, b) => a - b);
      const [lower, upper] = [quantileSorted(values, 0.025), quantileSorted(values, 0.975)];
      return [{
        panel,
        label: central.closure,
        estimate,
        lower: Math.min(lower, estimate),
        upper: Math.max(upper, estimate),
      }];
    })
  );
}

/** How far the uncertainty of σ reaches into the loss, as a sentence for a title. */
export function sigmaUncertaintyFinding(rows: ReturnType<typeof sigmaIntervals>): string {
  const losses = rows.filter(({ panel }) => panel === OUTCOMES[0].panel);
  const parts = losses.map(({ label, lower, upper, estimate }) =>
    `${estimate.toFixed(2)} (${lower.toFixed(2)} to ${upper.toFixed(2)}) under ${label}`
  );
  return `loss abroad in billion USD ${parts.join(", ")}`;
}

/** How draws were made and what was set to zero, in a sentence. */
export function sigmaDrawsNote(
  found: ReturnType<typeof sigmaUncertainty>,
  estimates: EstimatedElasticities,
): string {
  return `${found.draws.length} draws of σ from ${
    estimates.simulated ? "estimates on SIMULATED patents" : estimates.source
  }: ` +
    `slopes are normal with their covariance, σ follows from each slope. A draw with σ below 0 or beyond the stable region gets σ = 0: ` +
    `${found.setToZero} of ${found.cells}. World sectors: means of US industries weighted by elements bought in 2007 ` +
    `(${found.sectors.size} sectors; others keep the table's σ). ψ is the model's.`;
}
