import { type Concordance, concordance } from "./concordance.ts";
import { loadNaicsCrosswalk, type NaicsRow } from "./naics_crosswalk.ts";

/** Options of {@linkcode naicsToBea}. */
export interface NaicsToBeaOptions {
  /** NAICS 2012 and their BEA industries; default: the shipped 364 manufacturing industries. */
  readonly industries?: readonly NaicsRow[];
  /** From codes of earlier NAICS (2002, 2007) to those of 2012, for codes that 2012 no longer has. */
  readonly older?: Concordance;
}

/**
 * From the NAICS codes that trade concordances use to BEA detail industries. Such lists mix editions of NAICS and shorten codes
 * ("31181X" stands for all that begin with 31181): a code of 2012 goes to its industry, a shortened one in equal parts to the
 * industries it covers, an older one along `older`. What is left has no link and is reported by `chainConcordances`.
 *
 * @param codes the codes that occur, e.g. the targets of an HS-NAICS list
 */
export function naicsToBea(
  codes: Iterable<string>,
  options: NaicsToBeaOptions = {},
): Concordance {
  const industries = options.industries ?? loadNaicsCrosswalk();
  const detailOf = new Map(industries.map(({ naics, detail }) => [naics, detail]));
  const newer = Map.groupBy(options.older?.links ?? [], ({ from }) => from);
  const covered = (code: string): { readonly naics: string; readonly weight: number }[] => {
    if (detailOf.has(code)) return [{ naics: code, weight: 1 }];
    const stem = /^(\d+)X+$/i.exec(code)?.[1];
    if (stem !== undefined) {
      return [...detailOf.keys()].filter((naics) => naics.startsWith(stem))
        .map((naics) => ({ naics, weight: 1 }));
    }
    return (newer.get(code) ?? []).filter(({ to }) => detailOf.has(to))
      .map(({ to, weight }) => ({ naics: to, weight }));
  };
  const links = [...new Set(codes)].flatMap((code) => {
    const shares = new Map<string, number>();
    let total = 0;
    for (const { naics, weight } of covered(code)) {
      const detail = detailOf.get(naics)!;
      shares.set(detail, (shares.get(detail) ?? 0) + weight);
      total += weight;
    }
    return [...shares].map(([to, share]) => ({ from: code, to, weight: share / total }));
  });
  return concordance("NAICS to BEA detail", links);
}
