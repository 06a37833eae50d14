import { join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import { contentHash } from "./canonical_json.ts";
import { MERGED_FILE, PROVENANCE_FILE, type SweepProvenance } from "./merge_sweep.ts";
import { sweepError } from "./sweep_error.ts";
import { readIfThere } from "./write_durably.ts";

/** A merged sweep and where it comes from. */
export interface MergedSweep {
  readonly provenance: SweepProvenance;
  /** One row for each run: `run`, `draw`, `seed`, parameters, results, `failure`. */
  readonly frame: DataFrame;
}

/**
 * Reads a merged sweep; null when the folder holds none.
 *
 * @throws SweepError when the results are not those that the provenance speaks of
 */
export function loadMergedSweep(folder: string): MergedSweep | null {
  const text = readIfThere(join(folder, PROVENANCE_FILE));
  if (text === null) return null;
  const provenance: SweepProvenance = JSON.parse(text);
  const path = join(folder, MERGED_FILE);
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(path);
  } catch (cause) {
    throw sweepError(`${path} is not there although ${PROVENANCE_FILE} speaks of it`, cause);
  }
  if (contentHash(bytes) !== provenance.sha256) {
    throw sweepError(`${path} is not what was merged (${PROVENANCE_FILE}); merge again`);
  }
  return { provenance, frame: pl.readParquet(path) };
}
