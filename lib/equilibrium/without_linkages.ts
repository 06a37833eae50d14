import { baselineFlows } from "./baseline_flows.ts";
import { checkEconomy } from "./check_economy.ts";
import { type Economy, economySize } from "./economy.ts";

/**
 * The economy without input-output linkages between ordinary sectors, for switching them off in a
 * comparison: every producer replaces materials by factors of his own country. Elements stay inputs with
 * the same share of cost, elasticities and technology.
 *
 * - `materialShare` is 0; a producer's factor shares are scaled up in their own proportions, or, where
 *   he used materials only, are those of his country's factor income.
 * - What was bought as material is bought by final users: final spending on each sector is the old one
 *   and the material use together. So trade shares, spending, revenue, trade flows and use of elements
 *   are those of the given economy in every market; a country's income is larger by the material
 *   payments that its factors take over, and world income with it.
 * - Transfers are unchanged: spending less revenue and taxes of each country is.
 *
 * @returns an economy that passes {@link checkEconomy}
 */
export function withoutLinkages(economy: Economy): Economy {
  const { N, J, F } = economySize(economy);
  const { revenue, specificShare, elementShare } = economy;
  const flows = baselineFlows(economy);
  const factorShare = new Float64Array(N * J * F);
  const finalShare = new Float64Array(N * J);
  for (let n = 0; n < N; n++) {
    const mix = incomeMix(flows.factorIncome.subarray(n * F, (n + 1) * F));
    for (let at = n * J; at < (n + 1) * J; at++) {
      finalShare[at] = economy.finalShare[at] * flows.income[n];
    }
    for (let k = 0; k < J; k++) {
      const at = n * J + k;
      const others = (1 - specificShare[at]) * (1 - elementShare[at]) * revenue[at];
      let materials = 0;
      for (let j = 0; j < J; j++) {
        const share = economy.materialShare[at * J + j];
        materials += share;
        finalShare[n * J + j] += others * share;
      }
      let factors = 0;
      for (let f = 0; f < F; f++) factors += economy.factorShare[at * F + f];
      if (factors === 0 && materials === 0) continue; // nothing is made here
      for (let f = 0; f < F; f++) {
        factorShare[at * F + f] = factors > 0 ? economy.factorShare[at * F + f] / factors : mix[f];
      }
    }
    let all = 0;
    for (let j = 0; j < J; j++) all += finalShare[n * J + j];
    for (let j = 0; j < J; j++) finalShare[n * J + j] /= all;
  }
  const bare = { ...economy, finalShare, factorShare, materialShare: new Float64Array(N * J * J) };
  // One pass removes rounding from the identities.
  const { expenditure } = baselineFlows(bare);
  const result = { ...bare, expenditure, revenue: baselineFlows({ ...bare, expenditure }).revenue };
  checkEconomy(result);
  return result;
}

/** Shares of factors in a country's factor income; equal parts where there is none. */
function incomeMix(income: Float64Array): Float64Array {
  const all = income.reduce((sum, value) => sum + value, 0);
  return income.map((value) => all > 0 ? value / all : 1 / income.length);
}
