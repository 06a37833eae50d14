import {
  type ElasticityDiagnostics,
  type ElasticityFit,
  estimateElasticities,
  type EstimationChoices,
  relativePricePanel,
} from "@ree/elasticity";
import { productivityElementExposure } from "@ree/panels";
import { hasInstrument, pricesCover, withPrices } from "./elasticity_choices.ts";
import { decimal } from "./elasticity_sectors.ts";
import { columnsOfRows, type PanelRow } from "./elasticity_series.ts";

/** Shares of the elements in each industry's purchases, behind the quota instrument. */
export function elementShares(dataDir?: string): NonNullable<EstimationChoices["exposure"]> {
  const { units, elements, values } = productivityElementExposure(dataDir);
  return {
    units,
    elements,
    values: units.map((_, u) => values.subarray(u * elements.length, (u + 1) * elements.length)),
  };
}

/** An instrumented estimate and its diagnostics in one row of text and numbers. */
export function instrumentDiagnosticsRow(
  label: string,
  { pooled, diagnostics }: Pick<ElasticityFit, "pooled" | "diagnostics">,
) {
  const { firstStage, commonSlope, endogeneity } = diagnostics;
  return {
    label,
    first: firstStage!.coefficients.map(({ coefficient, se }) =>
      `${decimal(coefficient)} (${decimal(se)})`
    )
      .join(", "),
    strength: firstStage!.effectiveF === null
      ? "–"
      : `${decimal(firstStage!.effectiveF, 1)} (${decimal(firstStage!.criticalValue!, 1)})`,
    slope: `${decimal(commonSlope!.coefficient)} (${decimal(commonSlope!.se)})`,
    andersonRubin: setText(diagnostics),
    overidentified: commonSlope!.hansenJ ? decimal(commonSlope!.hansenJ.pvalue) : "–",
    endogeneity: endogeneity === null ? "–" : decimal(endogeneity.pvalue),
    sigma: pooled === null
      ? "none: unstable"
      : `${decimal(pooled.mean)} (${decimal(pooled.lower)} to ${decimal(pooled.upper)})`,
  };
}

/** Columns of {@linkcode instrumentDiagnosticsRow}. */
export const instrumentDiagnosticsColumns = [
  { key: "label", label: "Instrument and effects" },
  { key: "first", label: "First stage", align: "right" as const },
  { key: "strength", label: "Effective F (critical)", align: "right" as const },
  { key: "slope", label: "Common slope, 2SLS", align: "right" as const },
  { key: "andersonRubin", label: "Anderson-Rubin 95 % set", align: "right" as const },
  { key: "overidentified", label: "J test, p", align: "right" as const },
  { key: "endogeneity", label: "Exogenous, p", align: "right" as const },
  { key: "sigma", label: "Mean σ", align: "right" as const },
];

function setText({ commonSlope }: ElasticityDiagnostics): string {
  const set = commonSlope!.andersonRubin;
  if (set === null) return "–";
  if (set.intervals.length === 0) return "empty";
  return set.intervals.map(([low, high]) => `${decimal(low)} to ${decimal(high)}`).join(" and ");
}

/**
 * Instrumented fits of a panel, with and without effects of years, by one instrument and, for the project's own industries, by
 * two (with the list of elements without substitute). Empty where the panel has no instrument.
 */
export function instrumentedFits(
  rows: readonly PanelRow[],
  base: EstimationChoices,
  dataDir?: string,
) {
  if (!hasInstrument(rows)) return [];
  const exposure = elementShares(dataDir);
  const prices = relativePricePanel(dataDir, { measure: "graedel" }).toRecords();
  const own = pricesCover(rows, prices);
  const listed = own ? withPrices(rows, prices) : rows;
  const both = columnsOfRows(rows.map((row, k) => ({ ...row, listed: listed[k].instrument })));
  return [false, true].flatMap((yearEffects) =>
    (own ? ["instrument", ["instrument", "listed"]] : ["instrument"]).map((instrument) => ({
      label: `distance${instrument === "instrument" ? "" : " and list"}, ${
        yearEffects ? "" : "no "
      }year effects`,
      fit: estimateElasticities(both, {
        ...base,
        ...(own ? { exposure } : {}),
        instrument,
        yearEffects,
      }),
    }))
  );
}

/** What the diagnostics allow to say, as sentences. */
export function instrumentFinding(fits: ReturnType<typeof instrumentedFits>): string {
  if (fits.length === 0) {
    return "The panel has no column `instrument`: the price is taken as exogenous.";
  }
  const weak = fits.filter(({ fit: { diagnostics: { firstStage } } }) =>
    firstStage!.effectiveF !== null && firstStage!.effectiveF < firstStage!.criticalValue!
  );
  const shocks = fits.flatMap(({ fit }) => fit.diagnostics.effectiveElements ?? []);
  const few = shocks.length === 0
    ? ""
    : ` The instrument rests on the paths of ${
      Math.min(...shocks).toFixed(1)
    } effective elements, however many sectors and years there are: too few for large-sample inference.`;
  const weakText = weak.length === 0
    ? "The instrument is strong by the effective F in all rows."
    : `The instrument is weak in ${weak.length} of ${fits.length} rows (${
      weak.map(({ label }) => label).join("; ")
    }): there only the Anderson-Rubin set is to be read.`;
  return weakText + few;
}
