import { type AggregateUse, impliedTechnology } from "@ree/elasticity";
import { feols } from "@ree/econometrics";
import { studentQuantile } from "@ree/numeric";
import type { Cell } from "@ree/report";
import { decimal } from "./elasticity_sectors.ts";

/** Fewest years in which a series is drawn and regressed. */
export const FEWEST_USE_YEARS = 4;

/** Series with enough years, in the order given. */
export function usableSeries(use: readonly AggregateUse[]): Map<string, readonly AggregateUse[]> {
  const all = Map.groupBy(use, ({ series }) => series);
  return new Map([...all].filter(([, rows]) => rows.length >= FEWEST_USE_YEARS));
}

/** Paths of element-saving technology, ln(AR/AX), at several σ; rows of a line chart. */
export function technologyPaths(use: readonly AggregateUse[], sigmas: readonly number[]) {
  return [...usableSeries(use)].flatMap(([series, rows]) =>
    sigmas.flatMap((sigma) => {
      const path = impliedTechnology({
        logRelativePrice: rows.map((row) => row.logRelativePrice),
        logRelativeSpending: rows.map((row) => row.logRelativeSpending),
      }, sigma);
      return rows.map(({ year }, t) => ({
        panel: series,
        group: `σ = ${sigma}`,
        year,
        value: path[t],
      }));
    })
  );
}

/** Largest change from one year to the next in each path, as a sentence for a title. */
export function technologyFinding(paths: ReturnType<typeof technologyPaths>): string {
  const groups = Map.groupBy(paths, ({ group }) => group);
  const spans = [...groups].map(([group, rows]) => {
    const changes = [...Map.groupBy(rows, ({ panel }) => panel).values()].flatMap((own) =>
      own.slice(1).map((row, t) => Math.abs(row.value - own[t].value))
    );
    return `${decimal(Math.max(...changes), 1)} at ${group}`;
  });
  return `The nearer σ is to 1, the more technology has to jump to explain use: by up to ${
    spans.join(", ")
  } log points in a year`;
}

/** Short-run slope of relative quantities on relative prices, from changes over a year. */
export interface ShortRunSlope {
  readonly series: string;
  /** Changes used. */
  readonly changes: number;
  readonly years: string;
  /** −slope: σ if technology and demand conditions do not move within the year. */
  readonly sigma: number;
  readonly se: number;
  readonly lower: number;
  readonly upper: number;
}

/** Short-run slopes by series: ordinary least squares of changes, Student t interval with changes − 2 degrees of freedom. */
export function shortRunSlopes(use: readonly AggregateUse[]): ShortRunSlope[] {
  return [...usableSeries(use)].map(([series, rows]) => {
    const pairs = rows.slice(1).flatMap((row, t) =>
      row.year === rows[t].year + 1 ? [[rows[t], row]] : []
    );
    const quantity = pairs.map(([a, b]) => b.logRelativeQuantity - a.logRelativeQuantity);
    const price = pairs.map(([a, b]) => b.logRelativePrice - a.logRelativePrice);
    const fit = feols("quantity ~ price", { quantity, price }, { vcov: "iid" });
    const [slope, se] = [fit.coef("price"), fit.se("price")];
    const reach = studentQuantile(0.975, pairs.length - 2) * se;
    return {
      series,
      changes: pairs.length,
      years: `${rows[0].year} to ${rows[rows.length - 1].year}`,
      sigma: -slope,
      se,
      lower: -slope - reach,
      upper: -slope + reach,
    };
  });
}

/** Columns of {@linkcode shortRunSlopes}. */
export const shortRunColumns = [
  { key: "series", label: "Series" },
  { key: "years", label: "Years" },
  { key: "changes", label: "Yearly changes", digits: 0 },
  ...([["sigma", "Short-run σ (−slope)"], ["se", "Standard error"], ["lower", "95 % from"], [
    "upper",
    "to",
  ]] as const).map(([key, label]) => ({
    key,
    label,
    align: "right" as const,
    format: (value: Cell) => decimal(Number(value)),
  })),
];

/** What the slopes do and do not say. */
export function aggregateReading(
  slopes: readonly ShortRunSlope[],
  use: readonly AggregateUse[],
): string {
  const parts = slopes.map(({ series, sigma, lower, upper, changes }) =>
    `${series}: ${decimal(sigma)} (${decimal(lower)} to ${decimal(upper)}, ${changes} changes)`
  );
  const below = slopes.filter(({ upper }) => upper < 1).length;
  const overlap = vintageGap(use);
  return `**Reading.** Short-run σ, if technology, stocks and demand stood still within a year: ${
    parts.join("; ")
  }. ${below} of ${slopes.length} intervals lie below 1. ` +
    "This is about aggregate tonnes, not about substitution within a sector: tonnes of cerium count like tonnes of dysprosium, " +
    "world mine production is not use (stocks were built and drawn down, smuggled output is missing and was legalised later), the price " +
    "moved because supply was cut, and quantities under a quota are set by the quota. " +
    "A low short-run σ fits complements; it cannot tell a low σ from slow adjustment, and it says nothing on sectors." +
    (overlap === "" ? "" : ` ${overlap}`);
}

/** How far two vintages of a series differ in years that both have; "" when none has. */
function vintageGap(use: readonly AggregateUse[]): string {
  const usa = Map.groupBy(use.filter(({ series }) => series.startsWith("USA")), ({ year }) => year);
  const both = [...usa].filter(([, rows]) => rows.length > 1);
  if (both.length === 0) return "";
  const gaps = both.map(([year, rows]) => {
    const tonnes = rows.map((row) => row.tonnes);
    return `${year}: ${Math.max(...tonnes).toLocaleString("en-US")} against ${
      Math.min(...tonnes).toLocaleString("en-US")
    } tonnes`;
  });
  return `The two published vintages of US consumption disagree (${
    gaps.join("; ")
  }), by more than the price could have done in a year.`;
}
