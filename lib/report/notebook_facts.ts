import { joined, type Notebook } from "./notebook.ts";

/** Where the data of a notebook come from. */
export type DataBadge = "real" | "derived" | "SIMULATED";

/** The badges a notebook may carry, with what each says to a reader. */
export const badgeMeanings: Readonly<Record<DataBadge, string>> = {
  real: "published figures, read as they are",
  derived: "computed here from published figures",
  SIMULATED: "made by a random generator to show the method; not evidence about the world",
};

/** What the overview and the footer say about a notebook. */
export interface NotebookFacts {
  readonly title: string;
  readonly summary: string;
  readonly data: readonly DataBadge[];
}

/**
 * Title, summary and data badges of a notebook, from `metadata.ree`; title and summary fall back on
 * the first heading and the first paragraph.
 *
 * @throws when `metadata.ree.data` is missing, empty or names an unknown kind of data.
 */
export function notebookFacts(notebook: Notebook): NotebookFacts {
  const ree = (notebook.metadata.ree ?? {}) as Record<string, unknown>;
  const allowed = Object.keys(badgeMeanings);
  const data = ree.data;
  const example = `"ree": {"data": ["real", "derived"]}`;
  if (!Array.isArray(data) || data.length === 0) {
    throw new TypeError(
      `metadata.ree.data is missing; the notebook must say where its data come from, such as ${example}; allowed: ${
        allowed.join(", ")
      }`,
    );
  }
  for (const kind of data) {
    if (!allowed.includes(kind)) {
      throw new TypeError(
        `metadata.ree.data holds ${JSON.stringify(kind)}; allowed: ${allowed.join(", ")}`,
      );
    }
  }
  const text = notebook.cells.filter((cell) => cell.cell_type === "markdown")
    .map((cell) => joined(cell.source)).join("\n\n");
  const heading = /^#\s+(.+)$/m.exec(text)?.[1];
  const paragraph = text.split(/\n\s*\n/)
    .map((block) => block.replace(/^#.*$/gm, "").trim())
    .find((block) => block !== "");
  return {
    title: typeof ree.title === "string" ? ree.title : plain(heading ?? "Untitled notebook"),
    summary: typeof ree.summary === "string" ? ree.summary : plain(paragraph ?? ""),
    data: [...new Set(data as DataBadge[])],
  };
}

/** Markdown without its marks, for one line of plain text. */
function plain(text: string): string {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`]/g, "").replace(/\s+/g, " ")
    .trim();
}
