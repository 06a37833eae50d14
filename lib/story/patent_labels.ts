import { ELEMENT_SAVING, type Label, type LabelledText, LABELS } from "@ree/patents";
import type { TableColumn } from "@ree/report";

/** What the labels mean, in short; the guide has the rules for borderline cases. */
const MEANINGS: Readonly<Record<Label, string>> = {
  "efficiency": "the same element, less of it for the same function",
  "substitution": "another material, element or principle takes its place",
  "recycling": "the element comes back from used products or from scrap of making them",
  "extraction-processing": "mining, separating, refining, making compounds for sale",
  "new-use": "a product or process that needs the element, without saving it",
  "mention-only": "named as an option, an example or background, or only a look-alike",
};

/** One row per label: what it means, whether it saves elements, and how many texts have it. */
export function labelRows(texts: readonly Pick<LabelledText, "primary" | "hard">[]) {
  return LABELS.map((label) => {
    const own = texts.filter(({ primary }) => primary === label);
    return {
      label,
      saves: ELEMENT_SAVING.includes(label),
      meaning: MEANINGS[label],
      texts: own.length,
      hard: own.filter(({ hard }) => hard).length,
    };
  });
}

/** Columns of {@linkcode labelRows}. */
export const labelColumns: readonly TableColumn[] = [
  { key: "label", label: "Label" },
  { key: "saves", label: "Saves elements" },
  { key: "meaning", label: "The inventor's contribution" },
  { key: "texts", label: "Texts", digits: 0 },
  { key: "hard", label: "of them hard", digits: 0 },
];
