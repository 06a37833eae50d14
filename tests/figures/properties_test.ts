import assert from "node:assert/strict";
import { SAMPLES, sampleText } from "./samples.ts";
import { bandChart } from "../../lib/figures/mod.ts";

/** Why markup is not well-formed XML, or undefined. */
function malformed(markup: string): string | undefined {
  const open: string[] = [];
  let at = 0;
  for (const tag of markup.matchAll(/<(\/?)([A-Za-z:]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (markup.slice(at, tag.index).includes("<")) return `stray < before ${tag[0]}`;
    at = tag.index + tag[0].length;
    if (tag[1]) {
      if (open.pop() !== tag[2]) return `unexpected ${tag[0]}`;
    } else if (!tag[4]) open.push(tag[2]);
  }
  if (open.length) return `not closed: ${open.join(", ")}`;
  if (/&(?!(amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i.test(markup)) return "bare ampersand";
  return at === markup.length ? undefined : "text after the root";
}

function ids(markup: string): string[] {
  return [...markup.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
}

/** The shipped markup is read by hand: linkedom leaves entities of attributes encoded. */
function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function altText(markup: string): string {
  return decode(/ aria-label="([^"]*)"/.exec(markup)![1]);
}

for (const { name, draw } of SAMPLES) {
  for (const width of [720, 390]) {
    const text = sampleText(name, width);
    const markup = draw(text).outerHTML;

    Deno.test(`${name} at ${width} px is one well-formed svg that scales`, () => {
      assert.match(markup, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
      assert.equal(malformed(markup), undefined);
      assert.equal(markup.match(/<svg/g)?.length, 1);
      const [, w, h] = /viewBox="0 0 (\d+) (\d+)"/.exec(markup)!;
      assert.equal(Number(w), width);
      assert.ok(Number(h) > 100 && Number(h) < 3000, `height ${h}`);
    });

    Deno.test(`${name} at ${width} px speaks: role, alt text, title, subtitle and source in full`, () => {
      assert.match(markup, /^<svg [^>]*role="img"/);
      const alt = altText(markup);
      assert.ok(alt.includes(text.title) && alt.endsWith(text.alt!), alt);
      const words = [...markup.matchAll(/<text[^>]*>(.*?)<\/text>/gs)]
        .map((match) => decode(match[1].replace(/<[^>]*>/g, "")));
      for (const sentence of [text.title, text.subtitle, text.source]) {
        assert.ok(words.includes(sentence), `"${sentence}" is not drawn in full`);
      }
    });

    Deno.test(`${name} at ${width} px has no failed number and nothing from outside`, () => {
      const attributes = [...markup.matchAll(/ ([\w:-]+)="([^"]*)"/g)]
        .filter(([, key]) => key !== "aria-label");
      for (const [, key, value] of attributes) {
        assert.doesNotMatch(value, /NaN|undefined|null|Infinity/, key);
        if (key !== "xmlns") assert.doesNotMatch(value, /https?:|^\/\//, key);
      }
      assert.doesNotMatch(markup, /<(script|image|foreignObject|style)/);
      assert.doesNotMatch(markup.replace(/<[^>]*>/g, " "), /NaN|undefined|Infinity/);
    });

    Deno.test(`${name} at ${width} px refers only to its own ids`, () => {
      const own = new Set(ids(markup));
      for (const [, id] of markup.matchAll(/url\(#([^)]+)\)/g)) assert.ok(own.has(id), id);
    });
  }

  Deno.test(`${name} gives the same bytes twice`, () => {
    assert.equal(draw(sampleText(name)).outerHTML, draw(sampleText(name)).outerHTML);
  });

  Deno.test(`${name} writes an alt text when the caller gives none`, () => {
    const text = { ...sampleText(name), alt: undefined };
    const alt = altText(draw(text).outerHTML);
    assert.ok(alt.length > text.title.length + 20, alt);
    assert.doesNotMatch(alt, /undefined|NaN/);
  });

  Deno.test(`${name} refuses empty words`, () => {
    assert.throws(() => draw({ ...sampleText(name), title: " " }), {
      message: `figure ${name}: option "title" must be non-empty text`,
    });
  });
}

Deno.test("figures on one page share no ids, even two of the same kind", () => {
  const all = SAMPLES.flatMap(({ name, draw }) => [
    ...ids(draw(sampleText(name)).outerHTML),
    ...ids(draw({ ...sampleText(name), title: "Another title" }).outerHTML),
  ]);
  assert.ok(all.length > 4);
  assert.equal(new Set(all).size, all.length);
});

Deno.test("drawing leaves no global document behind", () => {
  assert.equal("document" in globalThis, false);
});

Deno.test("a width that cannot hold a figure is refused", () => {
  const row = { label: "a", central: 1, lower: 0, upper: 2 };
  assert.throws(
    () => bandChart([row], { ...sampleText("x"), width: 100 }),
    /360 to 1600 px, got 100/,
  );
});
