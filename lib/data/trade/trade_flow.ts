import { FETCH_AGAIN, sourceError } from "../source_error.ts";

/** What one country sells another of one product in a year. */
export interface TradeFlow {
  readonly year: number;
  /** ISO 3166 alpha-3, or the publisher's code where it has none. */
  readonly exporter: string;
  readonly importer: string;
  /** Six digits with leading zeros, or the shorter code the publisher gives. */
  readonly product: string;
  /** Current USD. */
  readonly valueUsd: number;
  /** Metric tons; null where the publisher has none. */
  readonly tonnes: number | null;
}

/** Trade flows with what their reader met. */
export interface TradeReading {
  readonly flows: readonly TradeFlow[];
  readonly coverage: TradeCoverage;
}

/** What a reader of trade flows met. */
export interface TradeCoverage {
  readonly source: string;
  readonly file: string;
  readonly years: readonly number[];
  /** Revision of the product codes, e.g. `HS92`, `HS12`. */
  readonly revision: string;
  /** Lines read, and lines kept by the choice of products. */
  readonly lines: number;
  readonly kept: number;
  readonly exporters: number;
  readonly importers: number;
  readonly products: number;
  /** Sum of the kept values, current USD. */
  readonly valueUsd: number;
  /** Kept flows without quantity. */
  readonly withoutQuantity: number;
  readonly notes: readonly string[];
}

/** Revisions of the Harmonized System by the classification codes of UN Comtrade. */
export const HS_REVISIONS: Readonly<Record<string, string>> = {
  H0: "HS92",
  H1: "HS96",
  H2: "HS02",
  H3: "HS07",
  H4: "HS12",
  H5: "HS17",
  H6: "HS22",
};

/** Counts flows and refuses a second one of the same exporter, importer, product and year. */
export interface TradeCounter {
  readonly add: (flow: TradeFlow, line: number) => void;
  readonly reading: (
    facts: Pick<TradeCoverage, "source" | "revision" | "lines" | "notes">,
  ) => TradeReading;
}

/** A counter for the flows of one file. */
export function tradeCounter(file: string): TradeCounter {
  const flows: TradeFlow[] = [];
  const seen = new Map<string, number>();
  let valueUsd = 0;
  let withoutQuantity = 0;
  return {
    add: (flow, line) => {
      const key = `${flow.year} ${flow.exporter} ${flow.importer} ${flow.product}`;
      const earlier = seen.get(key);
      if (earlier !== undefined) {
        throw sourceError({
          file,
          row: line,
          came: `${key}, already in row ${earlier}`,
          expected: "each exporter, importer, product and year once",
          remedy: FETCH_AGAIN,
        });
      }
      seen.set(key, line);
      flows.push(flow);
      valueUsd += flow.valueUsd;
      if (flow.tonnes === null) withoutQuantity += 1;
    },
    reading: (facts) => ({
      flows,
      coverage: {
        ...facts,
        file,
        years: [...new Set(flows.map(({ year }) => year))].sort((a, b) => a - b),
        kept: flows.length,
        exporters: new Set(flows.map(({ exporter }) => exporter)).size,
        importers: new Set(flows.map(({ importer }) => importer)).size,
        products: new Set(flows.map(({ product }) => product)).size,
        valueUsd,
        withoutQuantity,
      },
    }),
  };
}

/** Whether a product code begins with one of the chosen codes; all do when none is chosen. */
export function isChosen(product: string, chosen: readonly string[] | undefined): boolean {
  return chosen === undefined || chosen.some((code) => product.startsWith(code));
}
