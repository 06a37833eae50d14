import { type Economy, economySize } from "./economy.ts";
import { equilibriumError } from "./equilibrium.ts";

/** Markets and producers that a shock closes altogether. */
export interface Structure {
  /** 1 where [country][sector] had suppliers in the baseline and has none left. */
  readonly lost: Uint8Array;
  /** 1 where [country][sector] sold in the baseline and can sell to nobody who has demand. */
  readonly dead: Uint8Array;
}

/**
 * Finds markets without suppliers and producers without customers, which prices cannot describe
 * (their logarithms are infinite).
 *
 * @param weight trade weights [importer][exporter][sector]; 0 is an embargo
 * @throws EquilibriumError when a lost market is essential: final demand is Cobb-Douglas, and inputs
 * can be done without only at an elasticity above 1
 */
export function findStructure(economy: Economy, weight: Float64Array): Structure {
  const { N, J } = economySize(economy);
  const { tradeShare } = economy;
  const lost = new Uint8Array(N * J);
  const dead = new Uint8Array(N * J);
  if (!weight.some((value, at) => value === 0 && tradeShare[at] > 0)) return { lost, dead };
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      let before = 0;
      let left = 0;
      for (let i = 0; i < N; i++) {
        before += tradeShare[(n * N + i) * J + j];
        left += weight[(n * N + i) * J + j];
      }
      if (before > 0 && left === 0) lost[n * J + j] = 1;
    }
  }
  const sells = reachable(economy, weight);
  for (let at = 0; at < N * J; at++) if (economy.revenue[at] > 0 && sells[at] === 0) dead[at] = 1;
  refuseLostEssentials(economy, { lost, dead });
  return { lost, dead };
}

/** Producers reached from final demand through markets that are still supplied. */
function reachable(economy: Economy, weight: Float64Array): Uint8Array {
  const { N, J } = economySize(economy);
  const demanded = Uint8Array.from(economy.finalShare, (share) => share > 0 ? 1 : 0);
  const sells = new Uint8Array(N * J);
  const queue: number[] = [];
  demanded.forEach((yes, at) => yes === 1 && queue.push(at));
  for (let market = queue.pop(); market !== undefined; market = queue.pop()) {
    const [n, j] = [Math.floor(market / J), market % J];
    for (let i = 0; i < N; i++) {
      const producer = i * J + j;
      if (weight[(n * N + i) * J + j] === 0 || sells[producer] === 1) continue;
      sells[producer] = 1;
      for (const k of inputsOf(economy, producer)) {
        if (demanded[i * J + k] === 1) continue;
        demanded[i * J + k] = 1;
        queue.push(i * J + k);
      }
    }
  }
  return sells;
}

/** Sectors from which a producer [country·J + sector] buys. */
function inputsOf(economy: Economy, producer: number): number[] {
  const { J, E, elementSector } = economySize(economy);
  const inputs: number[] = [];
  for (let k = 0; k < J; k++) if (economy.materialShare[producer * J + k] > 0) inputs.push(k);
  if (economy.elementShare[producer] > 0) {
    for (let e = 0; e < E; e++) {
      if (economy.elementMix[producer * E + e] > 0) inputs.push(elementSector[e]);
    }
  }
  return inputs;
}

function refuseLostEssentials(economy: Economy, { lost, dead }: Structure) {
  const { N, J, E, elementSector } = economySize(economy);
  const { countries, sectors, eta, sigma } = economy;
  const refuse = (n: number, k: number, user: string) => {
    throw equilibriumError(
      `no equilibrium: no supplier of ${sectors[k]} is left for ${
        countries[n]
      }, and ${user} cannot ` +
        "do without it",
    );
  };
  for (let n = 0; n < N; n++) {
    for (let k = 0; k < J; k++) {
      if (lost[n * J + k] === 0) continue;
      if (economy.finalShare[n * J + k] > 0) refuse(n, k, "final demand (Cobb-Douglas)");
    }
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      if (economy.revenue[at] === 0 || dead[at] === 1) continue;
      for (let k = 0; k < J; k++) {
        if (lost[n * J + k] === 1 && economy.materialShare[at * J + k] > 0) {
          refuse(n, k, sectors[j]);
        }
      }
      if (economy.elementShare[at] === 0) continue;
      let kept = 0;
      let firstLost = -1;
      for (let e = 0; e < E; e++) {
        const share = economy.elementMix[at * E + e];
        if (share > 0 && lost[n * J + elementSector[e]] === 1) firstLost = elementSector[e];
        else kept += share;
      }
      if (firstLost < 0) continue;
      const bundleLost = eta[j] <= 1 || kept === 0;
      if (bundleLost && (sigma[j] <= 1 || economy.elementShare[at] === 1)) {
        refuse(n, firstLost, `${sectors[j]} (eta ${eta[j]}, sigma ${sigma[j]})`);
      }
    }
  }
}
