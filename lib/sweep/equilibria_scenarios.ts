import { type Measure, parseScenario, type Scenario } from "@ree/equilibrium";
import type { Json } from "./canonical_json.ts";
import type { Parameters } from "./design.ts";

/** A scenario with places for parameters. */
export interface ScenarioTemplate {
  /** Names that it holds as `"$name"`. */
  readonly names: readonly string[];
  readonly closure: Scenario["closure"];
  /** Its export quotas, whatever their limits. */
  readonly quotas: readonly Extract<Measure, { readonly kind: "exportQuota" }>[];
  /** The measures with their numbers. @throws RangeError when a number is missing or does not fit */
  fill(parameters: Parameters): Scenario;
}

/**
 * Scenarios by name.
 *
 * @throws RangeError when there is none, or one is no object
 */
export function parseScenarios(given: Json | undefined): Record<string, ScenarioTemplate> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new RangeError(
      `shared.scenarios: came ${JSON.stringify(given)}, expected scenarios by name`,
    );
  }
  const entries = Object.entries(given as Readonly<Record<string, Json>>);
  if (entries.length === 0) throw new RangeError("shared.scenarios: expected at least one");
  return Object.fromEntries(entries.map(([name, value]) => [name, template(name, value)]));
}

/** All names that the scenarios hold. */
export function placeholders(scenarios: Readonly<Record<string, ScenarioTemplate>>): Set<string> {
  return new Set(Object.values(scenarios).flatMap(({ names }) => names));
}

function template(name: string, value: Json): ScenarioTemplate {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new RangeError(
      `shared.scenarios.${name}: came ${JSON.stringify(value)}, expected an object`,
    );
  }
  const { closure, ...rest } = value as Readonly<Record<string, Json>>;
  const place = `shared.scenarios.${name}`;
  const text = JSON.stringify({ name, ...rest });
  const names = [...text.matchAll(/"\$([^"\\]+)"/g)].map(([, found]) => found);
  const own = closure === undefined
    ? undefined
    : parseScenario(JSON.stringify({ name, measures: [], closure }), place).closure;
  const measures: readonly Measure[] = Array.isArray(rest.measures)
    ? rest.measures as unknown as Measure[]
    : [];
  for (const measure of measures) {
    if (measure?.kind === "exportQuota" && /"\$/.test(JSON.stringify({ ...measure, limit: 1 }))) {
      throw new RangeError(`${place}: exporter and sectors of a quota must be written out`);
    }
  }
  let last: { readonly text: string; readonly scenario: Scenario } | undefined;
  return {
    names,
    closure: own,
    quotas: measures.flatMap((measure) => measure?.kind === "exportQuota" ? [measure] : []),
    fill(parameters) {
      const filled = text.replaceAll(/"\$([^"\\]+)"/g, (_, found: string) => {
        if (!Object.hasOwn(parameters, found)) {
          throw new RangeError(`${place} needs the parameter "${found}"`);
        }
        return JSON.stringify(parameters[found]);
      });
      if (last?.text !== filled) last = { text: filled, scenario: parseScenario(filled, place) };
      return last.scenario;
    },
  };
}
