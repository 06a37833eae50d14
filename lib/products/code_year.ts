import { type BaciYear, type Concordance, convertBaciYear } from "@ree/data";
import pl from "nodejs-polars";
import type { YearCoverage } from "./coverage.ts";
import type { CodeLookup } from "./panel_codes.ts";

/** Rows of a panel as codes, [rows] each. */
export interface CodedRows {
  /** exporter × products + product. */
  readonly exporterProduct: Int32Array;
  /** (importer × products + product) × years + year. */
  readonly importerProductYear: Int32Array;
  /** exporter × years + year. */
  readonly exporterYear: Int32Array;
  /** Thousand current USD. */
  readonly value: Float64Array;
}

/**
 * Codes the flows of one year. Flows of exporters that share a code are added up by polars.
 *
 * @param lookup holds the year
 */
export function codeYear(
  flows: BaciYear,
  lookup: CodeLookup,
): { readonly rows: CodedRows; readonly coverage: YearCoverage } {
  const { exporterOf, importerOf, productOf, products, years } = lookup;
  const given = flows.value.length;
  const coded = emptyRows(given);
  const year = years.indexOf(flows.year);
  const drops = { exporter: [0, 0], importer: [0, 0], product: [0, 0] };
  const numbers = new Int32Array(lookup.exporters.length);
  let [count, keptValue, givenValue, shared] = [0, 0, 0, false];
  for (let r = 0; r < given; r++) {
    const value = flows.value[r];
    const e = exporterOf[flows.exporter[r]];
    const j = importerOf[flows.importer[r]];
    const p = productOf[flows.product[r]];
    givenValue += value;
    if (e < 0 || j < 0 || p < 0) {
      const tally = e < 0 ? drops.exporter : j < 0 ? drops.importer : drops.product;
      tally[0]++;
      tally[1] += value;
      continue;
    }
    if (numbers[e] !== flows.exporter[r]) {
      shared ||= numbers[e] !== 0;
      numbers[e] = flows.exporter[r];
    }
    coded.exporterProduct[count] = e * products.length + p;
    coded.importerProductYear[count] = (j * products.length + p) * years.length + year;
    coded.exporterYear[count] = e * years.length + year;
    coded.value[count] = value;
    keptValue += value;
    count++;
  }
  const own = firstRows(coded, count);
  const rows = shared || sharesImporter(flows, lookup) ? addUp(own) : own;
  const amount = ([n, value]: number[]) => ({ rows: n, value });
  return {
    rows,
    coverage: {
      year: flows.year,
      given: { rows: given, value: givenValue },
      kept: { rows: rows.value.length, value: keptValue },
      dropped: {
        exporter: amount(drops.exporter),
        importer: amount(drops.importer),
        product: amount(drops.product),
        revision: { rows: 0, value: 0 },
      },
      merged: count - rows.value.length,
      relations: null,
    },
  };
}

/**
 * The same for a year whose products are first converted to another revision.
 *
 * @param correlation from the revision of the flows to that of the lookup's products; undefined: none
 */
export function convertAndCodeYear(
  flows: BaciYear,
  lookup: CodeLookup,
  correlation: Concordance | undefined,
): ReturnType<typeof codeYear> {
  if (correlation === undefined) return codeYear(flows, lookup);
  const { year, report } = convertBaciYear(flows, correlation);
  const { rows, coverage } = codeYear(year, lookup);
  const lost = [...report.unmatched.values()].reduce((sum, value) => sum + value, 0);
  const isLost = new Set([...report.unmatched.keys()].map(Number));
  const { exporter, importer, product } = coverage.dropped;
  const revision = { rows: flows.product.filter((code) => isLost.has(code)).length, value: lost };
  const given = { rows: flows.value.length, value: coverage.given.value + lost };
  const dropped = exporter.rows + importer.rows + product.rows + revision.rows;
  return {
    rows,
    coverage: {
      ...coverage,
      given,
      dropped: { exporter, importer, product, revision },
      merged: given.rows - dropped - coverage.kept.rows,
      relations: {
        "1:1": report.shares["1:1"] * given.value,
        "1:n": report.shares["1:n"] * given.value,
        "n:1": report.shares["n:1"] * given.value,
        "m:n": report.shares["m:n"] * given.value,
      },
    },
  };
}

/** Room for a number of rows. */
export function emptyRows(rows: number): CodedRows {
  return {
    exporterProduct: new Int32Array(rows),
    importerProductYear: new Int32Array(rows),
    exporterYear: new Int32Array(rows),
    value: new Float64Array(rows),
  };
}

function firstRows(coded: CodedRows, count: number): CodedRows {
  return {
    exporterProduct: coded.exporterProduct.subarray(0, count),
    importerProductYear: coded.importerProductYear.subarray(0, count),
    exporterYear: coded.exporterYear.subarray(0, count),
    value: coded.value.subarray(0, count),
  };
}

/** Whether two numbers of one importer (Sudan before and after 2011) occur in the year. */
function sharesImporter({ importer }: BaciYear, { importerOf, importers }: CodeLookup): boolean {
  const numbers = new Int32Array(importers.length);
  for (let r = 0; r < importer.length; r++) {
    const j = importerOf[importer[r]];
    if (j < 0 || numbers[j] === importer[r]) continue;
    if (numbers[j] !== 0) return true;
    numbers[j] = importer[r];
  }
  return false;
}

/** Adds up rows with the same codes, in the order of codes. */
function addUp(rows: CodedRows): CodedRows {
  const frame = rowsFrame(rows)
    .groupBy("exporter_product", "importer_product_year", "exporter_year")
    .agg(pl.col("value").sum())
    .sort(["exporter_product", "importer_product_year"]);
  return frameRows(frame);
}

/** Coded rows as a data frame of Int32 codes and Float64 values. */
export function rowsFrame(rows: CodedRows): ReturnType<typeof pl.DataFrame> {
  return pl.DataFrame({
    exporter_product: pl.Series("exporter_product", rows.exporterProduct),
    importer_product_year: pl.Series("importer_product_year", rows.importerProductYear),
    exporter_year: pl.Series("exporter_year", rows.exporterYear),
    value: pl.Series("value", rows.value),
  });
}

/** The same back from a data frame. */
export function frameRows(frame: ReturnType<typeof pl.DataFrame>): CodedRows {
  const codes = (name: string) => frame.getColumn(name).toTypedArray() as Int32Array;
  return {
    exporterProduct: codes("exporter_product"),
    importerProductYear: codes("importer_product_year"),
    exporterYear: codes("exporter_year"),
    value: frame.getColumn("value").toTypedArray() as Float64Array,
  };
}
