import {
  type DrawOptions,
  industryOutput,
  type IoTable,
  PER_MILLION,
  type PurchaseFactors,
  visitDraws,
} from "@ree/io-table";

/**
 * Exposure of groups of industries (technology fields) under each draw of the weights: the output-weighted mean of
 * the drawn total intensities of a group's industries; 0 for a group without any.
 *
 * @returns one map from group to exposure a draw, USD per million USD of gross output
 */
export function weightDraws(
  table: IoTable,
  factors: PurchaseFactors,
  options: DrawOptions,
  groups: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number>[] {
  const output = industryOutput(table);
  const n = table.industries.length;
  const members = new Map([...groups].map(([group, industries]) => [
    group,
    industries.map((industry) => table.industries.indexOf(industry)),
  ]));
  const draws: ReadonlyMap<string, number>[] = [];
  visitDraws(table, factors, options, ({ total }) => {
    const intensity = new Float64Array(n);
    total.forEach((value, k) => intensity[k % n] += PER_MILLION * value);
    draws.push(
      new Map([...members].map(([group, industries]) => {
        const made = industries.reduce((sum, j) => sum + output[j], 0);
        const embodied = industries.reduce((sum, j) => sum + output[j] * intensity[j], 0);
        return [group, made > 0 ? embodied / made : 0];
      })),
    );
  });
  return draws;
}
