import type { CriticalInput, InputUser } from "./critical_input.ts";
import type { WorldFlows } from "./world_layout.ts";

/** What the size of an input in a table is made from. */
export interface InputFacts {
  readonly name: string;
  readonly host: string;
  readonly tonnes: number;
  readonly usdPerKg: number;
  /** World GDP in the year of tonnes and price, trillion USD. */
  readonly worldGdp: number;
  readonly suppliers: Readonly<Record<string, number>>;
  readonly users: readonly InputUser[];
}

/** A thousand kilograms at one USD per kg, million USD. */
const MILLION_USD = 1e-3;

/** Million USD in a trillion. */
const TRILLION = 1e6;

/**
 * A critical input in the size that it has for a table's year. Rule: its share in world GDP is kept. The value
 * of its own year (tonnes × price) times world final demand of the table over world GDP of that year. Changes in
 * per mille then belong to the input's own year, amounts in USD to the table's.
 *
 * @returns what {@link ./carve_input.ts} takes, value in million USD of the table's year
 * @throws RangeError when an amount is not above 0
 */
export function inputOfFacts(facts: InputFacts, world: WorldFlows): CriticalInput {
  const { name, host, tonnes, usdPerKg, worldGdp, suppliers, users } = facts;
  for (const [what, value] of Object.entries({ tonnes, usdPerKg, worldGdp })) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new RangeError(`${name}: ${what} is ${value}; expected a number above 0`);
    }
  }
  const tableGdp = world.final.reduce((sum, value) => sum + value, 0);
  const worldValue = MILLION_USD * tonnes * usdPerKg * tableGdp / (TRILLION * worldGdp);
  return { name, host, worldValue, suppliers, users };
}
