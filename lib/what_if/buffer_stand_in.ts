/**
 * A browser has no Buffer. The reader of CSV files, which comes with the model's door and is never called in the
 * page, makes two constants of bytes when it is loaded; an array of bytes does as well. To be imported first.
 *
 * @module
 */
const scope = globalThis as { Buffer?: unknown };
scope.Buffer ??= Uint8Array;
