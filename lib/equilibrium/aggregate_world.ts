import { labelIndex } from "./economy.ts";

/** A world table with element sectors: the part of the input-output stage's result that is used here. */
export interface WorldTableWithElements {
  readonly year: number;
  readonly countries: readonly string[];
  /** Elements last. */
  readonly sectors: readonly string[];
  readonly elements: readonly string[];
  readonly finalCategories: number;
  /** [country·S + sector][country·S + sector], million USD. */
  readonly intermediate: Float64Array;
  /** [country·S + sector][country·categories + category]. */
  readonly final: Float64Array;
  /** [country·S + sector]. */
  readonly output: Float64Array;
  readonly report: { readonly largestRebalancingPercent: number };
}

/** Which region a country, and which group a sector or element belongs to; what is left out stays as it is. */
export interface AggregationMap {
  readonly countries?: Readonly<Record<string, string>>;
  readonly sectors?: Readonly<Record<string, string>>;
}

/**
 * Sums a world table over countries and sectors.
 *
 * @throws RangeError for labels that the table does not have, and groups that mix elements with
 * ordinary sectors
 */
export function aggregateWorld(
  table: WorldTableWithElements,
  map: AggregationMap,
): WorldTableWithElements {
  for (const label of Object.keys(map.countries ?? {})) {
    labelIndex(table.countries, label, "country in the region map");
  }
  for (const label of Object.keys(map.sectors ?? {})) {
    labelIndex(table.sectors, label, "sector in the sector map");
  }
  const regionOf = table.countries.map((country) => map.countries?.[country] ?? country);
  const groupOf = table.sectors.map((sector) => map.sectors?.[sector] ?? sector);
  const countries = [...new Set(regionOf)];
  const first = table.sectors.length - table.elements.length;
  const ordinary = [...new Set(groupOf.slice(0, first))];
  const elements = [...new Set(groupOf.slice(first))];
  const mixed = elements.find((element) => ordinary.includes(element));
  if (mixed !== undefined) {
    throw new RangeError(`group ${mixed} mixes elements and ordinary sectors`);
  }
  const sectors = [...ordinary, ...elements];
  const [S, J, C] = [table.sectors.length, sectors.length, table.finalCategories];
  const rowOf = Int32Array.from(
    { length: table.countries.length * S },
    (_, at) =>
      countries.indexOf(regionOf[Math.floor(at / S)]) * J + sectors.indexOf(groupOf[at % S]),
  );
  const columnOf = Int32Array.from(
    { length: table.countries.length * C },
    (_, at) => countries.indexOf(regionOf[Math.floor(at / C)]) * C + at % C,
  );
  const [old, oldFinal] = [rowOf.length, columnOf.length];
  const [size, width] = [countries.length * J, countries.length * C];
  const intermediate = new Float64Array(size * size);
  const final = new Float64Array(size * width);
  const output = new Float64Array(size);
  for (let i = 0; i < old; i++) {
    output[rowOf[i]] += table.output[i];
    for (let j = 0; j < old; j++) {
      intermediate[rowOf[i] * size + rowOf[j]] += table.intermediate[i * old + j];
    }
    for (let c = 0; c < oldFinal; c++) {
      final[rowOf[i] * width + columnOf[c]] += table.final[i * oldFinal + c];
    }
  }
  return { ...table, countries, sectors, elements, intermediate, final, output };
}

/** Where the countries, sectors and producers of a table are in its aggregation. */
export interface AggregationGroups {
  /** Countries and sectors of the aggregation. */
  readonly N: number;
  readonly J: number;
  /** Group of every country and of every sector. */
  readonly country: Int32Array;
  readonly sector: Int32Array;
  /** Group [region·J + group] of every producer [country·S + sector]. */
  readonly producer: Int32Array;
}

/** Groups of a table and what {@link aggregateWorld} made of it. */
export function aggregationGroups(
  table: WorldTableWithElements,
  world: WorldTableWithElements,
  map: AggregationMap,
): AggregationGroups {
  const [N, J, S] = [world.countries.length, world.sectors.length, table.sectors.length];
  const country = Int32Array.from(
    table.countries,
    (label) => world.countries.indexOf(map.countries?.[label] ?? label),
  );
  const sector = Int32Array.from(
    table.sectors,
    (label) => world.sectors.indexOf(map.sectors?.[label] ?? label),
  );
  const producer = Int32Array.from(
    { length: table.countries.length * S },
    (_, at) => country[Math.floor(at / S)] * J + sector[at % S],
  );
  return { N, J, country, sector, producer };
}
