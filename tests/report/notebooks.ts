import type { Notebook, NotebookCell, Output } from "../../lib/report/notebook.ts";

/** A Markdown cell for a test. */
export function text(source: string): NotebookCell {
  return { cell_type: "markdown", metadata: {}, source };
}

/** A code cell for a test, with the outputs it is to have. */
export function code(
  source: string,
  outputs: readonly Output[] = [],
  tags?: readonly string[],
): NotebookCell {
  return {
    cell_type: "code",
    execution_count: null,
    metadata: tags === undefined ? {} : { tags },
    outputs,
    source,
  };
}

/** An output as `show` makes it. */
export function shown(data: Readonly<Record<string, string>>): Output {
  return { output_type: "display_data", data, metadata: {} };
}

/** A notebook whose data are said to be real. */
export function notebook(...cells: readonly NotebookCell[]): Notebook {
  return { cells, metadata: { ree: { data: ["real"] } }, nbformat: 4, nbformat_minor: 4 };
}
