import type { Closure, Shock } from "@ree/equilibrium";
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
