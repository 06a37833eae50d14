import { hostname } from "node:os";
import { join } from "node:path";
import { diskFull, readIfThere, removeIfThere } from "./write_durably.ts";

/** Who has claimed something, as the claim's file says. */
export interface Holder {
  /** Unique to the claim. */
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  /** Task of a scheduler, such as "slurm 17_3"; "" outside of one. */
  readonly task: string;
  /** Counts up while the holder lives. */
  readonly beat: number;
  /** True once the holder has let go. */
  readonly released: boolean;
  /** By the computer's clock, for readers only. */
  readonly since: string;
}

/** A claim that this process holds. */
export interface Claim {
  /** Says that the holder lives. */
  beat(): void;
  /** Whether another process has taken over in the meantime, having held this one for dead. */
  lost(): boolean;
  /** Lets go; `done` when nobody needs to claim it any more. */
  release(done: boolean): void;
}

/** The outcome of {@linkcode claim}. */
export type ClaimResult =
  | { readonly kind: "held"; readonly claim: Claim; readonly takenFrom: Holder | null }
  /** `certain` when the system says that the holder lives, rather than its file. */
  | { readonly kind: "taken"; readonly holder: Holder; readonly certain: boolean };

/** Folder of the claims. */
export const CLAIMS = "claims";

/**
 * Claims a name in a folder for this process, on all machines that see the folder.
 *
 * A claim is a file made with "fail if it exists", numbered by generation: to take over from a holder that is
 * dead or has let go is to make the next generation, which only one can. No clocks are compared.
 *
 * @param unchanged whether a foreign holder was watched for long enough without a beat ({@linkcode claimWatch})
 * @param task of this process, see {@linkcode Holder}
 */
export function claim(
  folder: string,
  name: string,
  task: string,
  unchanged: (holder: Holder) => boolean = () => false,
): ClaimResult {
  const inside = join(folder, CLAIMS);
  for (;;) {
    const generations = generationsOf(inside, name);
    const last = generations.at(-1);
    let takenFrom: Holder | null = null;
    if (last !== undefined) {
      const holder = readHolder(inside, name, last);
      if (holder === null) continue; // gone in this moment
      if (!holder.released) {
        const life = lifeOf(holder, claimPath(inside, name, last), task);
        if (life === "lives" || (life === "unknown" && !unchanged(holder))) {
          return { kind: "taken", holder, certain: life === "lives" };
        }
        takenFrom = holder;
      }
    }
    const generation = (last ?? 0) + 1;
    const holder: Holder = {
      token: crypto.randomUUID(),
      host: hostname(),
      pid: Deno.pid,
      task,
      beat: 0,
      released: false,
      since: new Date().toISOString(),
    };
    const path = claimPath(inside, name, generation);
    let file: Deno.FsFile;
    try {
      file = Deno.openSync(path, { write: true, createNew: true });
    } catch (cause) {
      if (cause instanceof Deno.errors.AlreadyExists) continue;
      throw diskFull(path, cause) ?? cause;
    }
    try {
      lockIfPossible(file);
      writeHolder(file, path, holder);
    } catch (cause) {
      file.close();
      removeIfThere(path);
      throw cause;
    }
    return { kind: "held", claim: heldClaim(file, inside, name, generation, holder), takenFrom };
  }
}

/** The system lets go of the lock when the process ends, however it ends. */
function lockIfPossible(file: Deno.FsFile): void {
  try {
    file.tryLockSync(true);
  } catch {
    // A file system without locks: the beat alone tells.
  }
}

/** Claims are written in place, so that the lock stays; blanks make every version equally long. */
const HOLDER_BYTES = 512;

function writeHolder(file: Deno.FsFile, path: string, holder: Holder): void {
  try {
    file.seekSync(0, Deno.SeekMode.Start);
    file.writeSync(new TextEncoder().encode(JSON.stringify(holder).padEnd(HOLDER_BYTES)));
  } catch (cause) {
    throw diskFull(path, cause) ?? cause;
  }
}

function heldClaim(
  file: Deno.FsFile,
  inside: string,
  name: string,
  generation: number,
  first: Holder,
): Claim {
  let holder = first;
  const path = claimPath(inside, name, generation);
  const write = (change: Partial<Holder>) => {
    holder = { ...holder, ...change };
    writeHolder(file, path, holder);
  };
  return {
    beat: () => write({ beat: holder.beat + 1 }),
    lost: () => generationsOf(inside, name).some((other) => other > generation),
    release(done) {
      try {
        if (!done) write({ released: true });
      } finally {
        file.close();
      }
      if (!done) return;
      for (const other of generationsOf(inside, name)) {
        if (other <= generation) removeIfThere(claimPath(inside, name, other));
      }
    },
  };
}

/** Names that are claimed, with their holders; without processes of this machine that have ended. */
export function allHolders(folder: string): Map<string, Holder> {
  const inside = join(folder, CLAIMS);
  const latest = new Map<string, number>();
  for (const { name, generation } of claimFiles(inside)) {
    latest.set(name, Math.max(generation, latest.get(name) ?? 0));
  }
  const holders = new Map<string, Holder>();
  for (const [name, generation] of latest) {
    const holder = readHolder(inside, name, generation);
    if (holder === null || holder.released) continue;
    if (lifeOf(holder, claimPath(inside, name, generation), "") !== "dead") {
      holders.set(name, holder);
    }
  }
  return holders;
}

/** Lets go of claims whose holders are known to be gone, for instance because their job has ended. */
export function releaseFor(folder: string, gone: (holder: Holder) => boolean): number {
  const inside = join(folder, CLAIMS);
  let count = 0;
  for (const [name, holder] of allHolders(folder)) {
    if (!gone(holder)) continue;
    const generation = generationsOf(inside, name).at(-1);
    if (generation === undefined) continue;
    const path = claimPath(inside, name, generation);
    const file = Deno.openSync(path, { write: true });
    writeHolder(file, path, { ...holder, released: true });
    file.close();
    count++;
  }
  return count;
}

/**
 * Tells whether a holder has shown no sign of life for some time, by this process's own steady clock: clocks
 * that jump or differ between machines do not matter.
 */
export function claimWatch(
  seconds: number,
  clock: () => number = () => performance.now() / 1000,
): (holder: Holder) => boolean {
  const seen = new Map<string, { readonly beat: number; readonly at: number }>();
  return ({ token, beat }) => {
    const before = seen.get(token);
    if (before === undefined || before.beat !== beat) {
      seen.set(token, { beat, at: clock() });
      return false;
    }
    return clock() - before.at >= seconds;
  };
}

/** On this machine the lock tells; elsewhere only that an earlier try of the same task of a scheduler is over. */
function lifeOf(holder: Holder, path: string, task: string): "dead" | "lives" | "unknown" {
  if (holder.host !== hostname()) {
    return task !== "" && holder.task === task ? "dead" : "unknown";
  }
  try {
    const file = Deno.openSync(path, { read: true });
    try {
      return file.tryLockSync(false) ? "dead" : "lives";
    } finally {
      file.close();
    }
  } catch {
    return "unknown"; // gone in this moment, or a file system without locks
  }
}

const FILE = /^(.+)\.(\d+)\.json$/;

function claimFiles(inside: string): { readonly name: string; readonly generation: number }[] {
  const found: { name: string; generation: number }[] = [];
  for (const entry of Deno.readDirSync(inside)) {
    const [, name, generation] = FILE.exec(entry.name) ?? [];
    if (name !== undefined && !name.startsWith(".")) {
      found.push({ name, generation: Number(generation) });
    }
  }
  return found;
}

function generationsOf(inside: string, name: string): number[] {
  return claimFiles(inside).filter((file) => file.name === name)
    .map(({ generation }) => generation).sort((a, b) => a - b);
}

function claimPath(inside: string, name: string, generation: number): string {
  return join(inside, `${name}.${generation}.json`);
}

/** A claim that is just being written reads as a holder of whom nothing is known yet. */
function readHolder(inside: string, name: string, generation: number): Holder | null {
  const path = claimPath(inside, name, generation);
  const text = readIfThere(path);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return {
      token: `unreadable ${path}`,
      host: "unknown",
      pid: 0,
      task: "",
      beat: 0,
      released: false,
      since: "",
    };
  }
}
