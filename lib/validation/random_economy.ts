import type { Economy } from "@ree/equilibrium";
import { type LevelState, levelSystem, type Primitives } from "./level_model.ts";
import { newton } from "./newton.ts";

/** A stream of numbers in (0, 1); the seeds in use were tried with this one. */
export function stream(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) % 4294967296;
  return () => {
    state = (state + 0x6D2B79F5) % 4294967296;
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = (t + Math.imul(t ^ t >>> 7, 61 | t)) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  };
}

/** Sizes and features of a random economy. */
export interface RandomOptions {
  readonly N?: number;
  readonly J?: number;
  readonly E?: number;
  readonly F?: number;
  readonly tariffs?: boolean;
  readonly transfers?: boolean;
  readonly theta?: number;
}

/** A random economy solved in levels, and the same economy as baseline shares for the library. */
export interface RandomEconomy {
  readonly primitives: Primitives;
  readonly base: LevelState;
  readonly economy: Economy;
}

/**
 * A random economy from primitives: 2-6 countries, 3-12 sectors, 1-4 elements, 1-3 factors, some
 * non-traded sectors, some missing trade links, mines in some countries only.
 *
 * @throws when the level solver does not find its baseline (does not happen for the seeds in use)
 */
export function randomEconomy(seed: number, options: RandomOptions = {}): RandomEconomy {
  const next = stream(seed);
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const E = options.E ?? whole(1, 4);
  const J = options.J ?? Math.max(E + 2, whole(3, 12));
  const N = options.N ?? whole(2, 6);
  const F = options.F ?? whole(1, 3);
  const primitives = randomPrimitives(next, { N, J, F, E }, options);
  const system = levelSystem(primitives, [], { kind: "fixed" });
  const starts = [0, 1, 2, 3].map((k) =>
    system.start.map((value, m) => value + 0.5 * k * Math.sin(m))
  );
  let [point, gap] = [system.start, Infinity];
  for (const start of starts) {
    if (gap > 1e-11) ({ point, gap } = newton(system.residual, start, 200));
  }
  if (gap > 1e-11) throw new Error(`seed ${seed}: level baseline has a gap of ${gap}`);
  const base = system.state(point);
  return { primitives, base, economy: economyOf(primitives, base) };
}

function randomPrimitives(
  next: () => number,
  { N, J, F, E }: Record<"N" | "J" | "F" | "E", number>,
  { tariffs = true, transfers = true, theta }: RandomOptions,
): Primitives {
  const first = J - E;
  const fill = (length: number, make: (at: number) => number) =>
    Float64Array.from({ length }, (_, at) => make(at));
  const uniform = (low: number, high: number) => low + (high - low) * next();
  const pick = (values: readonly number[], low: number, high: number) =>
    next() < 0.4 ? values[Math.floor(next() * values.length)] : uniform(low, high);
  const mined = fill(N * J, (at) => at % J >= first && next() < 0.6 ? 1 : 0);
  for (let j = first; j < J; j++) {
    mined[Math.floor(next() * N) * J + j] = 1;
    mined[j % N * J + j] = 1;
  }
  const nontraded = fill(J, (j) => j < first - 1 && next() < 0.2 ? 1 : 0);
  const taste = fill(N * N * J, (at) => {
    const [n, i, j] = [Math.floor(at / (N * J)), Math.floor(at / J) % N, at % J];
    if (j >= first && mined[i * J + j] === 0) return 0;
    if (n === i) return uniform(0.8, 2);
    if (nontraded[j] === 1 || (j < first && next() < 0.1)) return 0;
    return uniform(0.1, 0.8);
  });
  const tax = (chance: number, high: number) =>
    fill(N * N * J, (at) => {
      const [n, i] = [Math.floor(at / (N * J)), Math.floor(at / J) % N];
      return tariffs && n !== i && next() < chance ? uniform(-0.05, high) : 0;
    });
  const users = fill(N * J, () => next() < 0.6 ? 1 : 0);
  const factorShare = new Float64Array(N * J * F);
  const materialShare = new Float64Array(N * J * J);
  const mixWeight = new Float64Array(N * J * E);
  for (let at = 0; at < N * J; at++) {
    const weights = fill(F + first, (k) => next() * (k < F ? 2 / F : 1.6 / first));
    const sum = weights.reduce((a, b) => a + b);
    weights.forEach((weight, k) => {
      if (k < F) factorShare[at * F + k] = weight / sum;
      else materialShare[at * J + k - F] = weight / sum;
    });
    const mix = fill(E, () => next() < 0.25 && E > 1 ? 0 : uniform(0.2, 1));
    const all = mix.reduce((a, b) => a + b);
    if (all === 0) mix[0] = 1;
    mix.forEach((value, e) => mixWeight[at * E + e] = all === 0 ? value : value / all);
  }
  const finalShare = fill(
    N * J,
    (at) => at % J < first ? uniform(0.2, 1) : next() < 0.1 ? 0.02 : 0,
  );
  for (let n = 0; n < N; n++) {
    for (let e = 0; e < E; e++) { // every element market has demand, so that its logarithm exists
      let used = false;
      for (let j = 0; j < J; j++) {
        if (users[n * J + j] === 1 && mixWeight[(n * J + j) * E + e] > 0) {
          // a user that makes nothing (an element without a mine) does not count
          used ||= j < first || mined[n * J + j] === 1;
        }
      }
      if (!used) finalShare[n * J + first + e] = 0.01;
    }
    let sum = 0;
    for (let j = 0; j < J; j++) sum += finalShare[n * J + j];
    for (let j = 0; j < J; j++) finalShare[n * J + j] /= sum;
  }
  const transfer = fill(N, () => transfers ? uniform(-0.1, 0.1) / N : 0);
  const mean = transfer.reduce((a, b) => a + b) / N;
  const sigma = fill(J, () => pick([0, 1, 0.5], 0, 1.5));
  return {
    N,
    J,
    F,
    E,
    taste,
    tariff: tax(0.5, 0.3),
    exportTax: tax(0.2, 0.2),
    iceberg: new Float64Array(N * N * J).fill(1),
    bundleWeight: fill(N * J, (at) => users[at] === 1 ? uniform(0.02, 0.2) : 0),
    mixWeight,
    factorShare,
    materialShare,
    specificShare: fill(N * J, (at) => mined[at] === 1 ? uniform(0.2, 0.9) : 0),
    costliness: fill(N * J, () => uniform(0.7, 1.4)),
    finalShare,
    factors: fill(N * F, () => uniform(0.5, 2)),
    resources: fill(N * J, (at) => mined[at] === 1 ? uniform(0.02, 0.06) : 0),
    transfer: transfer.map((value) => value - mean),
    sigma,
    eta: fill(J, () => pick([0, 1, 0.5], 0, 1.5)),
    theta: fill(J, () => theta ?? uniform(2, 7)),
    psi: fill(J, () => uniform(0, 0.8)),
  };
}

/** Baseline shares of a level equilibrium. */
function economyOf(p: Primitives, base: LevelState): Economy {
  const { N, J, F, E } = p;
  const label = (letter: string, count: number) =>
    Array.from({ length: count }, (_, k) => `${letter}${k + 1}`);
  const sectors = [...label("s", J - E), ...label("e", E)];
  return {
    countries: label("c", N),
    sectors,
    factors: label("f", F),
    elements: sectors.slice(J - E),
    tradeShare: base.tradeShare,
    tariff: p.tariff,
    exportTax: p.exportTax,
    elementShare: base.elementShare,
    elementMix: base.elementMix,
    factorShare: p.factorShare,
    materialShare: p.materialShare,
    specificShare: p.specificShare,
    finalShare: p.finalShare,
    expenditure: base.spending,
    revenue: base.revenue,
    transfer: p.transfer,
    sigma: p.sigma,
    eta: p.eta,
    theta: p.theta,
    psi: p.psi,
  };
}
