import type { InputDistribution } from "@ree/data";
import {
  aggregateWorld,
  exportQuota,
  modelElasticities,
  parseElasticities,
  shockOf,
} from "@ree/equilibrium";
import { loadWorldReeTable } from "@ree/equilibrium/world";
import { uncertainModel, type UncertainModelOptions } from "@ree/uncertainty";

/** Three regions, four sectors and all elements: a real table small enough for solves of a few milliseconds. */
export const SMALL_TABLE = (() => {
  const table = loadWorldReeTable(2009);
  const first = table.sectors.length - table.elements.length;
  const ordinary = table.sectors.slice(0, first);
  const kept = ["c14", "c12", "c9"];
  return aggregateWorld(table, {
    countries: Object.fromEntries(
      table.countries.map((one) => [one, ["CHN", "USA"].includes(one) ? one : "REST"]),
    ),
    sectors: Object.fromEntries(ordinary.map((one) => [one, kept.includes(one) ? one : "other"])),
  });
})();

/** Elasticities with ranges, parameter by parameter. */
export const RANGES = parseElasticities(
  `parameter,sector,value,low,high,source,reading
theta,c14,6,4,9,made up,made up
theta,c12,5,3,8,made up,made up
theta,c9,4,3,8,made up,made up
theta,other,5,3,8,made up,made up
theta,elements,6,3,12,made up,made up
sigma,*,0.5,0.1,1.2,made up,made up
eta,*,0.5,0.1,1.2,made up,made up
psi,*,0.5,0.1,1,made up,made up
supply,elements,0.3,0.1,1,made up,made up
`,
);

/** The same without ranges. */
export const POINTS = modelElasticities(
  RANGES.rows.map((row) => ({ ...row, low: row.value, high: row.value })),
);

export const DISTRIBUTIONS: readonly InputDistribution[] =
  (["theta", "sigma", "eta", "psi", "supply"] as const).map((input) => ({
    input,
    shape: input === "supply" ? "log-triangular" : "triangular",
    common: 0.5,
    why: "made up",
    reading: "made up",
  }));

/** Industries of the made-up estimates by sector. */
export const MEMBERS = new Map([
  ["c14", [{ industry: "electronics", weight: 1 }]],
  ["c12", [{ industry: "alloys", weight: 1 }]],
]);

/** A small chain; weights have no effect unless `tableOf` is given. */
export function smallModel(options: Partial<UncertainModelOptions> = {}) {
  return uncertainModel({
    inputs: { elasticities: RANGES, distributions: DISTRIBUTIONS, estimates: null },
    tableOf: () => SMALL_TABLE,
    shockOf: (economy) => shockOf(economy, exportQuota("CHN", ["elements"], 0.6)),
    restricting: "CHN",
    ...options,
  });
}
