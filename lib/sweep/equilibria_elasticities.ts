import type { Economy } from "@ree/equilibrium";
import type { Parameters, Scalar } from "./design.ts";

const ELASTICITIES = ["sigma", "eta", "theta", "psi"] as const;
type Elasticity = typeof ELASTICITIES[number];

/** Meaning of a parameter's name: an elasticity, with the sector or the factor that it is about. */
export interface ElasticityName {
  readonly elasticity: Elasticity;
  /** All sectors, the elements, one sector, or a factor on all. */
  readonly scope: "all" | "elements" | "sector" | "factor";
  readonly sector: string;
}

/** Reads `sigma`, `sigma.elements`, `sigma.c14` and `sigma*`; null for other names. */
export function elasticityName(name: string): ElasticityName | null {
  const [, base, star, , sector = ""] = /^([a-z]+)(\*)?(\.(.+))?$/.exec(name) ?? [];
  const elasticity = ELASTICITIES.find((known) => known === base);
  if (elasticity === undefined || (star !== undefined && sector !== "")) return null;
  const scope = star !== undefined
    ? "factor"
    : sector === ""
    ? "all"
    : sector === "elements"
    ? "elements"
    : "sector";
  return { elasticity, scope, sector };
}

/** @throws RangeError naming the parameter */
export function checkElasticity(economy: Economy, name: string, value: Scalar): void {
  const { elasticity, scope, sector } = elasticityName(name)!;
  const positive = elasticity === "theta" || scope === "factor";
  if (typeof value !== "number" || !(positive ? value > 0 : value >= 0)) {
    throw new RangeError(
      `parameter ${name}: came ${value}, expected a number ${positive ? "above" : "of at least"} 0`,
    );
  }
  if (scope === "sector" && !economy.sectors.includes(sector)) {
    throw new RangeError(
      `parameter ${name}: no sector "${sector}"; expected one of ${economy.sectors.join(", ")}`,
    );
  }
}

/** The order in which parameters act: the wider first, so that the narrower one holds. */
const ORDER = ["all", "elements", "sector", "factor"] as const;

/** The economy with the elasticities among the parameters. */
export function withElasticities(economy: Economy, parameters: Parameters): Economy {
  const changed: { -readonly [name in Elasticity]?: Float64Array } = {};
  const given = Object.entries(parameters).flatMap(([name, value]) => {
    const meaning = elasticityName(name);
    return meaning === null ? [] : [{ ...meaning, value: Number(value) }];
  });
  for (const scope of ORDER) {
    for (const one of given.filter((entry) => entry.scope === scope)) {
      const values = changed[one.elasticity] ??= Float64Array.from(economy[one.elasticity]);
      economy.sectors.forEach((sector, j) => {
        if (scope === "factor") values[j] *= one.value;
        else if (
          scope === "all" || (scope === "elements" && economy.elements.includes(sector)) ||
          (scope === "sector" && sector === one.sector)
        ) values[j] = one.value;
      });
    }
  }
  return { ...economy, ...changed };
}
