import { parse } from "csv-parse/sync";

/** One row of `data/judged/elasticities.csv`. */
export interface ElasticityRow {
  readonly parameter: "theta" | "sigma" | "eta" | "psi" | "supply";
  /** A sector, an element, "elements" for all elements, or "*" for all sectors. */
  readonly sector: string;
  readonly value: number;
  /** Range for sensitivity analysis; contains the value. */
  readonly low: number;
  readonly high: number;
  readonly source: string;
  /** How the value was obtained: "recalled, to be verified", "our judgement". */
  readonly reading: string;
}

/** Elasticities by sector, as {@link calibrate} takes them. */
export interface ModelElasticities {
  /** Value of a parameter for a sector of the table. */
  readonly of: (
    parameter: ElasticityRow["parameter"],
    sector: string,
    isElement: boolean,
  ) => number;
  readonly rows: readonly ElasticityRow[];
}

const PARAMETERS = ["theta", "sigma", "eta", "psi", "supply"] as const;
const COLUMNS = ["parameter", "sector", "value", "low", "high", "source", "reading"];

/**
 * Reads a table of elasticities. The most specific row counts: the sector itself, then "elements",
 * then "*".
 *
 * @param text CSV with the columns of `data/judged/elasticities.csv`
 * @throws RangeError naming line and column of a cell that does not read
 */
export function parseElasticities(text: string, file = "elasticities.csv"): ModelElasticities {
  const table: string[][] = parse(text);
  const [header, ...body] = table;
  if (header?.join() !== COLUMNS.join()) {
    throw new RangeError(`${file}: columns are ${header}; expected ${COLUMNS}`);
  }
  const rows = body.map((cells, k): ElasticityRow => {
    const line = `${file}, line ${k + 2}`;
    const number = (column: string) => {
      const cell = cells[COLUMNS.indexOf(column)];
      const value = Number(cell);
      if (cell === "" || !(value >= 0 && Number.isFinite(value))) {
        throw new RangeError(`${line}, ${column}: came "${cell}", expected a number of at least 0`);
      }
      return value;
    };
    const parameter = PARAMETERS.find((name) => name === cells[0]);
    if (parameter === undefined) {
      throw new RangeError(`${line}: came "${cells[0]}", expected one of ${PARAMETERS.join(", ")}`);
    }
    const [value, low, high] = [number("value"), number("low"), number("high")];
    if (!(low <= value && value <= high)) {
      throw new RangeError(`${line}: ${value} is outside its range ${low} to ${high}`);
    }
    return { parameter, sector: cells[1], value, low, high, source: cells[5], reading: cells[6] };
  });
  return modelElasticities(rows);
}

/**
 * Elasticities with some rows' values replaced, for sensitivity analysis.
 *
 * @throws RangeError when nothing matches
 */
export function withElasticity(
  { rows }: ModelElasticities,
  parameter: ElasticityRow["parameter"],
  value: number,
  sector?: string,
): ModelElasticities {
  const hit = (row: ElasticityRow) =>
    row.parameter === parameter && (sector === undefined || row.sector === sector);
  if (!rows.some(hit)) {
    throw new RangeError(`no elasticity ${parameter} of ${sector ?? "any sector"}`);
  }
  return modelElasticities(rows.map((row) => hit(row) ? { ...row, value } : row));
}

/**
 * Elasticities with σ of some sectors replaced by estimates; sectors that only "*" covered get rows of
 * their own, and other sectors keep what they had. Ranges are widened to contain the new value.
 *
 * @param sigma sector to σ, at least 0
 * @param source of the estimates, for the new rows
 * @throws RangeError naming a sector that no row of the table names (where rows name sectors at all), or
 * a σ that is no number of at least 0
 * @example
 * ```ts
 * withSigmaBySector(loadElasticities(), new Map([["c14", 0.8]])).of("sigma", "c14", false); // 0.8
 * ```
 */
export function withSigmaBySector(
  elasticities: ModelElasticities,
  sigma: ReadonlyMap<string, number>,
  source = "estimated by this project",
): ModelElasticities {
  const named = new Set(
    elasticities.rows.map(({ sector }) => sector).filter((sector) =>
      sector !== "*" && sector !== "elements"
    ),
  );
  const rows = elasticities.rows.filter((row) =>
    row.parameter !== "sigma" || !sigma.has(row.sector)
  );
  for (const [sector, value] of sigma) {
    if (named.size > 0 && !named.has(sector)) {
      throw new RangeError(
        `sigma of unknown sector "${sector}"; expected one of ${[...named].join(", ")}`,
      );
    }
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(`sigma of ${sector} is ${value}; expected a number of at least 0`);
    }
    const before = elasticities.rows.find((row) =>
      row.parameter === "sigma" && row.sector === sector
    ) ?? elasticities.rows.find((row) => row.parameter === "sigma" && row.sector === "*");
    rows.push({
      parameter: "sigma",
      sector,
      value,
      low: Math.min(value, before?.low ?? value),
      high: Math.max(value, before?.high ?? value),
      source,
      reading: "estimate",
    });
  }
  return modelElasticities(rows);
}

/** Elasticities from rows; the most specific row of a parameter counts: the sector itself, then "elements", then "*". */
export function modelElasticities(rows: readonly ElasticityRow[]): ModelElasticities {
  const values = new Map(rows.map((row) => [`${row.parameter} ${row.sector}`, row.value]));
  return {
    rows,
    of(parameter, sector, isElement) {
      const value = values.get(`${parameter} ${sector}`) ??
        (isElement ? values.get(`${parameter} elements`) : undefined) ??
        values.get(`${parameter} *`);
      if (value === undefined) throw new RangeError(`no elasticity ${parameter} of ${sector}`);
      return value;
    },
  };
}

/** The project's own elasticities, `data/judged/elasticities.csv`. */
export function loadElasticities(): ModelElasticities {
  const file = new URL("../../data/judged/elasticities.csv", import.meta.url);
  return parseElasticities(Deno.readTextFileSync(file), "data/judged/elasticities.csv");
}
