import { namedError } from "./named_error.ts";

/** Where the model is and how it is asked. */
export interface EndpointSettings {
  /** Base address, such as `http://localhost:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Left out of everything that is written or shown; null for local endpoints without one. */
  readonly key: string | null;
  /** How the answer's form is asked for; not every server knows JSON schemas. */
  readonly format: "json_schema" | "json_object" | "none";
}

/** Environment variables that name the endpoint. */
export const ENDPOINT_VARIABLES = {
  baseUrl: "REE_LLM_BASE_URL",
  model: "REE_LLM_MODEL",
  key: "REE_LLM_KEY",
  format: "REE_LLM_FORMAT",
} as const;

const FORMATS = ["json_schema", "json_object", "none"] as const;

/**
 * The endpoint that the environment names, or null when it names none (then the baseline classifier is what there is).
 *
 * @param get reads an environment variable
 * @throws EndpointError when the address is not one, or the model is missing
 */
export function readEndpoint(
  get: (name: string) => string | undefined = (name) => Deno.env.get(name),
): EndpointSettings | null {
  const { baseUrl, model, key, format } = ENDPOINT_VARIABLES;
  const address = get(baseUrl)?.trim();
  if (!address) return null;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw namedError(
      "EndpointError",
      `${baseUrl} is not an address of the form https://host/v1 (its value is not shown)`,
    );
  }
  const name = get(model)?.trim();
  if (!name) throw namedError("EndpointError", `${baseUrl} is set but ${model} is not`);
  const form = get(format)?.trim() || "json_schema";
  const known = FORMATS.find((one) => one === form);
  if (known === undefined) {
    throw namedError("EndpointError", `${format} is ${form}, expected ${FORMATS.join(", ")}`);
  }
  return { baseUrl: address, model: name, key: get(key)?.trim() || null, format: known };
}
