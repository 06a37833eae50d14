import { checkUnique, optionalNumber, readCsvTable, requiredText } from "./csv_table.ts";
import { sourceError } from "./source_error.ts";

/** One link of a concordance: the part `weight` of what has the code `from` belongs to `to`. */
export interface ConcordanceLink {
  readonly from: string;
  readonly to: string;
  /** In (0, 1]; the weights of each `from` sum to 1. */
  readonly weight: number;
}

/** A many-to-many concordance whose weights are stated. */
export interface Concordance {
  /** Where it comes from, for messages. */
  readonly name: string;
  readonly links: readonly ConcordanceLink[];
  /** Codes of `from` that go to several codes, and whose shares are therefore a choice. */
  readonly divided: readonly string[];
}

/** Weights may be rounded; their sum may miss 1 by this, unless said otherwise. */
const WEIGHT_SUM = 1e-6;

/**
 * A concordance from links with weights, or without: then each code is divided in equal parts.
 *
 * @param given weight null: equal parts (for all links of that code)
 * @param tolerance by which the weights of a code may miss 1 (shares printed with three digits: 0.005)
 * @throws RangeError naming a repeated link, a weight outside (0, 1], or a code whose weights do not sum to 1
 */
export function concordance(
  name: string,
  given: readonly {
    readonly from: string;
    readonly to: string;
    readonly weight: number | null;
  }[],
  tolerance = WEIGHT_SUM,
): Concordance {
  const byCode = Map.groupBy(given, ({ from }) => from);
  const links: ConcordanceLink[] = [];
  const divided: string[] = [];
  for (const [from, parts] of byCode) {
    if (new Set(parts.map(({ to }) => to)).size < parts.length) {
      throw new RangeError(`${name}, ${from}: a code twice, expected each link once`);
    }
    const stated = parts.filter(({ weight }) => weight !== null).length;
    if (stated !== 0 && stated !== parts.length) {
      throw new RangeError(
        `${name}, ${from}: ${stated} of ${parts.length} weights, expected all or none`,
      );
    }
    let sum = 0;
    for (const { to, weight } of parts) {
      const share = weight ?? 1 / parts.length;
      if (!(share > 0 && share <= 1)) {
        throw new RangeError(
          `${name}, ${from} to ${to}: weight ${share}, expected more than 0, at most 1`,
        );
      }
      sum += share;
      links.push({ from, to, weight: share });
    }
    if (Math.abs(sum - 1) > tolerance) {
      throw new RangeError(
        `${name}, ${from}: weights that sum to ${Number(sum.toPrecision(6))}, expected 1`,
      );
    }
    if (parts.length > 1) divided.push(from);
  }
  return { name, links, divided };
}

/**
 * A concordance from a CSV such as `HS_6d,NAICS_6d,…`: one line per link; lines that repeat a link at the chosen digits are
 * one link.
 *
 * @param columns names of the columns with the two codes and, where there is one, the weight; `tolerance` as in
 * {@linkcode concordance}
 * @throws SourceError when the file or a column is missing, or the weights are not shares
 */
export function readConcordance(
  path: string,
  columns: {
    readonly from: string;
    readonly to: string;
    readonly weight?: string;
    readonly tolerance?: number;
  },
): Concordance {
  const { from, to, weight } = columns;
  const table = readCsvTable(path, [from, to, ...(weight === undefined ? [] : [weight])]);
  if (weight !== undefined) checkUnique(table.rows, [from, to]);
  const links = new Map(table.rows.map((row) => {
    const link = {
      from: requiredText(row, from).trim(),
      to: requiredText(row, to).trim(),
      weight: weight === undefined ? null : optionalNumber(row, weight),
    };
    return [`${link.from} ${link.to}`, link];
  }));
  try {
    return concordance(path, [...links.values()], columns.tolerance);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw sourceError({
      file: path,
      came: cause.message,
      expected: "weights that sum to 1 for each code",
      remedy: "correct the weights, or leave the column out for equal parts",
    });
  }
}

/** Values by new code, with what the concordance could not place. */
export interface Concorded {
  readonly values: ReadonlyMap<string, number>;
  /** Codes without link, with their values. */
  readonly unmatched: ReadonlyMap<string, number>;
  /** Share of the total of absolute values that found no code, in [0, 1]. */
  readonly unmatchedShare: number;
  /** Share that went through codes that are divided, so that weights matter. */
  readonly dividedShare: number;
}

/** Moves values from one classification to another; nothing is lost: matched and unmatched values sum to the input. */
export function concord(
  values: ReadonlyMap<string, number>,
  { links, divided }: Concordance,
): Concorded {
  const byCode = Map.groupBy(links, ({ from }) => from);
  const isDivided = new Set(divided);
  const moved = new Map<string, number>();
  const unmatched = new Map<string, number>();
  let total = 0;
  let lost = 0;
  let split = 0;
  for (const [code, value] of values) {
    total += Math.abs(value);
    const parts = byCode.get(code);
    if (parts === undefined) {
      unmatched.set(code, value);
      lost += Math.abs(value);
      continue;
    }
    if (isDivided.has(code)) split += Math.abs(value);
    for (const { to, weight } of parts) moved.set(to, (moved.get(to) ?? 0) + weight * value);
  }
  return {
    values: moved,
    unmatched,
    unmatchedShare: total === 0 ? 0 : lost / total,
    dividedShare: total === 0 ? 0 : split / total,
  };
}

/**
 * One concordance after another: from the codes of the first to those of the second.
 *
 * @returns the concordance, and the share of each code of the first (1: all of it) that has no way on; what is left of such a
 * code is spread over its other ways, so that its weights sum to 1
 */
export function chainConcordances(
  first: Concordance,
  second: Concordance,
): { readonly chained: Concordance; readonly lost: ReadonlyMap<string, number> } {
  const next = Map.groupBy(second.links, ({ from }) => from);
  const lost = new Map<string, number>();
  const links = [...Map.groupBy(first.links, ({ from }) => from)].flatMap(([from, parts]) => {
    const shares = new Map<string, number>();
    let sum = 0;
    for (const { to, weight } of parts) {
      for (const further of next.get(to) ?? []) {
        shares.set(further.to, (shares.get(further.to) ?? 0) + weight * further.weight);
        sum += weight * further.weight;
      }
    }
    if (sum < 1 - WEIGHT_SUM) lost.set(from, 1 - sum);
    return [...shares].map(([to, weight]) => ({ from, to, weight: Math.min(1, weight / sum) }));
  });
  return { chained: concordance(`${first.name}, then ${second.name}`, links), lost };
}

/** How a code and those it leads to belong together. */
export type Relation = "1:1" | "1:n" | "n:1" | "m:n";

/** The relation of every code of `from`: whether it is divided, and whether others lead where it leads. */
export function relations({ links }: Concordance): ReadonlyMap<string, Relation> {
  const sources = new Map<string, number>();
  for (const { to } of links) sources.set(to, (sources.get(to) ?? 0) + 1);
  const byCode = Map.groupBy(links, ({ from }) => from);
  return new Map([...byCode].map(([from, parts]) => {
    const isShared = parts.some(({ to }) => (sources.get(to) ?? 0) > 1);
    const isDivided = parts.length > 1;
    return [from, isDivided ? (isShared ? "m:n" : "1:n") : isShared ? "n:1" : "1:1"];
  }));
}

/**
 * The same concordance with every divided code in proportion to the values of the codes it leads to (e.g. world trade of a year in
 * the new classification); in equal parts where none of these has a value.
 *
 * @param values by code of `to`, at least 0; codes without value count as 0 and lose the link, unless all of them have none
 * @throws RangeError naming a value below 0
 */
export function weightConcordance(
  given: Concordance,
  values: ReadonlyMap<string, number>,
): Concordance {
  for (const [code, value] of values) {
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(`${given.name}, ${code}: value ${value}, expected at least 0`);
    }
  }
  const links = [...Map.groupBy(given.links, ({ from }) => from)].flatMap(([from, parts]) => {
    const total = parts.reduce((sum, { to }) => sum + (values.get(to) ?? 0), 0);
    if (total === 0) return parts.map(({ to }) => ({ from, to, weight: 1 / parts.length }));
    return parts.map(({ to }) => ({ from, to, weight: (values.get(to) ?? 0) / total }))
      .filter(({ weight }) => weight > 0);
  });
  return concordance(given.name, links);
}

/** The concordance in the other direction, divided codes in equal parts (`weightConcordance` gives others). */
export function reverseConcordance({ name, links }: Concordance): Concordance {
  return concordance(
    `${name}, reversed`,
    links.map(({ from, to }) => ({ from: to, to: from, weight: null })),
  );
}
