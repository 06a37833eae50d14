import assert from "node:assert/strict";
import { coefficientPlot, eventStudyPlot, sensitivityBounds } from "../../lib/figures/mod.ts";
import { sampleText } from "./samples.ts";

const text = { ...sampleText("intervals"), unit: "log points", alt: undefined };

/** Everything the figure writes, alt text first. */
function words(figure: SVGSVGElement): string {
  const markup = figure.outerHTML;
  assert.doesNotMatch(markup, /NaN|Infinity|undefined/);
  return `${/ aria-label="([^"]*)"/.exec(markup)![1]} ${markup.replace(/<[^>]*>/g, "|")}`;
}

const steady = [0, 0.5, 1].map((m) => ({ m, lower: 1 - m / 2, upper: 2 + m }));
const growing = [0, 0.5, 1].map((m) => ({ m, lower: 0.4 - m, upper: 2 + m }));

const SENTENCES = [
  ["M̄ between two rows", growing, 0.4, "includes zero from M̄ = 0.4"],
  ["M̄ of the first row that includes zero", growing, 0.5, "includes zero from M̄ = 0.5"],
  ["M̄ of the last row that excludes zero", growing, 0, "excludes zero up to M̄ = 0"],
  ["no M̄ and zero never included", steady, null, "excludes zero up to M̄ = 1"],
  ["M̄ beyond the rows", steady, 2, "includes zero from M̄ = 2"],
  ["M̄ 0", [{ m: 0, lower: -1, upper: 1 }], 0, "always includes zero"],
  [
    "no M̄ and zero always included",
    [{ m: 0, lower: -Infinity, upper: Infinity }],
    null,
    "always includes zero",
  ],
] as const;

for (const [what, rows, m, sentence] of SENTENCES) {
  Deno.test(`sensitivityBounds given ${what} says "${sentence}"`, () => {
    const written = words(sensitivityBounds(rows, { ...text, breakdown: [{ m }] }));
    assert.equal(written.split(sentence).length, 3, written); // alt text and picture
  });
}

Deno.test("sensitivityBounds says nothing on a breakdown value it was not given", () => {
  const written = words(sensitivityBounds(growing, text));
  assert.doesNotMatch(written, /zero from|zero up to|always|original/);
});

Deno.test("sensitivityBounds names the original interval on its axis", () => {
  const written = words(sensitivityBounds(steady, { ...text, original: [{ lower: 1, upper: 2 }] }));
  assert.match(written, /\|original\|/);
});

Deno.test("an interval without finite ends is drawn, named and explained", () => {
  const open = { lower: -Infinity, upper: Infinity };
  const drawn = [
    coefficientPlot([{ label: "a", estimate: 0, ...open }], text),
    eventStudyPlot([{ time: 2010, estimate: 0, ...open }], [], text),
    sensitivityBounds([{ m: 0, ...open }], text),
  ].map(words);
  for (const written of drawn) {
    assert.match(written, /unbounded to unbounded/);
    assert.match(written, /no finite end on this side/);
  }
});

Deno.test("finite intervals need no word on open ends", () => {
  const written = words(
    coefficientPlot([{ label: "a", estimate: 1, lower: 0, upper: 2 }], text),
  );
  assert.doesNotMatch(written, /no finite end|baseline/);
});

Deno.test("eventStudyPlot names only what it draws", () => {
  const row = { estimate: 1, lower: 0, upper: 2 };
  const before = [{ time: 2008, ...row }, { time: 2009, ...row }];
  const plain = words(eventStudyPlot(before, [], text));
  assert.doesNotMatch(plain, /sup-t|\|reference year|before 20|from 20\d\d on/);
  const late = words(eventStudyPlot(before, [], { ...text, eventYear: 2015 }));
  assert.match(late, /\|before 2015\|/);
  assert.doesNotMatch(late, /from 2015 on/);
  const reference = { time: 2010, estimate: 0, lower: 0, upper: 0, reference: true };
  assert.match(words(eventStudyPlot([...before, reference], [], text)), /in 2010: 0 \(reference\)/);
});

Deno.test("coefficientPlot writes counts in full and estimates with the same decimals", () => {
  const written = words(coefficientPlot([
    { label: "a", estimate: -0.1, lower: -1, upper: 1, n: 1234567 },
    { label: "b", estimate: 0.25, lower: -1, upper: 1 },
  ], text));
  assert.match(written, /\|N 1,234,567\|/);
  assert.match(written, /\|−0\.10\|/);
});

Deno.test("coefficientPlot gives outcomes of different size their own axes when asked", () => {
  const rows = [
    { panel: "small", label: "a", estimate: 0.01, lower: 0, upper: 0.02 },
    { panel: "large", label: "a", estimate: 40, lower: 0, upper: 80 },
  ];
  assert.doesNotMatch(words(coefficientPlot(rows, text)), /\|0\.02\|/);
  assert.match(words(coefficientPlot(rows, { ...text, sharedScale: false })), /\|0\.02\|/);
});
