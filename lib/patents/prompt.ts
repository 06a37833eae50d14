import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { messageOf, namedError } from "./named_error.ts";
import { type Patent, patentText } from "./patent.ts";

/** A version of the instructions; the file `prompts/VERSION.md` is never edited once used. */
export interface Prompt {
  /** File name without its ending, such as `v1`; part of the store's key. */
  readonly version: string;
  readonly text: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly sha256: string;
}

/** One message of a chat. */
export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

/** Version that runs use unless told otherwise. */
export const PROMPT_VERSION = "v1";

/**
 * The prompt of a version.
 *
 * @throws PromptError when there is no such file
 */
export function loadPrompt(version: string = PROMPT_VERSION): Prompt {
  if (!/^[\w.-]+$/.test(version)) {
    throw namedError(
      "PromptError",
      `prompt version ${JSON.stringify(version)}: expected v1, v2, …`,
    );
  }
  try {
    return promptOf(
      version,
      readFileSync(new URL(`./prompts/${version}.md`, import.meta.url), "utf8"),
    );
  } catch (cause) {
    throw namedError("PromptError", `no prompt ${version} in prompts/: ${messageOf(cause)}`);
  }
}

/** A prompt from its text. */
export function promptOf(version: string, text: string): Prompt {
  return { version, text, sha256: sha256(text) };
}

/**
 * The chat that asks about a patent: the instructions, then the patent between two marker lines. The marker holds a
 * hash of the text, so that no text can contain it; instructions inside the patent stay inside the fence.
 */
export function chatMessages(
  prompt: Prompt,
  patent: Pick<Patent, "title" | "abstract">,
): readonly ChatMessage[] {
  const text = patentText(patent);
  const marker = `=== PATENT ${sha256(text).slice(0, 16)} ===`;
  const body = `Title: ${patent.title}\nAbstract: ${patent.abstract || "(none)"}`;
  return [
    { role: "system", content: prompt.text },
    {
      role: "user",
      content: `${marker}\n${body}\n${marker}\nClassify the patent between the markers.`,
    },
  ];
}

/** SHA-256 of a text in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
