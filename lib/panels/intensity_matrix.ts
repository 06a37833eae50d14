/** One cell of an intensity table. */
export interface IntensityCell {
  readonly unit: string;
  readonly element: string;
  /** USD per million USD of gross output. */
  readonly direct: number;
  readonly total: number;
}

/** Intensities as matrices with labels in the order in which they first occur. */
export interface IntensityMatrix {
  readonly units: readonly string[];
  readonly elements: readonly string[];
  /** [unit][element] */
  readonly direct: Float64Array;
  readonly total: Float64Array;
}

/**
 * Matrices of intensities from the cells of a table that holds every unit with every element once.
 *
 * @throws RangeError naming the unit and element of the first cell that is missing or occurs twice
 */
export function intensityMatrix(cells: readonly IntensityCell[]): IntensityMatrix {
  const units = [...new Set(cells.map(({ unit }) => unit))];
  const elements = [...new Set(cells.map(({ element }) => element))];
  const unitAt = new Map(units.map((unit, i) => [unit, i]));
  const elementAt = new Map(elements.map((element, e) => [element, e]));
  const direct = new Float64Array(units.length * elements.length).fill(NaN);
  const total = new Float64Array(direct.length);
  for (const cell of cells) {
    const k = unitAt.get(cell.unit)! * elements.length + elementAt.get(cell.element)!;
    if (!Number.isNaN(direct[k])) {
      throw new RangeError(`${cell.unit}, ${cell.element}: the intensity occurs twice`);
    }
    direct[k] = cell.direct;
    total[k] = cell.total;
  }
  const missing = direct.findIndex(Number.isNaN);
  if (missing >= 0) {
    const unit = units[Math.floor(missing / elements.length)];
    throw new RangeError(`${unit}, ${elements[missing % elements.length]}: no intensity`);
  }
  return { units, elements, direct, total };
}
