import {
  chainConcordances,
  type Concordance,
  naicsToBea,
  openBaci,
  reverseConcordance,
} from "@ree/data";
import { type CodedPanel, codeInMemory } from "./code_baci.ts";
import type { PanelChoice, RevisionChoice } from "./panel_codes.ts";
import {
  type ProductConcordance,
  productConcordance,
  readProductConcordance,
} from "./product_concordance.ts";
import {
  type IndustryIntensity,
  type ProductExposure,
  productExposure,
} from "./product_exposure.ts";
import { simulateBaci, type SimulatedBaciOptions } from "./simulate_baci.ts";

/** Trade flows with the exposure of their products, ready for {@linkcode productEventStudy}. */
export interface ProductSource {
  /** What the data are, for titles and notes: begins with SIMULATED where they are. */
  readonly name: string;
  readonly panel: CodedPanel;
  readonly exposure: ProductExposure;
  /** True coefficient of each year where the flows are SIMULATED, else null. */
  readonly truth: ReadonlyMap<number, number> | null;
}

/**
 * A SIMULATED world of trade, written in BACI's format into a folder that is removed again, and read like a published one.
 *
 * @param choice which flows the panel holds; with a conversion, new codes take the industries of the old ones that lead to them
 */
export async function simulatedSource(
  options: SimulatedBaciOptions,
  choice: PanelChoice = {},
): Promise<ProductSource> {
  const dir = Deno.makeTempDirSync();
  try {
    const world = simulateBaci(dir, options);
    const baci = await openBaci(dir, options.years);
    const panel = await codeInMemory(baci, choice);
    const { concordance, intensities, truth } = world;
    const industries = inRevision(readProductConcordance(concordance), choice.conversion);
    return {
      name: `SIMULATED trade in BACI's format, seed ${options.seed}`,
      panel,
      exposure: productExposure(panel.products, panel.hs, industries, intensities),
      truth,
    };
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
}

/** The concordance for codes of another revision, each of which stands for the old codes that lead to it, in equal parts. */
function inRevision(
  given: ProductConcordance,
  conversion: RevisionChoice | undefined,
): ProductConcordance {
  if (conversion === undefined) return given;
  const back = reverseConcordance(conversion.correlation);
  const { chained, lost } = chainConcordances(back, given);
  return productConcordance(chained, conversion.hs, lost);
}

/** Choices of {@linkcode baciSource}. */
export interface BaciSourceOptions {
  /** Folder with BACI's unpacked files of one revision and release. */
  readonly folder: string;
  readonly years: readonly number[];
  /** From HS6 codes to NAICS codes, e.g. by `readConcordance`. */
  readonly hsToNaics: Concordance;
  /** Revision of its HS6 codes, e.g. "HS07". */
  readonly hs: string;
  /** From older NAICS codes to those of 2012, where `hsToNaics` has some. */
  readonly olderNaics?: Concordance;
  /** Intensities of BEA detail industries, e.g. by `industryIntensities`. */
  readonly intensities: readonly IndustryIntensity[];
  /** First digits of the products to keep, e.g. ["84", "85"]; default all. */
  readonly products?: readonly string[];
  readonly choice?: Omit<PanelChoice, "products">;
}

/**
 * A folder of BACI with the US intensities of the shipped input-output tables: HS6 → NAICS → BEA detail industries. In memory, 20
 * bytes a row; `codeBaci` keeps the panel on disk instead.
 *
 * @throws SourceError from the files; RangeError when revisions differ or no product begins with the digits wanted
 */
export async function baciSource(options: BaciSourceOptions): Promise<ProductSource> {
  const { folder, years, hsToNaics, hs, olderNaics, intensities, choice = {} } = options;
  const baci = await openBaci(folder, years);
  const codes = choice.conversion?.correlation.links.map(({ to }) => to) ??
    baci.products.map(({ hs6 }) => hs6);
  const begins = options.products;
  const products = begins === undefined
    ? undefined
    : [...new Set(codes)].filter((hs6) => begins.some((digits) => hs6.startsWith(digits)));
  if (products?.length === 0) {
    throw new RangeError(`no product begins with ${begins?.join(" or ")}; expected digits of HS6`);
  }
  const panel = await codeInMemory(baci, { ...choice, products });
  const bea = naicsToBea(hsToNaics.links.map(({ to }) => to), { older: olderNaics });
  const { chained, lost } = chainConcordances(hsToNaics, bea);
  const industries = productConcordance(chained, hs, lost);
  return {
    name: `${baci.simulated ? "SIMULATED trade in BACI's format" : "CEPII BACI"}, ${panel.hs}, ` +
      `release ${baci.release}`,
    panel,
    exposure: productExposure(panel.products, panel.hs, industries, intensities),
    truth: null,
  };
}
