import { cellName, joined, type Notebook, type NotebookCell, tagsOf } from "./notebook.ts";

/**
 * Messages about the cells that should show something and did not: those tagged `shows` and those
 * whose code calls `show(`.
 */
export function missingOutputs(executed: Notebook): readonly string[] {
  return executed.cells.flatMap((cell, i) => {
    const visible = (cell.outputs ?? []).some((output) => output.output_type !== "error");
    if (!shouldShow(cell) || visible) return [];
    return [`${cellName(executed, i)} should show something but has no output: ${firstLine(cell)}`];
  });
}

/** Whether a cell is expected to have an output. */
export function shouldShow(cell: NotebookCell): boolean {
  if (cell.cell_type !== "code") return false;
  return tagsOf(cell).includes("shows") ||
    /(?<![\w.$])show\s*\(/.test(withoutComments(joined(cell.source)));
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

function firstLine(cell: NotebookCell): string {
  const lines = withoutComments(joined(cell.source)).split("\n").map((line) => line.trim());
  return lines.find((line) => line.includes("show")) ?? lines.find((line) => line !== "") ?? "";
}
