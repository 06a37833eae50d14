import { randomStream } from "@ree/numeric";
import { type Label, type LabelledText, LABELS } from "@ree/patents";

/** Phrases that betray a label. */
const PHRASES: Readonly<Record<Label, readonly string[]>> = {
  "efficiency": [
    "with less dysprosium",
    "reduces the amount of terbium",
    "a thin shell saves neodymium",
  ],
  "substitution": [
    "free of rare earth",
    "ferrite replaces the neodymium magnet",
    "instead of cerium",
  ],
  "recycling": [
    "recovered from scrap magnets",
    "waste phosphor is leached",
    "spent catalyst is dissolved",
  ],
  "extraction-processing": [
    "ore is roasted",
    "solvent extraction separates",
    "bastnasite concentrate is leached",
  ],
  "new-use": [
    "a laser host doped with erbium",
    "a phosphor emits red light",
    "contrast agent of gadolinium",
  ],
  "mention-only": [
    "optionally yttrium",
    "such as copper, zinc, or cerium",
    "may further comprise lanthanum",
  ],
};
const FILLERS = [
  "The device comprises a housing",
  "A method is disclosed",
  "The product has good stability",
  "In one embodiment a layer is formed",
];

/** Texts made from templates, for tests of the machinery only; SIMULATED. Noise is the share with a wrong phrase. */
export function templateTexts(count: number, seed: number, noise = 0): LabelledText[] {
  const random = randomStream(seed);
  const pick = <T>(list: readonly T[]) => list[random.integer(list.length)];
  return Array.from({ length: count }, (_, i) => {
    const primary = LABELS[i % LABELS.length];
    const shown = random.uniform() < noise ? pick(LABELS) : primary;
    const phrase = pick(PHRASES[shown]);
    return {
      id: `T${i}`,
      title: pick(["Apparatus", "Method and product", "Composition"]),
      abstract: `${pick(FILLERS)}. It is ${phrase} number ${i}. ${pick(FILLERS)}.`,
      year: 2010,
      primary,
      labels: [primary],
      elements: [],
      evidence: phrase,
      group: `G${Math.floor(i / 12)}-${primary}`,
      style: "native",
      hard: false,
      second: primary,
    };
  });
}
