import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder with the source files; tests that need it are skipped when it is absent. */
export const SOURCE_DIR: string = fileURLToPath(new URL("../../../shared/data", import.meta.url));

/** The project's own data folder. */
export const DATA_DIR: string = fileURLToPath(new URL("../../data", import.meta.url));

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** Whether the source files are there. */
export const HAS_SOURCES: boolean = isFolder(SOURCE_DIR);

/** A test that needs the source files: skipped with a notice when they are absent. */
export function sourceTest(name: string, run: () => void | Promise<void>): void {
  if (!HAS_SOURCES) console.log(`skipped, no source files in ../shared/data: ${name}`);
  Deno.test({ name, ignore: !HAS_SOURCES, fn: run });
}

/** Runs `use` with a fresh folder that is removed afterwards. */
export async function inTempDir(use: (dir: string) => void | Promise<void>): Promise<void> {
  const dir = Deno.makeTempDirSync();
  try {
    await use(dir);
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
}

/** Copies files from one folder to another. */
export function copyFiles(from: string, to: string, files: Iterable<string>): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const file of files) Deno.copyFileSync(join(from, file), join(to, file));
}

/** Names of the files in a folder. */
export function filesIn(dir: string): string[] {
  return [...Deno.readDirSync(dir)].filter(({ isFile }) => isFile).map(({ name }) => name).sort();
}

/** Rewrites a text file. */
export function edit(path: string, change: (text: string) => string): void {
  const text = Deno.readTextFileSync(path);
  const changed = change(text);
  assert.notEqual(changed, text, `${path}: the test's edit changed nothing`);
  Deno.chmodSync(path, 0o644);
  Deno.writeTextFileSync(path, changed);
}

/** Rewrites one line (from 1) of a text file. */
export function editLine(path: string, line: number, change: (text: string) => string): void {
  edit(path, (text) => {
    const lines = text.split("\n");
    lines[line - 1] = change(lines[line - 1]);
    return lines.join("\n");
  });
}

/** Checks that `run` throws a SourceError whose message matches all patterns. */
export async function assertSourceError(
  run: () => unknown,
  ...patterns: readonly (RegExp | string)[]
): Promise<void> {
  let caught: unknown;
  try {
    await run();
  } catch (error) {
    caught = error;
  }
  assert.ok(caught instanceof Error, "expected an error");
  assert.equal(caught.name, "SourceError", caught.stack);
  for (const pattern of [...patterns, "Remedy: "]) {
    if (typeof pattern === "string") {
      assert.ok(caught.message.includes(pattern), `"${pattern}" is not in: ${caught.message}`);
    } else {
      assert.match(caught.message, pattern);
    }
  }
}

/** Exact equality of long arrays, which `assert.deepEqual` compares slowly. */
export function assertSameNumbers(came: Float64Array, expected: Float64Array, what: string): void {
  assert.equal(came.length, expected.length, what);
  for (let i = 0; i < came.length; i++) {
    if (came[i] !== expected[i]) assert.fail(`${what}[${i}]: ${came[i]}, expected ${expected[i]}`);
  }
}
