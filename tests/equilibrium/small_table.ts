import type { WorldTableWithElements } from "@ree/equilibrium";
import { randomStream } from "@ree/numeric";

/** Labels of {@link smallTable}. */
export const TABLE_COUNTRIES = ["CHN", "JPN", "USA"];
export const TABLE_SECTORS = ["c12", "c14", "c30", "Nd", "Dy"];
const ELEMENTS = ["Nd", "Dy"];
const CATEGORIES = 2;

/** A small balanced table: c14 buys elements, China mines both, the USA Nd. */
export function smallTable(seed: number): WorldTableWithElements {
  const next = randomStream(seed).uniform;
  const size = TABLE_COUNTRIES.length * TABLE_SECTORS.length;
  const mines = (i: number) => i % 5 < 3 || i === 3 || i === 4 || i === 13; // CHN Nd, CHN Dy, USA Nd
  const intermediate = new Float64Array(size * size);
  const final = new Float64Array(size * TABLE_COUNTRIES.length * CATEGORIES);
  for (let i = 0; i < size; i++) {
    if (!mines(i)) continue;
    for (let k = 0; k < size; k++) {
      const element = i % 5 >= 3;
      if (element) intermediate[i * size + k] = k % 5 === 1 ? 0.5 * next() : 0;
      else intermediate[i * size + k] = k % 5 >= 3 ? (mines(k) ? 0.1 * next() : 0) : 10 * next();
    }
    if (i % 5 >= 3) continue;
    for (let c = 0; c < TABLE_COUNTRIES.length * CATEGORIES; c++) {
      final[i * TABLE_COUNTRIES.length * CATEGORIES + c] = 200 * next();
    }
  }
  const output = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) output[i] += intermediate[i * size + k];
    for (let c = 0; c < 6; c++) output[i] += final[i * 6 + c];
  }
  return {
    year: 2009,
    countries: TABLE_COUNTRIES,
    sectors: TABLE_SECTORS,
    elements: ELEMENTS,
    finalCategories: CATEGORIES,
    intermediate,
    final,
    output,
    report: { largestRebalancingPercent: 0 },
  };
}
