import {
  type LevelState,
  levelSystem,
  type LevelTechnology,
  type Primitives,
} from "./level_model.ts";
import { newton } from "./newton.ts";
import type { RandomCase } from "./random_case.ts";
import type { RandomEconomy } from "./random_economy.ts";

/**
 * A random case solved in levels: the shock is switched on in stages, each solved by Newton.
 *
 * @returns the state, or undefined when Newton did not get below 1e-11
 */
export function levelEquilibrium(
  { primitives: p, base, economy }: RandomEconomy,
  { shock, closure }: RandomCase,
  stages = 6,
): LevelState | undefined {
  const { J } = p;
  const positions = (list: readonly string[]) =>
    list.map((country) => economy.countries.indexOf(country));
  const between = (from: Float64Array, to: Float64Array | undefined, part: number) =>
    to === undefined ? from : from.map((value, at) => value + part * (to[at] - value));
  const scaled = (from: Float64Array, factor: Float64Array | undefined, part: number) =>
    factor === undefined ? from : from.map((value, at) => value * factor[at] ** part);
  let point: Float64Array | undefined;
  let state: LevelState | undefined;
  for (let stage = 0; stage <= stages; stage++) {
    const part = stage / stages;
    const shocked: Primitives = {
      ...p,
      tariff: between(p.tariff, shock.tariff, part),
      exportTax: between(p.exportTax, shock.exportTax, part),
      iceberg: p.iceberg.map((value, at) => {
        const change = shock.iceberg?.[at] ?? 1;
        if (change !== Infinity) return value * change ** part;
        return part === 1 ? Infinity : value * (1 / (1 - part)); // an embargo comes in gradually
      }),
      factors: scaled(p.factors, shock.factorEndowment, part),
      resources: scaled(p.resources, shock.resource, part),
      transfer: between(p.transfer, shock.transfer, part),
    };
    const quotas = (shock.quotas ?? []).map(({ country, element, limit }) => {
      const [i, j] = [economy.countries.indexOf(country), economy.sectors.indexOf(element)];
      return {
        country: i,
        sector: j,
        quantity: base.quantity[i * J + j] * (limit > 1 ? limit : 1 + part * (limit - 1)),
      };
    });
    const technology: LevelTechnology = closure.kind === "frozen"
      ? {
        kind: "frozen",
        element: closure.element.map((value) => value ** part),
        other: closure.other.map((value) => value ** part),
      }
      : closure.kind === "global-allocation" || closure.kind === "global-entry"
      ? {
        kind: closure.kind,
        base,
        baseFactors: p.factors,
        innovators: positions(closure.innovators),
        adopters: positions(closure.adopters),
      }
      : closure.kind === "fixed"
      ? { kind: "fixed" }
      : { kind: closure.kind, base, baseFactors: p.factors };
    const system = levelSystem(shocked, quotas, technology);
    if (point === undefined) point = startAt(system.size, base, p, quotas.length);
    const found = newton(system.residual, point, 100);
    if (stage === stages && found.gap > 1e-11) return undefined;
    point = found.point;
    state = system.state(point);
  }
  return state;
}

/** Unknowns at the baseline; all technologies and wedges are 1 and 0. */
function startAt(size: number, base: LevelState, p: Primitives, quotas: number): Float64Array {
  const values: number[] = [...base.wage];
  for (let at = 0; at < p.N * p.J; at++) if (p.resources[at] > 0) values.push(base.rent[at]);
  const markets: number[] = [];
  for (let at = 0; at < p.N * p.J; at++) if (base.spending[at] > 0) markets.push(at);
  for (const at of markets) values.push(base.price[at]);
  for (const at of markets) values.push(base.spending[at]);
  while (values.length < size - quotas) values.push(1);
  return Float64Array.from([...values.map(Math.log), ...new Array(quotas).fill(0)]);
}
