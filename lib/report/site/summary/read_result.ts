/** A record of a result file. */
export type ResultRecord = Readonly<Record<string, unknown>>;

/** A finite number in a result. @throws TypeError naming the key when there is none */
export function numberAt(record: unknown, key: string): number {
  const value = valueAt(record, key);
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new TypeError(`"${key}" should be a number, is ${JSON.stringify(value) ?? "missing"}`);
  }
  return value;
}

/** A text in a result. @throws TypeError naming the key when there is none */
export function textAt(record: unknown, key: string): string {
  const value = valueAt(record, key);
  if (typeof value !== "string") {
    throw new TypeError(`"${key}" should be a text, is ${JSON.stringify(value) ?? "missing"}`);
  }
  return value;
}

/** The rows below a key, at least one. @throws TypeError naming the key when there are none */
export function rowsAt(record: unknown, key: string): readonly ResultRecord[] {
  const value = valueAt(record, key);
  if (!Array.isArray(value) || value.length === 0) {
    throw new TypeError(`"${key}" should be a list with rows`);
  }
  return value;
}

/** The record below a key. @throws TypeError naming the key when there is none */
export function recordAt(record: unknown, key: string): ResultRecord {
  const value = valueAt(record, key);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`"${key}" should be a record`);
  }
  return value as ResultRecord;
}

function valueAt(record: unknown, key: string): unknown {
  if (typeof record !== "object" || record === null) {
    throw new TypeError(`a record with "${key}" was expected, got ${JSON.stringify(record)}`);
  }
  return (record as ResultRecord)[key];
}
