import { DATA_DIR, loadNaicsCrosswalk } from "@ree/data";
import { industryExposure } from "./industry_exposure.ts";
import {
  type ElementExposure,
  groupExposure,
  totalByElement,
  type UnitExposure,
} from "./unit_exposure.ts";

/** Intensities of the 364 NAICS industries by element, 2007: those of the BEA industry that each belongs to. */
export function manufacturingExposure(dataDir: string = DATA_DIR): UnitExposure {
  return groupExposure(
    industryExposure(dataDir),
    new Map(loadNaicsCrosswalk(dataDir).map(({ naics, detail }) => [naics, [detail]])),
  );
}

/** Total intensities of the 364 NAICS industries, [industry][element], USD per million USD of gross output, 2007. */
export function manufacturingElementExposure(dataDir: string = DATA_DIR): ElementExposure {
  return totalByElement(manufacturingExposure(dataDir));
}
