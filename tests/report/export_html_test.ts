import assert from "node:assert/strict";
import { exportHtml, keyFigure } from "../../lib/report/export_html.ts";
import { exportIndex } from "../../lib/report/export_index.ts";
import { externalRequests } from "../../lib/report/external_requests.ts";
import type { Notebook } from "../../lib/report/notebook.ts";
import { notebookFacts } from "../../lib/report/notebook_facts.ts";
import { code, notebook, shown, text } from "./notebooks.ts";

const made = { date: "2026-01-31", commit: "abc1234", versions: { Deno: "2.9.6" } };
const settings = { provenance: made, folder: "." };
const svg =
  `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A & dots" width="640">` +
  `<style>.plot text { fill: red }</style><clipPath id="clip"><rect/></clipPath>` +
  `<g clip-path="url(#clip)"><use href="#clip"/></g></svg>`;
const example = notebook(
  text(
    "# Prices & <events>\n\nThe first paragraph, with [the next](02-next.ipynb) and [a paper](https://doi.org/1).",
  ),
  text(
    "## The *model*\n\n$$\\sigma = \\frac{a}{b}$$\n\nand inline $p_{it}$.\n\n## The model\n\n### Detail",
  ),
  code(`const a: string = "<b>";`, [shown({ "image/svg+xml": svg, "text/plain": "A & dots" })]),
  code("2", [shown({ "image/svg+xml": svg }), {
    output_type: "stream",
    name: "stdout",
    text: ["1 < 2\n", "\u001b[31mred\u001b[0m\n"],
  }]),
);

Deno.test("a report asks for nothing outside itself", () => {
  const html = exportHtml(example, settings);
  assert.deepEqual(externalRequests(html), []);
  const fetched =
    /<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc\s*=\s*"?https?:|<link\b[^>]*\bhref\s*=\s*"?https?:/i;
  assert.equal(fetched.test(html), false);
  assert.ok(html.includes('href="https://doi.org/1"'), "links for the reader stay");
});

Deno.test("external requests are found wherever a browser would make them", () => {
  const page =
    `<link rel="stylesheet" href="//cdn/x.css"><img src='https://a/b.png'><a href="https://ok">x</a>` +
    `<script src="x.js"></script><p style="background:url(http://c/d)"></p><style>@import "e.css";</style>` +
    `<image xlink:href="f.png"/><use href="#fine"/><img src="data:image/png;base64,AA">`;
  assert.deepEqual(externalRequests(page), [
    "//cdn/x.css",
    "https://a/b.png",
    "x.js",
    "http://c/d",
    "f.png",
    "e.css",
  ]);
});

Deno.test("math is MathML, code is highlighted and hidden, and printed text is escaped", () => {
  const html = exportHtml(example, settings);
  assert.equal((html.match(/<math\b/g) ?? []).length, 2);
  assert.ok(html.includes('<details class="code"><summary>'));
  assert.ok(html.includes('<span class="hljs-keyword">const</span>'));
  assert.ok(html.includes("1 &lt; 2\nred\n"));
});

Deno.test("headings get ids of their own and a table of contents; links lead to other reports", () => {
  const html = exportHtml(example, settings);
  assert.ok(html.includes('<h2 id="The-model">') && html.includes('<h2 id="The-model-2">'));
  assert.match(html, /<li><a href="#The-model">The <em>model<\/em><\/a>\s*<\/li>/);
  assert.match(html, /<li><a href="#The-model-2">The model<\/a>\s*<ol><li><a href="#Detail">/);
  assert.ok(html.includes('href="02-next.html"'));
});

Deno.test("figures on one page do not share ids or styles and keep their description", () => {
  const html = exportHtml(example, settings);
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(html.includes("url(#figure-3-1-clip)") && html.includes('href="#figure-4-1-clip"'));
  assert.ok(html.includes("#figure-3-1 {.plot text"));
  assert.ok(html.includes('role="img" aria-label='));
});

Deno.test("the same notebook and provenance give the same bytes", () => {
  assert.equal(exportHtml(example, settings), exportHtml(structuredClone(example), settings));
});

Deno.test("the footer says date, commit, versions and data", () => {
  const html = exportHtml(example, settings);
  for (
    const part of ["2026-01-31", "abc1234", "Deno 2.9.6", '<span class="badge real">real</span>']
  ) {
    assert.ok(html.includes(part), part);
  }
});

Deno.test("a notebook must say where its data come from, in known words", () => {
  const silent: Notebook = { ...example, metadata: {} };
  assert.throws(
    () => exportHtml(silent, settings),
    /metadata\.ree\.data is missing.*real, derived, SIMULATED/,
  );
  const wrong: Notebook = { ...example, metadata: { ree: { data: ["simulated"] } } };
  assert.throws(() => notebookFacts(wrong), /holds "simulated"; allowed: real, derived, SIMULATED/);
});

Deno.test("title and summary fall back on the first heading and paragraph", () => {
  const facts = notebookFacts(example);
  assert.equal(facts.title, "Prices & <events>");
  assert.equal(facts.summary, "The first paragraph, with the next and a paper.");
});

Deno.test("what cannot stand in an offline page is refused, naming the cell", () => {
  const page = (source: string) => () => exportHtml(notebook(text("# A"), text(source)), settings);
  assert.throws(page("$\\frac{1$"), /cell 2: .*KaTeX/);
  assert.throws(
    page("![x](https://example.org/x.png)"),
    /cell 2: the picture .* lies on the internet/,
  );
  assert.throws(page(`<script src="https://example.org/x.js"></script>`), /cell 2: would fetch/);
});

Deno.test("the overview names every notebook, its badge and a failure, and keeps thumbnails apart", () => {
  const facts = notebookFacts(example);
  const run = { date: "2026-01-31", seconds: 12.34, peakBytes: 271e6, thumbnail: svg };
  const html = exportIndex([
    { name: "01-a", facts, run, hasReport: true },
    { name: "02-b", facts, run: { ...run, failure: "cell 3: <boom>" }, hasReport: true },
    { name: "03-c", hasReport: false },
  ], made);
  assert.ok(html.includes('<a href="01-a.html">Prices &amp; &lt;events&gt;</a>'));
  assert.ok(html.includes("Ran on 2026-01-31 in 12.3 s · peak 271 MB"));
  assert.match(
    html,
    /The last run failed\.<\/strong> The report is that of an earlier run\. cell 3: &lt;boom&gt;/,
  );
  assert.ok(html.includes("Not run yet") && !html.includes("03-c.html"));
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(externalRequests(html), []);
});

Deno.test("the figure of the cell tagged key-figure stands for a notebook, else the first one", () => {
  const picture = (name: string) => shown({ "image/svg+xml": `<svg aria-label="${name}"></svg>` });
  const plain = notebook(code("1", [picture("first")]), code("2", [picture("second")]));
  assert.match(keyFigure(plain)!, /first/);
  const cells = plain.cells.map((cell, k) =>
    k === 1 ? { ...cell, metadata: { tags: ["key-figure"] } } : cell
  );
  assert.match(keyFigure({ ...plain, cells })!, /second/);
  assert.equal(keyFigure(notebook(text("# No picture"))), undefined);
});

Deno.test("a figure fits the screen and knows its own width, to be enlarged to", () => {
  assert.match(
    exportHtml(example, settings),
    /<figure class="figure" id="[^"]+" style="--whole:640px">/,
  );
});

Deno.test("a page with formulas carries the fonts that they need, and a page without none", () => {
  const html = exportHtml(notebook(text("# A\n\n$x_i$ and\n\n$$\\sum_i \\mathbb R$$")), settings);
  const fonts = [...html.matchAll(/@font-face\{font-family:(KaTeX_\w+);/g)].map((match) =>
    match[1]
  );
  assert.ok(fonts.includes("KaTeX_Math") && fonts.includes("KaTeX_AMS"));
  assert.equal(fonts.includes("KaTeX_Fraktur"), false);
  assert.deepEqual(externalRequests(html), []);
  assert.equal(exportHtml(notebook(text("# A")), settings).includes("KaTeX"), false);
});
