import { zipNames } from "@ree/data";
import { basename } from "node:path";
import type { FoundFile } from "./find_sources.ts";

/**
 * The one of several files that holds a year: by its name, or by the names in the archive. A single file is taken as it is; its
 * reader checks the year.
 *
 * @throws RangeError naming the files when none or several hold the year
 */
export async function fileOfYear(files: readonly FoundFile[], year: number): Promise<FoundFile> {
  if (files.length === 1) return files[0];
  const holding: FoundFile[] = [];
  for (const file of files) {
    const names = [
      basename(file.path),
      ...(/\.zip$/i.test(file.path)
        ? (await zipNames(file.path)).map((name) => basename(name))
        : []),
    ];
    if (names.some((name) => namesYear(name, year))) holding.push(file);
  }
  if (holding.length === 1) return holding[0];
  const came = (holding.length > 1 ? holding : files).map(({ path }) => basename(path)).join(", ");
  throw new RangeError(
    `year ${year}: ${
      holding.length === 0 ? "none" : "several"
    } of ${came}; expected one file of that year`,
  );
}

/** Years of a name, also the range of an archive such as `2006-2010_SML.zip` and the two digits of `WIOT07_ROW.xlsx`. */
function namesYear(name: string, year: number): boolean {
  const range = /(?<!\d)((?:19|20)\d\d)-((?:19|20)\d\d)(?!\d)/.exec(name);
  if (range !== null) return Number(range[1]) <= year && year <= Number(range[2]);
  const years = [...name.matchAll(/(?<!\d)((?:19|20)\d\d)(?!\d)/g)].map((found) =>
    Number(found[1])
  );
  const short = /^wiot(\d\d)_/i.exec(name);
  if (short !== null) return Number(short[1]) === year % 100;
  // Release dates such as V202601 have more digits; the last year is that of the data (ICIO2021_2015.csv).
  return years.at(-1) === year;
}
