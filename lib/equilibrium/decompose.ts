import { baselineFlows } from "./baseline_flows.ts";
import { checkClosure } from "./closure.ts";
import { type Economy, economySize } from "./economy.ts";
import type { Equilibrium } from "./equilibrium.ts";
import { checkShock, type Shock } from "./shock.ts";
import { closurePart, shockPart } from "./shock_part.ts";
import { solveEquilibrium, type SolveOptions } from "./solve_equilibrium.ts";

/**
 * Welfare of every country by channel, log points [country]. The terms are first-order and summed
 * along a path, so their sum is ln Ŵ up to an error of order 1/steps².
 */
export interface Decomposition {
  /** Export prices against import prices, both with export taxes and quota wedges, before tariffs. */
  readonly termsOfTrade: Float64Array;
  /** Tariffs times changes of import quantities, export taxes times changes of export quantities. */
  readonly volumeOfTrade: Float64Array;
  /** Technologies B̂R and B̂X of the country's producers. */
  readonly technology: Float64Array;
  /** Iceberg costs of what the country buys. */
  readonly tradeCosts: Float64Array;
  /** Factor and resource endowments. */
  readonly endowments: Float64Array;
  /** Transfers received. */
  readonly transfers: Float64Array;
  /** Sum of all terms. */
  readonly total: Float64Array;
  /** ln Ŵ of the last equilibrium, the number that `total` approximates. */
  readonly lnWelfare: Float64Array;
  /** The last equilibrium of the path. */
  readonly equilibrium: Equilibrium;
}

/** What one point of the path contributes: values and the logs whose changes they weigh. */
interface PathPoint {
  readonly income: Float64Array;
  /** Value at the border (with export tax, before tariff) and at the producer [n][i][j]. */
  readonly border: Float64Array;
  readonly producer: Float64Array;
  readonly tariff: Float64Array;
  /** ln(1 + export tax and wedge), ln κ̂ [n][i][j]; ln ĉ [n][j]. */
  readonly lnTax: Float64Array;
  readonly lnIceberg: Float64Array;
  readonly lnCost: Float64Array;
  /** Spending on elements and on other inputs at the producer [n][j], ln B̂R, ln B̂X. */
  readonly elementCost: Float64Array;
  readonly otherCost: Float64Array;
  readonly lnElement: Float64Array;
  readonly lnOther: Float64Array;
  /** Incomes of factors and resources, ln L̂, ln R̂. */
  readonly factorIncome: Float64Array;
  readonly resourceIncome: Float64Array;
  readonly lnFactor: Float64Array;
  readonly lnResource: Float64Array;
  readonly transfer: Float64Array;
}

/**
 * First-order decomposition of welfare along a path of `steps` equal parts of the shock:
 * I d ln W = Σ exports d ln export price − Σ imports d ln import price + Σ t M d ln M-quantity +
 * Σ x V d ln V-quantity − Σ M d ln κ + Σ (1−ρ)Y (s d ln B̂R + (1−s) d ln B̂X) + Σ wL d ln L +
 * Σ rR d ln R + dD, weights averaged over the two ends of each step.
 *
 * Source: Caliendo and Parro (2015), eq. 16, extended by export taxes, technology and endowments
 * (README.md, Equations).
 *
 * @throws RangeError for embargoes (see {@link shockPart}) and a number of steps below 1
 * @throws EquilibriumError when a point of the path has no solution
 */
export function decompose(
  economy: Economy,
  shock: Shock,
  steps: number,
  options: SolveOptions = {},
): Decomposition {
  if (!(Number.isInteger(steps) && steps >= 1)) {
    throw new RangeError(`steps is ${steps}; expected a whole number of at least 1`);
  }
  checkShock(economy, shock);
  const closure = options.closure ?? { kind: "fixed" };
  checkClosure(economy, closure);
  const { N } = economySize(economy);
  const zeros = () => new Float64Array(N);
  const sum = {
    termsOfTrade: zeros(),
    volumeOfTrade: zeros(),
    technology: zeros(),
    tradeCosts: zeros(),
    endowments: zeros(),
    transfers: zeros(),
  };
  let equilibrium = solveEquilibrium(economy, {}, {
    ...options,
    closure: closurePart(closure, 0),
    start: undefined,
  });
  let before = pathPoint(economy, {}, equilibrium);
  for (let step = 1; step <= steps; step++) {
    const part = shockPart(economy, shock, step / steps);
    equilibrium = solveEquilibrium(economy, part, {
      ...options,
      closure: closurePart(closure, step / steps),
      start: equilibrium,
    });
    const after = pathPoint(economy, part, equilibrium);
    addStep(economy, before, after, sum);
    before = after;
  }
  const total = zeros();
  for (const term of Object.values(sum)) term.forEach((value, n) => total[n] += value);
  return { ...sum, total, lnWelfare: equilibrium.welfare.map(Math.log), equilibrium };
}

function pathPoint(economy: Economy, shock: Shock, found: Equilibrium): PathPoint {
  const { N, J, F } = economySize(economy);
  const tariff = shock.tariff ?? economy.tariff;
  const lnTax = (shock.exportTax ?? economy.exportTax).map((rate) => Math.log1p(rate));
  (shock.quotas ?? []).forEach(({ country, element }, q) => {
    const [i, j] = [economy.countries.indexOf(country), economy.sectors.indexOf(element)];
    for (let n = 0; n < N; n++) {
      if (n !== i) lnTax[(n * N + i) * J + j] += Math.log1p(found.quotaWedge[q]);
    }
  });
  const border = found.tradeShare.map((share, at) => {
    const market = Math.floor(at / (N * J)) * J + at % J;
    return share * found.expenditure[market] / (1 + tariff[at]);
  });
  const baseline = baselineFlows(economy);
  const variable = found.revenue.map((revenue, at) => (1 - economy.specificShare[at]) * revenue);
  const endowment = shock.factorEndowment ?? new Float64Array(N * F).fill(1);
  const resource = shock.resource ?? new Float64Array(N * J).fill(1);
  return {
    income: found.income.map((value, n) => value * baseline.income[n]),
    border,
    producer: border.map((value, at) => value / Math.exp(lnTax[at])),
    tariff,
    lnTax,
    lnIceberg: (shock.iceberg ?? new Float64Array(N * N * J).fill(1)).map(Math.log),
    lnCost: found.unitCost.map(Math.log),
    elementCost: variable.map((value, at) => value * found.elementShare[at]),
    otherCost: variable.map((value, at) => value * (1 - found.elementShare[at])),
    lnElement: found.technology.element.map(Math.log),
    lnOther: found.technology.other.map(Math.log),
    factorIncome: baseline.factorIncome.map((value, at) => value * found.wage[at] * endowment[at]),
    resourceIncome: found.revenue.map((value, at) => value * economy.specificShare[at]),
    lnFactor: endowment.map(Math.log),
    lnResource: resource.map(Math.log),
    transfer: shock.transfer ?? economy.transfer,
  };
}

type Terms = Record<
  "termsOfTrade" | "volumeOfTrade" | "technology" | "tradeCosts" | "endowments" | "transfers",
  Float64Array
>;

/** Adds the contribution of one step: averages of value over income at both ends, times log changes. */
function addStep(economy: Economy, a: PathPoint, b: PathPoint, sum: Terms) {
  const { N, J, F } = economySize(economy);
  const weight = (n: number, from: number, to: number) =>
    (from / a.income[n] + to / b.income[n]) / 2;
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < J; j++) {
        const at = (n * N + i) * J + j;
        if (!(a.border[at] > 0 && b.border[at] > 0)) continue;
        const maker = i * J + j;
        const cost = b.lnCost[maker] - a.lnCost[maker];
        const price = cost + b.lnTax[at] - a.lnTax[at];
        const iceberg = b.lnIceberg[at] - a.lnIceberg[at];
        const shipped = Math.log(b.producer[at] / a.producer[at]) - cost;
        const received = shipped - iceberg;
        if (n !== i) {
          sum.termsOfTrade[n] -= weight(n, a.border[at], b.border[at]) * price;
          sum.termsOfTrade[i] += weight(i, a.border[at], b.border[at]) * price;
        }
        sum.tradeCosts[n] -= weight(n, a.border[at], b.border[at]) * iceberg;
        sum.volumeOfTrade[n] +=
          weight(n, a.tariff[at] * a.border[at], b.tariff[at] * b.border[at]) * received;
        sum.volumeOfTrade[i] +=
          weight(i, a.border[at] - a.producer[at], b.border[at] - b.producer[at]) * shipped;
      }
    }
    for (let at = n * J; at < (n + 1) * J; at++) {
      const change = (own: Float64Array, next: Float64Array) =>
        own[at] === next[at] ? 0 : next[at] - own[at];
      sum.technology[n] += weight(n, a.elementCost[at], b.elementCost[at]) *
          change(a.lnElement, b.lnElement) +
        weight(n, a.otherCost[at], b.otherCost[at]) * change(a.lnOther, b.lnOther);
      sum.endowments[n] += weight(n, a.resourceIncome[at], b.resourceIncome[at]) *
        change(a.lnResource, b.lnResource);
    }
    for (let at = n * F; at < (n + 1) * F; at++) {
      sum.endowments[n] += weight(n, a.factorIncome[at], b.factorIncome[at]) *
        (b.lnFactor[at] - a.lnFactor[at]);
    }
    sum.transfers[n] += weight(n, 1, 1) * (b.transfer[n] - a.transfer[n]);
  }
}
