import {
  calibrate,
  type CalibrationOptions,
  type Economy,
  type ModelElasticities,
  type Shock,
  type WorldTableWithElements,
} from "@ree/equilibrium";
import { intensiveSectors } from "@ree/story";
import { type DrawnInputs, inputSampler, type UncertainInputs } from "./drawn_inputs.ts";
import {
  drawnOutcomes,
  type OutcomeChoice,
  type OutcomeLabel,
  outcomeLabels,
} from "./drawn_outcomes.ts";
import type { InputGroup } from "./drawn_inputs.ts";
import { remember } from "./remember.ts";

/** A chain from inputs to outcomes. */
export interface UncertainModelOptions {
  readonly inputs: UncertainInputs;
  /** The table under one draw of its weights, or (null) with the weights as judged; not aggregated afterwards. */
  readonly tableOf: (weightsSeed: number | null) => WorldTableWithElements;
  /** Factors and duties; held fixed over draws. */
  readonly calibration?: Omit<CalibrationOptions, "aggregation">;
  readonly shockOf: (economy: Economy) => Shock;
  readonly restricting: string;
  /** Most element-intensive sectors abroad whose exports are recorded; default 3. */
  readonly listed?: number;
  readonly nameOf?: (sector: string) => string;
}

/** What one draw gives. */
export interface DrawResult {
  /** In the order of `outcomes`; all NaN after a failure. */
  readonly values: Float64Array;
  /** Why the draw has no outcomes; null when it has. */
  readonly failure: string | null;
  /** Industries whose σ was set to 0. */
  readonly sigmaSetToZero: number;
}

/** The chain ready to be drawn from. */
export interface UncertainModel {
  readonly groups: readonly InputGroup[];
  readonly columns: number;
  readonly outcomes: readonly OutcomeLabel[];
  /** Outcomes with all inputs at their own values. */
  readonly central: () => DrawResult;
  /** @param uniforms one number a column, strictly between 0 and 1 */
  readonly evaluate: (uniforms: ArrayLike<number>) => DrawResult;
}

/** Tables kept: A and B of a row of a Saltelli design. */
const TABLES_KEPT = 2;

/** Economies kept: weights and supply of a row each from A or from B. */
const ECONOMIES_KEPT = 4;

/**
 * From points of the unit cube to outcomes: draw of inputs, carve-out, calibration, two solves. A draw is a function of its point alone
 * (tables and economies that are kept are those that would be made again). A draw that the chain refuses is returned with the
 * reason; errors of other kinds are thrown.
 */
export function uncertainModel(options: UncertainModelOptions): UncertainModel {
  const { inputs, calibration = {}, restricting, listed = 3, nameOf } = options;
  const sampler = inputSampler(inputs);
  const tableOf = remember(options.tableOf, String, TABLES_KEPT);
  const economyOf = remember(
    ({ weightsSeed, elasticities }: DrawnInputs) =>
      calibrate(tableOf(weightsSeed), elasticities, calibration).economy,
    ({ weightsSeed, elasticities }) => `${weightsSeed} ${supplyKey(elasticities)}`,
    ECONOMIES_KEPT,
  );
  const judged = economyOf(sampler.central);
  const choice: OutcomeChoice = {
    restricting,
    elements: judged.elements,
    sectors: intensiveSectors(judged, restricting, nameOf).slice(0, listed),
  };
  const outcomes = outcomeLabels(choice);
  const evaluate = (drawn: DrawnInputs): DrawResult => {
    const { sigmaSetToZero } = drawn;
    try {
      const economy = withElasticities(economyOf(drawn), drawn.elasticities);
      const values = drawnOutcomes(economy, options.shockOf(economy), choice);
      return { values, failure: null, sigmaSetToZero };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return {
        values: new Float64Array(outcomes.length).fill(NaN),
        failure: error.message,
        sigmaSetToZero,
      };
    }
  };
  return {
    groups: sampler.groups,
    columns: sampler.columns,
    outcomes,
    central: () => evaluate(sampler.central),
    evaluate: (uniforms) => evaluate(sampler.draw(uniforms)),
  };
}

/** Calibration depends on the supply elasticities alone; the others are put in afterwards. */
function supplyKey({ rows }: ModelElasticities): string {
  return rows.filter(({ parameter }) => parameter === "supply")
    .map(({ sector, value }) => `${sector} ${value}`).join(" ");
}

/** The economy with the θ, σ, η and ψ of a table of elasticities. */
function withElasticities(economy: Economy, elasticities: ModelElasticities): Economy {
  const elements = new Set(economy.elements);
  const of = (parameter: "theta" | "sigma" | "eta" | "psi") =>
    Float64Array.from(
      economy.sectors,
      (sector) => elasticities.of(parameter, sector, elements.has(sector)),
    );
  return { ...economy, theta: of("theta"), sigma: of("sigma"), eta: of("eta"), psi: of("psi") };
}

/** What carve-out, calibration and solver throw when a draw is impossible or not solved. */
function isRefusal(error: unknown): error is Error {
  return error instanceof RangeError || error instanceof Error && error.name === "EquilibriumError";
}
