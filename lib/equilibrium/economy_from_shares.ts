import { anderson, lu, luSolve } from "@ree/numeric";
import { baselineFlows } from "./baseline_flows.ts";
import { checkEconomy } from "./check_economy.ts";
import { checkShares } from "./check_shares.ts";
import { type Economy, type EconomyShares, economySize } from "./economy.ts";

/** How {@link economyFromShares} fixes the scale. */
export interface LevelOptions {
  /** World income of factors and resources together; transfers are in the same unit. Default 1. */
  readonly worldIncome?: number;
}

/** Relative change per sweep at which spending counts as solved: some ten rounding errors. */
const SPENDING_TOLERANCE = 2e-15;
const MAX_SWEEPS = 2000;
const DEPTH = 8;

/**
 * The baseline levels X and Y that shares and transfers imply (README.md).
 *
 * Spending is linear in the primary incomes V of countries, and these in spending; N solves of
 * spending give V ↦ K V + d, and V solves (I − K)V = d with ΣV = `worldIncome`. Cost O(N) spending
 * solves of O(N²J + NJ²) per sweep.
 *
 * @returns an economy that passes {@link checkEconomy}
 * @throws RangeError when a share breaks a rule, or transfers leave a country without income
 */
export function economyFromShares(shares: EconomyShares, options: LevelOptions = {}): Economy {
  const { worldIncome = 1 } = options;
  if (!(worldIncome > 0 && Number.isFinite(worldIncome))) {
    throw new RangeError(`worldIncome is ${worldIncome}; expected a positive number`);
  }
  checkShares(shares);
  const { N, J } = economySize(shares);
  const spend = spendingSolver(shares);
  const primary = (income: Float64Array, transfer: boolean) =>
    baselineFlows({ ...shares, expenditure: spend(income, transfer) }).primaryIncome;
  const fromTransfers = primary(new Float64Array(N), true);
  const system = new Float64Array(N * N);
  for (let m = 0; m < N; m++) {
    const one = new Float64Array(N);
    one[m] = 1;
    const column = primary(one, false);
    for (let n = 0; n < N; n++) system[n * N + m] = (n === m ? 1 : 0) - column[n];
  }
  refuseSeparateWorlds(shares.countries, system);
  // The equations add up to 0 = 0, so the last one gives way to the scale.
  for (let m = 0; m < N; m++) system[(N - 1) * N + m] = 1;
  fromTransfers[N - 1] = worldIncome;
  const primaryIncome = luSolve(lu(system), fromTransfers);
  primaryIncome.forEach((value, n) => {
    if (!(value > 0)) {
      throw new RangeError(
        `factor income of ${shares.countries[n]} is ${value}: transfers of this size cannot be ` +
          `supported at world income ${worldIncome}`,
      );
    }
  });
  const expenditure = spend(primaryIncome, true);
  const negative = expenditure.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw new RangeError(
      `expenditure of ${shares.countries[Math.floor(negative / J)]}, ` +
        `${shares.sectors[negative % J]} is ${
          expenditure[negative]
        }: its transfer exceeds its income`,
    );
  }
  const { revenue } = baselineFlows({ ...shares, expenditure });
  const economy = { ...shares, expenditure, revenue };
  checkEconomy(economy);
  return economy;
}

/**
 * Refuses shares under which two groups of countries spend only on their own producers: any split of
 * world income between them would do.
 *
 * @param system I − K [n][m], K the income of n from spending of m
 */
function refuseSeparateWorlds(countries: readonly string[], system: Float64Array) {
  const N = countries.length;
  const reached = countries.map((_, from) => {
    const set = new Set([from]);
    for (const m of set) { // grows while it is walked
      for (let n = 0; n < N; n++) if (n !== m && system[n * N + m] !== 0) set.add(n);
    }
    return set;
  });
  // A group is closed when whoever is reached from it leads back to all of it.
  const closed = countries.map((_, n) => n)
    .filter((n) => [...reached[n]].every((m) => reached[m].has(n)));
  const groups = new Set(closed.map((n) => [...reached[n]].sort((a, b) => a - b).join()));
  if (groups.size < 2) return;
  const names = [...groups].map((group) => group.split(",").map((n) => countries[Number(n)]));
  throw new RangeError(
    `tradeShare: ${names.map((group) => `{${group.join(", ")}}`).join(" and ")} spend only on ` +
      "their own producers, so that shares do not determine the levels; expected groups of " +
      "countries to be linked by trade",
  );
}

/** Solves spending at given primary incomes: X = β(V + taxes + D) + intermediate use. */
function spendingSolver(shares: EconomyShares) {
  const { N, J } = economySize(shares);
  const mixer = anderson(N * J, DEPTH);
  const none = new Float64Array(N);
  return (primaryIncome: Float64Array, transfer: boolean): Float64Array => {
    const own = { ...shares, transfer: transfer ? shares.transfer : none };
    const x = new Float64Array(N * J);
    let gap = Infinity;
    mixer.reset();
    for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      const flows = baselineFlows({ ...own, expenditure: x });
      const image = flows.expenditure;
      let largest = 0;
      for (let n = 0; n < N; n++) {
        const extra = primaryIncome[n] - flows.primaryIncome[n];
        for (let j = 0; j < J; j++) {
          image[n * J + j] += shares.finalShare[n * J + j] * extra;
          largest = Math.max(largest, Math.abs(image[n * J + j]));
        }
      }
      gap = image.reduce((worst, value, k) => Math.max(worst, Math.abs(value - x[k])), 0);
      if (gap <= SPENDING_TOLERANCE * largest) {
        return polish(own, primaryIncome, image);
      }
      mixer.advance(x, image);
    }
    throw new RangeError(`baseline spending did not converge in ${MAX_SWEEPS} sweeps (gap ${gap})`);
  };
}

/** Plain sweeps, whose rounding is relative to each cell and not to the largest one. */
function polish(shares: EconomyShares, primaryIncome: Float64Array, start: Float64Array) {
  const { N, J } = economySize(shares);
  let x = start;
  for (let sweep = 0; sweep < 60; sweep++) {
    const flows = baselineFlows({ ...shares, expenditure: x });
    let change = 0;
    for (let n = 0; n < N; n++) {
      const extra = primaryIncome[n] - flows.primaryIncome[n];
      for (let j = 0; j < J; j++) {
        const at = n * J + j;
        flows.expenditure[at] += shares.finalShare[at] * extra;
        if (flows.expenditure[at] !== 0) {
          change = Math.max(change, Math.abs(x[at] / flows.expenditure[at] - 1));
        }
      }
    }
    x = flows.expenditure;
    if (change < 1e-13) break;
  }
  return x;
}
