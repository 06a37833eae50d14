/** Rare earth intensities of units (industries, fields, sectors) by element, and the output that weights them. */
export interface UnitExposure {
  readonly units: readonly string[];
  /** Chemical symbols. */
  readonly elements: readonly string[];
  /** Own purchases [unit][element], USD per million USD of gross output. */
  readonly direct: Float64Array;
  /** Purchases along the whole supply chain [unit][element], USD per million USD of gross output. */
  readonly total: Float64Array;
  /** Gross output [unit], million USD. */
  readonly output: Float64Array;
}

/** One exposure per unit and element: what shift-share shifts are weighted with. */
export interface ElementExposure {
  readonly units: readonly string[];
  readonly elements: readonly string[];
  /** [unit][element], USD per million USD of gross output. */
  readonly values: Float64Array;
}

/** The total intensities of units as a unit-by-element matrix. */
export function totalByElement({ units, elements, total }: UnitExposure): ElementExposure {
  return { units, elements, values: total };
}

/**
 * Exposure of groups of units: by element, the mean of the members' intensities weighted by gross output.
 *
 * @param groups members by group, in the order wanted; a group without members gets zeros
 * @throws RangeError naming group and member when a member is unknown, occurs twice, or the members have no output
 */
export function groupExposure(
  base: UnitExposure,
  groups: ReadonlyMap<string, readonly string[]>,
): UnitExposure {
  const place = new Map(base.units.map((unit, i) => [unit, i]));
  const width = base.elements.length;
  const units = [...groups.keys()];
  const direct = new Float64Array(units.length * width);
  const total = new Float64Array(units.length * width);
  const output = new Float64Array(units.length);
  units.forEach((unit, g) => {
    const members = groups.get(unit) ?? [];
    const places = members.map((member) => {
      const at = place.get(member);
      if (at === undefined) throw new RangeError(`${unit}: member ${member} has no intensity`);
      return at;
    });
    const twice = members.find((member, i) => members.indexOf(member) < i);
    if (twice !== undefined) throw new RangeError(`${unit}: member ${twice} occurs twice`);
    for (const i of places) output[g] += base.output[i];
    if (members.length > 0 && !(output[g] > 0)) {
      throw new RangeError(`${unit}: members ${members.join(", ")} have no output`);
    }
    for (const i of places) {
      const weight = base.output[i] / output[g];
      for (let e = 0; e < width; e++) {
        direct[g * width + e] += weight * base.direct[i * width + e];
        total[g * width + e] += weight * base.total[i * width + e];
      }
    }
  });
  return { units, elements: base.elements, direct, total, output };
}
