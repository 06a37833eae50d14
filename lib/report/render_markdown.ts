import katexPlugin from "@vscode/markdown-it-katex";
import katex from "katex";
import markdownIt from "markdown-it";
import { escapeHtml } from "./escape_html.ts";
import { highlightCode } from "./highlight_code.ts";

/** One heading of a page, for the table of contents. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  /** HTML of the heading's text. */
  readonly html: string;
}

/** What rendering needs to know of the page around the text. */
export interface MarkdownSettings {
  /** Ids already given on the page; those of this text are added. */
  readonly ids: Set<string>;
  /** Gives the bytes of a picture beside the notebook as a `data:` address. */
  readonly inlineImage: (address: string) => string;
  /** Where a link leads on the page; by default links to notebooks lead to their reports. */
  readonly linkTo?: (address: string) => string;
}

/** Markdown as HTML, with its headings. */
export interface RenderedMarkdown {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/**
 * Markdown rendered for a page that opens offline: math becomes MathML with a drawing beside it, pictures are put inside the
 * page, links to other notebooks lead to their reports, tables scroll in a box of their own.
 *
 * @throws when a formula is not valid TeX, or a picture has an address on the internet.
 */
export function renderMarkdown(text: string, settings: MarkdownSettings): RenderedMarkdown {
  const renderer = makeRenderer(settings);
  const environment = {};
  const tokens = renderer.parse(text, environment);
  const headings: Heading[] = [];
  tokens.forEach((token, i) => {
    if (token.type === "heading_open") {
      const inline = tokens[i + 1];
      const id = freshId(inline.content, settings.ids);
      token.attrSet("id", id);
      const html = renderer.renderer
        .render(inline.children ?? [], renderer.options, environment)
        .replace(/<\/?a\b[^>]*>/g, "");
      headings.push({ level: Number(token.tag.slice(1)), id, html });
    }
    for (const child of token.children ?? []) {
      if (child.type !== "link_open") continue;
      const address = String(child.attrGet("href") ?? "");
      child.attrSet("href", (settings.linkTo ?? reportOfNotebook)(address));
    }
  });
  return { html: renderer.renderer.render(tokens, renderer.options, environment), headings };
}

function reportOfNotebook(address: string): string {
  return address.replace(/^([^:#?]+)\.ipynb(?=$|#)/, "$1.html");
}

function makeRenderer(settings: MarkdownSettings) {
  const renderer = markdownIt({
    html: true,
    linkify: false,
    typographer: false,
    highlight: (code, language) => highlightCode(code, language),
  });
  // A CommonJS module: the function is its `default`, whatever its types say.
  renderer.use((katexPlugin as unknown as { default: KatexPlugin }).default, {
    enableBareBlocks: true,
  });
  // The plugin finds the formulas; its own rules would print an error into the page instead of failing.
  renderer.renderer.rules.math_inline = (tokens, i) => formula(tokens[i].content, false);
  renderer.renderer.rules.math_inline_block = (tokens, i) =>
    formulaBlock("span", tokens[i].content);
  renderer.renderer.rules.math_inline_bare_block = (tokens, i) =>
    formulaBlock("span", tokens[i].content);
  renderer.renderer.rules.math_block = (tokens, i) => formulaBlock("p", tokens[i].content) + "\n";
  const image = renderer.renderer.rules.image!;
  renderer.renderer.rules.image = (tokens, i, options, environment, self) => {
    const address = String(tokens[i].attrGet("src") ?? "");
    if (!address.startsWith("data:")) tokens[i].attrSet("src", settings.inlineImage(address));
    return image(tokens, i, options, environment, self);
  };
  renderer.renderer.rules.table_open = () => `<div class="scroll"><table>\n`;
  renderer.renderer.rules.table_close = () => `</table></div>\n`;
  return renderer;
}

/** A formula twice: as MathML for assistive tools, and laid out for the eye between two comments. */
function formula(tex: string, displayMode: boolean): string {
  try {
    const html = katex.renderToString(tex, {
      output: "htmlAndMathml",
      displayMode,
      throwOnError: true,
      // Warnings about unusual characters would go to the terminal once per formula.
      strict: "ignore",
    });
    const at = html.indexOf('<span class="katex-html"');
    return `<span class="formula">${html.slice(0, at)}<!--drawn-->${
      html.slice(at)
    }<!--/drawn--></span>`;
  } catch (error) {
    throw new SyntaxError(`the formula ${tex.trim()} is not valid: ${(error as Error).message}`);
  }
}

function formulaBlock(element: "p" | "span", tex: string): string {
  return `<${element} class="katex-block">${formula(tex, true)}</${element}>`;
}

type KatexPlugin = (renderer: ReturnType<typeof markdownIt>, options?: object) => void;

/** An id after the rule of Jupyter (spaces as "-"), so that links inside a notebook work here too. */
function freshId(heading: string, ids: Set<string>): string {
  const base = heading.trim().replace(/[$\\{}^`*[\]()"'<>&]/g, "").replace(/\s+/g, "-") ||
    "section";
  let id = base;
  for (let n = 2; ids.has(id); n++) id = `${base}-${n}`;
  ids.add(id);
  return escapeHtml(id);
}
