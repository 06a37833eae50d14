import { inside } from "../read_source.ts";
import { sourceError } from "../source_error.ts";
import {
  type BaciCountry,
  type BaciProduct,
  readBaciCountries,
  readBaciProducts,
} from "./baci_codes.ts";

/** What the name of a BACI trade file says. */
export interface BaciFileName {
  /** Revision of the Harmonized System, "HS92" to "HS22". */
  readonly hs: string;
  readonly year: number;
  /** Release, e.g. "202401b". */
  readonly release: string;
}

/** One trade file of a BACI folder. */
export interface BaciFile {
  readonly path: string;
  readonly year: number;
}

/** A folder with one release of BACI in one revision of the Harmonized System. */
export interface BaciFolder {
  readonly dir: string;
  readonly hs: string;
  readonly release: string;
  /** By year, no year missing between the first and the last. */
  readonly files: readonly BaciFile[];
  readonly countries: readonly BaciCountry[];
  readonly products: readonly BaciProduct[];
  /** True for files written by `simulateBaci`: whatever is computed from them is SIMULATED. */
  readonly simulated: boolean;
}

/** Release in the names of SIMULATED files; CEPII has none from 1900. */
export const SIMULATED_RELEASE = "190001s";

const NAME = /^BACI_(HS\d{2})_Y(\d{4})_V(\d{6}[a-z]?)\.csv$/;
const NAME_PATTERN = "BACI_HS07_Y2010_V202401b.csv";
const REMEDY = "take all files of one release and one revision from CEPII's BACI page as they are";

/**
 * Revision, year and release from the name of a trade file.
 *
 * @throws SourceError when the name is not built as CEPII builds it
 */
export function parseBaciName(name: string): BaciFileName {
  const match = NAME.exec(name);
  if (match === null) {
    throw sourceError({
      file: name,
      came: "this file name",
      expected: `a name like ${NAME_PATTERN}`,
      remedy: REMEDY,
    });
  }
  return { hs: match[1], year: Number(match[2]), release: match[3] };
}

/** Name of a trade file. */
export function baciName({ hs, year, release }: BaciFileName): string {
  return `BACI_${hs}_Y${year}_V${release}.csv`;
}

/**
 * Opens a folder of BACI: the trade files of one revision and release, the country and the product table. Trade files
 * are not read yet.
 *
 * @param dir folder with BACI_HS07_Y2010_V202401b.csv …, country_codes_V202401b.csv, product_codes_HS07_V202401b.csv
 * @param years years wanted; default all that are there
 * @throws SourceError on a trade file with an unknown name, on two revisions or releases in one folder, on a year that
 * is wanted or lies between others and is missing, and on faulty code tables
 * @see https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37
 */
export async function openBaci(dir: string, years?: readonly number[]): Promise<BaciFolder> {
  const names = [...Deno.readDirSync(dir)].map(({ name }) => name)
    .filter((name) => /^BACI/i.test(name) && /\.csv$/i.test(name)).sort();
  const read = names.map((name) => ({ name, ...parseBaciName(name) }));
  if (read.length === 0) {
    throw sourceError({
      file: dir,
      came: "no trade file",
      expected: `files like ${NAME_PATTERN}`,
      remedy: REMEDY,
    });
  }
  const [{ hs, release }] = read;
  const other = read.find((file) => file.hs !== hs || file.release !== release);
  if (other !== undefined) {
    throw sourceError({
      file: inside(dir, other.name),
      came: `${other.hs}, release ${other.release}`,
      expected: `${hs}, release ${release}, as ${read[0].name}`,
      remedy: "keep revisions and releases in folders of their own",
    });
  }
  const byYear = new Map(read.map(({ name, year }) => [year, inside(dir, name)]));
  const found = [...byYear.keys()].sort((a, b) => a - b);
  const wanted = years === undefined
    ? range(found[0], found[found.length - 1])
    : [...new Set(years)].sort((a, b) => a - b);
  const files = wanted.map((year) => {
    const path = byYear.get(year);
    if (path !== undefined) return { path, year };
    throw sourceError({
      file: inside(dir, baciName({ hs, year, release })),
      came: `no such file; there are the years ${found.join(", ")}`,
      expected: `a file for ${year}`,
      remedy: "add the missing year, or name the years that are wanted",
    });
  });
  return {
    dir,
    hs,
    release,
    files,
    countries: await readBaciCountries(inside(dir, `country_codes_V${release}.csv`)),
    products: await readBaciProducts(inside(dir, `product_codes_${hs}_V${release}.csv`)),
    simulated: release === SIMULATED_RELEASE,
  };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}
