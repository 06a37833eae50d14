import type { Markdown } from "@ree/report";
import { markdown } from "@ree/report";

/** Labels before the list of allowed ones is cut off. */
const SHOWN_LABELS = 60;

/**
 * An error of the library in plain words, for a reader who does not know the code: what came, what is allowed as a
 * list, and what to try.
 *
 * @param step what was being done, e.g. "Building the table"
 */
export function refusalText(step: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === "EquilibriumError") {
    return [
      `> **${step}: no equilibrium found.** ${message}`,
      ">",
      "> No numbers are shown, because they would be wrong. Things to try: a smaller restriction, for an embargo " +
      "a quota of 0.01; the closure `fixed`; σ nearer to 1; a larger supply elasticity; fewer inputs at once. " +
      "A buyer that loses its only seller of an input that nothing replaces (σ below 1) has no equilibrium.",
    ].join("\n");
  }
  const [said, ...rest] = message.split("expected one of ");
  const allowed = rest.join("expected one of ").split(", ");
  if (rest.length === 0) return `> **${step}: this cannot be solved as asked.** ${message}`;
  const shown = allowed.slice(0, SHOWN_LABELS).map((label) => `\`${label.trim()}\``).join(" ");
  const more = allowed.length > SHOWN_LABELS ? ` and ${allowed.length - SHOWN_LABELS} more` : "";
  return [
    `> **${step}: this cannot be solved as asked.** ${said.replace(/[;,]\s*$/, "")}.`,
    ">",
    `> Allowed: ${shown}${more}.`,
  ].join("\n");
}

/**
 * Does a step; where it fails, first shows why in plain words and then stops the notebook.
 *
 * @param show what displays Markdown, `show` in a notebook
 * @throws Error with the step and the library's message; its cause is the library's error
 */
export async function orExplain<T>(
  step: string,
  show: (text: Markdown) => Promise<void>,
  act: () => T | Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    await show(markdown(refusalText(step, cause)));
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${step}: ${reason} (correct the parameter cell)`, { cause });
  }
}

/** The plain words of a step that must fail, for showing what a refusal looks like. */
export function refusalOf(step: string, act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return refusalText(step, error);
  }
  return `> **${step}:** nothing to refuse.`;
}
