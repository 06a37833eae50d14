import { countryRows, type Decomposition, type Economy } from "@ree/equilibrium";
import { pick, type Run } from "./counterfactual_run.ts";

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
 * Welfare of every country, per mille: that of the first run, with the lowest and highest of all
 * runs, as rows of a band chart; the largest loss first.
 */
export function welfareBands(
  runs: readonly Pick<Run, "economy" | "found">[],
  nameOf: (country: string) => string,
) {
  const { countries } = runs[0].economy;
  return countries.map((country, n) => {
    const values = runs.map(({ found }) => 1000 * (found.welfare[n] - 1));
    return {
      label: nameOf(country),
      central: values[0],
      lower: Math.min(...values),
      upper: Math.max(...values),
    };
  }).toSorted((a, b) => a.central - b.central);
}

/** Shares of the loss abroad that endogenous technology avoids, percent: 1 − ΔW / ΔW fixed. */
export function mitigationRows(runs: readonly Run[], restricting: string) {
  return runs.filter(({ name }) => name !== "fixed").map((one) => ({
    sigma: one.sigma,
    closure: one.name,
    percent: mitigationPercent(one, pick(runs, "fixed", one.sigma), restricting),
  }));
}

/** Share of the loss of all other countries that a run avoids against one with fixed technology, percent. */
export function mitigationPercent(one: Run, fixed: Run, restricting: string): number {
  const loss = (of: Run) => welfareOf(of, (country) => country !== restricting).million;
  return 100 * (1 - loss(one) / loss(fixed));
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
