import type { TableColumn } from "@ree/report";
import {
  ALL_OTHERS,
  ownCountryColumns,
  ownInputColumns,
  ownSectorColumns,
  residualText,
} from "@ree/story/own-scenario";
import { answerCsv } from "./answer_csv.ts";
import {
  type AnswerFigures,
  answerFigures,
  closureName,
  type FigureWidths,
} from "./answer_figures.ts";
import { notebookCommand, scenarioFile } from "./scenario_file.ts";
import type { WhatIfAnswer } from "./what_if_answer.ts";
import {
  headline,
  listNames,
  type MainNumber,
  mainNumbers,
  settingRows,
  technologySentence,
} from "./what_if_words.ts";
import type { WhatIfWorld } from "./what_if_world.ts";

/** A table in texts, as it is shown. */
export interface TextTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Everything that the page shows and saves of an answer, in plain texts and SVG markup. */
export interface AnswerView {
  readonly headline: string;
  readonly technology: string;
  readonly numbers: readonly MainNumber[];
  readonly settings: readonly (readonly [string, string])[];
  readonly figures: AnswerFigures;
  readonly tables: Readonly<Record<"prices" | "sectors" | "regions" | "residuals", TextTable>>;
  /** Largest residual, as printed. */
  readonly residual: string;
  readonly csv: string;
  readonly scenario: string;
  readonly command: string;
}

/** An answer as the page shows it. */
export function answerView(
  answer: WhatIfAnswer,
  world: WhatIfWorld,
  widths: FigureWidths,
): AnswerView {
  const { analysis, residuals } = answer;
  const name = listNames(world);
  const home = name(analysis.restricting);
  const closure = closureName(analysis.closure);
  return {
    headline: headline(answer, world),
    technology: technologySentence(answer),
    numbers: mainNumbers(answer, world),
    settings: settingRows(answer.settings, world),
    figures: answerFigures(answer, world, widths),
    tables: {
      prices: textTable("Prices and rents", analysis.inputs, ownInputColumns(home)),
      sectors: textTable(`Sectors outside ${home}`, analysis.sectors, ownSectorColumns(closure)),
      regions: textTable(
        "Real income",
        [...analysis.countries, { ...analysis.abroad, country: ALL_OTHERS }],
        ownCountryColumns(closure, name),
      ),
      residuals: {
        caption: "Largest gap of each block of equations, over both solutions",
        head: ["Equations", "Largest gap"],
        rows: Object.entries(residuals).map(([block, gap]) => [block, gap.toExponential(1)]),
      },
    },
    residual: residualText(analysis.residual),
    csv: answerCsv(answer),
    scenario: scenarioFile(answer, world),
    command: notebookCommand(answer),
  };
}

function textTable(
  caption: string,
  rows: readonly object[],
  columns: readonly TableColumn[],
): TextTable {
  return {
    caption,
    head: columns.map(({ key, label, unit }) =>
      unit === undefined ? label ?? key : `${label ?? key}, ${unit}`
    ),
    rows: rows.map((row) =>
      columns.map(({ key, format }) => {
        const cells = row as Readonly<Record<string, unknown>>;
        return format === undefined ? String(cells[key]) : format(cells[key], cells);
      })
    ),
  };
}
