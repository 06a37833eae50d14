import { DATA_DIR, loadIndustryCrosswalk } from "@ree/data";
import { industryExposure } from "./industry_exposure.ts";
import {
  type ElementExposure,
  groupExposure,
  totalByElement,
  type UnitExposure,
} from "./unit_exposure.ts";

/** Intensities of the 63 productivity industries by element: output-weighted means over their detail industries, 2007. */
export function productivityExposure(dataDir: string = DATA_DIR): UnitExposure {
  const groups = Map.groupBy(loadIndustryCrosswalk(dataDir), ({ industry }) => industry);
  return groupExposure(
    industryExposure(dataDir),
    new Map([...groups].map(([industry, rows]) => [industry, rows.map(({ detail }) => detail)])),
  );
}

/** Total intensities of the 63 industries, [industry][element], USD per million USD of gross output, 2007. */
export function productivityElementExposure(dataDir: string = DATA_DIR): ElementExposure {
  return totalByElement(productivityExposure(dataDir));
}
