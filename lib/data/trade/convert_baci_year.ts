import type { Concordance } from "../concordance.ts";
import type { BaciYear } from "./baci_year.ts";
import { type RevisionReport, revisionTally } from "./convert_revision.ts";

/** HS6 codes and pairs of BACI's country codes as numbers are below these. */
const PRODUCTS = 1_000_000;
const PAIRS = 1_000_000;

/**
 * One year of BACI in another revision of the Harmonized System, as `convertRevision` does for flows but in columns, for full size:
 * rows are divided by weights, rows that meet are added up. Rows of the result are in the order of exporter, importer and product.
 *
 * @param correlation from the revision of the file to another
 */
export function convertBaciYear(
  given: BaciYear,
  correlation: Concordance,
): { readonly year: BaciYear; readonly report: RevisionReport } {
  const { start, to, weight } = linkTable(correlation);
  const tally = revisionTally(correlation);
  const byProduct = new Map<number, number>();
  const rows = given.value.length;
  let parts = 0;
  for (let r = 0; r < rows; r++) {
    const product = given.product[r];
    byProduct.set(product, (byProduct.get(product) ?? 0) + given.value[r]);
    parts += start[product + 1] - start[product];
  }
  for (const [product, value] of byProduct) tally.add(String(product).padStart(6, "0"), value);
  const exporter = new Int32Array(parts);
  const importer = new Int32Array(parts);
  const product = new Int32Array(parts);
  const value = new Float64Array(parts);
  const { rowsByPair, ends } = sortByPair(given);
  // Sums of one pair of countries by new product, and which products it has.
  const sums = new Float64Array(PRODUCTS);
  const isThere = new Uint8Array(PRODUCTS);
  const there = new Int32Array(Math.min(parts, PRODUCTS));
  let count = 0;
  let first = 0;
  for (const end of ends) {
    let found = 0;
    for (let n = first; n < end; n++) {
      const r = rowsByPair[n];
      const code = given.product[r];
      for (let k = start[code]; k < start[code + 1]; k++) {
        if (isThere[to[k]] === 0) {
          isThere[to[k]] = 1;
          there[found++] = to[k];
        }
        sums[to[k]] += given.value[r] * weight[k];
      }
    }
    for (const code of there.subarray(0, found).sort()) {
      exporter[count] = given.exporter[rowsByPair[first]];
      importer[count] = given.importer[rowsByPair[first]];
      product[count] = code;
      value[count++] = sums[code];
      sums[code] = 0;
      isThere[code] = 0;
    }
    first = end;
  }
  return {
    year: {
      file: given.file,
      year: given.year,
      exporter: exporter.slice(0, count),
      importer: importer.slice(0, count),
      product: product.slice(0, count),
      value: value.slice(0, count),
    },
    report: tally.report(rows, count),
  };
}

/** Rows ordered by exporter and importer, and where each pair that has rows ends. */
function sortByPair({ exporter, importer }: BaciYear) {
  const starts = new Uint32Array(PAIRS + 1);
  const rows = exporter.length;
  for (let r = 0; r < rows; r++) starts[exporter[r] * 1000 + importer[r] + 1]++;
  const ends: number[] = [];
  for (let p = 0; p < PAIRS; p++) {
    starts[p + 1] += starts[p];
    if (starts[p + 1] > starts[p]) ends.push(starts[p + 1]);
  }
  const rowsByPair = new Uint32Array(rows);
  for (let r = 0; r < rows; r++) rowsByPair[starts[exporter[r] * 1000 + importer[r]]++] = r;
  return { rowsByPair, ends };
}

/** Links by code as a number: those of code p stand from start[p] to start[p + 1]. */
function linkTable({ links }: Concordance) {
  const start = new Uint32Array(PRODUCTS + 2);
  for (const { from } of links) start[Number(from) + 1]++;
  for (let p = 1; p < start.length; p++) start[p] += start[p - 1];
  const next = start.slice();
  const to = new Int32Array(links.length);
  const weight = new Float64Array(links.length);
  for (const link of links) {
    const k = next[Number(link.from)]++;
    to[k] = Number(link.to);
    weight[k] = link.weight;
  }
  return { start, to, weight };
}
