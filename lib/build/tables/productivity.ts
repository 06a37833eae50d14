import {
  MANUFACTURING_FILE,
  MANUFACTURING_VALUES,
  PENN_FILE,
  PENN_VALUES,
  PRODUCTIVITY_FILE,
  PRODUCTIVITY_VALUES,
  readCountryYears,
  readIndustryProductivity,
  readManufacturing,
} from "@ree/data";
import type { ColumnNote, DerivedTable } from "../derived_table.ts";
import { frame, type FrameColumn, integers, numbers, texts } from "../frames.ts";

const MUSD = "million USD";

const PRODUCTIVITY_NOTES: readonly ColumnNote[] = PRODUCTIVITY_VALUES.map(([source, name]) => ({
  name,
  unit: source.endsWith("_QI") || source.startsWith("TFP") ? "index" : MUSD,
  description: source.startsWith("TFP")
    ? "total factor productivity, computed by the source's author"
    : source.endsWith("_QI")
    ? "quantity index"
    : "current dollars",
}));

const MANUFACTURING_NOTES: readonly ColumnNote[] = MANUFACTURING_VALUES.map(([source, name]) => ({
  name,
  unit: source === "L" ? "million hours" : MUSD,
  description: source === "L" ? "production worker hours" : "real, 2012 dollars",
}));

const PENN_NOTES: Readonly<Record<typeof PENN_VALUES[number][0], readonly [string, string]>> = {
  pop: ["million", "population"],
  emp: ["million", "persons engaged"],
  hc: ["index", "human capital, years of schooling and returns"],
  rgdpo: [MUSD, "output-side real GDP, chained PPPs, 2017 dollars"],
  rgdpna: [MUSD, "real GDP at constant national prices, 2017 dollars"],
  rnna: [MUSD, "capital stock at constant national prices, 2017 dollars"],
  rtfpna: ["index", "TFP at constant national prices, 2017 = 1"],
  ctfp: ["index", "TFP at current PPPs, USA = 1"],
  labsh: ["share", "labour compensation in GDP"],
  xr: ["national currency per USD", "market exchange rate"],
};

/** Productivity of US industries and of countries. */
export const productivityTables: readonly DerivedTable[] = [
  {
    file: "us_industry_productivity.parquet",
    description: "Production accounts and total factor productivity of 63 US industries, 1987 to " +
      "2023.",
    columns: [
      { name: "industry_id", unit: "", description: "1 to 63" },
      { name: "industry", unit: "", description: "industry name (BEA-BLS)" },
      { name: "year", unit: "", description: "1987 to 2023" },
      ...PRODUCTIVITY_NOTES,
    ],
    sources: [`productivity/${PRODUCTIVITY_FILE}`],
    badge: "real",
    build: (context) => {
      const rows = readIndustryProductivity(context.source("productivity"));
      return frame({
        industry_id: integers(rows.map(({ industryId }) => industryId)),
        industry: texts(rows.map(({ industry }) => industry)),
        year: integers(rows.map(({ year }) => year)),
        ...columns(
          PRODUCTIVITY_VALUES.map(([, name, field]) =>
            [name, numbers(rows.map((row) => row[field]))] as const
          ),
        ),
      });
    },
  },
  {
    file: "us_manufacturing.parquet",
    description: "Output and inputs of 364 US manufacturing industries, 2000 to 2016 (NBER-CES " +
      "subset; no cost shares, so no productivity without estimated ones).",
    columns: [
      { name: "naics", unit: "", description: "NAICS 2012, six digits" },
      { name: "year", unit: "", description: "2000 to 2016" },
      ...MANUFACTURING_NOTES,
    ],
    sources: [`productivity/${MANUFACTURING_FILE}`],
    badge: "real",
    build: (context) => {
      const rows = readManufacturing(context.source("productivity"));
      return frame({
        naics: texts(rows.map(({ naics }) => naics)),
        year: integers(rows.map(({ year }) => year)),
        ...columns(
          MANUFACTURING_VALUES.map(([, name]) =>
            [name, numbers(rows.map((row) => row[name]))] as const
          ),
        ),
      });
    },
  },
  {
    file: "penn_world.parquet",
    description: "Size, income and productivity of the 40 WIOD countries, 1995 to 2019.",
    columns: [
      { name: "iso3", unit: "", description: "ISO 3166 alpha-3; Romania is ROU here, ROM in WIOD" },
      { name: "year", unit: "", description: "1995 to 2019" },
      ...PENN_VALUES.map(([name]) => ({
        name,
        unit: PENN_NOTES[name][0],
        description: PENN_NOTES[name][1],
      })),
    ],
    sources: [`productivity/${PENN_FILE}`],
    badge: "real",
    build: (context) => {
      const rows = readCountryYears(context.source("productivity"));
      return frame({
        iso3: texts(rows.map(({ iso3 }) => iso3)),
        year: integers(rows.map(({ year }) => year)),
        ...columns(
          PENN_VALUES.map(([name, field]) =>
            [name, numbers(rows.map((row) => row[field]))] as const
          ),
        ),
      });
    },
  },
];

function columns(
  entries: readonly (readonly [string, FrameColumn])[],
): Record<string, FrameColumn> {
  return Object.fromEntries(entries);
}
