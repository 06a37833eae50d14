import type { Economy, Shock } from "@ree/equilibrium";
import { meanPrice } from "./counterfactual_prices.ts";
import { type NamedClosure, type Run, run } from "./counterfactual_run.ts";
import { type IntensiveSector, sectorsAbroad } from "./counterfactual_sectors.ts";
import { welfareOf } from "./counterfactual_welfare.ts";

/** The same measure on each element alone. */
export interface ElementCut {
  readonly element: string;
  readonly closure: string;
  /** Purchaser price of the element outside the restricting country, baseline = 1. */
  readonly price: number;
  /** Welfare of all other countries, million USD; negative is a loss. */
  readonly million: number;
  /** Sector whose exports abroad fall most, and by how much, per mille. */
  readonly sector: string;
  readonly exports: number;
}

/** What one run did to buyers abroad; `sector` is the worst hit of `sectors`. */
export function elementCut(
  label: string,
  elements: readonly string[],
  one: Run,
  restricting: string,
  sectors: readonly IntensiveSector[],
): ElementCut {
  const changes = sectorsAbroad(one, restricting);
  const users = sectors.flatMap(({ sector, label }) => {
    const change = changes.find((row) => row.sector === sector);
    return change !== undefined && change.exported > 0 ? [{ label, exports: change.exports }] : [];
  });
  const worst = users.reduce((a, b) => b.exports < a.exports ? b : a);
  return {
    element: label,
    closure: one.name,
    price: meanPrice(one, elements, (country) => country !== restricting),
    million: welfareOf(one, (country) => country !== restricting).million,
    sector: worst.label,
    exports: worst.exports,
  };
}

/**
 * Each element restricted alone, under each closure.
 *
 * @param shockOf the shock that restricts one element
 */
export function singleElementCuts(
  economy: Economy,
  shockOf: (element: string) => Shock,
  closures: readonly NamedClosure[],
  restricting: string,
  sectors: readonly IntensiveSector[],
): ElementCut[] {
  return economy.elements.flatMap((element) => {
    const shock = shockOf(element);
    return closures.map(({ name, closure }) =>
      elementCut(element, [element], run(name, economy, shock, closure), restricting, sectors)
    );
  });
}

/** One row by element, closures side by side, then the sum of all cuts and the joint cut. */
export function elementCutTable(cuts: readonly ElementCut[], joint: readonly ElementCut[]) {
  const side = (rows: readonly ElementCut[]) => ({
    ...Object.fromEntries(rows.flatMap(({ closure, price, million }) => [
      [`price ${closure}`, price],
      [`million ${closure}`, million],
    ])),
    sector: rows[0].sector,
    exports: rows[0].exports,
  });
  const sum = Object.fromEntries(joint.map(({ closure }) => [
    `million ${closure}`,
    cuts.filter((row) => row.closure === closure).reduce((all, { million }) => all + million, 0),
  ]));
  return [
    ...[...Map.groupBy(cuts, ({ element }) => element)]
      .map(([element, rows]): Record<string, string | number> => ({ element, ...side(rows) }))
      .toSorted((a, b) =>
        Number(a[`million ${joint[0].closure}`]) - Number(b[`million ${joint[0].closure}`])
      ),
    { element: "Sum", ...sum, sector: "–", exports: NaN },
    { element: "All at once", ...side(joint) },
  ];
}
