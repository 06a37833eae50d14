import type { Scenario } from "@ree/equilibrium";
import type { NameOf } from "./own_scenario_columns.ts";
import { foldText, joined, shareText, signedText, sizeText } from "./own_scenario_numbers.ts";
import {
  losersAndGainers,
  meanInside,
  meanOutside,
  type OwnAnalysis,
  type OwnCountryRow,
  type SigmaRow,
} from "./own_scenario_rows.ts";
import { allInputsText, measureText } from "./own_scenario_settings.ts";
import { sectorInSentence } from "./own_scenario_titles.ts";

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
      sectorInSentence(top.label)
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
