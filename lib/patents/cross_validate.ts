import { randomStream } from "@ree/numeric";

/** What folds are made of. */
export interface FoldItem {
  readonly group: string;
  readonly primary: string;
}

/**
 * Assigns texts to folds so that no group straddles two and labels spread evenly: groups in random order, largest first,
 * each to the fold where its labels are rarest so far.
 *
 * @returns fold of each text, 0 to folds − 1
 * @throws RangeError when there are fewer groups than folds
 */
export function groupedFolds(
  items: readonly FoldItem[],
  folds: number,
  seed = 1,
): readonly number[] {
  const groups = new Map<string, number[]>();
  items.forEach(({ group }, i) => groups.set(group, [...groups.get(group) ?? [], i]));
  if (!(Number.isInteger(folds) && folds >= 2 && groups.size >= folds)) {
    throw new RangeError(
      `folds: ${folds} of ${groups.size} groups, expected 2 up to as many as groups`,
    );
  }
  const random = randomStream(seed);
  const order = [...groups.values()].map((members) => ({ members, key: random.uniform() }))
    .sort((a, b) => b.members.length - a.members.length || a.key - b.key);
  const byLabel = Array.from({ length: folds }, () => new Map<string, number>());
  const sizes = new Array<number>(folds).fill(0);
  const foldOf = new Array<number>(items.length);
  for (const { members } of order) {
    const crowding = (fold: number) =>
      members.reduce((sum, i) => sum + (byLabel[fold].get(items[i].primary) ?? 0), 0);
    let best = 0;
    for (let fold = 1; fold < folds; fold++) {
      const difference = crowding(fold) - crowding(best);
      if (difference < 0 || (difference === 0 && sizes[fold] < sizes[best])) best = fold;
    }
    for (const i of members) {
      foldOf[i] = best;
      sizes[best]++;
      byLabel[best].set(items[i].primary, (byLabel[best].get(items[i].primary) ?? 0) + 1);
    }
  }
  return foldOf;
}

/**
 * Labels of texts by classifiers that have not seen them nor their near-duplicates.
 *
 * @param train makes a classifier from texts
 * @returns given label of each text, in order
 */
export function crossValidate<Text extends FoldItem>(
  texts: readonly Text[],
  train: (texts: readonly Text[]) => (text: Text) => string,
  options: { readonly folds?: number; readonly seed?: number } = {},
): readonly string[] {
  const { folds = 5, seed = 1 } = options;
  const foldOf = groupedFolds(texts, folds, seed);
  const given = new Array<string>(texts.length);
  for (let fold = 0; fold < folds; fold++) {
    const classify = train(texts.filter((_, i) => foldOf[i] !== fold));
    texts.forEach((text, i) => {
      if (foldOf[i] === fold) given[i] = classify(text);
    });
  }
  return given;
}
