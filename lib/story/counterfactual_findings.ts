import type { ElementCut } from "./counterfactual_elements.ts";
import type { ExpansionRow } from "./counterfactual_channels.ts";
import { type ForeignSupply, foreignSupply, meanPrice } from "./counterfactual_prices.ts";
import type { PathPoint } from "./counterfactual_path.ts";
import type { ResearchCell } from "./counterfactual_research.ts";
import { pick, type Run } from "./counterfactual_run.ts";
import {
  intensitySlope,
  type IntensiveSector,
  sectorAbroad,
  sectorsAbroad,
} from "./counterfactual_sectors.ts";
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

/** How single cuts add up to the joint cut, by closure. */
export function elementFinding(cuts: readonly ElementCut[], joint: readonly ElementCut[]): string {
  const [first] = joint;
  const own = cuts.filter((row) => row.closure === first.closure);
  const worst = own.reduce((a, b) => b.million < a.million ? b : a);
  const sums = joint.map(({ closure, million }) => {
    const sum = cuts.filter((row) => row.closure === closure)
      .reduce((all, row) => all + row.million, 0);
    return `${(100 * sum / million).toFixed(0)} % (${closure})`;
  });
  return `${worst.element} alone makes ${
    (100 * worst.million / first.million).toFixed(0)
  } % of the joint loss abroad with ${first.closure} technology. All single cuts together make ${
    sums.join(", ")
  } of it. Above 100 %: one response of technology serves all elements, so that a joint cut, which calls ` +
    "forth more of it, costs less than its parts.";
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
  const named = ({ closure, exports }: ExpansionRow) =>
    `${closure} (${signedNumber(exports[0], 3)} ‰)`;
  const inForce = own.filter(({ phase }) => phase === "in force");
  const growing = inForce.filter(({ exports }) => exports[0] > GROWTH);
  const sentences = [
    growing.length === 0
      ? `While the measures are in force, no closure lets exports abroad of ${sector.label.toLowerCase()} grow: ${
        inForce.map(named).join(", ")
      }.`
      : `While the measures are in force, exports abroad of ${sector.label.toLowerCase()} grow under ${
        growing.map(named).join(", ")
      }.`,
    removalSentence(own),
    ...[...new Set(rows.map(({ version }) => version))].slice(1).map((version) =>
      switchedOff(version, own, rows.filter((row) => row.version === version))
    ),
  ];
  return sentences.join(" ");
}

/** What the end of the measures does alone, and what kept technology adds. */
function removalSentence(own: readonly ExpansionRow[]): string {
  const removed = own.filter(({ phase }) => phase === "removed");
  const alone = removed.find(({ closure }) => closure === "fixed");
  const kept = removed.filter((row) => row !== alone);
  if (alone === undefined || kept.length === 0) return "";
  const parts = kept.map(({ closure, exports }) =>
    `${closure} ${signedNumber(exports[0] - alone.exports[0], 3)} ‰`
  );
  return `The end of the measures alone (quota and the duty of the baseline) changes them by ${
    signedNumber(alone.exports[0], 3)
  } ‰ against the baseline; technology kept from the time of the quota adds: ${parts.join(", ")}.`;
}

/** What a mechanism switched off changes: signs, and the size under fixed technology. */
function switchedOff(
  version: string,
  full: readonly ExpansionRow[],
  own: readonly ExpansionRow[],
): string {
  const before = (row: ExpansionRow) => full.find(({ channel }) => channel === row.channel)!;
  const flipped = own.filter((row) =>
    (row.exports[0] > GROWTH) !== (before(row).exports[0] > GROWTH)
  ).map(({ channel }) => channel);
  const sizes = own.filter(({ closure }) => closure === "fixed").map((row) =>
    `${signedNumber(row.exports[0], 3)} instead of ${
      signedNumber(before(row).exports[0], 3)
    } ‰ ${row.phase}`
  );
  return `With ${version}, the sign changes ${
    flipped.length === 0 ? "nowhere" : `in ${flipped.join(", ")}`
  }; with fixed technology the change is ${sizes.join(", ")}.`;
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
  const listed = new Set(licences[0].shock.quotas?.map(({ element }) => element));
  const supply = foreignSupply(licences[0].economy, restricting);
  const all = supply.reduce((sum, { spending }) => sum + spending, 0);
  const part = supply.filter(({ element }) => listed.has(element))
    .reduce((sum, { spending }) => sum + spending, 0);
  return `The licensed elements are ${
    (100 * part / all).toFixed(0)
  } % of what other countries spend on elements. The cut costs them ${
    span(licences.map(loss), text)
  } million USD a year over closures and σ, beside ${
    span(quota.map(loss), text)
  } for the cut of all elements in 2010.`;
}

/** How many runs after the end of the measures stand above the baseline, and how many above the end alone. */
export function removalFinding(
  removed: readonly Run[],
  sector: string,
  restricting: string,
): string {
  const exports = (one: Run) => sectorAbroad(one, sector, restricting).exports;
  const above = removed.filter((one) => exports(one) > GROWTH);
  const kept = removed.filter(({ name }) => name !== "fixed");
  const more = kept.flatMap((one) => {
    const gain = exports(one) - exports(pick(removed, "fixed", one.sigma));
    return gain > GROWTH
      ? [`${one.name} at σ = ${one.sigma} (${signedNumber(gain, 3)} ‰ more)`]
      : [];
  });
  return `${above.length} of ${removed.length} solutions; but the end of the measures does that without any technology. ` +
    `Technology kept adds to it in ${
      more.length === 0
        ? `none of ${kept.length}`
        : `${more.length} of ${kept.length}: ${more.join(", ")}`
    }`;
}
