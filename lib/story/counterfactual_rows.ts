import {
  type Closure,
  countryRows,
  type Decomposition,
  type Economy,
  economySize,
  type ElasticityRow,
  type Equilibrium,
  type ModelElasticities,
  producerRows,
  type Shock,
  solveEquilibrium,
  withElasticity,
} from "@ree/equilibrium";

/** One solved counterfactual and what it was solved for. */
export interface Run {
  /** Name of the closure, or of the measure. */
  readonly name: string;
  /** σ of all sectors, or NaN when they differ. */
  readonly sigma: number;
  readonly economy: Economy;
  readonly shock: Shock;
  readonly found: Equilibrium;
}

/** A closure with the name that tables print. */
export interface NamedClosure {
  readonly name: string;
  readonly closure: Closure;
}

/** Every closure that responds to a shock; global technology is made and used outside `restricting`. */
export function closuresAbroad(economy: Economy, restricting: string): NamedClosure[] {
  const abroad = economy.countries.filter((country) => country !== restricting);
  const roles = { innovators: abroad, adopters: abroad };
  return [
    { name: "fixed", closure: { kind: "fixed" } },
    { name: "allocation", closure: { kind: "allocation" } },
    { name: "entry", closure: { kind: "entry" } },
    { name: "global-allocation", closure: { kind: "global-allocation", ...roles } },
    { name: "global-entry", closure: { kind: "global-entry", ...roles } },
  ];
}

/** The economy with one σ in all sectors. */
export function withSigma(economy: Economy, sigma: number): Economy {
  return { ...economy, sigma: new Float64Array(economy.sigma.length).fill(sigma) };
}

/** Solves one shock. */
export function run(
  name: string,
  economy: Economy,
  shock: Shock,
  closure: Closure = { kind: "fixed" },
): Run {
  const [first] = economy.sigma;
  const sigma = economy.sigma.every((value) => value === first) ? first : NaN;
  return { name, sigma, economy, shock, found: solveEquilibrium(economy, shock, { closure }) };
}

/** The run of a closure and σ. @throws RangeError when there is none */
export function pick(runs: readonly Run[], name: string, sigma: number): Run {
  const found = runs.find((one) => one.name === name && one.sigma === sigma);
  if (found === undefined) throw new RangeError(`no run of ${name} with σ = ${sigma}`);
  return found;
}

/** Element prices, the wedge and its rents. */
export interface ElementPrices {
  /** Purchaser prices relative to the baseline, mean over elements (and buyers) by baseline spending. */
  readonly inside: number;
  readonly outside: number;
  /** Smallest and largest quota wedge over elements, percent; NaN without a quota. */
  readonly wedgeLow: number;
  readonly wedgeHigh: number;
  /** Million USD in the baseline's numeraire. */
  readonly rents: number;
}

/** What a shock did to element prices inside and outside the restricting country. */
export function elementPrices({ economy, shock, found }: Run, restricting: string): ElementPrices {
  const { N, J, elementSector } = economySize(economy);
  const home = economy.countries.indexOf(restricting);
  const mean = (countries: readonly number[]) => {
    let [sum, weight] = [0, 0];
    for (const n of countries) {
      for (const j of elementSector) {
        const spending = economy.expenditure[n * J + j];
        if (spending === 0) continue;
        sum += spending * found.price[n * J + j];
        weight += spending;
      }
    }
    return sum / weight;
  };
  const others = economy.countries.map((_, n) => n).filter((n) => n !== home);
  const rents = (shock.quotas ?? []).map(({ country, element }, q) => {
    const [i, j] = [economy.countries.indexOf(country), economy.sectors.indexOf(element)];
    let exports = 0;
    for (let n = 0; n < N; n++) {
      if (n !== i) exports += found.tradeShare[(n * N + i) * J + j] * found.expenditure[n * J + j];
    }
    const wedge = found.quotaWedge[q];
    return exports * wedge / (1 + wedge);
  });
  const wedges = found.quotaWedge.map((wedge) => 100 * wedge);
  return {
    inside: mean([home]),
    outside: mean(others),
    wedgeLow: wedges.length === 0 ? NaN : Math.min(...wedges),
    wedgeHigh: wedges.length === 0 ? NaN : Math.max(...wedges),
    rents: rents.reduce((sum, value) => sum + value, 0),
  };
}

/** Real income change of a group. */
export interface WelfareChange {
  /** Per mille, mean of the members by baseline income. */
  readonly perMille: number;
  /** Per mille × baseline income, million USD of the base year. */
  readonly million: number;
}

/** Welfare of a group of countries. @param member which countries */
export function welfareOf(
  { economy, found }: Pick<Run, "economy" | "found">,
  member: (country: string) => boolean,
): WelfareChange {
  const rows = countryRows(economy, found).filter(({ country }) => member(country));
  const income = rows.reduce((sum, row) => sum + row.income, 0);
  const million = rows.reduce((sum, row) => sum + row.income * row.welfarePercent / 100, 0);
  return { perMille: 1000 * million / income, million };
}

/** A sector and what elements cost it directly outside the restricting country. */
export interface IntensiveSector {
  readonly sector: string;
  readonly label: string;
  /** USD of elements per million USD of output, outside the restricting country. */
  readonly intensity: number;
}

/** Sectors that buy elements, the most intensive first. @param nameOf name of a sector code */
export function intensiveSectors(
  economy: Economy,
  restricting: string,
  nameOf: (sector: string) => string = (sector) => sector,
): IntensiveSector[] {
  const { N, J } = economySize(economy);
  return economy.sectors.flatMap((sector, j) => {
    let [elements, output] = [0, 0];
    for (let i = 0; i < N; i++) {
      if (economy.countries[i] === restricting) continue;
      const at = i * J + j;
      elements += economy.elementShare[at] * (1 - economy.specificShare[at]) * economy.revenue[at];
      output += economy.revenue[at];
    }
    if (elements === 0) return [];
    return [{ sector, label: nameOf(sector), intensity: 1e6 * elements / output }];
  }).toSorted((a, b) => b.intensity - a.intensity);
}

/** Real change of a sector's exports and output outside the restricting country, per mille. */
export function sectorAbroad(
  { economy, found, shock }: Run,
  sector: string,
  restricting: string,
): { readonly exports: number; readonly output: number } {
  const { N, J } = economySize(economy);
  const j = economy.sectors.indexOf(sector);
  let [exports, exported, output, produced] = [0, 0, 0, 0];
  for (const row of producerRows(economy, found, shock)) {
    if (row.sector !== sector || row.country === restricting) continue;
    const i = economy.countries.indexOf(row.country);
    let sold = 0;
    for (let n = 0; n < N; n++) {
      if (n !== i) sold += economy.tradeShare[(n * N + i) * J + j] * economy.expenditure[n * J + j];
    }
    if (sold > 0) exports += sold * row.exportsPercent;
    exported += sold;
    output += economy.revenue[i * J + j] * row.outputPercent;
    produced += economy.revenue[i * J + j];
  }
  return { exports: 10 * exports / exported, output: 10 * output / produced };
}

/** One closure and σ in numbers; columns in {@link ./counterfactual_words.ts}. */
export function closureRow(one: Run, restricting: string, sector: string) {
  const abroad = welfareOf(one, (country) => country !== restricting);
  return {
    sigma: one.sigma,
    closure: one.name,
    ...elementPrices(one, restricting),
    welfareHome: welfareOf(one, (country) => country === restricting).perMille,
    welfareAbroad: abroad.perMille,
    millionAbroad: abroad.million,
    ...sectorAbroad(one, sector, restricting),
    residual: Math.max(...Object.values(one.found.residuals)),
  };
}

/** Welfare of some countries by channel, per mille. @param closure name that the rows carry */
export function channelRows(
  closure: string,
  countries: readonly string[],
  economy: Economy,
  parts: Decomposition,
) {
  return countries.map((country) => {
    const at = economy.countries.indexOf(country);
    return {
      closure,
      country,
      termsOfTrade: 1000 * parts.termsOfTrade[at],
      volumeOfTrade: 1000 * parts.volumeOfTrade[at],
      technology: 1000 * parts.technology[at],
      total: 1000 * parts.total[at],
      lnWelfare: 1000 * parts.lnWelfare[at],
    };
  });
}

/** Shares of the loss abroad that endogenous technology avoids, percent: 1 − ΔW / ΔW fixed. */
export function mitigationRows(runs: readonly Run[], restricting: string) {
  const loss = (one: Run) => welfareOf(one, (country) => country !== restricting).million;
  return runs.filter(({ name }) => name !== "fixed").map((one) => ({
    sigma: one.sigma,
    closure: one.name,
    percent: 100 * (1 - loss(one) / loss(pick(runs, "fixed", one.sigma))),
  }));
}

/** Welfare of groups of countries by run, per mille. @param groups label and members */
export function welfareTable(
  runs: readonly Run[],
  groups: ReadonlyMap<string, (country: string) => boolean>,
): Record<string, string | number>[] {
  return runs.map((one) => ({
    sigma: one.sigma,
    closure: one.name,
    ...Object.fromEntries([...groups].map(([label, member]) => [
      label,
      welfareOf(one, member).perMille,
    ])),
  }));
}

/**
 * What is left when the shock is gone and technology stays.
 *
 * @param after runs of the shock with endogenous technology
 */
export function persistence(after: readonly Run[]): Run[] {
  return after.map(({ name, economy, found }) =>
    run(name, economy, {}, { kind: "frozen", ...found.technology })
  );
}

/** Duties that restrict as much as the quotas of a run did, by element, ad valorem. */
export function equivalentDuties({ shock, found }: Run): { element: string; rate: number }[] {
  return (shock.quotas ?? []).map(({ element }, q) => ({ element, rate: found.quotaWedge[q] }));
}

/** Largest gap between two equilibria in welfare, prices and revenue, relative. */
export function largestGap(a: Equilibrium, b: Equilibrium): number {
  let gap = 0;
  for (const key of ["welfare", "price", "unitCost"] as const) {
    a[key].forEach((value, at) => {
      if (Number.isFinite(value) && value > 0) {
        gap = Math.max(gap, Math.abs(b[key][at] / value - 1));
      }
    });
  }
  return gap;
}

/** All elasticities of a parameter at the low or high end of their ranges. */
export function atEnd(
  elasticities: ModelElasticities,
  parameter: ElasticityRow["parameter"],
  end: "low" | "high",
): ModelElasticities {
  return elasticities.rows.filter((row) => row.parameter === parameter)
    .reduce((all, row) => withElasticity(all, parameter, row[end], row.sector), elasticities);
}

/** Elasticities with ranges, rows of equal value and source joined: "c17 to c35". */
export function elasticityTable({ rows }: ModelElasticities) {
  const groups = Map.groupBy(
    rows,
    (row) => [row.parameter, row.value, row.low, row.high, row.source].join("|"),
  );
  return [...groups.values()].map((members) => {
    const [first, last] = [members[0], members[members.length - 1]];
    const sectors = first.sector === "*" ? "all" : first.sector;
    return {
      parameter: SYMBOLS[first.parameter],
      sectors: members.length === 1 ? sectors : `${sectors} to ${last.sector}`,
      value: first.value,
      range: `${first.low} to ${first.high}`,
      source: first.source,
      reading: first.reading,
    };
  });
}

/** Names of the parameters in tables and figures. */
export const SYMBOLS: Readonly<Record<ElasticityRow["parameter"], string>> = {
  theta: "θ trade",
  sigma: "σ elements, other inputs",
  eta: "η between elements",
  psi: "ψ technology",
  supply: "supply of elements",
};
