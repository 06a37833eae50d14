import { loadElements, loadPatentTexts, type PatentText } from "@ree/data";
import assert from "node:assert/strict";

const TEXTS = loadPatentTexts();
const SYMBOLS = new Set(loadElements().map(({ symbol }) => symbol));

/** The labels of the guide. */
const LABELS = [
  "efficiency",
  "substitution",
  "recycling",
  "extraction-processing",
  "new-use",
  "mention-only",
];
const SAVING = new Set(["efficiency", "substitution", "recycling"]);

/** The issue asks for 300, the set promises more. */
const LEAST_TEXTS = 320;
/** Balanced: no label under this number, and none over 1.4 times the rarest. */
const LEAST_PER_LABEL = 50;
const LARGEST_RATIO = 1.4;
/** Abstracts are short enough for a model's context and long enough to be read for sense. */
const ABSTRACT_WORDS = [50, 110];
const EVIDENCE_WORDS = 20;
const LEAST_TRANSLATED_SHARE = 0.25;
const LEAST_HARD = 60;
/** A run of words this long in two groups means that one was made from the other or both from a pattern. */
const SHINGLE = 8;
/** Members of a group say the same thing: they share at least this part of the smaller one's words. */
const LEAST_SHARED_IN_GROUP = 0.3;

const wholeText = ({ title, abstract }: PatentText) => `${title}\n${abstract}`;
const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const count = (wanted: (text: PatentText) => boolean) => TEXTS.filter(wanted).length;

Deno.test("the set is large enough and balanced over the six labels", () => {
  assert.ok(TEXTS.length >= LEAST_TEXTS, `${TEXTS.length}`);
  const counts = LABELS.map((label) => count(({ primary }) => primary === label));
  assert.equal(counts.reduce((sum, n) => sum + n), TEXTS.length, "a primary label is not known");
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  assert.ok(least >= LEAST_PER_LABEL, `${counts}`);
  assert.ok(most <= LARGEST_RATIO * least, `${counts}`);
});

Deno.test("every text has known labels without repeats, its primary one first", () => {
  for (const { id, primary, labels } of TEXTS) {
    assert.equal(labels[0], primary, id);
    assert.equal(new Set(labels).size, labels.length, id);
    assert.ok(labels.every((label) => LABELS.includes(label)), id);
    assert.ok(
      primary !== "mention-only" || labels.length === 1,
      `${id}: mention-only stands alone`,
    );
  }
});

Deno.test("a second reader's label, where there is one, is a known label", () => {
  for (const { id, second } of TEXTS) {
    assert.ok(second === null || LABELS.includes(second), `${id}: ${second}`);
  }
  const read = count(({ second }) => second !== null);
  assert.ok(read === 0 || read === TEXTS.length, `${read} of ${TEXTS.length} read a second time`);
});

Deno.test("the evidence stands verbatim in title or abstract and is short", () => {
  for (const { id, title, abstract, evidence } of TEXTS) {
    assert.ok(title.includes(evidence) || abstract.includes(evidence), `${id}: ${evidence}`);
    assert.ok(evidence.split(/\s+/).length <= EVIDENCE_WORDS, `${id}: ${evidence}`);
  }
});

Deno.test("abstracts have the promised length and titles are titles", () => {
  const [least, most] = ABSTRACT_WORDS;
  for (const { id, title, abstract } of TEXTS) {
    const length = abstract.split(/\s+/).length;
    assert.ok(length >= least && length <= most, `${id}: ${length} words`);
    assert.ok(!title.endsWith(".") && title.split(/\s+/).length <= 20, `${id}: ${title}`);
    assert.equal(wholeText({ title, abstract } as PatentText).match(/\s{2,}/), null, id);
  }
});

Deno.test("years lie between 2003 and 2018 and no year is empty", () => {
  const years = new Set(TEXTS.map(({ year }) => year));
  assert.deepEqual(
    [...years].sort((a, b) => a - b),
    Array.from({ length: 16 }, (_, i) => 2003 + i),
  );
});

Deno.test("elements are rare earths, not repeated, and named in the text", () => {
  const compounds: Readonly<Record<string, RegExp>> = {
    Y: /YAG/,
    Ce: /\bcer(ic|ous)\b/i,
    Nd: /NdFeB|PrNd|didymium/i,
    Pr: /PrNd|didymium/i,
    Sm: /SmCo|Sm2Co17/,
    Tb: /terfenol/i,
    Dy: /terfenol/i,
  };
  // Names or the names of oxides in any case ("cerium", "ceria"), symbols only as written ("Er" is not "er").
  const names = new Map(
    loadElements().map(({ symbol, name }) => {
      const stem = name.replace(/i?um$/, "");
      return [symbol, [
        new RegExp(`${name}|\\b${stem}i?a\\b`, "i"),
        new RegExp(`\\b${symbol}\\b`),
        ...(symbol in compounds ? [compounds[symbol]] : []),
      ]];
    }),
  );
  for (const text of TEXTS) {
    assert.equal(new Set(text.elements).size, text.elements.length, text.id);
    for (const symbol of text.elements) {
      assert.ok(SYMBOLS.has(symbol), `${text.id}: ${symbol}`);
      const whole = wholeText(text);
      const named = names.get(symbol)?.some((name) => name.test(whole));
      assert.ok(named, `${text.id}: the text does not name ${symbol}`);
    }
  }
});

Deno.test("all elements but promethium occur, and saving texts concern several elements", () => {
  const concerned = new Set(TEXTS.flatMap(({ elements }) => elements));
  for (const symbol of SYMBOLS) assert.ok(symbol === "Pm" || concerned.has(symbol), symbol);
  const saved = new Set(
    TEXTS.filter(({ primary }) => SAVING.has(primary)).flatMap(({ elements }) => elements),
  );
  for (const symbol of ["Y", "La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy"]) {
    assert.ok(saved.has(symbol), symbol);
  }
});

Deno.test("only mention-only texts may do without any rare earth", () => {
  const rareEarth =
    /rare.earth|lanthan|scandi|yttri|ceri|cerous|praseod|neod|\bNd|samari|europi|gadolin|terbi|dyspro|holmi|erbi|thuli|luteti|mischmetal|monazite/i;
  for (const text of TEXTS) {
    if (text.primary === "mention-only") continue;
    assert.match(wholeText(text), rareEarth, text.id);
  }
  const without = count((text) => text.primary === "mention-only" && text.elements.length === 0);
  assert.ok(without >= 10, `${without} texts without an element`);
});

Deno.test("a group is named after a member and holds one primary label in differing words", () => {
  const byId = new Map(TEXTS.map((text) => [text.id, text]));
  for (const [group, members] of Map.groupBy(TEXTS, ({ group }) => group)) {
    assert.equal(byId.get(group)?.group, group, `group ${group} is not named after its member`);
    assert.equal(new Set(members.map(({ primary }) => primary)).size, 1, group);
    assert.equal(new Set(members.map(({ abstract }) => abstract)).size, members.length, group);
    const [first, ...others] = members.map((text) => new Set(wordsOf(wholeText(text))));
    for (const other of others) {
      const shared = first.intersection(other).size / Math.min(first.size, other.size);
      assert.ok(shared >= LEAST_SHARED_IN_GROUP, `${group}: ${shared}`);
    }
  }
  const grouped = TEXTS.length - new Set(TEXTS.map(({ group }) => group)).size;
  assert.ok(grouped >= 5, `${grouped} near-duplicates`);
});

Deno.test("no eight words in a row stand in texts of two groups", () => {
  const groupOf = new Map<string, string>();
  for (const text of TEXTS) {
    const words = wordsOf(wholeText(text));
    for (let start = 0; start + SHINGLE <= words.length; start++) {
      const shingle = words.slice(start, start + SHINGLE).join(" ");
      const group = groupOf.get(shingle) ?? text.group;
      assert.equal(group, text.group, `"${shingle}" in ${group} and ${text.id}`);
      groupOf.set(shingle, group);
    }
  }
});

Deno.test("every label has hard cases and texts in translated wording", () => {
  const translated = count(({ style }) => style === "machine-translated");
  assert.ok(translated >= LEAST_TRANSLATED_SHARE * TEXTS.length, `${translated}`);
  assert.ok(count(({ hard }) => hard) >= LEAST_HARD);
  for (const label of LABELS) {
    const own = TEXTS.filter(({ primary }) => primary === label);
    assert.ok(own.some(({ hard }) => hard), label);
    assert.ok(own.some(({ style }) => style === "machine-translated"), label);
  }
});

Deno.test("the order of the file says nothing about the label", () => {
  // Runs of equal labels in a random order of six equal classes: expected N * 5/6 changes, s.d. about sqrt(N * 5/36).
  let changes = 0;
  for (let i = 1; i < TEXTS.length; i++) {
    if (TEXTS[i].primary !== TEXTS[i - 1].primary) changes++;
  }
  const expected = TEXTS.length * 5 / 6;
  const deviation = Math.sqrt(TEXTS.length * 5 / 36);
  assert.ok(
    Math.abs(changes - expected) < 4 * deviation,
    `${changes} changes, ${expected} expected`,
  );
});

Deno.test("the guide's examples and the texts are different", async () => {
  const guide = new URL("../../lib/patents/label_guide.md", import.meta.url);
  const words = wordsOf(await Deno.readTextFile(guide));
  const shingles = new Set(words.map((_, i) => words.slice(i, i + SHINGLE).join(" ")));
  for (const text of TEXTS) {
    const own = wordsOf(wholeText(text));
    const shared = own.map((_, i) => own.slice(i, i + SHINGLE).join(" "))
      .filter((shingle) => shingle.split(" ").length === SHINGLE && shingles.has(shingle));
    assert.deepEqual(shared, [], text.id);
  }
});
