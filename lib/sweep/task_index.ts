import { usageError } from "@ree/command";

/** Environment variables in which engines of indexed jobs say which task this is, from 0. */
export const INDEX_VARIABLES = [
  { variable: "SLURM_ARRAY_TASK_ID", engine: "slurm", job: "SLURM_ARRAY_JOB_ID" },
  { variable: "JOB_COMPLETION_INDEX", engine: "kubernetes", job: "" },
  { variable: "AWS_BATCH_JOB_ARRAY_INDEX", engine: "aws-batch", job: "AWS_BATCH_JOB_ID" },
] as const;

/** The task of an indexed job. */
export interface IndexedTask {
  readonly index: number;
  /** The same when the task is started again; "" outside of a job that has a name. */
  readonly name: string;
}

/**
 * Which task of an indexed job this process is.
 *
 * @param get reads an environment variable
 * @throws UsageError when no engine, or more than one, says so, or what it says is no index
 */
export function taskIndex(
  get: (name: string) => string | undefined = (name) => Deno.env.get(name),
): IndexedTask {
  const found = INDEX_VARIABLES.filter(({ variable }) => get(variable) !== undefined);
  if (found.length !== 1) {
    const names = INDEX_VARIABLES.map(({ variable }) => variable).join(", ");
    throw usageError(
      found.length === 0
        ? `no task index: none of ${names} is set`
        : `${found.map(({ variable }) => variable).join(" and ")} are set; expected one of them`,
    );
  }
  const [{ variable, engine, job }] = found;
  const index = Number(get(variable));
  if (!/^\d+$/.test(get(variable) ?? "")) {
    throw usageError(`${variable} is "${get(variable)}", expected a whole number from 0`);
  }
  const id = job === "" ? undefined : get(job);
  // AWS Batch appends the index to the job's id; a task started again has the same.
  return { index, name: id === undefined ? "" : `${engine} ${id.split(":")[0]}_${index}` };
}
