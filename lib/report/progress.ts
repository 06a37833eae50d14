import type { CellProgress } from "./execute_notebook.ts";
import { formatSeconds } from "./export_index.ts";

/** Where progress is written. */
export interface ProgressWriter {
  /** A line that stays. */
  readonly line: (text: string) => void;
  /** A passing detail; on a terminal the next one takes its place. */
  readonly step: (text: string) => void;
  /** A cell that starts or has ended; on a terminal one line is written over and over. */
  readonly cell: (progress: CellProgress) => void;
}

/** Progress on a stream: on a terminal one moving line per notebook, elsewhere a line per cell. */
export function progressWriter(stream: typeof Deno.stdout | typeof Deno.stderr): ProgressWriter {
  const moving = stream.isTerminal();
  const write = (text: string) => {
    let bytes = new TextEncoder().encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  };
  const width = () => {
    try {
      return Deno.consoleSize().columns || 80;
    } catch {
      return 80;
    }
  };
  return {
    step: (text) => write(moving ? `\r\u001b[K  ${text.slice(0, width() - 3)}` : `  ${text}\n`),
    line: (text) => write((moving ? "\r\u001b[K" : "") + text + "\n"),
    cell: ({ kind, number, count, seconds, firstLine }) => {
      const place = `  cell ${number}/${count}`;
      if (moving) {
        if (kind === "start") write(`\r\u001b[K${`${place}  ${firstLine}`.slice(0, width() - 1)}`);
      } else if (kind === "done") {
        write(`${place}  ${formatSeconds(seconds)}  ${firstLine.slice(0, 70)}\n`);
      }
    },
  };
}
