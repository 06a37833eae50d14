import type { ElementCut } from "./counterfactual_elements.ts";
import type { ExpansionRow } from "./counterfactual_channels.ts";
import { type ForeignSupply, meanPrice } from "./counterfactual_prices.ts";
import type { PathPoint } from "./counterfactual_path.ts";
import type { ResearchCell } from "./counterfactual_research.ts";
import type { Run } from "./counterfactual_run.ts";
import { intensitySlope, type IntensiveSector, sectorsAbroad } from "./counterfactual_sectors.ts";
import { welfareOf } from "./counterfactual_welfare.ts";
import { GROWTH, signedNumber } from "./counterfactual_words.ts";

/** Largest and smallest of some numbers with a format: "98.4", "97.1 to 98.4". */
function span(values: readonly number[], format: (value: number) => string): string {
  return [...new Set([Math.min(...values), Math.max(...values)].map(format))].join(" to ");
}

/** Who supplies the elements that others buy, and what that means for magnitudes. */
export function supplyFinding(supply: readonly ForeignSupply[], home: string): string {
  const spending = supply.reduce((sum, row) => sum + row.spending, 0);
  const share = span(supply.map(({ sharePercent }) => sharePercent), (value) => value.toFixed(1));
  return `In the calibrated table ${home} supplies ${share} % of what all other countries spend on each ` +
    `element, ${
      spending.toLocaleString("en-US", { maximumFractionDigits: 0 })
    } million USD in all. ` +
    "Nearly everything that follows rests on this share: the more buyers hang on one supplier, the " +
    "larger the price response. It comes from mine output, not from observed trade by element.";
}

/** Title of the scatter: slope of export changes on intensity by run. */
export function slopeFinding(
  runs: readonly { readonly panel: string; readonly run: Run }[],
  sectors: readonly IntensiveSector[],
  restricting: string,
): string {
  const slopes = runs.map(({ panel, run }) => ({
    panel,
    slope: intensitySlope(sectorsAbroad(run, restricting), sectors),
  }));
  const falling = slopes.filter(({ slope }) => slope < 0).map(({ panel }) => panel);
  const rising = slopes.filter(({ slope }) => slope >= 0).map(({ panel }) => panel);
  const parts = [
    falling.length > 0 ? `Exports fall with intensity under ${falling.join(", ")}` : "",
    rising.length > 0
      ? `${falling.length > 0 ? "rise" : "Exports rise"} with it under ${rising.join(", ")}`
      : "",
  ];
  return parts.filter((part) => part !== "").join("; they ");
}

/** How the sum of single cuts compares with the joint cut, one closure. */
export function elementFinding(
  cuts: readonly ElementCut[],
  joint: readonly ElementCut[],
  closure: string,
): string {
  const own = cuts.filter((row) => row.closure === closure);
  const together = joint.find((row) => row.closure === closure)!;
  const worst = own.reduce((a, b) => b.million < a.million ? b : a);
  const sum = own.reduce((all, { million }) => all + million, 0);
  return `${worst.element} alone makes ${
    (100 * worst.million / together.million).toFixed(0)
  } % of the joint loss abroad with ${closure} technology, all single cuts together ${
    (100 * sum / together.million).toFixed(0)
  } %. Below 100 %, the joint cut hurts more than its parts, because elements used together leave less to substitute with.`;
}

/** What the path says of prices while quotas last and of exports after. */
export function quotaPathFinding(points: readonly PathPoint[]): string {
  const prices = points.filter(({ panel, value }) => panel.startsWith("Price") && value !== 0);
  const last = Math.max(...prices.map(({ year }) => year));
  const inForce = prices.filter(({ year }) => year < last).map(({ value }) => 1 + value / 100);
  const [firstPanel] = points.filter(({ panel }) => panel.startsWith("Real exports"))
    .map(({ panel }) => panel);
  const after = points.filter(({ panel, year }) => panel === firstPanel && year === last);
  const ends = after.map(({ group, value }) => `${group} ${signedNumber(value, 2)}`);
  return `Elements abroad cost ${
    span(inForce, (value) => value.toFixed(1))
  } times the baseline while quotas last; in ${last}, without quota and duty, exports stand at ${
    ends.join(", ")
  } ‰`;
}

/** Which mechanism lets exports of the most intensive sector abroad grow, and what switching off does. */
export function channelFinding(rows: readonly ExpansionRow[], sector: IntensiveSector): string {
  const [full] = rows.map(({ version }) => version);
  const own = rows.filter(({ version }) => version === full);
  const growing = (phase: ExpansionRow["phase"]) =>
    own.filter((row) => row.phase === phase && row.exports[0] > GROWTH)
      .map(({ closure, exports }) => `${closure} (${signedNumber(exports[0], 3)} ‰)`);
  const list = (names: readonly string[]) => names.length === 0 ? "none" : names.join(", ");
  const alone = own.find((row) => row.phase === "removed" && row.closure === "fixed");
  const versions = [...new Set(rows.map(({ version }) => version))].slice(1);
  const changes = versions.map((version) => {
    const flipped = rows.filter((row) => {
      const before = own.find(({ channel }) => channel === row.channel)!;
      return row.version === version && (row.exports[0] > GROWTH) !== (before.exports[0] > GROWTH);
    }).map(({ channel }) => channel);
    return flipped.length === 0
      ? `With ${version} the sign changes nowhere.`
      : `With ${version} the sign changes in ${flipped.join(", ")}.`;
  });
  return `Exports abroad of ${sector.label.toLowerCase()} grow while the measures are in force under: ${
    list(growing("in force"))
  }. After removal with technology kept: ${list(growing("removed"))}${
    alone === undefined
      ? ""
      : `; the end of the measures alone, without any technology, gives ${
        signedNumber(alone.exports[0], 3)
      } ‰`
  }. ${changes.join(" ")}`;
}

/** Where research turns to elements most, and where away from them. */
export function researchFinding(
  cells: readonly ResearchCell[],
  closure: string,
  restricting: string,
): string {
  const own = cells.filter((cell) => cell.closure === closure);
  const of = (abroad: boolean) =>
    own.filter(({ country }) => (country !== restricting) === abroad).map(({ percent }) => percent);
  const text = (value: number) => signedNumber(value, 0);
  return `Under ${closure}, relative research on elements changes by ${
    span(of(true), text)
  } % abroad and by ${span(of(false), text)} % in the restricting country`;
}

/** What a full embargo does under fixed technology, by σ. */
export function embargoFinding(runs: readonly Run[], restricting: string): string {
  const fixed = runs.filter(({ name }) => name === "fixed");
  const abroad = (country: string) => country !== restricting;
  const cases = fixed.map((one) => {
    const fold = meanPrice(one, one.economy.elements, abroad);
    return `at σ = ${one.sigma} elements abroad cost ${
      fold.toLocaleString("en-US", { maximumSignificantDigits: 2 })
    } times the baseline and real income abroad changes by ${
      signedNumber(welfareOf(one, abroad).perMille, 2)
    } ‰`;
  });
  return `All ${runs.length} solves converge. With fixed technology, ${cases.join("; ")}.`;
}

/** Rows of a band chart of welfare, the dot with fixed technology. */
interface WelfareBand {
  readonly label: string;
  readonly central: number;
  readonly lower: number;
  readonly upper: number;
}

/** Who gains and who loses most with fixed technology, and what closures make of it. */
export function welfareFinding(bands: readonly WelfareBand[]): string {
  const loser = bands.reduce((a, b) => b.central < a.central ? b : a);
  const gaining = bands.filter(({ central }) => central > 0);
  const text = ({ label, central, lower, upper }: WelfareBand) =>
    `${label} ${signedNumber(central, 3)} ‰ (${signedNumber(lower, 3)} to ${
      signedNumber(upper, 3)
    } over closures)`;
  const gain = gaining.length === 0
    ? "nobody gains"
    : gaining.length === 1
    ? `only ${text(gaining[0])} gains`
    : `${gaining.length} countries gain, most ${
      text(gaining.reduce((a, b) => b.central > a.central ? b : a))
    }`;
  return `Largest loss: ${text(loser)}; ${gain}`;
}

/** In how many cases exports of the most intensive sector abroad grow, by phase. */
export function expansionTitle(rows: readonly ExpansionRow[], sector: IntensiveSector): string {
  const count = (phase: ExpansionRow["phase"]) => {
    const own = rows.filter((row) => row.phase === phase);
    return `${own.filter(({ exports }) => exports[0] > GROWTH).length} of ${own.length}`;
  };
  return `Exports abroad of ${sector.label.toLowerCase()} grow in ${
    count("in force")
  } cases with the measures in force, in ${count("removed")} after their end`;
}

/** Where on a grid technology helps buyers abroad most and where it harms them most. */
export function gridFinding(
  grid: readonly {
    readonly row: string;
    readonly column: string;
    readonly value: number | null;
    readonly panel: string;
  }[],
): string {
  const defined = grid.flatMap(({ value, ...cell }) => value === null ? [] : [{ ...cell, value }]);
  const best = defined.reduce((a, b) => b.value > a.value ? b : a);
  const worst = defined.reduce((a, b) => b.value < a.value ? b : a);
  const place = ({ panel, row, column }: typeof best) => `${panel}, σ = ${column}, ${row}`;
  return `Technology avoids up to ${best.value.toFixed(0)} % of the loss abroad (${place(best)})` +
    (worst.value < -0.5
      ? ` and adds up to ${(-worst.value).toFixed(0)} % to it (${place(worst)})`
      : " and nowhere adds to it");
}

/** How observed price rises compare with the model's. */
export function priceRatioFinding(
  rows: readonly Readonly<Record<string, string | number>>[],
  sigmas: readonly number[],
): string {
  const range = (key: string) => span(rows.map((row) => Number(row[key])), (x) => x.toFixed(1));
  const model = sigmas.map((sigma) => `${range(`model ${sigma}`)} at σ = ${sigma}`);
  return `Export prices rose ${range("observed")} times; the model's quota alone gives ${
    model.join(", ")
  }.`;
}

/** How the observed gaps between export and domestic price compare with the model's. */
export function priceGapFinding(
  rows: readonly { readonly observed: number; readonly model: number }[],
): string {
  if (rows.length === 0) return "The facts have no pair of export and domestic prices.";
  return `Export prices were ${
    span(rows.map(({ observed }) => observed), (x) => x.toFixed(1))
  } times domestic ones where the facts have both; in the model ${
    span(rows.map(({ model }) => model), (x) => x.toFixed(1))
  } times.`;
}

/** How far the licensed elements go: what the cut costs abroad beside the cut of all elements. */
export function licenceFinding(
  licences: readonly Run[],
  quota: readonly Run[],
  restricting: string,
): string {
  const loss = (one: Run) => -welfareOf(one, (country) => country !== restricting).million;
  const text = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 0 });
  return `The licensed elements cost others ${
    span(licences.map(loss), text)
  } million USD a year over closures and σ, beside ${
    span(quota.map(loss), text)
  } for the cut of all ten in 2010; the list leaves out the elements that buyers spend most on.`;
}
