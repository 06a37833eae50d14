export { messageOf } from "@ree/command";

/** What can stop work on patents; the error's `name`. */
export type PatentErrorName =
  | "EndpointError"
  | "StoreError"
  | "PatentInputError"
  | "PromptError";

/** An error with a name that callers can test for. */
export function namedError(name: PatentErrorName, message: string, cause?: unknown): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  error.name = name;
  return error;
}
