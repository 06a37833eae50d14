import type { Economy } from "@ree/equilibrium";
import type { JsonRecord } from "./canonical_json.ts";
import type { SharedInputs } from "./work_kind.ts";

const LABELS = ["countries", "sectors", "factors", "elements"] as const;

const ARRAYS = [
  "tradeShare",
  "tariff",
  "exportTax",
  "elementShare",
  "elementMix",
  "factorShare",
  "materialShare",
  "specificShare",
  "finalShare",
  "expenditure",
  "revenue",
  "transfer",
  "sigma",
  "eta",
  "theta",
  "psi",
] as const;

/** Economies by name as inputs of a plan: arrays apart, so that all workers of a process read the same memory. */
export function economyInputs(economies: Readonly<Record<string, Economy>>): SharedInputs {
  const arrays: Record<string, Float64Array> = {};
  const labels: Record<string, JsonRecord> = {};
  for (const [name, economy] of Object.entries(economies)) {
    labels[name] = Object.fromEntries(LABELS.map((label) => [label, [...economy[label]]]));
    for (const array of ARRAYS) arrays[`${name}/${array}`] = economy[array];
  }
  return { json: { economies: labels }, arrays };
}

/** The economies of {@linkcode economyInputs}. */
export function economiesOf({ json, arrays }: SharedInputs): Record<string, Economy> {
  const labels = json.economies as unknown as Readonly<
    Record<string, Pick<Economy, typeof LABELS[number]>>
  >;
  return Object.fromEntries(
    Object.entries(labels).map(([name, own]) => [name, {
      ...own,
      ...Object.fromEntries(ARRAYS.map((array) => [array, arrays[`${name}/${array}`]])),
    } as Economy]), // both lists name every field of an economy
  );
}
