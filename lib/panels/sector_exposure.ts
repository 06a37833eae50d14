import { DATA_DIR, numberColumn, readParquetTable, textColumn } from "@ree/data";
import { join } from "node:path";
import { intensityMatrix } from "./intensity_matrix.ts";
import {
  type ElementExposure,
  groupExposure,
  totalByElement,
  type UnitExposure,
} from "./unit_exposure.ts";

/** Countries left out of the sector means: the restricting country, and the rest of the world, which no country reported. */
export const LEFT_OUT: readonly string[] = ["CHN", "RoW"];

/** A country's sector as the unit of an exposure, e.g. "DEU c14". */
export function countrySector(country: string, sector: string): string {
  return `${country} ${sector}`;
}

/**
 * Intensities of every sector of every country by element, 2009, at the prices of 2009, with gross output. Units are
 * {@linkcode countrySector}, 41 countries × 35 sectors.
 *
 * Source: `ree_intensity_world.parquet`.
 */
export function countrySectorExposure(dataDir: string = DATA_DIR): UnitExposure {
  const frame = readParquetTable(join(dataDir, "ree_intensity_world.parquet"), [
    "country",
    "sector",
    "element",
    "direct",
    "total",
    "output",
  ]);
  const sector = textColumn(frame, "sector");
  const element = textColumn(frame, "element");
  const direct = numberColumn(frame, "direct");
  const total = numberColumn(frame, "total");
  const units = textColumn(frame, "country").map((code, i) => countrySector(code, sector[i]));
  const matrix = intensityMatrix(
    units.map((unit, i) => ({ unit, element: element[i], direct: direct[i], total: total[i] })),
  );
  const made = numberColumn(frame, "output");
  const outputs = new Map(units.map((unit, i) => [unit, made[i]]));
  return { ...matrix, output: Float64Array.from(matrix.units, (unit) => outputs.get(unit)!) };
}

/**
 * Intensities of the 35 sectors by element: output-weighted means over the 39 countries outside China and the rest of
 * the world, so that the exposure of a sector is not made by the country that restricts.
 */
export function sectorExposure(dataDir: string = DATA_DIR): UnitExposure {
  return meanOverCountries(countrySectorExposure(dataDir));
}

/** The same from intensities that have been read. */
export function meanOverCountries(exposure: UnitExposure): UnitExposure {
  const groups = new Map<string, string[]>();
  for (const unit of exposure.units) {
    const [country, sector] = unit.split(" ");
    if (LEFT_OUT.includes(country)) continue;
    groups.set(sector, [...groups.get(sector) ?? [], unit]);
  }
  return groupExposure(exposure, groups);
}

/** Total intensities of the 35 sectors, [sector][element], USD per million USD of gross output, 2009. */
export function sectorElementExposure(dataDir: string = DATA_DIR): ElementExposure {
  return totalByElement(sectorExposure(dataDir));
}
