import { baselineFlows } from "./baseline_flows.ts";
import { checkEconomy } from "./check_economy.ts";
import type { Economy } from "./economy.ts";
import type { Equilibrium } from "./equilibrium.ts";
import type { Shock } from "./shock.ts";

/**
 * The equilibrium as a new baseline: its shares, levels and taxes. Quota wedges become export taxes,
 * and technology is in the new shares. Later shocks are relative to it.
 *
 * @throws RangeError when a ban or a lost market makes the new shares undefined
 */
export function economyAfter(economy: Economy, shock: Shock, found: Equilibrium): Economy {
  const { countries, sectors } = economy;
  const [N, J] = [countries.length, sectors.length];
  const exportTax = Float64Array.from(shock.exportTax ?? economy.exportTax);
  (shock.quotas ?? []).forEach(({ country, element }, q) => {
    const [i, j] = [countries.indexOf(country), sectors.indexOf(element)];
    for (let n = 0; n < N; n++) {
      if (n === i || found.quotaWedge[q] === Infinity) continue;
      const at = (n * N + i) * J + j;
      exportTax[at] = (1 + exportTax[at]) * (1 + found.quotaWedge[q]) - 1;
    }
  });
  const after = {
    ...economy,
    tariff: shock.tariff ?? economy.tariff,
    exportTax,
    transfer: shock.transfer ?? economy.transfer,
    tradeShare: found.tradeShare,
    elementShare: found.elementShare,
    elementMix: found.elementMix,
    expenditure: found.expenditure,
  };
  // One pass removes the solver's tolerance from the identities.
  const expenditure = baselineFlows(after).expenditure;
  const { revenue } = baselineFlows({ ...after, expenditure });
  const result = { ...after, expenditure, revenue };
  checkEconomy(result);
  return result;
}
