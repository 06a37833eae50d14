import { ELEMENT_SAVING, type Label, type LabelledText, LABELS } from "@ree/patents";
import { escapeHtml } from "@ree/report";

/** A labelled text with the passage that shows its label. */
export type ExampleText = Pick<
  LabelledText,
  "id" | "title" | "abstract" | "primary" | "elements" | "evidence"
>;

/** Examples that `show` puts into a notebook. */
export interface ExampleView {
  /** HTML in which only the mark-up made here is mark-up. */
  html(): string;
  /** Plain text with the evidence between » and «. */
  markdown(): string;
}

/** For every label the shortest text that is (not) a hard one; ties by id. */
export function shortestByLabel(
  texts: readonly LabelledText[],
  hard: boolean,
  labels: readonly Label[] = LABELS,
): readonly LabelledText[] {
  const size = (text: LabelledText) => text.title.length + text.abstract.length;
  return labels.flatMap((label) =>
    texts.filter((text) => text.primary === label && text.hard === hard)
      .toSorted((a, b) => size(a) - size(b) || (a.id < b.id ? -1 : 1)).slice(0, 1)
  );
}

/**
 * Texts with their labels, the evidence highlighted. Texts are data: whatever they hold is shown as it is written and
 * never becomes mark-up.
 *
 * @throws RangeError when the evidence does not occur in title or abstract (up to white space)
 */
export function highlightedExamples(texts: readonly ExampleText[]): ExampleView {
  const parts = texts.map((text) => ({ ...text, ...cutAtEvidence(text) }));
  return {
    html: () =>
      `<div class="ree-texts">${
        parts.map((part) => {
          const saving = ELEMENT_SAVING.includes(part.primary) ? ", saves elements" : "";
          const inner = (pieces: readonly string[]) =>
            pieces.map((piece, k) => k === 1 ? mark(piece) : escapeHtml(piece)).join("");
          return `<p><b>${escapeHtml(part.primary)}</b>${saving} · ${
            escapeHtml(part.elements.join(", ") || "no element")
          } · <small>${escapeHtml(part.id)}</small><br><i>${inner(part.inTitle)}</i><br>${
            inner(part.inAbstract)
          }</p>`;
        }).join("\n")
      }</div>`,
    markdown: () =>
      parts.map(({ primary, id, inTitle, inAbstract }) =>
        [`${primary} (${id})`, ...[inTitle, inAbstract].map(quoted)].join("\n")
      ).join("\n\n"),
  };
}

// The style travels with the picture: GitHub drops it and keeps the bold face.
function mark(text: string): string {
  return `<mark style="background:#ffe9a8;color:#1a1a1a"><b>${escapeHtml(text)}</b></mark>`;
}

function quoted(pieces: readonly string[]): string {
  return pieces.map((piece, k) => k === 1 ? `»${piece}«` : piece).join("");
}

/** Title and abstract as [before, evidence, after], or whole where the evidence is in the other. */
function cutAtEvidence({ id, title, abstract, evidence }: ExampleText) {
  const words = evidence.trim().split(/\s+/).map((word) => RegExp.escape(word));
  const pattern = new RegExp(words.join("\\s+"));
  const cut = (text: string): readonly string[] => {
    const found = pattern.exec(text);
    if (found === null) return [text];
    const end = found.index + found[0].length;
    return [text.slice(0, found.index), found[0], text.slice(end)];
  };
  if (evidence.trim() !== "") {
    const inAbstract = cut(abstract);
    if (inAbstract.length > 1) return { inTitle: [title], inAbstract };
    const inTitle = cut(title);
    if (inTitle.length > 1) return { inTitle, inAbstract };
  }
  throw new RangeError(
    `text ${id}: its evidence ${JSON.stringify(evidence)} occurs neither in title nor abstract`,
  );
}
