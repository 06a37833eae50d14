import { fileURLToPath } from "node:url";
import { numberOption, readOptions, requiredOption, textOption, usageError } from "@ree/command";
import { positional } from "./positional.ts";
import { submitSlurm } from "./submit_slurm.ts";

const whole = (value: number) => Number.isInteger(value) && value > 0;
const TIME = /^(\d+-)?\d+(:\d+){0,2}$/;

/** Variables of the submitting shell that tasks get; those of an endpoint go with the job's environment. */
const PASSED_ON = ["DENO_DIR", "NO_COLOR"];

/** `sweep submit`. */
export async function submitCommand(args: readonly string[]): Promise<number> {
  const { value: folder, rest } = positional(args, "FOLDER");
  const { rest: single, values: extra } = repeated(rest, "--option");
  const options = readOptions(single, [
    "engine",
    "partition",
    "time",
    "cpus",
    "memory",
    "tasks",
    "at-most",
    "warning",
    "deno",
  ], ["dry-run"]);
  const engine = requiredOption(options, "engine");
  if (engine !== "slurm") {
    throw usageError(
      `--engine ${engine}: expected slurm; for Kubernetes and AWS Batch see the manifests in lib/sweep/README.md`,
    );
  }
  const time = requiredOption(options, "time");
  if (!TIME.test(time)) {
    throw usageError(`--time ${time}: expected minutes, hours:minutes:seconds or days-hours`);
  }
  const count = (name: string) => numberOption(options, name, whole, "a whole number above 0");
  const submission = await submitSlurm(folder, {
    partition: typeof options.partition === "string" ? options.partition : null,
    time,
    cpus: count("cpus") ?? 1,
    memory: textOption(options, "memory", "1G"),
    tasks: count("tasks") ?? null,
    atMost: count("at-most") ?? null,
    warning: count("warning") ?? 60,
    options: extra,
    deno: textOption(options, "deno", Deno.execPath()),
    main: fileURLToPath(new URL("./main.ts", import.meta.url)),
    environment: Object.fromEntries(
      PASSED_ON.flatMap((name) => {
        const value = Deno.env.get(name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    dryRun: options["dry-run"] === true,
  });
  const { job, indices, shards, alreadyQueued, released, script } = submission;
  if (released > 0) console.error(`${released} claims of tasks that have ended were let go`);
  if (alreadyQueued > 0) {
    console.error(`${alreadyQueued} shards are with tasks in the queue already`);
  }
  if (options["dry-run"] === true) console.log(script);
  else if (job === null) console.log("nothing to submit");
  else console.log(`job ${job}: ${indices.length} tasks for ${shards} missing shards`);
  return 0;
}

/** Takes an option that may be given several times out of a command line. */
function repeated(args: readonly string[], name: string) {
  const [rest, values]: [string[], string[]] = [[], []];
  for (let k = 0; k < args.length; k++) {
    if (args[k] !== name) rest.push(args[k]);
    else if (args[k + 1] === undefined) throw usageError(`${name} needs a value`);
    else values.push(args[++k]);
  }
  return { rest, values };
}
