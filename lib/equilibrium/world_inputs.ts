/**
 * World economies with critical inputs other than rare earths. Apart from the main door, because it reads files.
 *
 * @module
 */
import {
  type CriticalInputFacts,
  type Facts,
  loadCriticalInputs,
  loadWorldTable,
  pickCriticalInputs,
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
  const inputs = others.map((one) => inputOfFacts(one, published));
  if (!names.includes(RARE_EARTHS)) return carveInput(published, inputs, carving);
  const elements = loadWorldReeTable(year, published, elementFacts);
  return inputs.length === 0 ? elements : carveInput(elements, inputs, carving);
}
