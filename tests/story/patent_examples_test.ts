import assert from "node:assert/strict";
import { loadLabelledTexts } from "@ree/patents";
import * as story from "@ree/story";
import { parseHTML } from "linkedom";

const example = (fields: Partial<story.ExampleText>): story.ExampleText => ({
  id: "pt-1",
  title: "A title",
  abstract: "Half the dysprosium suffices.",
  primary: "efficiency",
  elements: ["Dy"],
  evidence: "Half the dysprosium",
  ...fields,
});

const parse = (texts: readonly story.ExampleText[]) =>
  parseHTML(`<body>${story.highlightedExamples(texts).html()}</body>`).document;

Deno.test("the evidence is the one marked passage of every shipped text", () => {
  const texts = loadLabelledTexts();
  const marks = [...parse(texts).querySelectorAll("mark")].map((one) => one.textContent);
  assert.deepEqual(
    marks.map((text) => text!.replace(/\s+/g, " ")),
    texts.map(({ evidence }) => evidence.trim().replace(/\s+/g, " ")),
  );
});

Deno.test("hostile texts stay text: no tag, attribute or entity of theirs takes effect", () => {
  const hostile = [
    `<script>alert(1)</script>`,
    `<img src=x onerror=alert(1)>`,
    `</mark></p></div><a href="javascript:alert(1)">go</a>`,
    `" onmouseover="alert(1)`,
    `&lt;b&gt; &amp; <!-- <![CDATA[ $&`,
  ];
  for (const evil of hostile) {
    const texts = [
      example({ title: evil, abstract: `before ${evil} after`, evidence: evil, id: evil }),
      example({ abstract: evil, title: "Plain evidence", evidence: "Plain evidence" }),
    ];
    const page = parse(texts);
    const tags = new Set([...page.querySelectorAll("body *")].map((one) => one.localName));
    assert.deepEqual([...tags].sort(), ["b", "br", "div", "i", "mark", "p", "small"], evil);
    for (const element of page.querySelectorAll("body *")) {
      for (const { name } of [...element.attributes]) assert.ok(["class", "style"].includes(name));
    }
    assert.equal(page.querySelectorAll("p").length, 2);
    const [first, second] = [...page.querySelectorAll("p")].map((one) => one.textContent!);
    assert.ok(first.includes(`before ${evil} after`), evil);
    assert.equal(page.querySelector("mark")!.textContent, evil);
    assert.ok(second.includes(evil), evil);
  }
});

Deno.test("evidence is found across line breaks and in the title, special characters included", () => {
  const broken = example({
    abstract: "In all,\n half  the\tdysprosium (50 %) suffices",
    evidence: "half the dysprosium (50 %)",
  });
  assert.equal(parse([broken]).querySelector("mark")!.textContent, "half  the\tdysprosium (50 %)");
  const inTitle = example({ title: "Less [Dy]+", evidence: "[Dy]+" });
  assert.equal(parse([inTitle]).querySelector("i mark")!.textContent, "[Dy]+");
  assert.match(story.highlightedExamples([inTitle]).markdown(), /Less »\[Dy\]\+«/);
});

Deno.test("evidence that does not occur is refused with the text's id", () => {
  assert.throws(
    () => story.highlightedExamples([example({ evidence: "a third" })]),
    /pt-1.*a third/,
  );
  assert.throws(() => story.highlightedExamples([example({ evidence: " " })]), /pt-1/);
});

Deno.test("the shortest text of every label is taken, plain and hard apart", () => {
  const texts = loadLabelledTexts();
  for (const hard of [false, true]) {
    const chosen = story.shortestByLabel(texts, hard);
    assert.equal(new Set(chosen.map(({ primary }) => primary)).size, 6);
    for (const text of chosen) {
      const size = text.title.length + text.abstract.length;
      const shorter = texts.filter((other) =>
        other.primary === text.primary && other.hard === hard &&
        other.title.length + other.abstract.length < size
      );
      assert.deepEqual([text.hard, shorter.length], [hard, 0]);
    }
  }
});
