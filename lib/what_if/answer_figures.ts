import { changeBars, exposureMap, scatterPlot } from "@ree/figures";
import {
  firstWords,
  joined,
  ownMapTitle,
  ownPriceTitle,
  ownSectorTitle,
  scatterRows,
  signedText,
} from "@ree/story/own-scenario";
import type { WhatIfAnswer } from "./what_if_answer.ts";
import { CLOSURE_CHOICES } from "./what_if_settings.ts";
import { listNames, sentenceNames } from "./what_if_words.ts";
import type { WhatIfWorld } from "./what_if_world.ts";

/** Where the page's numbers come from. */
const SOURCE = "Model output, not evidence; calibrated on WIOD 2013, regions put together.";

/** Widths in px for drawing: of a figure beside another, and of one alone in its row. */
export interface FigureWidths {
  readonly half: number;
  readonly whole: number;
}

/** Figures of an answer as SVG markup. */
export interface AnswerFigures {
  readonly prices: string;
  readonly sectors: string;
  readonly regions: string;
  readonly map: string;
}

/** Draws an answer. @returns markup; "" for a figure that has nothing to show */
export function answerFigures(
  answer: WhatIfAnswer,
  world: WhatIfWorld,
  widths: FigureWidths,
): AnswerFigures {
  return {
    prices: priceFigure(answer, world, widths.half),
    sectors: sectorFigure(answer, world, widths.whole),
    regions: regionFigure(answer, world, widths.half),
    map: mapFigure(answer, world, widths.whole),
  };
}

function priceFigure({ analysis }: WhatIfAnswer, world: WhatIfWorld, width: number): string {
  const name = sentenceNames(world);
  const home = name(analysis.restricting);
  const percent = (fold: number) => quiet(100 * (fold - 1));
  const rows = ([["outside", "Abroad"], ["inside", `In ${home}`]] as const).flatMap((
    [key, group],
  ) =>
    analysis.inputs.flatMap((row, k) => {
      const [value, reference] = [percent(row[key]), percent(analysis.inputsFixed[k][key])];
      if (!Number.isFinite(value) || !Number.isFinite(reference)) return [];
      return [{ label: row.input, group, value, ...referenceOf(analysis.closure, reference) }];
    })
  );
  if (rows.length === 0) return "";
  const largest = [...Map.groupBy(rows, ({ group }) => group).values()]
    .map((panel) => Math.max(...panel.map(({ value }) => Math.abs(value))));
  return changeBars(rows, {
    ownAxes: Math.max(...largest) > LARGEST_RATIO * Math.min(...largest),
    title: ownPriceTitle(analysis, name),
    subtitle: `Prices of the restricted elements (${closureName(analysis.closure)})`,
    xLabel: "change of the purchaser price, %",
    reference: "with fixed technology",
    source: SOURCE,
    width,
  }).outerHTML;
}

function sectorFigure({ analysis }: WhatIfAnswer, world: WhatIfWorld, width: number): string {
  const short = (code: string) => firstWords(world.sectorNames[code] ?? code);
  const home = sentenceNames(world)(analysis.restricting);
  const { fixed, chosen, closure } = analysis;
  const runs = closure === "fixed"
    ? [["fixed technology", fixed] as const]
    : [[closureName(closure), chosen] as const, ["fixed technology", fixed] as const];
  const rows = runs.flatMap(([panel, run]) => scatterRows(panel, run, analysis.restricting, short))
    .filter(({ x, y }) => x > 0 && Number.isFinite(y))
    .map((row) => ({ ...row, y: quiet(row.y) }));
  if (rows.length === 0) return "";
  return scatterPlot(rows, {
    logX: true,
    title: ownSectorTitle(analysis),
    subtitle: `Sectors outside ${home}`,
    xLabel: "elements in a sector's costs, suppliers included, USD per million USD of output (log)",
    yLabel: `change of real exports outside ${home}, ‰`,
    source: `${SOURCE} Labels where there is room.`,
    width,
  }).outerHTML;
}

function regionFigure({ analysis }: WhatIfAnswer, world: WhatIfWorld, width: number): string {
  const name = listNames(world);
  const rows = analysis.countries
    .filter(({ country }) => country !== analysis.restricting)
    .toSorted((a, b) => a.perMille - b.perMille)
    .map(({ country, perMille, fixed }) => ({
      label: name(country),
      value: quiet(perMille),
      ...referenceOf(analysis.closure, quiet(fixed)),
    }));
  const losing = rows.filter(({ value }) => signedText(value).startsWith("−"));
  const others = rows.filter((row) => !losing.includes(row));
  const title = losing.length === 0
    ? "No region abroad loses real income"
    : losing.length === rows.length
    ? `All ${rows.length} regions abroad lose real income`
    : `${losing.length} of ${rows.length} regions abroad lose real income, ${
      others.length <= NAMED ? joined(others.map(({ label }) => label)) : others.length
    } do${others.length === 1 ? "es" : ""} not`;
  return changeBars(rows, {
    title,
    subtitle: `Real income (${closureName(analysis.closure)}); ${
      name(analysis.restricting)
    } itself ${signedText(analysis.home.perMille)} ‰`,
    xLabel: "change of real income, ‰",
    above: "gain",
    below: "loss",
    reference: "with fixed technology",
    source: SOURCE,
    width,
  }).outerHTML;
}

function mapFigure({ analysis }: WhatIfAnswer, world: WhatIfWorld, width: number): string {
  const name = sentenceNames(world);
  const rows = analysis.countries.filter(({ country }) => country !== analysis.restricting)
    .flatMap(({ country, perMille }) =>
      countriesOf(country, world).map((iso3) => ({
        iso3,
        label: name(country),
        value: -quiet(perMille),
      }))
    );
  return exposureMap(rows, {
    title: capital(ownMapTitle(analysis, name)),
    subtitle: `Loss of real income (${
      closureName(analysis.closure)
    }); countries of a region share its value. Grey: ${
      name(analysis.restricting)
    } itself, and countries without a row of their own in the table`,
    unit: "‰ of real income",
    source: `${SOURCE} Borders: Natural Earth.`,
    width,
  }).outerHTML;
}

/** What technology avoids under one closure. */
export interface ClosureRow {
  readonly closure: string;
  /** Percent of the loss abroad with fixed technology; NaN where nothing is lost or nothing was solved. */
  readonly mitigation: number;
  /** Why there is no number; empty where there is one. */
  readonly problem: string;
}

/** The closures side by side. @returns markup; "" where no closure has a number */
export function closureFigure(rows: readonly ClosureRow[], chosen: string, width: number): string {
  const solved = rows.filter(({ mitigation }) => Number.isFinite(mitigation));
  if (solved.length === 0) return "";
  const most = solved.reduce((a, b) => b.mitigation > a.mitigation ? b : a);
  const missing = rows.filter(({ problem }) => problem !== "");
  return changeBars(
    solved.map(({ closure, mitigation }) => ({
      label: closureName(closure),
      value: mitigation,
      strong: chosen === "fixed" || closure === chosen,
    })),
    {
      title: most.mitigation > 0
        ? `Technology avoids at most ${
          signedText(most.mitigation).replace("+", "")
        } % of the loss abroad (${closureName(most.closure)})`
        : "No response of technology avoids any of the loss abroad",
      subtitle: chosen === "fixed"
        ? "By response of technology"
        : "By response of technology; dark: the chosen one",
      xLabel: "part of the loss abroad with fixed technology that is avoided, %",
      source: [
        SOURCE,
        "Entry is gross of what the research costs.",
        ...(missing.length === 0
          ? []
          : [`Without solution: ${joined(missing.map(({ closure }) => closureName(closure)))}.`]),
      ].join(" "),
      width,
    },
  ).outerHTML;
}

/** Name of a closure in text. */
export function closureName(closure: string): string {
  return CLOSURE_CHOICES.find(({ code }) => code === closure)?.name ?? closure;
}

/** More regions are counted rather than named. */
const NAMED = 3;

/** Where one panel's bars are longer by more than this, the other's could not be seen on the same axis. */
const LARGEST_RATIO = 6;

/** Changes below this, percent or per mille, are rounding of the solver and drawn as 0. */
const NOISE = 1e-8;

function quiet(value: number): number {
  return Math.abs(value) < NOISE ? 0 : value;
}

/** With fixed technology there is nothing to compare with. */
function referenceOf(closure: string, reference: number) {
  return closure === "fixed" ? {} : { reference };
}

/** Countries of a region that have borders on the map. */
function countriesOf(code: string, { regions }: WhatIfWorld): readonly string[] {
  const region = regions.find((one) => one.code === code);
  return (region?.countries ?? []).filter((country) => country !== "RoW");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
