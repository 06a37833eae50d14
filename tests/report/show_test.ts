import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { markdown, md, table } from "../../lib/report/mod.ts";
import { mediaBundle } from "../../lib/report/show.ts";
import { svgDocument } from "../../lib/report/svg_document.ts";

const { document } = parseHTML("<!doctype html><html><body></body></html>");

Deno.test("a plot goes out once, as a picture that stands alone, with its description as text", () => {
  const plot = Plot.plot({
    document: document as unknown as Document,
    className: "plot",
    ariaLabel: "Nd & Pr: a < b",
    marks: [Plot.dot([[1, 2]])],
  });
  const bundle = mediaBundle(plot);
  assert.deepEqual(Object.keys(bundle), ["image/svg+xml", "text/plain"]);
  assert.equal(bundle["text/plain"], "Nd & Pr: a < b");
  assert.match(bundle["image/svg+xml"], /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.ok(bundle["image/svg+xml"].includes('aria-label="Nd &amp; Pr: a &lt; b"'));
  assert.ok(bundle["image/svg+xml"].includes("background:#fff"));
});

Deno.test("repairing an SVG twice changes nothing more", () => {
  const once = svgDocument(`<svg aria-label="a & b &lt; c" class="x"><text>1&nbsp;2</text></svg>`);
  assert.equal(svgDocument(once), once);
  assert.ok(once.includes("1&#160;2") && once.includes('"a &amp; b &lt; c"'));
  assert.ok(!svgDocument(`<svg style="background:none"></svg>`).includes("#fff"));
});

Deno.test("a figure with HTML around its drawing goes out as HTML", () => {
  const bundle = mediaBundle({ outerHTML: `<figure><svg aria-label="dots"></svg></figure>` });
  assert.deepEqual(bundle, {
    "text/html": `<figure><svg aria-label="dots"></svg></figure>`,
    "text/plain": "dots",
  });
});

Deno.test("tables, Markdown and values each have their media types", () => {
  assert.deepEqual(Object.keys(mediaBundle(table([{ a: 1 }]))), ["text/html", "text/plain"]);
  assert.deepEqual(mediaBundle(markdown("*x*")), { "text/markdown": "*x*", "text/plain": "*x*" });
  assert.deepEqual(mediaBundle("plain"), { "text/plain": "plain" });
  assert.deepEqual(mediaBundle({ a: [1, 2] }), { "text/plain": "{ a: [ 1, 2 ] }" });
});

Deno.test("Markdown templates keep TeX, drop the code's indentation and keep values as they are", () => {
  const list = "- a\n  - b";
  const view = md`
    The value is $\sigma \times ${2}$.

    ${list}
      indented
  `;
  assert.equal(view.text, "The value is $\\sigma \\times 2$.\n\n- a\n  - b\n  indented");
});

Deno.test("a value that can write itself goes out as HTML, one with a text form of its own as text", () => {
  const written = mediaBundle({ html: () => "<table></table>", markdown: () => "| a |" });
  assert.deepEqual(written, { "text/html": "<table></table>", "text/plain": "| a |" });
  assert.deepEqual(mediaBundle({ toString: () => "OLS" }), { "text/plain": "OLS" });
});
