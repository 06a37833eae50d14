import {
  indexRanges,
  jobArguments,
  loadPlan,
  makePlan,
  runPlan,
  slurmScript,
  sweepStatus,
} from "@ree/sweep";
import { Job } from "kubernetes-models/batch/v1";
import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { startSweep } from "./command.ts";
import { quotaDesign, withFolder } from "./designs.ts";

const INDEXED = {
  slurm: { SLURM_ARRAY_TASK_ID: "1", SLURM_ARRAY_JOB_ID: "17", SLURM_CPUS_PER_TASK: "1" },
  kubernetes: { JOB_COMPLETION_INDEX: "1" },
  "AWS Batch": { AWS_BATCH_JOB_ARRAY_INDEX: "1", AWS_BATCH_JOB_ID: "a1b2:1" },
};

for (const [engine, env] of Object.entries(INDEXED)) {
  Deno.test(
    `A task of ${engine} computes the shards of its index`,
    withFolder(async (folder) => {
      const sweep = join(folder, "sweep");
      await makePlan(quotaDesign(1, 5), sweep);
      const { code, text } = await startSweep(["run", sweep, "--indexed", "3"], env).ended();
      deepStrictEqual([code, sweepStatus(sweep).done], [0, [1, 4]], text);
    }),
  );
}

Deno.test(
  "Without an index, with two, or with one that is no index or too large, nothing is computed",
  withFolder(async (folder) => {
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(1, 2), sweep);
    const tries: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
      [{}, /no task index: none of SLURM_ARRAY_TASK_ID/],
      [{ SLURM_ARRAY_TASK_ID: "1", JOB_COMPLETION_INDEX: "1" }, /are set; expected one/],
      [{ JOB_COMPLETION_INDEX: "one" }, /is "one", expected a whole number/],
      [{ JOB_COMPLETION_INDEX: "2" }, /task 2 of 2: expected indices from 0 to 1/],
    ];
    for (const [env, expected] of tries) {
      const { code, text } = await startSweep(["run", sweep, "--indexed", "plan"], env).ended();
      strictEqual(code, 2);
      match(text, expected);
    }
    deepStrictEqual(sweepStatus(sweep).done, []);
  }),
);

Deno.test("The Kubernetes example fits the published schema of batch/v1 and calls what a task needs", () => {
  const path = new URL("../../lib/sweep/kubernetes_job.example.json", import.meta.url);
  const manifest = JSON.parse(Deno.readTextFileSync(path));
  new Job(manifest).validate();
  const broken = structuredClone(manifest);
  broken.spec.completions = "forty";
  throws(() => new Job(broken).validate(), /completions must be integer/);
  const { spec } = manifest;
  strictEqual(spec.completionMode, "Indexed");
  const [{ command, args }] = spec.template.spec.containers;
  deepStrictEqual(command, ["deno"]);
  deepStrictEqual(args, jobArguments("/opt/ree/lib/sweep/main.ts", "/sweeps/quota", "plan"));
});

const REQUEST = {
  folder: "/shared/my sweeps/quota",
  jobName: "sweep-abc-40",
  tasks: 40,
  indices: [7, 0, 1, 2, 9, 8],
  atMost: 4,
  partition: "short",
  time: "30",
  cpus: 2,
  memory: "1G",
  warning: 60,
  options: ["--account=mine"],
  deno: "/opt/deno's/deno",
  main: "/opt/ree/lib/sweep/main.ts",
  environment: { DENO_DIR: "/shared/deno dir" },
};

Deno.test("The sbatch script asks for the missing tasks, warns before the limit, and quotes paths", async () => {
  const script = slurmScript(REQUEST);
  for (
    const line of [
      "#SBATCH --array=0-2,7-9%4",
      "#SBATCH --signal=B:TERM@60",
      "#SBATCH --partition=short",
      "#SBATCH --account=mine",
      '#SBATCH --output="/shared/my sweeps/quota/logs/%A_%a.log"',
    ]
  ) ok(script.split("\n").includes(line), `${line} in\n${script}`);
  const words = await new Deno.Command("bash", {
    args: ["-c", script.replace("exec ", 'printf "%s\\n" "$DENO_DIR" ')],
  }).output();
  deepStrictEqual(new TextDecoder().decode(words.stdout).trim().split("\n"), [
    "/shared/deno dir",
    "/opt/deno's/deno",
    ...jobArguments(REQUEST.main, REQUEST.folder, 40),
  ]);
  throws(() => slurmScript({ ...REQUEST, partition: "a\n#SBATCH --wrap=x" }), /a line break/);
});

Deno.test("Index ranges join neighbours only", () => {
  strictEqual(indexRanges([3]), "3");
  strictEqual(indexRanges([5, 3, 4, 9, 4]), "3-5,9");
});

/** Programs of Slurm that write down how they were called; squeue answers what `queue` holds. */
function fakeSlurm(folder: string): Record<string, string> {
  const bin = join(folder, "bin");
  Deno.mkdirSync(bin);
  const write = (name: string, body: string) =>
    Deno.writeTextFileSync(join(bin, name), `#!/bin/bash\n${body}\n`, { mode: 0o755 });
  write("sbatch", `echo "$@" >> "${folder}/calls"; sleep 1; echo "17;cluster"`);
  write("squeue", `cat "${folder}/queue" 2>/dev/null || true`);
  write("scontrol", `echo "MaxArraySize            = 1001"`);
  return { PATH: `${bin}:${Deno.env.get("PATH")}` };
}

Deno.test(
  "A submission holds only what is missing and not in the queue, and two at once are one",
  withFolder(async (folder) => {
    const env = fakeSlurm(folder);
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(1, 6), sweep);
    await runPlan(sweep, { shards: [0, 4] });
    const submit = () =>
      startSweep(["submit", sweep, "--engine", "slurm", "--time", "10"], env).ended();
    const both = await Promise.all([submit(), submit()]);
    const texts = both.map(({ text }) => text).join("\n");
    match(texts, /job 17: 4 tasks for 4 missing shards/);
    match(texts, /is submitting this sweep; nothing was submitted/);
    strictEqual(Deno.readTextFileSync(join(folder, "calls")).trim().split("\n").length, 1);
    const script = Deno.readTextFileSync(join(sweep, "submissions", "0001.sh"));
    match(script, /--array=1-3,5\n/);
    const name = /--job-name=(\S+)/.exec(script)?.[1];
    Deno.writeTextFileSync(
      join(folder, "queue"),
      `17|1|RUNNING|${name}\n17|2|PENDING|${name}\n17|3|FAILED|${name}\n9|5|RUNNING|another\n`,
    );
    const { text } = await submit();
    match(text, /2 shards are with tasks in the queue already/);
    match(text, /job 17: 2 tasks for 2 missing shards/);
    match(Deno.readTextFileSync(join(sweep, "submissions", "0002.sh")), /--array=3,5\n/);
    await runPlan(sweep);
    match((await submit()).text, /nothing to submit/);
    strictEqual(loadPlan(sweep).shards, 6);
  }),
);

Deno.test(
  "A Slurm that does not answer is told, and nothing is submitted",
  withFolder(async (folder) => {
    const env = fakeSlurm(folder);
    Deno.writeTextFileSync(
      join(folder, "bin", "squeue"),
      "#!/bin/bash\necho 'slurm_load_jobs error: Unable to contact slurm controller' >&2\nexit 1\n",
    );
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(1, 2), sweep);
    const { code, text } = await startSweep(
      ["submit", sweep, "--engine", "slurm", "--time", "10"],
      env,
    ).ended();
    strictEqual(code, 1);
    match(text, /squeue failed \(1\): slurm_load_jobs error: Unable to contact/);
  }),
);

Deno.test(
  "Wrong use is told with exit code 2: engine, time, shard, folder",
  withFolder(async (folder) => {
    const sweep = join(folder, "sweep");
    await makePlan(quotaDesign(1, 2), sweep);
    const tries: readonly (readonly [readonly string[], RegExp])[] = [
      [["submit", sweep, "--engine", "pbs", "--time", "10"], /--engine pbs: expected slurm/],
      [["submit", sweep, "--engine", "slurm", "--time", "soon"], /--time soon: expected minutes/],
      [["run", sweep, "--shard", "2/2"], /--shard 2\/2: expected i\/n/],
      [["run", "--shard", "0/2"], /FOLDER is missing/],
      [["runn", sweep], /unknown command runn/],
    ];
    for (const [args, expected] of tries) {
      const { code, text } = await startSweep(args).ended();
      deepStrictEqual([code, expected.test(text)], [2, true], text);
    }
  }),
);
