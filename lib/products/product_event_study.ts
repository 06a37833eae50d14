import { type EventStudy, eventStudy, fepois, type Fit } from "@ree/econometrics";
import type { CodedPanel } from "./code_baci.ts";
import type { Amount, Coverage } from "./coverage.ts";
import type { MappingReport, ProductExposure } from "./product_exposure.ts";

/** Choices of {@linkcode productEventStudy}. */
export interface ProductStudyOptions {
  /** Label of the exporter that restricts; default "CHN". */
  readonly restricting?: string;
  /** Year to which coefficients are relative; default 2009. */
  readonly reference?: number;
  /**
   * "event": one coefficient a year; "difference": one for all years after `cut`, without the year of the cut itself,
   * which takes far less memory. Default "event".
   */
  readonly coefficients?: "event" | "difference";
  /** Year of the cut; default 2010. */
  readonly cut?: number;
}

/** A product-level event study. */
export interface ProductStudy {
  readonly fit: Fit;
  /** Undefined for a difference. */
  readonly events: EventStudy | undefined;
  readonly coverage: ProductCoverage;
  /** What one unit of exposure is: a standard deviation over products, USD per million USD of output. */
  readonly standardDeviation: number;
  /** True when the flows are SIMULATED. */
  readonly simulated: boolean;
}

/** From the files to the rows of the estimate. */
export interface ProductCoverage {
  readonly files: Coverage;
  readonly mapping: MappingReport;
  /** Rows of the panel whose product (or exporter) has no intensity. */
  readonly unmatched: Amount;
  /** Unmatched value by product, largest first, at most 20. */
  readonly largestUnmatched: readonly { readonly hs6: string; readonly value: number }[];
  /** Rows left out because the restricting country is not compared, or the year is that of the cut. */
  readonly leftOut: Amount;
  readonly singletons: number;
  readonly separated: number;
  readonly estimated: Amount;
  /** Share of the value in the files that the estimate uses, 0 to 1. */
  readonly valueShare: number;
}

/**
 * PPML of trade on rare earth exposure by year, with exporter-product, importer-product-year and exporter-year effects,
 * clustered by product; the specification is ours.
 *
 * What a product does in every country is taken by the importer-product-year effects, so exposure must differ between
 * exporters of a product. With one intensity for all it is the intensity for exporters outside the restricting country
 * and 0 inside: coefficients compare the others with the restricting country in the same market. With intensities of
 * exporters' own the restricting country is left out. BACI holds positive flows only: coefficients are about flows that
 * exist, not about new trade relations.
 *
 * @throws RangeError when the restricting country is not an exporter of the panel (one intensity for all), the reference
 * year is missing, or exposure does not vary
 */
export function productEventStudy(
  panel: CodedPanel,
  exposure: ProductExposure,
  options: ProductStudyOptions = {},
): ProductStudy {
  const { restricting = "CHN", reference = 2009, cut = 2010, coefficients = "event" } = options;
  const restricts = panel.exporters.indexOf(restricting);
  if (restricts < 0 && exposure.exporters === null) {
    throw new RangeError(
      `"${restricting}" is no exporter of the panel: with one intensity for all exporters nothing ` +
        "remains to compare them with",
    );
  }
  if (!panel.years.includes(reference)) {
    throw new RangeError(`no year ${reference} in the panel; it has ${panel.years.join(", ")}`);
  }
  const { values, standardDeviation } = exposureByPair(panel, exposure, restricts);
  const isDifference = coefficients === "difference";
  const chosen = chooseRows(panel, values, {
    leftOut: exposure.exporters === null ? -1 : restricts,
    cut: isDifference ? panel.years.indexOf(cut) : -1,
  });
  const { rows } = chosen;
  const [width, periods] = [panel.products.length, panel.years.length];
  const year = Float64Array.from(rows, (r) => panel.years[panel.exporterYear[r] % periods]);
  const x = Float64Array.from(rows, (r) => values[panel.exporterProduct[r]]);
  if (isDifference) { for (let n = 0; n < x.length; n++) if (year[n] < cut) x[n] = 0; }
  const all = rows.length === panel.value.length;
  const pick = (codes: Int32Array) => all ? codes : Int32Array.from(rows, (r) => codes[r]);
  const right = isDifference ? "post_exposure" : `i(year, exposure, ref = ${reference})`;
  const fit = fepois(
    `value ~ ${right} | exporter_product + importer_product_year + exporter_year`,
    {
      value: all ? panel.value : Float64Array.from(rows, (r) => panel.value[r]),
      exporter_product: pick(panel.exporterProduct),
      importer_product_year: pick(panel.importerProductYear),
      exporter_year: pick(panel.exporterYear),
      product: Int32Array.from(rows, (r) => panel.exporterProduct[r] % width),
      ...(isDifference ? { post_exposure: x } : { year, exposure: x }),
    },
    { vcov: { cluster: "product" } },
  );
  const { singleton, separated } = fit.report.dropped;
  let lost = 0;
  for (const n of singleton) lost += panel.value[rows[n]];
  for (const n of separated) lost += panel.value[rows[n]];
  const used = panel.coverage.kept.value - chosen.unmatched.value - chosen.leftOut.value - lost;
  return {
    fit,
    events: isDifference ? undefined : eventStudy(fit),
    coverage: {
      files: panel.coverage,
      mapping: exposure.mapping,
      unmatched: chosen.unmatched,
      largestUnmatched: chosen.largestUnmatched,
      leftOut: chosen.leftOut,
      singletons: singleton.length,
      separated: separated.length,
      estimated: { rows: fit.report.rowsUsed, value: used },
      valueShare: used / panel.coverage.given.value,
    },
    standardDeviation,
    simulated: panel.simulated,
  };
}

/** Exposure by exporter-product code, in standard deviations over products; NaN where unknown. */
function exposureByPair(panel: CodedPanel, exposure: ProductExposure, restricts: number) {
  const { exporters, products } = panel;
  const from = new Map(exposure.products.map((hs6, p) => [hs6, p]));
  const rowOf = new Map(exposure.exporters?.map((name, e) => [name, e]));
  const values = new Float64Array(exporters.length * products.length).fill(NaN);
  const known: number[] = [];
  products.forEach((hs6, p) => {
    const at = from.get(hs6);
    if (at === undefined) return;
    exporters.forEach((name, e) => {
      const row = exposure.exporters === null ? 0 : rowOf.get(name);
      if (row === undefined) return;
      const intensity = exposure.intensity[row * exposure.products.length + at];
      values[e * products.length + p] = intensity;
      const counts = exposure.exporters === null ? e === 0 : e !== restricts;
      if (counts && !Number.isNaN(intensity)) known.push(intensity);
    });
  });
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / (known.length - 1));
  if (!(standardDeviation > 0)) {
    throw new RangeError(`the ${known.length} known intensities of the panel's products are equal`);
  }
  for (let k = 0; k < values.length; k++) {
    const inside = Math.floor(k / products.length) === restricts;
    // 0 × NaN stays NaN: products without intensity leave the panel for every exporter.
    values[k] *= (exposure.exporters === null && inside ? 0 : 1) / standardDeviation;
  }
  return { values, standardDeviation };
}

function chooseRows(
  panel: CodedPanel,
  values: Float64Array,
  { leftOut, cut }: { readonly leftOut: number; readonly cut: number },
) {
  const [width, periods] = [panel.products.length, panel.years.length];
  const total = panel.value.length;
  const rows = new Int32Array(total);
  const byProduct = new Float64Array(width);
  const [unmatched, out] = [{ rows: 0, value: 0 }, { rows: 0, value: 0 }];
  let count = 0;
  for (let r = 0; r < total; r++) {
    const pair = panel.exporterProduct[r];
    const value = panel.value[r];
    if (
      Math.floor(pair / width) === leftOut || panel.exporterYear[r] % periods === cut
    ) {
      out.rows++;
      out.value += value;
    } else if (Number.isNaN(values[pair])) {
      unmatched.rows++;
      unmatched.value += value;
      byProduct[pair % width] += value;
    } else rows[count++] = r;
  }
  const largestUnmatched = panel.products.map((hs6, p) => ({ hs6, value: byProduct[p] }))
    .filter(({ value }) => value > 0).sort((a, b) => b.value - a.value).slice(0, 20);
  return { rows: rows.subarray(0, count), unmatched, leftOut: out, largestUnmatched };
}
