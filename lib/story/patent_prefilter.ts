import {
  elementsMentioned,
  type LabelledText,
  mentionsRareEarth,
  patentText,
  type RareEarthMention,
  rareEarthMentions,
} from "@ree/patents";
import type { TableColumn } from "@ree/report";

/** Phrases that show what the prefilter takes and what it lets pass; the last ones are its known losses. */
const PHRASES: readonly (readonly [text: string, why: string])[] = [
  ["magnets of Nd-Fe-B", "a formula"],
  ["Nd.sub.2 Fe.sub.14 B grains", "a formula as US patents write it"],
  ["an Er:YAG laser", "dopant and host"],
  ["oxides of La, Ce and Nd", "a list of symbols"],
  ["Ceriumoxide slurry", "words run together in translation"],
  ["dyprosium addition", "a frequent misspelling"],
  ["flints of mischmetal", "the group, no element named"],
  ["a rare earthquake", "look-alike"],
  ["Er misst die Drehzahl", '"er", the German pronoun'],
  ["the La Paz office", '"La", the article'],
  ["disks of 4 Tb and more", "terabyte"],
  ["plotted on the Y axis", "an axis"],
  ["worlds of the rare Earth hypothesis", "passes: the prefilter cannot tell astronomy"],
  ["layers of EuS", "lost: two letters without an amount"],
  ["demand for REE", "lost: abbreviation"],
  ["aimants aux terres rares", "lost: not English"],
];

/** What the prefilter does with phrases that trap a search for words. */
export function prefilterRows() {
  return PHRASES.map(([text, why]) => {
    const mentions = rareEarthMentions(text);
    return { text, why, passes: mentions.length > 0, elements: elementText(mentions) };
  });
}

function elementText(mentions: readonly RareEarthMention[]): string | null {
  if (mentions.length === 0) return null;
  return [...new Set(mentions.flatMap(({ elements }) => elements))].join(", ") || "group";
}

/** Columns of {@linkcode prefilterRows}. */
export const prefilterColumns: readonly TableColumn[] = [
  { key: "text", label: "Phrase" },
  { key: "passes", label: "Passes" },
  { key: "elements", label: "Elements read" },
  { key: "why", label: "What it is" },
];

/** How the prefilter fares on labelled texts. */
export function prefilterFinding(texts: readonly LabelledText[]): string {
  const named = texts.filter(({ elements }) => elements.length > 0);
  const without = texts.filter(({ elements }) => elements.length === 0);
  const passing = (some: readonly LabelledText[]) =>
    some.filter((text) => mentionsRareEarth(patentText(text)));
  const asGroup = passing(without).filter((text) =>
    elementsMentioned(patentText(text)).length === 0
  );
  return `Of the ${texts.length} invented texts ${
    passing(texts).length
  } pass. Of the ${named.length} that name an element ` +
    `${passing(named).length} pass; of the ${without.length} that name none ${
      passing(without).length
    } do, ${asGroup.length} of them with words for the whole group. What it lets through wrongly, the label ` +
    "`mention-only` is for; what it loses, nothing brings back.";
}
