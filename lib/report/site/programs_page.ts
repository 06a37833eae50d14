import { escapeHtml } from "../escape_html.ts";
import { highlightCode } from "../highlight_code.ts";
import { page } from "../page.ts";
import type { Provenance } from "../provenance.ts";
import { navigation } from "./navigation.ts";
import { programId } from "./site_address.ts";
import type { SitePage } from "./site_pages.ts";

/** A file of the library. */
export interface Program {
  /** From the root of the project, with forward slashes. */
  readonly file: string;
  readonly source: string;
}

/** The source of the files that make tables and figures, by folder, each folded until it is asked for. */
export function programsPage(
  programs: readonly Program[],
  pages: readonly SitePage[],
  provenance: Provenance,
): string {
  const folders = Map.groupBy(programs, ({ file }) => file.replace(/\/[^/]*$/, ""));
  const sections = [...folders].map(([folder, files]) =>
    `<h2 id="${programId(folder)}">${escapeHtml(folder)}</h2>\n${
      files.map(({ file, source }) =>
        `<details class="code program" id="${programId(file)}"><summary><code>${
          escapeHtml(file.slice(folder.length + 1))
        }</code> ${
          escapeHtml(firstSentence(source, file)).replace(/`([^`]+)`/g, "<code>$1</code>")
        }</summary><pre><code>${
          highlightCode(source.trimEnd(), "typescript")
        }</code></pre></details>`
      ).join("\n")
    }`
  );
  return page({
    kind: "index",
    title: "Programs",
    description: "Source of the files that make the tables and figures.",
    navigation: navigation("programs.html", pages),
    bar: `<button type="button" id="code" aria-pressed="false" hidden>Show code</button>`,
    sidebar: "",
    main: `<h1>Programs</h1>
<p class="lead">The ${programs.length} files of the library that notebook cells call for their
<a href="outputs.html">tables and figures</a>, as they were when the reports were made. The other files are in
<code>lib/</code>.</p>
${sections.join("\n")}`,
    provenance,
    data: [],
    script: openTarget,
  });
}

/**
 * The first sentence on the export that a file is named after, else of its first documentation
 * comment.
 */
export function firstSentence(source: string, file = ""): string {
  const name = file.replace(/^.*\//, "").replace(/\.ts$/, "")
    .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const named = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export (?:async )?(?:function|const) ${name}\\b`,
  );
  const comment = (name === "" ? null : named.exec(source))?.[1] ??
    /\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? "";
  const text = comment.replace(/^\s*\*\s?/gm, "").replace(/\{@\w+ ([^}]+)\}/g, "$1")
    .split(/\n\s*\n|\n@/)[0].replace(/\s+/g, " ").trim();
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0] ?? text;
}

/** Opens the file that the address names. */
const openTarget = `
(() => {
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details")) { target.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", open);
  open();
})();
`;
