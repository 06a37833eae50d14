import { readFileSync } from "node:fs";

/** What a notebook parameter can be. */
export type ParameterValue = number | string | boolean | readonly number[] | readonly string[];

/** The type of a parameter whose default is `3` is `number`, not `3`. */
export type Widened<T> = T extends number ? number
  : T extends string ? string
  : T extends boolean ? boolean
  : T extends readonly number[] ? number[]
  : T extends readonly string[] ? string[]
  : never;

/**
 * A parameter of a notebook: the environment variable `REE_<NAME>` (upper case, other signs as `_`)
 * when set, else the field `name` of `params.json` beside the notebook (or of the file that `REE_PARAMS`
 * names), else `standard`. The value must have the type of `standard`; lists are written as JSON, or
 * with commas in the environment.
 *
 * @example
 * ```ts
 * import { parameter } from "@ree/report";
 * // Elasticity of substitution between rare earth inputs; 0.2 to 3 is sensible.
 * const sigma = parameter("sigma", 0.8);
 * ```
 *
 * @throws TypeError when the value found is not of the type of `standard`.
 */
export function parameter<const T extends ParameterValue>(name: string, standard: T): Widened<T> {
  const variable = "REE_" + name.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase();
  const fromEnvironment = Deno.env.get(variable);
  if (fromEnvironment !== undefined) {
    return checked(fromText(fromEnvironment, standard), standard, name, `environment ${variable}`);
  }
  const file = Deno.env.get("REE_PARAMS");
  const settings = readSettings(file ?? "params.json", file !== undefined);
  if (Object.hasOwn(settings, name)) {
    return checked(settings[name], standard, name, file ?? "params.json");
  }
  return standard as unknown as Widened<T>;
}

function readSettings(path: string, required: boolean): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (!required && (error as { code?: string }).code === "ENOENT") return {};
    throw new Error(`parameter: cannot read ${path}`, { cause: error });
  }
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`parameter: ${path} is not JSON: ${(error as Error).message}`);
  }
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    throw new TypeError(`parameter: ${path} must hold one JSON object, such as {"sigma": 0.8}`);
  }
  return settings as Record<string, unknown>;
}

/** Text of the environment read as the type of the default; left as text when that fails. */
function fromText(text: string, standard: ParameterValue): unknown {
  if (typeof standard === "string") return text;
  if (Array.isArray(standard) && !text.trim().startsWith("[")) {
    const parts = text.split(",").map((part) => part.trim());
    return typeof standard[0] === "string" ? parts : parts.map((p) => p === "" ? p : Number(p));
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function checked<T extends ParameterValue>(
  value: unknown,
  standard: T,
  name: string,
  origin: string,
): Widened<T> {
  const expected = typeName(standard);
  const given = Array.isArray(value) && value.length === 0 && Array.isArray(standard)
    ? expected
    : typeName(value);
  const finite = [value].flat().every((v) => typeof v !== "number" || Number.isFinite(v));
  if (given !== expected || !finite) {
    throw new TypeError(
      `parameter "${name}" from ${origin} must be ${expected}, such as ${
        JSON.stringify(standard)
      }; got ${JSON.stringify(value)}`,
    );
  }
  return value as Widened<T>;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) {
    const kinds = [...new Set(value.map((v) => typeof v))];
    return `a list of ${kinds.length === 1 ? kinds[0] : kinds.length === 0 ? "number" : "mixed"}s`;
  }
  return `a ${value === null ? "null" : typeof value}`;
}
