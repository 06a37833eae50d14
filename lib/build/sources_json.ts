import { createHash } from "node:crypto";
import { join } from "node:path";
import type { DerivedTable } from "./derived_table.ts";
import { ORIGINALS } from "./originals.ts";
import { publisherOf } from "./sources.ts";

/** A source file in `data/sources.json`. */
export interface SourceEntry {
  readonly file: string;
  readonly publisher: string;
  readonly address: string;
  readonly carrier: string;
  readonly licence: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Derived tables that need the file. */
  readonly derived: readonly string[];
}

/** Text of `data/sources.json`: every source file of `tables`, sorted by name, then the originals to download. */
export function sourcesJson(from: string, tables: readonly DerivedTable[]): string {
  const derived = new Map<string, string[]>();
  for (const table of tables) {
    for (const file of table.sources) {
      const list = derived.get(file) ?? [];
      list.push(table.file);
      derived.set(file, list);
    }
  }
  const entries = [...derived.keys()].sort().map((file): SourceEntry => {
    const { publisher, address, carrier, licence } = publisherOf(file);
    const bytes = Deno.readFileSync(join(from, file));
    return {
      file,
      publisher,
      address,
      carrier,
      licence,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      derived: derived.get(file) ?? [],
    };
  });
  return JSON.stringify([...entries, ...ORIGINALS], null, 2) + "\n";
}
