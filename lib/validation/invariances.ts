import {
  type Closure,
  type Economy,
  economyAfter,
  economyFromShares,
  type Equilibrium,
  type Shock,
  solveEquilibrium,
} from "@ree/equilibrium";
import {
  type AnswerCheck,
  describeEconomies,
  largestDifference,
  SOLVER_REASON,
} from "./answer_check.ts";
import { randomCase } from "./random_case.ts";
import { randomEconomy } from "./random_economy.ts";

const TOLERANCE = 1e-9;
/** Rounding only: nothing has to be solved. */
const ROUNDING = 1e-12;
/** Two solves in a row, the second from the result of the first. */
const TWICE = 1e-8;

const largest = (a: Equilibrium, b: Equilibrium) =>
  Math.max(
    ...(["welfare", "price", "wage", "tradeShare"] as const)
      .map((name) => largestDifference(a[name], b[name])),
  );

/** Changes that must not matter, and pairs of shocks that must give the same, on random economies (SIMULATED). */
export function invariances(seeds: readonly number[]): AnswerCheck[] {
  const cases = seeds.map((seed) => {
    const random = randomEconomy(seed);
    return { economy: random.economy, ...randomCase(seed, random) };
  });
  const check = (
    text: string,
    tolerance: number,
    reason: string,
    gapOf: (economy: Economy, shock: Shock, closure: Closure) => number | undefined,
  ): AnswerCheck => {
    const used: Economy[] = [];
    let gap = 0;
    for (const { economy, shock, closure } of cases) {
      const own = gapOf(economy, shock, closure);
      if (own === undefined) continue;
      used.push(economy);
      gap = Math.max(gap, own);
    }
    if (used.length === 0) throw new RangeError(`no economy of ${seeds} suits: ${text}`);
    return { check: text, ...describeEconomies(used), gap, tolerance, reason };
  };
  return [
    check(
      "No shock: every change is 1, in one evaluation",
      ROUNDING,
      "rounding only",
      (economy, _, closure) => {
        if (closure.kind === "frozen") return undefined;
        const found = solveEquilibrium(economyFromShares(economy), {}, { closure });
        if (found.iterations !== 1) return Infinity;
        const ones = (array: Float64Array) => largestDifference(array, array.map(() => 1));
        return Math.max(ones(found.welfare), ones(found.price), ones(found.wage));
      },
    ),
    check(
      "Walras: world spending is world income",
      1e-10,
      "asked for by the design of the model",
      (...given) => solve(...given).residuals.walras,
    ),
    check(
      "Numeraire: in another unit of account changes are the same",
      TOLERANCE,
      SOLVER_REASON,
      otherUnit,
    ),
    check(
      "A binding quota is the export duty that meets it",
      TOLERANCE,
      SOLVER_REASON,
      quotaAsDuty,
    ),
    check("A quota that does not bind is no quota", TOLERANCE, SOLVER_REASON, slackQuota),
    check(
      "Shock and back: the product of the changes is 1",
      TWICE,
      "two solves in a row",
      thereAndBack,
    ),
  ];
}

const solve = (economy: Economy, shock: Shock, closure: Closure) =>
  solveEquilibrium(economy, shock, { closure });

function otherUnit(economy: Economy, shock: Shock, closure: Closure): number {
  const times = (array: Float64Array) => array.map((value) => 7.3 * value);
  const other: Economy = {
    ...economy,
    expenditure: times(economy.expenditure),
    revenue: times(economy.revenue),
    transfer: times(economy.transfer),
  };
  const changed = { ...shock, transfer: shock.transfer && times(shock.transfer) };
  return largest(solve(other, changed, closure), solve(economy, shock, closure));
}

/** Undefined where no quota binds. */
function quotaAsDuty(economy: Economy, shock: Shock, closure: Closure): number | undefined {
  const quota = solve(economy, shock, closure);
  if (!quota.quotaWedge.some((wedge) => wedge > 0)) return undefined;
  const [N, J] = [economy.countries.length, economy.sectors.length];
  const exportTax = Float64Array.from(shock.exportTax ?? economy.exportTax);
  (shock.quotas ?? []).forEach(({ country, element }, q) => {
    const [i, j] = [economy.countries.indexOf(country), economy.sectors.indexOf(element)];
    for (let n = 0; n < N; n++) {
      const at = (n * N + i) * J + j;
      if (n !== i) exportTax[at] = (1 + exportTax[at]) * (1 + quota.quotaWedge[q]) - 1;
    }
  });
  return largest(solve(economy, { ...shock, exportTax, quotas: [] }, closure), quota);
}

/** Undefined where no quota is slack. */
function slackQuota(economy: Economy, shock: Shock, closure: Closure): number | undefined {
  const found = solve(economy, shock, closure);
  const quotas = (shock.quotas ?? []).filter((_, q) => found.quotaWedge[q] > 0);
  if (quotas.length === found.quotaWedge.length) return undefined;
  return largest(solve(economy, { ...shock, quotas }, closure), found);
}

/** Undefined where the way back is not the same problem: embargoes, common research, moving weights. */
function thereAndBack(economy: Economy, shock: Shock, closure: Closure): number | undefined {
  if (shock.iceberg?.includes(Infinity) || closure.kind.startsWith("global")) return undefined;
  if (closure.kind === "entry" && economy.factors.length > 1) return undefined;
  const there = solve(economy, shock, closure);
  const inverse = (array: Float64Array) => array.map((value) => 1 / value);
  const back = solve(
    economyAfter(economy, shock, there),
    {
      tariff: economy.tariff,
      exportTax: economy.exportTax,
      iceberg: shock.iceberg && inverse(shock.iceberg),
      factorEndowment: shock.factorEndowment && inverse(shock.factorEndowment),
      resource: shock.resource && inverse(shock.resource),
      transfer: economy.transfer,
    },
    closure.kind === "frozen"
      ? { kind: "frozen", element: inverse(closure.element), other: inverse(closure.other) }
      : closure,
  );
  return Math.max(
    largestDifference(
      there.welfare.map((value, n) => value * back.welfare[n]),
      there.welfare.map(() => 1),
    ),
    largestDifference(back.tradeShare, economy.tradeShare),
  );
}
