import {
  calibrate,
  type Closure,
  type Economy,
  embargo,
  exportDuty,
  exportQuota,
  loadElasticities,
  type Measure,
  resourceChange,
  type Shock,
  shockOf,
  tariff,
  withElasticity,
} from "@ree/equilibrium";
import { loadWorldReeTable } from "@ree/equilibrium/world";

/** One random problem on the world table. */
export interface Draw {
  readonly name: string;
  readonly economy: Economy;
  readonly shock: Shock;
  readonly closure: Closure;
}

/** World economies that differ in the supply elasticity of elements, from nearly fixed to elastic. */
export function worldEconomies(): Economy[] {
  const table = loadWorldReeTable();
  return [0.1, 0.3, 1, 3].map((supply) =>
    calibrate(table, withElasticity(loadElasticities(), "supply", supply)).economy
  );
}

function stream(seed: number): () => number {
  let state = seed * 2654435761 % 4294967296;
  return () => {
    state = (state + 0x6D2B79F5) % 4294967296;
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = (t + Math.imul(t ^ t >>> 7, 61 | t)) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  };
}

/**
 * Elasticities over their whole range (θ 1.5 to 20 by sector; σ and η 0, 1 or up to 1.5; ψ up to 1),
 * and one of: quota cuts of 10 to 99 %, export duties, an embargo on one buyer, a tariff war up to
 * 100 %, mines that open or close, or several at once.
 */
export function draw(worlds: readonly Economy[], seed: number): Draw {
  const next = stream(seed);
  const base = worlds[seed % worlds.length];
  const uniform = (low: number, high: number) => low + (high - low) * next();
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)];
  const elasticity = () => pick([0, 1, uniform(0, 1), uniform(0, 1.5)]);
  const [sigma, eta] = [elasticity(), elasticity()];
  const economy: Economy = {
    ...base,
    theta: base.theta.map(() => 1.5 * (20 / 1.5) ** next()),
    sigma: base.sigma.map(() => sigma),
    eta: base.eta.map(() => eta),
    psi: base.psi.map(() => uniform(0, 1)),
  };
  const elements = next() < 0.5
    ? ["elements"]
    : economy.elements.filter((_, e) => e === 0 || next() < 0.4);
  const measures: (() => Measure)[] = [
    () => exportQuota("CHN", elements, pick([0.9, 0.6, 0.3, 0.1, 0.01])),
    () => exportDuty("CHN", elements, uniform(0, 2)),
    () => embargo("CHN", elements, [pick(["JPN", "USA", "DEU"])]),
    () => tariff("USA", "CHN", "*", uniform(0, 1)),
    () => tariff("CHN", "USA", "*", uniform(0, 1)),
    () => resourceChange(pick(["CHN", "USA", "RoW"]), elements, pick([0.2, 0.5, 2, 10])),
  ];
  const chosen = next() < 0.3
    ? [measures[0](), measures[3](), measures[4](), measures[5]()]
    : [pick(measures)()];
  const countries = economy.countries;
  const closure = pick<Closure>([
    { kind: "fixed" },
    { kind: "allocation" },
    { kind: "entry" },
    { kind: "global-allocation", innovators: ["JPN", "USA", "DEU"], adopters: countries },
    { kind: "global-entry", innovators: ["JPN", "USA", "DEU"], adopters: countries },
  ]);
  return {
    name: `draw ${seed}: ${closure.kind}, sigma ${sigma.toFixed(2)}, eta ${eta.toFixed(2)}, ` +
      chosen.map(({ kind }) => kind).join(" + "),
    economy,
    shock: shockOf(economy, ...chosen),
    closure,
  };
}
