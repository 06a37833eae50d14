import { createHash } from "node:crypto";

/** Size and SHA-256 of a file, read in pieces; null when there is no such file. */
export async function fileHash(
  path: string,
): Promise<{ readonly bytes: number; readonly sha256: string } | null> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { read: true });
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return null;
    throw cause;
  }
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of file.readable) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}
