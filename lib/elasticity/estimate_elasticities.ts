import type { DataFrame } from "@ree/data";
import type { Data } from "@ree/econometrics";
import pl from "nodejs-polars";
import {
  type ElasticityRows,
  estimateColumns,
  type EstimationChoices,
} from "./estimate_columns.ts";
import type { SectorElasticity } from "./elasticity_fit.ts";

/** Elasticities of substitution by sector and pooled. */
export interface ElasticityFit extends Omit<ElasticityRows, "bySector"> {
  /**
   * One row per sector of the panel: `sector`, `years`, `slope`, `slope_se`, `sigma`, `sigma_se`, `lower`, `upper`, `stable`,
   * `slope_pooled`, `slope_pooled_se`, `sigma_pooled`, `pooled_lower`, `pooled_upper`, `shrinkage`, `note`; see
   * {@linkcode SectorElasticity}. Missing where the note says why; bounds can be infinite; never NaN.
   */
  readonly bySector: DataFrame;
  /** The same as records. */
  readonly sectors: readonly SectorElasticity[];
}

const TEXT: readonly (keyof SectorElasticity)[] = ["sector", "note"];
const COLUMNS: readonly (keyof SectorElasticity)[] = [
  "sector",
  "years",
  "slope",
  "slope_se",
  "sigma",
  "sigma_se",
  "lower",
  "upper",
  "stable",
  "slope_pooled",
  "slope_pooled_se",
  "sigma_pooled",
  "pooled_lower",
  "pooled_upper",
  "shrinkage",
  "note",
];

/**
 * Elasticities of substitution between rare earth elements and other inputs from the response of innovation to relative prices.
 *
 * Innovation's direction is regressed on the log relative price with a slope per sector, sector effects and year effects; σ
 * follows from the slope and ψ (`sigmaFromFlowSlope`, `sigmaFromStockSlope`). Year effects leave slopes identified by price
 * movements that differ between sectors. Designs: see `designRows`, and `countSlopes` for counts with zeros. An
 * instrumented price enters through a control function, in all designs (`controlFunction`).
 *
 * Intervals by sector: Student t with the sector's own residual degrees of freedom on the slope, carried over to σ end by
 * end. Pooling: `partialPooling` for sectors, `sigmaPopulation` for the mean.
 *
 * @param panel columns `sector`, `year`, `patents_element`, `patents_other`, `log_relative_price`, the named instruments, and the
 * stocks that `readPatentCells` lists; rows in any order, years may have gaps
 * @throws RangeError on impossible options or cells (names sector and year), when no sector has a slope, or when the
 * effects leave no price or instrument variation
 * @example
 * ```ts
 * const fit = estimateElasticities(panel, { design: "counts", psi: 1, pooling: "empirical-bayes" });
 * fit.pooled?.mean;
 * ```
 */
export function estimateElasticities(panel: Data, options: EstimationChoices): ElasticityFit {
  const { bySector, ...rest } = estimateColumns(panel, options);
  return { ...rest, bySector: sectorFrame(bySector), sectors: bySector };
}

function sectorFrame(rows: readonly SectorElasticity[]): DataFrame {
  return pl.DataFrame(COLUMNS.map((name) => {
    const type = TEXT.includes(name)
      ? pl.Utf8
      : name === "years"
      ? pl.Int32
      : name === "stable"
      ? pl.Bool
      : pl.Float64;
    return pl.Series(name, rows.map((row) => row[name]), type);
  }));
}
