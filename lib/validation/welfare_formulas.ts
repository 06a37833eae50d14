import { type Economy, economyFromShares, type Shock, solveEquilibrium } from "@ree/equilibrium";
import { lu, luSolve, randomStream } from "@ree/numeric";
import {
  type AnswerCheck,
  describeEconomies,
  largestDifference,
  SOLVER_REASON,
} from "./answer_check.ts";

/** Formulas are exact: the solver's tolerance is all that stands between. */
const TOLERANCE = 1e-9;

/**
 * Welfare against closed forms in home trade shares, on random worlds with one factor and neither
 * elements nor taxes (SIMULATED).
 *
 * Source: Arkolakis, Costinot and Rodríguez-Clare (2012), American Economic Review 102(1), eq. 1;
 * Costinot and Rodríguez-Clare (2014), Handbook of International Economics 4, section 3.4 (inputs).
 *
 * @param seeds one world of each kind per seed
 */
export function welfareFormulas(seeds: readonly number[]): AnswerCheck[] {
  const check = (
    text: string,
    sectors: number,
    costs: (random: number) => number,
    formula: (economy: Economy, homeChange: (n: number, j: number) => number, n: number) => number,
  ): AnswerCheck => {
    const worlds: Economy[] = [];
    let gap = 0;
    for (const seed of seeds) {
      const { economy, shock } = plainWorld(seed, sectors, costs);
      const [N, J] = [economy.countries.length, economy.sectors.length];
      const found = solveEquilibrium(economy, shock);
      const change = (n: number, j: number) => {
        const at = (n * N + n) * J + j;
        return Math.log(found.tradeShare[at] / economy.tradeShare[at]);
      };
      const expected = economy.countries.map((_, n) => Math.exp(formula(economy, change, n)));
      gap = Math.max(gap, largestDifference(found.welfare, expected));
      worlds.push(economy);
    }
    return {
      check: text,
      ...describeEconomies(worlds),
      gap,
      tolerance: TOLERANCE,
      reason: SOLVER_REASON,
    };
  };
  const iceberg = (random: number) => 0.8 + random;
  return [
    check(
      "One sector: Ŵ = π̂^(−1/θ) (Arkolakis, Costinot and Rodríguez-Clare 2012)",
      1,
      iceberg,
      ({ theta }, change, n) => -change(n, 0) / theta[0],
    ),
    check(
      "Autarky: Ŵ = π^(1/θ), the baseline's home share",
      1,
      () => Infinity,
      ({ theta, tradeShare, countries: { length: N } }, _, n) =>
        Math.log(tradeShare[n * N + n]) / theta[0],
    ),
    check(
      "Sectors with inputs: the formula through each country's Leontief inverse",
      6,
      iceberg,
      throughInputs,
    ),
  ];
}

/** −Σ_j β_j Σ_k [(I − Γ)⁻¹]_jk ln π̂_nn,k / θ_k. */
function throughInputs(
  { sectors, materialShare, finalShare, theta }: Economy,
  change: (n: number, j: number) => number,
  n: number,
): number {
  const J = sectors.length;
  const system = new Float64Array(J * J);
  for (let j = 0; j < J; j++) {
    for (let k = 0; k < J; k++) {
      system[j * J + k] = (j === k ? 1 : 0) - materialShare[(n * J + j) * J + k];
    }
  }
  const own = Float64Array.from(sectors, (_, k) => change(n, k) / theta[k]);
  const prices = luSolve(lu(system), own);
  return -prices.reduce((sum, value, j) => sum + finalShare[n * J + j] * value, 0);
}

/** A world of labour and goods, and iceberg costs for foreign pairs. */
function plainWorld(
  seed: number,
  sectors: number,
  costs: (random: number) => number,
): { economy: Economy; shock: Shock } {
  const { uniform, integer } = randomStream(seed);
  const [N, J] = [3 + integer(4), sectors];
  const zeros = (length: number) => new Float64Array(length);
  const shares = (rows: number, width: number, weight: (row: number, k: number) => number) =>
    Float64Array.from(
      Array.from({ length: rows }, (_, row) => {
        const own = Array.from({ length: width }, (_, k) => weight(row, k));
        const sum = own.reduce((a, b) => a + b);
        return own.map((value) => value / sum);
      }).flat(),
    );
  // [n][j][i] first, then to [n][i][j].
  const byExporter = shares(N * J, N, (row, i) => (Math.floor(row / J) === i ? 2 : 0) + uniform());
  const inputs = shares(N * J, J + 1, (_, k) => (k === 0 ? J : 1) * (0.1 + uniform()));
  const economy = economyFromShares({
    countries: Array.from({ length: N }, (_, n) => `c${n + 1}`),
    sectors: Array.from({ length: J }, (_, j) => `s${j + 1}`),
    factors: ["labour"],
    elements: [],
    tradeShare: Float64Array.from({ length: N * N * J }, (_, at) => {
      const [n, i, j] = [Math.floor(at / (N * J)), Math.floor(at / J) % N, at % J];
      return byExporter[(n * J + j) * N + i];
    }),
    tariff: zeros(N * N * J),
    exportTax: zeros(N * N * J),
    elementShare: zeros(N * J),
    elementMix: zeros(0),
    factorShare: Float64Array.from(
      { length: N * J },
      (_, at) => J === 1 ? 1 : inputs[at * (J + 1)],
    ),
    materialShare: Float64Array.from(
      { length: N * J * J },
      (_, at) => J === 1 ? 0 : inputs[Math.floor(at / J) * (J + 1) + 1 + at % J],
    ),
    specificShare: zeros(N * J),
    finalShare: shares(N, J, () => 0.1 + uniform()),
    transfer: zeros(N),
    sigma: zeros(J),
    eta: zeros(J),
    theta: Float64Array.from({ length: J }, () => 2 + 8 * uniform()),
    psi: zeros(J),
  });
  const iceberg = Float64Array.from({ length: N * N * J }, (_, at) => {
    const home = Math.floor(at / (N * J)) === Math.floor(at / J) % N;
    return home ? 1 : costs(uniform());
  });
  return { economy, shock: { iceberg } };
}
