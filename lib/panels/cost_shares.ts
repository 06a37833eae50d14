import type { MakeUseTable } from "@ree/data";
import { columnSums } from "@ree/numeric";

/** Shares of costs in an industry's gross output. */
export interface CostShares {
  /** Intermediate inputs: goods, energy and services. */
  readonly materials: number;
  /** Compensation of employees. */
  readonly labour: number;
}

/** BEA code of compensation of employees. */
const COMPENSATION = "V00100";

/**
 * Cost shares of each industry of a Use table: intermediate inputs and compensation over gross output (inputs plus value
 * added). What they leave, taxes and gross surplus, is the share of capital.
 *
 * @throws RangeError naming the industry without output
 */
export function costShares(table: MakeUseTable): ReadonlyMap<string, CostShares> {
  const industries = table.industries;
  const inputs = columnSums(table.use, industries.length);
  const added = columnSums(table.valueAdded, industries.length);
  const row = table.valueAddedRows.indexOf(COMPENSATION);
  if (row < 0) {
    throw new RangeError(`no row ${COMPENSATION} among ${table.valueAddedRows.join(", ")}`);
  }
  return new Map(industries.map((industry, j) => {
    const output = inputs[j] + added[j];
    if (!(output > 0)) throw new RangeError(`industry ${industry} has output ${output}`);
    return [industry, {
      materials: inputs[j] / output,
      labour: table.valueAdded[row * industries.length + j] / output,
    }];
  }));
}
