/**
 * Fields of JSON from outside, read one by one: each has its type or is refused with its place, what came, and what was expected.
 *
 * @module
 */

/** Throws a RangeError: place, what came, what was expected. */
export function refuse(place: string, came: unknown, expected: string): never {
  const shown = came === undefined ? "nothing" : JSON.stringify(came).slice(0, 200);
  throw new RangeError(`${place}: came ${shown}, expected ${expected}`);
}

/** An object's fields. @throws RangeError on anything else */
export function recordField(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuse(place, value, "an object");
  }
  return Object.fromEntries(Object.entries(value));
}

/** @throws RangeError naming a field that is not known */
export function onlyKnown(
  entry: Readonly<Record<string, unknown>>,
  known: readonly string[],
  place: string,
): void {
  const stray = Object.keys(entry).find((key) => !known.includes(key));
  if (stray !== undefined) {
    throw new RangeError(`${place}: unknown field "${stray}"; expected ${known.join(", ")}`);
  }
}

/** A text that is not empty. @throws RangeError on anything else */
export function textField(value: unknown, place: string): string {
  return typeof value === "string" && value !== "" ? value : refuse(place, value, "a text");
}

/** A finite number. @throws RangeError on anything else */
export function numberField(value: unknown, place: string): number {
  return typeof value === "number" && Number.isFinite(value)
    ? value
    : refuse(place, value, "a number");
}
