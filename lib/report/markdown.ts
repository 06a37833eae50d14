/** Text to be shown as Markdown, with `$…$` for math. */
export interface Markdown {
  readonly kind: "markdown";
  readonly text: string;
}

/** Mark a string as Markdown for `show`. */
export function markdown(text: string): Markdown {
  return { kind: "markdown", text };
}

/**
 * Markdown as a tagged template. The common indentation of the lines is removed, so that the text can
 * be indented with the code around it; backslashes stay as typed, so that TeX needs no doubling.
 *
 * @example
 * ```ts
 * import { md, show } from "@ree/report";
 * const share = 0.417;
 * await show(md`China's share is **${(100 * share).toFixed(1)} %**, so $\sigma > 1$.`);
 * ```
 */
export function md(strings: TemplateStringsArray, ...values: unknown[]): Markdown {
  const template = strings.raw.map((part) => part.replaceAll("\\`", "`"));
  // The indentation is that of the template; a value with line breaks of its own keeps them as they are.
  const indents = [...template.join("\0").matchAll(/\n([ \t]*)(?=[^\s])/g)].map((m) => m[1].length);
  const indent = new RegExp(`\\n[ \\t]{0,${indents.length === 0 ? 0 : Math.min(...indents)}}`, "g");
  const dedented = template.map((part) => part.replace(indent, "\n"));
  const text = String.raw({ raw: dedented }, ...values).trim();
  return markdown(text);
}

/** Whether a value was made by {@link markdown} or {@link md}. */
export function isMarkdown(x: unknown): x is Markdown {
  return typeof x === "object" && x !== null && (x as { kind?: unknown }).kind === "markdown" &&
    typeof (x as { text?: unknown }).text === "string";
}
