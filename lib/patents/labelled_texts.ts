import { readFileSync } from "node:fs";
import { loadPatentTexts, RARE_EARTHS } from "@ree/data";
import { isLabel, type Label } from "./labels.ts";
import { messageOf, namedError } from "./named_error.ts";

/** A labelled text; those of the set that ships were written for this project and are not real patents. */
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
  /** Written as a trap or a borderline case. */
  readonly hard: boolean;
  /** Primary label of the second pass; null where there was none. */
  readonly second: Label | null;
}

/**
 * The labelled set that ships (`data/judged/patent_texts.jsonl`), or a JSON Lines file of the same columns; `group`,
 * `style`, `hard`, `second` and `year` may be missing there.
 *
 * @throws PatentInputError naming file and row, SourceError for the set that ships
 */
export function loadLabelledTexts(path?: string): readonly LabelledText[] {
  if (path === undefined) {
    return loadPatentTexts().map((text) => checkText({ ...text }, `labelled text ${text.id}`));
  }
  const texts: LabelledText[] = [];
  const ids = new Set<string>();
  readLines(path).forEach((line, i) => {
    if (line.trim() === "") return;
    const where = `${path}, line ${i + 1}`;
    const text = checkText(parseLine(line, where), where);
    if (ids.has(text.id)) {
      throw namedError("PatentInputError", `${where}: id ${text.id} comes twice`);
    }
    ids.add(text.id);
    texts.push(text);
  });
  return texts;
}

type Row = Readonly<Record<string, unknown>>;

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch (cause) {
    throw namedError("PatentInputError", `${path}: ${messageOf(cause)}`);
  }
}

function parseLine(line: string, where: string): Row {
  try {
    return JSON.parse(line) as Row;
  } catch (cause) {
    throw namedError("PatentInputError", `${where}: not JSON (${messageOf(cause)})`);
  }
}

function checkText(value: Row, where: string): LabelledText {
  const fault = (what: string) => namedError("PatentInputError", `${where}: ${what}`);
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
    hard: value.hard === true,
    second: second ?? null,
  };
}
