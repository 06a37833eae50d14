import { modelElasticities, type ResidualName, type Scenario } from "@ree/equilibrium";
import {
  type OwnAnalysis,
  ownAnalysis,
  ownCalibration,
  ownScenario,
  withPsi,
} from "@ree/story/own-scenario";
import type { WhatIfSettings } from "./what_if_settings.ts";
import type { WhatIfWorld } from "./what_if_world.ts";

/** Solved settings. */
export interface WhatIfAnswer {
  readonly settings: WhatIfSettings;
  /** In regions, as it was solved. */
  readonly scenario: Scenario;
  readonly analysis: OwnAnalysis;
  /** Largest gap of every block of equations over the solutions with fixed technology and under the closure. */
  readonly residuals: Readonly<Record<ResidualName, number>>;
}

/** Gaps of equations above this are no equilibrium: ten times the tolerance of the solver. */
export const LARGEST_RESIDUAL = 1e-10;

/**
 * Solves the settings: calibrates the world with their elasticities, writes them as a scenario and solves it with
 * fixed technology and under the closure. Exactly what notebook 6 does, with ψ as a further choice.
 *
 * @throws RangeError for settings that make no scenario of this world
 * @throws Error named "EquilibriumError" where no equilibrium is found; never returns a state that is none
 */
export function whatIfAnswer(world: WhatIfWorld, settings: WhatIfSettings): WhatIfAnswer {
  const { sigma, psi, supply, country } = settings;
  const { economy } = ownCalibration(world.table, modelElasticities(world.elasticities), {
    sigma,
    supply,
  });
  const own = withPsi(economy, psi);
  const scenario = ownScenario(own, settings);
  const analysis = ownAnalysis(own, scenario, {
    country,
    nameOf: (sector) => world.sectorNames[sector] ?? sector,
  });
  const residuals = largestResiduals(analysis);
  refuseUnsolved(residuals);
  return { settings, scenario, analysis, residuals };
}

/**
 * Refuses what is no equilibrium. The solver refuses too; this stands in front of every picture.
 *
 * @throws Error named "EquilibriumError" that names the block of equations and its gap
 */
export function refuseUnsolved(residuals: Readonly<Record<string, number>>): void {
  for (const [block, gap] of Object.entries(residuals)) {
    if (gap <= LARGEST_RESIDUAL) continue; // not for a gap that is no number
    const error = new Error(
      `the equations of ${block} are off by ${gap}; at most ${LARGEST_RESIDUAL} is a solution`,
    );
    error.name = "EquilibriumError";
    throw error;
  }
}

function largestResiduals({ fixed, chosen }: OwnAnalysis): Record<ResidualName, number> {
  const found = { ...fixed.found.residuals };
  for (const name of Object.keys(found) as ResidualName[]) {
    found[name] = Math.max(found[name], chosen.found.residuals[name]);
  }
  return found;
}
