/** A line of progress that is written over and over on a terminal, and now and then elsewhere. */
export interface ProgressLine {
  show(text: string): void;
  /** Writes a line that stays. */
  keep(text: string): void;
}

/** Seconds between lines where they cannot be overwritten, as in a log file. */
const LOG_SECONDS = 10;

/** Progress on standard error, which leaves standard output to results. */
export function progressLine(): ProgressLine {
  const moving = Deno.stderr.isTerminal();
  let last = -Infinity;
  const write = (text: string) => {
    let bytes = new TextEncoder().encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(Deno.stderr.writeSync(bytes));
  };
  return {
    show(text) {
      const now = performance.now() / 1000;
      if (now - last < (moving ? 0.2 : LOG_SECONDS)) return;
      last = now;
      write(moving ? `\r\u001b[K${text}` : `${text}\n`);
    },
    keep: (text) => write(`${moving ? "\r\u001b[K" : ""}${text}\n`),
  };
}

/** Seconds as 45 s, 12 min, 3 h 20 min, 2 d 4 h. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Bytes as 12 MB or 3.4 GB. */
export function formatBytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Tokens as 850, 12 k or 3.4 M. */
export function formatTokens(tokens: number): string {
  if (tokens < 1e4) return tokens.toFixed(0);
  return tokens < 1e6 ? `${(tokens / 1e3).toFixed(0)} k` : `${(tokens / 1e6).toFixed(1)} M`;
}
