import { extname, join } from "node:path";
import { withoutColours } from "./clean_notebook.ts";
import { escapeHtml } from "./escape_html.ts";
import { externalRequests } from "./external_requests.ts";
import { highlightCode } from "./highlight_code.ts";
import { figureWidth, isolateFigure } from "./isolate_figure.ts";
import {
  cellName,
  joined,
  type Notebook,
  type NotebookCell,
  type Output,
  tagsOf,
} from "./notebook.ts";
import { notebookFacts } from "./notebook_facts.ts";
import { headline } from "./headline.ts";
import { badges, page } from "./page.ts";
import type { Provenance } from "./provenance.ts";
import { type Heading, renderMarkdown } from "./render_markdown.ts";
import {
  type ImportedName,
  importedNames,
  isFigureFile,
  type LibraryIndex,
  programsOf,
} from "./site/library_index.ts";
import { navigation } from "./site/navigation.ts";
import { plainText } from "./site/plain_text.ts";
import { siteAddress } from "./site/site_address.ts";
import { alternativeText } from "./svg_document.ts";
import { type ReportSection, reportSections } from "./report_sections.ts";
import { tableOfContents } from "./table_of_contents.ts";

/** What the export of a notebook needs besides the notebook. */
export interface ExportSettings {
  readonly provenance: Provenance;
  /** Folder in which the notebook lies, for pictures beside it. */
  readonly folder: string;
  /** Header of the page; that of the site by default. */
  readonly navigation?: string;
  /** HTML after the last cell: links to the notebooks before and after. */
  readonly pager?: string;
  /** Finds the files that make each output; without it, outputs name none. */
  readonly library?: LibraryIndex;
}

/** A figure or a table of a report. */
export interface ReportOutput {
  readonly kind: "figure" | "table";
  /** Anchor in the report. */
  readonly id: string;
  /** Title of a figure, caption of a table. */
  readonly title: string;
  /** Alternative text of a figure; columns and notes of a table. */
  readonly description: string;
  /** The cell that shows it, as messages name it: "cell 14 [7]". */
  readonly cell: string;
  /** Files of the library that the cell calls, those that draw first. */
  readonly programs: readonly string[];
}

/** A report and what other pages say about it. */
export interface Report {
  readonly html: string;
  readonly outputs: readonly ReportOutput[];
  readonly sections: readonly ReportSection[];
}

/** The page of {@link exportReport}. */
export function exportHtml(notebook: Notebook, settings: ExportSettings): string {
  return exportReport(notebook, settings).html;
}

/**
 * An executed notebook as one HTML page that opens offline, with a list of its figures and tables and
 * its text by section. The same notebook and settings always give the same bytes.
 *
 * @throws naming the cell when a formula, a picture or an output cannot stand in an offline page, and
 * when the notebook does not say where its data come from.
 */
export function exportReport(notebook: Notebook, settings: ExportSettings): Report {
  const facts = notebookFacts(notebook);
  const ids = new Set(["main", "theme", "code", "menu", "site"]);
  const headings: Heading[] = [];
  const body: string[] = [];
  const outputs: ReportOutput[] = [];
  const imports: ImportedName[] = [];
  notebook.cells.forEach((cell, i) => {
    try {
      const source = joined(cell.source);
      if (cell.cell_type === "code") imports.push(...importedNames(source));
      const called = cell.cell_type === "code" && settings.library !== undefined
        ? programsOf(source, imports, settings.library)
        : [];
      const register: CellContext["register"] = (output) =>
        outputs.push({
          ...output,
          cell: cellName(notebook, i),
          programs: output.kind === "table"
            ? called.filter((file) => !isFigureFile(file))
            : [...called.filter(isFigureFile), ...called.filter((file) => !isFigureFile(file))],
        });
      const context: CellContext = { index: i, ids, settings, cell, register };
      if (cell.cell_type === "markdown") {
        const rendered = renderMarkdown(joined(cell.source), {
          ids,
          inlineImage: (address) => inlineImage(address, context),
          linkTo: (address) => siteAddress("notebooks", address),
        });
        headings.push(...rendered.headings);
        body.push(rendered.html);
      } else if (cell.cell_type === "code") {
        body.push(codeCell(context));
      }
      const requests = externalRequests(body.at(-1) ?? "");
      if (requests.length > 0) throw new Error(`would fetch ${requests[0]} when opened`);
    } catch (error) {
      throw new Error(`${cellName(notebook, i)}: ${(error as Error).message}`, { cause: error });
    }
  });
  const marked = body.join("\n");
  const strip = badges(facts.data);
  const hasTitle = /<h1\b/.test(marked);
  const main = hasTitle
    ? marked.replace(/<\/h1>/, `</h1>\n${strip}`)
    : `<h1>${escapeHtml(facts.title)}</h1>\n${strip}\n${marked}`;
  const html = page({
    kind: "report",
    title: facts.title,
    description: facts.summary,
    navigation: settings.navigation ?? navigation(""),
    bar: `<button type="button" id="code" aria-pressed="false" hidden>Show code</button>`,
    sidebar: tableOfContents(headings),
    main: settings.pager ? `${main}\n${settings.pager}` : main,
    provenance: settings.provenance,
    data: facts.data,
  });
  return { html, outputs, sections: reportSections(marked, headings, facts.title) };
}

/** The drawing that stands for a notebook: that of the cell tagged `key-figure`, else the first one. */
export function keyFigure(notebook: Notebook): string | undefined {
  const tagged = notebook.cells.filter((cell) => tagsOf(cell).includes("key-figure"));
  for (const cell of [...tagged, ...notebook.cells]) {
    for (const output of cell.outputs ?? []) {
      const svg = output.data?.["image/svg+xml"];
      if (typeof svg === "string" || Array.isArray(svg)) return joined(svg);
    }
  }
  return undefined;
}

interface CellContext {
  readonly index: number;
  readonly cell: NotebookCell;
  readonly ids: Set<string>;
  readonly settings: ExportSettings;
  /** Adds a figure or table to the list of outputs. */
  readonly register: (output: Omit<ReportOutput, "cell" | "programs">) => void;
}

function codeCell(context: CellContext): string {
  const source = joined(context.cell.source).trimEnd();
  if (source.trim() === "") return "";
  const outputs = (context.cell.outputs ?? []).map((output, k) => renderOutput(output, k, context));
  return `<details class="code"><summary>Code</summary>` +
    `<pre><code>${highlightCode(source, "typescript")}</code></pre></details>\n` +
    outputs.join("\n");
}

function renderOutput(output: Output, k: number, context: CellContext): string {
  if (output.output_type === "stream") {
    const kind = output.name === "stderr" ? "text problem" : "text";
    return `<pre class="${kind}">${escapeHtml(withoutColours(joined(output.text)))}</pre>`;
  }
  if (output.output_type === "error") {
    const text = joined((output.traceback ?? []).map((line) => line + "\n"));
    return `<pre class="text problem">${escapeHtml(withoutColours(text))}</pre>`;
  }
  const media = (type: string): string | undefined => {
    const value = output.data?.[type];
    return typeof value === "string" || Array.isArray(value) ? joined(value) : undefined;
  };
  const html = media("text/html");
  // Wide tables scroll in a box of their own, so that the page never does.
  if (html !== undefined) {
    if (!/<table\b/i.test(html)) return `<div class="output scroll">${html}</div>`;
    const id = `table-${context.index + 1}-${k + 1}`;
    const caption = /<caption\b[^>]*>([\s\S]*?)<\/caption>/i.exec(html)?.[1];
    const title = caption === undefined ? "Table without a caption" : plainText(caption);
    const about = [...html.matchAll(/<thead\b[\s\S]*?<\/thead>|<p>[\s\S]*?<\/p>/gi)];
    const description = about.map(([part]) => plainText(part)).join(" ");
    context.register({ kind: "table", id, title, description });
    return `<div class="output scroll" id="${id}">${html}</div>`;
  }
  const svg = media("image/svg+xml");
  if (svg !== undefined) {
    const id = `figure-${context.index + 1}-${k + 1}`;
    const description = alternativeText(svg) ?? media("text/plain") ?? "Figure";
    context.register({ kind: "figure", id, title: headline(description), description });
    return figure(svg, id, description);
  }
  for (const type of ["image/png", "image/jpeg", "image/gif"]) {
    const bytes = media(type);
    if (bytes === undefined) continue;
    const description = media("text/plain") ?? "Figure";
    const id = `figure-${context.index + 1}-${k + 1}`;
    context.register({ kind: "figure", id, title: headline(description), description });
    return `<figure class="figure" id="${id}"><img alt="${
      escapeHtml(description)
    }" src="data:${type};base64,${bytes.replace(/\s/g, "")}"></figure>`;
  }
  const text = media("text/markdown");
  if (text !== undefined) {
    const inline = (address: string) => inlineImage(address, context);
    const rendered = renderMarkdown(text, {
      ids: context.ids,
      inlineImage: inline,
      linkTo: (address) => siteAddress("notebooks", address),
    });
    return `<div class="output">${rendered.html}</div>`;
  }
  return `<pre class="text">${escapeHtml(withoutColours(media("text/plain") ?? ""))}</pre>`;
}

function figure(svg: string, id: string, description: string): string {
  const named = alternativeText(svg) === undefined
    ? svg.replace(/<svg\b/i, `<svg role="img" aria-label="${escapeHtml(description)}"`)
    : svg;
  const isolated = isolateFigure(named.trim(), id);
  // On a phone a drawing keeps enough width for its letters to be read, and its box scrolls.
  const width = figureWidth(isolated);
  const style = width === undefined ? "" : ` style="--whole:${width}px"`;
  return `<figure class="figure" id="${id}"${style}>${isolated}</figure>`;
}

function inlineImage(address: string, { cell, settings }: CellContext): string {
  const attachment = /^attachment:(.+)$/.exec(address)?.[1];
  if (attachment !== undefined) {
    const [type, bytes] = Object.entries(cell.attachments?.[attachment] ?? {})[0] ?? [];
    if (type === undefined) throw new Error(`there is no attachment ${attachment}`);
    return `data:${type};base64,${bytes}`;
  }
  if (/^[a-z][a-z+.-]*:|^\/\//i.test(address)) {
    throw new Error(`the picture ${address} lies on the internet; put it beside the notebook`);
  }
  const type = imageTypes[extname(address).toLowerCase()];
  if (type === undefined) throw new Error(`the picture ${address} is of no known type`);
  const bytes = Deno.readFileSync(join(settings.folder, decodeURIComponent(address)));
  return `data:${type};base64,${bytes.toBase64()}`;
}

const imageTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};
