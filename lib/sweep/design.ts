import { numberField, onlyKnown, recordField, refuse, textField } from "@ree/json-fields";
import type { Json, JsonRecord } from "./canonical_json.ts";

/** What a parameter of a run may be. */
export type Scalar = number | string | boolean;

/** Parameters of a run by name. */
export type Parameters = Readonly<Record<string, Scalar>>;

/** How a coordinate of a Sobol point becomes a parameter. */
export type Distribution =
  | {
    /** Uniform between the two, on the logarithm with `scale: "log"`. */
    readonly low: number;
    readonly high: number;
    readonly scale?: "linear" | "log";
  }
  | { readonly mean: number; readonly sd: number }
  /** Each value with the same probability. */
  | { readonly values: readonly Scalar[] };

/**
 * What is drawn. Every draw meets every cell of the grid of axes, with the same seed and the same drawn
 * parameters: common random numbers across cells.
 */
export type Draws =
  /** `count` draws that differ in their seed only (Monte Carlo replications). */
  | { readonly type: "replications"; readonly count: number }
  /** Points of a Sobol sequence, shifted by the seed of the design. */
  | {
    readonly type: "sobol";
    readonly count: number;
    readonly distributions: Readonly<Record<string, Distribution>>;
  }
  /** Draws made elsewhere, such as posterior draws: one record of parameters each. */
  | { readonly type: "list"; readonly rows: readonly Parameters[] }
  /** The same from a file of JSON lines, its path relative to the design. */
  | { readonly type: "file"; readonly file: string };

/** Values of a parameter of the grid: written out, or equally spaced. */
export type Axis =
  | readonly Scalar[]
  | {
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly scale?: "linear" | "log";
  };

/** A sweep as its author writes it; `sweep plan` turns it into a plan. */
export interface SweepDesign {
  readonly name: string;
  /** Kind of work: `equilibria`, `monte-carlo`, `patent-labels`, or one of the caller's. */
  readonly kind: string;
  /** Any integer; default 1. */
  readonly seed?: number;
  /** Files of results, and tasks of an array job. Default: 250 runs each, at most 1,000 shards. */
  readonly shards?: number;
  /** What all runs share; its form is the kind's. */
  readonly shared?: JsonRecord;
  /** Default: one draw. */
  readonly draws?: Draws;
  /** Grid; default: one cell. */
  readonly axes?: Readonly<Record<string, Axis>>;
}

/** Columns of results that no parameter may be called. */
export const RESERVED = ["run", "draw", "seed", "failure"] as const;

/**
 * Reads a design.
 *
 * @param text JSON
 * @param file name used in messages
 * @throws RangeError with place, what came and what is expected
 */
export function parseDesign(text: string, file = "design"): SweepDesign {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RangeError(`${file}: not JSON (${cause instanceof Error ? cause.message : cause})`);
  }
  return checkDesign(value, file);
}

/**
 * Checks the form of a design; what kinds of work expect is checked when the plan is made.
 *
 * @throws RangeError with place, what came and what is expected
 */
export function checkDesign(value: unknown, file = "design"): SweepDesign {
  const at = (place: string) => `${file}: ${place}`;
  const root = recordField(value, at("the file"));
  const known = ["$schema", "name", "kind", "seed", "shards", "shared", "draws", "axes"];
  onlyKnown(root, known, at("the file"));
  const { seed = 1, shards, shared = {}, axes = {} } = root;
  if (!(Number.isSafeInteger(seed) && Math.abs(Number(seed)) < 2 ** 32)) {
    refuse(at("seed"), seed, "a whole number below 2^32");
  }
  if (shards !== undefined && !(Number.isInteger(shards) && Number(shards) > 0)) {
    refuse(at("shards"), shards, "a whole number above 0");
  }
  const name = textField(root.name, at("name"));
  if (!/^[\w][\w .-]*$/.test(name)) refuse(at("name"), name, "letters, digits, space, . _ -");
  const names = new Set<string>();
  const parameter = (given: string, place: string) => {
    if (given === "" || (RESERVED as readonly string[]).includes(given)) {
      refuse(place, given, `a name other than ${RESERVED.join(", ")}`);
    }
    if (names.has(given)) throw new RangeError(`${place}: ${given} is drawn and on an axis`);
    names.add(given);
  };
  const draws = root.draws === undefined ? undefined : checkDraws(root.draws, at("draws"));
  const normal = draws?.type === "sobol" &&
    Object.values(draws.distributions).some((one) => "mean" in one);
  if (seed === 0 && normal) {
    refuse(
      at("seed"),
      0,
      "another seed: the unshifted sequence begins at 0, where no normal draw is",
    );
  }
  for (const drawn of namesOfDraws(draws)) parameter(drawn, at(`draws.${drawn}`));
  for (const [axis, values] of Object.entries(recordField(axes, at("axes")))) {
    parameter(axis, at(`axes.${axis}`));
    checkAxis(values, at(`axes.${axis}`));
  }
  return {
    name,
    kind: textField(root.kind, at("kind")),
    seed: Number(seed),
    ...shards === undefined ? {} : { shards: Number(shards) },
    shared: recordField(shared, at("shared")) as JsonRecord,
    ...draws === undefined ? {} : { draws },
    axes: axes as SweepDesign["axes"],
  };
}

/** Names that the draws give, as far as the design says them. */
export function namesOfDraws(draws: Draws | undefined): string[] {
  if (draws?.type === "sobol") return Object.keys(draws.distributions);
  if (draws?.type === "list") return Object.keys(draws.rows[0] ?? {});
  return [];
}

function checkDraws(value: unknown, place: string): Draws {
  const draws = recordField(value, place);
  const count = () => {
    const limit = 2 ** 31;
    if (
      !(Number.isInteger(draws.count) && Number(draws.count) > 0 && Number(draws.count) < limit)
    ) {
      refuse(`${place}.count`, draws.count, "a whole number above 0 and below 2^31");
    }
    return Number(draws.count);
  };
  switch (draws.type) {
    case "replications":
      onlyKnown(draws, ["type", "count"], place);
      return { type: "replications", count: count() };
    case "sobol": {
      onlyKnown(draws, ["type", "count", "distributions"], place);
      const distributions = recordField(draws.distributions, `${place}.distributions`);
      const entries = Object.entries(distributions);
      if (entries.length === 0) refuse(`${place}.distributions`, distributions, "a distribution");
      for (const [name, one] of entries) checkDistribution(one, `${place}.distributions.${name}`);
      return {
        type: "sobol",
        count: count(),
        distributions: distributions as Readonly<Record<string, Distribution>>,
      };
    }
    case "list": {
      onlyKnown(draws, ["type", "rows"], place);
      const given: unknown = draws.rows;
      if (!Array.isArray(given) || given.length === 0) {
        return refuse(`${place}.rows`, given, "a list of records");
      }
      const rows = given.map((row, k) => checkRow(row, given, `${place}.rows[${k}]`));
      return { type: "list", rows };
    }
    case "file":
      onlyKnown(draws, ["type", "file"], place);
      return { type: "file", file: textField(draws.file, `${place}.file`) };
    default:
      return refuse(`${place}.type`, draws.type, "one of replications, sobol, list, file");
  }
}

/**
 * A record of drawn parameters, with the names of the first record.
 *
 * @throws RangeError
 */
export function checkRow(row: unknown, [first]: readonly unknown[], place: string): Parameters {
  const fields = recordField(row, place);
  const expected = Object.keys(recordField(first, place)).sort().join(", ");
  if (Object.keys(fields).sort().join(", ") !== expected) {
    refuse(place, Object.keys(fields).sort().join(", "), `the names of the first: ${expected}`);
  }
  for (const [name, value] of Object.entries(fields)) scalar(value, `${place}.${name}`);
  return fields as Parameters;
}

function checkDistribution(value: unknown, place: string): void {
  const given = recordField(value, place);
  if ("values" in given) {
    onlyKnown(given, ["values"], place);
    if (!Array.isArray(given.values) || given.values.length === 0) {
      refuse(`${place}.values`, given.values, "a list");
    }
    given.values.forEach((one, k) => scalar(one, `${place}.values[${k}]`));
  } else if ("mean" in given) {
    onlyKnown(given, ["mean", "sd"], place);
    numberField(given.mean, `${place}.mean`);
    if (!(numberField(given.sd, `${place}.sd`) >= 0)) refuse(`${place}.sd`, given.sd, "at least 0");
  } else {
    onlyKnown(given, ["low", "high", "scale"], place);
    const low = numberField(given.low, `${place}.low`);
    if (!(numberField(given.high, `${place}.high`) >= low)) {
      refuse(`${place}.high`, given.high, `at least ${low}`);
    }
    checkScale(given.scale, low, place);
  }
}

function checkAxis(value: unknown, place: string): void {
  if (Array.isArray(value)) {
    if (value.length === 0) refuse(place, value, "at least one value");
    value.forEach((one, k) => {
      scalar(one, `${place}[${k}]`);
      if (value.indexOf(one) !== k) throw new RangeError(`${place}: ${one} appears twice`);
    });
    return;
  }
  const given = recordField(value, place);
  onlyKnown(given, ["from", "to", "count", "scale"], place);
  const from = numberField(given.from, `${place}.from`);
  const to = numberField(given.to, `${place}.to`);
  if (!(Number.isInteger(given.count) && Number(given.count) >= 2 && to > from)) {
    refuse(place, given, "from below to, and a count of at least 2");
  }
  checkScale(given.scale, from, place);
}

function checkScale(scale: unknown, low: number, place: string): void {
  if (scale !== undefined && scale !== "linear" && scale !== "log") {
    refuse(`${place}.scale`, scale, "linear or log");
  }
  if (scale === "log" && !(low > 0)) refuse(place, low, "numbers above 0 for a log scale");
}

function scalar(value: unknown, place: string): Scalar {
  if (typeof value === "string" || typeof value === "boolean") return value;
  return numberField(value, place);
}
