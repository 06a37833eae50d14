/** Names of the commands of `deno task sweep`. */
export type CommandName = "plan" | "run" | "merge" | "status" | "submit";

/** What `--help` prints; "" is the overview. */
export const USAGE: Readonly<Record<CommandName | "", string>> = {
  "": `deno task sweep COMMAND

  plan DESIGN      expand a design (JSON) into a plan
  run FOLDER       compute the plan, or some of its shards, on this machine
  submit FOLDER    hand what is missing to a cluster's scheduler
  status FOLDER    what is done, running, missing, failed
  merge FOLDER     check that every run is there once, and put the shards into one parquet file

deno task sweep COMMAND --help tells more. Exit codes: 0 done, 1 an error, 2 wrong use, 4 not complete
(others are at work, or a budget is used up), 130 or 143 stopped by a signal at a run boundary.`,
  plan: `deno task sweep plan DESIGN [--output FOLDER]

DESIGN is a JSON file (see lib/sweep/README.md). The plan and what all runs read go into FOLDER, by
default results/sweeps/NAME. The same design gives the same plan; a folder that holds another plan is refused.`,
  run: `deno task sweep run FOLDER [--shard i/n] [--indexed n] [--workers k]

  --shard i/n    only the shards s with s mod n = i (i from 0); with n the plan's number of shards
                 that is shard i
  --indexed n    the same with i from the environment: SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX
                 (Kubernetes) or AWS_BATCH_JOB_ARRAY_INDEX; n = plan for the plan's number of shards
  --workers k    default: one for every processor (in a Slurm task: SLURM_CPUS_PER_TASK)
  --patience s   seconds without a sign of life after which a process elsewhere is held for dead (60)

Shards that are done are left as they are. SIGINT and SIGTERM stop at the next run boundary and keep what is
done of a shard.`,
  merge: `deno task sweep merge FOLDER [--allow-mixed]

Writes merged.parquet and merged.json (where it comes from) into FOLDER.
  --allow-mixed  accept shards computed by different versions of the program or on different platforms`,
  status: `deno task sweep status FOLDER [--json]`,
  submit: `deno task sweep submit FOLDER --engine slurm --time TIME [options]

Writes an sbatch script for an array job over the shards that are missing, and submits it.
  --partition P  partition (default: the cluster's)
  --time TIME    limit for each task, as Slurm writes it (30, 2:00:00, 1-0)
  --cpus k       processors for each task (default 1)
  --memory M     memory for each task, as Slurm writes it (default 1G)
  --tasks n      array tasks, each with every n-th shard (default: one for each shard, at most 1,000)
  --at-most k    tasks at the same time (default: no limit, or the plan's)
  --warning s    seconds before the limit at which a task stops at a run boundary (default 60)
  --deno PATH    the deno to use on the nodes (default: this one)
  --option TEXT  one more line after #SBATCH (may be given several times)
  --dry-run      print the script only`,
};
