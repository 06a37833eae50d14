import { carveWorld, type WorldCarveOutReport, type WorldReeTable } from "./carve_world.ts";
import {
  type CarveInputOptions,
  checkCriticalInputs,
  type CriticalInput,
  type InputSales,
  inputSales,
  normalised,
} from "./critical_input.ts";
import { position } from "./io_table.ts";
import { grossOutput, widen, type WorldFlows, worldLayout } from "./world_layout.ts";

/** A world table with critical inputs as sectors of their own. */
export interface WorldInputTable extends WorldReeTable {
  readonly report: WorldCarveOutReport & {
    /** Sales for which a buyer had no room and that other countries' buyers took over, million USD. */
    readonly redirected: number;
  };
}

/**
 * Carves critical inputs out of a world table, each as a sector of its own in every country, after the sectors
 * and elements that the table has: what `calibrate` takes.
 *
 * The input leaves the cells in which its users buy the host's product of the supplying country, and takes over
 * the matching part of the host's inputs and value added. Folded back into the host, the table is the old
 * one, cell by cell (unless `tooLarge` is "rebalance", which keeps sums only). Final demand buys none of it.
 *
 * @param world a published table, or one with elements already (`worldReeTable`, `carveInput`)
 * @param inputs one input or several; inputs with one host fill its cells in this order
 * @throws RangeError naming the input and an unknown label, shares that do not sum to 1, a name taken already,
 * or by how much an input exceeds the sales that hide it
 * @example
 * ```ts
 * carveInput(loadWorldTable(2009), {
 *   name: "gallium", host: "c12", worldValue: 120,
 *   suppliers: { CHN: 0.98, JPN: 0.02 }, users: [{ sector: "c14", share: 1 }],
 * });
 * ```
 */
export function carveInput(
  world: WorldFlows & { readonly report?: { readonly largestRebalancingPercent: number } },
  inputs: CriticalInput | readonly CriticalInput[],
  options: CarveInputOptions = {},
): WorldInputTable {
  const all = isList(inputs) ? inputs : [inputs];
  checkCriticalInputs(all, world, world.elements ?? []);
  const layout = worldLayout(world, all.map(({ name }) => name));
  const base = widen(world, layout);
  const output = grossOutput(base, layout);
  let spread: InputSales = { sales: [], redirected: 0 };
  const table = carveWorld({
    world,
    layout,
    base,
    output,
    supply: all.flatMap(({ host, worldValue, suppliers }, element) =>
      normalised(suppliers).map(([country, share]) => ({
        host: position(layout.sectors, host, "host sector"),
        element,
        country,
        value: share * worldValue,
      }))
    ),
    salesOf: (flows) => {
      spread = inputSales(all, layout, output, flows, options);
      return spread.sales;
    },
  });
  const largestRebalancingPercent = Math.max(
    table.report.largestRebalancingPercent,
    world.report?.largestRebalancingPercent ?? 0,
  );
  return {
    ...table,
    report: { ...table.report, largestRebalancingPercent, redirected: spread.redirected },
  };
}

function isList(
  inputs: CriticalInput | readonly CriticalInput[],
): inputs is readonly CriticalInput[] {
  return Array.isArray(inputs);
}
