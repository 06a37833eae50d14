import { joined, type Notebook, type Output, splitLines } from "./notebook.ts";

/**
 * The outputs of one cell without what changes from run to run: adjoining pieces of printed text
 * become one, terminal colours go, and only the media and their texts stay.
 */
export function cleanOutputs(
  outputs: readonly Output[],
  executionCount: number | null,
): readonly Output[] {
  const cleaned: Output[] = [];
  for (const output of outputs) {
    if (output.output_type === "stream") {
      const text = withoutColours(joined(output.text));
      const last = cleaned.at(-1);
      if (last?.output_type === "stream" && last.name === output.name) {
        cleaned[cleaned.length - 1] = { ...last, text: splitLines(joined(last.text) + text) };
      } else {
        cleaned.push({ name: output.name, output_type: "stream", text: splitLines(text) });
      }
    } else if (output.output_type === "error") {
      cleaned.push({
        ename: output.ename,
        evalue: output.evalue,
        output_type: "error",
        traceback: (output.traceback ?? []).map(withoutColours),
      });
    } else {
      const data = Object.entries(output.data ?? {}).sort(([a], [b]) => a < b ? -1 : 1)
        .map(([type, value]) => [type, typeof value === "string" ? splitLines(value) : value]);
      cleaned.push({
        data: Object.fromEntries(data),
        ...(output.output_type === "execute_result" ? { execution_count: executionCount } : {}),
        metadata: {},
        output_type: output.output_type,
      });
    }
  }
  return cleaned;
}

/**
 * The notebook as committed with the outputs of a fresh run: sources and metadata stay those of
 * `committed`, execution counts run from 1, and nothing else of the run is kept.
 */
export function withOutputs(committed: Notebook, executed: Notebook): Notebook {
  let count = 0;
  const cells = committed.cells.map((cell, i) => {
    if (cell.cell_type !== "code") return cell;
    const executionCount = joined(cell.source).trim() === "" ? null : ++count;
    const { execution: _timing, ...metadata } = cell.metadata;
    return {
      ...cell,
      metadata,
      execution_count: executionCount,
      outputs: cleanOutputs(executed.cells[i].outputs ?? [], executionCount),
    };
  });
  const metadata = {
    ...committed.metadata,
    kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
    language_info: executed.metadata.language_info ?? committed.metadata.language_info,
  };
  return { ...committed, cells, metadata };
}

/** Text without the escape sequences by which terminals are coloured. */
export function withoutColours(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "");
}
