import { type CsvCell, csvText } from "@ree/build/csv-text";
import type { OwnCountryRow } from "@ree/story/own-scenario";
import type { WhatIfAnswer } from "./what_if_answer.ts";
import { settingsLink } from "./settings_link.ts";

const COLUMNS = ["table", "row", "variable", "unit", "value"];

/**
 * An answer as one long CSV table, every number with all its bits: inputs, sectors, regions, technology, residuals,
 * and the settings, also as a link. What has no number (an input that a country does not buy) has an empty cell.
 */
export function answerCsv({ settings, analysis, residuals }: WhatIfAnswer): string {
  const rows: CsvCell[][] = [];
  const add = (
    table: string,
    row: string,
    variable: string,
    unit: string,
    value: number | string,
  ) =>
    rows.push([
      table,
      row,
      variable,
      unit,
      typeof value === "number" && !Number.isFinite(value) ? null : value,
    ]);
  for (const [key, value] of Object.entries(settings)) {
    add("settings", "", key, "", typeof value === "object" ? value.join(" ") : value);
  }
  add("settings", "", "link", "", settingsLink(settings));
  analysis.inputs.forEach((row, k) => {
    const fixed = analysis.inputsFixed[k];
    const input = (variable: string, unit: string, value: number) =>
      add("inputs", row.input, variable, unit, value);
    input("world use in the baseline", "million USD", row.worldValue);
    input("price abroad", "baseline = 1", row.outside);
    input("price abroad, fixed technology", "baseline = 1", fixed.outside);
    input("price in the restricting country", "baseline = 1", row.inside);
    input("price in the restricting country, fixed technology", "baseline = 1", fixed.inside);
    input("exports of the restricting country", "% of quantity", row.exportsPercent);
    input("wedge at the border", "%", row.wedgePercent);
    input("rents or duty revenue", "million USD", row.rents);
  });
  for (const row of analysis.sectors) {
    const sector = (variable: string, unit: string, value: number) =>
      add("sectors abroad", `${row.sector} ${row.label}`, variable, unit, value);
    sector("elements bought", "USD per million USD of output", row.intensity);
    sector("real exports", "per mille", row.exports);
    sector("real exports, fixed technology", "per mille", row.exportsFixed);
    sector("output", "per mille", row.output);
    sector("output, fixed technology", "per mille", row.outputFixed);
  }
  const region = (row: OwnCountryRow) => {
    add("regions", row.country, "real income", "per mille", row.perMille);
    add("regions", row.country, "real income, fixed technology", "per mille", row.fixed);
    add("regions", row.country, "real income", "million USD", row.million);
    add("regions", row.country, "real income, fixed technology", "million USD", row.millionFixed);
  };
  analysis.countries.forEach(region);
  region(analysis.abroad);
  add("technology", "", "loss abroad avoided", "%", analysis.mitigation);
  for (const [block, gap] of Object.entries(residuals)) {
    add("residuals", block, "largest gap", "", gap);
  }
  return csvText(COLUMNS, rows);
}
