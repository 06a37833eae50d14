import { RARE_EARTHS } from "@ree/data";
import { isLabel, type Label, LABELS } from "./labels.ts";
import { type Patent, patentText } from "./patent.ts";

/** What a labeller says about a patent. */
export interface LabelAnswer {
  readonly primary: Label;
  /** Every label that applies; holds `primary`. */
  readonly labels: readonly Label[];
  /** Symbols of the elements concerned, by atomic number. */
  readonly elements: readonly string[];
  /** A passage of the patent's title or abstract. */
  readonly evidence: string;
}

/** Longest evidence that still counts as a short quote, characters. */
export const EVIDENCE_CHARACTERS = 500;

/** JSON Schema of {@linkcode LabelAnswer} in the strict subset that OpenAI-compatible endpoints take. */
export const ANSWER_SCHEMA = {
  type: "object",
  properties: {
    primary: { type: "string", enum: [...LABELS] },
    labels: { type: "array", items: { type: "string", enum: [...LABELS] } },
    elements: { type: "array", items: { type: "string", enum: [...RARE_EARTHS] } },
    evidence: { type: "string" },
  },
  required: ["primary", "labels", "elements", "evidence"],
  additionalProperties: false,
};

/** An answer, or what is wrong with it. */
export type ParsedAnswer =
  | { readonly answer: LabelAnswer }
  | { readonly problem: string };

/**
 * Reads the model's text: one JSON object of the schema (a Markdown code fence around it
 * and a leading `<think>` part are taken off), whose evidence
 * occurs in the patent's title or abstract up to white space. Nothing is guessed: any other text is a problem.
 * A `labels` list without the primary label gets it.
 */
export function parseAnswer(
  text: string,
  patent: Pick<Patent, "title" | "abstract">,
): ParsedAnswer {
  let value: unknown;
  try {
    const answer = text.replace(/^\s*<think>[\s\S]*?<\/think>/, "").trim();
    value = JSON.parse(answer.replace(/^```(?:json)?\s*\n([\s\S]*)\n\s*```$/, "$1"));
  } catch {
    return { problem: "the answer is not JSON" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { problem: "the answer is not a JSON object" };
  }
  const given = value as Readonly<Record<string, unknown>>;
  const expected = ANSWER_SCHEMA.required;
  const missing = expected.filter((key) => !Object.hasOwn(given, key));
  if (missing.length > 0) return { problem: `the answer lacks ${missing.join(", ")}` };
  const surplus = Object.keys(given).filter((key) => !expected.includes(key));
  if (surplus.length > 0) return { problem: `the answer has unknown keys: ${surplus.join(", ")}` };
  const { primary, labels, elements, evidence } = given;
  if (!isLabel(primary)) {
    return { problem: `primary is ${JSON.stringify(primary)}, not a label` };
  }
  if (!Array.isArray(labels) || !labels.every(isLabel)) {
    return { problem: `labels is ${JSON.stringify(labels)}, not a list of labels` };
  }
  if (!Array.isArray(elements) || !elements.every((symbol) => RARE_EARTHS.includes(symbol))) {
    return { problem: `elements is ${JSON.stringify(elements)}, not a list of rare earths` };
  }
  if (typeof evidence !== "string") return { problem: "evidence is not a text" };
  const quote = findEvidence(evidence, patent);
  if (quote === null) return { problem: "the evidence does not occur in the patent" };
  return {
    answer: {
      primary,
      labels: LABELS.filter((label) => label === primary || labels.includes(label)),
      elements: RARE_EARTHS.filter((symbol) => elements.includes(symbol)),
      evidence: quote,
    },
  };
}

/**
 * The passage of the title or abstract that the quote repeats, white space aside; null when there is none, or when the
 * quote is empty or longer than {@linkcode EVIDENCE_CHARACTERS}.
 */
export function findEvidence(
  quote: string,
  patent: Pick<Patent, "title" | "abstract">,
): string | null {
  const wanted = quote.trim().replace(/\s+/g, " ");
  if (wanted.length < 2 || wanted.length > EVIDENCE_CHARACTERS) return null;
  const text = patentText(patent).replace(/\s+/g, " ");
  return text.includes(wanted) ? wanted : null;
}
