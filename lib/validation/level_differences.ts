import type { Equilibrium } from "@ree/equilibrium";
import type { LevelState } from "./level_model.ts";
import type { RandomCase } from "./random_case.ts";
import type { RandomEconomy } from "./random_economy.ts";

/** Largest relative difference between an equilibrium and the level solution, by output. */
export function levelDifferences(
  { economy, base }: RandomEconomy,
  level: LevelState,
  found: Equilibrium,
  { closure }: RandomCase,
): Record<string, number> {
  const J = economy.sectors.length;
  const out: Record<string, number> = {};
  const compare = (
    name: string,
    own: Float64Array,
    other: (at: number) => number,
    counts: (at: number) => boolean = () => true,
  ) => {
    let worst = 0;
    own.forEach((value, at) => {
      if (!counts(at)) return;
      const expected = other(at);
      const gap = value === expected ? 0 : Math.abs(value - expected) / Math.abs(expected);
      if (gap > worst || Number.isNaN(gap)) worst = gap;
    });
    out[name] = worst;
  };
  const hat = (now: Float64Array, before: Float64Array) => (at: number) => now[at] / before[at];
  const market = (at: number) => economy.expenditure[at] > 0;
  const maker = (at: number) => economy.revenue[at] > 0;
  compare("wage", found.wage, hat(level.wage, base.wage));
  compare(
    "resourceReturn",
    found.resourceReturn,
    hat(level.rent, base.rent),
    (at) => maker(at) && economy.specificShare[at] > 0,
  );
  compare("price", found.price, hat(level.price, base.price), market);
  compare("unitCost", found.unitCost, hat(level.cost, base.cost), maker);
  compare("income", found.income, hat(level.income, base.income));
  compare("expenditure", found.expenditure, (at) => level.spending[at], market);
  compare("revenue", found.revenue, (at) => level.revenue[at], maker);
  compare(
    "tradeShare",
    found.tradeShare,
    (at) => level.tradeShare[at],
    (at) => economy.tradeShare[at] > 0,
  );
  compare("elementShare", found.elementShare, (at) => level.elementShare[at], maker);
  const used = (at: number) =>
    economy.elementShare[Math.floor(at / economy.elements.length)] > 0 && level.elementMix[at] > 0;
  compare("elementMix", found.elementMix, (at) => level.elementMix[at], used);
  const techCounts = (at: number) =>
    maker(at) && (economy.elementShare[at] > 0 || !["allocation", "entry"].includes(closure.kind));
  compare("elementTech", found.technology.element, (at) => level.elementTech[at], techCounts);
  compare("otherTech", found.technology.other, (at) => level.otherTech[at], techCounts);
  compare("welfare", found.welfare, (n) => {
    let lnPrice = 0;
    for (let j = 0; j < J; j++) {
      lnPrice += economy.finalShare[n * J + j] *
        Math.log(level.price[n * J + j] / base.price[n * J + j]);
    }
    return level.income[n] / base.income[n] / Math.exp(lnPrice);
  });
  compare(
    "quotaWedge",
    Float64Array.from(found.quotaWedge, (wedge) => 1 + wedge),
    (q) => 1 + level.wedge[q],
  );
  return out;
}
