import { concordance, concordWorldTable, loadWorldTable, type WorldTable } from "@ree/data";
import type { SmallWorld } from "../data/io/publishers.ts";

/** Sectors of an invented national classification by those of WIOD 2013. */
const OWN_SECTORS: Readonly<Record<string, readonly number[]>> = {
  AGRI: [1],
  MINING: [2],
  LIGHT: [3, 4, 5, 6, 7],
  CHEMICALS: [8, 9, 10, 11],
  METALS: [12],
  MACHINES: [13, 14, 15, 16],
  SERVICES: [17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35],
};

/** Codes of {@linkcode foreignWorld}. */
export const OWN_CODES = Object.keys(OWN_SECTORS);

/** Text of a list of sectors for {@linkcode foreignWorld}. */
export const OWN_LIST = "sector,wiod2013_sector\n" +
  Object.entries(OWN_SECTORS).flatMap(([code, parts]) => parts.map((c) => `${code},c${c}\n`))
    .join("");

/** The countries of the shipped table under other codes, most of them together. */
export function foldedCountries(
  codes: Readonly<Record<string, string>>,
  rest: string,
): ReadonlyMap<string, string> {
  return new Map(loadWorldTable(2009).countries.map((code) => [code, codes[code] ?? rest]));
}

/**
 * The numbers of the shipped table as one of other countries (two of them without ISO code, no rest of the world) and of seven
 * sectors of its own: SIMULATED, as no such table exists.
 */
export function foreignWorld(): WorldTable {
  return concordWorldTable(loadWorldTable(2009), {
    sectors: concordance(
      "seven sectors",
      Object.entries(OWN_SECTORS).flatMap(([code, parts]) =>
        parts.map((c) => ({ from: `c${c}`, to: code, weight: 1 }))
      ),
    ),
    order: OWN_CODES,
    names: OWN_CODES,
    countries: foldedCountries(
      { CHN: "CHN", USA: "XUS", JPN: "NZL", AUS: "ZAF", IND: "ZAF" },
      "XEU",
    ),
  });
}

/** The same flows as rows with exact accounts, for writers in publishers' formats. */
export function exactWorld(table: WorldTable, categories: readonly string[]): SmallWorld {
  const { intermediate, final, countries, sectors } = table;
  const size = countries.length * sectors.length;
  const width = final.length / size;
  const output = new Float64Array(size);
  const bought = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      output[i] += intermediate[i * size + j];
      bought[j] += intermediate[i * size + j];
    }
    for (let j = 0; j < width; j++) output[i] += final[i * width + j];
  }
  return {
    countries,
    sectors,
    categories,
    intermediate,
    final,
    output,
    valueAdded: output.map((x, j) => x - bought[j]),
  };
}

/** Largest difference between numbers, relative to the larger of the expected one and `floor`. */
export function largestGap(
  came: ArrayLike<number>,
  expected: ArrayLike<number>,
  floor: number,
): number {
  if (came.length !== expected.length) return Infinity;
  let gap = 0;
  for (let k = 0; k < expected.length; k++) {
    gap = Math.max(gap, Math.abs(came[k] - expected[k]) / Math.max(floor, Math.abs(expected[k])));
  }
  return gap;
}
