import {
  joined,
  meanInside,
  meanOutside,
  type NameOf,
  signedText,
  sizeText,
} from "@ree/story/own-scenario";
import type { WhatIfAnswer } from "./what_if_answer.ts";
import { CLOSURE_CHOICES, type WhatIfSettings } from "./what_if_settings.ts";
import type { WhatIfWorld } from "./what_if_world.ts";

/** One of the main numbers of an answer. */
export interface MainNumber {
  readonly label: string;
  /** Label where room is scarce. */
  readonly short: string;
  readonly value: string;
  readonly note: string;
}

/** Names of regions in sentences. */
export function sentenceNames({ regions }: WhatIfWorld): NameOf {
  const names = new Map(regions.map(({ code, inSentence }) => [code, inSentence]));
  return (code) => names.get(code) ?? code;
}

/** Names of regions in lists. */
export function listNames({ regions }: WhatIfWorld): NameOf {
  const names = new Map(regions.map(({ code, name }) => [code, name]));
  return (code) => names.get(code) ?? code;
}

/**
 * The main answer in words, e.g. "If China cuts exports of all 10 rare earths by 40 %, they cost 2.23 times the
 * baseline abroad. Real income abroad falls by 0.0212 ‰, that of China rises by 0.168 ‰."
 */
export function headline({ settings, analysis }: WhatIfAnswer, world: WhatIfWorld): string {
  const name = sentenceNames(world);
  const home = name(settings.country);
  const prices = foldWords(meanOutside(analysis.inputs));
  const [abroad, own] = [analysis.abroad, analysis.home].map(({ perMille }) => movesBy(perMille));
  return tidy(
    `If ${
      measureWords(settings, world)
    }, ${prices} abroad. Real income abroad ${abroad}, that of ${home} ${own}.`,
  );
}

/** What technology does in the answer, as a sentence. */
export function technologySentence({ settings, analysis }: WhatIfAnswer): string {
  const { abroad, mitigation } = analysis;
  if (settings.closure === "fixed") {
    return "Technology is held fixed; the figure at the end shows what each response would avoid.";
  }
  const { name } = CLOSURE_CHOICES.find(({ code }) => code === settings.closure)!;
  if (Number.isNaN(mitigation)) {
    return tidy(
      `With fixed technology there is no loss abroad (${
        signedText(abroad.millionFixed)
      } million USD), so none that technology could avoid.`,
    );
  }
  const verb = mitigation >= 0 ? "avoids" : "adds to the loss";
  const size = sizeText(Math.abs(mitigation));
  return tidy(
    mitigation >= 0
      ? `The response of technology (${name}) ${verb} ${size} % of the loss abroad.`
      : `The response of technology (${name}) ${verb} abroad: ${size} % more.`,
  );
}

/** The measure in words: "China cuts exports of all 10 rare earths by 40 %". */
export function measureWords(settings: WhatIfSettings, world: WhatIfWorld): string {
  const { country, measure, size, targets } = settings;
  const name = sentenceNames(world);
  const home = name(country);
  const goods = goodsWords(settings, world);
  const buyers = targets[0] === "*" ? "" : ` to ${joined(targets.map(name))}`;
  switch (measure) {
    case "quota":
      return size === 0
        ? `${home} stops all exports of ${goods}`
        : size === 1
        ? `${home} caps exports of ${goods} at the baseline quantity`
        : `${home} cuts exports of ${goods} by ${percentWords(1 - size)}`;
    case "duty":
      return `${home} levies a duty of ${percentWords(size)} on exports of ${goods}${buyers}`;
    case "embargo":
      return `${home} stops selling ${goods}${buyers || " to all other countries"}`;
    default:
      return `licences of ${home} add ${percentWords(size)} to the cost of ${goods} sold${
        buyers || " abroad"
      }`;
  }
}

/** Restricted elements in words: few by symbol, many by number. */
function goodsWords({ elements }: WhatIfSettings, { table }: WhatIfWorld): string {
  if (elements[0] === "*") return `all ${table.elements.length} rare earths`;
  return elements.length <= NAMED ? joined(elements) : `${elements.length} rare earths`;
}

/** More elements are counted rather than named. */
const NAMED = 5;

/** The main numbers of an answer, for a row of tiles. */
export function mainNumbers(
  { settings, analysis }: WhatIfAnswer,
  world: WhatIfWorld,
): MainNumber[] {
  const { abroad, home, inputs, mitigation } = analysis;
  const name = listNames(world)(settings.country);
  const million = (value: number) => `${signedText(value)} million USD a year`;
  const rents = inputs.reduce((sum, row) => sum + row.rents, 0);
  return [
    {
      label: "Price abroad",
      short: "Price",
      value: timesText(meanOutside(inputs)),
      note: `baseline = 1, mean of the restricted elements; ${
        timesText(meanInside(inputs))
      } in ${name}`,
    },
    {
      label: "Real income abroad",
      short: "Abroad",
      value: `${signedText(abroad.perMille)} ‰`,
      note: million(abroad.million),
    },
    {
      label: `Real income of ${name}`,
      short: settings.country,
      value: `${signedText(home.perMille)} ‰`,
      note: `${million(home.million)}; rents and duties ${sizeText(rents)} million`,
    },
    {
      label: "Loss abroad avoided by technology",
      short: "Avoided",
      value: Number.isNaN(mitigation) ? "–" : `${signedText(mitigation).replace("+", "")} %`,
      note: settings.closure === "fixed"
        ? "technology is held fixed"
        : Number.isNaN(mitigation)
        ? "nothing is lost"
        : `${million(abroad.millionFixed)} with fixed technology`,
    },
  ].map((row) => ({ ...row, value: tidy(row.value), note: tidy(row.note) }));
}

/** Settings as a reader may print them: name and value. */
export function settingRows(
  settings: WhatIfSettings,
  world: WhatIfWorld,
): readonly (readonly [string, string])[] {
  return [
    ["Measure", measureWords(settings, world)],
    [
      "Elements",
      settings.elements[0] === "*" ? world.table.elements.join(", ") : settings.elements.join(", "),
    ],
    ["Technology", CLOSURE_CHOICES.find(({ code }) => code === settings.closure)!.name],
    ["σ", String(settings.sigma)],
    ["ψ", String(settings.psi)],
    ["Supply elasticity", String(settings.supply)],
  ];
}

/** Mean price after a shock in words. @param fold price over baseline */
function foldWords(fold: number): string {
  if (!Number.isFinite(fold)) return "some have no seller left";
  if (Math.abs(fold - 1) < ROUNDING) return "their price does not change";
  if (Math.abs(fold - 1) < LEAST_CHANGE) return "their price hardly changes";
  return `they cost ${foldNumber(fold)} times the baseline`;
}

/** Relative price changes below this are rounding of the solver. */
const ROUNDING = 1e-9;

/** Price changes below this cannot be seen in two decimals. */
const LEAST_CHANGE = 0.005;

function timesText(fold: number): string {
  if (Number.isNaN(fold)) return "not bought";
  return Number.isFinite(fold) ? `×\u00a0${foldNumber(fold)}` : "no seller left";
}

/** From 100 on decimals say nothing. */
function foldNumber(fold: number): string {
  return fold < 100 ? fold.toFixed(2) : Math.round(fold).toLocaleString("en-US");
}

/** Smaller changes are not counted out in a sentence. */
const LEAST_PER_MILLE = 0.0001;

function movesBy(perMille: number): string {
  const size = sizeText(Math.abs(perMille));
  if (size === "0") return "does not change";
  const verb = perMille < 0 ? "falls" : "rises";
  return Math.abs(perMille) < LEAST_PER_MILLE
    ? `${verb} by less than ${LEAST_PER_MILLE} ‰`
    : `${verb} by ${size} ‰`;
}

function percentWords(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}

/** Units stay on the line of their number. */
function tidy(text: string): string {
  return text.replace(/(\d) (‰|%)/g, "$1\u00a0$2");
}
