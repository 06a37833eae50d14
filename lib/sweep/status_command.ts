import { formatDuration, readOptions } from "@ree/command";
import { positional } from "./positional.ts";
import { type SweepStatus, sweepStatus } from "./sweep_status.ts";

/** `sweep status`. */
export function statusCommand(args: readonly string[]): number {
  const { value: folder, rest } = positional(args, "FOLDER");
  const options = readOptions(rest, [], ["json"]);
  const status = sweepStatus(folder);
  if (options.json === true) {
    const { plan, records: _, ...counts } = status;
    console.log(JSON.stringify({ plan: plan.hash, runsInPlan: plan.runs, ...counts }, null, 1));
  } else console.log(statusText(status));
  return status.problems.length > 0 ? 1 : status.done.length === status.plan.shards ? 0 : 4;
}

function statusText(status: SweepStatus): string {
  const { plan, done, running, missing, begun, problems, runs, failedRuns, seconds } = status;
  const lines = [
    `${plan.name} (${plan.kind}, plan ${
      plan.hash.slice(0, 12)
    }): ${plan.runs} runs in ${plan.shards} shards`,
    `done      ${done.length} shards, ${runs} runs` +
    (runs === 0 ? "" : `, ${(seconds / runs).toPrecision(2)} s a run`),
    `running   ${running.length}`,
    ...running.slice(0, MOST).map(({ shard, holder }) =>
      `            shard ${shard}: process ${holder.pid} on ${holder.host}` +
      (holder.task === "" ? "" : ` (${holder.task})`)
    ),
    `missing   ${missing.length}` + (begun.length === 0 ? "" : `, ${begun.length} of them begun`),
    `failed    ${failedRuns} runs without a result`,
  ];
  if (running.length > MOST) lines.push(`            and ${running.length - MOST} more`);
  const share = done.length === 0 ? null : seconds / done.length;
  if (share !== null && missing.length > 0) {
    lines.push(`left      about ${formatDuration(share * missing.length)} of processor time`);
  }
  for (const problem of problems) lines.push(`problem   ${problem}`);
  return lines.join("\n");
}

/** Shards that are listed one by one. */
const MOST = 10;
