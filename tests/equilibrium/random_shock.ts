import type { Closure, Shock } from "@ree/equilibrium";
import {
  type LevelState,
  levelSystem,
  type LevelTechnology,
  type Primitives,
} from "./level_model.ts";
import { newton } from "./newton.ts";
import { type RandomEconomy, stream } from "./random_economy.ts";

/** A shock and closure in the library's words. */
export interface RandomCase {
  readonly shock: Shock;
  readonly closure: Closure;
}

/** Kinds of closures in the order in which seeds go through them. */
const KINDS = [
  "fixed",
  "allocation",
  "entry",
  "global-allocation",
  "global-entry",
  "frozen",
] as const;

/** Several shocks at once: taxes, iceberg costs, embargoes, endowments, mines, transfers, quotas. */
export function randomCase(
  seed: number,
  { primitives: p, economy, base }: RandomEconomy,
): RandomCase {
  const next = stream(seed + 7919);
  const { N, J, F, E } = p;
  const maybe = (array: Float64Array, chance: number, change: (value: number) => number) =>
    next() < 0.7 ? array.map((value) => next() < chance ? change(value) : value) : undefined;
  const pair = (at: number) => [Math.floor(at / (N * J)), Math.floor(at / J) % N] as const;
  const foreign = (array: Float64Array | undefined, before: Float64Array) =>
    array?.map((value, at) => pair(at)[0] === pair(at)[1] ? before[at] : value);
  const iceberg = maybe(p.iceberg, 0.3, () => 0.85 + 0.5 * next());
  // An embargo of one ordinary link whose importer keeps other suppliers.
  if (iceberg !== undefined && next() < 0.5) {
    const [n, i, j] = [Math.floor(next() * N), Math.floor(next() * N), 0];
    if (n !== i && p.taste[(n * N + n) * J + j] > 0) iceberg[(n * N + i) * J + j] = Infinity;
  }
  const transfer = maybe(p.transfer, 1, (value) => value + 0.04 * (next() - 0.5) / N);
  const mean = (transfer?.reduce((a, b) => a + b) ?? 0) / N;
  const quotas: { country: string; element: string; limit: number }[] = [];
  for (let e = 0; e < E; e++) {
    const j = J - E + e;
    const i = Math.floor(next() * N);
    if (base.quantity[i * J + j] > 0 && next() < 0.6) {
      quotas.push({
        country: economy.countries[i],
        element: economy.sectors[j],
        limit: next() < 0.3 ? 1.5 + next() : 0.4 + 0.6 * next(),
      });
    }
  }
  const kind = KINDS[seed % KINDS.length];
  const list = () => economy.countries.filter((_, n) => n === 0 || next() < 0.6);
  const closure: Closure = kind === "frozen"
    ? {
      kind,
      element: new Float64Array(N * J).map(() => 0.7 + 0.7 * next()),
      other: new Float64Array(N * J).map(() => 0.9 + 0.2 * next()),
    }
    : kind === "global-allocation" || kind === "global-entry"
    ? { kind, innovators: list(), adopters: list() }
    : { kind };
  return {
    shock: {
      tariff: foreign(maybe(p.tariff, 0.4, () => 0.4 * next()), p.tariff),
      exportTax: foreign(maybe(p.exportTax, 0.2, () => 0.3 * next()), p.exportTax),
      iceberg,
      factorEndowment: maybe(new Float64Array(N * F).fill(1), 0.5, () => 0.8 + 0.5 * next()),
      resource: maybe(new Float64Array(N * J).fill(1), 0.5, () => 0.5 + next()),
      transfer: transfer?.map((value) => value - mean),
      quotas,
    },
    closure,
  };
}

/**
 * The same case solved in levels: the shock is switched on in stages, each solved by Newton.
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
