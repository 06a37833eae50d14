import type { WorldTable } from "../wiod.ts";
import { LONG_WORLD_COLUMNS } from "./long_world.ts";

/** Lines written at once. */
const CHUNK = 20_000;

/**
 * A world table as the lines of a long CSV that `readLongWorld` reads: a pattern for a table of one's own. Cells that are zero are
 * left out; output is the sum of the row, which the published output of tables of rounded cells misses by a little.
 *
 * @param table any world table; categories of final demand are called F1, F2, …
 */
export function* longWorldLines(table: WorldTable): Generator<string> {
  const { year, unit, countries, sectors, finalCategories, intermediate, final } = table;
  const labels = countries.flatMap((country) => sectors.map((sector) => [country, sector]));
  const finals = countries.flatMap((country) =>
    Array.from({ length: finalCategories }, (_, c) => [country, `F${c + 1}`])
  );
  yield LONG_WORLD_COLUMNS.join(",");
  const size = labels.length;
  const width = finals.length;
  // Outputs first: they list the industries in their order.
  for (let i = 0; i < size; i++) {
    let output = 0;
    for (let j = 0; j < size; j++) output += intermediate[i * size + j];
    for (let j = 0; j < width; j++) output += final[i * width + j];
    yield `${year},output,${cells(labels[i])},,,${output},${unit}`;
  }
  for (let i = 0; i < size; i++) {
    const start = `${year},%,${cells(labels[i])}`;
    for (
      const [kind, values, across] of [
        ["intermediate", intermediate, labels],
        ["final", final, finals],
      ] as const
    ) {
      const row = start.replace("%", kind);
      for (let j = 0; j < across.length; j++) {
        const value = values[i * across.length + j];
        // All final cells of the first industry: they list the categories in their order.
        const listed = i === 0 && kind === "final";
        if (value !== 0 || listed) yield `${row},${cells(across[j])},${value},${unit}`;
      }
    }
  }
}

/** Writes {@linkcode longWorldLines} into a file. */
export async function writeLongWorld(path: string, table: WorldTable): Promise<void> {
  const file = await Deno.open(path, { write: true, create: true, truncate: true });
  const writer = file.writable.getWriter();
  const encoder = new TextEncoder();
  let lines: string[] = [];
  for (const line of longWorldLines(table)) {
    lines.push(line);
    if (lines.length < CHUNK) continue;
    await writer.write(encoder.encode(lines.join("\n") + "\n"));
    lines = [];
  }
  await writer.write(encoder.encode(lines.join("\n") + "\n"));
  await writer.close();
}

/** Codes with a comma or a quote are quoted. */
function cells(label: readonly string[]): string {
  return label.map((code) => /[",\n]/.test(code) ? `"${code.replaceAll('"', '""')}"` : code)
    .join(",");
}
