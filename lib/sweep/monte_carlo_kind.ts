import {
  monteCarloReplication,
  type MonteCarloRow,
  type MonteCarloTask,
} from "@ree/elasticity/replication";
import type { Json, JsonRecord } from "./canonical_json.ts";
import type { Parameters } from "./design.ts";
import { runSeed } from "./expand.ts";
import type { Row, WorkKind } from "./work_kind.ts";

/** What the simulation and the estimation can be told; a name that is not here would be passed over silently. */
const FIELDS: {
  readonly simulation: readonly (keyof MonteCarloTask["simulation"])[];
  readonly estimation: readonly (keyof MonteCarloTask["estimation"])[];
} = {
  simulation: [
    "sectors",
    "years",
    "sigma",
    "psi",
    "prices",
    "noise",
    "noisePersistence",
    "yearEffect",
    "endogeneity",
    "zeroInflation",
    "meanPatents",
    "dynamics",
    "depreciation",
  ],
  estimation: [
    "design",
    "psi",
    "instrument",
    "cluster",
    "pooling",
    "bootstrap",
    "yearEffects",
    "biasReduction",
    "depreciation",
    "mu",
    "level",
  ],
};
type Part = keyof typeof FIELDS;
const PARTS = Object.keys(FIELDS) as Part[];

/**
 * Monte Carlo studies of the elasticity estimator on SIMULATED panels: `shared` holds `simulation` and
 * `estimation` as `monteCarlo` of @ree/elasticity takes them; draws are replications, and parameters such as
 * `simulation.noise` or `estimation.design` change one option. Replication k of a design with seed s is
 * replication k of `monteCarlo` with that seed, for every cell of the grid.
 */
export const workKind: WorkKind = {
  name: "monte-carlo",
  load(shared) {
    const stray = Object.keys(shared).find((key) => !PARTS.some((part) => part === key));
    if (stray !== undefined) {
      throw new RangeError(`shared: unknown field "${stray}"; expected ${PARTS.join(", ")}`);
    }
    for (const part of PARTS) {
      for (const name of Object.keys(record(shared[part] ?? {}, `shared.${part}`))) {
        checkField(part, name, `shared.${part}.${name}`);
      }
    }
    return { json: { simulation: {}, estimation: {}, ...shared }, arrays: {} };
  },
  prepare({ json }) {
    return {
      columns: COLUMNS,
      check(parameters) {
        for (const name of Object.keys(parameters)) {
          const [part, field] = split(name);
          checkField(part, field, `parameter ${name}`);
        }
        const { estimation } = task(json, parameters, 1);
        for (const name of ["design", "pooling"] as const) {
          if (estimation[name] === undefined) throw new RangeError(`estimation.${name} is missing`);
        }
      },
      run: ({ draw, seed, parameters }) =>
        rowOf(monteCarloReplication(task(json, parameters, studySeed(seed, draw)), draw)),
    };
  },
};

const COLUMNS = {
  data: "text",
  trueMean: "number",
  mean: "number",
  se: "number",
  lower: "number",
  upper: "number",
  sectors: "number",
  covered: "number",
  coveredPooled: "number",
  unstable: "number",
  zeroShare: "number",
  psi: "number",
  psiCovered: "number",
  noEstimate: "text",
} as const;

function rowOf(row: MonteCarloRow): Row {
  const { psiCovered, failure } = row;
  const numbers = Object.entries(COLUMNS).flatMap(([name, type]) =>
    type === "number" && name !== "psiCovered"
      ? [[name, row[name as Exclude<keyof typeof COLUMNS, "data" | "noEstimate" | "psiCovered">]]]
      : []
  );
  return {
    ...Object.fromEntries(numbers),
    data: "SIMULATED",
    psiCovered: psiCovered === null ? null : Number(psiCovered),
    noEstimate: failure,
  };
}

/** The task with the options that the parameters change. */
function task(json: JsonRecord, parameters: Parameters, seed: number): MonteCarloTask {
  const parts: Record<Part, Record<string, Json>> = {
    simulation: { ...record(json.simulation, "simulation") },
    estimation: { ...record(json.estimation, "estimation") },
  };
  for (const [name, value] of Object.entries(parameters)) {
    const [part, field] = split(name);
    parts[part][field] = value;
  }
  return { ...parts, seed } as unknown as MonteCarloTask; // the estimator checks what is in it
}

/** The seed of the study, from which a replication makes its own. */
function studySeed(seed: number, draw: number): number {
  return (seed - draw) / runSeed(1, 0);
}

function split(name: string): [Part, string] {
  const [part, ...field] = name.split(".");
  const known = PARTS.find((one) => one === part);
  if (known === undefined || field.length !== 1) {
    throw new RangeError(`parameter "${name}": expected simulation.OPTION or estimation.OPTION`);
  }
  return [known, field[0]];
}

function checkField(part: Part, name: string, place: string): void {
  const fields: readonly string[] = FIELDS[part];
  if (!fields.includes(name)) {
    throw new RangeError(`${place}: no such option; expected one of ${fields.join(", ")}`);
  }
}

function record(value: Json, place: string): JsonRecord {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonRecord;
  }
  throw new RangeError(`${place}: came ${JSON.stringify(value)}, expected an object`);
}
