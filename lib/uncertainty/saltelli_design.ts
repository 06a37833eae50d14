import { sobolSequence } from "@ree/numeric";

/** Columns of the unit cube that are drawn and exchanged together. */
export interface ColumnGroup {
  readonly name: string;
  readonly columns: number;
}

/** The two independent matrices of a Saltelli design; the other parts are named after the group exchanged. */
export const BASE_PARTS = ["A", "B"] as const;

/** A design whose points are reached in any order. */
export interface SaltelliDesign {
  /** "A", "B", then the groups. */
  readonly parts: readonly string[];
  readonly columns: number;
  /**
   * Row k of a part: that of A or of B, or that of A with the columns of the part's group from B.
   *
   * @throws RangeError for a part the design does not have
   */
  point(row: number, part: string): Float64Array;
}

/**
 * A Saltelli design on a Sobol' sequence with a random digital shift: the first half of its dimensions are A, the second half B. A power of
 * two of rows keeps the sequence balanced. Rows times (groups + 2) points give first-order and total indices of all groups.
 *
 * Source: Saltelli et al. (2010), Computer Physics Communications 181(2).
 *
 * @param seed any whole number but 0, which would be the unshifted sequence with its corner of zeros
 * @throws RangeError for a name that is taken twice or is "A" or "B", no column at all, or more columns than the sequence has pairs of
 * dimensions for
 * @example
 * ```ts
 * const design = saltelliDesign([{ name: "x", columns: 1 }, { name: "y", columns: 2 }], 1);
 * design.point(0, "x"); // x of row 0 of B, y of row 0 of A
 * ```
 */
export function saltelliDesign(groups: readonly ColumnGroup[], seed: number): SaltelliDesign {
  if (!(Number.isSafeInteger(seed) && seed !== 0)) {
    throw new RangeError(`saltelliDesign: seed ${seed}, expected a whole number other than 0`);
  }
  const parts = [...BASE_PARTS, ...groups.map(({ name }) => name)];
  const twice = parts.find((part, k) => parts.indexOf(part) !== k);
  if (twice !== undefined) throw new RangeError(`saltelliDesign: ${twice} names two parts`);
  const starts = new Map<string, readonly [from: number, to: number]>();
  let columns = 0;
  for (const { name, columns: own } of groups) {
    starts.set(name, [columns, columns + own]);
    columns += own;
  }
  const sequence = sobolSequence(2 * columns, seed);
  return {
    parts,
    columns,
    point(row, part) {
      const both = sequence.point(row);
      const b = both.subarray(columns);
      if (part === "B") return b.slice();
      const point = both.slice(0, columns);
      if (part === "A") return point;
      const range = starts.get(part);
      if (range === undefined) {
        throw new RangeError(`saltelliDesign: part ${part}; expected one of ${parts.join(", ")}`);
      }
      point.set(b.subarray(...range), range[0]);
      return point;
    },
  };
}
