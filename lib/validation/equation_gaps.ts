import type { Closure, Economy, Equilibrium, Shock } from "@ree/equilibrium";

/**
 * Largest relative gap of every equation of the model at an equilibrium, written straight from the
 * equations (numbers 1 to 11, the quotas' complementarity, the technology of the closure, welfare).
 *
 * Plain and slow, and on purpose without any code of the solver: every reported array is compared
 * with what the OTHER reported arrays imply for it.
 *
 * @returns gap by equation; values within 1e-9 of 0 are rounding and the solver's tolerance
 */
export function equationGaps(
  economy: Economy,
  shock: Shock,
  closure: Closure,
  found: Equilibrium,
): Record<string, number> {
  const { countries, sectors, factors, elements } = economy;
  const [N, J, F, E] = [countries.length, sectors.length, factors.length, elements.length];
  const cell = (n: number, j: number) => n * J + j;
  const pair = (n: number, i: number, j: number) => (n * N + i) * J + j;
  const elementAt = elements.map((element) => sectors.indexOf(element));
  const gaps: Record<string, number> = {};
  const compare = (equation: string, reported: number, implied: number) => {
    const gap = reported === implied
      ? 0
      : Math.abs(reported - implied) / Math.max(Math.abs(implied), Math.abs(reported));
    const worst = gaps[equation] ?? 0;
    gaps[equation] = gap > worst || Number.isNaN(gap) ? gap : worst;
  };
  const tariff = shock.tariff ?? economy.tariff;
  const givenTax = shock.exportTax ?? economy.exportTax;
  const iceberg = shock.iceberg ?? new Float64Array(N * N * J).fill(1);
  const endowment = shock.factorEndowment ?? new Float64Array(N * F).fill(1);
  const resource = shock.resource ?? new Float64Array(N * J).fill(1);
  const transfer = shock.transfer ?? economy.transfer;

  /** Export tax with the quota's wedge on top; no trade at all under a ban. */
  const tax = Float64Array.from(givenTax);
  (shock.quotas ?? []).forEach(({ country, element }, q) => {
    const [i, j] = [countries.indexOf(country), sectors.indexOf(element)];
    for (let n = 0; n < N; n++) {
      if (n !== i) tax[pair(n, i, j)] = (1 + tax[pair(n, i, j)]) * (1 + found.quotaWedge[q]) - 1;
    }
  });
  const makes = (n: number, j: number) => economy.revenue[cell(n, j)] > 0;
  const buys = (n: number, j: number) => economy.expenditure[cell(n, j)] > 0;

  // Incomes of the baseline, from its own shares.
  const baseFactor = new Float64Array(N * F);
  const baseIncome = Float64Array.from(economy.transfer);
  let baseWorld = 0;
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const revenue = economy.revenue[cell(n, j)];
      const rho = economy.specificShare[cell(n, j)];
      const s = economy.elementShare[cell(n, j)];
      for (let f = 0; f < F; f++) {
        const paid = (1 - rho) * (1 - s) * economy.factorShare[cell(n, j) * F + f] * revenue;
        baseFactor[n * F + f] += paid;
        baseIncome[n] += paid;
        baseWorld += paid;
      }
      baseIncome[n] += rho * revenue;
      baseWorld += rho * revenue;
      for (let i = 0; i < N; i++) {
        const spent = economy.tradeShare[pair(n, i, j)] * economy.expenditure[cell(n, j)];
        const t = economy.tariff[pair(n, i, j)];
        const x = economy.exportTax[pair(n, i, j)];
        baseIncome[n] += t * spent / (1 + t);
        baseIncome[i] += x * spent / ((1 + t) * (1 + x));
      }
    }
  }
  const bundle = (n: number) => {
    let [all, logs] = [0, 0];
    for (let f = 0; f < F; f++) {
      all += baseFactor[n * F + f];
      logs += baseFactor[n * F + f] * Math.log(found.wage[n * F + f]);
    }
    return all > 0 ? Math.exp(logs / all) : 1;
  };

  // Section 3: technology.
  const element = new Float64Array(N * J).fill(1);
  const other = new Float64Array(N * J).fill(1);
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const at = cell(n, j);
      const [before, after] = [economy.elementShare[at], found.elementShare[at]];
      const psi = economy.psi[j];
      if (closure.kind === "frozen") {
        element[at] = closure.element[at];
        other[at] = closure.other[at];
      } else if (closure.kind === "allocation" && before > 0) {
        element[at] = (after / before) ** psi;
        if (before < 1) other[at] = ((1 - after) / (1 - before)) ** psi;
      } else if (closure.kind === "entry" && before > 0 && makes(n, j)) {
        const v = found.revenue[at] / economy.revenue[at] / bundle(n);
        element[at] = (after * v / before) ** psi;
      } else if (
        (closure.kind === "global-allocation" || closure.kind === "global-entry") &&
        closure.adopters.includes(countries[n])
      ) {
        let [old, now, oldAll, nowAll] = [0, 0, 0, 0];
        for (const innovator of closure.innovators) {
          const i = countries.indexOf(innovator);
          const producer = cell(i, j);
          const deflator = closure.kind === "global-entry" ? bundle(i) : 1;
          const share = 1 - economy.specificShare[producer];
          old += economy.elementShare[producer] * share * economy.revenue[producer];
          now += found.elementShare[producer] * share * found.revenue[producer] / deflator;
          oldAll += share * economy.revenue[producer];
          nowAll += share * found.revenue[producer];
        }
        if (old === 0) continue;
        if (closure.kind === "global-entry") element[at] = (now / old) ** psi;
        else {
          const [h, h0] = [now / nowAll, old / oldAll];
          element[at] = (h / h0) ** psi;
          if (h0 < 1) other[at] = ((1 - h) / (1 - h0)) ** psi;
        }
      }
    }
  }

  // Equations 1 to 4: costs from the reported prices.
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const at = cell(n, j);
      if (!makes(n, j)) continue;
      let z = 1;
      for (let f = 0; f < F; f++) z *= found.wage[n * F + f] ** economy.factorShare[at * F + f];
      for (let k = 0; k < J; k++) {
        const share = economy.materialShare[at * J + k];
        if (share > 0) z *= found.price[cell(n, k)] ** share;
      }
      const s = economy.elementShare[at];
      compare("technology", found.technology.element[at], element[at]);
      compare("technology", found.technology.other[at], other[at]);
      let m = z / other[at];
      if (s > 0) {
        const eta = economy.eta[j];
        let q = eta === 1 ? 1 : 0;
        for (let e = 0; e < E; e++) {
          const weight = economy.elementMix[at * E + e];
          if (weight === 0) continue;
          const price = found.price[cell(n, elementAt[e])];
          if (eta === 1) q *= price ** weight;
          else q += weight * price ** (1 - eta);
        }
        if (eta !== 1) q = q ** (1 / (1 - eta));
        for (let e = 0; e < E; e++) {
          const weight = economy.elementMix[at * E + e];
          const price = found.price[cell(n, elementAt[e])];
          const implied = weight === 0
            ? 0
            : eta === 1
            ? weight
            : weight * price ** (1 - eta) / q ** (1 - eta);
          compare("element mix (1)", found.elementMix[at * E + e], implied);
        }
        const sigma = economy.sigma[j];
        const [left, right] = [q / element[at], z / other[at]];
        let share = s;
        if (sigma === 1) m = left ** s * right ** (1 - s);
        else {
          m = (s * left ** (1 - sigma) + (s < 1 ? (1 - s) * right ** (1 - sigma) : 0)) **
            (1 / (1 - sigma));
          share = s * left ** (1 - sigma) / m ** (1 - sigma);
        }
        compare("element share (3)", found.elementShare[at], share);
      }
      const rho = economy.specificShare[at];
      compare(
        "unit cost (4)",
        found.unitCost[at],
        found.resourceReturn[at] ** rho * m ** (1 - rho),
      );
    }
  }

  // Equations 5 and 6: prices and trade shares from the reported costs.
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      if (!buys(n, j)) continue;
      const theta = economy.theta[j];
      const power = new Float64Array(N);
      let sum = 0;
      for (let i = 0; i < N; i++) {
        const at = pair(n, i, j);
        if (economy.tradeShare[at] === 0 || iceberg[at] === Infinity || tax[at] === Infinity) {
          continue;
        }
        const taxes = (1 + tariff[at]) * (1 + tax[at]) /
          ((1 + economy.tariff[at]) * (1 + economy.exportTax[at]));
        const delivered = found.unitCost[cell(i, j)] * iceberg[at] * taxes;
        power[i] = economy.tradeShare[at] * delivered ** -theta;
        sum += power[i];
      }
      compare("price (6)", found.price[cell(n, j)], sum ** (-1 / theta));
      for (let i = 0; i < N; i++) {
        compare("trade share (6)", found.tradeShare[pair(n, i, j)], sum > 0 ? power[i] / sum : 0);
      }
    }
  }

  // Equations 7 to 9: revenue, spending, income.
  const revenue = new Float64Array(N * J);
  const income = Float64Array.from(transfer);
  const exported = new Map<number, number>();
  const exportedBefore = new Map<number, number>();
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < J; j++) {
        const at = pair(n, i, j);
        const before = economy.tradeShare[at] * economy.expenditure[cell(n, j)] /
          ((1 + economy.tariff[at]) * (1 + economy.exportTax[at]));
        const paid = found.tradeShare[at] * found.expenditure[cell(n, j)];
        const border = paid / (1 + tariff[at]);
        const value = tax[at] === Infinity ? 0 : border / (1 + tax[at]);
        revenue[cell(i, j)] += value;
        income[n] += tariff[at] * border;
        if (value > 0) income[i] += tax[at] * value;
        if (n === i) continue;
        const add = (map: Map<number, number>, amount: number) =>
          map.set(cell(i, j), (map.get(cell(i, j)) ?? 0) + amount);
        add(exportedBefore, before);
        if (value > 0) add(exported, value / found.unitCost[cell(i, j)]);
      }
    }
  }
  let world = 0;
  const payment = new Float64Array(N * F);
  const demand = new Float64Array(N * J);
  for (let n = 0; n < N; n++) {
    for (let f = 0; f < F; f++) {
      const earned = found.wage[n * F + f] * endowment[n * F + f] * baseFactor[n * F + f];
      income[n] += earned;
      world += earned;
    }
    for (let j = 0; j < J; j++) {
      const at = cell(n, j);
      const rent = found.resourceReturn[at] * resource[at] * economy.specificShare[at] *
        economy.revenue[at];
      income[n] += rent;
      world += rent;
      const variable = (1 - economy.specificShare[at]) * found.revenue[at];
      const others = (1 - found.elementShare[at]) * variable;
      for (let f = 0; f < F; f++) payment[n * F + f] += others * economy.factorShare[at * F + f];
      for (let k = 0; k < J; k++) demand[cell(n, k)] += others * economy.materialShare[at * J + k];
      if (economy.elementShare[at] === 0) continue;
      for (let e = 0; e < E; e++) {
        demand[cell(n, elementAt[e])] += found.elementShare[at] * variable *
          found.elementMix[at * E + e];
      }
    }
  }
  for (let n = 0; n < N; n++) {
    compare("income (9)", found.income[n] * baseIncome[n], income[n]);
    for (let j = 0; j < J; j++) {
      const at = cell(n, j);
      compare("revenue (7)", found.revenue[at], revenue[at]);
      compare(
        "spending (8)",
        found.expenditure[at],
        demand[at] + economy.finalShare[at] * found.income[n] * baseIncome[n],
      );
      const rho = economy.specificShare[at];
      if (rho > 0 && makes(n, j)) {
        compare(
          "resource markets (10)",
          found.resourceReturn[at] * resource[at] * economy.revenue[at],
          found.revenue[at],
        );
      }
    }
    for (let f = 0; f < F; f++) {
      const earned = found.wage[n * F + f] * endowment[n * F + f] * baseFactor[n * F + f];
      compare("factor markets (10)", earned, payment[n * F + f]);
    }
    let price = 1;
    for (let j = 0; j < J; j++) {
      const share = economy.finalShare[cell(n, j)];
      if (share > 0) price *= found.price[cell(n, j)] ** share;
    }
    compare("consumer price", found.consumerPrice[n], price);
    compare("welfare", found.welfare[n], income[n] / baseIncome[n] / price);
  }
  compare("numeraire (11)", world, baseWorld);

  // Quotas: the quantity is at the limit, or below it with a wedge of exactly 0.
  gaps.quotas = 0;
  (shock.quotas ?? []).forEach(({ country, element: sector, limit }, q) => {
    const at = cell(countries.indexOf(country), sectors.indexOf(sector));
    const quantity = (exported.get(at) ?? 0) / (exportedBefore.get(at) ?? 0);
    const wedge = found.quotaWedge[q];
    if (wedge < 0 || Number.isNaN(wedge)) gaps.quotas = Infinity;
    if (wedge > 0) compare("quotas", quantity, limit);
    else if (!(quantity <= limit)) compare("quotas", quantity, limit);
  });
  return gaps;
}
