import type { Measure, Scenario } from "@ree/equilibrium";
import { reproduceText } from "@ree/story/own-scenario";
import type { WhatIfAnswer } from "./what_if_answer.ts";
import { SCENARIO_FILE } from "./scenario_file_name.ts";
import { settingsLink } from "./settings_link.ts";
import type { WhatIfWorld } from "./what_if_world.ts";

/**
 * The scenario of an answer in countries of the whole world table, as notebook 6 reads it. A scenario file has no
 * place for elasticities; they stand in the description, and {@link notebookCommand} sets those that the notebook
 * has as parameters.
 */
export function scenarioFile({ settings, scenario }: WhatIfAnswer, world: WhatIfWorld): string {
  const { sigma, psi, supply } = settings;
  const expanded: Scenario = {
    ...scenario,
    description:
      `${scenario.description}. Made on the what-if page with sigma ${sigma}, psi ${psi} and supply ` +
      `elasticity ${supply}, which are not part of a scenario: ${settingsLink(settings)}`,
    measures: scenario.measures.map((measure) => inCountries(measure, world)),
    closure: closureInCountries(scenario.closure, world),
  };
  return `${JSON.stringify(expanded, null, 2)}\n`;
}

/** The command that runs the saved scenario in notebook 6, with the file in the folder `results`. */
export function notebookCommand({ settings }: WhatIfAnswer): string {
  const { sigma, supply } = settings;
  return reproduceText(
    { scenarioFile: `../results/${SCENARIO_FILE}`, sigma, supply },
    "06-your-own-scenario",
  );
}

function inCountries(measure: Measure, world: WhatIfWorld): Measure {
  switch (measure.kind) {
    case "exportDuty":
    case "embargo":
      return { ...measure, importers: labelsInCountries(measure.importers, world) };
    case "tradeCost":
    case "tariff":
      return {
        ...measure,
        importers: labelsInCountries(measure.importers, world),
        exporters: labelsInCountries(measure.exporters, world),
      };
    default:
      return measure;
  }
}

function closureInCountries(closure: Scenario["closure"], world: WhatIfWorld): Scenario["closure"] {
  if (closure?.kind !== "global-allocation" && closure?.kind !== "global-entry") return closure;
  return {
    kind: closure.kind,
    innovators: countriesOf(closure.innovators, world),
    adopters: countriesOf(closure.adopters, world),
  };
}

function labelsInCountries(labels: readonly string[] | "*", world: WhatIfWorld) {
  return labels === "*" ? labels : countriesOf(labels, world);
}

/** @throws RangeError for a region that the world does not have */
function countriesOf(codes: readonly string[], { regions }: WhatIfWorld): string[] {
  return codes.flatMap((code) => {
    const region = regions.find((one) => one.code === code);
    if (region === undefined) {
      throw new RangeError(
        `unknown region "${code}"; expected one of ${regions.map((one) => one.code).join(", ")}`,
      );
    }
    return region.countries;
  });
}
