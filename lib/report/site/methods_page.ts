import { existsSync } from "node:fs";
import { join } from "node:path";

import { isolateFigure } from "../isolate_figure.ts";
import { page } from "../page.ts";
import type { Provenance } from "../provenance.ts";
import { type Heading, renderMarkdown } from "../render_markdown.ts";
import { tableOfContents } from "../table_of_contents.ts";
import { navigation } from "./navigation.ts";
import { folderId, siteAddress } from "./site_address.ts";
import type { SitePage } from "./site_pages.ts";

/** One folder of the library with its README. */
export interface MethodText {
  /** From the root of the project, with forward slashes: "lib/equilibrium". */
  readonly folder: string;
  readonly markdown: string;
}

/** The order of the analysis; READMEs of other folders follow in the order of their names. */
const ORDER = [
  "lib/io_table",
  "lib/event_study",
  "lib/patents",
  "lib/elasticity",
  "lib/equilibrium",
];

/** The READMEs below `lib/`, in the order of the analysis. */
export function methodTexts(root: string): readonly MethodText[] {
  const folders = foldersWithReadme(root, "lib");
  const rank = (folder: string) => {
    const at = ORDER.indexOf(folder);
    return at < 0 ? ORDER.length : at;
  };
  return folders.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map((folder) => ({
    folder,
    markdown: Deno.readTextFileSync(join(root, folder, "README.md")),
  }));
}

function foldersWithReadme(root: string, folder: string): readonly string[] {
  const inside = [...Deno.readDirSync(join(root, folder))]
    .filter(({ isDirectory }) => isDirectory)
    .flatMap(({ name }) => foldersWithReadme(root, `${folder}/${name}`));
  return existsSync(join(root, folder, "README.md")) ? [folder, ...inside] : inside;
}

/** The methods page and its text by section. */
export interface MethodsPage {
  readonly html: string;
  readonly sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly html: string;
  }[];
}

/**
 * The READMEs of the library on one page: the only place where methods and equations are written
 * down.
 *
 * @param picture drawing of the folders of the library, as SVG
 * @throws naming the README when it holds a formula that is not valid or a picture
 */
export function methodsPage(
  texts: readonly MethodText[],
  pages: readonly SitePage[],
  provenance: Provenance,
  picture?: string,
): MethodsPage {
  const ids = new Set([
    "main",
    "theme",
    "menu",
    "site",
    "architecture",
    ...texts.map(({ folder }) => folderId(folder)),
  ]);
  const headings: Heading[] = [];
  const sections: MethodsPage["sections"][number][] = [];
  const body = texts.map(({ folder, markdown }) => {
    try {
      const rendered = renderMarkdown(markdown, {
        ids,
        inlineImage: (address) => {
          throw new Error(`the picture ${address} cannot stand on the methods page`);
        },
        linkTo: (address) => siteAddress(folder, address),
      });
      const id = folderId(folder);
      // The title of a README becomes a heading of the second level, and so on down.
      const html = rendered.html.replace(
        /<(\/?)h([1-5])\b/g,
        (_, slash, level) => `<${slash}h${Number(level) + 1}`,
      );
      rendered.headings.forEach((heading, k) => {
        const own = { ...heading, level: heading.level + 1, id: k === 0 ? id : heading.id };
        headings.push(own);
        sections.push({ id: own.id, title: own.html, html: between(html, rendered.headings, k) });
      });
      return `<section class="method" id="${id}">\n${html}<p class="made">Written in <code>${folder}/README.md</code>.</p>\n</section>`;
    } catch (error) {
      throw new Error(`${folder}/README.md: ${(error as Error).message}`, { cause: error });
    }
  });
  const html = page({
    kind: "report",
    title: "Methods",
    description: "Equations, symbols and conventions of every part.",
    navigation: navigation("methods.html", pages),
    bar: "",
    sidebar: tableOfContents(headings),
    main: `<h1>Methods</h1>
<p class="lead">What each part of the library computes, in equations and conventions. The project follows the published
abstract of a paper; <strong>the equations are ours</strong>.</p>
${
      picture === undefined
        ? ""
        : `<figure class="figure" id="architecture">${
          isolateFigure(picture.trim(), "architecture")
        }</figure>\n<p>The folders of <code>lib/</code>: an arrow points from a folder to those that use it.</p>`
    }
${body.join("\n")}`,
    provenance,
    data: [],
  });
  return { html, sections };
}

/** The HTML from heading `k` to the next one. */
function between(html: string, headings: readonly Heading[], k: number): string {
  const at = (index: number) =>
    index < headings.length ? html.indexOf(` id="${headings[index].id}"`) : html.length;
  return html.slice(at(k), at(k + 1)).replace(/^[^>]*>[\s\S]*?<\/h\d>/, "").replace(/<h\d$/, "");
}
