import { type BaciCountry, type BaciProduct, type Concordance, countryLabel } from "@ree/data";

/** Which flows a panel holds; countries by their label, which is the ISO3 code (BACI's number where there is none). */
export interface PanelChoice {
  /** Exporters to keep; default all. */
  readonly exporters?: readonly string[];
  /** Importers to keep; default all. */
  readonly importers?: readonly string[];
  /** HS6 codes to keep; products without exposure belong out of here. Default all. */
  readonly products?: readonly string[];
  /** Exporters merged under one label, {DEU: "EU", FRA: "EU"}; their flows are added up. */
  readonly exporterGroups?: Readonly<Record<string, string>>;
  /** Products in another revision of the Harmonized System than the files'; `products` then names codes of that one. */
  readonly conversion?: RevisionChoice;
}

/** A revision and the way to it. */
export interface RevisionChoice {
  /** Revision of the result, e.g. "HS07". */
  readonly hs: string;
  /** From the revision of the files to `hs`. */
  readonly correlation: Concordance;
}

/** How countries and products become integers; the codes of effects are composed of them by arithmetic. */
export interface PanelCodes {
  /** Labels by exporter code: ISO3 codes or groups, ascending. */
  readonly exporters: readonly string[];
  readonly importers: readonly string[];
  /** HS6 codes by product code, ascending. */
  readonly products: readonly string[];
  /** Years by year code, ascending. */
  readonly years: readonly number[];
}

/** Why a flow is not in the panel. */
export type DropReason = "exporter" | "importer" | "product" | "revision";

/** Codes by BACI's numbers; −1 for what is left out. */
export interface CodeLookup extends PanelCodes {
  /** [1000] by country number. */
  readonly exporterOf: Int32Array;
  readonly importerOf: Int32Array;
  /** [1,000,000] by HS6 as a number. */
  readonly productOf: Int32Array;
}

const MAX_CODE = 2 ** 31 - 1;

/**
 * Codes of countries, products and years.
 *
 * @throws RangeError on a country, group member or product that the tables do not have, and when the codes of
 * importer × product × year do not fit 32 bits
 */
export function panelCodes(
  countries: readonly BaciCountry[],
  products: readonly BaciProduct[],
  years: readonly number[],
  choice: PanelChoice = {},
): CodeLookup {
  const labels = new Set(countries.map(countryLabel));
  const groups = choice.exporterGroups ?? {};
  checkKnown("exporters", choice.exporters, new Set([...labels, ...Object.values(groups)]));
  checkKnown("importers", choice.importers, labels);
  checkKnown("exporterGroups", Object.keys(groups), labels);
  const given = choice.conversion?.correlation.links.map(({ to }) => to) ??
    products.map(({ hs6 }) => hs6);
  checkKnown("products", choice.products, new Set(given));
  const groupOf = (label: string) => Object.hasOwn(groups, label) ? groups[label] : label;
  const exporters = kept([...labels].map(groupOf), choice.exporters);
  const importers = kept([...labels], choice.importers);
  const codes = kept(given, choice.products);
  const largest = Math.max(
    exporters.length * codes.length,
    importers.length * codes.length * years.length,
  );
  if (largest > MAX_CODE) {
    throw new RangeError(
      `importer × product × year has ${largest} codes, at most ${MAX_CODE} fit; choose fewer`,
    );
  }
  const [exporterAt, importerAt] = [positions(exporters), positions(importers)];
  const exporterOf = new Int32Array(1000).fill(-1);
  const importerOf = new Int32Array(1000).fill(-1);
  for (const country of countries) {
    const label = countryLabel(country);
    exporterOf[country.code] = exporterAt.get(groupOf(label)) ?? -1;
    importerOf[country.code] = importerAt.get(label) ?? -1;
  }
  const productOf = new Int32Array(1_000_000).fill(-1);
  codes.forEach((hs6, p) => productOf[Number(hs6)] = p);
  return {
    exporters,
    importers,
    products: codes,
    years: [...new Set(years)].sort((a, b) => a - b),
    exporterOf,
    importerOf,
    productOf,
  };
}

function kept(all: readonly string[], wanted: readonly string[] | undefined): string[] {
  const chosen = wanted === undefined ? undefined : new Set(wanted);
  return [...new Set(all)].filter((name) => chosen?.has(name) ?? true).sort();
}

function positions(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, at) => [name, at]));
}

function checkKnown(
  option: string,
  names: readonly string[] | undefined,
  known: ReadonlySet<string>,
): void {
  const wrong = names?.filter((name) => !known.has(name)) ?? [];
  if (wrong.length === 0) return;
  throw new RangeError(
    `${option}: the trade data have no ${wrong.slice(0, 5).map((name) => `"${name}"`).join(", ")}` +
      `${wrong.length > 5 ? ` and ${wrong.length - 5} more` : ""}; there are ${known.size}, ` +
      `${[...known].sort().slice(0, 5).join(", ")}, …`,
  );
}
