import { cleanOutputs } from "./clean_notebook.ts";
import { cellName, joined, type Notebook, type Output, tagsOf } from "./notebook.ts";

/**
 * How the outputs of a fresh run differ from the committed ones, one message per cell. Numbers may
 * differ by rounding of the machine: one part in 10⁹, and in drawings 0.02 of a unit of the picture.
 * Cells tagged `varies` (timings, say) are not compared.
 */
export function outputDifferences(committed: Notebook, fresh: Notebook): readonly string[] {
  if (committed.cells.length !== fresh.cells.length) {
    return [
      `the committed notebook has ${committed.cells.length} cells, the run ${fresh.cells.length}`,
    ];
  }
  return fresh.cells.flatMap((cell, i) => {
    if (cell.cell_type !== "code" || tagsOf(cell).includes("varies")) return [];
    const difference = firstDifference(
      cleanOutputs(committed.cells[i].outputs ?? [], null),
      cleanOutputs(cell.outputs ?? [], null),
    );
    return difference === undefined ? [] : [`${cellName(fresh, i)}: ${difference}`];
  });
}

function firstDifference(before: readonly Output[], after: readonly Output[]): string | undefined {
  if (before.length !== after.length) {
    return `${before.length} committed outputs, ${after.length} from the fresh run`;
  }
  for (let k = 0; k < after.length; k++) {
    const old = media(before[k]);
    const now = media(after[k]);
    const types = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    for (const type of types) {
      if (old[type] === undefined) return `output ${k + 1} is new as ${type}`;
      if (now[type] === undefined) return `output ${k + 1} is gone as ${type}`;
      const difference = textDifference(old[type], now[type], type === "image/svg+xml" ? 0.02 : 0);
      if (difference !== undefined) return `output ${k + 1} (${type}) ${difference}`;
    }
  }
  return undefined;
}

function media(output: Output): Record<string, string> {
  if (output.output_type === "stream") return { [output.name ?? "stdout"]: joined(output.text) };
  if (output.output_type === "error") return { error: `${output.ename}: ${output.evalue}` };
  return Object.fromEntries(
    Object.entries(output.data ?? {}).map(([type, value]) => [
      type,
      typeof value === "string" || Array.isArray(value) ? joined(value) : JSON.stringify(value),
    ]),
  );
}

/**
 * Where two texts first differ, with what surrounds it; nothing when they agree, numbers within
 * `tolerance` (absolute) or one part in 10⁹.
 */
export function textDifference(
  before: string,
  after: string,
  tolerance: number,
): string | undefined {
  if (before === after) return undefined;
  const old = pieces(before);
  const now = pieces(after);
  for (let i = 0; i < Math.max(old.length, now.length); i++) {
    if (old[i] === now[i] || sameNumber(old[i], now[i], tolerance)) continue;
    return `was ${around(old, i)}, now ${around(now, i)}`;
  }
  return undefined;
}

const numberPattern = /([-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)/i;

/** Text and numbers in turn. */
function pieces(text: string): string[] {
  return text.split(numberPattern);
}

function sameNumber(a: string | undefined, b: string | undefined, tolerance: number): boolean {
  if (a === undefined || b === undefined || a === "" || b === "") return false;
  const x = Number(a.replace("−", "-"));
  const y = Number(b.replace("−", "-"));
  return Math.abs(x - y) <= Math.max(tolerance, 1e-9 * Math.max(Math.abs(x), Math.abs(y)));
}

function around(parts: readonly string[], i: number): string {
  const text = (parts[i - 1] ?? "").slice(-24) + (parts[i] ?? "") +
    (parts[i + 1] ?? "").slice(0, 24);
  // Spaces that look alike but differ are written as escapes.
  const visible = text.replace(
    /[^\S \n]/g,
    (space) => `\\u${space.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${visible.replaceAll("\n", "⏎").slice(0, 90)}"`;
}
