import { DATA_DIR, type DataFrame, numberColumn, readParquetTable, textColumn } from "@ree/data";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Draw, UncertaintyRun } from "./run_uncertainty.ts";
import { EQUAL_DUTY, QUOTA_CUT } from "./uncertain_world.ts";

/** Measures with committed draws. */
export const DEFAULT_MEASURES = { quota: QUOTA_CUT, duty: EQUAL_DUTY } as const;

/** Name of a measure with committed draws. */
export type DefaultMeasure = keyof typeof DEFAULT_MEASURES;

/** Committed draws of a larger run and their description, under `data/`; made by `lib/uncertainty/main.ts`. */
export function defaultFiles(measure: DefaultMeasure): {
  readonly draws: string;
  readonly results: string;
} {
  const name = measure === "quota" ? "default_uncertainty" : `default_uncertainty_${measure}`;
  return { draws: `${name}.parquet`, results: `${name}.json` };
}

/** Draws of an earlier run. */
export interface SavedDraws {
  /** Of the run that made them, see `UncertaintyRun`. */
  readonly inputsHash: string;
  /** Records of `drawRecords`. */
  readonly frame: DataFrame;
}

/** The committed draws of a measure at the committed inputs. @param dataDir the project's data folder */
export function loadDefaultDraws(
  measure: DefaultMeasure = "quota",
  dataDir: string = DATA_DIR,
): SavedDraws {
  const { draws, results } = defaultFiles(measure);
  const { provenance } = JSON.parse(readFileSync(join(dataDir, results), "utf8"));
  return {
    inputsHash: String(provenance?.inputsHash),
    frame: readParquetTable(join(dataDir, draws), COLUMNS),
  };
}

const COLUMNS = ["row", "part", "failure", "sigmaSetToZero"];

/** A run with what an earlier one adds to it. */
export interface ExtendedRun {
  /** With all rows of the earlier run, or the run as it was. */
  readonly run: UncertaintyRun;
  /** Rows computed now. */
  readonly computed: number;
  /** Whether the earlier draws are used. */
  readonly extended: boolean;
  /** Largest relative difference between draws of both runs; null when they are not draws of the same inputs. */
  readonly largestDifference: number | null;
}

/** Draws computed twice agree to this, relative; more means that the model is no longer that of the earlier draws. */
const SAME_DRAW = 1e-8;

/**
 * Adds the rows of an earlier, larger run of the same inputs. The rows computed now are compared with the earlier ones one by one.
 * Draws of other inputs (hashes differ) and earlier runs that are not larger are left alone.
 *
 * @throws RangeError when draws of the same inputs differ by more than solver tolerance, fail in one run only, or rows are missing: the
 * earlier draws are out of date
 */
export function extendRun(run: UncertaintyRun, saved: SavedDraws): ExtendedRun {
  const alone = { run, computed: run.rows, extended: false, largestDifference: null };
  if (saved.inputsHash !== run.inputsHash) return alone;
  const draws = savedDraws(run, saved.frame);
  const shared = Math.min(draws.length, run.draws.length);
  let largestDifference = 0;
  for (let k = 0; k < shared; k++) {
    const [now, before] = [run.draws[k], draws[k]];
    const name = `row ${now.row}, part ${now.part}`;
    if ((now.failure === "") !== (before.failure === "")) {
      throw outdated(`${name}: failed in one run only ("${now.failure}", "${before.failure}")`);
    }
    now.values.forEach((value, at) => {
      const gap = Math.abs(value - before.values[at]) / (Math.abs(value) + TINY);
      if (gap > largestDifference) largestDifference = gap;
    });
  }
  if (!(largestDifference <= SAME_DRAW)) {
    throw outdated(`draws differ by up to ${largestDifference.toExponential(1)}, relative`);
  }
  const rows = draws.length / run.parts.length;
  if (rows <= run.rows) return { ...alone, largestDifference };
  return { run: { ...run, rows, draws }, computed: run.rows, extended: true, largestDifference };
}

/** Values below this are compared as they are. */
const TINY = 1e-12;

function outdated(what: string): RangeError {
  return new RangeError(
    `earlier draws of the same inputs: ${what}; make them again with lib/uncertainty/main.ts`,
  );
}

/** Draws of a frame in the order of the design. */
function savedDraws(run: UncertaintyRun, frame: DataFrame): Draw[] {
  const missing = run.outcomes.find(({ key }) => !frame.columns.includes(key));
  if (missing !== undefined) throw outdated(`no column "${missing.key}"`);
  const [parts, failures] = [textColumn(frame, "part"), textColumn(frame, "failure")];
  const [rows, set] = [numberColumn(frame, "row"), numberColumn(frame, "sigmaSetToZero")];
  const values = run.outcomes.map(({ key }) => frame.getColumn(key).toArray() as (number | null)[]);
  return Array.from(rows, (row, k): Draw => {
    const [expectedRow, expectedPart] = [
      Math.floor(k / run.parts.length),
      run.parts[k % run.parts.length],
    ];
    if (row !== expectedRow || parts[k] !== expectedPart) {
      throw outdated(
        `record ${k} is row ${row}, part ${
          parts[k]
        }, expected row ${expectedRow}, part ${expectedPart}`,
      );
    }
    return {
      row,
      part: parts[k],
      failure: failures[k],
      sigmaSetToZero: set[k],
      values: Float64Array.from(values, (column) => column[k] ?? NaN),
    };
  });
}
