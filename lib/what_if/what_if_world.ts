import type { ElasticityRow, WorldTableWithElements } from "@ree/equilibrium";
import type { Region } from "./regions.ts";

/**
 * What the page solves from. The table rather than a calibrated economy, because another supply elasticity needs
 * another calibration.
 */
export interface WhatIfWorld {
  /** World table of the regions. */
  readonly table: WorldTableWithElements;
  readonly elasticities: readonly ElasticityRow[];
  readonly regions: readonly Region[];
  /** Name of every ordinary sector. */
  readonly sectorNames: Readonly<Record<string, string>>;
}

/** A {@link WhatIfWorld} as JSON can hold it. */
export interface PackedWorld extends Omit<WhatIfWorld, "table"> {
  readonly table: Omit<WorldTableWithElements, "intermediate" | "final" | "output">;
  /** The three arrays of the table after each other: little-endian doubles, gzip, base64. */
  readonly numbers: string;
}

/** Bytes turned into characters at once: fewer than a call may have arguments. */
const CHUNK = 0x8000;

/** The world as text for a page; every number keeps all its bits. */
export async function packWorld(world: WhatIfWorld): Promise<PackedWorld> {
  const { intermediate, final, output, ...labels } = world.table;
  const all = new Float64Array(intermediate.length + final.length + output.length);
  all.set(intermediate);
  all.set(final, intermediate.length);
  all.set(output, intermediate.length + final.length);
  const bytes = await through(new Uint8Array(all.buffer), new CompressionStream("gzip"));
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return { ...world, table: labels, numbers: btoa(binary) };
}

/**
 * The world that {@link packWorld} was given.
 *
 * @throws RangeError when the numbers are not those of the labels
 */
export async function unpackWorld({ numbers, ...packed }: PackedWorld): Promise<WhatIfWorld> {
  const zipped = Uint8Array.from(atob(numbers), (letter) => letter.charCodeAt(0));
  const bytes = await through(zipped, new DecompressionStream("gzip"));
  const { countries, sectors, finalCategories } = packed.table;
  const size = countries.length * sectors.length;
  const width = countries.length * finalCategories;
  const expected = 8 * size * (size + width + 1);
  if (bytes.length !== expected) {
    throw new RangeError(`packed world: ${bytes.length} bytes of numbers, expected ${expected}`);
  }
  const all = new Float64Array(bytes.buffer);
  return {
    ...packed,
    table: {
      ...packed.table,
      intermediate: all.slice(0, size * size),
      final: all.slice(size * size, size * (size + width)),
      output: all.slice(size * (size + width)),
    },
  };
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(transform);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
