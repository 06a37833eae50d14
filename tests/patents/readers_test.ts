import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import pl from "nodejs-polars";
import { parse } from "csv-parse/sync";
import { randomStream } from "@ree/numeric";
import { type Patent, patentOf, readPatents, readStaged, stagePatentsView } from "@ree/patents";
import { bulkRow, sampleTables, writeTables, zipOf } from "./patentsview_files.ts";
import { inFolder } from "./sample_patents.ts";

const PATENTS: readonly Patent[] = [
  patentOf({
    id: "A1",
    title: 'A "quoted" title; with, commas',
    abstract: "Line one\nline two\twith tab and Nd2Fe14B",
    year: 2011,
    priorityYear: 2009,
    classes: ["H01F1/057", "C22C38/00"],
    countries: ["JP", "JP", "US"],
    assignee: "Magnets Ltd.",
  }),
  patentOf({ id: "A2", title: "Toaster", year: 1999 }),
  patentOf({ id: "A3", title: "Größe µ", abstract: "rare earth\r\nlamp", classes: ["H05B33/14"] }),
];

async function all(path: string, prefilter = false) {
  return await Array.fromAsync(readPatents(path, { prefilter }));
}

const COLUMNS = [
  "id",
  "title",
  "abstract",
  "year",
  "priority_year",
  "classes",
  "country",
  "assignee",
];
function delimited(delimiter: string): string {
  const quote = (value: unknown) => `"${String(value ?? "").replaceAll('"', '""')}"`;
  return [
    COLUMNS,
    ...PATENTS.map((p) => [
      p.id,
      p.title,
      p.abstract,
      p.year,
      p.priorityYear,
      p.classes.join("; "),
      p.countries.join(";"),
      p.assignee,
    ]),
  ].map((row) => row.map(quote).join(delimiter)).join("\n") + "\n";
}
const JSON_LINES = PATENTS.map(({ priorityYear, ...rest }) =>
  JSON.stringify({ ...rest, priority_year: priorityYear })
).join("\n");

Deno.test("JSON Lines, CSV, TSV, zip, gzip and Parquet give the same patents", () =>
  inFolder(async (folder) => {
    const files: Readonly<Record<string, string | Uint8Array>> = {
      "p.jsonl": JSON_LINES,
      "p.csv": "\ufeff" + delimited(","),
      "p.tsv": delimited("\t"),
      "p.tsv.zip": zipOf("p.tsv", delimited("\t")),
      "p.csv.zip": zipOf("p.csv", delimited(",")),
      "p.jsonl.gz": gzipSync(JSON_LINES),
    };
    for (const [name, content] of Object.entries(files)) {
      const path = `${folder}/${name}`;
      if (typeof content === "string") Deno.writeTextFileSync(path, content);
      else Deno.writeFileSync(path, content);
      assert.deepEqual(await all(path), PATENTS, name);
      assert.deepEqual((await all(path, true)).map(({ id }) => id), ["A1", "A3"], name);
    }
    const path = `${folder}/p.parquet`;
    pl.DataFrame({
      id: PATENTS.map(({ id }) => id),
      title: PATENTS.map(({ title }) => title),
      abstract: PATENTS.map(({ abstract }) => abstract),
      year: PATENTS.map(({ year }) => year),
      priority_year: PATENTS.map(({ priorityYear }) => priorityYear),
      classes: PATENTS.map(({ classes }) => classes.join(";")),
      countries: PATENTS.map(({ countries }) => countries.join(";")),
      assignee: PATENTS.map(({ assignee }) => assignee),
    }).writeParquet(path);
    assert.deepEqual(await all(path), PATENTS);
    assert.deepEqual((await all(path, true)).map(({ id }) => id), ["A1", "A3"]);
  }));

Deno.test("random tables are cut as csv-parse cuts them, wherever the blocks end", () =>
  inFolder(async (folder) => {
    const random = randomStream(7);
    const pieces = ['""', "\n", "\t", ",", "abc ", "é", "\r\n", "Nd2Fe14B ", "x".repeat(300)];
    // Longer than two blocks of 8 MB, so that records and quotes straddle them.
    let text = '"id"\t"title"\t"abstract"\n';
    for (let id = 0; text.length < 18e6; id++) {
      let cell = "";
      for (let n = random.integer(40); n > 0; n--) cell += pieces[random.integer(pieces.length)];
      text += `${id}\t"${cell}"\t${id % 3 === 0 ? `"${cell.slice(0, 0)}"` : "plain"}\n`;
    }
    Deno.writeTextFileSync(`${folder}/r.tsv`, text);
    const expected = parse(text, { delimiter: "\t", columns: true }) as Record<string, string>[];
    let row = 0;
    for await (const { id, title, abstract } of readPatents(`${folder}/r.tsv`)) {
      const wanted = expected[row++];
      if (id !== wanted.id || title !== wanted.title.trim() || abstract !== wanted.abstract) {
        assert.deepEqual({ id, title, abstract }, wanted);
      }
    }
    assert.equal(row, expected.length);
    const hits = expected.filter(({ title }) => title.includes("Nd2Fe14B")).map(({ id }) => id);
    const found = (await all(`${folder}/r.tsv`, true)).map(({ id }) => id);
    assert.ok(hits.length > 1000);
    // "xNd2Fe14B" glued to letters is no mention, so that a few may be missing.
    assert.deepEqual(found.filter((id) => !hits.includes(id)), []);
    assert.ok(found.length > 0.9 * hits.length, `${found.length} of ${hits.length}`);
  }));

Deno.test("faults in a file are told with file and row", () =>
  inFolder(async (folder) => {
    const cases: Readonly<Record<string, readonly [string | Uint8Array, RegExp]>> = {
      "none.tsv": ["", /empty/],
      "columns.csv": ["a,b\n1,2\n", /expected an id/],
      "short.tsv": ["id\ttitle\n1\tx\n2\n", /row 3: 1 fields, expected 2/],
      "open.tsv": ['id\ttitle\n1\t"x\n2\ty\n', /record 2: a quoted field is never closed/],
      "year.csv": ["id,title,year\n1,x,soon\n", /row 2, year: "soon"/],
      "noid.csv": ["id,title\n,x\n", /row 2: the patent has no id/],
      "bad.jsonl": ['{"id":"1","title":"a"}\nhello\n', /line 2: not JSON/],
      "list.jsonl": ["[1]\n", /line 1: expected a JSON object/],
      "not.zip": ["PK nothing", /not\.zip/],
      "not.parquet": ["nothing", /not Parquet/],
      "file.docx": ["", /expected a file/],
      "cut.tsv.zip": [zipOf("a.tsv", "id\ttitle\n".repeat(50)).subarray(0, 60), /cut\.tsv\.zip/],
    };
    for (const [name, [content, message]] of Object.entries(cases)) {
      const path = `${folder}/${name}`;
      if (typeof content === "string") Deno.writeTextFileSync(path, content);
      else Deno.writeFileSync(path, content);
      await assert.rejects(all(path), { name: "PatentInputError", message }, name);
    }
    const broken = zipOf("a.tsv", "id\ttitle\n1\tx\n");
    broken[14] ^= 1; // checksum in the local header does not count
    new DataView(broken.buffer).setUint32(broken.length - 22 - 51 + 16, 1, true);
    Deno.writeFileSync(`${folder}/sum.tsv.zip`, broken);
    await assert.rejects(all(`${folder}/sum.tsv.zip`), /checksum/);
    await assert.rejects(all(`${folder}/absent.tsv`), /no such file/);
  }));

for (const ending of [".tsv", ".tsv.zip"] as const) {
  Deno.test(`PatentsView's bulk tables as ${ending} are joined`, () =>
    inFolder(async (folder) => {
      writeTables(folder, ending);
      const staged = await stagePatentsView(folder, `${folder}/staging.sqlite`);
      assert.equal(staged.patents, 4);
      assert.equal(staged.rows.g_patent, 6);
      assert.equal(staged.rows.g_patent_abstract, 5);
      const patents = [...readStaged(`${folder}/staging.sqlite`)];
      assert.deepEqual(patents.map(({ id }) => id), [
        "10000001",
        "10000002",
        "10000004",
        "10000005",
      ]);
      assert.deepEqual(patents[0], {
        id: "10000001",
        title: "Sintered neodymium magnet",
        abstract: "A magnet of the Nd.sub.2 Fe.sub.14 B type.",
        year: 2012,
        priorityYear: 2009,
        classes: ["H01F1/0577", "H01F41/0293"],
        countries: ["JP", "US", "US"],
        assignee: 'Magnet "Works" Ltd.',
      });
      assert.equal(patents[1].abstract, 'A phosphor, "YAG:Ce",\nconverts light.\r\nIt is\tyellow.');
      assert.deepEqual([patents[1].priorityYear, patents[1].countries], [null, []]);
      assert.equal(patents[2].title, "Method with\ttab and\nline end in its cerium title");
      assert.equal(patents[3].abstract, "");
    }));
}

Deno.test("without the prefilter, and with other patent types, all patents are staged", () =>
  inFolder(async (folder) => {
    writeTables(folder, ".tsv");
    for (const name of ["g_application", "g_foreign_priority", "g_assignee_disambiguated"]) {
      Deno.removeSync(`${folder}/${name}.tsv`);
    }
    const staged = await stagePatentsView(folder, `${folder}/s.sqlite`, {
      prefilter: false,
      types: ["utility", "design"],
    });
    assert.equal(staged.patents, 6);
    const toaster = [...readStaged(`${folder}/s.sqlite`)].find(({ id }) => id === "10000003");
    assert.deepEqual(toaster?.classes, ["A47J37/08"]);
    assert.equal(toaster?.priorityYear, null);
    await assert.rejects(stagePatentsView(folder, `${folder}/s.sqlite`), /exists already/);
    Deno.removeSync(`${folder}/g_cpc_current.tsv`);
    await assert.rejects(
      stagePatentsView(folder, `${folder}/t.sqlite`),
      /no g_cpc_current\.tsv\.zip/,
    );
  }));

Deno.test("a bulk table without a column, or with a short row, is told", () =>
  inFolder(async (folder) => {
    const tables = sampleTables();
    writeTables(folder, ".tsv", {
      ...tables,
      g_patent: tables.g_patent.replace("patent_title", "title"),
    });
    await assert.rejects(
      stagePatentsView(folder, `${folder}/a.sqlite`),
      /expected a column patent_title/,
    );
    writeTables(folder, ".tsv", {
      ...tables,
      g_cpc_current: tables.g_cpc_current + bulkRow(["10000001", 3]),
    });
    await assert.rejects(
      stagePatentsView(folder, `${folder}/b.sqlite`),
      /g_cpc_current\.tsv, row 6: 2 fields, expected 7/,
    );
  }));
