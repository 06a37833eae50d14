import assert from "node:assert/strict";
import { searchEntries, type SearchEntry } from "../../lib/report/site/search_entries.ts";
import { searchIndex } from "../../lib/report/site/search_index.ts";
import { jsonInHtml, searchPage } from "../../lib/report/site/search_page.ts";
import { SITE_PAGES } from "../../lib/report/site/site_pages.ts";

const made = { date: "2026-01-31", commit: "abc1234", versions: {} };
const entry = (title: string, text: string): SearchEntry => ({
  title,
  text,
  where: "A page",
  url: "a.html",
});
const entries = [
  entry("Prices", "What dysprosium cost in 2011, in São Paulo too"),
  entry("Dysprosium", "A heavy element"),
  entry("The slope", "With σ below one, research turns"),
  entry("Nothing", "of the kind"),
];
const titles = (query: string) => searchEntries(entries, query, 10).map(({ entry }) => entry.title);

Deno.test("titles weigh more than texts, and all words must be there", () => {
  assert.deepEqual(titles("dysprosium"), ["Dysprosium", "Prices"]);
  assert.deepEqual(titles("dysprosium 2011"), ["Prices"]);
  assert.deepEqual(titles("dysprosium zzz"), []);
});

Deno.test("case, accents and Greek letters do not matter; parts of words are found", () => {
  assert.deepEqual(titles("SAO"), ["Prices"]);
  assert.deepEqual(titles("sigma"), ["The slope"]);
  assert.deepEqual(titles("σ"), ["The slope"]);
  assert.deepEqual(titles("prosium"), ["Dysprosium", "Prices"]);
});

Deno.test("an empty query finds nothing, and signs are no pattern", () => {
  assert.deepEqual(titles("  "), []);
  assert.deepEqual(titles(".*"), []);
  assert.deepEqual(titles("(["), []);
});

Deno.test("the excerpt shows the place, and a limit holds", () => {
  const long = entry("Long", `${"word ".repeat(100)}needle ${"word ".repeat(100)}`);
  const [hit] = searchEntries([long], "needle", 1);
  assert.ok(hit.excerpt.includes("needle") && hit.excerpt.startsWith("… "));
  assert.ok(hit.excerpt.length < 240);
  assert.equal(searchEntries(entries, "e", 2).length, 2);
});

Deno.test("the page runs the very function that is tested here", () => {
  const html = searchPage(entries, SITE_PAGES, made);
  const source = /\(\(\) => \{\n(function searchEntries[\s\S]*?\n\})\n/.exec(html)![1];
  const rebuilt = new Function(`${source}; return searchEntries;`)() as typeof searchEntries;
  assert.deepEqual(rebuilt(entries, "σ research", 10), searchEntries(entries, "σ research", 10));
});

Deno.test("no text of the index can end its script", () => {
  const hostile = entry("</script><script>alert(1)</script>", "<!--<script>\u2028");
  const html = searchPage([hostile], SITE_PAGES, made);
  assert.equal(html.includes("<script>alert(1)"), false);
  const stored = /id="entries">([\s\S]*?)<\/script>/.exec(html)![1];
  assert.deepEqual(JSON.parse(stored), [hostile]);
  assert.equal(jsonInHtml("</a>\u2029"), '"\\u003c/a>\\u2029"');
});

Deno.test("sections, outputs, methods and data tables are all in the index", () => {
  const index = searchIndex({
    notebooks: [{
      name: "01-a",
      title: "A",
      outputs: [{
        kind: "figure",
        id: "figure-1-1",
        title: "Up",
        description: "Up. A line.",
        cell: "cell 1",
        programs: [],
      }],
      sections: [{ id: "", title: "A", text: "start" }, {
        id: "Step-1",
        title: "Step 1",
        text: "x",
      }],
    }],
    methods: [{ id: "lib-x", title: "<em>X</em>", html: "<p>why</p>" }],
    tables: [{
      file: "facts/a.csv",
      description: "Facts.",
      rows: "1",
      badge: "simulated",
      reading: "",
      columns: [{ name: "year", unit: "", description: "calendar year" }],
      sources: [],
    }],
  });
  assert.deepEqual(index.map(({ url }) => url), [
    "01-a.html",
    "01-a.html#Step-1",
    "01-a.html#figure-1-1",
    "methods.html#lib-x",
    "data.html#table-facts-a.csv",
  ]);
  assert.equal(index[3].title, "X");
  assert.match(index[4].text, /Facts\. year: calendar year/);
  assert.match(index[4].where, /SIMULATED/);
});
