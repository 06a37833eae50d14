import {
  bandChart,
  carveOutDiagram,
  caterpillarPlot,
  changeBars,
  coefficientPlot,
  curvePlot,
  dutySteps,
  elementHeatMap,
  endUseShares,
  eventStudyPlot,
  eventTimeline,
  exposureMap,
  type FigureEvent,
  type FigureText,
  groupMeans,
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

/** Small data typed in by hand: invented, except dates. */
export const EVENTS: readonly FigureEvent[] = [
  { date: "2010-07-08", label: "second-half quota cut", kind: "quota" },
  { date: "2010-09-07", label: "incident at sea", kind: "incident" },
  { date: "2012-03-13", label: "WTO consultations requested", kind: "wto" },
  { date: "2014-08-29", label: "WTO reports adopted", kind: "wto" },
  { date: "2015-05", label: "export duties abolished", kind: "duty" },
];

/** A figure drawn from fixed rows with any text. */
export interface Sample {
  readonly name: string;
  readonly draw: (text: FigureText) => SVGSVGElement;
}

/** Words of the gallery; with characters that markup has to escape. */
export function sampleText(name: string, width?: number): FigureText {
  return {
    title:
      `${name}: a finding on R&D, "quoted", with 3 < 4 and long enough to be wrapped at 720 px`,
    subtitle: "What is plotted, USD per 1,000 USD of output",
    source: "Source: invented numbers of the tests.",
    alt: "One sentence of the caller.",
    width,
  };
}

const INDUSTRIES = [
  ["335312", "Motors and generators", 4.1, 6.3],
  ["334112", "Computer storage devices", 0, 3.4],
  [
    "336390",
    "Other motor vehicle parts manufacturing, including airbags and very many others",
    0.05,
    0.7,
  ],
] as const;

const ELEMENTS = ["La", "Ce", "Nd", "Eu", "Dy", "Y"];

/** One sample of each figure. */
export const SAMPLES: readonly Sample[] = [
  {
    name: "bandChart",
    draw: (text) =>
      bandChart([
        { label: "Nd", central: 12.3, lower: 8, upper: 20, group: "Light" },
        { label: "La", central: 3.21, lower: 2.5, upper: 4, group: "Light" },
        { label: "Dy", central: 7, lower: -1, upper: 25, group: "Heavy" },
      ], text),
  },
  {
    name: "carveOutDiagram",
    draw: (text) =>
      carveOutDiagram([
        { from: "Basic chemicals", to: "Neodymium row", value: 42.1, label: "share of magnets" },
        { from: "Basic chemicals", to: "Host without rare earths", value: 20412, label: "stays" },
        { from: "Neodymium row", to: "Motors", value: 42.1, label: "by motors" },
      ], { ...text, unit: "million USD" }),
  },
  {
    name: "changeBars",
    draw: (text) =>
      changeBars([
        { label: "Japan", value: -0.31, reference: -0.42, group: "Abroad" },
        { label: "Australia & others", value: 0.05, reference: 0.04, group: "Abroad" },
        { label: "Home", value: 0.2, strong: false, group: "Home" },
      ], {
        ...text,
        xLabel: "change of real income, ‰",
        above: "gain",
        below: "loss",
        reference: "fixed technology",
      }),
  },
  {
    name: "coefficientPlot",
    draw: (text) =>
      coefficientPlot(
        ["Exports", "Patents"].flatMap((panel, p) => [
          {
            panel,
            label: "Baseline: product and year effects",
            estimate: -0.12 + 0.2 * p,
            lower: -0.2 + 0.2 * p,
            upper: -0.04 + 0.2 * p,
            n: 12345,
            highlight: true,
          },
          { panel, label: "Without Japan", estimate: -0.1, lower: -0.23, upper: 0.03, n: 9876 },
          { panel, label: "Weak instrument", estimate: 0.021, lower: -Infinity, upper: 0.17 },
        ]),
        { ...text, unit: "log points per standard deviation of exposure" },
      ),
  },
  {
    name: "dutySteps",
    draw: (text) =>
      dutySteps(
        [
          { product: "Neodymium", year: 2008, ratePercent: 15 },
          { product: "Neodymium", year: 2011, ratePercent: 25 },
          { product: "Neodymium", year: 2015.33, ratePercent: 0 },
          { product: "Alloys", year: 2010, ratePercent: 20 },
        ],
        EVENTS,
        { ...text, until: 2017 },
      ),
  },
  {
    name: "elementHeatMap",
    draw: (text) =>
      elementHeatMap(
        INDUSTRIES.flatMap(([industry, label], i) =>
          ELEMENTS.slice(0, 6 - i).map((element, j) => ({
            industry,
            label,
            element,
            value: i === 1 && j === 2 ? 0 : 0.003 * (i + 1) * 4 ** j,
          }))
        ),
        { ...text, unit: "USD per 1,000 USD" },
      ),
  },
  {
    name: "endUseShares",
    draw: (text) =>
      endUseShares([
        { region: "USA", year: 2015, use: "other", sharePercent: 10, reading: "direct" },
        { region: "USA", year: 2015, use: "catalysts", sharePercent: 60, reading: "direct" },
        { region: "USA", year: 2015, use: "polishing", sharePercent: 30, reading: "direct" },
        { region: "World", year: "c. 2008", use: "magnets", sharePercent: 21, reading: "recalled" },
        {
          region: "World",
          year: "c. 2008",
          use: "catalysts",
          sharePercent: 19,
          reading: "recalled",
        },
      ], text),
  },
  {
    name: "eventStudyPlot",
    draw: (text) =>
      eventStudyPlot(
        ["Exports", "Patents"].flatMap((panel, p) =>
          [2005, 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2013, 2014, 2015].map((time, i) => {
            const reference = time === 2009;
            const estimate = reference ? 0 : time < 2009 ? 0.6 * (-1) ** i : 3 * p - 2 * (i - 4);
            const half = reference ? 0 : 2 + 0.3 * i;
            return {
              panel,
              time,
              estimate,
              lower: estimate - half,
              upper: p === 1 && time === 2015 ? Infinity : estimate + half,
              ...(reference ? { reference } : {
                simultaneousLower: estimate - 1.5 * half,
                simultaneousUpper: p === 1 && time >= 2014 ? Infinity : estimate + 1.5 * half,
              }),
            };
          })
        ),
        EVENTS,
        { ...text, unit: "percent of exports in 2009", percent: true, eventYear: 2010 },
      ),
  },
  { name: "eventTimeline", draw: (text) => eventTimeline(EVENTS, text) },
  {
    name: "exposureMap",
    draw: (text) =>
      exposureMap([
        { iso3: "JPN", value: 5, label: "Japan" },
        { iso3: "ROM", value: 0.4, label: "Romania" },
        { iso3: "MLT", value: 1, label: "Malta" },
      ], { ...text, unit: "USD per 1,000 USD", log: true }),
  },
  {
    name: "groupMeans",
    draw: (text) =>
      groupMeans(
        ["Exports", "Patents"].flatMap((panel, p) =>
          ["high", "low"].flatMap((group, g) =>
            [2008, 2009, 2010, 2011, 2012].map((year, i) => ({
              panel,
              group,
              year,
              value: 90 + 10 * i - 5 * g * p,
              ...(p === 0 ? { lower: 85 + 9 * i, upper: 95 + 11 * i } : {}),
            }))
          )
        ),
        EVENTS,
        text,
      ),
  },
  {
    name: "intensityDotPlot",
    draw: (text) =>
      intensityDotPlot(
        INDUSTRIES.map(([industry, label, direct, total], i) => ({
          industry,
          label,
          direct,
          total,
          ...(i < 2 ? { lower: total / 2, upper: total * 2 } : {}),
        })),
        text,
      ),
  },
  {
    name: "mineConcentration",
    draw: (text) =>
      mineConcentration(
        [2009, 2010, 2011, 2012].flatMap((year, i) => [
          { year, country: "China", tonnes: 120000 - 9000 * i },
          { year, country: "Australia", tonnes: 2000 * i },
          { year, country: "India", tonnes: 30 },
        ]),
        EVENTS,
        {
          ...text,
          keep: 2,
          concentration: [2009, 2010, 2011, 2012].map((year, i) => ({
            year,
            chinaShare: 0.99 - 0.02 * i,
            hhi: 0.98 - 0.03 * i,
          })),
        },
      ),
  },
  {
    name: "priceLines",
    draw: (text) =>
      priceLines(
        [
          { element: "Nd", year: 2009, usdPerKg: 19.1, reading: "direct" },
          { element: "Nd", year: 2010, usdPerKg: 49.5, reading: "recalled" },
          {
            element: "Nd",
            year: 2013,
            usdPerKg: 67.5,
            reading: "yearend midpoint (label inferred)",
          },
          { element: "La", year: 2009, usdPerKg: 4.9, reading: "direct" },
          { element: "La", year: 2010, usdPerKg: 22.4, reading: "imputed" },
          { element: "Dy", year: 2009, usdPerKg: 116, reading: "direct" },
          { element: "Dy", year: 2013, usdPerKg: 465, reading: "year-end midpoint" },
        ],
        EVENTS,
        text,
      ),
  },
  {
    name: "quotaBars",
    draw: (text) =>
      quotaBars(
        [
          { year: 2008, tonnes: 36000, reading: "uncertain" },
          { year: 2009, tonnes: 50145, reading: "direct" },
          { year: 2010, tonnes: 30258, reading: "direct" },
          { year: 2015, tonnes: null, reading: "abolished" },
        ],
        EVENTS,
        text,
      ),
  },
  {
    name: "caterpillarPlot",
    draw: (text) =>
      caterpillarPlot(
        INDUSTRIES.map(([, label], i) => ({
          label,
          own: 0.2 + 0.4 * i,
          ownLower: i === 0 ? -Infinity : 0.4 * i - 0.4,
          ownUpper: 0.8 + 0.4 * i,
          central: 0.5 + 0.1 * i,
          lower: 0.2 + 0.1 * i,
          upper: 0.8 + 0.1 * i,
          truth: i === 1 ? null : 0.4 + 0.1 * i,
        })),
        {
          ...text,
          unit: "σ",
          domain: [-0.5, 1.5],
          pooled: { mean: 0.6, lower: 0.45, upper: 0.75 },
        },
      ),
  },
  {
    name: "curvePlot",
    draw: (text) =>
      curvePlot(
        ["flows", "stocks"].flatMap((panel, p) =>
          [0.5, 1].flatMap((psi) =>
            [0, 0.25, 0.5, 0.75, 1, 1.25].map((x) => ({
              panel,
              group: `ψ = ${psi}`,
              x,
              y: (p ? psi : 1) * (1 - x) / (1 + psi * (1 - x)),
            }))
          )
        ),
        {
          ...text,
          xLabel: "σ",
          yLabel: "slope",
          divide: { x: 1, left: "complements", right: "substitutes" },
        },
      ),
  },
  {
    name: "scatterPlot",
    draw: (text) =>
      scatterPlot(
        ["fixed", "entry"].flatMap((panel, p) =>
          INDUSTRIES.flatMap(([, label, , total], i) => [
            { label, panel, x: total, y: 1 - p - total / 2 },
            { label: `Neighbour ${i}`, panel, x: total * 1.02, y: 0.95 - p - total / 2 },
            { label: `Far ${i}`, panel, x: 200 * total, y: 2 },
          ])
        ),
        { ...text, xLabel: "USD per 1,000 USD (log scale)", yLabel: "exports, ‰", logX: true },
      ),
  },
  {
    name: "sensitivityBounds",
    draw: (text) =>
      sensitivityBounds(
        ["Exports", "Patents", "Wages"].flatMap((panel, p) =>
          [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2].map((m) => ({
            panel,
            m,
            lower: p === 2 ? 0.4 - 0.15 * m : -0.3 - 0.1 * m,
            upper: p === 0 ? -0.14 + 0.2 * m : p === 1 && m === 2 ? Infinity : 1 + 0.4 * m,
          }))
        ),
        {
          ...text,
          unit: "log points, mean of 2010 to 2015",
          original: [
            { panel: "Exports", lower: -0.28, upper: -0.15 },
            { panel: "Patents", lower: -0.2, upper: 0.9 },
            { panel: "Wages", lower: 0.42, upper: 0.9 },
          ],
          breakdown: [
            { panel: "Exports", m: 0.7 },
            { panel: "Patents", m: null },
            { panel: "Wages", m: null },
          ],
        },
      ),
  },
  {
    name: "sensitivityRange",
    draw: (text) =>
      sensitivityRange(
        ["Share of magnets", "Host of phosphors"].flatMap((label, i) =>
          ["halved", "doubled", "replaced"].map((variant, j) => ({
            label,
            variant,
            value: 10 + [-3, 5, 1][j] / (i + 1),
            baseline: 10,
          }))
        ),
        text,
      ),
  },
  {
    name: "valueGrid",
    draw: (text) =>
      valueGrid(
        ["allocation", "entry"].flatMap((panel, p) =>
          [0.5, 1, 2].flatMap((psi) =>
            [0, 0.5, 1, 1.5, 3].map((sigma) => ({
              panel,
              row: `ψ = ${psi}`,
              column: String(sigma),
              value: psi * (sigma - 1) >= 1 ? null : 100 * psi * (1 - sigma) + p,
            }))
          )
        ),
        { ...text, unit: "% of the loss", columnsLabel: "σ", absent: "no stable solution" },
      ),
  },
  {
    name: "yearComparison",
    draw: (text) =>
      yearComparison(
        INDUSTRIES.flatMap(([industry, label, , total]) =>
          [2007, 2012, 2017].map((year, j) => ({
            industry,
            label,
            year,
            value: total * [1, 3, 1.5][j],
          }))
        ),
        text,
      ),
  },
];
