/**
 * The model of lib/equilibrium/README.md in LEVELS, from primitives (taste and productivity weights, endowments), as a
 * square system of equations. Shares no code with lib/equilibrium and no baseline shares enter it:
 * an independent statement of the same economics, slow and direct.
 */

/** Primitives of a level economy; arrays as in the library, elements are the last sectors. */
export interface Primitives {
  readonly N: number;
  readonly J: number;
  readonly F: number;
  readonly E: number;
  /** Taste for exporter i's variety [n][i][j]. */
  readonly taste: Float64Array;
  readonly tariff: Float64Array;
  readonly exportTax: Float64Array;
  readonly iceberg: Float64Array;
  /** Weight of the element bundle [n][j], of elements in it [n][j][e] (sum 1). */
  readonly bundleWeight: Float64Array;
  readonly mixWeight: Float64Array;
  readonly factorShare: Float64Array;
  readonly materialShare: Float64Array;
  readonly specificShare: Float64Array;
  /** Cost shifter [n][j]. */
  readonly costliness: Float64Array;
  readonly finalShare: Float64Array;
  readonly factors: Float64Array;
  readonly resources: Float64Array;
  /** In units of world primary income, which is 1. */
  readonly transfer: Float64Array;
  readonly sigma: Float64Array;
  readonly eta: Float64Array;
  readonly theta: Float64Array;
  readonly psi: Float64Array;
}

/** A cap on the quantity that country i exports of sector j. */
export interface LevelQuota {
  readonly country: number;
  readonly sector: number;
  readonly quantity: number;
}

/** Research rule; `base` is the equilibrium against which technology is measured. */
export interface LevelTechnology {
  readonly kind: "fixed" | "allocation" | "entry" | "global-allocation" | "global-entry" | "frozen";
  readonly base?: LevelState;
  /** Factor amounts [n][f] of the base. */
  readonly baseFactors?: Float64Array;
  readonly innovators?: readonly number[];
  readonly adopters?: readonly number[];
  readonly element?: Float64Array;
  readonly other?: Float64Array;
}

/** All endogenous variables in levels. */
export interface LevelState {
  readonly wage: Float64Array;
  readonly rent: Float64Array;
  readonly price: Float64Array;
  readonly cost: Float64Array;
  readonly spending: Float64Array;
  readonly revenue: Float64Array;
  readonly income: Float64Array;
  readonly tradeShare: Float64Array;
  readonly elementShare: Float64Array;
  readonly elementMix: Float64Array;
  readonly elementTech: Float64Array;
  readonly otherTech: Float64Array;
  readonly quantity: Float64Array;
  readonly wedge: readonly number[];
}

/** A square system: residuals of the unknowns' logs, and the state they describe. */
export interface LevelSystem {
  readonly size: number;
  readonly start: Float64Array;
  residual(unknowns: Float64Array): Float64Array;
  state(unknowns: Float64Array): LevelState;
}

/** Builds the system: ln w, ln r (producing mines), ln P, ln X, ln B (users), quota wedges. */
export function levelSystem(
  p: Primitives,
  quotas: readonly LevelQuota[],
  tech: LevelTechnology,
): LevelSystem {
  const { N, J, F, E } = p;
  const first = J - E;
  const mines: number[] = [];
  for (let at = 0; at < N * J; at++) if (p.resources[at] > 0) mines.push(at);
  const users: number[] = [];
  for (let at = 0; at < N * J; at++) {
    if (tech.base === undefined || !(tech.base.revenue[at] > 0)) continue;
    // shared technology reaches producers that use no elements as well
    if (p.bundleWeight[at] > 0 || tech.adopters !== undefined) users.push(at);
  }
  const markets: number[] = [];
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      if (Array.from({ length: N }, (_, i) => p.taste[(n * N + i) * J + j]).some((v) => v > 0)) {
        markets.push(n * J + j);
      }
    }
  }
  const [r0, p0] = [N * F, N * F + mines.length];
  const [x0, b0] = [p0 + markets.length, p0 + 2 * markets.length];
  const q0 = b0 + 2 * users.length;
  const size = q0 + quotas.length;

  function unfold(u: Float64Array) {
    const wage = u.slice(0, r0).map(Math.exp);
    const rent = new Float64Array(N * J).fill(1);
    mines.forEach((at, k) => rent[at] = Math.exp(u[r0 + k]));
    const price = new Float64Array(N * J).fill(1);
    const spending = new Float64Array(N * J);
    markets.forEach((at, k) => {
      price[at] = Math.exp(u[p0 + k]);
      spending[at] = Math.exp(u[x0 + k]);
    });
    const elementTech = tech.element ?? new Float64Array(N * J).fill(1);
    const otherTech = tech.other ?? new Float64Array(N * J).fill(1);
    users.forEach((at, k) => {
      elementTech[at] = Math.exp(u[b0 + k]);
      otherTech[at] = Math.exp(u[b0 + users.length + k]);
    });
    const wedge = quotas.map((_, k) => u[q0 + k]);

    const cost = new Float64Array(N * J);
    const elementShare = new Float64Array(N * J);
    const elementMix = new Float64Array(N * J * E);
    for (let at = 0; at < N * J; at++) {
      const [n, j] = [Math.floor(at / J), at % J];
      let z = 1;
      for (let f = 0; f < F; f++) z *= wage[n * F + f] ** p.factorShare[at * F + f];
      for (let k = 0; k < J; k++) z *= price[n * J + k] ** p.materialShare[at * J + k];
      let m = z / otherTech[at];
      const b = p.bundleWeight[at];
      if (b > 0) {
        const eta = p.eta[j];
        const terms = Array.from({ length: E }, (_, e) => {
          const own = price[n * J + first + e];
          return p.mixWeight[at * E + e] * (eta === 1 ? 1 : own ** (1 - eta));
        });
        const sum = terms.reduce((a, c) => a + c);
        let q = sum ** (1 / (1 - eta));
        if (eta === 1) {
          q = 1;
          terms.forEach((weight, e) => q *= price[n * J + first + e] ** weight);
        }
        terms.forEach((term, e) => elementMix[at * E + e] = term / sum);
        const sigma = p.sigma[j];
        const [qe, ze] = [q / elementTech[at], z / otherTech[at]];
        if (sigma === 1) {
          m = qe ** b * ze ** (1 - b);
          elementShare[at] = b;
        } else {
          const [left, right] = [b * qe ** (1 - sigma), (1 - b) * ze ** (1 - sigma)];
          m = (left + right) ** (1 / (1 - sigma));
          elementShare[at] = left / (left + right);
        }
      }
      const rho = p.specificShare[at];
      cost[at] = p.costliness[at] * rent[at] ** rho * m ** (1 - rho);
    }

    const index = new Float64Array(N * J);
    const tradeShare = new Float64Array(N * N * J);
    const totalTax = Float64Array.from(p.exportTax);
    quotas.forEach(({ country, sector }, k) => {
      for (let n = 0; n < N; n++) {
        if (n === country) continue;
        const at = (n * N + country) * J + sector;
        totalTax[at] = (1 + totalTax[at]) * Math.exp(Math.max(0, wedge[k])) - 1;
      }
    });
    for (let n = 0; n < N; n++) {
      for (let j = 0; j < J; j++) {
        let sum = 0;
        for (let i = 0; i < N; i++) {
          const at = (n * N + i) * J + j;
          const delivered = cost[i * J + j] * p.iceberg[at] * (1 + p.tariff[at]) *
            (1 + totalTax[at]);
          tradeShare[at] = p.taste[at] * delivered ** -p.theta[j];
          sum += tradeShare[at];
        }
        for (let i = 0; i < N; i++) if (sum > 0) tradeShare[(n * N + i) * J + j] /= sum;
        index[n * J + j] = sum ** (-1 / p.theta[j]);
      }
    }

    const revenue = new Float64Array(N * J);
    const quantity = new Float64Array(N * J); // exports, units
    const income = Float64Array.from(p.transfer);
    for (let n = 0; n < N; n++) {
      for (let i = 0; i < N; i++) {
        for (let j = 0; j < J; j++) {
          const at = (n * N + i) * J + j;
          const paid = tradeShare[at] * spending[n * J + j];
          const border = paid / (1 + p.tariff[at]);
          const value = border / (1 + totalTax[at]);
          income[n] += p.tariff[at] * border;
          income[i] += totalTax[at] * value;
          revenue[i * J + j] += value;
          if (n !== i) quantity[i * J + j] += value / cost[i * J + j];
        }
      }
    }
    let world = 0;
    for (let n = 0; n < N; n++) {
      for (let f = 0; f < F; f++) {
        const own = wage[n * F + f] * p.factors[n * F + f];
        income[n] += own;
        world += own;
      }
    }
    for (const at of mines) {
      income[Math.floor(at / J)] += rent[at] * p.resources[at];
      world += rent[at] * p.resources[at];
    }
    const state: LevelState = {
      wage,
      rent,
      price,
      cost,
      spending,
      revenue,
      income,
      tradeShare,
      elementShare,
      elementMix,
      elementTech,
      otherTech,
      quantity,
      wedge: wedge.map((value) => Math.expm1(Math.max(0, value))),
    };
    return { state, index, world };
  }

  function residual(u: Float64Array): Float64Array {
    const { state, index, world } = unfold(u);
    const out = new Float64Array(size);
    const demand = new Float64Array(N * J);
    const payment = new Float64Array(N * F);
    for (let at = 0; at < N * J; at++) {
      const n = Math.floor(at / J);
      demand[at] += p.finalShare[at] * state.income[n];
      const variable = (1 - p.specificShare[at]) * state.revenue[at];
      const others = (1 - state.elementShare[at]) * variable;
      for (let f = 0; f < F; f++) payment[n * F + f] += others * p.factorShare[at * F + f];
      for (let k = 0; k < J; k++) demand[n * J + k] += others * p.materialShare[at * J + k];
      for (let e = 0; e < E; e++) {
        demand[n * J + first + e] += state.elementShare[at] * variable *
          state.elementMix[at * E + e];
      }
    }
    for (let k = 0; k < N * F; k++) {
      out[k] = Math.log(payment[k] / (state.wage[k] * p.factors[k]));
    }
    out[0] = Math.log(world); // the first market is redundant (Walras); the numeraire takes its place
    mines.forEach((at, k) =>
      out[r0 + k] = Math.log(
        p.specificShare[at] * state.revenue[at] / (state.rent[at] * p.resources[at]),
      )
    );
    markets.forEach((at, k) => {
      out[p0 + k] = Math.log(index[at] / state.price[at]);
      out[x0 + k] = Math.log(demand[at] / state.spending[at]);
    });
    const wanted = technology(state);
    users.forEach((at, k) => {
      out[b0 + k] = Math.log(wanted.element[at] / state.elementTech[at]);
      out[b0 + users.length + k] = Math.log(wanted.other[at] / state.otherTech[at]);
    });
    quotas.forEach(({ country, sector, quantity }, k) => {
      const slack = Math.log(quantity / state.quantity[country * J + sector]);
      out[q0 + k] = Math.min(u[q0 + k], slack);
    });
    return out;
  }

  /** Technology of lib/equilibrium/README.md, in levels relative to the base equilibrium. */
  function technology(state: LevelState) {
    const element = new Float64Array(N * J).fill(1);
    const other = new Float64Array(N * J).fill(1);
    const base = tech.base;
    if (base === undefined) return { element, other };
    const bundle = (n: number) => {
      let [sum, all] = [0, 0];
      for (let f = 0; f < F; f++) {
        const income = base.wage[n * F + f] * tech.baseFactors![n * F + f];
        all += income;
        sum += income * Math.log(state.wage[n * F + f] / base.wage[n * F + f]);
      }
      return Math.exp(sum / all);
    };
    for (const at of users) {
      const [n, j] = [Math.floor(at / J), at % J];
      const [before, after] = [base.elementShare[at], state.elementShare[at]];
      if (tech.kind === "allocation") {
        element[at] = (after / before) ** p.psi[j];
        other[at] = ((1 - after) / (1 - before)) ** p.psi[j];
      } else if (tech.kind === "entry") {
        const scale = state.revenue[at] / base.revenue[at] / bundle(n);
        element[at] = (after * scale / before) ** p.psi[j];
      } else if (tech.adopters?.includes(n)) {
        const pool = (s: LevelState, real: boolean) => {
          let [spent, cost] = [0, 0];
          for (const i of tech.innovators ?? []) {
            const cell = i * J + j;
            const variable = (1 - p.specificShare[cell]) * s.revenue[cell];
            spent += s.elementShare[cell] * variable / (real ? bundle(i) : 1);
            cost += variable;
          }
          return { spent, part: cost > 0 ? spent / cost : 0 };
        };
        const entry = tech.kind === "global-entry";
        const [old, now] = [pool(base, false), pool(state, entry)];
        if (old.spent === 0) continue;
        if (entry) element[at] = (now.spent / old.spent) ** p.psi[j];
        else {
          element[at] = (now.part / old.part) ** p.psi[j];
          other[at] = ((1 - now.part) / (1 - old.part)) ** p.psi[j];
        }
      }
    }
    return { element, other };
  }

  const start = new Float64Array(size);
  start.fill(-Math.log(N * F), 0, r0);
  for (let k = 0; k < markets.length; k++) start[x0 + k] = -Math.log(N * J / 2);
  mines.forEach((_, k) => start[r0 + k] = -6);
  return { size, start, residual, state: (u) => unfold(u).state };
}
