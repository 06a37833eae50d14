import type { Closure } from "./closure.ts";
import { type Economy, economySize } from "./economy.ts";
import type { Equilibrium } from "./equilibrium.ts";

/** A country whose income falls below this part of the baseline is about to have none. */
const EXHAUSTED = 0.1;

/**
 * From 1 on research of one producer grows without bound at given wages; links between producers
 * bring the edge down (of 900 random economies with corners none failed below 0.4).
 */
const LARGE_GAIN = 0.4;

/**
 * Why a solve may have failed, from the last state that was reached: a country without income left,
 * or research that feeds on its own success. A symptom, not a proof; empty when neither is seen.
 */
export function failureReason(economy: Economy, closure: Closure, last: Equilibrium): string {
  const { N } = economySize(economy);
  let poorest = 0;
  for (let n = 0; n < N; n++) if (!(last.income[n] >= last.income[poorest])) poorest = n;
  if (!(last.income[poorest] >= EXHAUSTED)) {
    return `the income of ${economy.countries[poorest]} falls to ` +
      `${
        (100 * last.income[poorest]).toPrecision(2)
      } % of the baseline: the transfer it pays may be ` +
      "more than it can earn";
  }
  const { gain, sector, country } = largestGain(economy, closure, last);
  if (!(gain > LARGE_GAIN)) return "";
  const place = country === undefined ? `${sector}` : `${country}, ${sector}`;
  return `research in ${place} feeds on itself: a rise by 1 % attracts sales that raise it by another ` +
    `${
      gain.toPrecision(2)
    } %, so that it may run away (theta and psi are large for its element share)`;
}

/**
 * The largest answer of research to itself through sales, at given wages and other producers' costs.
 *
 * - entry, global-entry: better element technology cuts cost by s(1−ρ), sales grow by θ(1 − own market
 *   share) times that, and research by ψ times that, less what substitution takes back.
 * - global-allocation: sales move to producers with more elements, which moves the common research:
 *   θψ Var(s)/(h(1−h)), variance over the innovators.
 */
function largestGain(economy: Economy, closure: Closure, last: Equilibrium) {
  const { N, J } = economySize(economy);
  const { countries, sectors, theta, psi, sigma, specificShare } = economy;
  let worst: { gain: number; sector?: string; country?: string } = { gain: 0 };
  const global = closure.kind === "global-allocation" || closure.kind === "global-entry";
  if (!global && closure.kind !== "entry") return worst;
  for (let j = 0; j < J; j++) {
    if (closure.kind === "global-allocation") {
      let [all, mean, square] = [0, 0, 0];
      for (const name of closure.innovators) {
        const at = countries.indexOf(name) * J + j;
        const [s, value] = [last.elementShare[at], (1 - specificShare[at]) * last.revenue[at]];
        all += value;
        mean += value * s;
        square += value * s * s;
      }
      const h = mean / all;
      const gain = theta[j] * psi[j] * (square / all - h * h) / (h * (1 - h));
      if (gain > worst.gain) worst = { gain, sector: sectors[j] };
      continue;
    }
    for (let i = 0; i < N; i++) {
      const at = i * J + j;
      const s = last.elementShare[at];
      if (s === 0 || !(last.revenue[at] > 0)) continue;
      if (global && !closure.adopters.includes(countries[i])) continue;
      let [own, sales] = [0, 0];
      for (let n = 0; n < N; n++) {
        const market = last.expenditure[n * J + j];
        const share = last.tradeShare[(n * N + i) * J + j];
        let together = 0; // of all producers whose technology moves
        for (let k = 0; k < N; k++) {
          const moves = global ? closure.adopters.includes(countries[k]) : k === i;
          if (moves) together += last.tradeShare[(n * N + k) * J + j];
        }
        own += share * market * together;
        sales += share * market;
      }
      const answer = theta[j] * (1 - own / sales) * s * (1 - specificShare[at]);
      const gain = psi[j] * answer / (1 + psi[j] * (1 - sigma[j]) * (1 - s));
      if (gain > worst.gain) worst = { gain, sector: sectors[j], country: countries[i] };
    }
  }
  return worst;
}
