import { loadFacts, WIPO_FIELDS } from "@ree/data";
import {
  countrySectorExposure,
  exposureScales,
  fieldElementExposure,
  fieldExposure,
  fieldIndustries,
  groupExposure,
  industryExposure,
  intensityMatrix,
  LEFT_OUT,
  manufacturingExposure,
  productivityExposure,
  sectorElementExposure,
  sectorExposure,
  type UnitExposure,
} from "@ree/panels";
import assert from "node:assert/strict";

/** Rounding of sums of some hundred products, relative. */
const ROUNDING = 1e-12;

const SMALL: UnitExposure = {
  units: ["a", "b", "c"],
  elements: ["La", "Nd"],
  direct: Float64Array.of(1, 0, 3, 2, 0, 0),
  total: Float64Array.of(2, 4, 6, 8, 0, 0),
  output: Float64Array.of(30, 10, 60),
};

function embodied({ units, elements, total, output }: UnitExposure): number {
  let sum = 0;
  units.forEach((_, i) => {
    for (let e = 0; e < elements.length; e++) sum += output[i] * total[i * elements.length + e];
  });
  return sum;
}

function assertClose(came: number, expected: number, what: string): void {
  assert.ok(Math.abs(came - expected) <= ROUNDING * Math.abs(expected), `${what}: ${came}`);
}

Deno.test("the exposure of a group is the mean of its members weighted by output", () => {
  const grouped = groupExposure(SMALL, new Map([["x", ["a", "b"]], ["y", ["c"]], ["z", []]]));
  assert.deepEqual(grouped.units, ["x", "y", "z"]);
  assert.deepEqual([...grouped.total], [3, 5, 0, 0, 0, 0]);
  assert.deepEqual([...grouped.direct], [1.5, 0.5, 0, 0, 0, 0]);
  assert.deepEqual([...grouped.output], [40, 60, 0]);
});

Deno.test("groupExposure names the group and the member that is unknown, repeated or without output", () => {
  const group = (base: UnitExposure, ...members: string[]) =>
    groupExposure(base, new Map([["x", members]]));
  assert.throws(() => group(SMALL, "a", "q"), /x: member q has no intensity/);
  assert.throws(() => group(SMALL, "a", "a"), /x: member a occurs twice/);
  assert.throws(
    () => group({ ...SMALL, output: new Float64Array(3) }, "a"),
    /x: members a have no output/,
  );
});

Deno.test("exposures on four scales: sums over elements, standard deviations, logs", () => {
  const scales = exposureScales(SMALL);
  assert.deepEqual([...scales.keys()], SMALL.units);
  const b = scales.get("b")!;
  assert.deepEqual([b.direct, b.total], [5, 14]);
  // Totals 6, 14, 0: mean 20/3, sample variance (4 + 484 + 400) / 9 / 2 = 148/3.
  assertClose(b.total_sd, 14 / Math.sqrt(148 / 3), "total_sd");
  assertClose(b.log_total, Math.log(15), "log_total");
  assert.throws(
    () => exposureScales({ ...SMALL, total: new Float64Array(6) }),
    /total intensity is 0 in all 3 units/,
  );
});

Deno.test("an intensity that is missing or occurs twice is named", () => {
  const cell = (unit: string, element: string) => ({ unit, element, direct: 0, total: 0 });
  assert.throws(
    () => intensityMatrix([cell("a", "La"), cell("a", "Nd"), cell("b", "La")]),
    /b, Nd: no intensity/,
  );
  assert.throws(() => intensityMatrix([cell("a", "La"), cell("a", "La")]), /a, La: .*twice/);
});

Deno.test("405 industries by 10 elements: batteries and lamps have the highest total intensity", () => {
  const exposure = industryExposure();
  assert.equal(exposure.units.length, 405);
  assert.equal(exposure.elements.length, 10);
  const ranked = [...exposureScales(exposure)].sort((a, b) => b[1].total - a[1].total);
  assert.deepEqual(ranked.slice(0, 3).map(([unit]) => unit), ["335911", "335110", "334413"]);
});

Deno.test("35 fields: 13 have industries, the distinct ones of the facts; the others have exposure 0", () => {
  const groups = fieldIndustries(loadFacts().applicationIndustries);
  assert.deepEqual([...groups.keys()], WIPO_FIELDS);
  assert.equal([...groups.values()].filter((industries) => industries.length > 0).length, 13);
  assert.deepEqual(groups.get("semiconductors"), ["334413"]);
  assert.deepEqual(groups.get("audio-visual technology"), ["334300", "334118"]);
  const exposure = fieldExposure();
  exposureScales(exposure).forEach(({ total }, field) => {
    assert.equal(total > 0, groups.get(field)!.length > 0, field);
  });
  const industry = industryExposure();
  const at = industry.units.indexOf("334413") * industry.elements.length;
  const field = WIPO_FIELDS.indexOf("semiconductors") * industry.elements.length;
  assert.deepEqual(
    exposure.total.subarray(field, field + 10),
    industry.total.subarray(at, at + 10),
  );
  assert.throws(
    () => fieldIndustries([{ industry: "1", wipoField: "alchemy" }]),
    /unknown field alchemy/,
  );
});

Deno.test("element exposures are the total intensities: they add up over elements", () => {
  for (
    const [byElement, exposure] of [
      [fieldElementExposure(), fieldExposure()],
      [sectorElementExposure(), sectorExposure()],
    ] as const
  ) {
    assert.equal(byElement.values.length, byElement.units.length * byElement.elements.length);
    const scales = exposureScales(exposure);
    byElement.units.forEach((unit, i) => {
      let sum = 0;
      for (let e = 0; e < 10; e++) sum += byElement.values[i * 10 + e];
      assertClose(sum, scales.get(unit)!.total, unit);
    });
  }
});

Deno.test("35 sectors: rare earths of the sectors are those of the 39 countries left in", () => {
  const world = countrySectorExposure();
  assert.equal(world.units.length, 41 * 35);
  const sectors = sectorExposure();
  assert.deepEqual(sectors.units, Array.from({ length: 35 }, (_, k) => `c${k + 1}`));
  const kept = world.output.map((output, i) =>
    LEFT_OUT.includes(world.units[i].split(" ")[0]) ? 0 : output
  );
  assertClose(embodied(sectors), embodied({ ...world, output: kept }), "embodied");
  const [first] = [...exposureScales(sectors)].sort((a, b) => b[1].total - a[1].total);
  assert.equal(first[0], "c14");
});

Deno.test("63 productivity industries hold all rare earths and all output of the 405", () => {
  const exposure = productivityExposure();
  assert.equal(exposure.units.length, 63);
  const detail = industryExposure();
  assertClose(embodied(exposure), embodied(detail), "embodied");
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  assertClose(sum(exposure.output), sum(detail.output), "output");
});

Deno.test("364 NAICS industries have the intensities of their BEA industry", () => {
  const exposure = manufacturingExposure();
  assert.equal(exposure.units.length, 364);
  const scales = exposureScales(exposure);
  assert.equal(
    scales.get("334413")!.total,
    exposureScales(industryExposure()).get("334413")!.total,
  );
  assert.equal(scales.get("331491")!.total, scales.get("331492")!.total);
});
