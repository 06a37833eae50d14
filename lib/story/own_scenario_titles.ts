import type { NameOf } from "./own_scenario_columns.ts";
import { foldText, joined, signedText } from "./own_scenario_numbers.ts";
import { meanInside, meanOutside, type OwnAnalysis, type SigmaRow } from "./own_scenario_rows.ts";

/** Title of the figure of prices. */
export function ownPriceTitle({ inputs, restricting }: OwnAnalysis, nameOf: NameOf): string {
  return `Abroad the inputs cost ${foldText(meanOutside(inputs))} times the baseline, in ${
    nameOf(restricting)
  } ${foldText(meanInside(inputs))} times`;
}

/** Title of the figure of sectors: what happens to exports abroad of the most intensive sector. */
export function ownSectorTitle({ sectors, closure }: OwnAnalysis): string {
  const [top] = sectors;
  const falling = sectors.filter(({ exports }) => signedText(exports).startsWith("−")).length;
  return `Exports abroad shrink in ${falling} of ${sectors.length} using sectors; ${
    sectorInSentence(top.label)
  }, the most intensive: ${signedText(top.exports)} ‰ (${closure})`;
}

/** Title of the map: who loses most. */
export function ownMapTitle(analysis: OwnAnalysis, nameOf: NameOf): string {
  const lost = analysis.countries
    .filter(({ country }) => country !== analysis.restricting && country !== "RoW")
    .filter(({ perMille }) => signedText(perMille).startsWith("−"))
    .toSorted((a, b) => a.perMille - b.perMille).slice(0, 3);
  if (lost.length === 0) return "No country abroad loses real income";
  return `${joined(lost.map(({ country }) => nameOf(country)))} lose${
    lost.length === 1 ? "s" : ""
  } most, relative to income`;
}

/** Title of the figure over σ. */
export function ownSigmaTitle(rows: readonly SigmaRow[]): string {
  const solved = rows.filter(({ problem }) => problem === "");
  if (solved.length === 0) return "No value of σ has a solution";
  const [least, most] = [solved.map((row) => row.abroad)].map((all) => [
    Math.min(...all),
    Math.max(...all),
  ])[0];
  return `Real income abroad: ${signedText(least)} to ${signedText(most)} ‰ over σ from ${
    Math.min(...solved.map(({ sigma }) => sigma))
  } to ${Math.max(...solved.map(({ sigma }) => sigma))}`;
}

/** A sector's name within a sentence: words small, abbreviations as they are. */
export function sectorInSentence(label: string): string {
  return label.replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}
