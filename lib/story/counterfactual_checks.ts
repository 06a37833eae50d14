import type { PublishedEffect } from "@ree/data";
import { elementPrices, meanPrice } from "./counterfactual_prices.ts";
import type { Run } from "./counterfactual_run.ts";
import { welfareOf } from "./counterfactual_welfare.ts";
import { signedNumber } from "./counterfactual_words.ts";
import { sourceName } from "./words.ts";

/** A price by element and year, as in the facts. */
export interface YearPrice {
  readonly element: string;
  readonly year: number;
  readonly usdPerKg: number;
  readonly reading: string;
}

/**
 * How often the price of an element rose between two years, beside the model's price abroad for each
 * run; elements without both prices, or outside the economy, are left out.
 */
export function priceRatios(
  prices: readonly YearPrice[],
  years: readonly [before: number, after: number],
  runs: readonly Run[],
  restricting: string,
): Record<string, string | number>[] {
  const priceOf = (element: string, year: number) =>
    prices.find((row) => row.element === element && row.year === year);
  return runs[0].economy.elements.flatMap((element) => {
    const [before, after] = years.map((year) => priceOf(element, year));
    if (before === undefined || after === undefined) return [];
    return [{
      element,
      before: before.usdPerKg,
      after: after.usdPerKg,
      observed: after.usdPerKg / before.usdPerKg,
      ...Object.fromEntries(runs.map((one) => [
        `model ${one.sigma}`,
        meanPrice(one, [element], (country) => country !== restricting),
      ])),
      reading: before.reading === after.reading
        ? before.reading
        : `${before.reading}; ${after.reading}`,
    }];
  });
}

/** A quotation, as in the facts. */
export interface Quotation {
  readonly element: string;
  readonly form: string;
  readonly period: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
  readonly basis: string;
  readonly note: string;
}

/** Export and domestic price of an element at about the same time. */
export type PriceGap = {
  readonly element: string;
  /** Period of the export price, and day or month of the domestic one. */
  readonly period: string;
  readonly day: string;
  /** USD per kg. */
  readonly outside: number;
  readonly inside: number;
  readonly observed: number;
  /** The model's ratio of the price abroad to the price at home. */
  readonly model: number;
};

/** Exchange rate that a page itself states: "USD 1 = CNY 6.3053". */
const RATE = /USD 1 = CNY (\d+\.\d+)/;

/** Price of a quotation in USD per kg, middle of its range; undefined where no rate is stated. */
function usdPerKg({ low, high, unit, note }: Quotation): number | undefined {
  if (low === null || high === null) return undefined;
  const perKg = (low + high) / 2 / (unit.endsWith("/t") ? 1000 : 1);
  if (unit.startsWith("USD")) return perKg;
  const rate = RATE.exec(note)?.[1];
  return rate === undefined ? undefined : perKg / Number(rate);
}

/** Whether a day or month ("2011-09", "2012-03-09") lies in a quarter ("2011Q3") or is the same day. */
function sameTime(day: string, period: string): boolean {
  if (day === period) return true;
  const quarter = /^(\d{4})Q([1-4])$/.exec(period);
  const date = /^(\d{4})-(\d{2})(-\d{2})?$/.exec(day);
  return quarter !== null && date !== null && quarter[1] === date[1] &&
    Number(quarter[2]) === Math.ceil(Number(date[2]) / 3);
}

/**
 * Export against domestic prices of oxides where the facts have both for the same quarter or day, in
 * USD (with the exchange rate that the page states), beside the model's gap.
 *
 * @param one run whose prices abroad and at home are compared, both relative to the baseline
 * @param baselineGap the baseline's price abroad over that at home by element: 1 plus the export duty
 */
export function priceGaps(
  quotations: readonly Quotation[],
  one: Run,
  restricting: string,
  baselineGap: (element: string) => number,
): PriceGap[] {
  const oxides = quotations.filter(({ form }) => form.startsWith("oxide"));
  return oxides.filter(({ basis }) => basis === "China domestic").flatMap((domestic) =>
    oxides.filter((quote) =>
      quote.basis === "FOB China" && quote.element === domestic.element &&
      sameTime(domestic.period, quote.period)
    ).flatMap((quote): PriceGap[] => {
      const [outside, inside] = [usdPerKg(quote), usdPerKg(domestic)];
      const { element } = domestic;
      if (outside === undefined || inside === undefined) return [];
      if (!one.economy.elements.includes(element)) return [];
      const ratio = meanPrice(one, [element], (country) => country !== restricting) /
        meanPrice(one, [element], (country) => country === restricting);
      return [{
        element,
        period: quote.period,
        day: domestic.period,
        outside,
        inside,
        observed: outside / inside,
        model: baselineGap(element) * ratio,
      }];
    })
  );
}

/** Runs whose numbers stand beside published ones. */
export interface ComparableRuns {
  /** The quota with fixed technology. */
  readonly quota: Run;
  /** A full embargo with fixed technology, one run by σ. */
  readonly embargo: readonly Run[];
  readonly restricting: string;
}

/** Published effects with the model's comparable number beside each: of an import stop, the embargo's. */
export function publishedRows(effects: readonly PublishedEffect[], runs: ComparableRuns) {
  return effects.map((effect) => ({
    ...effect,
    what: `${effect.effect}: ${effect.event}`,
    from: `${sourceName(effect.source)}; ${effect.reading}`,
    range: effect.low === null
      ? "direction only"
      : `${[...new Set([effect.low, effect.high])].join(" to ")} ${effect.unit}`,
    model: /price/.test(effect.effect)
      ? pricesBeside(runs)
      : /stop|embargo/.test(effect.event)
      ? embargoBeside(runs)
      : incomeBeside(runs),
  }));
}

function pricesBeside({ quota, restricting }: ComparableRuns): string {
  const { inside, outside } = elementPrices(quota, restricting);
  return `abroad × ${outside.toFixed(1)}, at home × ${inside.toFixed(2)} under the quota`;
}

function embargoBeside({ embargo, restricting }: ComparableRuns): string {
  if (embargo.length === 0) return `no embargo can be solved: ${restricting} is the only seller`;
  const losses = embargo.map((one) => {
    const { perMille } = welfareOf(one, (country) => country !== restricting);
    return {
      value: -perMille / 10,
      text: `${(-perMille / 10).toPrecision(2)} % (σ = ${one.sigma})`,
    };
  }).toSorted((a, b) => a.value - b.value);
  const ends = [...new Set([losses[0].text, losses[losses.length - 1].text])];
  return `loss of real income abroad ${ends.join(" to ")}, no elements from ${restricting}`;
}

function incomeBeside({ quota, restricting }: ComparableRuns): string {
  const { perMille } = welfareOf(quota, (country) => country !== restricting);
  return `real income abroad ${signedNumber(perMille / 10, 4)} % under the quota`;
}
