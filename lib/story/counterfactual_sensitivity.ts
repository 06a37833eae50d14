import { type ElasticityRow, type ModelElasticities, withElasticity } from "@ree/equilibrium";

/** Names of the parameters in tables and figures. */
export const SYMBOLS: Readonly<Record<ElasticityRow["parameter"], string>> = {
  theta: "θ trade",
  sigma: "σ elements, other inputs",
  eta: "η between elements",
  psi: "ψ technology",
  supply: "ρ, as supply elasticity (1−ρ)/ρ",
};

/** All elasticities of a parameter at the low or high end of their ranges. */
export function atEnd(
  elasticities: ModelElasticities,
  parameter: ElasticityRow["parameter"],
  end: "low" | "high",
): ModelElasticities {
  return elasticities.rows.filter((row) => row.parameter === parameter)
    .reduce((all, row) => withElasticity(all, parameter, row[end], row.sector), elasticities);
}

/** Elasticities with ranges, rows of equal value and source joined: "c17 to c35". */
export function elasticityTable({ rows }: ModelElasticities) {
  const groups = Map.groupBy(
    rows,
    (row) => [row.parameter, row.value, row.low, row.high, row.source].join("|"),
  );
  return [...groups.values()].map((members) => {
    const [first, last] = [members[0], members[members.length - 1]];
    const sectors = first.sector === "*" ? "all" : first.sector;
    return {
      parameter: SYMBOLS[first.parameter],
      sectors: members.length === 1 ? sectors : `${sectors} to ${last.sector}`,
      value: first.value,
      range: `${first.low} to ${first.high}`,
      source: first.source,
      reading: first.reading,
    };
  });
}

/**
 * A grid over σ and ψ. Where ψ(σ − 1) is 1 or more the closures have no stable solution, and the
 * value is null.
 *
 * @param valueAt outcome at σ and ψ; called only where it is defined
 */
export function sigmaPsiGrid(
  sigmas: readonly number[],
  psis: readonly number[],
  valueAt: (sigma: number, psi: number) => number,
): { readonly row: string; readonly column: string; readonly value: number | null }[] {
  return psis.toSorted((a, b) => b - a).flatMap((psi) =>
    sigmas.map((sigma) => ({
      row: `ψ = ${psi}`,
      column: String(sigma),
      value: psi * (sigma - 1) < 1 ? valueAt(sigma, psi) : null,
    }))
  );
}
