import { join } from "node:path";

/**
 * Folder in which publishers' originals are kept: `REE_DATA` when set, else `ree-data` in the user's cache directory.
 *
 * @param environment variables to look at; default: the process's
 * @throws RangeError when neither `REE_DATA` nor the user's home is known
 */
export function cacheDir(
  environment: (name: string) => string | undefined = (name) => Deno.env.get(name),
  os: string = Deno.build.os,
): string {
  const given = environment("REE_DATA");
  if (given) return given;
  const home = environment("HOME");
  const base = os === "windows"
    ? environment("LOCALAPPDATA")
    : os === "darwin"
    ? home && join(home, "Library", "Caches")
    : environment("XDG_CACHE_HOME") || (home && join(home, ".cache"));
  if (!base) {
    throw new RangeError("no cache folder: expected REE_DATA to name one, or HOME to be set");
  }
  return join(base, "ree-data");
}
