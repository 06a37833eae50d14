import type { Problem } from "./problem.ts";
import type { State } from "./state.ts";

/** Newton steps for the entry closure; the function is smooth and increasing, 3 to 6 suffice. */
const MAX_NEWTON = 50;

/** A relative step below this is rounding. */
const NEWTON_TOLERANCE = 1e-15;

/**
 * Element share, technologies and variable cost of one producer with s > 0, from the prices of its
 * element bundle q and its other inputs z.
 *
 * With o the change of the log odds of s, g = s′/s and L = ln((1−s) + s e^o): ln g = o − L and
 * ln((1−s′)/(1−s)) = −L. CES cost minimisation says o = (1−σ) ln[(q/B̂R)/(z/B̂X)] and
 * ln m = ln(z/B̂X) + L/(1−σ). `expm1` and `log1p` keep this exact through σ → 1.
 *
 * - fixed, frozen, global: B̂ are given.
 * - allocation: B̂R/B̂X = e^(ψ o), so o = (1−σ) ln(q/z)/(1 + ψ(1−σ)).
 * - entry: B̂R = (g v)^ψ; Newton on o + (1−σ)ψ(o − L(o)) = (1−σ)(ln(q/z) − ψ ln v), whose slope
 *   1 + ψ(1−σ)(1−s′) is positive because ψ(σ−1) < 1.
 *
 * Source: README.md, equation 3 and section 3.
 *
 * @param at producer, country·J + sector
 * @returns ln m̂; writes s′, ln B̂R, ln B̂X
 */
export function variableCost(
  problem: Problem,
  state: State,
  at: number,
  sector: number,
  lnQ: number,
  lnZ: number,
): number {
  const { economy, closure } = problem;
  const s = economy.elementShare[at];
  const epsilon = 1 - economy.sigma[sector];
  const psi = economy.psi[sector];
  const kind = closure.kind;
  let odds: number;
  if (kind === "allocation") odds = epsilon * (lnQ - lnZ) / (1 + psi * epsilon);
  else if (kind === "entry") {
    odds = entryOdds(s, epsilon, psi, lnQ - lnZ - psi * state.lnScale[at], state);
  } else odds = epsilon * (lnQ - state.lnElementTech[at] - lnZ + state.lnOtherTech[at]);
  const logSum = lnCostChange(s, odds);
  state.elementShare[at] = s * Math.exp(odds - logSum);
  if (kind === "allocation") {
    state.lnElementTech[at] = psi * (odds - logSum);
    state.lnOtherTech[at] = -psi * logSum;
  } else if (kind === "entry") {
    state.lnElementTech[at] = psi * (odds - logSum + state.lnScale[at]);
  }
  const lnOther = lnZ - state.lnOtherTech[at];
  if (epsilon !== 0 && s < 1) return lnOther + logSum / epsilon;
  return s * (lnQ - state.lnElementTech[at]) + (1 - s) * lnOther;
}

/**
 * L = ln((1−s) + s e^o). Near o = 0 the sum is close to 1 and `log1p` keeps its digits; far below,
 * 1 + expm1(o) would lose those of e^o.
 */
function lnCostChange(s: number, odds: number): number {
  return odds > -1 ? Math.log1p(s * Math.expm1(odds)) : Math.log(1 - s + s * Math.exp(odds));
}

function entryOdds(
  s: number,
  epsilon: number,
  psi: number,
  relativePrice: number,
  state: State,
): number {
  if (epsilon === 0) return 0;
  const target = epsilon * relativePrice;
  let odds = target / (1 + psi * epsilon * (1 - s));
  for (let step = 0; step < MAX_NEWTON; step++) {
    const logSum = lnCostChange(s, odds);
    const gap = odds + epsilon * psi * (odds - logSum) - target;
    const change = gap / (1 + psi * epsilon * (1 - s) * Math.exp(-logSum));
    odds -= change;
    if (Math.abs(change) <= NEWTON_TOLERANCE * (1 + Math.abs(odds))) return odds;
  }
  // The sweep goes on; a gap that stays is reported and refused by the final check.
  state.technologyGap = Math.max(
    state.technologyGap,
    Math.abs(odds + epsilon * psi * (odds - lnCostChange(s, odds)) - target),
  );
  return odds;
}

/**
 * The same when no element of the bundle is left (possible only at σ > 1): s′ = 0.
 *
 * @returns ln m̂
 */
export function costWithoutElements(
  problem: Problem,
  state: State,
  at: number,
  sector: number,
  lnZ: number,
): number {
  const { economy, closure } = problem;
  const lnRest = Math.log1p(-economy.elementShare[at]);
  state.elementShare[at] = 0;
  if (closure.kind === "allocation") {
    state.lnElementTech[at] = -Infinity;
    state.lnOtherTech[at] = -economy.psi[sector] * lnRest;
  } else if (closure.kind === "entry") state.lnElementTech[at] = -Infinity;
  return lnZ - state.lnOtherTech[at] + lnRest / (1 - economy.sigma[sector]);
}

/** Technologies that do not depend on the producer's own prices: frozen and global closures. */
export function setGivenTechnology(
  { N, J, economy, closure, research, adopts }: Problem,
  state: State,
) {
  if (closure.kind === "frozen") {
    for (let at = 0; at < N * J; at++) {
      state.lnElementTech[at] = Math.log(closure.element[at]);
      state.lnOtherTech[at] = Math.log(closure.other[at]);
    }
  }
  if (closure.kind !== "global-allocation" && closure.kind !== "global-entry") return;
  const allocation = closure.kind === "global-allocation";
  for (let j = 0; j < J; j++) {
    if (research[j] === 0) continue;
    const change = state.global[j];
    const logSum = allocation ? Math.log1p(research[j] * Math.expm1(change)) : 0;
    for (let n = 0; n < N; n++) {
      if (adopts[n] === 0) continue;
      state.lnElementTech[n * J + j] = economy.psi[j] * (change - logSum);
      state.lnOtherTech[n * J + j] = -economy.psi[j] * logSum;
    }
  }
}
