import { breakableName, escapeHtml } from "../escape_html.ts";
import type { ReportOutput } from "../export_html.ts";
import { page } from "../page.ts";
import type { Provenance } from "../provenance.ts";
import { navigation } from "./navigation.ts";
import { programId } from "./site_address.ts";
import type { SitePage } from "./site_pages.ts";
import { siteTable } from "./site_table.ts";

/** The figures and tables of one notebook. */
export interface NotebookOutputs {
  /** File name of the notebook without its ending. */
  readonly name: string;
  readonly title: string;
  readonly outputs: readonly ReportOutput[];
}

/** What the list of tables and figures shows. */
export interface OutputsPageParts {
  readonly notebooks: readonly NotebookOutputs[];
  /** Files of the library that the page of programs holds. */
  readonly programs: ReadonlySet<string>;
  readonly pages: readonly SitePage[];
  readonly provenance: Provenance;
}

/** All tables and figures, each with its place in a report and the programs that make it. */
export function outputsPage(parts: OutputsPageParts): string {
  const { notebooks, pages, provenance } = parts;
  const all = notebooks.flatMap(({ outputs }) => outputs);
  const count = (kind: ReportOutput["kind"]) => all.filter((output) => output.kind === kind).length;
  return page({
    kind: "index",
    title: "Tables and figures",
    description: "Every table and figure with the cell and the programs that make it.",
    navigation: navigation("outputs.html", pages),
    bar: "",
    sidebar: "",
    main: `<h1>Tables and figures</h1>
<p class="lead">${count("figure")} figures and ${
      count("table")
    } tables. The title leads to the place in the report; <em>cell</em> is the
place in the notebook and, in brackets, the number that Jupyter writes beside it. <em>Programs</em> are the files of the
library that the cell calls itself, the one that draws first; what they call in turn is in their imports.</p>
${notebooks.map((notebook) => notebookList(notebook, parts.programs)).join("\n")}`,
    provenance,
    data: [],
  });
}

function notebookList(
  { name, title, outputs }: NotebookOutputs,
  programs: ReadonlySet<string>,
): string {
  const report = `${encodeURIComponent(name)}.html`;
  const heading = `<h2 id="${escapeHtml(name)}">${escapeHtml(title)}</h2>`;
  if (outputs.length === 0) {
    return `${heading}\n<p>No outputs known: run <code>deno task report ${
      escapeHtml(name)
    }</code>.</p>`;
  }
  const numbers = { figure: 0, table: 0 };
  const rows = outputs.map(({ kind, id, title, cell, programs: files }) => {
    const label = `${kind === "figure" ? "Figure" : "Table"} ${++numbers[kind]}`;
    const links = files.map((file) =>
      programs.has(file)
        ? `<a href="programs.html#${programId(file)}"><code>${breakableName(file)}</code></a>`
        : `<code>${breakableName(file)}</code>`
    );
    return [
      label,
      `<a href="${report}#${escapeHtml(id)}">${escapeHtml(title)}</a>`,
      escapeHtml(cell),
      links.length === 0
        ? "the notebook's own cell"
        : `<ul class="files">${links.map((link) => `<li>${link}</li>`).join("")}</ul>`,
    ];
  });
  return `${heading}
<p>Notebook <code>notebooks/${escapeHtml(name)}.ipynb</code>, <a href="${report}">report</a>.</p>
${
    siteTable(
      [
        { label: "Number", kind: "label" },
        { label: "Title" },
        { label: "Cell", kind: "label" },
        { label: "Programs" },
      ],
      rows,
      1,
    )
  }`;
}
