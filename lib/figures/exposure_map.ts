import * as Plot from "@observablehq/plot";
import { feature } from "topojson-client";
import world from "world-atlas/countries-110m.json" with { type: "json" };
import { colourRamp, rampLegend } from "./colour_ramp.ts";
import { canonicalIso3, numericCode, SMALL_COUNTRIES } from "./country_codes.ts";
import { frame, innerWidth, plotPart } from "./frame.ts";
import { formatNumber } from "./number_format.ts";
import { checkRows, checkUnique } from "./rows.ts";
import { type FigureText, INK } from "./theme.ts";

/** Exposure of one country. */
export interface ExposureRow {
  /** ISO 3166-1 alpha-3; WIOD's ROM is read as ROU. */
  readonly iso3: string;
  /** In the unit of {@link ExposureMapOptions.unit}. */
  readonly value: number;
  /** Name of the country. */
  readonly label: string;
}

/** Options of {@link exposureMap}. */
export interface ExposureMapOptions extends FigureText {
  /** Unit of the values, for the legend. */
  readonly unit: string;
  /** Log colour scale; default false. Needs values above 0. */
  readonly log?: boolean;
}

const NO_DATA = "#dcdcdc";
/** Cuts the map in the Bering Strait, so that Russia stays whole. */
const ROTATE: [number, number] = [-11, 0];
const ANTARCTICA = "010";

/**
 * World map of a value by country (Natural Earth 1:110m borders, equal-earth projection).
 * @throws {Error} on empty, missing or non-finite values, a repeated country, or a code the map
 * does not know
 */
export function exposureMap(
  rows: readonly ExposureRow[],
  options: ExposureMapOptions,
): SVGSVGElement {
  const log = options.log ?? false;
  checkRows("exposureMap", rows, {
    iso3: "text",
    value: log ? "positive" : "number",
    label: "text",
  });
  const known = rows.map((row) => ({ ...row, iso3: canonicalIso3(row.iso3) }));
  checkUnique("exposureMap", known, ["iso3"]);
  known.forEach((row, i) => {
    if (numericCode(row.iso3) === undefined) {
      throw new Error(
        `figure exposureMap, row ${i}, column "iso3": expected one of AUS AUT BEL … (ISO 3166-1 alpha-3), got "${row.iso3}"`,
      );
    }
  });
  const countries = countryShapes();
  const ramp = colourRamp(known.map((row) => row.value), log);
  const value = new Map(known.map((row) => [numericCode(row.iso3), row.value]));
  const width = innerWidth(options);
  const height = Math.round(width * 0.46);
  const small = known.filter((row) => row.iso3 in SMALL_COUNTRIES);
  const panel = plotPart({
    width,
    height,
    margin: 1,
    projection: {
      type: "equal-earth",
      rotate: ROTATE,
      domain: { type: "FeatureCollection", features: countries },
    },
    marks: [
      Plot.geo(countries, {
        fill: (country: Country) => {
          const v = value.get(String(country.id));
          return v === undefined ? NO_DATA : ramp.colour(v);
        },
        stroke: INK.paper,
        strokeWidth: 0.6,
      }),
      Plot.dot(small, {
        x: (row: ExposureRow) => SMALL_COUNTRIES[row.iso3][0],
        y: (row: ExposureRow) => SMALL_COUNTRIES[row.iso3][1],
        r: 3,
        fill: (row: ExposureRow) => ramp.colour(row.value),
        stroke: INK.strong,
        strokeWidth: 0.8,
      }),
    ],
  });
  const unit = log ? `${options.unit} (log scale)` : options.unit;
  const legend = rampLegend(ramp, width, unit, [{ label: "no data", fill: NO_DATA }]);
  const ranked = [...known].sort((a, b) => b.value - a.value).slice(0, 3);
  const alt = `World map of ${known.length} countries; highest: ${
    ranked.map((row) => `${row.label} ${formatNumber(row.value)}`).join(", ")
  } (${options.unit}).`;
  return frame("exposureMap", options, alt, [legend, panel]);
}

/** A country's borders as GeoJSON; `id` is its ISO numeric code. */
interface Country {
  readonly type: "Feature";
  readonly id?: string | number;
}

type Topology = Parameters<typeof feature>[0];
type GeometryObject = Parameters<typeof feature>[1];

function countryShapes(): Country[] {
  const topology = world as unknown as Topology;
  const shapes = feature(topology, topology.objects.countries as GeometryObject);
  const { features } = shapes as unknown as { readonly features: Country[] };
  return features.filter((country) => country.id !== ANTARCTICA);
}
