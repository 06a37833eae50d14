import type { Relation } from "@ree/data";
import type { DropReason } from "./panel_codes.ts";

/** Rows and their value, thousand current USD. */
export interface Amount {
  readonly rows: number;
  readonly value: number;
}

/** What became of the flows of one year. A flow that fails several tests counts under the first. */
export interface YearCoverage {
  readonly year: number;
  readonly given: Amount;
  /** After countries were merged, where they were. */
  readonly kept: Amount;
  /** Flows of countries and products that are not in the panel; "revision": of products without a code in the wanted revision. */
  readonly dropped: Readonly<Record<DropReason, Amount>>;
  /** Rows that merging of countries or products saved; below 0 where a conversion of products divides more than it merges. */
  readonly merged: number;
  /** Value by the relation of its product to codes of the wanted revision; null without conversion. */
  readonly relations: Readonly<Record<Relation, number>> | null;
}

/** What became of all flows, by year. */
export interface Coverage extends Omit<YearCoverage, "year"> {
  readonly years: readonly YearCoverage[];
  /** Share of the value that is in the panel, 0 to 1. */
  readonly valueShare: number;
}

/** Adds up years. */
export function totalCoverage(years: readonly YearCoverage[]): Coverage {
  const sum = (of: (year: YearCoverage) => Amount): Amount => ({
    rows: years.reduce((total, year) => total + of(year).rows, 0),
    value: years.reduce((total, year) => total + of(year).value, 0),
  });
  const given = sum((year) => year.given);
  const kept = sum((year) => year.kept);
  return {
    given,
    kept,
    dropped: {
      exporter: sum(({ dropped }) => dropped.exporter),
      importer: sum(({ dropped }) => dropped.importer),
      product: sum(({ dropped }) => dropped.product),
      revision: sum(({ dropped }) => dropped.revision),
    },
    merged: years.reduce((total, { merged }) => total + merged, 0),
    relations: years.some(({ relations }) => relations === null) ? null : {
      "1:1": relation(years, "1:1"),
      "1:n": relation(years, "1:n"),
      "n:1": relation(years, "n:1"),
      "m:n": relation(years, "m:n"),
    },
    years,
    valueShare: kept.value / given.value,
  };
}

function relation(years: readonly YearCoverage[], name: Relation): number {
  return years.reduce((sum, { relations }) => sum + (relations?.[name] ?? 0), 0);
}
