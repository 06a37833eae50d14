import { baselineFlows } from "./baseline_flows.ts";
import type { Closure } from "./closure.ts";
import { type Economy, type EconomySize, economySize } from "./economy.ts";
import type { Shock } from "./shock.ts";
import { findStructure, type Structure } from "./structure.ts";

/** A quota whose wedge has to be found. */
export interface QuotaMarket {
  /** Position in the shock's list. */
  readonly position: number;
  readonly country: number;
  readonly sector: number;
  readonly limit: number;
  /** Baseline exports at producer value. */
  readonly exports: number;
}

/** A shocked economy in the form in which the kernels read it; nothing here changes during a solve. */
export interface Problem extends EconomySize, Structure {
  readonly economy: Economy;
  readonly closure: Closure;
  /** π (κ̂ (1+t′)(1+x′)/((1+t)(1+x)))^(−θ), π normalised; 0 under an embargo [n][i][j]. */
  readonly weight: Float64Array;
  /** 1/((1+t′)(1+x′)) [n][i][j], without quota wedges. */
  readonly net: Float64Array;
  /** t′/(1+t′) [n][i][j]: tariff revenue per unit of spending. */
  readonly tariffPart: Float64Array;
  readonly exportTax: Float64Array;
  /** Is there any tariff after the shock? */
  readonly anyTariff: boolean;
  /** Producers [country·J + sector] whose sales bear an export tax or a quota wedge. */
  readonly taxed: Int32Array;
  readonly transfer: Float64Array;
  /** L̂ wL [n][f] and R̂ ρY [n][j]: incomes at baseline returns. */
  readonly factorSupply: Float64Array;
  readonly resourceSupply: Float64Array;
  /** World primary income of the baseline (the numeraire). */
  readonly worldIncome: number;
  /** Baseline income of countries. */
  readonly income: Float64Array;
  /** Weights of factors in the country's factor price bundle [n][f]. */
  readonly bundle: Float64Array;
  /** ω without lost elements, normalised by the full sum [n][j][e], and what is missing from 1. */
  readonly mix: Float64Array;
  readonly mixGap: Float64Array;
  /** Sectors with the same η share one table of element prices: group of each sector, η of each group. */
  readonly etaGroup: Int32Array;
  readonly etaValues: Float64Array;
  readonly quotas: readonly QuotaMarket[];
  /** Quotas with limit 0, positions in the shock's list. */
  readonly bans: readonly number[];
  /** 1 for countries whose research counts, and which use it (global closures). */
  readonly innovates: Uint8Array;
  readonly adopts: Uint8Array;
  /** Baseline h or H of each sector under a global closure [j]. */
  readonly research: Float64Array;
}

/** Prepares a solve; O(N²J + NJ²), the only place where powers of N²J cells are taken. */
export function buildProblem(economy: Economy, shock: Shock, closure: Closure): Problem {
  const size = economySize(economy);
  const { N, J, F } = size;
  const baseline = baselineFlows(economy);
  const tariff = shock.tariff ?? economy.tariff;
  const exportTax = shock.exportTax ?? economy.exportTax;
  const weight = tradeWeights(economy, shock);
  const net = new Float64Array(N * N * J);
  for (let at = 0; at < net.length; at++) net[at] = 1 / ((1 + tariff[at]) * (1 + exportTax[at]));
  const quotas: QuotaMarket[] = [];
  const bans: number[] = [];
  (shock.quotas ?? []).forEach(({ country, element, limit }, position) => {
    const i = economy.countries.indexOf(country);
    const j = economy.sectors.indexOf(element);
    let exports = 0;
    for (let n = 0; n < N; n++) {
      const at = (n * N + i) * J + j;
      if (n === i) continue;
      if (limit === 0) weight[at] = 0;
      exports += economy.tradeShare[at] * economy.expenditure[n * J + j] /
        ((1 + economy.tariff[at]) * (1 + economy.exportTax[at]));
    }
    if (limit === 0) bans.push(position);
    else quotas.push({ position, country: i, sector: j, limit, exports });
  });
  const structure = findStructure(economy, weight);
  const factorSupply = baseline.factorIncome.map((income, at) =>
    income * (shock.factorEndowment?.[at] ?? 1)
  );
  const resourceSupply = economy.revenue.map((revenue, at) =>
    economy.specificShare[at] * revenue * (shock.resource?.[at] ?? 1)
  );
  const bundle = new Float64Array(N * F);
  for (let n = 0; n < N; n++) {
    let all = 0;
    for (let f = 0; f < F; f++) all += baseline.factorIncome[n * F + f];
    for (let f = 0; f < F; f++) {
      bundle[n * F + f] = all > 0 ? baseline.factorIncome[n * F + f] / all : 0;
    }
  }
  const global = closure.kind === "global-allocation" || closure.kind === "global-entry"
    ? closure
    : undefined;
  const mask = (list: readonly string[] | undefined) =>
    Uint8Array.from(economy.countries, (country) => list?.includes(country) ? 1 : 0);
  const innovates = mask(global?.innovators);
  return {
    ...size,
    ...structure,
    ...elementMix(economy, structure),
    ...etaGroups(economy),
    economy,
    closure,
    weight,
    net,
    tariffPart: tariff.map((rate) => rate / (1 + rate)),
    exportTax,
    anyTariff: tariff.some((value) => value !== 0),
    taxed: taxedProducers(economy, exportTax, quotas),
    transfer: shock.transfer ?? economy.transfer,
    factorSupply,
    resourceSupply,
    worldIncome: baseline.primaryIncome.reduce((sum, value) => sum + value, 0),
    income: baseline.income,
    bundle,
    quotas,
    bans,
    innovates,
    adopts: mask(global?.adopters),
    research: researchOf(economy, innovates, closure.kind === "global-entry"),
  };
}

function tradeWeights(economy: Economy, shock: Shock): Float64Array {
  const { N, J } = economySize(economy);
  const { tradeShare, theta } = economy;
  const tariff = shock.tariff ?? economy.tariff;
  const exportTax = shock.exportTax ?? economy.exportTax;
  const weight = new Float64Array(N * N * J);
  const total = new Float64Array(J);
  for (let n = 0; n < N; n++) {
    total.fill(0);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < J; j++) total[j] += tradeShare[(n * N + i) * J + j];
    }
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < J; j++) {
        const at = (n * N + i) * J + j;
        if (tradeShare[at] === 0) continue;
        const wedge = (shock.iceberg?.[at] ?? 1) * (1 + tariff[at]) * (1 + exportTax[at]) /
          ((1 + economy.tariff[at]) * (1 + economy.exportTax[at]));
        weight[at] = tradeShare[at] / total[j] * (wedge === 1 ? 1 : wedge ** -theta[j]);
      }
    }
  }
  return weight;
}

function taxedProducers(
  economy: Economy,
  exportTax: Float64Array,
  quotas: readonly QuotaMarket[],
): Int32Array {
  const { N, J } = economySize(economy);
  const taxed = new Set(quotas.map(({ country, sector }) => country * J + sector));
  exportTax.forEach((rate, at) => rate !== 0 && taxed.add(at % (N * J)));
  return Int32Array.from(taxed);
}

function elementMix(economy: Economy, { lost }: Structure) {
  const { N, J, E, elementSector } = economySize(economy);
  const mix = new Float64Array(N * J * E);
  const mixGap = new Float64Array(N * J);
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      if (economy.elementShare[at] === 0) continue;
      let total = 0;
      for (let e = 0; e < E; e++) total += economy.elementMix[at * E + e];
      const bundleLost = economy.eta[j] <= 1;
      for (let e = 0; e < E; e++) {
        const share = economy.elementMix[at * E + e] / total;
        if (share > 0 && lost[n * J + elementSector[e]] === 1) {
          mixGap[at] = bundleLost ? -1 : mixGap[at] - share;
        } else mix[at * E + e] = share;
      }
      if (mixGap[at] < -1 + 1e-12) mixGap[at] = -1;
      if (mixGap[at] === -1) mix.fill(0, at * E, (at + 1) * E);
    }
  }
  return { mix, mixGap };
}

function etaGroups({ eta }: Economy) {
  const etaValues = Float64Array.from(new Set(eta));
  return { etaValues, etaGroup: Int32Array.from(eta, (value) => etaValues.indexOf(value)) };
}

/**
 * h (allocation) or H (entry) of every sector over the innovating countries at baseline
 * (README.md, Technology).
 */
function researchOf(economy: Economy, innovates: Uint8Array, entry: boolean): Float64Array {
  const { N, J } = economySize(economy);
  const research = new Float64Array(J);
  const cost = new Float64Array(J);
  for (let n = 0; n < N; n++) {
    if (innovates[n] === 0) continue;
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      const variable = (1 - economy.specificShare[at]) * economy.revenue[at];
      research[j] += economy.elementShare[at] * variable;
      cost[j] += variable;
    }
  }
  return entry ? research : research.map((value, j) => value > 0 ? value / cost[j] : 0);
}
