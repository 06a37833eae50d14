import assert from "node:assert/strict";
import {
  bandChart,
  carveOutDiagram,
  caterpillarPlot,
  changeBars,
  coefficientPlot,
  curvePlot,
  elementHeatMap,
  endUseShares,
  eventStudyPlot,
  eventTimeline,
  exposureMap,
  intensityDotPlot,
  mineConcentration,
  priceLines,
  quotaBars,
  scatterPlot,
  sensitivityBounds,
  sensitivityRange,
  valueGrid,
  yearComparison,
} from "../../lib/figures/mod.ts";
import { sampleText } from "./samples.ts";

const text = sampleText("errors");
const band = { label: "a", central: 1, lower: 0, upper: 2 };
const use = { region: "USA", year: 2015, use: "magnets", sharePercent: 60, reading: "direct" };
const coefficient = { label: "a", estimate: 1, lower: 0, upper: 2 };
const year = { time: 2010, estimate: 1, lower: 0, upper: 2 };
const unit = { ...text, unit: "log points" };
const bounds = [{ m: 0, lower: 1, upper: 2 }, { m: 1, lower: -1, upper: 3 }];

/** Rows as a notebook may hold them, without the help of types. */
function untyped<Row>(rows: unknown): Row[] {
  return rows as Row[];
}

const REFUSALS: readonly (readonly [string, () => unknown, RegExp])[] = [
  [
    "a reference that nothing names",
    () => changeBars([{ label: "a", value: 1, reference: 2 }], { ...text, xLabel: "‰" }),
    /^figure changeBars: option "reference" must be non-empty text$/,
  ],
  [
    "a change that is no number",
    () => changeBars([{ label: "a", value: NaN }], { ...text, xLabel: "‰" }),
    /^figure changeBars, row 0, column "value": expected a finite number, got NaN$/,
  ],
  [
    "no rows",
    () => bandChart([], text),
    /^figure bandChart: expected at least one row, got an array of 0$/,
  ],
  [
    "a missing column",
    () => bandChart(untyped([band, { label: "b", lower: 0, upper: 2 }]), text),
    /^figure bandChart, row 1, column "central": missing; the row has label, lower, upper$/,
  ],
  [
    "a number that is not finite",
    () => yearComparison([{ industry: "1", label: "a", year: 2007, value: NaN }], text),
    /^figure yearComparison, row 0, column "value": expected a finite number, got NaN$/,
  ],
  [
    "text for a number",
    () => bandChart(untyped([{ ...band, central: "1" }]), text),
    /row 0, column "central": expected a finite number, got the text "1"/,
  ],
  [
    "a bigint from a data frame",
    () => quotaBars(untyped([{ year: 2009n, tonnes: 1, reading: "direct" }]), [], text),
    /column "year": expected a finite number, got the bigint 2009n/,
  ],
  [
    "zero on a log axis",
    () => priceLines([{ element: "La", year: 2009, usdPerKg: 0, reading: "direct" }], [], text),
    /row 0, column "usdPerKg": expected a number above 0 \(log scale\), got 0/,
  ],
  [
    "a reading without a class",
    () => priceLines([{ element: "La", year: 2009, usdPerKg: 1, reading: "heard" }], [], text),
    /row 0, column "reading": expected one of direct, .*got "heard"/,
  ],
  [
    "a repeated row",
    () => bandChart([band, band], text),
    /row 1, columns label, group: same as row 0/,
  ],
  [
    "a band that misses its value",
    () => bandChart([{ ...band, upper: 0.5 }], text),
    /lower <= central <= upper/,
  ],
  [
    "half a band",
    () => intensityDotPlot([{ industry: "1", label: "a", direct: 1, total: 2, lower: 1 }], text),
    /give both or neither/,
  ],
  [
    "a quota without a number",
    () => quotaBars([{ year: 2009, tonnes: null, reading: "direct" }], [], text),
    /row 0, column "tonnes": may be missing only/,
  ],
  [
    "nothing but zeros in a heat map",
    () =>
      elementHeatMap([{ industry: "1", label: "a", element: "La", value: 0 }], {
        ...text,
        unit: "t",
      }),
    /no value above 0/,
  ],
  [
    "shares above 100 %",
    () => endUseShares([use, { ...use, use: "catalysts" }], text),
    /USA, 2015, column "sharePercent": shares add up to 120/,
  ],
  [
    "a country the map does not know",
    () => exposureMap([{ iso3: "XXX", value: 1, label: "Nowhere" }], { ...text, unit: "t" }),
    /row 0, column "iso3": expected one of AUS .*, got "XXX"/,
  ],
  [
    "Romania twice",
    () =>
      exposureMap(
        ["ROM", "ROU"].map((iso3) => ({ iso3, value: 1, label: "Romania" })),
        { ...text, unit: "t" },
      ),
    /row 1, columns iso3: same as row 0/,
  ],
  [
    "a date that is not ISO",
    () => eventTimeline([{ date: "7.9.2010", label: "a", kind: "wto" }], text),
    /event 0, column "date": event date must read YYYY/,
  ],
  [
    "an unknown kind of event",
    () => eventTimeline(untyped([{ date: "2010", label: "a", kind: "war" }]), text),
    /event 0, column "kind": expected one of quota, duty, incident, wto, other, got "war"/,
  ],
  [
    "a share given in percent",
    () =>
      mineConcentration([{ year: 2010, country: "China", tonnes: 1 }], [], {
        ...text,
        concentration: [{ year: 2010, chinaShare: 97, hhi: 0.9 }],
      }),
    /concentration row 0, column "chinaShare": expected 0 to 1, got 97/,
  ],
  [
    "two baselines of one input",
    () =>
      sensitivityRange([
        { label: "a", variant: "halved", value: 1, baseline: 2 },
        { label: "a", variant: "doubled", value: 3, baseline: 2.5 },
      ], text),
    /label "a", columns baseline, group: differ/,
  ],
  [
    "arrows in a circle",
    () =>
      carveOutDiagram([
        { from: "a", to: "b", value: 1, label: "x" },
        { from: "b", to: "a", value: 1, label: "y" },
      ], { ...text, unit: "USD" }),
    /arrows run in a circle/,
  ],
  [
    "an interval whose lower end is plus infinity",
    () => coefficientPlot([{ ...coefficient, lower: Infinity, upper: Infinity }], unit),
    /^figure coefficientPlot, row 0, column "lower": expected a finite number, got Infinity$/,
  ],
  [
    "an estimate outside its interval",
    () => coefficientPlot([{ ...coefficient, lower: 1.5, upper: Infinity }], unit),
    /row 0, columns lower, estimate, upper: expected lower <= estimate <= upper, got 1.5, 1, Infinity/,
  ],
  [
    "a specification that comes twice",
    () => coefficientPlot([coefficient, coefficient], unit),
    /row 1, columns panel, label: same as row 0/,
  ],
  [
    "a coefficient without a unit",
    () => coefficientPlot([coefficient], { ...unit, unit: " " }),
    /^figure coefficientPlot: option "unit" must be non-empty text$/,
  ],
  [
    "half a simultaneous band",
    () => eventStudyPlot([{ ...year, simultaneousLower: -1 }], [], unit),
    /row 0, columns simultaneousLower, simultaneousUpper: give both or neither/,
  ],
  [
    "a simultaneous band that misses its estimate",
    () => eventStudyPlot([{ ...year, simultaneousLower: 2, simultaneousUpper: 3 }], [], unit),
    /expected simultaneousLower <= estimate <= simultaneousUpper, got 2, 1, 3/,
  ],
  [
    "a coefficient between two years",
    () => eventStudyPlot([{ ...year, time: 2010.5 }], [], unit),
    /row 0, column "time": expected a whole year, got 2010.5/,
  ],
  [
    "a reference year that is not zero",
    () => eventStudyPlot([{ ...year, reference: true }], [], unit),
    /row 0, column "estimate": expected 0 in the reference year, got 1/,
  ],
  [
    "an event year that is a date",
    () => eventStudyPlot([year], [], { ...unit, eventYear: 2010.7 }),
    /option "eventYear" must be a whole year, got 2010.7/,
  ],
  [
    "a point at 0 on a log axis",
    () =>
      scatterPlot([{ label: "a", x: 0, y: 1 }], { ...text, xLabel: "x", yLabel: "y", logX: true }),
    /^figure scatterPlot, row 0, column "x": expected a number above 0 \(log scale\), got 0$/,
  ],
  [
    "a scatter whose axis has no words",
    () => scatterPlot([{ label: "a", x: 1, y: 1 }], { ...text, xLabel: " ", yLabel: "y" }),
    /^figure scatterPlot: option "xLabel" must be non-empty text$/,
  ],
  [
    "a caterpillar whose interval misses its estimate",
    () =>
      caterpillarPlot(
        [{ label: "a", own: 2, ownLower: 0, ownUpper: 1, central: 1, lower: 0, upper: 2 }],
        { ...text, unit: "σ", pooled: { mean: 1, lower: 0, upper: 2 } },
      ),
    /^figure caterpillarPlot, row 0, columns ownLower, own, ownUpper/,
  ],
  [
    "a curve with two values at one place",
    () =>
      curvePlot([{ group: "a", x: 1, y: 1 }, { group: "a", x: 1, y: 2 }], {
        ...text,
        xLabel: "x",
        yLabel: "y",
      }),
    /row 1, columns panel, group, x: same as row 0/,
  ],
  [
    "a grid without any value",
    () => valueGrid([{ row: "a", column: "b", value: null }], unit),
    /^figure valueGrid, column "value": no value, nothing to colour$/,
  ],
  [
    "a cell that comes twice",
    () =>
      valueGrid(
        [{ row: "a", column: "b", value: 1 }, { row: "a", column: "b", value: 2 }],
        unit,
      ),
    /row 1, columns panel, row, column: same as row 0/,
  ],
  [
    "bounds in the wrong order",
    () => sensitivityBounds([{ m: 0, lower: 2, upper: 1 }], unit),
    /row 0, columns lower, upper: expected lower <= upper, got 2, 1/,
  ],
  [
    "an original interval of an unknown panel",
    () => sensitivityBounds(bounds, { ...unit, original: [{ panel: "x", lower: 0, upper: 1 }] }),
    /option original, row 0, column "panel": expected one of \(none\), got x/,
  ],
  [
    "a breakdown value the bounds contradict",
    () => sensitivityBounds(bounds, { ...unit, breakdown: [{ m: 1.5 }] }),
    /option breakdown, row 0, column "m": 1.5, but the interval at M̄ = 1 includes zero/,
  ],
  [
    "no breakdown value where the bounds show one",
    () => sensitivityBounds(bounds, { ...unit, breakdown: [{ m: null }] }),
    /option breakdown, row 0, column "m": missing, but the rows include zero at some M̄/,
  ],
];

for (const [what, draw, message] of REFUSALS) {
  Deno.test(`a figure refuses ${what} and says where`, () => {
    assert.throws(draw, (error: Error) => {
      assert.match(error.message, message);
      return true;
    });
  });
}
