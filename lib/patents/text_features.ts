import { type Patent, patentText } from "./patent.ts";
import { rareEarthMentions } from "./prefilter.ts";

/**
 * Words and pairs of neighbouring words of a patent, lower case. Every mention of a rare earth, by whatever name, is the
 * one word `~ree`, so that what is learnt of neodymium holds for lutetium; numbers are `~n`. Words of the title count
 * again with a mark of their own. Pairs do not cross the end of a sentence.
 */
export function textFeatures(patent: Pick<Patent, "title" | "abstract">): readonly string[] {
  const features = sentences(patentText(patent)).flatMap((sentence) => grams(wordsOf(sentence)));
  return [...features, ...wordsOf(patent.title).map((word) => `title:${word}`)];
}

/** Sentences of a text, as they stand. */
export function sentences(text: string): readonly string[] {
  return (text.match(/[^.;:!?\n]+(?:[.;:!?](?=\S)[^.;:!?\n]+)*[.;:!?]*/g) ?? [])
    .map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}

function grams(words: readonly string[]): string[] {
  return words.flatMap((word, i) => i === 0 ? [word] : [word, `${words[i - 1]} ${word}`]);
}

function wordsOf(sentence: string): string[] {
  let text = "";
  let at = 0;
  for (const { start, term } of rareEarthMentions(sentence)) {
    if (start < at) continue;
    text += sentence.slice(at, start) + " ~ree ";
    at = start + term.length;
  }
  text += sentence.slice(at);
  const words = text.toLowerCase().match(/~ree|\p{L}+(?:'\p{L}+)?|\d+(?:[.,]\d+)*/gu) ?? [];
  return words.map((word) => /^\d/.test(word) ? "~n" : stem(word));
}

/** Plurals and past tenses fall together with their word: a light stemmer loses less than it gains on few texts. */
function stem(word: string): string {
  if (word.length < 5 || word.startsWith("~")) return word;
  return word.replace(/(?:ies|y)$/, "i").replace(/(?:sses)$/, "ss")
    .replace(/(?<=[a-z]{3})(?:ing|ed|es|s|e)$/, "");
}
