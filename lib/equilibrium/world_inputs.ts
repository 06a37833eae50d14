/**
 * World economies with critical inputs other than rare earths. Apart from the main door, because it reads files.
 *
 * @module
 */
import {
  type CriticalInputFacts,
  type Facts,
  isoCodes,
  loadCriticalInputs,
  loadWorldTable,
  pickCriticalInputs,
  REST_OF_WORLD,
  type WorldTable,
} from "@ree/data";
import {
  carveInput,
  type CarveInputOptions,
  inputOfFacts,
  type WorldReeTable,
} from "@ree/io-table";
import { loadWorldReeTable } from "./world.ts";

/** Name under which {@link loadWorldWithInputs} takes the ten rare earth elements. */
export const RARE_EARTHS = "rare-earths";

/** What {@link loadWorldWithInputs} reads and how it carves. */
export interface WorldInputOptions extends CarveInputOptions {
  /** 2005 to 2011, with rare earths from 2007; default 2009. */
  readonly year?: number;
  /** A table of that year from another source in the sectors of WIOD 2013; default: the shipped one. */
  readonly table?: WorldTable;
  /** Prices of the ten elements; default: the shipped ones. */
  readonly elementFacts?: Facts;
  /** Descriptions of inputs; default `data/judged/critical_inputs.csv`. */
  readonly facts?: readonly CriticalInputFacts[];
}

/**
 * The world table with the inputs of some names as sectors: "rare-earths" (ten elements) and names in the table of
 * critical inputs, alone or together.
 *
 * @throws RangeError for an unknown name (lists the known ones), no name, or an input that does not fit
 * @example
 * ```ts
 * calibrate(loadWorldWithInputs(["gallium", "germanium"]), loadElasticities());
 * ```
 */
export function loadWorldWithInputs(
  names: readonly string[],
  options: WorldInputOptions = {},
): WorldReeTable & { readonly report: { readonly redirected?: number } } {
  const { year = 2009, table, elementFacts, facts = loadCriticalInputs(), ...carving } = options;
  const known = [RARE_EARTHS, ...facts.map(({ name }) => name)];
  if (names.length === 0) {
    throw new RangeError(`no critical input named; expected some of ${known.join(", ")}`);
  }
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `unknown critical input "${unknown}"; expected one of ${known.join(", ")}`,
    );
  }
  const others = pickCriticalInputs(facts, names.filter((name) => name !== RARE_EARTHS));
  const published = table ?? loadWorldTable(year);
  const inputs = others.map((one) =>
    inputOfFacts(shownCountries(one, published.countries), published)
  );
  if (!names.includes(RARE_EARTHS)) return carveInput(published, inputs, carving);
  const elements = loadWorldReeTable(year, published, elementFacts);
  return inputs.length === 0 ? elements : carveInput(elements, inputs, carving);
}

/**
 * The input with its countries as a table shows them: those that it does not show are counted in its rest of the world (RoW), or
 * left out where it has none. A code that ISO does not know stays, and the carve-out refuses it.
 */
function shownCountries(
  facts: CriticalInputFacts,
  countries: readonly string[],
): CriticalInputFacts {
  const rest = countries.includes(REST_OF_WORLD) ? REST_OF_WORLD : null;
  const shown = (shares: Readonly<Record<string, number>>) => {
    const folded: Record<string, number> = {};
    let [kept, all] = [0, 0];
    for (const [country, share] of Object.entries(shares)) {
      all += share;
      const isShown = countries.includes(country) || isoCodes(country) === undefined;
      const to = isShown ? country : rest;
      if (to === null) continue;
      kept += share;
      folded[to] = (folded[to] ?? 0) + share;
    }
    if (kept === 0) return shares;
    return kept === all ? folded : Object.fromEntries(
      Object.entries(folded).map(([country, share]) => [country, share * all / kept]),
    );
  };
  return {
    ...facts,
    suppliers: shown(facts.suppliers),
    users: facts.users.map((user) =>
      user.countries === undefined ? user : { ...user, countries: shown(user.countries) }
    ),
  };
}
