import { sampleStandardDeviation } from "simple-statistics";

/** Properties of a rare earth that say which others could stand in for it (a row of `data/elements.csv`). */
export interface SubstituteProperties {
  readonly symbol: string;
  /** Shannon's radius of the 3+ ion with six neighbours, pm. */
  readonly radius6: number;
  /** Pauling scale; null where it was never determined. */
  readonly electronegativity: number | null;
  /** 4f electrons of the 3+ ion. */
  readonly fElectrons: number;
  /** g√(J(J+1)) by Hund's rules, Bohr magnetons: theoretical. */
  readonly theoreticalMoment: number;
  /** Kelvin. */
  readonly meltingPoint: number;
}

/** How hard an element is to replace. */
export interface ReplacementScore {
  readonly element: string;
  /** Between 0 (easiest of the asked elements) and 1 (hardest). */
  readonly score: number;
  /** Before scaling: mean distance to the candidates in standard deviations, or 1 when on the list and 0 when not. */
  readonly raw: number;
}

/** Properties in which elements are compared: all five, or one. */
export type DistanceMeasure =
  | "distance"
  | "radius"
  | "electronegativity"
  | "f-electrons"
  | "moment"
  | "melting-point";

/** Which measure of {@linkcode hardToReplace}. */
export type ReplacementMeasure =
  | { readonly measure: DistanceMeasure }
  | {
    readonly measure: "graedel";
    /** Elements on and off the list of Graedel et al. (`facts.substitutability`). */
    readonly listed: readonly {
      readonly element: string;
      readonly noAdequateSubstitute: boolean;
    }[];
  };

/** Distances between elements in standard deviations; symmetric, zero on the diagonal. */
export interface ElementDistances {
  readonly elements: readonly string[];
  /** [element][element] */
  readonly values: Float64Array;
}

/** Not candidates as substitutes: scandium is mined and used apart, promethium has no stable isotope. */
export const NO_CANDIDATES: readonly string[] = ["Sc", "Pm"];

const DIMENSIONS: Readonly<
  Record<DistanceMeasure, readonly (keyof Omit<SubstituteProperties, "symbol">)[]>
> = {
  distance: [
    "radius6",
    "electronegativity",
    "fElectrons",
    "theoreticalMoment",
    "meltingPoint",
  ],
  radius: ["radius6"],
  electronegativity: ["electronegativity"],
  "f-electrons": ["fElectrons"],
  moment: ["theoreticalMoment"],
  "melting-point": ["meltingPoint"],
};

/**
 * How hard each element is to replace by another rare earth; higher is harder.
 *
 * - `distance`: mean standardised Euclidean distance to the candidates ({@linkcode elementDistances}) in ionic radius,
 *   electronegativity, 4f electrons, theoretical moment and melting point;
 * - `radius`: the same in ionic radius alone, which decides whether an ion fits the place of another;
 * - `electronegativity`, `f-electrons`, `moment`, `melting-point`: the same in this property alone;
 * - `graedel`: 1 when Graedel et al. list the element as without adequate substitute for its major uses, else 0.
 *
 * Distances are rescaled so that the easiest of `elements` has 0 and the hardest 1. Candidates are the rare earths
 * of `properties` without scandium and promethium. The measures are ours, a proxy: closeness in properties says nothing
 * on cost or on replacement by other metals.
 *
 * @param properties rows of `data/elements.csv`
 * @returns one score per element, in the order of `elements`
 * @throws RangeError naming an element without properties or not on the list, or when fewer than two are asked for
 */
export function hardToReplace(
  elements: readonly string[],
  properties: readonly SubstituteProperties[],
  options: ReplacementMeasure,
): ReplacementScore[] {
  if (options.measure === "graedel") {
    return elements.map((element) => {
      const row = options.listed.find((listed) => listed.element === element);
      if (row === undefined) throw new RangeError(`element ${element} is not in the list`);
      return {
        element,
        score: Number(row.noAdequateSubstitute),
        raw: Number(row.noAdequateSubstitute),
      };
    });
  }
  if (elements.length < 2) throw new RangeError("scores are relative: ask for at least 2 elements");
  const distances = elementDistances(properties, options.measure);
  const raw = elements.map((element) => meanDistance(distances, element));
  const [low, high] = [Math.min(...raw), Math.max(...raw)];
  return elements.map((element, i) => ({
    element,
    score: high > low ? (raw[i] - low) / (high - low) : 0,
    raw: raw[i],
  }));
}

/**
 * Euclidean distances between the candidates, each property divided by its standard deviation over them.
 *
 * Electronegativity is missing for Eu, Tb and Yb: a pair then uses the properties that both have, and its squared
 * distance is scaled up by (all properties) / (properties used), so that missing values neither shorten nor lengthen it. A pair without
 * any common property gets the mean distance of the others.
 */
export function elementDistances(
  properties: readonly SubstituteProperties[],
  measure: DistanceMeasure = "distance",
): ElementDistances {
  const candidates = properties.filter(({ symbol }) => !NO_CANDIDATES.includes(symbol));
  const dimensions = DIMENSIONS[measure];
  const spreads = dimensions.map((dimension) => {
    const known = candidates.map((row) => row[dimension]).filter((value) => value !== null);
    const spread = sampleStandardDeviation(known);
    if (!(spread > 0)) throw new RangeError(`${dimension} does not vary over the candidates`);
    return spread;
  });
  const count = candidates.length;
  const values = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let squares = 0;
      let used = 0;
      dimensions.forEach((dimension, d) => {
        const [left, right] = [candidates[i][dimension], candidates[j][dimension]];
        if (left === null || right === null) return;
        squares += ((left - right) / spreads[d]) ** 2;
        used += 1;
      });
      if (i === j) continue;
      values[i * count + j] = used > 0 ? Math.sqrt(squares * dimensions.length / used) : -1;
    }
  }
  const known = values.filter((value, at) => value >= 0 && at % (count + 1) !== 0);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  values.forEach((value, at) => {
    if (value < 0) values[at] = mean;
  });
  return { elements: candidates.map(({ symbol }) => symbol), values };
}

function meanDistance({ elements, values }: ElementDistances, element: string): number {
  const at = elements.indexOf(element);
  if (at < 0) {
    throw new RangeError(
      `element ${element} is not among the candidates ${elements.join(", ")}`,
    );
  }
  const count = elements.length;
  let sum = 0;
  for (let j = 0; j < count; j++) sum += values[at * count + j];
  return sum / (count - 1);
}
