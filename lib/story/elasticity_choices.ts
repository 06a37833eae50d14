import { estimateElasticities, type EstimationChoices, relativePricePanel } from "@ree/elasticity";
import { randomStream } from "@ree/numeric";
import { columnsOfRows, type PanelRow } from "./elasticity_series.ts";

/** One way to estimate the pooled σ. */
export interface EstimationChoice {
  /** What is varied. */
  readonly topic: string;
  readonly label: string;
  readonly rows: readonly PanelRow[];
  readonly options: EstimationChoices;
  readonly central?: boolean;
}

/** What a choice gives; null where there is no pooled mean, with the reason. */
export interface ChoiceResult {
  readonly topic: string;
  readonly label: string;
  readonly mean: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly sectors: number;
  readonly cells: number;
  readonly central: boolean;
  readonly reason: string;
}

/** Estimates with one choice. */
export function runChoice(
  { topic, label, rows, options, central = false }: EstimationChoice,
): ChoiceResult {
  const none = {
    topic,
    label,
    mean: null,
    lower: null,
    upper: null,
    sectors: 0,
    cells: 0,
    central,
  };
  try {
    const { pooled, diagnostics } = estimateElasticities(columnsOfRows(rows), options);
    const found = { ...none, sectors: diagnostics.sectorsUsed, cells: diagnostics.rowsUsed };
    return pooled === null
      ? { ...found, reason: "the mean slope is outside the stable region" }
      : { ...found, mean: pooled.mean, lower: pooled.lower, upper: pooled.upper, reason: "" };
  } catch (cause) {
    if (cause instanceof RangeError) return { ...none, reason: cause.message };
    throw cause;
  }
}

/**
 * The choices that a reader may dispute, one at a time against `base`: design, ψ, effects of years, instrument, price, window.
 * Choices that the panel has no instrument for, or whose industries the project has no prices for, are left out.
 *
 * @param rows patent panel
 * @param base design, ψ and the rest of the central estimate
 */
export function estimationChoices(
  rows: readonly PanelRow[],
  base: EstimationChoices,
  dataDir?: string,
): EstimationChoice[] {
  const psi = Number(base.psi);
  const years = rows.map((row) => Number(row.year));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const vary = (topic: string, label: string, change: Partial<EstimationChoices>, own = rows) => ({
    topic,
    label,
    rows: own,
    options: { ...base, ...change },
  });
  const within = (from: number, to: number) =>
    rows.filter((row) => Number(row.year) >= from && Number(row.year) <= to);
  const priced = (
    topic: string,
    label: string,
    change: Partial<EstimationChoices>,
    options: Parameters<typeof relativePricePanel>[1],
  ) => {
    const prices = relativePricePanel(dataDir, options).toRecords();
    return pricesCover(rows, prices) ? [vary(topic, label, change, withPrices(rows, prices))] : [];
  };
  const instrument = hasInstrument(rows)
    ? [vary("Instrument", "quota × distance", { instrument: INSTRUMENT })]
    : [];
  const effects = !(base.yearEffects ?? true);
  const designs = (["counts", "flow", "stock", "state"] as const).filter((one) =>
    one !== base.design
  );
  return [
    { ...vary("Central", `${base.design}, ψ = ${psi}`, {}), central: true },
    ...designs.map((design) => vary("Design", design, { design })),
    ...[psi / 2, 1.5 * psi].map((value) => vary("ψ", `ψ = ${value}`, { psi: value })),
    vary("Effects of years", effects ? "with" : "without", { yearEffects: effects }),
    vary("Effects of years", `${effects ? "with" : "without"}, stock`, {
      yearEffects: effects,
      design: "stock",
    }),
    ...instrument,
    ...priced("Instrument", "quota × no substitute", { instrument: INSTRUMENT }, {
      measure: "graedel",
    }),
    ...priced("Price", "nominal element price", {}, { deflator: "none" }),
    vary("Price", "last year's price", {}, shiftPrices(rows, -1)),
    vary("Window", `${first} to ${first + 5}`, {}, within(first, first + 5)),
    vary("Window", `${last - 8} to ${last}`, {}, within(last - 8, last)),
    vary("Placebo", "price two years later", {}, shiftPrices(rows, 2)),
    vary("Placebo", "another sector's price", {}, swapPrices(rows)),
  ];
}

/** Results as rows of a coefficient plot; choices without a pooled mean are left out. */
export function choicePlotRows(results: readonly ChoiceResult[]) {
  return results.flatMap(({ topic, label, mean, lower, upper, cells, central }) =>
    mean === null ? [] : [{
      panel: topic,
      label,
      estimate: mean,
      lower: lower!,
      upper: upper!,
      n: cells,
      highlight: central,
    }]
  );
}

/** Choices without a pooled mean, with the reason, as a sentence; "" when there are none. */
export function choicesWithout(results: readonly ChoiceResult[]): string {
  const lost = results.filter(({ mean }) => mean === null);
  return lost.map(({ topic, label, reason }) => `${topic}, ${label}: no pooled σ, ${reason}.`).join(
    " ",
  );
}

/** Which topic moves the pooled mean most, as a sentence for a title. */
export function choiceFinding(results: readonly ChoiceResult[]): string {
  const central = results.find((one) => one.central)!.mean!;
  const moves = results.filter(({ mean, topic }) => mean !== null && topic !== "Placebo")
    .map((one) => ({ ...one, move: Math.abs(one.mean! - central) }))
    .sort((a, b) => b.move - a.move);
  const below = results.filter(({ topic, upper }) =>
    topic !== "Placebo" && upper !== null && upper < 1
  );
  const real = results.filter(({ topic, mean }) => topic !== "Placebo" && mean !== null);
  return `mean σ moves most with ${moves[0].topic.toLowerCase()} (${moves[0].label}: ${
    moves[0].mean!.toFixed(2)
  } against ${
    central.toFixed(2)
  }); it is clearly below 1 in ${below.length} of ${real.length} choices`;
}

/** Column of the instrument in a panel. */
const INSTRUMENT = "instrument";

/** Whether every row has a number as instrument. */
export function hasInstrument(rows: readonly PanelRow[]): boolean {
  return rows.every((row) => typeof row[INSTRUMENT] === "number");
}

/** Whether there is a price for every sector and year of a panel: true of the project's own industries only. */
export function pricesCover(rows: readonly PanelRow[], prices: readonly PanelRow[]): boolean {
  const found = new Set(prices.map((row) => `${row.sector} ${row.year}`));
  return rows.every((row) => found.has(`${row.sector} ${row.year}`));
}

/** Prices and instrument of the panel replaced by those of other rows with the same sector and year. */
export function withPrices(rows: readonly PanelRow[], prices: readonly PanelRow[]): PanelRow[] {
  const found = new Map(prices.map((row) => [`${row.sector} ${row.year}`, row]));
  return rows.map((row) => {
    const other = found.get(`${row.sector} ${row.year}`);
    if (other === undefined) throw new RangeError(`no price of ${row.sector}, ${row.year}`);
    return {
      ...row,
      log_relative_price: other.log_relative_price,
      instrument: other.instrument ?? row.instrument,
    };
  });
}

/** Each row with its sector's price so many years later (or earlier, below 0); rows without one are left out. */
export function shiftPrices(rows: readonly PanelRow[], years: number): PanelRow[] {
  const found = new Map(rows.map((row) => [`${row.sector} ${row.year}`, row.log_relative_price]));
  return rows.flatMap((row) => {
    const price = found.get(`${row.sector} ${Number(row.year) + years}`);
    return price === undefined ? [] : [{ ...row, log_relative_price: price }];
  });
}

/** Each sector with the prices of the sector half the list away. */
export function swapPrices(rows: readonly PanelRow[]): PanelRow[] {
  const sectors = [...new Set(rows.map((row) => row.sector))];
  const found = new Map(rows.map((row) => [`${row.sector} ${row.year}`, row.log_relative_price]));
  return rows.flatMap((row) => {
    const at = sectors.indexOf(row.sector);
    const other = sectors[(at + Math.floor(sectors.length / 2)) % sectors.length];
    const price = found.get(`${other} ${row.year}`);
    return price === undefined ? [] : [{ ...row, log_relative_price: price }];
  });
}

/** Pooled means when the years of the prices are shuffled, the same way in all sectors. */
export interface ShufflePlacebo {
  /** Pooled means, ascending. */
  readonly means: readonly number[];
  /** Shuffles without a pooled mean. */
  readonly failed: number;
  /** Share of shuffles whose mean is as far from 1 as the estimate, the estimate counted as one. */
  readonly pvalue: number;
}

/**
 * Inference that counts a price path common to all sectors as one path, not as thirty: prices keep their sector but years
 * change places. Exact when the years of the shock could be exchanged, which a persistent shock is not.
 */
export function shuffleYears(
  rows: readonly PanelRow[],
  options: EstimationChoices,
  { draws, seed, estimate }: {
    readonly draws: number;
    readonly seed: number;
    readonly estimate: number;
  },
): ShufflePlacebo {
  const random = randomStream(seed);
  const years = [...new Set(rows.map((row) => Number(row.year)))];
  const found = new Map(rows.map((row) => [`${row.sector} ${row.year}`, row.log_relative_price]));
  const means: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const order = [...years];
    for (let k = order.length - 1; k > 0; k--) {
      const j = random.integer(k + 1);
      [order[k], order[j]] = [order[j], order[k]];
    }
    const moved = new Map(years.map((year, k) => [year, order[k]]));
    const shuffled = rows.flatMap((row) => {
      const price = found.get(`${row.sector} ${moved.get(Number(row.year))}`);
      return price === undefined ? [] : [{ ...row, log_relative_price: price }];
    });
    const { mean } = runChoice({ topic: "", label: "", rows: shuffled, options });
    if (mean !== null) means.push(mean);
  }
  means.sort((a, b) => a - b);
  const far = means.filter((mean) => Math.abs(mean - 1) >= Math.abs(estimate - 1)).length;
  return { means, failed: draws - means.length, pvalue: (far + 1) / (means.length + 1) };
}
