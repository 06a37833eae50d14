import { sampleRankCorrelation } from "simple-statistics";
import type { IndustryShare, PurchaseFactors } from "./element_purchases.ts";
import { industryOutput, type IoTable, position } from "./io_table.ts";
import { purchaseRequirements } from "./purchase_requirements.ts";

/** What happens to the intensities when one judged weight is changed. */
export interface WeightVariant {
  readonly application: string;
  /** Industry whose weight is changed, and whose intensity is reported. */
  readonly industry: string;
  readonly variant: "doubled" | "halved" | "output shares";
  /** Total rare earth intensity of the industry, USD per USD of output. */
  readonly intensity: number;
  /** The same at the project's weights. */
  readonly baseline: number;
  /** Spearman correlation of all industries' total intensities with the baseline ones. */
  readonly rankCorrelation: number;
}

/**
 * Reruns the intensities with every judged industry weight doubled and halved (the others of its application
 * giving way in proportion), and with every application's weights replaced by shares in gross output.
 *
 * @param table a table with element rows
 * @param factors the factors it was built from
 */
export function weightSensitivity(table: IoTable, factors: PurchaseFactors): WeightVariant[] {
  const requirements = purchaseRequirements(table, factors);
  const totals = (distribution: readonly IndustryShare[]) => {
    const purchases = requirements.purchases({ ...factors, distribution });
    const byElement = requirements.embodied(purchases);
    const sums = new Array<number>(table.industries.length).fill(0);
    byElement.forEach((value, k) => sums[k % sums.length] += value);
    return sums;
  };
  const baseline = totals(factors.distribution);
  const report = (
    row: IndustryShare,
    variant: WeightVariant["variant"],
    varied: readonly number[],
  ): WeightVariant => {
    const j = position(table.industries, row.industry, "industry");
    return {
      application: row.application,
      industry: row.industry,
      variant,
      intensity: varied[j],
      baseline: baseline[j],
      rankCorrelation: sampleRankCorrelation(varied, baseline),
    };
  };
  const scaled = factors.distribution.flatMap((row) =>
    ([["doubled", 2], ["halved", 0.5]] as const).map(([variant, factor]) =>
      report(row, variant, totals(reweighted(factors.distribution, row, factor)))
    )
  );
  const output = industryOutput(table);
  const applications = [...new Set(factors.distribution.map(({ application }) => application))];
  const replaced = applications.flatMap((application) => {
    const varied = totals(byOutput(factors.distribution, application, table, output));
    return factors.distribution
      .filter((row) => row.application === application)
      .map((row) => report(row, "output shares", varied));
  });
  return [...scaled, ...replaced];
}

function normalised(rows: readonly IndustryShare[], application: string): IndustryShare[] {
  const sum = rows.reduce(
    (partial, row) => row.application === application ? partial + row.share : partial,
    0,
  );
  return rows.map((row) =>
    row.application === application ? { ...row, share: row.share / sum } : row
  );
}

function reweighted(rows: readonly IndustryShare[], changed: IndustryShare, factor: number) {
  const scaled = rows.map((row) => row === changed ? { ...row, share: row.share * factor } : row);
  return normalised(scaled, changed.application);
}

function byOutput(
  rows: readonly IndustryShare[],
  application: string,
  table: IoTable,
  output: Float64Array,
) {
  const scaled = rows.map((row) =>
    row.application === application
      ? { ...row, share: output[position(table.industries, row.industry, "industry")] }
      : row
  );
  return normalised(scaled, application);
}
