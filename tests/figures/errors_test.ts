import assert from "node:assert/strict";
import {
  bandChart,
  carveOutDiagram,
  elementHeatMap,
  endUseShares,
  eventTimeline,
  exposureMap,
  intensityDotPlot,
  mineConcentration,
  priceLines,
  quotaBars,
  sensitivityRange,
  yearComparison,
} from "../../lib/figures/mod.ts";
import { sampleText } from "./samples.ts";

const text = sampleText("errors");
const band = { label: "a", central: 1, lower: 0, upper: 2 };
const use = { region: "USA", year: 2015, use: "magnets", sharePercent: 60, reading: "direct" };

/** Rows as a notebook may hold them, without the help of types. */
function untyped<Row>(rows: unknown): Row[] {
  return rows as Row[];
}

const REFUSALS: readonly (readonly [string, () => unknown, RegExp])[] = [
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
];

for (const [what, draw, message] of REFUSALS) {
  Deno.test(`a figure refuses ${what} and says where`, () => {
    assert.throws(draw, (error: Error) => {
      assert.match(error.message, message);
      return true;
    });
  });
}
