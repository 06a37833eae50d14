/** Sweeps: plans of many runs, computed shard by shard on one machine or many, merged and verified. */
export { canonicalJson, contentHash, type Json, type JsonRecord } from "./canonical_json.ts";
export {
  type Axis,
  checkDesign,
  type Distribution,
  type Draws,
  type Parameters,
  parseDesign,
  type Scalar,
  type SweepDesign,
} from "./design.ts";
export { economiesOf, economyInputs } from "./economy_inputs.ts";
export { type Run, runSeed } from "./expand.ts";
export { makePlan, type MakePlanOptions } from "./make_plan.ts";
export { loadPlan, type Plan, shardBounds, shardRuns } from "./plan.ts";
export {
  runPlan,
  type RunPlanOptions,
  type RunPlanSummary,
  type SweepProgress,
} from "./run_plan.ts";
export type { ShardRecord } from "./shard_files.ts";
export {
  type Columns,
  type PreparedWork,
  type Row,
  type ShardContext,
  type SharedInputs,
  type WorkKind,
} from "./work_kind.ts";
export { loadWorkKind, WORK_KINDS } from "./work_kinds.ts";
export {
  MERGED_FILE,
  type MergeOptions,
  mergeSweep,
  PROVENANCE_FILE,
  type SweepProvenance,
} from "./merge_sweep.ts";
export { type SweepStatus, sweepStatus } from "./sweep_status.ts";
export { jobArguments } from "./job_arguments.ts";
export { indexRanges, type SlurmRequest, slurmScript } from "./slurm_script.ts";
export { loadMergedSweep, type MergedSweep } from "./load_merged.ts";
