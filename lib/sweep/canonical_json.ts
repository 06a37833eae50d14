import { createHash } from "node:crypto";

/** A value that JSON holds. */
export type Json = null | boolean | number | string | readonly Json[] | JsonRecord;

/** An object that JSON holds. */
export interface JsonRecord {
  readonly [key: string]: Json;
}

/**
 * JSON with the keys of every object sorted and no white space: equal values give equal texts.
 *
 * @throws RangeError at a number that JSON cannot hold, or a value that is no JSON, with its place
 */
export function canonicalJson(value: unknown, place = "value"): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) {
      throw new RangeError(`${place}: came ${value}, expected a finite number`);
    }
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((entry, k) => canonicalJson(entry, `${place}[${k}]`)).join(",")}]`;
  }
  if (typeof value === "object") {
    const fields = Object.entries(value).filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => a < b ? -1 : 1)
      .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry, `${place}.${key}`)}`);
    return `{${fields.join(",")}}`;
  }
  throw new RangeError(`${place}: came a ${typeof value}, expected JSON`);
}

/** SHA-256 of a text or of bytes, hexadecimal. */
export function contentHash(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
