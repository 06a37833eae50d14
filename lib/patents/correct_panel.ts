import type { ConfusionMatrix } from "./confusion_matrix.ts";
import {
  inverseDraws,
  inverseMisclassification,
  misclassification,
  relabellingVariance,
} from "./corrected_counts.ts";
import { LABELS } from "./labels.ts";
import type { PanelCell } from "./label_panel.ts";

/** A cell with its count corrected for misclassification. */
export interface CorrectedCell extends PanelCell {
  /** Can be negative where the label is rare. */
  readonly corrected: number;
  /**
   * Standard deviation of the correction: measurement error for regressions on the panel. It joins the chance of given
   * labels, which differs from cell to cell, and the error of the confusion matrix, which all cells share.
   */
  readonly correctedSd: number;
}

/** Options of {@linkcode correctPanel}. */
export interface PanelCorrectionOptions {
  /** Draws of the confusion matrix (default 400). */
  readonly draws?: number;
  readonly seed?: number;
}

/**
 * Corrects the counts of every sector, country and year over the labels. Labels are exchanged within such a group only;
 * its sum stays what it is.
 *
 * @param matrix over all six labels, in their order
 */
export function correctPanel(
  cells: readonly PanelCell[],
  matrix: ConfusionMatrix,
  options: PanelCorrectionOptions = {},
): readonly CorrectedCell[] {
  const { draws = 400, seed = 1 } = options;
  if (matrix.labels.join() !== LABELS.join()) {
    throw new RangeError(
      `correction: matrix over ${matrix.labels.join(", ")}, expected the six labels`,
    );
  }
  const shares = misclassification(matrix);
  const inverse = inverseMisclassification(shares);
  const drawn = inverseDraws(matrix, draws, seed);
  const groups = new Map<string, PanelCell[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.sector, cell.country, cell.year]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  return [...groups.values()].flatMap((group) => {
    const counts = LABELS.map((label) => group.find((cell) => cell.label === label)?.count ?? 0);
    const corrected = inverse.map((row) => weigh(row, counts));
    const ofLabels = relabellingVariance(corrected, shares, inverse);
    const { sector, country, year } = group[0];
    return LABELS.map((label, k) => ({
      sector,
      country,
      year,
      label,
      count: counts[k],
      corrected: corrected[k],
      correctedSd: Math.sqrt(ofLabels[k] + variance(drawn.map((one) => weigh(one[k], counts)))),
    }));
  });
}

function weigh(row: readonly number[], counts: readonly number[]): number {
  return row.reduce((sum, entry, k) => sum + entry * counts[k], 0);
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return squares / Math.max(1, values.length - 1);
}
