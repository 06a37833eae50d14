import type { JsonRecord } from "./canonical_json.ts";
import type { Parameters } from "./design.ts";
import type { Run } from "./expand.ts";

/** What every run reads: made once per plan, stored beside it, held once per process in shared memory. */
export interface SharedInputs {
  readonly json: JsonRecord;
  /** Large arrays, by name. */
  readonly arrays: Readonly<Record<string, Float64Array>>;
}

/** What a run gives, by column; null where a number does not exist. */
export type Row = Readonly<Record<string, number | string | null>>;

/** Types of the columns a kind of work gives, in their order. */
export type Columns = Readonly<Record<string, "number" | "text">>;

/** Where a shard is computed, for kinds that keep files of their own. */
export interface ShardContext {
  /** Folder of the sweep. */
  readonly folder: string;
  readonly shard: number;
  readonly shards: number;
  /** Runs in the whole plan and in this shard. */
  readonly planRuns: number;
  readonly shardRuns: number;
  /** Aborted when the work is to stop as soon as it can. */
  readonly signal: AbortSignal;
}

/** Work made ready in one worker. */
export interface PreparedWork {
  readonly columns: Columns;
  /** Parameters that are left out of the results, such as long texts. */
  readonly omit?: readonly string[];
  /** Largest number of shards that may be computed at the same time, on all machines together. */
  readonly atMost?: number;
  /**
   * Refuses parameters that no run can have; called for every run when the plan is made.
   *
   * @throws RangeError naming parameter, what came and what is expected
   */
  check(parameters: Parameters): void;
  /**
   * Computes one run. It may depend on inputs, parameters and the run's seed, and on nothing else.
   *
   * @throws RangeError or EquilibriumError when this run has no result: the message becomes its
   * `failure`. Every other error stops the sweep
   */
  run(run: Run): Row | Promise<Row>;
  /**
   * Computes the runs of a shard together, for kinds that keep their own store and wait for others
   * (a language model). Given instead of portions of runs to `run`. Fewer rows than runs mean
   * that the work stopped and goes on next time.
   */
  runShard?(runs: readonly Run[], context: ShardContext): Promise<readonly (Row | null)[]>;
}

/** A kind of work that plans can be made of. */
export interface WorkKind {
  readonly name: string;
  /**
   * Reads and prepares what the runs share; called once, when the plan is made.
   *
   * @throws RangeError naming a field that does not fit
   */
  load(shared: JsonRecord): SharedInputs | Promise<SharedInputs>;
  /**
   * Draws of the plan for kinds that read them from their own input; the design then has none.
   *
   * @param base folder against which paths are read
   */
  draws?(inputs: SharedInputs, base: string): AsyncIterable<Parameters>;
  /**
   * Called when the shards of a sweep are merged, for kinds that keep files of their own.
   *
   * @returns sentences for the user
   */
  merge?(folder: string, inputs: SharedInputs): readonly string[];
  /** Called once in each worker; arrays lie in memory that all workers read. */
  prepare(inputs: SharedInputs): PreparedWork | Promise<PreparedWork>;
}
