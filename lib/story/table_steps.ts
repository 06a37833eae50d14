import {
  balanceReport,
  type CarvedTable,
  commodityOutput,
  type ElementPurchase,
  type ElementSplits,
  embodied,
  industryCoefficients,
  industryOutput,
  type IoTable,
  type PurchaseFactors,
  type SymmetricTable,
  type UsReeTable,
} from "@ree/io-table";
import { sampleRankCorrelation } from "simple-statistics";
import { columnSums, lu, luSolve, rowSums, total } from "@ree/numeric";

/** One line of a list of checks. */
export interface CheckRow {
  readonly check: string;
  readonly value: number | string;
  readonly unit: string;
}

/** What balancing did to the published table of one year. */
export function describeBalance({ balanced }: UsReeTable) {
  const { table, before } = balanced;
  const after = balanceReport(table);
  return {
    industries: table.industries.length,
    commodities: table.commodities.length,
    output: total(industryOutput(table)) / 1e3,
    industryGap: Math.abs(before.industry.gap),
    commodityGap: Math.abs(before.commodity.gap),
    sweeps: balanced.iterations,
    largestChange: balanced.largestChange,
    gapAfter: Math.max(after.industry.relative, after.commodity.relative),
  };
}

/** Intermediate inputs over output, all industries together. */
export function intermediateShare({ flows, industryOutput }: SymmetricTable): number {
  return total(flows) / total(industryOutput);
}

/** Rebuilds industry output from final demand, g = (I − DB)⁻¹·D·f, and compares it with the table's. */
export function outputFromFinalDemand(table: IoTable): { readonly largestRelativeGap: number } {
  const n = table.industries.length;
  const output = industryOutput(table);
  const supply = commodityOutput(table);
  const demand = rowSums(table.finalUse, table.finalUses.length);
  const forIndustries = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < supply.length; c++) {
      if (supply[c] === 0) continue;
      forIndustries[i] += table.make[i * supply.length + c] / supply[c] * demand[c];
    }
  }
  const leontief = industryCoefficients(table).map((a) => -a);
  for (let i = 0; i < n; i++) leontief[i * n + i] += 1;
  const rebuilt = luSolve(lu(leontief), forIndustries);
  return {
    largestRelativeGap: rebuilt.reduce(
      (largest, x, i) => Math.max(largest, Math.abs(x - output[i]) / output[i]),
      0,
    ),
  };
}

/** One line per application: tonnes, value, element mix and first users. */
export function applicationRows(
  factors: PurchaseFactors,
  purchases: readonly ElementPurchase[],
): {
  readonly application: string;
  readonly tonnes: number;
  readonly value: number;
  readonly elements: string;
  readonly industries: string;
}[] {
  const percents = (rows: readonly { readonly name: string; readonly share: number }[]) =>
    [...rows].sort((a, b) => b.share - a.share)
      .map(({ name, share }) => `${name} ${Math.round(100 * share)}`).join(", ");
  return [...factors.use].sort((a, b) => b.tonnes - a.tonnes).map(({ application, tonnes }) => {
    const mine = <Row extends { readonly application: string }>(rows: readonly Row[]) =>
      rows.filter((row) => row.application === application);
    return {
      application,
      tonnes,
      value: mine(purchases).reduce((sum, row) => sum + row.value, 0),
      elements: percents(mine(factors.mix).map(({ element, share }) => ({ name: element, share }))),
      industries: percents(
        mine(factors.distribution).map(({ industry, share }) => ({ name: industry, share })),
      ),
    };
  });
}

/** What the carve-out did, as checks, and the industries that only passed elements on. */
export function describeCarveOut(carved: CarvedTable, splits: ElementSplits, before: IoTable) {
  const report = balanceReport(carved);
  const n = carved.industries.length;
  const elementRows = rowSums(carved.use, n).slice(-carved.elements.length);
  const rowGap = carved.elements.reduce((largest, element, e) => {
    const bought = valueOf(splits.purchases.filter((row) => row.element === element));
    return Math.max(largest, Math.abs(elementRows[e] - bought));
  }, 0);
  const output = industryOutput(before);
  const sumOfValueAdded = (table: IoTable) => columnSums(table.valueAdded, n);
  const valueAddedGap = sumOfValueAdded(carved)
    .reduce((largest, v, j) => Math.max(largest, Math.abs(v - sumOfValueAdded(before)[j])), 0);
  const checks: CheckRow[] = [
    { check: "Purchases carved out", value: valueOf(splits.purchases), unit: "million USD" },
    {
      check: "of which no host purchase could give",
      value: valueOf(carved.carveOut.unplaced),
      unit: "million USD",
    },
    { check: "of which GRAS made room for", value: carved.carveOut.balanced, unit: "million USD" },
    {
      check: "Element rows less price times tonnes, largest gap",
      value: rowGap,
      unit: "million USD",
    },
    {
      check: "Use + value added less output, largest gap",
      value: report.industry.relative,
      unit: "share of flows",
    },
    {
      check: "Uses less supply, largest gap",
      value: report.commodity.relative,
      unit: "share of flows",
    },
    {
      check: "Change of an industry's value added, largest",
      value: valueAddedGap,
      unit: "million USD",
    },
  ];
  const passedOn = [...carved.carveOut.passedOn]
    .map(([industry, value]) => ({
      industry,
      value,
      percent: 100 * value / output[before.industries.indexOf(industry)],
    }))
    .sort((a, b) => b.value - a.value);
  return { checks, passedOn };
}

/** The stages through which one element leaves the fabricated product in which one industry buys it. */
export function carveOutSteps(
  splits: ElementSplits,
  { element, industry, application }: {
    readonly element: string;
    readonly industry: string;
    readonly application: string;
  },
  names: { readonly buyer: string; readonly host: string; readonly raw: string },
) {
  const value = valueOf(
    splits.purchases.filter((row) =>
      row.element === element && row.industry === industry && row.application === application
    ),
  );
  return [
    { from: names.raw, to: names.host, value, label: `less ${element} sold as raw metal` },
    { from: names.host, to: names.buyer, value, label: `less ${element} inside the product` },
    { from: `${element} (new row)`, to: names.buyer, value, label: `${element} bought by name` },
  ];
}

/** The two readings of "direct" side by side, USD per million USD of output, largest difference first. */
export function compareReadings(
  embodying: CarvedTable,
  first: CarvedTable,
  names: readonly string[],
) {
  const [a, b] = [embodying, first].map(intensitiesTogether);
  const rows = names.map((label, j) => ({
    label,
    embodyingDirect: a.direct[j],
    firstDirect: b.direct[j],
    embodyingTotal: a.total[j],
    firstTotal: b.total[j],
  })).sort((x, y) =>
    Math.abs(y.embodyingTotal - y.firstTotal) - Math.abs(x.embodyingTotal - x.firstTotal)
  );
  return {
    rows,
    passedOn: [...embodying.carveOut.passedOn.values()].reduce((sum, value) => sum + value, 0),
    embodied: [a.embodied, b.embodied],
    purchases: a.bought,
    /** Spearman correlation of total intensities over industries. */
    rankCorrelation: sampleRankCorrelation([...a.total], [...b.total]),
  };
}

function intensitiesTogether(table: CarvedTable) {
  const n = table.industries.length;
  const output = industryOutput(table);
  const bought = columnSums(table.use.subarray(table.use.length - table.elements.length * n), n);
  const direct = bought.map((value, j) => value / output[j]);
  const coefficients = industryCoefficients(table);
  const totals = embodied(direct, coefficients);
  // Final demand for an industry: its output less what all industries use of it.
  let inFinalDemand = 0;
  for (let i = 0; i < n; i++) {
    let used = 0;
    for (let j = 0; j < n; j++) used += coefficients[i * n + j] * output[j];
    inFinalDemand += totals[i] * (output[i] - used);
  }
  return {
    direct: direct.map((d) => 1e6 * d),
    total: totals.map((t) => 1e6 * t),
    embodied: inFinalDemand,
    bought: total(bought),
  };
}

function valueOf(purchases: readonly { readonly value: number }[]): number {
  return purchases.reduce((sum, { value }) => sum + value, 0);
}
