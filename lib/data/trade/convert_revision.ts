import { type Concordance, type Relation, relations } from "../concordance.ts";
import { tradeCounter, type TradeFlow, type TradeReading } from "./trade_flow.ts";

/** What became of trade values on the way to another revision. */
export interface RevisionReport {
  /** Values of codes without link, by code, in the unit of the flows; they are not in the result. */
  readonly unmatched: ReadonlyMap<string, number>;
  /** Share of the value without link, 0 to 1. */
  readonly unmatchedShare: number;
  /** Shares of the value by the relation of its code; with `unmatchedShare` they sum to 1. Weights matter for 1:n and m:n. */
  readonly shares: Readonly<Record<Relation, number>>;
  /** Flows given, and flows of the result. */
  readonly given: number;
  readonly converted: number;
}

/** Adds up values by what becomes of them. */
export interface RevisionTally {
  readonly add: (code: string, value: number) => void;
  readonly report: (given: number, converted: number) => RevisionReport;
}

/** A tally for one concordance. */
export function revisionTally(correlation: Concordance): RevisionTally {
  const relationOf = relations(correlation);
  const unmatched = new Map<string, number>();
  const sums = { "1:1": 0, "1:n": 0, "n:1": 0, "m:n": 0 };
  let lost = 0;
  return {
    add: (code, value) => {
      const relation = relationOf.get(code);
      if (relation !== undefined) sums[relation] += value;
      else {
        unmatched.set(code, (unmatched.get(code) ?? 0) + value);
        lost += value;
      }
    },
    report: (given, converted) => {
      const total = lost + sums["1:1"] + sums["1:n"] + sums["n:1"] + sums["m:n"];
      const share = (value: number) => total === 0 ? 0 : value / total;
      return {
        unmatched: new Map([...unmatched].sort(([, a], [, b]) => b - a)),
        unmatchedShare: share(lost),
        shares: {
          "1:1": share(sums["1:1"]),
          "1:n": share(sums["1:n"]),
          "n:1": share(sums["n:1"]),
          "m:n": share(sums["m:n"]),
        },
        given,
        converted,
      };
    },
  };
}

/**
 * Trade flows in another revision of the Harmonized System: every flow is divided by the weights of its code, and flows that meet in
 * a new code are added up. The total of converted and unmatched values is that of the given flows. A quantity is unknown where one of
 * its parts is.
 *
 * @param correlation from the revision of the flows to `to`; several steps by `chainConcordances`
 * @param to revision of the result, e.g. "HS07"
 * @throws RangeError naming a flow whose product has not six digits
 */
export function convertRevision(
  { flows, coverage }: TradeReading,
  correlation: Concordance,
  to: string,
): { readonly reading: TradeReading; readonly report: RevisionReport } {
  const links = Map.groupBy(correlation.links, ({ from }) => from);
  const tally = revisionTally(correlation);
  const parts = new Map<string, TradeFlow>();
  for (const flow of flows) {
    const { product, year, exporter, importer } = flow;
    if (!/^\d{6}$/.test(product)) {
      throw new RangeError(
        `${coverage.file}, ${exporter} to ${importer} ${year}: product "${product}", ` +
          "expected six digits (correlations of revisions are between HS6 codes)",
      );
    }
    tally.add(product, flow.valueUsd);
    for (const { to: code, weight } of links.get(product) ?? []) {
      const key = `${year} ${exporter} ${importer} ${code}`;
      const before = parts.get(key);
      const tonnes = flow.tonnes === null ? null : flow.tonnes * weight;
      parts.set(key, {
        year,
        exporter,
        importer,
        product: code,
        valueUsd: (before?.valueUsd ?? 0) + flow.valueUsd * weight,
        tonnes: tonnes === null || before?.tonnes === null ? null : (before?.tonnes ?? 0) + tonnes,
      });
    }
  }
  const counter = tradeCounter(coverage.file);
  for (const flow of parts.values()) counter.add(flow, 0);
  const reading = counter.reading({
    source: coverage.source,
    revision: to,
    lines: coverage.lines,
    notes: [...coverage.notes, `converted from ${coverage.revision} by ${correlation.name}`],
  });
  return { reading, report: tally.report(flows.length, parts.size) };
}
