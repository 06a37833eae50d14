import {
  checkClosure,
  type Closure,
  type Economy,
  type Shock,
  shockOf,
  solveEquilibrium,
} from "@ree/equilibrium";
import type { Json } from "./canonical_json.ts";
import type { Parameters } from "./design.ts";
import { economiesOf, economyInputs } from "./economy_inputs.ts";
import { checkElasticity, elasticityName, withElasticities } from "./equilibria_elasticities.ts";
import {
  outputColumns,
  type OutputRequest,
  outputValues,
  parseOutputs,
} from "./equilibria_outputs.ts";
import { loadEconomies } from "./equilibria_economies.ts";
import { parseScenarios, placeholders, type ScenarioTemplate } from "./equilibria_scenarios.ts";
import type { Row, SharedInputs, WorkKind } from "./work_kind.ts";

/** Fields of `shared` in a design of this kind. */
const FIELDS = [
  "economy",
  "economies",
  "scenarios",
  "closures",
  "outputs",
  "tolerance",
  "maxIterations",
];

/**
 * Counterfactual equilibria: scenario × closure × elasticities.
 *
 * `shared` holds `economy` (`{ "source": "small" }` or `{ "source": "world", "year": 2009, … }`) or several
 * named `economies`, `scenarios` by name (measures as in a scenario file, where any number may be written
 * as `"$parameter"`), `closures` by name for those with lists of countries, and `outputs`.
 *
 * Parameters: `scenario` (may be left out when there is one), `closure` (a kind, or a name of `closures`;
 * default the scenario's, else fixed), `economy`, `sigma`, `eta`, `theta`, `psi` for all sectors,
 * `sigma.SECTOR` for one and `sigma.elements` for the elements, `sigma*` as a factor on all of them, and
 * those that the scenarios name.
 */
export const workKind: WorkKind = {
  name: "equilibria",
  async load(shared) {
    const stray = Object.keys(shared).find((key) => !FIELDS.includes(key));
    if (stray !== undefined) {
      throw new RangeError(`shared: unknown field "${stray}"; expected ${FIELDS.join(", ")}`);
    }
    const economies = await loadEconomies(shared);
    const { json, arrays } = economyInputs(economies);
    const rest: Record<string, Json> = {};
    for (const key of ["scenarios", "closures", "outputs", "tolerance", "maxIterations"]) {
      if (shared[key] !== undefined) rest[key] = shared[key];
    }
    return { json: { ...json, ...rest }, arrays };
  },
  prepare(inputs) {
    const context = contextOf(inputs);
    return {
      columns: outputColumns(context.economies, context.outputs, context.scenarios),
      check: (parameters) => check(context, parameters),
      run: ({ parameters }) => solve(context, parameters),
    };
  },
};

interface Context {
  readonly economies: Readonly<Record<string, Economy>>;
  readonly scenarios: Readonly<Record<string, ScenarioTemplate>>;
  readonly closures: Readonly<Record<string, Closure>>;
  readonly outputs: readonly OutputRequest[];
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** Combinations of economy, scenario and closure whose labels were looked up. */
  readonly checked: Set<string>;
  /** The last shock built: runs that follow each other mostly share it. */
  readonly last: { key: string; shock: Shock };
}

function contextOf({ json, arrays }: SharedInputs): Context {
  const number = (name: string) =>
    json[name] === undefined ? {} : { [name]: positive(json[name], `shared.${name}`) };
  return {
    economies: economiesOf({ json, arrays }),
    scenarios: parseScenarios(json.scenarios),
    closures: (json.closures ?? {}) as unknown as Readonly<Record<string, Closure>>,
    outputs: parseOutputs(json.outputs),
    ...number("tolerance"),
    ...number("maxIterations"),
    checked: new Set(),
    last: { key: "", shock: {} },
  };
}

function check(context: Context, parameters: Parameters): void {
  const choice = choose(context, parameters);
  for (const [name, value] of Object.entries(parameters)) {
    if (["scenario", "closure", "economy"].includes(name)) continue;
    if (elasticityName(name)) checkElasticity(choice.economy, name, value);
    else if (!placeholders(context.scenarios).has(name)) {
      throw new RangeError(
        `parameter "${name}" is not used: expected scenario, closure, economy, sigma, eta, theta, psi ` +
          `(also sigma.SECTOR, sigma*) or a name that a scenario holds as "$${name}"`,
      );
    }
  }
  const scenario = choice.scenario.fill(parameters);
  if (context.checked.has(choice.key)) return;
  checkClosure(choice.economy, closureOf(context, choice, parameters));
  shockOf(choice.economy, ...scenario.measures);
  context.checked.add(choice.key);
}

function choose(context: Context, parameters: Parameters) {
  const economy = named(context.economies, parameters.economy, "economy");
  const scenario = named(context.scenarios, parameters.scenario, "scenario");
  const key = [parameters.economy, parameters.scenario, parameters.closure].join("\u0000");
  return { key, economy, scenario };
}

/** The entry that a parameter names; the only one when it names none. */
function named<T>(entries: Readonly<Record<string, T>>, name: unknown, what: string): T {
  const names = Object.keys(entries);
  if (name === undefined && names.length === 1) return entries[names[0]];
  if (typeof name !== "string" || !Object.hasOwn(entries, name)) {
    throw new RangeError(
      `parameter ${what}: came ${name ?? "nothing"}, expected one of ${names.join(", ")}`,
    );
  }
  return entries[name];
}

function closureOf(
  { closures }: Context,
  { scenario }: { readonly scenario: ScenarioTemplate },
  { closure }: Parameters,
): Closure {
  if (closure === undefined) return scenario.closure ?? { kind: "fixed" };
  if (typeof closure === "string" && Object.hasOwn(closures, closure)) return closures[closure];
  return { kind: closure } as Closure; // checkClosure refuses other kinds
}

function solve(context: Context, parameters: Parameters): Row {
  const choice = choose(context, parameters);
  const economy = withElasticities(choice.economy, parameters);
  const { measures } = choice.scenario.fill(parameters);
  const key = `${choice.key}\u0000${JSON.stringify(measures)}`;
  if (context.last.key !== key) {
    context.last.shock = shockOf(choice.economy, ...measures);
    context.last.key = key;
  }
  const { shock } = context.last;
  const { tolerance, maxIterations } = context;
  const found = solveEquilibrium(economy, shock, {
    closure: closureOf(context, choice, parameters),
    ...tolerance === undefined ? {} : { tolerance },
    ...maxIterations === undefined ? {} : { maxIterations },
  });
  return outputValues(economy, shock, found, context.outputs);
}

function positive(value: Json, place: string): number {
  if (typeof value === "number" && value > 0) return value;
  throw new RangeError(`${place}: came ${JSON.stringify(value)}, expected a number above 0`);
}
