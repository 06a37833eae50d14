import { basename, dirname, join } from "node:path";

/**
 * Write a file so that a reader, or a run killed half-way, finds the old content or the new one and
 * never a part: `write` fills a temporary file in the same folder, which is then renamed.
 */
export async function writeAtomically(
  path: string,
  write: string | Uint8Array | ((temporary: string) => void | Promise<void>),
): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${Deno.pid}-${nextNumber++}.tmp`);
  try {
    if (typeof write === "function") await write(temporary);
    else if (typeof write === "string") await Deno.writeTextFile(temporary, write);
    else await Deno.writeFile(temporary, write);
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

let nextNumber = 0;
