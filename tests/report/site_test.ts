import { dataReadme } from "@ree/build";
import { CATALOGUE, judgedTables } from "@ree/build";
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { exportReport } from "../../lib/report/export_html.ts";
import { externalRequests } from "../../lib/report/external_requests.ts";
import { headline } from "../../lib/report/headline.ts";
import { projectPaths } from "../../lib/report/project.ts";
import {
  citationFile,
  paperBibtex,
  projectBibtex,
  projectCitation,
} from "../../lib/report/site/citation.ts";
import { citePage } from "../../lib/report/site/cite_page.ts";
import { dataPage } from "../../lib/report/site/data_page.ts";
import { dataTables, originalGroups } from "../../lib/report/site/data_tables.ts";
import {
  importedNames,
  type LibraryIndex,
  libraryIndex,
  programsOf,
} from "../../lib/report/site/library_index.ts";
import { methodsPage, methodTexts } from "../../lib/report/site/methods_page.ts";
import { navigation, pager } from "../../lib/report/site/navigation.ts";
import { outputsPage } from "../../lib/report/site/outputs_page.ts";
import { plainText } from "../../lib/report/site/plain_text.ts";
import { firstSentence, programsPage } from "../../lib/report/site/programs_page.ts";
import { siteAddress } from "../../lib/report/site/site_address.ts";
import { presentPages, SITE_PAGES } from "../../lib/report/site/site_pages.ts";
import { code, notebook, shown, text } from "./notebooks.ts";

const { root, data } = projectPaths();
const made = { date: "2026-01-31", commit: "abc1234", versions: { Deno: "2.9.6" } };
const hostile = `<img src=x onerror=alert(1)>"'</script><script>alert(2)</script>`;

/** No tag of the hostile text has become one of the page. */
function assertHarmless(html: string): void {
  assert.equal(/<img src=x/.test(html), false, "no element from a label");
  assert.equal(/<script>alert\(2\)/.test(html), false, "no script from a label");
  assert.deepEqual(externalRequests(html), []);
}

Deno.test("the header lists the pages there are, marks the current one, and searches without script", () => {
  const html = navigation("data.html");
  assert.match(html, /<a href="data.html" aria-current="page">Data<\/a>/);
  assert.equal((html.match(/aria-current/g) ?? []).length, 1);
  assert.match(html, /<form class="find" action="search.html" role="search">/);
  assert.equal(html.includes("what-if.html"), false, "an optional page is not taken for granted");
  assert.ok(navigation("index.html", SITE_PAGES).includes('href="what-if.html"'));
});

Deno.test("a page that another program writes is listed once it is there", async () => {
  const reports = await Deno.makeTempDir();
  const labels = () => presentPages(reports).map(({ file }) => file);
  assert.equal(labels().includes("what-if.html"), false);
  await Deno.writeTextFile(join(reports, "what-if.html"), "<!DOCTYPE html>");
  assert.equal(labels().includes("what-if.html"), true);
  await Deno.remove(reports, { recursive: true });
});

Deno.test("links to the notebooks before and after; titles are text", () => {
  assert.equal(pager(undefined, undefined), "");
  const html = pager(undefined, { name: "02 b", title: hostile });
  assert.match(html, /rel="next" href="02%20b.html"/);
  assert.equal(html.includes('rel="prev"'), false);
  assertHarmless(html);
});

Deno.test("links inside texts lead to the pages of the site", () => {
  const cases: readonly (readonly [folder: string, address: string, expected: string])[] = [
    ["notebooks", "02-next.ipynb", "02-next.html"],
    ["notebooks", "02-next.ipynb#Step-1", "02-next.html#Step-1"],
    ["lib/equilibrium", "../../notebooks/05-x.ipynb", "05-x.html"],
    ["notebooks", "../data/README.md", "data.html"],
    ["notebooks", "../data/sources.json", "data.html"],
    ["notebooks", "../data/judged/events.csv", "data.html#table-judged-events.csv"],
    ["notebooks", "../lib/equilibrium/README.md", "methods.html#lib-equilibrium"],
    ["lib/elasticity", "../equilibrium/README.md", "methods.html#lib-equilibrium"],
    ["lib/patents", "prompts/v1.md", "../lib/patents/prompts/v1.md"],
    ["notebooks", "#here", "#here"],
    ["notebooks", "https://doi.org/1", "https://doi.org/1"],
    ["notebooks", "mailto:a@b.c", "mailto:a@b.c"],
  ];
  for (const [folder, address, expected] of cases) {
    assert.equal(siteAddress(folder, address), expected, address);
  }
});

Deno.test("imports are read, types left out, and a cell's calls lead to files of the library", () => {
  const names = importedNames(
    `import * as story from "@ree/story";\nimport { type A, b as c, table } from "@ree/report";\n` +
      `import { priceLines } from "@ree/figures";\nimport pl from "nodejs-polars";`,
  );
  assert.deepEqual(names.map(({ local, name }) => [local, name]), [
    ["story", "*"],
    ["c", "b"],
    ["table", "table"],
    ["priceLines", "priceLines"],
  ]);
  const library: LibraryIndex = {
    find: (specifier, name) =>
      specifier.startsWith("@ree/") ? `${specifier}/${name}.ts` : undefined,
  };
  const cell = `await show(priceLines(rows.map(story.row), { title: "priceLines" }));\n` +
    `table(x); history.pushState; const priceLinesToo = 1;`;
  assert.deepEqual(programsOf(cell, names, library), [
    "@ree/figures/priceLines.ts",
    "@ree/story/row.ts",
  ]);
});

Deno.test("every door of the project leads to files that exist", () => {
  const library = libraryIndex(root);
  assert.equal(library.find("@ree/figures", "priceLines"), "lib/figures/price_lines.ts");
  assert.equal(library.find("@ree/equilibrium/world", "loadWorldReeTable") !== undefined, true);
  assert.equal(library.find("@ree/figures", "noSuchFigure"), undefined);
  assert.equal(library.find("nodejs-polars", "readCSV"), undefined);
});

const svg = `<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>`;

Deno.test("a report lists its figures and tables with cell, anchor and programs, and its text by section", () => {
  const library: LibraryIndex = {
    find: (_, name) => name === "draw" ? "lib/figures/draw.ts" : `lib/story/${name}.ts`,
  };
  const { html, outputs, sections } = exportReport(
    notebook(
      text("# Prices\n\nFirst words."),
      code(`import { draw } from "@ree/figures";\nimport * as story from "@ree/story";`),
      text("## Why $p$ rose\n\nBecause $x < y$."),
      code("story.rows; draw(a);", [
        shown({ "image/svg+xml": svg, "text/plain": "Prices rose. Lines of 3 elements." }),
        shown({
          "text/html": `<table><caption>A &amp; b</caption><thead><tr><th>Year</th>` +
            `<th>of it</th></tr></thead><tr><td>1</td></tr></table><p>Note.</p>`,
        }),
        shown({ "text/html": `<p>no table</p>` }),
      ]),
    ),
    { provenance: made, folder: ".", library },
  );
  assert.deepEqual(outputs, [
    {
      kind: "figure",
      id: "figure-4-1",
      title: "Prices rose",
      description: "Prices rose. Lines of 3 elements.",
      cell: "cell 4 [2]",
      programs: ["lib/figures/draw.ts", "lib/story/rows.ts"],
    },
    {
      kind: "table",
      id: "table-4-2",
      title: "A & b",
      description: "Year of it Note.",
      cell: "cell 4 [2]",
      programs: ["lib/story/rows.ts"],
    },
  ]);
  for (const { id } of outputs) assert.ok(html.includes(`id="${id}"`), id);
  assert.match(html, /aria-label="Prices rose\. Lines of 3 elements\."/);
  assert.deepEqual(sections, [
    { id: "Prices", title: "Prices", text: "First words." },
    { id: "Why-p-rose", title: "Why p rose", text: "Because x < y. Note. no table" },
  ]);
});

Deno.test("a figure's finding ends before its description, not at a decimal point", () => {
  assert.equal(headline("At σ = 0.5 prices rise. Lines of 3."), "At σ = 0.5 prices rise");
  assert.equal(headline("Up by 3 % per s.d. of exposure"), "Up by 3 % per s.d. of exposure");
});

Deno.test("formulas become TeX in the words of a page, entities characters", () => {
  const html =
    `<p>If <math><semantics><mi>x</mi><annotation encoding="application/x-tex">x &lt; 1` +
    `</annotation></semantics></math></p><p>then &amp; only</p><style>p{}</style>`;
  assert.equal(plainText(html), "If x < 1 then & only");
});

Deno.test("the data page tells what the catalogue says, for every table and column", () => {
  const judgedIn = data;
  const written = CATALOGUE.map((table) => ({ table, rows: 12345, bytes: 2000 }));
  const tables = dataTables(dataReadme(written, judgedTables, judgedIn), "[]");
  assert.deepEqual(tables.map(({ file }) => file), [
    ...CATALOGUE.map(({ file }) => file),
    ...judgedTables.map(({ file }) => file),
  ]);
  const described = new Map(tables.map((table) => [table.file, table]));
  for (const table of [...CATALOGUE, ...judgedTables]) {
    const found = described.get(table.file)!;
    assert.equal(found.description, table.description, table.file);
    assert.equal(found.reading, table.reading ?? "", table.file);
    assert.deepEqual(
      found.columns,
      table.columns.map(({ name, unit, description }) => ({ name, unit, description })),
      table.file,
    );
    assert.equal(found.badge, "badge" in table ? table.badge : "judged", table.file);
  }
});

Deno.test("every built table has a publisher and a licence, and every source file is named", () => {
  const sources = Deno.readTextFileSync(join(data, "sources.json"));
  const tables = dataTables(Deno.readTextFileSync(join(data, "README.md")), sources);
  const html = dataPage({
    tables,
    originals: originalGroups(sources),
    pages: SITE_PAGES,
    provenance: made,
  });
  for (const { file, sources: own } of CATALOGUE) {
    const found = tables.find((table) => table.file === file);
    assert.ok(found !== undefined, `${file} is in data/README.md`);
    const files = found.sources.flatMap(({ files }) => files);
    assert.deepEqual(files.toSorted(), [...new Set(own)].toSorted(), file);
    for (const { licence, publisher } of found.sources) assert.ok(licence && publisher, file);
  }
  for (const { file } of tables) {
    assert.ok(html.includes(`id="table-${file.replaceAll("/", "-")}"`), file);
    assert.ok(existsSync(join(data, file)), file);
  }
  assert.deepEqual(externalRequests(html), []);
});

Deno.test("a table that is listed and not described is refused", () => {
  assert.throws(
    () => dataTables("| [a.csv](a.csv) | 1 | 1 | real |  |\n", "[]"),
    /lists a\.csv and does not describe it/,
  );
  assert.throws(() => dataTables("# Data\n", "[]"), /lists no table/);
});

Deno.test("labels of data tables and outputs never become HTML", () => {
  const tables = [{
    file: "a.csv",
    description: hostile,
    rows: hostile,
    badge: "judged",
    reading: hostile,
    columns: [{ name: hostile, unit: hostile, description: hostile }],
    sources: [{
      publisher: hostile,
      address: hostile,
      carrier: hostile,
      licence: hostile,
      files: [hostile],
    }],
  }];
  assertHarmless(dataPage({ tables, originals: [], pages: SITE_PAGES, provenance: made }));
  assertHarmless(outputsPage({
    notebooks: [{
      name: hostile,
      title: hostile,
      outputs: [{
        kind: "table",
        id: "table-1",
        title: hostile,
        description: hostile,
        cell: hostile,
        programs: [hostile],
      }],
    }],
    programs: new Set([hostile]),
    pages: SITE_PAGES,
    provenance: made,
  }));
  assertHarmless(
    programsPage([{ file: "lib/a/b.ts", source: hostile }], SITE_PAGES, made),
  );
});

Deno.test("the list of outputs leads to the place in the report and to the program", () => {
  const html = outputsPage({
    notebooks: [{
      name: "01-a",
      title: "A",
      outputs: [{
        kind: "figure",
        id: "figure-3-1",
        title: "It rose",
        description: "",
        cell: "cell 3 [2]",
        programs: ["lib/figures/draw.ts", "lib/gone.ts"],
      }],
    }, { name: "02-b", title: "B", outputs: [] }],
    programs: new Set(["lib/figures/draw.ts"]),
    pages: SITE_PAGES,
    provenance: made,
  });
  assert.ok(html.includes('<a href="01-a.html#figure-3-1">It rose</a>'));
  assert.ok(html.includes('href="programs.html#lib-figures-draw.ts"'));
  assert.equal(html.includes("programs.html#lib-gone.ts"), false, "no link to what is not there");
  assert.ok(
    html.includes("deno task report 02-b"),
    "a notebook without outputs says how to run it",
  );
});

Deno.test("every README of the library is on the methods page, its formulas as MathML", () => {
  const texts = methodTexts(root);
  const { html, sections } = methodsPage(texts, SITE_PAGES, made);
  for (const { folder } of texts) assert.ok(html.includes(`id="${folder.replaceAll("/", "-")}"`));
  for (const folder of ["lib/io_table", "lib/event_study", "lib/elasticity", "lib/equilibrium"]) {
    const { markdown } = texts.find((one) => one.folder === folder)!;
    assert.ok((markdown.match(/\$\$/g) ?? []).length >= 2, `${folder} has equations`);
  }
  assert.ok((html.match(/<math\b/g) ?? []).length > 40);
  assert.equal(/\$\$|\\hat/.test(html.replace(/<annotation[\s\S]*?<\/annotation>/g, "")), false);
  assert.equal((html.match(/<h1\b/g) ?? []).length, 1);
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id } of sections) assert.ok(ids.includes(id), id);
  assert.deepEqual(externalRequests(html), []);
});

Deno.test("a README with a wrong formula is named", () => {
  assert.throws(
    () => methodsPage([{ folder: "lib/x", markdown: "# X\n\n$\\frac{1$" }], SITE_PAGES, made),
    /lib\/x\/README\.md: the formula/,
  );
});

Deno.test("a program is introduced by the first sentence of its documentation", () => {
  assert.equal(
    firstSentence(`/** Draws {@link lines}. More. */\nexport const a = 1;`),
    "Draws lines.",
  );
  assert.equal(firstSentence("export const a = 1;"), "");
  const two = `/** Choices of it. */\nexport interface Options {}\n\n` +
    `/**\n * Draws the lines of\n * prices. More.\n */\nexport function priceLines() {}`;
  assert.equal(firstSentence(two, "lib/figures/price_lines.ts"), "Draws the lines of prices.");
  assert.equal(firstSentence(two, "lib/figures/other.ts"), "Choices of it.");
});

Deno.test("the citation names the commit, and the paper as inspiration only", () => {
  assert.match(projectCitation(made), /commit abc1234, run on 2026-01-31/);
  assert.match(
    projectBibtex(made),
    /^@software\{ree-supply-chain-toolkit,\n {2}author = \{\{The REE/,
  );
  assert.match(paperBibtex(), /author = \{Alfaro, Laura and Fadinger, Harald and/);
  const html = citePage(SITE_PAGES, made);
  assert.match(html, /Only its abstract was read here/);
  assert.equal((html.match(/class="copy"/g) ?? []).length, 4);
});

Deno.test("CITATION.cff says what the citation page says", () => {
  assert.equal(Deno.readTextFileSync(join(root, "CITATION.cff")), citationFile());
});
