import type { Run } from "./counterfactual_run.ts";

/** Relative research on elements of one country's sector. */
export interface ResearchCell {
  readonly closure: string;
  readonly country: string;
  readonly sector: string;
  /** Change of hR/hX, percent: research on element-augmenting against other technology. */
  readonly percent: number;
}

/**
 * Where research is redirected towards elements: change of hR/hX = (B̂R/B̂X)^(1/ψ) by country and
 * sector (lib/equilibrium/README.md, Technology). Sectors without elements, output or response have no row.
 */
export function researchCells({ name, economy, found }: Run): ResearchCell[] {
  const J = economy.sectors.length;
  const { element, other } = found.technology;
  return economy.countries.flatMap((country, n) =>
    economy.sectors.flatMap((sector, j): ResearchCell[] => {
      const at = n * J + j;
      const psi = economy.psi[j];
      if (economy.elementShare[at] === 0 || economy.revenue[at] === 0 || psi === 0) return [];
      const ratio = (element[at] / other[at]) ** (1 / psi);
      return [{ closure: name, country, sector, percent: 100 * (ratio - 1) }];
    })
  );
}
