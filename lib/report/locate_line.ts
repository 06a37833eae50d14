import { join } from "node:path";
import type { ProjectPaths } from "./project.ts";

/** Where in a cell an error arose. */
export interface CellPlace {
  /** Line of the cell, from 1. */
  readonly line: number;
  /** What the parser says, when the cell is not valid TypeScript. */
  readonly syntaxError?: string;
}

/**
 * The line of a cell's source to which a traceback points.
 *
 * The kernel compiles a cell to JavaScript before it runs it: types and empty lines go, so the numbers
 * in a traceback are those of code nobody has seen; and of a cell it cannot parse it says only
 * "Execution failed". The same compiler is therefore run on the cell again, which gives either the
 * place of the syntax error or the map from compiled to written lines. Costs a process of Deno, and is
 * done after a failure only.
 *
 * @returns nothing when the place cannot be told.
 */
export async function locateLine(
  source: string,
  traceback: readonly string[],
  paths: ProjectPaths,
): Promise<CellPlace | undefined> {
  const frame = traceback.map((line) => /<anonymous>:(\d+):(\d+)/.exec(line))
    .find((match) => match !== null);
  if (traceback.some((line) => line.trim() !== "") && frame == null) return undefined;
  await Deno.mkdir(paths.cache, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: paths.cache, prefix: "line-" });
  try {
    // The cell is only compiled: its sibling ends the process before it would be evaluated.
    await Deno.writeTextFile(join(folder, "cell.ts"), withoutImports(source));
    await Deno.writeTextFile(join(folder, "stop.ts"), "Deno.exit(0);\n");
    await Deno.writeTextFile(join(folder, "main.ts"), `import "./stop.ts";\nimport "./cell.ts";\n`);
    const compiled = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-config", "--no-lock", join(folder, "main.ts")],
      env: { DENO_DIR: join(folder, "deno"), NO_COLOR: "1" },
      stdin: "null",
    }).output();
    if (!compiled.success) return syntaxError(new TextDecoder().decode(compiled.stderr));
    if (frame == null) return undefined;
    const emitted = await findFile(join(folder, "deno", "gen"), "cell.ts.js");
    if (emitted === undefined) return undefined;
    const map = /sourceMappingURL=data:application\/json;base64,(\S+)/
      .exec(await Deno.readTextFile(emitted));
    if (map === null) return undefined;
    const column = Number(frame[2]) - 1 - (frame[1] === "1" ? kernelPrefix.length : 0);
    const line = writtenLine(JSON.parse(atob(map[1])).mappings, Number(frame[1]) - 1, column);
    return line === undefined ? undefined : { line: line + 1 };
  } catch {
    return undefined;
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/** What the kernel puts before a cell's first line. */
const kernelPrefix = "'use strict'; void 0;";

/**
 * The cell with each import replaced by one statement, as the kernel does (it calls `import()`), and
 * with its line breaks kept.
 */
function withoutImports(source: string): string {
  return source.replace(
    /^import\b(?!\s*\()(?:[^;"'`]*?\bfrom)?\s*["'][^"'\n]+["'][^;\n]*;?/gm,
    (statement) =>
      (/^import\s+type\b/.test(statement) ? "" : "void 0;") +
      "\n".repeat(statement.split("\n").length - 1),
  );
}

function syntaxError(message: string): CellPlace | undefined {
  const place = /cell\.ts:(\d+):\d+/.exec(message);
  if (place === null) return undefined;
  const text = /(?:could not be parsed: |error: )(?:SyntaxError: )?(.*?)(?: at file:|\n|$)/.exec(
    message,
  )?.[1];
  return {
    line: Number(place[1]),
    syntaxError: `SyntaxError: ${text ?? "the cell cannot be parsed"}`,
  };
}

async function findFile(folder: string, name: string): Promise<string | undefined> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile && entry.name === name) return path;
    const deeper = entry.isDirectory ? await findFile(path, name) : undefined;
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

/**
 * The written line (from 0) of a place in compiled code, by the last mapping at or before it on that
 * line. Mappings are base 64 VLQ numbers, each a difference to the one before:
 * https://tc39.es/ecma426/#sec-mappings
 */
export function writtenLine(mappings: string, line: number, column: number): number | undefined {
  let written = 0;
  let found: number | undefined;
  const lines = mappings.split(";");
  for (let i = 0; i <= Math.min(line, lines.length - 1); i++) {
    let compiledColumn = 0;
    for (const segment of lines[i].split(",")) {
      const fields = decodeVlq(segment);
      if (fields.length < 4) continue;
      compiledColumn += fields[0];
      written += fields[2];
      if (i === line && (compiledColumn <= column || found === undefined)) found = written;
    }
  }
  return found;
}

function decodeVlq(text: string): number[] {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const sign of text) {
    const digit = digits.indexOf(sign);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}
