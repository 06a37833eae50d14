import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DATA_DIR, RARE_EARTHS } from "@ree/data";
import { isLabel, type Label } from "./labels.ts";
import { messageOf, namedError } from "./named_error.ts";

/** A text of the hand-labelled set, written for this project: not a real patent. */
export interface LabelledText {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly year: number | null;
  readonly primary: Label;
  readonly labels: readonly Label[];
  readonly elements: readonly string[];
  readonly evidence: string;
  /** Near-duplicates share a group, and a group never straddles folds. */
  readonly group: string;
  readonly style: string;
  /** Primary label of the second pass; null where there was none. */
  readonly second: Label | null;
}

/**
 * The labelled set that ships, or another file of the same form.
 *
 * @throws PatentInputError naming file and line
 */
export function loadLabelledTexts(
  path: string = join(DATA_DIR, "labelled_texts.jsonl"),
): readonly LabelledText[] {
  let lines: readonly string[];
  try {
    lines = readFileSync(path, "utf8").split("\n");
  } catch (cause) {
    throw namedError("PatentInputError", `${path}: ${messageOf(cause)}`);
  }
  const texts: LabelledText[] = [];
  const ids = new Set<string>();
  lines.forEach((line, i) => {
    if (line.trim() === "") return;
    const text = readText(line, `${path}, line ${i + 1}`);
    if (ids.has(text.id)) {
      throw namedError("PatentInputError", `${path}, line ${i + 1}: id ${text.id} comes twice`);
    }
    ids.add(text.id);
    texts.push(text);
  });
  return texts;
}

function readText(line: string, where: string): LabelledText {
  const fault = (what: string) => namedError("PatentInputError", `${where}: ${what}`);
  let value: Readonly<Record<string, unknown>>;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw fault(`not JSON (${messageOf(cause)})`);
  }
  const text = (key: string): string => {
    const given = value[key];
    if (typeof given !== "string") {
      throw fault(`${key} is ${JSON.stringify(given)}, expected a text`);
    }
    return given;
  };
  const { primary, labels, elements, second, year } = value;
  if (!isLabel(primary)) throw fault(`primary is ${JSON.stringify(primary)}, expected a label`);
  if (!Array.isArray(labels) || !labels.every(isLabel) || !labels.includes(primary)) {
    throw fault(`labels is ${JSON.stringify(labels)}, expected labels with the primary one`);
  }
  if (!Array.isArray(elements) || !elements.every((symbol) => RARE_EARTHS.includes(symbol))) {
    throw fault(`elements is ${JSON.stringify(elements)}, expected symbols of rare earths`);
  }
  if (second !== null && second !== undefined && !isLabel(second)) {
    throw fault(`second is ${JSON.stringify(second)}, expected a label or null`);
  }
  return {
    id: text("id"),
    title: text("title"),
    abstract: text("abstract"),
    year: typeof year === "number" ? year : null,
    primary,
    labels,
    elements,
    evidence: text("evidence"),
    group: String(value.group ?? value.id),
    style: String(value.style ?? "native"),
    second: second ?? null,
  };
}
