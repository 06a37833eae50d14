import { zipMember, zipNames } from "../io/zip_member.ts";
import { inside } from "../read_source.ts";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";

/**
 * Unpacks the code tables and the trade files of the wanted years from BACI's archive into a folder for `openBaci`. A file gets its
 * name only when it is complete (its checksum is verified); files that are already there are kept, so that an interrupted run goes on.
 *
 * @param archive `BACI_HS92_V202601.zip`
 * @param dir folder, made when missing
 * @param years default: all of the archive
 * @returns names of the files written now
 * @throws SourceError when the archive is missing or cut off, or lacks a table or a wanted year
 */
export async function unpackBaci(
  archive: string,
  dir: string,
  years?: readonly number[],
): Promise<readonly string[]> {
  const names = (await zipNames(archive)).map((path) => path.split("/").pop() ?? "");
  const tables = ["country_codes_", "product_codes_"].map((stem) => find(stem));
  const trade = years === undefined
    ? names.filter((name) => /^BACI_HS\d\d_Y\d{4}_.*\.csv$/.test(name)).sort()
    : years.map((year) => find(`_Y${year}_`));
  if (trade.length === 0) throw missing("BACI_HS.._Y…_V….csv");
  Deno.mkdirSync(dir, { recursive: true });
  const written: string[] = [];
  for (const name of [...tables, ...trade]) {
    const path = inside(dir, name);
    if (isThere(path)) continue;
    const part = `${path}.part`;
    const pattern = new RegExp(`(^|/)${name.replaceAll(".", "\\.")}$`);
    const { stream } = await zipMember(archive, pattern, name);
    try {
      await stream.pipeTo(
        (await Deno.open(part, { write: true, create: true, truncate: true }))
          .writable,
      );
    } catch (cause) {
      Deno.removeSync(part);
      throw cause;
    }
    Deno.renameSync(part, path);
    written.push(name);
  }
  return written;

  function find(text: string): string {
    const name = names.find((name) => name.includes(text) && name.endsWith(".csv"));
    if (name === undefined) throw missing(`…${text}….csv`);
    return name;
  }

  function missing(expected: string): Error {
    return sourceError({
      file: archive,
      came: `members ${names.slice(0, 6).join(", ")}${names.length > 6 ? ", …" : ""}`,
      expected: `a member ${expected}`,
      remedy: FETCH_AGAIN,
    });
  }
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw cause;
  }
}
