import { type ConfusionMatrix } from "./confusion_matrix.ts";
import { correctedCounts, type CorrectionOptions } from "./corrected_counts.ts";
import { LABELS } from "./labels.ts";
import { type PanelCell } from "./label_panel.ts";

/** A cell with its count corrected for misclassification. */
export interface CorrectedCell extends PanelCell {
  /** Can be negative where the label is rare. */
  readonly corrected: number;
  /** Standard deviation of the correction: measurement error for regressions on the panel. */
  readonly correctedSd: number;
}

/**
 * Corrects the counts of every sector, country and year over the labels. Labels are exchanged within a cell group only;
 * its sum stays what it is.
 *
 * @param matrix over all six labels, in their order
 */
export function correctPanel(
  cells: readonly PanelCell[],
  matrix: ConfusionMatrix,
  options: CorrectionOptions = {},
): readonly CorrectedCell[] {
  if (matrix.labels.join() !== LABELS.join()) {
    throw new RangeError(
      `correction: matrix over ${matrix.labels.join(", ")}, expected the six labels`,
    );
  }
  const groups = new Map<string, PanelCell[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.sector, cell.country, cell.year]);
    groups.set(key, [...groups.get(key) ?? [], cell]);
  }
  // Fewer draws than for a single correction: there are many cells.
  const settings = { draws: 200, sampling: false, ...options };
  return [...groups.values()].flatMap((group) => {
    const byLabel = LABELS.map((label) => group.find((cell) => cell.label === label)?.count ?? 0);
    const { counts } = correctedCounts(byLabel, matrix, settings);
    const { sector, country, year } = group[0];
    return counts.map(({ estimate, sd, observed }, k) => ({
      sector,
      country,
      year,
      label: LABELS[k],
      count: observed,
      corrected: estimate,
      correctedSd: sd,
    }));
  });
}
