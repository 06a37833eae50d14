import { readSectorPanel, WIOD_PANEL_FILE, WIOD_PANEL_VALUES } from "@ree/data";
import type { DerivedTable } from "../derived_table.ts";
import { frame, integers, texts } from "../frames.ts";

const MEANING: Readonly<Record<typeof WIOD_PANEL_VALUES[number], string>> = {
  gross_output: "gross output, current dollars",
  intermediate_inputs: "purchases of intermediates from all countries",
  exports_intermediate: "sales to other countries' industries",
  exports_final: "sales to other countries' final demand",
  domestic_intermediate: "sales to own industries",
  domestic_final: "sales to own final demand",
};

/** The country-sector panel 1995 to 2011. */
export const wiodPanelTables: readonly DerivedTable[] = [{
  file: "wiod_panel.parquet",
  description:
    "Output and sales by country and sector, 1995 to 2011 (WIOD 2013 release). Only one " +
    "full year follows the 2010 quota cut.",
  columns: [
    { name: "year", unit: "", description: "1995 to 2011" },
    { name: "country", unit: "", description: "one of the 41 WIOD countries" },
    { name: "sector", unit: "", description: "c1 to c35" },
    ...WIOD_PANEL_VALUES.map((name) => ({
      name,
      unit: "million USD",
      description: MEANING[name],
    })),
  ],
  sources: [`wiod2013/${WIOD_PANEL_FILE}`],
  badge: "real",
  build: (context) => {
    const rows = readSectorPanel(context.source("wiod2013"));
    return frame({
      year: integers(rows.map(({ year }) => year)),
      country: texts(rows.map(({ country }) => country)),
      sector: texts(rows.map(({ sector }) => sector)),
      gross_output: integers(rows.map(({ grossOutput }) => grossOutput)),
      intermediate_inputs: integers(rows.map(({ intermediateInputs }) => intermediateInputs)),
      exports_intermediate: integers(rows.map(({ exportsIntermediate }) => exportsIntermediate)),
      exports_final: integers(rows.map(({ exportsFinal }) => exportsFinal)),
      domestic_intermediate: integers(rows.map(({ domesticIntermediate }) => domesticIntermediate)),
      domestic_final: integers(rows.map(({ domesticFinal }) => domesticFinal)),
    });
  },
}];
