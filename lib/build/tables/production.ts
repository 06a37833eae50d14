import {
  BGS_FILE,
  OXIDE_COLUMNS,
  readOxideProduction,
  readUsgsFigures,
  USGS_COLUMNS,
  USGS_FILE,
} from "@ree/data";
import { csvText } from "../csv_text.ts";
import type { DerivedTable } from "../derived_table.ts";

/** Production, reserves and recent prices of rare earths. */
export const productionTables: readonly DerivedTable[] = [
  {
    file: "ree_mine_production_bgs.csv",
    description: "Production of rare earth oxides by country, 1992 to 2023. Ores (monazite, " +
      "bastnaesite, …) are left out: they are not additive with oxides.",
    columns: [
      { name: "year", unit: "", description: "calendar year, or as the note says" },
      { name: "country", unit: "", description: "country where the mineral is mined, where known" },
      { name: "iso3", unit: "", description: "ISO 3166 alpha-3" },
      { name: "tonnes_reo", unit: "t REO", description: "empty: produced, amount unknown" },
      { name: "estimated", unit: "", description: "true where BGS estimates" },
      { name: "note", unit: "", description: "BGS's other notes" },
    ],
    sources: [`ree_production/${BGS_FILE}`],
    badge: "real",
    build: (context) =>
      csvText(
        OXIDE_COLUMNS,
        readOxideProduction(context.source("ree_production")).map((row) => [
          row.year,
          row.country,
          row.iso3,
          row.tonnes,
          row.estimated,
          row.note,
        ]),
      ),
  },
  {
    file: "usgs_rare_earths.csv",
    description: "Production, reserves and prices 2021 to 2025 of the USGS Mineral Commodity " +
      "Summaries 2026.",
    columns: [
      { name: "chapter", unit: "", description: "chapter of the summaries" },
      { name: "statistic", unit: "", description: "Production, Reserves or Price" },
      { name: "item", unit: "", description: "what exactly, in the publisher's words" },
      {
        name: "country",
        unit: "",
        description: "country, Other countries or World total (rounded)",
      },
      { name: "year", unit: "", description: "2021 to 2025" },
      { name: "low", unit: "see unit", description: "lower end; empty: not given; a dash is 0" },
      { name: "high", unit: "see unit", description: "upper end; empty with low: open range" },
      { name: "unit", unit: "", description: "metric tons (oxide) or dollars per kilogram" },
      { name: "estimated", unit: "", description: "true where USGS estimates" },
      { name: "note", unit: "", description: "USGS's other notes" },
    ],
    sources: [`ree_production/${USGS_FILE}`],
    badge: "real",
    build: (context) =>
      csvText(
        USGS_COLUMNS,
        readUsgsFigures(context.source("ree_production")).map((row) => [
          row.chapter,
          row.statistic,
          row.item,
          row.country,
          row.year,
          row.low,
          row.high,
          row.unit,
          row.estimated,
          row.note,
        ]),
      ),
  },
];
