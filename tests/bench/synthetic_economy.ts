import { type Economy, economyFromShares, type Shock } from "@ree/equilibrium";

/** A stream of numbers in (0, 1). */
function stream(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

/**
 * A dense random economy of a given size: home shares near 0.8, inputs half of cost, one factor;
 * the last `E` sectors are elements, mined everywhere.
 */
export function syntheticEconomy(N: number, J: number, E = 0, seed = 1): Economy {
  const next = stream(seed);
  const fill = (length: number, make: (at: number) => number) =>
    Float64Array.from({ length }, (_, at) => make(at));
  const first = J - E;
  const tradeShare = new Float64Array(N * N * J);
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      let sum = 0;
      for (let i = 0; i < N; i++) {
        const weight = i === n ? 4 * (N - 1) * 0.5 : next();
        tradeShare[(n * N + i) * J + j] = weight;
        sum += weight;
      }
      for (let i = 0; i < N; i++) tradeShare[(n * N + i) * J + j] /= sum;
    }
  }
  const materialShare = new Float64Array(N * J * J);
  for (let at = 0; at < N * J; at++) {
    const weights = fill(first, next);
    const sum = weights.reduce((a, b) => a + b);
    weights.forEach((weight, k) => materialShare[at * J + k] = 0.5 * weight / sum);
  }
  const finalShare = fill(N * J, (at) => at % J < first ? 0.5 + next() : 0);
  for (let n = 0; n < N; n++) {
    let sum = 0;
    for (let j = 0; j < J; j++) sum += finalShare[n * J + j];
    for (let j = 0; j < J; j++) finalShare[n * J + j] /= sum;
  }
  const label = (letter: string, count: number) =>
    Array.from({ length: count }, (_, k) => `${letter}${k + 1}`);
  const sectors = [...label("s", first), ...label("e", E)];
  return economyFromShares({
    countries: label("c", N),
    sectors,
    factors: ["value added"],
    elements: sectors.slice(first),
    tradeShare,
    tariff: new Float64Array(N * N * J),
    exportTax: new Float64Array(N * N * J),
    elementShare: fill(N * J, (at) => E > 0 && at % J < first ? 0.005 * next() : 0),
    elementMix: fill(N * J * E, () => 1 / E),
    factorShare: fill(N * J, () => 0.5),
    materialShare,
    specificShare: fill(N * J, (at) => at % J < first ? 0 : 0.7),
    finalShare,
    transfer: new Float64Array(N),
    sigma: fill(J, () => 0.5),
    eta: fill(J, () => 0.5),
    theta: fill(J, () => 3 + 5 * next()),
    psi: fill(J, () => 0.5),
  });
}

/** A tariff of 10 % on all imports. */
export function uniformTariff({ countries, sectors }: Economy): Shock {
  const [N, J] = [countries.length, sectors.length];
  return {
    tariff: Float64Array.from(
      { length: N * N * J },
      (_, at) => Math.floor(at / (N * J)) === Math.floor(at / J) % N ? 0 : 0.1,
    ),
  };
}
