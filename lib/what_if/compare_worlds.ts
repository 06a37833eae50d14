import { modelElasticities, type WorldTableWithElements } from "@ree/equilibrium";
import {
  meanOutside,
  type OwnAnalysis,
  ownAnalysis,
  ownCalibration,
  ownScenario,
  signedText,
  withPsi,
} from "@ree/story/own-scenario";
import { whatIfAnswer } from "./what_if_answer.ts";
import type { WhatIfSettings } from "./what_if_settings.ts";
import type { WhatIfWorld } from "./what_if_world.ts";

/** One result in the regions of the page and in all countries. */
export interface ComparisonRow {
  readonly name: string;
  readonly page: string;
  readonly whole: string;
}

/**
 * The same settings in both worlds: what putting countries together changes.
 *
 * @param settings on all buyers, because regions are no labels of the whole table
 */
export function compareWorlds(
  world: WhatIfWorld,
  whole: WorldTableWithElements,
  settings: WhatIfSettings,
): ComparisonRow[] {
  const { sigma, supply, psi, country } = settings;
  const { economy } = ownCalibration(whole, modelElasticities(world.elasticities), {
    sigma,
    supply,
  });
  const own = withPsi(economy, psi);
  const full = ownAnalysis(own, ownScenario(own, settings), { country });
  const small = whatIfAnswer(world, settings).analysis;
  const row = (name: string, text: (one: OwnAnalysis) => string) => ({
    name,
    page: text(small),
    whole: text(full),
  });
  return [
    row("Price abroad, baseline = 1", ({ inputs }) => meanOutside(inputs).toFixed(4)),
    row("Real income of the restricting country, ‰", ({ home }) => signedText(home.perMille)),
    row("Real income abroad, ‰", ({ abroad }) => signedText(abroad.perMille)),
    row("Real income abroad, million USD a year", ({ abroad }) => signedText(abroad.million)),
    row("Loss abroad avoided by technology, %", ({ mitigation }) => mitigation.toFixed(2)),
  ];
}
