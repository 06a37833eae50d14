/** Plain description of the event: concentration, exposures, raw means. */
export { herfindahl, type Producer } from "./concentration.ts";
export { countryExposure, type CountrySectorIntensity } from "./country_exposure.ts";
export { type GroupPath, highLowMeans, type UnitYear } from "./high_low_means.ts";
