/** One output of a code cell, as a notebook file holds it. */
export interface Output {
  readonly output_type: "stream" | "display_data" | "execute_result" | "error";
  readonly name?: "stdout" | "stderr";
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[] | object>>;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
  readonly execution_count?: number | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** One cell of a notebook file. */
export interface NotebookCell {
  readonly id?: string;
  readonly cell_type: "markdown" | "code" | "raw";
  readonly source: string | readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
  readonly attachments?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A notebook file (nbformat 4). */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/**
 * Read a notebook from its text.
 *
 * @throws when the text is not a notebook of format 4.
 */
export function parseNotebook(text: string): Notebook {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`the notebook is not JSON: ${(error as Error).message}`);
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new TypeError(`the notebook must be of format 4, got ${notebook?.nbformat}`);
  }
  return notebook;
}

/** The text of a notebook file, laid out as Jupyter does it. */
export function notebookText(notebook: Notebook): string {
  return JSON.stringify(notebook, null, 1) + "\n";
}

/** Notebook files hold long texts as lists of lines; this joins them. */
export function joined(text: string | readonly string[] | undefined): string {
  return text === undefined ? "" : typeof text === "string" ? text : text.join("");
}

/** A text as the list of lines that notebook files hold. */
export function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** The tags of a cell. */
export function tagsOf(cell: NotebookCell): readonly string[] {
  const tags = cell.metadata?.tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
}

/**
 * How a cell is named in messages: its place among all cells, counted from 1, and in brackets its
 * place among the code cells, which is the number that Jupyter writes beside it.
 */
export function cellName(notebook: Notebook, index: number): string {
  const cell = notebook.cells[index];
  if (cell?.cell_type !== "code") return `cell ${index + 1}`;
  const count = notebook.cells.slice(0, index + 1)
    .filter((c) => c.cell_type === "code" && joined(c.source).trim() !== "").length;
  return `cell ${index + 1} [${count}]`;
}
