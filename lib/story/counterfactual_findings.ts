import type { ElementCut } from "./counterfactual_elements.ts";
import { type ForeignSupply, foreignSupply, meanPrice } from "./counterfactual_prices.ts";
import type { PathPoint } from "./counterfactual_path.ts";
import type { Run } from "./counterfactual_run.ts";
import { intensitySlope, type IntensiveSector, sectorsAbroad } from "./counterfactual_sectors.ts";
import { welfareOf } from "./counterfactual_welfare.ts";
import { signedNumber, span } from "./counterfactual_words.ts";

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
  } of it. Above 100 %: technology saves all elements at once and responds to the cost of all, so that a joint ` +
    "cut calls forth more of it and costs less than its parts.";
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

/** What a full embargo does under fixed technology, by σ; without runs, why there are none. */
export function embargoFinding(runs: readonly Run[], restricting: string): string {
  if (runs.length === 0) {
    return `No embargo can be solved on this table: ${restricting} is the only seller of an element, and users cannot do without it.`;
  }
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
