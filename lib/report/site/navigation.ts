import { escapeHtml } from "../escape_html.ts";
import { SITE_PAGES, type SitePage } from "./site_pages.ts";

/**
 * The header that all pages share: links to the pages and a search field, which works without script
 * as a form that opens the search page.
 *
 * @param current file name of the page that the header stands on
 * @param pages the pages that exist; see `presentPages`
 */
export function navigation(
  current: string,
  pages: readonly SitePage[] = SITE_PAGES.filter(({ optional }) => !optional),
): string {
  const links = pages.filter(({ unlisted }) => !unlisted).map(({ file, label }) =>
    `<li><a href="${escapeHtml(file)}"${file === current ? ' aria-current="page"' : ""}>${
      escapeHtml(label)
    }</a></li>`
  );
  const search = current === "search.html" ? "" : `<form class="find" action="search.html" ` +
    `role="search"><input type="search" name="q" aria-label="Search all pages" ` +
    `placeholder="Search" title="Press / to search"></form>`;
  return `<a class="brand" href="index.html">Rare earths</a>` +
    `<button type="button" id="menu" aria-expanded="true" aria-controls="site" hidden>Menu</button>` +
    `<nav id="site" aria-label="Pages"><ul>${links.join("")}</ul>${search}</nav>`;
}

/** Links to the notebooks before and after, for the end of a report; empty when there are none. */
export function pager(
  before: { readonly name: string; readonly title: string } | undefined,
  after: { readonly name: string; readonly title: string } | undefined,
): string {
  if (before === undefined && after === undefined) return "";
  const link = (to: typeof before, rel: string, word: string) =>
    to === undefined
      ? "<span></span>"
      : `<a rel="${rel}" href="${encodeURIComponent(to.name)}.html"><small>${word}</small>${
        escapeHtml(to.title)
      }</a>`;
  return `<nav class="pager" aria-label="Other notebooks">${link(before, "prev", "Before")}${
    link(after, "next", "Next")
  }</nav>`;
}
