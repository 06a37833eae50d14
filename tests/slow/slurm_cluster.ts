import { hostname } from "node:os";
import { join } from "node:path";

/** A Slurm of one node that a test starts and stops; all of it in one folder and on loopback. */
export interface SlurmCluster {
  /** Environment for Slurm's commands. */
  readonly env: Readonly<Record<string, string>>;
  restartController(): Promise<void>;
  restartNode(): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAMS = ["slurmctld", "slurmd", "munged", "sbatch", "squeue"];

/** What is missing to start one; null when nothing is. */
export function slurmIsMissing(): string | null {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return "needs Linux and the root user";
  const missing = PROGRAMS.filter((name) => !findProgram(name));
  return missing.length === 0
    ? null
    : `${missing.join(", ")} not found (apt-get install --no-install-recommends slurm-wlm munge)`;
}

function findProgram(name: string): string | null {
  const folders = `${Deno.env.get("PATH") ?? ""}:/usr/sbin:/usr/local/sbin`.split(":");
  for (const folder of folders) {
    try {
      if (Deno.statSync(join(folder, name)).isFile) return join(folder, name);
    } catch {
      // not in this folder
    }
  }
  return null;
}

/** Ports of the test, away from Slurm's own. */
const CONTROLLER_PORT = 26817;
const NODE_PORT = 26818;
/** Memory that the node offers, MB; below that of any machine that runs this. */
const MEMORY_MB = 2000;

/**
 * Starts munge, controller and node.
 *
 * @param slots tasks of one processor that run at the same time
 */
export async function startSlurm(folder: string, slots: number): Promise<SlurmCluster> {
  const host = hostname().split(".")[0];
  for (const inside of ["state", "spool", "munge"]) Deno.mkdirSync(join(folder, inside));
  const socket = join(folder, "munge", "socket");
  // munged wants folders that nobody but root can write to, and a key of its own.
  const key = join(folder, "munge", "key");
  Deno.writeFileSync(key, crypto.getRandomValues(new Uint8Array(128)), { mode: 0o400 });
  for (const path of [folder, join(folder, "munge")]) Deno.chmodSync(path, 0o755);
  const munged = await started("munged", [
    "--foreground",
    "--force",
    `--socket=${socket}`,
    `--key-file=${key}`,
    `--pid-file=${join(folder, "munge", "pid")}`,
    `--log-file=${join(folder, "munge", "log")}`,
    `--seed-file=${join(folder, "munge", "seed")}`,
  ]);
  const conf = join(folder, "slurm.conf");
  Deno.writeTextFileSync(
    conf,
    [
      "ClusterName=test",
      `SlurmctldHost=${host}(127.0.0.1)`,
      `SlurmctldPort=${CONTROLLER_PORT}`,
      `SlurmdPort=${NODE_PORT}`,
      "AuthType=auth/munge",
      `AuthInfo=socket=${socket}`,
      "CryptoType=crypto/munge",
      "SlurmUser=root",
      "SlurmdUser=root",
      `StateSaveLocation=${join(folder, "state")}`,
      `SlurmdSpoolDir=${join(folder, "spool")}`,
      `SlurmctldPidFile=${join(folder, "slurmctld.pid")}`,
      `SlurmdPidFile=${join(folder, "slurmd.pid")}`,
      `SlurmctldLogFile=${join(folder, "slurmctld.log")}`,
      `SlurmdLogFile=${join(folder, "slurmd.log")}`,
      "ProctrackType=proctrack/linuxproc",
      "TaskPlugin=task/none",
      "JobAcctGatherType=jobacct_gather/none",
      "SelectType=select/cons_tres",
      "SelectTypeParameters=CR_CPU",
      "SchedulerParameters=sched_interval=5,batch_sched_delay=1",
      "ReturnToService=2",
      "SlurmdParameters=config_overrides",
      "MpiDefault=none",
      "KillWait=5",
      "MailProg=/bin/true",
      `NodeName=${host} NodeAddr=127.0.0.1 CPUs=${slots} RealMemory=${MEMORY_MB} State=UNKNOWN`,
      `PartitionName=test Nodes=${host} Default=YES MaxTime=INFINITE State=UP`,
      "",
    ].join("\n"),
  );
  const env = { SLURM_CONF: conf };
  const controller = () => started("slurmctld", ["-D", "-f", conf], env);

  const node = () => started("slurmd", ["-D", "-f", conf], env);
  let [slurmctld, slurmd] = [await controller(), await node()];
  const cluster: SlurmCluster = {
    env,
    async restartController() {
      await ended(slurmctld);
      slurmctld = await controller();
      await ready(env);
    },
    async restartNode() {
      await ended(slurmd);
      slurmd = await node();
      await ready(env);
    },
    async stop() {
      await new Deno.Command("scancel", { args: ["--me"], env, stderr: "null" }).output()
        .catch(() => {});
      await pause(2);
      for (const daemon of [slurmd, slurmctld, munged]) await ended(daemon);
    },
  };
  try {
    await ready(env);
  } catch (cause) {
    await cluster.stop();
    const logs = ["slurmctld.log", "slurmd.log"].map((name) => readLog(join(folder, name)));
    throw new Error(`Slurm did not start: ${logs.join("\n").slice(-3000)}`, { cause });
  }
  return cluster;
}

function readLog(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

async function started(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Deno.ChildProcess> {
  const program = findProgram(name);
  if (program === null) throw new Error(`${name} not found`);
  const child = new Deno.Command(program, {
    args: [...args],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await pause(1);
  return child;
}

/** Ends a daemon that this test started; tasks of a node live on in processes of their own. */
async function ended(child: Deno.ChildProcess): Promise<void> {
  try {
    child.kill("SIGTERM");
  } catch {
    return; // has ended already
  }
  const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await child.status;
  clearTimeout(timer);
}

async function ready(env: Readonly<Record<string, string>>): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const { stdout } = await new Deno.Command("sinfo", {
      args: ["--noheader", "--format=%T"],
      env,
      stderr: "null",
    }).output();
    if (/^(idle|mixed|allocated)/m.test(new TextDecoder().decode(stdout))) return;
    await pause(0.5);
  }
  throw new Error("the node did not become ready");
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
