import { type Economy, economySize } from "./economy.ts";
import type { Equilibrium } from "./equilibrium.ts";

/** Research of one country against the baseline, percent. */
export interface ResearchRow {
  readonly country: string;
  /** Research on element-augmenting technology; under `entry` this is also its implied spending. */
  readonly elementPercent: number;
  /** Research on other-input-augmenting technology. */
  readonly otherPercent: number;
}

/**
 * Research flows implied by technology, h = B̂^(1/ψ) (README.md, Technology), averaged over the sectors
 * that use elements with weights s and 1 − s of cost, which is what research on them is worth. Entry
 * is gross of research resources, so its welfare numbers must be read beside these. Sectors with ψ = 0
 * have no response and are left out; do not use with the frozen closure, whose technology has another
 * origin.
 *
 * @returns one row by country; 0 where nothing responds
 */
export function researchRows(economy: Economy, found: Equilibrium): ResearchRow[] {
  const { J } = economySize(economy);
  const { element, other } = found.technology;
  return economy.countries.map((country, n) => {
    let [elementBefore, elementAfter, otherBefore, otherAfter] = [0, 0, 0, 0];
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      const psi = economy.psi[j];
      const share = economy.elementShare[at];
      if (share === 0 || psi === 0) continue;
      const cost = (1 - economy.specificShare[at]) * economy.revenue[at];
      elementBefore += cost * share;
      elementAfter += cost * share * element[at] ** (1 / psi);
      otherBefore += cost * (1 - share);
      otherAfter += cost * (1 - share) * other[at] ** (1 / psi);
    }
    const percent = (after: number, before: number) => before > 0 ? 100 * (after / before - 1) : 0;
    return {
      country,
      elementPercent: percent(elementAfter, elementBefore),
      otherPercent: percent(otherAfter, otherBefore),
    };
  });
}
