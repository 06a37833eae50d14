import type { SharedInputs } from "./work_kind.ts";
import { canonicalJson } from "./canonical_json.ts";

/** Bytes of a header's length before the header. */
const LENGTH = 8;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;

/** Inputs as bytes: length of the header, header (JSON), padding to 8 bytes, doubles (little-endian). */
export function encodeInputs({ json, arrays }: SharedInputs): Uint8Array {
  const names = Object.keys(arrays).sort();
  const header = new TextEncoder().encode(
    canonicalJson({ json, arrays: names.map((name) => [name, arrays[name].length]) }),
  );
  const start = Math.ceil((LENGTH + header.length) / DOUBLE) * DOUBLE;
  const doubles = names.reduce((sum, name) => sum + arrays[name].length, 0);
  const bytes = new Uint8Array(start + doubles * DOUBLE);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, LENGTH);
  let at = start;
  for (const name of names) {
    for (const value of arrays[name]) {
      view.setFloat64(at, value, true);
      at += DOUBLE;
    }
  }
  return bytes;
}

/** Inputs from bytes; all arrays lie in one shared buffer, which workers get without a copy. */
export function decodeInputs(bytes: Uint8Array): SharedInputs {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const header: {
    readonly json: SharedInputs["json"];
    readonly arrays: readonly (readonly [string, number])[];
  } = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH, LENGTH + length)));
  const start = Math.ceil((LENGTH + length) / DOUBLE) * DOUBLE;
  const doubles = header.arrays.reduce((sum, [, count]) => sum + count, 0);
  const buffer = new SharedArrayBuffer(doubles * DOUBLE);
  const all = new Float64Array(buffer);
  for (let k = 0; k < doubles; k++) all[k] = view.getFloat64(start + k * DOUBLE, true);
  let at = 0;
  const arrays: Record<string, Float64Array> = {};
  for (const [name, count] of header.arrays) {
    arrays[name] = new Float64Array(buffer, at * DOUBLE, count);
    at += count;
  }
  return { json: header.json, arrays };
}
