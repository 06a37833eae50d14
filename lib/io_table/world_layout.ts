import { rowSums } from "@ree/numeric";

/** A world input-output table as published: industry by industry, million USD. */
export interface WorldFlows {
  readonly year: number;
  readonly unit: "million USD";
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  /** Element sectors that the table already has, the last of `sectors`; none in a published table. */
  readonly elements?: readonly string[];
  readonly finalCategories: number;
  /** Row-major [country·S + sector][country·S + sector]. */
  readonly intermediate: Float64Array;
  /** [country·S + sector][country·finalCategories + category]. */
  readonly final: Float64Array;
}

/** Sizes and positions in the widened table. */
export interface WorldLayout {
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  /** New element sectors, the last of `sectors`. */
  readonly elements: readonly string[];
  /** Element sectors that the table already had, just before them. */
  readonly earlier: readonly string[];
  /** Sectors of a country, elements included. */
  readonly width: number;
  /** Sectors of a country before the new elements. */
  readonly ordinary: number;
  readonly size: number;
  readonly finalColumns: number;
}

/** Intermediate and final flows in a layout. */
export interface LaidOutFlows {
  readonly intermediate: Float64Array;
  readonly final: Float64Array;
}

/** The layout of a world table with element sectors after the ordinary ones of every country. */
export function worldLayout(world: WorldFlows, elements: readonly string[]): WorldLayout {
  const clash = elements.find((element) => world.sectors.includes(element));
  if (clash !== undefined) {
    throw new RangeError(`element ${clash} is already a sector of the table`);
  }
  const [ordinary, width] = [world.sectors.length, world.sectors.length + elements.length];
  const countries = world.countries.length;
  const old = countries * ordinary;
  if (world.intermediate.length !== old * old) {
    throw new RangeError(
      `world table ${world.year}: ${world.intermediate.length} intermediate flows, expected ${old}²`,
    );
  }
  return {
    countries: world.countries,
    sectors: [...world.sectors, ...elements],
    elements,
    earlier: world.elements ?? [],
    width,
    ordinary,
    size: countries * width,
    finalColumns: countries * world.finalCategories,
  };
}

/** The same flows in a layout with (still empty) element sectors. */
export function widen(world: WorldFlows, layout: WorldLayout): LaidOutFlows {
  const { ordinary, width, size, finalColumns } = layout;
  const countries = layout.countries.length;
  const old = countries * ordinary;
  const intermediate = new Float64Array(size * size);
  const final = new Float64Array(size * finalColumns);
  for (let i = 0; i < old; i++) {
    const row = Math.floor(i / ordinary) * width + i % ordinary;
    for (let m = 0; m < countries; m++) {
      const from = i * old + m * ordinary;
      intermediate.set(world.intermediate.subarray(from, from + ordinary), row * size + m * width);
    }
    final.set(world.final.subarray(i * finalColumns, (i + 1) * finalColumns), row * finalColumns);
  }
  return { intermediate, final };
}

/** Gross output of every producer in a layout [country·S + sector]. */
export function grossOutput(flows: LaidOutFlows, layout: WorldLayout): Float64Array {
  const final = rowSums(flows.final, layout.finalColumns);
  return rowSums(flows.intermediate, layout.size).map((sum, i) => sum + final[i]);
}
