import {
  calibrate,
  type Economy,
  type ElasticityRow,
  loadElasticities,
  smallEconomy,
  withElasticity,
} from "@ree/equilibrium";
import type { Json, JsonRecord } from "./canonical_json.ts";

/**
 * The economies that `shared` names: `{ "source": "small" }`, or `{ "source": "world" }` with `year`,
 * `labourAndCapital`, `exportDuties` (true or false) and `elasticities` (`supply`, or `sigma.c14` and so on).
 *
 * @throws RangeError naming a field that does not fit
 */
export async function loadEconomies(shared: JsonRecord): Promise<Record<string, Economy>> {
  if ((shared.economy === undefined) === (shared.economies === undefined)) {
    throw new RangeError("shared: expected either economy or economies");
  }
  const wanted = shared.economy === undefined
    ? record(shared.economies, "shared.economies")
    : { economy: shared.economy };
  const economies: Record<string, Economy> = {};
  for (const [name, source] of Object.entries(wanted)) {
    const place = shared.economy === undefined ? `shared.economies.${name}` : "shared.economy";
    economies[name] = await loadEconomy(record(source, place), place);
  }
  if (Object.keys(economies).length === 0) throw new RangeError("shared.economies: expected one");
  return economies;
}

const WORLD_FIELDS = ["source", "year", "labourAndCapital", "exportDuties", "elasticities"];
const PARAMETERS = ["theta", "sigma", "eta", "psi", "supply"] as const;

async function loadEconomy(given: JsonRecord, place: string): Promise<Economy> {
  const { source, year = 2009, labourAndCapital = false, exportDuties = false } = given;
  const known = source === "world" ? WORLD_FIELDS : ["source"];
  const stray = Object.keys(given).find((key) => !known.includes(key));
  if (stray !== undefined) {
    throw new RangeError(`${place}: unknown field "${stray}"; expected ${known.join(", ")}`);
  }
  if (source === "small") return smallEconomy();
  if (source !== "world") {
    throw new RangeError(
      `${place}.source: came ${JSON.stringify(source)}, expected small or world`,
    );
  }
  if (!Number.isInteger(year)) {
    throw new RangeError(`${place}.year: came ${JSON.stringify(year)}, expected a year`);
  }
  const world = await import("@ree/equilibrium/world"); // reads data: only when a plan is made
  const table = world.loadWorldReeTable(Number(year));
  let elasticities = loadElasticities();
  for (const [name, value] of Object.entries(record(given.elasticities ?? {}, place))) {
    const [base, sector] = name.split(".", 2);
    const parameter: ElasticityRow["parameter"] | undefined = PARAMETERS.find((one) =>
      one === base
    );
    if (parameter === undefined || typeof value !== "number") {
      throw new RangeError(
        `${place}.elasticities.${name}: came ${
          JSON.stringify(value)
        }, expected a number for one of ` +
          PARAMETERS.join(", "),
      );
    }
    elasticities = withElasticity(elasticities, parameter, value, sector);
  }
  return calibrate(table, elasticities, {
    ...labourAndCapital === true ? { factors: world.loadFactorShares(Number(year), table) } : {},
    ...exportDuties === true ? { exportDuties: world.loadExportDuties(Number(year)) } : {},
  }).economy;
}

function record(value: Json | undefined, place: string): JsonRecord {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonRecord;
  }
  throw new RangeError(`${place}: came ${JSON.stringify(value)}, expected an object`);
}
