import { breakableName, escapeHtml } from "../escape_html.ts";
import { type DataBadge } from "../notebook_facts.ts";
import { page } from "../page.ts";
import type { Provenance } from "../provenance.ts";
import type { DataSource, DataTable, OriginalGroup } from "./data_tables.ts";
import { navigation } from "./navigation.ts";
import { tableId } from "./site_address.ts";
import type { SitePage } from "./site_pages.ts";
import { siteTable } from "./site_table.ts";

/** What the data page shows. */
export interface DataPageParts {
  readonly tables: readonly DataTable[];
  readonly originals: readonly OriginalGroup[];
  readonly pages: readonly SitePage[];
  readonly provenance: Provenance;
}

/** What each badge says of a table. */
const MEANINGS: readonly (readonly [badge: string, meaning: string])[] = [
  ["real", "the publisher's numbers, selected or transcribed"],
  ["derived", "computed from them"],
  ["recalled", "quoted from memory of the literature, to be verified"],
  ["judged", "our judgement"],
  ["simulated", "artificial, drawn from a model"],
];

/** Every table below `data/` with status, source, licence, reading and columns. */
export function dataPage({ tables, originals, pages, provenance }: DataPageParts): string {
  const counts = Map.groupBy(tables, ({ badge }) => badge);
  return page({
    kind: "index",
    title: "Data and provenance",
    description: "Every table of the project with its source, licence and reading.",
    navigation: navigation("data.html", pages),
    bar: "",
    sidebar: "",
    main: `<h1>Data and provenance</h1>
<p class="lead">${tables.length} tables lie in <code>data/</code>. None is a publisher's own file: they are selections or
computations of this project, rebuilt from the source files by <code>deno task data:build</code>, or written by hand.
<em>Reading</em> says how transcribed or judged numbers were obtained.</p>
<dl class="meanings">${
      MEANINGS.filter(([badge]) => counts.has(badge)).map(([badge, meaning]) =>
        `<dt>${badgeMark(badge)}</dt><dd>${counts.get(badge)!.length} tables: ${meaning}</dd>`
      ).join("")
    }</dl>
<h2 id="all-tables">All tables</h2>
${
      siteTable([
        { label: "Table" },
        { label: "Status" },
        { label: "Rows", kind: "number" },
        { label: "Source" },
        { label: "Licence" },
        { label: "Reading" },
      ], tables.map(tableRow))
    }
<h2 id="each-table">Each table</h2>
${tables.map(tableSection).join("\n")}
<h2 id="originals">Originals that can be downloaded</h2>
<p>No publisher's file is part of the project. <code>deno task data:download</code> fetches these into a cache folder;
readers turn them into the same records as the tables above.</p>
${
      siteTable([
        { label: "Name" },
        { label: "Publisher" },
        { label: "Files", kind: "number" },
        { label: "Licence" },
      ], originals.map(originalRow))
    }`,
    provenance,
    data: (["real", "derived", "SIMULATED"] as const).filter((badge) =>
      counts.has(badge.toLowerCase())
    ) as DataBadge[],
  });
}

/** A badge of the data's README; SIMULATED is written large everywhere. */
function badgeMark(badge: string): string {
  const word = badge === "simulated" ? "SIMULATED" : badge;
  return `<span class="badge ${escapeHtml(badge)}">${escapeHtml(word)}</span>`;
}

function tableRow({ file, badge, rows, sources, reading }: DataTable): string[] {
  const list = (values: readonly string[], own: string) =>
    values.length === 0 ? own : [...new Set(values)].map(escapeHtml).join("; ");
  return [
    `<a href="#${tableId(file)}">${breakableName(file)}</a>`,
    badgeMark(badge),
    escapeHtml(rows),
    list(sources.map(({ publisher }) => publisher), "This project"),
    list(sources.map(({ licence }) => licence), "MIT"),
    reading === "" ? badge === "real" ? "as published" : "computed" : inline(reading),
  ];
}

function tableSection(table: DataTable): string {
  const { file, badge, rows, description, reading, columns, sources } = table;
  return `<section class="entry" id="${tableId(file)}">
<h3>${breakableName(file)} ${badgeMark(badge)}</h3>
<p>${inline(description)} ${escapeHtml(rows)} rows. <a href="../data/${
    encodeURI(file)
  }">Open the file</a>.</p>
${reading === "" ? "" : `<p><strong>Reading</strong>: ${inline(reading)}.</p>`}
${
    sources.length === 0
      ? `<p><strong>Source</strong>: written by hand for this project. <strong>Licence</strong>: MIT.</p>`
      : `<ul class="sources">${sources.map(sourceItem).join("")}</ul>`
  }
<details><summary>${columns.length} columns</summary><div class="scroll"><table>
<thead><tr><th scope="col">Column</th><th scope="col">Unit</th><th scope="col">Meaning</th></tr></thead>
<tbody>${
    columns.map(({ name, unit, description }) =>
      `<tr><th scope="row"><code>${breakableName(name)}</code></th><td>${
        escapeHtml(unit)
      }</td><td>${inline(description)}</td></tr>`
    ).join("\n")
  }</tbody></table></div></details>
</section>`;
}

function sourceItem({ publisher, address, carrier, licence, files }: DataSource): string {
  const name = /^https?:/.test(address)
    ? `<a href="${escapeHtml(address)}">${escapeHtml(publisher)}</a>`
    : escapeHtml(publisher);
  return `<li><strong>Source</strong>: ${name}. <strong>Licence</strong>: ${
    escapeHtml(licence)
  }. <details class="files"><summary>${
    files.length === 1 ? "1 file" : `${files.length} files`
  }, and where they were taken from</summary>` +
    `<p>${escapeHtml(carrier)}: ${
      files.map((file) => `<code>${breakableName(file)}</code>`).join(", ")
    }</p></details></li>`;
}

function originalRow({ source, publisher, address, licence, files }: OriginalGroup): string[] {
  return [
    `<code>${escapeHtml(source)}</code>`,
    `<a href="${escapeHtml(address)}">${escapeHtml(publisher)}</a>`,
    String(files.length),
    escapeHtml(licence),
  ];
}

/** Text with `code` in it. */
function inline(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}
