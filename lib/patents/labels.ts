/** The six labels of a patent, in the order of tables and confusion matrices. */
export const LABELS = [
  "efficiency",
  "substitution",
  "recycling",
  "extraction-processing",
  "new-use",
  "mention-only",
] as const;

/** One of {@linkcode LABELS}. */
export type Label = typeof LABELS[number];

/** Labels of patents that save rare earths: they augment R in the model's sense. */
export const ELEMENT_SAVING: readonly Label[] = ["efficiency", "substitution", "recycling"];

/** Whether a text is one of {@linkcode LABELS}. */
export function isLabel(text: unknown): text is Label {
  return LABELS.some((label) => label === text);
}
