import type { Scenario } from "@ree/equilibrium";
import type { TableColumn } from "@ree/report";
import {
  ALL_OTHERS,
  losersAndGainers,
  meanInside,
  meanOutside,
  type OwnAnalysis,
  type OwnCountryRow,
  type SigmaRow,
} from "./own_scenario_rows.ts";
import { foldText, joined, signedText, sizeText } from "./own_scenario_numbers.ts";
import { allInputsText, measureText } from "./own_scenario_settings.ts";
import { checkText } from "./words.ts";

/** Name of a country or group in sentences. */
export type NameOf = (country: string) => string;

const change = (key: string, label: string, unit: string): TableColumn => ({
  key,
  label,
  unit,
  align: "right",
  format: (value) => signedText(Number(value)),
});

const size = (key: string, label: string, unit: string): TableColumn => ({
  key,
  label,
  unit,
  align: "right",
  format: (value) => sizeText(Number(value)),
});

const fold = (key: string, label: string): TableColumn => ({
  key,
  label,
  unit: "baseline = 1",
  align: "right",
  format: (value) => foldText(Number(value)),
});

/** Columns of the rows of restricted inputs. @param home name of the restricting country */
export function ownInputColumns(home: string): TableColumn[] {
  return [
    { key: "input", label: "Input" },
    size("worldValue", "World use, baseline", "million USD"),
    size("supplyShare", `${home} in world supply`, "%"),
    size("exportShare", `${home} in world exports`, "%"),
    fold("inside", `Price in ${home}`),
    fold("outside", "Price abroad"),
    change("exportsPercent", `Exports of ${home}`, "% of quantity"),
    size("wedgePercent", "Wedge at the border", "%"),
    size("rents", "Rents or revenue", "million USD"),
  ];
}

/** Columns of sector rows. @param closure name of the chosen closure */
export function ownSectorColumns(closure: string): TableColumn[] {
  return [
    { key: "label", label: "Sector abroad" },
    size("intensity", "Inputs in output", "USD per million USD"),
    change("exportsFixed", "Real exports, fixed", "‰"),
    change("exports", `Real exports, ${closure}`, "‰"),
    change("outputFixed", "Output, fixed", "‰"),
    change("output", `Output, ${closure}`, "‰"),
  ];
}

/** Columns of country rows. @param closure name of the chosen closure */
export function ownCountryColumns(closure: string, nameOf: NameOf): TableColumn[] {
  return [
    {
      key: "country",
      label: "Country",
      format: (value) => value === ALL_OTHERS ? ALL_OTHERS : nameOf(String(value)),
    },
    change("fixed", "Real income, fixed", "‰"),
    change("perMille", `Real income, ${closure}`, "‰"),
    change("million", `Real income, ${closure}`, "million USD"),
  ];
}

/** Rows of the table of critical inputs as they are shown: item with label, value with unit. */
export function inputEntryRows(
  inputs: readonly {
    readonly rows: readonly {
      readonly input: string;
      readonly item: string;
      readonly label: string;
      readonly value: number | null;
      readonly unit: string;
      readonly source: string;
      readonly reading: string;
    }[];
  }[],
): Record<string, string>[] {
  return inputs.flatMap(({ rows }) =>
    rows.map(({ input, item, label, value, unit, source, reading }) => ({
      entry: `${input}, ${item} ${label}`,
      value: value === null ? "" : unit === "share" ? String(value) : `${value} ${unit}`,
      basis: `${source} (${reading})`,
    }))
  );
}

/** Columns of {@link inputEntryRows}. */
export const inputEntryColumns: readonly TableColumn[] = [
  { key: "entry", label: "Entry" },
  { key: "value", label: "Value", align: "right" },
  { key: "basis", label: "Source, and how it was read" },
];

/** Columns of rows over σ. @param home name of the restricting country @param closure name of the chosen closure */
export function ownSigmaColumns(home: string, closure: string): TableColumn[] {
  return [
    { key: "sigma", label: "σ", align: "right", format: String },
    fold("outside", "Price abroad"),
    change("welfareHome", `Real income ${home}, ${closure}`, "‰"),
    change("abroadFixed", "Real income abroad, fixed", "‰"),
    change("abroad", `Real income abroad, ${closure}`, "‰"),
    change("millionAbroad", `Real income abroad, ${closure}`, "million USD"),
    {
      key: "mitigation",
      label: "Loss avoided by technology",
      unit: "%",
      align: "right",
      format: (value, row) => row.problem === "" ? shareText(Number(value)) : "not solved",
    },
  ];
}

/** The largest losers and gainers as one table, a line between them left to the reader's eye. */
export function ownCountryTable(analysis: OwnAnalysis, count: number): OwnCountryRow[] {
  const { losers, gainers } = losersAndGainers(analysis, count);
  return [analysis.home, analysis.abroad, ...losers, ...gainers];
}

/** Bands of prices by input and place, from the chosen closure to fixed technology; inputs that nobody sells are left out. */
export function ownPriceRows({ inputs, inputsFixed }: OwnAnalysis, home: string): BandOf[] {
  return ([["outside", "Abroad"], ["inside", `In ${home}`]] as const).flatMap(([key, group]) =>
    inputs.flatMap((row, k) => bandOf(row.input, group, row[key], inputsFixed[k][key]))
  );
}

/** Bands of exports and output by sector, the most intensive first. */
export function ownSectorBands({ sectors }: OwnAnalysis): BandOf[] {
  const label = (row: { readonly label: string; readonly intensity: number }) =>
    `${row.label} (${sizeText(row.intensity)})`;
  return [
    ...sectors.flatMap((row) => bandOf(label(row), "Real exports", row.exports, row.exportsFixed)),
    ...sectors.flatMap((row) => bandOf(label(row), "Output", row.output, row.outputFixed)),
  ];
}

/** A row of a band chart. */
export interface BandOf {
  readonly label: string;
  readonly group: string;
  readonly central: number;
  readonly lower: number;
  readonly upper: number;
}

function bandOf(label: string, group: string, central: number, other: number): BandOf[] {
  if (!Number.isFinite(central) || !Number.isFinite(other)) return [];
  const row = { label, group, central, lower: Math.min(central, other) };
  return [{ ...row, upper: Math.max(central, other) }];
}

/** Title of the figure of prices. */
export function ownPriceTitle({ inputs, restricting }: OwnAnalysis, nameOf: NameOf): string {
  return `Abroad the inputs cost ${foldText(meanOutside(inputs))} times the baseline, in ${
    nameOf(restricting)
  } ${foldText(meanInside(inputs))} times`;
}

/** Title of the figure of sectors: what happens to exports abroad of the most intensive sector. */
export function ownSectorTitle({ sectors, closure }: OwnAnalysis): string {
  const [top] = sectors;
  const falling = sectors.filter(({ exports }) => signedText(exports).startsWith("−")).length;
  return `Exports abroad shrink in ${falling} of ${sectors.length} using sectors; ${
    lower(top.label)
  }, the most intensive: ${signedText(top.exports)} ‰ (${closure})`;
}

/** Title of the map: who loses most. */
export function ownMapTitle(analysis: OwnAnalysis, nameOf: NameOf): string {
  const lost = analysis.countries
    .filter(({ country }) => country !== analysis.restricting && country !== "RoW")
    .filter(({ perMille }) => signedText(perMille).startsWith("−"))
    .toSorted((a, b) => a.perMille - b.perMille).slice(0, 3);
  if (lost.length === 0) return "No country abroad loses real income";
  return `${joined(lost.map(({ country }) => nameOf(country)))} lose${
    lost.length === 1 ? "s" : ""
  } most, relative to income`;
}

/** Title of the figure over σ. */
export function ownSigmaTitle(rows: readonly SigmaRow[]): string {
  const solved = rows.filter(({ problem }) => problem === "");
  if (solved.length === 0) return "No value of σ has a solution";
  const [least, most] = [solved.map((row) => row.abroad)].map((all) => [
    Math.min(...all),
    Math.max(...all),
  ])[0];
  return `Real income abroad: ${signedText(least)} to ${signedText(most)} ‰ over σ from ${
    Math.min(...solved.map(({ sigma }) => sigma))
  } to ${Math.max(...solved.map(({ sigma }) => sigma))}`;
}

/** What the summary needs besides the results. */
export interface OwnSummaryOptions {
  readonly sigmas: readonly SigmaRow[];
  readonly nameOf: NameOf;
  /** Name of a sector code in sentences; default the code. */
  readonly sectorOf?: (sector: string) => string;
  /** Year of the baseline table. */
  readonly year: number;
  /** Name of the baseline table where it is not the shipped one. */
  readonly table?: string;
  /** Where each carved input comes from, one sentence each. */
  readonly provenance: readonly string[];
  /** Supply elasticity of the inputs and technology elasticity ψ. */
  readonly supply: number;
  readonly psi: number;
  /** How many factors the economy has. */
  readonly factors: number;
}

/** The results of a scenario as sentences; every number is one of the rows'. */
export function ownResults(
  analysis: OwnAnalysis,
  options: Pick<OwnSummaryOptions, "nameOf" | "sigmas">,
): string {
  const { nameOf, sigmas } = options;
  const { closure, home, abroad, inputs, inputsFixed, sectors, restricting } = analysis;
  const name = nameOf(restricting);
  const rents = inputs.reduce((sum, row) => sum + row.rents, 0);
  const [top] = sectors;
  const { losers, gainers } = losersAndGainers(analysis, 3);
  const listed = (rows: readonly OwnCountryRow[]) =>
    rows.length === 0
      ? "none"
      : joined(rows.map((row) => `${nameOf(row.country)} (${signedText(row.million)})`));
  const same = closure === "fixed";
  const other = (fixed: string, chosen: string) =>
    same || fixed === chosen ? chosen : `${chosen} (${fixed} with fixed technology)`;
  return [
    `- **Prices of the restricted inputs**, baseline = 1, mean by use: abroad ${
      other(foldText(meanOutside(inputsFixed)), foldText(meanOutside(inputs)))
    }, in ${name} ${other(foldText(meanInside(inputsFixed)), foldText(meanInside(inputs)))}.`,
    `- **Rents and duty revenue** of ${name}: ${sizeText(rents)} million USD a year.`,
    `- **Real income**: ${name} ${
      other(`${signedText(home.fixed)} ‰`, `${signedText(home.perMille)} ‰`)
    }, that is ${signedText(home.million)} million USD; all others together ${
      other(`${signedText(abroad.fixed)} ‰`, `${signedText(abroad.perMille)} ‰`)
    }, that is ${signedText(abroad.million)} million USD.`,
    `- **Who loses and who gains most abroad**, million USD: losers ${listed(losers)}; gainers ${
      listed(gainers)
    }.`,
    `- **Sectors abroad**: real exports of ${
      lower(top.label)
    }, which uses the inputs most, change by ${
      other(`${signedText(top.exportsFixed)} ‰`, `${signedText(top.exports)} ‰`)
    }, its output by ${other(`${signedText(top.outputFixed)} ‰`, `${signedText(top.output)} ‰`)}.`,
    `- **Technology**: ${technologyText(analysis)}`,
    `- **How much hangs on σ**: ${sigmaText(sigmas)}`,
  ].join("\n").replace(/(\d) (‰|%)/g, "$1\u00a0$2");
}

/** The one-page summary in Markdown. */
export function ownSummary(analysis: OwnAnalysis, options: OwnSummaryOptions): string {
  const { scenario, sigma } = analysis;
  const { year, table, provenance, supply, psi, factors, nameOf, sectorOf } = options;
  const all = allInputsText(analysis.fixed.economy.elements);
  const measures = scenario.measures.map((measure) =>
    measureText(measure, { nameOf, sectorOf, all })
  );
  return [
    `### Summary: ${scenario.name}`,
    "",
    `**Question.** What if ${measures.join("; and ")}? Technology: ${
      closureText(scenario.closure, nameOf)
    }. Changes are against a world of ${year} without the measure.`,
    "",
    "**Answer of the model**",
    "",
    ownResults(analysis, options),
    "",
    `**Assumed.** σ = ${sigma} between these inputs and all others; supply elasticity of the inputs ${supply}; ψ = ${psi} (technology); trade elasticities by sector, recalled from the literature. ${
      factors === 1 ? "Value added is one factor." : `${factors} factors of production.`
    } Nobody retaliates.`,
    "",
    `**Real, derived, assumed.** ${
      table === undefined
        ? `*Real*: the WIOD table of ${year}.`
        : `*As chosen*: the table of ${table}, ${year}.`
    } ${provenance.join(" ")}`,
    "",
    "**Not a forecast.** A comparison of two years that differ in the measure only: no stocks, no time to adjust, no " +
    "capacity limits beyond the supply elasticity, no shortage that stops a production line; other inputs are " +
    "Cobb-Douglas, and sectors are broad. The equations are ours; they follow a published abstract.",
  ].join("\n");
}

/** More countries than this are counted rather than named. */
const NAMED_COUNTRIES = 4;

/** How technology responds under a closure, after "Technology: ". */
export function closureText(closure: Scenario["closure"], nameOf: NameOf = (one) => one): string {
  const group = (countries: readonly string[]) =>
    countries.length <= NAMED_COUNTRIES
      ? joined(countries.map(nameOf))
      : `${countries.length} countries`;
  switch (closure?.kind) {
    case undefined:
    case "fixed":
      return "does not respond";
    case "allocation":
      return "each country redirects a given research budget";
    case "entry":
      return "free entry into research that saves the inputs";
    case "global-allocation":
      return `a given research budget of ${
        group(closure.innovators)
      } is redirected, its results are used by ${group(closure.adopters)}`;
    case "global-entry":
      return `free entry into research that saves the inputs in ${
        group(closure.innovators)
      }, its results are used by ${group(closure.adopters)}`;
  }
}

/** The command that runs a scenario again with the same settings. @param notebook name without ending */
export function reproduceText(
  settings: Readonly<Record<string, string | number | readonly (string | number)[]>>,
  notebook: string,
): string {
  const quoted = (text: string) => /^[A-Za-z0-9.,/_-]*$/.test(text) ? text : `'${text}'`;
  const set = Object.entries(settings).filter(([, value]) => value !== "").map(([name, value]) =>
    `REE_${name.toUpperCase()}=${quoted(Array.isArray(value) ? value.join(",") : String(value))}`
  );
  return [...set, `deno task report ${notebook}`].join(" ");
}

/** What the carve-out did, in a sentence. @param report of the world table with inputs */
export function carvedText(
  elements: readonly string[],
  report: { readonly redirected?: number },
): string {
  const moved = report.redirected ?? 0;
  return `Sectors of their own: ${
    elements.join(", ")
  }. Purchases of inputs from the table of critical inputs that ` +
    `had to move to other countries, because the buyer buys too little of the host's product: ${
      sizeText(moved)
    } million USD.`;
}

/** Largest residual of a solution as printed. */
export function residualText(residual: number): string {
  return residual < 1e-10 ? "below 10⁻¹⁰" : checkText(residual);
}

/** Where an input of the table of critical inputs comes from. */
export interface InputSource {
  readonly name: string;
  readonly year: number;
  readonly tonnes: number;
  readonly usdPerKg: number;
  readonly rows: readonly { readonly item: string; readonly reading: string }[];
}

/**
 * One sentence per carved input on what it rests on.
 *
 * @param inputs rows of the table of critical inputs that were carved
 * @param rareEarths whether the ten elements were
 * @param valueOf world use of an input in the baseline, million USD
 */
export function inputProvenance(
  inputs: readonly InputSource[],
  rareEarths: boolean,
  year: number,
  valueOf: (input: string) => number,
): string[] {
  const elements = rareEarths
    ? [
      "*Derived*: purchases of the ten rare earth elements, from published tonnes, prices and end uses.",
    ]
    : [];
  return [
    ...elements,
    ...inputs.map(({ name, year: own, tonnes, usdPerKg, rows }) => {
      const recalled = rows.filter(({ reading }) => reading.includes("recalled")).length;
      return `*Assumed*: ${name}, ${tonnes.toLocaleString("en-US")} t at ${
        usdPerKg.toLocaleString("en-US")
      } USD/kg in ${own}, carried to ${year} with its share in world GDP: ${
        sizeText(valueOf(name))
      } million USD (of its ${rows.length} entries ${recalled} are recalled and to be verified, the others our judgement).`;
    }),
  ];
}

function technologyText({ closure, mitigation, abroad }: OwnAnalysis): string {
  if (closure === "fixed") return "fixed by choice, so it avoids nothing.";
  if (Number.isNaN(mitigation)) {
    return `there is no loss abroad to avoid (${
      signedText(abroad.millionFixed)
    } million USD with fixed technology).`;
  }
  const entry = closure.includes("entry") ? " What the research costs is not subtracted." : "";
  return mitigation >= 0
    ? `it avoids ${shareText(mitigation)} % of the loss abroad.${entry}`
    : `it adds ${shareText(-mitigation)} % to the loss abroad.${entry}`;
}

function sigmaText(rows: readonly SigmaRow[]): string {
  const said = rows.map((row) =>
    row.problem === ""
      ? `${signedText(row.abroad)} ‰ at σ = ${row.sigma}`
      : `not solved at σ = ${row.sigma}`
  );
  return `real income abroad changes by ${joined(said)}.`;
}

/** A percentage without sign for sizes, with one decimal. */
function shareText(percent: number): string {
  if (Number.isNaN(percent)) return "–";
  const rounded = Math.abs(percent).toFixed(1);
  return percent < 0 && rounded !== "0.0" ? `−${rounded}` : rounded;
}

/** A sector's name within a sentence: words small, abbreviations as they are. */
function lower(label: string): string {
  return label.replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}
