import { numberField, onlyKnown, recordField, refuse, textField } from "@ree/json-fields";
import type { Closure } from "./closure.ts";
import type { Economy } from "./economy.ts";
import type { Labels, Measure } from "./measures.ts";
import type { Shock } from "./shock.ts";
import { shockOf } from "./shock_of.ts";

/** A named counterfactual: what changes and how technology responds. The content of a scenario file. */
export interface Scenario {
  readonly name: string;
  readonly description?: string;
  readonly measures: readonly Measure[];
  /** Default: fixed technology. Frozen technology has arrays and cannot be in a file. */
  readonly closure?: Exclude<Closure, { readonly kind: "frozen" }>;
}

type Kind = "label" | "labels" | "number";

/** Fields of every kind of measure; a trailing "?" marks what may be left out ("*" is meant). */
export const MEASURE_FIELDS: Readonly<Record<Measure["kind"], Readonly<Record<string, Kind>>>> = {
  tariff: { importers: "labels", exporters: "labels", sectors: "labels", rate: "number" },
  exportDuty: { exporter: "label", sectors: "labels", rate: "number", "importers?": "labels" },
  exportQuota: { exporter: "label", sectors: "labels", limit: "number" },
  embargo: { exporter: "label", sectors: "labels", "importers?": "labels" },
  tradeCost: { importers: "labels", exporters: "labels", sectors: "labels", factor: "number" },
  productivity: { country: "label", sectors: "labels", factor: "number" },
  resource: { country: "label", sectors: "labels", factor: "number" },
  endowment: { country: "label", factors: "labels", factor: "number" },
  transfer: { from: "label", to: "label", amount: "number" },
};

/** The measures of a scenario as a shock of an economy; labels are checked here. */
export function scenarioShock(economy: Economy, scenario: Scenario): Shock {
  return shockOf(economy, ...scenario.measures);
}

/**
 * Reads a scenario from JSON text; `scenario.schema.json` describes the form to editors.
 *
 * @param text JSON
 * @param file name used in messages
 * @throws RangeError naming file, place (`measures[1].rate`), what came and what is expected
 * @example
 * ```ts
 * parseScenario(`{ "name": "quota", "measures":
 *   [{ "kind": "exportQuota", "exporter": "CHN", "sectors": ["elements"], "limit": 0.6 }] }`);
 * ```
 */
export function parseScenario(text: string, file = "scenario"): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RangeError(`${file}: not JSON (${cause instanceof Error ? cause.message : cause})`);
  }
  const at = (place: string) => `${file}: ${place}`;
  const root = recordField(value, at("the file"));
  onlyKnown(root, ["$schema", "name", "description", "measures", "closure"], at("the file"));
  const name = textField(root.name, at("name"));
  const description = root.description === undefined
    ? {}
    : { description: textField(root.description, at("description")) };
  if (!Array.isArray(root.measures)) refuse(at("measures"), root.measures, "a list");
  const measures = root.measures.map((entry, m) => measure(entry, at(`measures[${m}]`)));
  const rule = root.closure === undefined ? {} : { closure: closure(root.closure, at("closure")) };
  return { name, ...description, measures, ...rule };
}

/** Reads a scenario file. */
export function loadScenario(path: string): Scenario {
  return parseScenario(Deno.readTextFileSync(path), path);
}

function measure(value: unknown, place: string): Measure {
  const entry = recordField(value, place);
  const kinds = Object.keys(MEASURE_FIELDS);
  const kind = entry.kind;
  if (!isMeasureKind(kind)) refuse(`${place}.kind`, kind, `one of ${kinds.join(", ")}`);
  const fields = Object.entries(MEASURE_FIELDS[kind]);
  onlyKnown(entry, ["kind", ...fields.map(([field]) => field.replace("?", ""))], place);
  const read: Record<string, unknown> = { kind };
  for (const [spelled, type] of fields) {
    const field = spelled.replace("?", "");
    const given = entry[field] === undefined && spelled.endsWith("?") ? "*" : entry[field];
    const where = `${place}.${field}`;
    read[field] = type === "number"
      ? numberField(given, where)
      : type === "label"
      ? textField(given, where)
      : labels(given, where);
  }
  return read as Measure; // every field of its kind was read just above
}

function isMeasureKind(kind: unknown): kind is Measure["kind"] {
  return typeof kind === "string" && Object.hasOwn(MEASURE_FIELDS, kind);
}

function closure(value: unknown, place: string): NonNullable<Scenario["closure"]> {
  const entry = recordField(value, place);
  switch (entry.kind) {
    case "fixed":
    case "allocation":
    case "entry":
      onlyKnown(entry, ["kind"], place);
      return { kind: entry.kind };
    case "global-allocation":
    case "global-entry":
      onlyKnown(entry, ["kind", "innovators", "adopters"], place);
      return {
        kind: entry.kind,
        innovators: list(entry.innovators, `${place}.innovators`),
        adopters: list(entry.adopters, `${place}.adopters`),
      };
    default:
      return refuse(
        `${place}.kind`,
        entry.kind,
        "one of fixed, allocation, entry, global-allocation, global-entry",
      );
  }
}

function list(value: unknown, place: string): string[] {
  if (!Array.isArray(value) || value.length === 0) return refuse(place, value, "a list of labels");
  return value.map((label, k) => textField(label, `${place}[${k}]`));
}

function labels(value: unknown, place: string): Labels {
  return value === "*" ? "*" : list(value, place);
}
