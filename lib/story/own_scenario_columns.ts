import type { TableColumn } from "@ree/report";
import { foldText, shareText, signedText, sizeText } from "./own_scenario_numbers.ts";
import {
  ALL_OTHERS,
  losersAndGainers,
  type OwnAnalysis,
  type OwnCountryRow,
} from "./own_scenario_rows.ts";

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
