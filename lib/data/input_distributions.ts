import { join } from "node:path";
import {
  cellError,
  checkUnique,
  numberCell,
  oneOf,
  readCsvTable,
  requiredText,
} from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";

/** Parameters with a distribution over the range of `data/judged/elasticities.csv`. */
export const DISTRIBUTED_INPUTS = ["theta", "sigma", "eta", "psi", "supply"] as const;

/** Shapes between low and high with the value as peak: triangular, or triangular in logs. */
export const DISTRIBUTION_SHAPES = ["triangular", "log-triangular"] as const;

/** How draws of one parameter spread over its ranges; our judgement. */
export interface InputDistribution {
  readonly input: typeof DISTRIBUTED_INPUTS[number];
  readonly shape: typeof DISTRIBUTION_SHAPES[number];
  /** Part of the variance of the normal scores that all rows of the parameter share, 0 to 1. */
  readonly common: number;
  readonly why: string;
  readonly reading: string;
}

const REMEDY = "correct the file; `git checkout` restores the committed one";

/**
 * Judged distributions from `data/judged/input_distributions.csv`, one for every parameter.
 *
 * @param dataDir the project's data folder
 * @throws SourceError naming file, row and column of a cell that does not read, and a parameter without a row
 */
export function loadInputDistributions(dataDir: string = DATA_DIR): InputDistribution[] {
  const file = join(dataDir, "judged", "input_distributions.csv");
  const { rows } = readCsvTable(file, ["input"], { remedy: REMEDY });
  checkUnique(rows, ["input"]);
  const found = rows.map((row): InputDistribution => {
    const common = numberCell(row, "common");
    if (!(common >= 0 && common <= 1)) throw cellError(row, "common", "0 to 1", REMEDY);
    return {
      input: oneOf(row, "input", DISTRIBUTED_INPUTS),
      shape: oneOf(row, "shape", DISTRIBUTION_SHAPES),
      common,
      why: requiredText(row, "why"),
      reading: requiredText(row, "reading"),
    };
  });
  const missing = DISTRIBUTED_INPUTS.find((input) => !found.some((row) => row.input === input));
  if (missing !== undefined) throw new RangeError(`${file}: no distribution of ${missing}`);
  return found;
}
