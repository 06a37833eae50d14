import { PATIENCE, type Patience } from "./back_off.ts";
import { type OnePerHost, onePerHost, wait } from "./one_per_host.ts";
import type { Original } from "./original.ts";

/** What a download needs of its surroundings. */
export interface DownloadContext {
  readonly patience: Patience;
  readonly perHost: OnePerHost;
  readonly environment: (name: string) => string | undefined;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called with one line per event. */
  readonly say: (line: string) => void;
  /** Called as bytes arrive. */
  readonly bytes: (original: Original, have: number, total: number | null) => void;
}

/** A context with the process's environment and clock; any part can be given. */
export function downloadContext(parts: Partial<DownloadContext> = {}): DownloadContext {
  const patience = parts.patience ?? PATIENCE;
  return {
    patience,
    perHost: onePerHost(patience.pause),
    environment: (name) => Deno.env.get(name),
    wait,
    random: Math.random,
    now: Date.now,
    say: () => {},
    bytes: () => {},
    ...parts,
  };
}
