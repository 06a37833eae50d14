import { isMarkdown } from "./markdown.ts";
import { alternativeText, svgDocument } from "./svg_document.ts";
import { isFrame, isTableView, table, type TableView } from "./table.ts";

/** What is sent to the notebook: one text per media type. */
export type MediaBundle = Readonly<Record<string, string>>;

/**
 * Show one or more things below the cell: a figure (an `<svg>` or `<figure>` element), a
 * `table(…)`, a polars data frame, Markdown, a regression table, or any other value as text (an estimation as it
 * prints itself). Always `await` it: a notebook
 * run without a browser loses outputs that are not awaited.
 *
 * An `<svg>` goes out as one picture (`image/svg+xml`), which JupyterLab, VS Code, GitHub and nbconvert
 * all show. A `<figure>` with HTML around its drawing can only go out as HTML, which GitHub does not
 * draw; figures should be a single `<svg>`.
 *
 * Outside a notebook the text form is printed.
 */
export async function show(...things: readonly unknown[]): Promise<void> {
  const display = kernelDisplay();
  for (const thing of things) {
    const bundle = mediaBundle(thing);
    if (display === undefined) {
      console.log(bundle["text/plain"]);
      continue;
    }
    await display(bundle, { raw: true });
    // The kernel may report that it is idle before the output has left; without this wait, runs
    // without a browser lose outputs.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The media types under which a value is shown; `text/plain` is always among them. */
export function mediaBundle(thing: unknown): MediaBundle {
  if (isTableView(thing)) return tableBundle(thing);
  if (isFrame(thing)) return tableBundle(table(thing));
  if (isMarkdown(thing)) return { "text/markdown": thing.text, "text/plain": thing.text };
  if (hasMarkup(thing)) return markupBundle(thing.outerHTML);
  if (writesItself(thing)) return { "text/html": thing.html(), "text/plain": thing.markdown() };
  if (typeof thing === "string") return { "text/plain": thing };
  if (typeof thing === "object" && thing !== null && Object.hasOwn(thing, "toString")) {
    return { "text/plain": String(thing) };
  }
  return { "text/plain": Deno.inspect(thing, { colors: false, depth: 6 }) };
}

function tableBundle(view: TableView): MediaBundle {
  return { "text/html": view.html(), "text/plain": view.text() };
}

function markupBundle(markup: string): MediaBundle {
  const description = alternativeText(markup) ?? "Figure";
  return /^\s*<svg\b/i.test(markup)
    ? { "image/svg+xml": svgDocument(markup), "text/plain": description }
    : { "text/html": markup, "text/plain": description };
}

/** Whether a value can write itself as HTML and as Markdown, as regression tables can. */
function writesItself(x: unknown): x is { html(): string; markdown(): string } {
  const value = x as { html?: unknown; markdown?: unknown } | null;
  return typeof value === "object" && value !== null && typeof value.html === "function" &&
    typeof value.markdown === "function";
}

function hasMarkup(x: unknown): x is { readonly outerHTML: string } {
  return typeof x === "object" && x !== null &&
    typeof (x as { outerHTML?: unknown }).outerHTML === "string";
}

type Display = (bundle: MediaBundle, options: { raw: boolean }) => Promise<void>;

/** `Deno.jupyter.display`, or nothing outside a notebook, where the mere reading of it throws. */
function kernelDisplay(): Display | undefined {
  try {
    return (Deno as unknown as { jupyter?: { display: Display } }).jupyter?.display;
  } catch {
    return undefined;
  }
}
