import { page } from "../page.ts";
import type { Provenance } from "../provenance.ts";
import { navigation } from "./navigation.ts";
import { searchEntries, type SearchEntry } from "./search_entries.ts";
import type { SitePage } from "./site_pages.ts";

/**
 * The search over all pages, with its index inside. Titles and texts reach the page as text only,
 * whatever they hold.
 */
export function searchPage(
  entries: readonly SearchEntry[],
  pages: readonly SitePage[],
  provenance: Provenance,
): string {
  return page({
    kind: "index",
    title: "Search",
    description: "Search the reports, methods and data.",
    navigation: navigation("search.html", pages),
    bar: "",
    sidebar: "",
    main: `<h1>Search</h1>
<form id="search" role="search" action="search.html">
<label for="query">Words that a section, table or figure must hold</label>
<input type="search" id="query" name="q" autocomplete="off" spellcheck="false" aria-controls="hits">
</form>
<p id="count" role="status"></p>
<noscript><p>The search needs script. Without it: <a href="outputs.html">all tables and figures</a>,
<a href="data.html">all data tables</a>, <a href="methods.html">methods</a>.</p></noscript>
<ol id="hits" class="hits"></ol>
<p class="hint">Arrow keys move through the results, Enter opens one, Escape returns to the field.</p>
<script type="application/json" id="entries">${jsonInHtml(entries)}</script>`,
    provenance,
    data: [],
    script: `(() => {\n${searchEntries.toString()}\n${driveSearch}})();`,
  });
}

/** JSON that no text inside can end: `<` is written as an escape. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

const driveSearch = `
  const entries = JSON.parse(document.getElementById("entries").textContent);
  const field = document.getElementById("query");
  const list = document.getElementById("hits");
  const count = document.getElementById("count");
  const most = 40;
  const show = () => {
    const query = field.value;
    const hits = searchEntries(entries, query, entries.length);
    list.replaceChildren(...hits.slice(0, most).map(({ entry, excerpt }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = entry.url;
      link.textContent = entry.title;
      const where = document.createElement("small");
      where.textContent = entry.where;
      const text = document.createElement("p");
      text.textContent = excerpt;
      item.append(link, where, text);
      return item;
    }));
    count.textContent = query.trim() === ""
      ? entries.length + " sections, tables and figures can be found."
      : hits.length === 0
      ? "Nothing holds all these words."
      : hits.length === 1 ? "1 result" : hits.length + " results" + (hits.length > most ? ", the best " + most + " shown" : "");
  };
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", () => {
    const address = new URL(location.href);
    address.search = field.value === "" ? "" : "?q=" + encodeURIComponent(field.value);
    try { history.replaceState(null, "", address); } catch {}
    show();
  });
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const first = list.querySelector("a");
    if (first) first.click();
  });
  document.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const inside = at >= 0 || document.activeElement === field;
    if (event.key === "ArrowDown" && inside && links.length > 0) {
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (links[at - 1] || field).focus();
    } else if (event.key === "Escape" && at >= 0) {
      field.focus();
      field.select();
    } else return;
    event.preventDefault();
  });
  show();
  field.focus();
`;
