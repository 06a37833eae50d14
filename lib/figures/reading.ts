/** How sure a number's reading is, from best to worst. */
export type ReadingClass =
  | "direct"
  | "year-end midpoint"
  | "label inferred"
  | "recalled"
  | "imputed";

/** All classes, best first. */
export const READING_CLASSES: readonly ReadingClass[] = [
  "direct",
  "year-end midpoint",
  "label inferred",
  "recalled",
  "imputed",
];

/**
 * Class of a `reading` column's text; the weakest word decides ("yearend midpoint (label inferred)"
 * is "label inferred").
 * @throws {Error} on text that names no class
 */
export function readingClass(figure: string, row: number, reading: string): ReadingClass {
  const words = reading.toLowerCase();
  if (/imputed|interpolat|simulat/.test(words)) return "imputed";
  if (words.includes("recalled")) return "recalled";
  if (words.includes("inferred")) return "label inferred";
  if (/midpoint|year-?end/.test(words)) return "year-end midpoint";
  if (words.includes("direct")) return "direct";
  throw new Error(
    `figure ${figure}, row ${row}, column "reading": expected one of ${
      READING_CLASSES.join(", ")
    }, got "${reading}"`,
  );
}
