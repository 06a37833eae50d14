import { DATA_DIR, loadFacts, WIPO_FIELDS } from "@ree/data";
import { industryExposure } from "./industry_exposure.ts";
import {
  type ElementExposure,
  groupExposure,
  totalByElement,
  type UnitExposure,
} from "./unit_exposure.ts";

/**
 * BEA detail industries by technology field: the distinct industries of `facts/ree_application_industries.csv`.
 * Fields that no application names have none.
 *
 * @throws RangeError naming a field that is not one of the 35
 */
export function fieldIndustries(
  rows: readonly { readonly industry: string; readonly wipoField: string }[],
): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, Set<string>>(WIPO_FIELDS.map((field) => [field, new Set()]));
  for (const { industry, wipoField } of rows) {
    const industries = fields.get(wipoField);
    if (industries === undefined) throw new RangeError(`${industry}: unknown field ${wipoField}`);
    industries.add(industry);
  }
  return new Map([...fields].map(([field, industries]) => [field, [...industries]]));
}

/** Intensities of the 35 technology fields by element: output-weighted means over a field's industries, 2007. */
export function fieldExposure(dataDir: string = DATA_DIR): UnitExposure {
  const groups = fieldIndustries(loadFacts(dataDir).applicationIndustries);
  return groupExposure(industryExposure(dataDir), groups);
}

/** Total intensities of the 35 technology fields, [field][element], USD per million USD of gross output, 2007. */
export function fieldElementExposure(dataDir: string = DATA_DIR): ElementExposure {
  return totalByElement(fieldExposure(dataDir));
}
