import assert from "node:assert/strict";
import { table } from "../../lib/report/mod.ts";

const rows = [
  { country: "China", year: 2010, output: 130000.4, share: 97.34, code: "01" },
  { country: "Japan & others", year: 2011, output: -1250.2, share: null, code: "02" },
];

Deno.test("a table writes thousands, a true minus sign, missing values and years without separators", () => {
  const lines = table(rows).text().split("\n");
  assert.match(lines[2], /^China\s+2010\s+130,000\s+97\.34\s+01$/);
  assert.match(lines[3], /^Japan & others\s+2011\s+−1,250\s+–\s+02$/);
});

Deno.test("a table's HTML names its columns, units, rows and caption, and escapes text", () => {
  const html = table(rows, {
    caption: "Output <2010>",
    columns: ["country", { key: "output", label: "Output", unit: "tonnes", digits: 1 }],
    note: "A note.",
    source: "a book",
  }).html();
  assert.ok(html.includes("<caption>Output &lt;2010&gt;</caption>"));
  assert.match(html, /<th scope="col"[^>]*>Output<br><small>tonnes<\/small><\/th>/);
  assert.match(html, /<th scope="row"[^>]*>Japan &amp; others<\/th>/);
  assert.match(html, /<td align="right"[^>]*>130,000\.4<\/td>/);
  assert.ok(html.includes("A note.") && html.includes("Source: a book"));
});

Deno.test("a table that is cut says so in every form", () => {
  const many = Array.from({ length: 1405 }, (_, i) => ({ i }));
  const view = table(many);
  for (const text of [view.html(), view.markdown(), view.text()]) {
    assert.ok(text.includes("Showing 20 of 1,405 rows."));
  }
  assert.ok(!table(many, { maxRows: Infinity }).text().includes("Showing"));
});

Deno.test("a small number that would be written as zero is written with a power of ten", () => {
  const text = table([{ x: 0 }, { x: -4.2e-7 }, { x: 12.5 }], {
    columns: [{ key: "x", digits: 2 }],
  }).text();
  assert.deepEqual(text.split("\n").slice(2).map((line) => line.trim()), [
    "0.00",
    "−4.2×10⁻⁷",
    "12.50",
  ]);
});

Deno.test("a table takes a polars data frame, with dates, whole 64-bit numbers and booleans", async () => {
  const { default: pl } = await import("nodejs-polars");
  const frame = pl.DataFrame({
    day: [new Date(Date.UTC(2010, 8, 1)), null],
    big: pl.Series("big", [9007199254740993n, 1n]),
    flag: [true, false],
  });
  const lines = table(frame).text().split("\n");
  assert.match(lines[2], /^2010-09-01\s+9,007,199,254,740,993\s+yes$/);
  assert.match(lines[3], /^–\s+1\s+no$/);
});

Deno.test("a table without rows still has its header", () => {
  assert.ok(table([], { columns: ["a"] }).html().includes("<th scope"));
  assert.equal(table([]).kind, "table");
});

Deno.test("a table refuses an unknown column and a wrong number of rows", () => {
  assert.throws(
    () => table(rows, { columns: ["nation"] }),
    /no column "nation"; the columns are country/,
  );
  assert.throws(() => table(rows, { maxRows: 0 }), /maxRows/);
});

Deno.test("a Markdown table escapes bars and aligns numbers right", () => {
  const text = table([{ a: "x|y", b: 1 }]).markdown();
  assert.equal(text, "| a | b |\n| :-- | --: |\n| x\\|y | 1 |");
});
