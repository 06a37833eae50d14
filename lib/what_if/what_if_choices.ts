import { modelElasticities } from "@ree/equilibrium";
import { exportsOf, ownCalibration } from "@ree/story/own-scenario";
import type { WhatIfChoices } from "./what_if_settings.ts";
import type { WhatIfWorld } from "./what_if_world.ts";

/** Names of the elements that the table of facts carves out; another input is called by its code. */
const ELEMENT_NAMES: Readonly<Record<string, string>> = {
  La: "lanthanum",
  Ce: "cerium",
  Pr: "praseodymium",
  Nd: "neodymium",
  Sm: "samarium",
  Eu: "europium",
  Gd: "gadolinium",
  Tb: "terbium",
  Dy: "dysprosium",
  Y: "yttrium",
};

/** In the world table it is one row, and many countries. */
const REST_OF_WORLD = "RoW";

/** Part of the baseline quantity that the first scenario of the page allows. */
const FIRST_LIMIT = 0.6;

/**
 * What can be chosen in a world. The first scenario: the largest seller cuts exports of all elements by 40 %, with
 * the elasticities of the project's own table.
 */
export function whatIfChoices({ table, regions, elasticities }: WhatIfWorld): WhatIfChoices {
  const values = modelElasticities(elasticities);
  const [first] = table.elements;
  const sigma = values.of("sigma", table.sectors[0], false);
  const psi = values.of("psi", table.sectors[0], false);
  const supply = values.of("supply", first, true);
  const { economy } = ownCalibration(table, values, { sigma, supply });
  const countries = regions.map(({ code, name, countries }) => ({
    code,
    name,
    sells: table.elements.filter((element) => exportsOf(economy, code, element) > 0),
    single: countries.length === 1 && code !== REST_OF_WORLD,
  }));
  const sales = (code: string) =>
    table.elements.reduce((sum, element) => sum + exportsOf(economy, code, element), 0);
  const [largest] = countries.filter(({ single }) => single)
    .toSorted((a, b) => sales(b.code) - sales(a.code));
  return {
    countries,
    elements: table.elements.map((code) => ({ code, name: ELEMENT_NAMES[code] ?? code })),
    year: table.year,
    defaults: {
      country: largest.code,
      elements: ["*"],
      measure: "quota",
      size: FIRST_LIMIT,
      targets: ["*"],
      closure: "allocation",
      sigma,
      psi,
      supply,
    },
  };
}
