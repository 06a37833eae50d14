import { scientificText } from "@ree/story";
import type { ExtendedRun } from "./default_draws.ts";
import type { InputGroupName } from "./drawn_inputs.ts";
import type { UncertaintyRun } from "./run_uncertainty.ts";
import type { SobolIndex } from "./sobol_indices.ts";
import { type DrawCount, type OutcomeInterval } from "./summary.ts";
import {
  type MeasuredUncertainty,
  type OutcomeDecomposition,
  outcomeText,
  SHORT_INPUT_LABELS,
} from "./uncertainty_rows.ts";

/** A total share below this, with its whole interval, is called small. */
const SMALL_PERCENT = 5;

const percent = (share: number) => `${Math.round(100 * share) + 0}`.replace("-", "−");
const inSentence = (group: string) => {
  const name = SHORT_INPUT_LABELS[group as InputGroupName];
  return name.length === 1 ? name : `the ${name}`;
};
const nameOf = ({ group }: SobolIndex) => inSentence(group);
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** The group with the largest total share, and whether its interval lies above all others'. */
export function leadingInput(
  { indices }: Pick<OutcomeDecomposition, "indices">,
): { readonly lead: SobolIndex; readonly second: SobolIndex | undefined; readonly clear: boolean } {
  const [lead, second] = indices.toSorted((a, b) => b.total - a.total);
  return { lead, second, clear: second === undefined || lead.totalLower > second.totalUpper };
}

/**
 * Title of the figure of variance shares: which input leads for how many outcomes.
 *
 * @param under words before the finding, such as "Under the duty"
 */
export function leadFinding(found: readonly OutcomeDecomposition[], under = ""): string {
  const leads = found.map((one) => leadingInput(one));
  const counts = [...Map.groupBy(leads, ({ lead }) => nameOf(lead))]
    .toSorted((a, b) => b[1].length - a[1].length);
  const parts = counts.map(([name, own], k) => {
    const clear = own.filter((one) => one.clear).length;
    const how = clear === own.length
      ? own.length === 1 ? "clearly" : "all clearly"
      : clear === 0
      ? own.length === 1 ? "not clearly" : "none clearly"
      : `${clear} clearly`;
    return k === 0
      ? `${
        under === "" ? "U" : `${under}, u`
      }ncertainty of ${name} weighs most for ${own.length} of ${found.length} outcomes (${how})`
      : `that of ${name} for ${own.length} (${how})`;
  });
  return parts.join(", ");
}

/**
 * Which uncertainty matters for each outcome, and which for none. "Clearly" means that the interval of the leading input's total share lies
 * above that of every other.
 */
export function mattersText(found: readonly OutcomeDecomposition[]): string {
  const lines = found.map((one) => {
    const { outcome, mean, variance } = one;
    const { lead, second, clear } = leadingInput(one);
    const share = (index: SobolIndex) =>
      `${percent(index.total)} % in total (${percent(index.totalLower)} to ${
        percent(index.totalUpper)
      }), ${percent(index.first)} % alone (${percent(index.firstLower)} to ${
        percent(index.firstUpper)
      })`;
    const technology = outcome.closure === "both"
      ? ""
      : outcome.closure === "fixed"
      ? ", fixed technology"
      : ", research redirected";
    const spread = outcomeText(outcome, Math.sqrt(variance)).replace("+", "");
    const rival = second === undefined
      ? ""
      : clear
      ? `, clearly before ${nameOf(second)} (${percent(second.total)} %)`
      : `; these draws cannot tell it apart from ${nameOf(second)} (${percent(second.total)} %, ${
        percent(second.totalLower)
      } to ${percent(second.totalUpper)})`;
    return `- **${outcome.label}${technology}** (mean ${
      outcomeText(outcome, mean)
    }, standard deviation ${spread}${outcome.kind === "price" ? "" : ` ${outcome.unit}`}): ${
      nameOf(lead)
    }, ${share(lead)}${rival}.`;
  });
  const small = (found[0]?.indices ?? []).map(({ group }) => group).filter((group) =>
    found.every(({ indices }) =>
      100 * indices.find((index) => index.group === group)!.totalUpper < SMALL_PERCENT
    )
  );
  const nowhere = small.length === 0
    ? `No input's total share stays below ${SMALL_PERCENT} % with its whole interval for all of these outcomes.`
    : `For all of these outcomes the total share of ${
      small.map(inSentence).join(" and of ")
    } stays below ${SMALL_PERCENT} %, interval included.`;
  return `${lines.join("\n")}\n\n${nowhere}`;
}

/** Counts of draws and failures, in sentences. */
export function drawCountText(
  count: DrawCount,
  run: Pick<UncertaintyRun, "rows" | "parts">,
): string {
  const failures = count.failed === 0
    ? "No draw failed."
    : `${count.failed} draws failed and have no numbers: ${
      count.reasons.map(({ reason, draws }) => `${draws} × ${reason}`).join("; ")
    }. Their rows are left out of the decomposition, which makes the rest a selected sample.`;
  const zero = count.sigmaDrawn === 0
    ? ""
    : ` Of ${count.sigmaDrawn.toLocaleString("en-US")} draws of an industry's σ, ${
      count.sigmaSetToZero.toLocaleString("en-US")
    } fell below 0 or outside the stable region and were set to 0.`;
  return `${
    count.draws.toLocaleString("en-US")
  } draws: ${run.rows} rows of a Sobol' sequence, each with ${run.parts.length} parts (${
    run.parts.join(", ")
  }). ${failures}${zero}`;
}

/** Where the draws come from: computed now, or those of an earlier run of the same inputs, checked against those computed now. */
export function originText(
  { run, computed, extended, largestDifference }: ExtendedRun,
): string {
  const here = (computed * run.parts.length).toLocaleString("en-US");
  if (!extended) {
    return largestDifference === null
      ? `All ${here} draws were computed here: the committed ones are of other inputs, measures or another seed.`
      : `All ${here} draws were computed here, no fewer than the committed ones.`;
  }
  const agreement = largestDifference === 0
    ? "agree to the last digit"
    : `agree to ${scientificText(largestDifference!)} (largest relative difference)`;
  return `${here} draws (${computed} rows) were computed here. They and the first ${computed} rows of the ${
    (run.rows * run.parts.length).toLocaleString("en-US")
  } committed draws of the same inputs ${agreement}; all committed draws are used below.`;
}

/** Intervals of the main outcomes, for a title. */
export function intervalFinding(intervals: readonly OutcomeInterval[]): string {
  const of = (key: string) => intervals.find((one) => one.key === key)!;
  const span = (one: OutcomeInterval) =>
    `${outcomeText(one, one.lower)} to ${outcomeText(one, one.upper)}`;
  const [price, welfare, avoided] = ["fixed price", "fixed welfare abroad", "mitigation"].map(of);
  return `Element prices abroad rise to ${
    span(price)
  } times the baseline, welfare abroad changes by ${
    span(welfare)
  } million USD, and redirected research avoids ${span(avoided)} % of the loss`;
}

/** How far the central values lie from the medians, where the inputs' own values are not the middle of what is drawn. */
export function centreText(intervals: readonly OutcomeInterval[]): string {
  const outside = intervals.filter(({ central, lower, upper }) =>
    central < lower || central > upper
  );
  const widest = intervals.filter(({ kind }) => kind === "price" || kind === "welfare")
    .map((one) => ({ one, gap: Math.abs(one.central - one.median) / (one.upper - one.lower) }))
    .toSorted((a, b) => b.gap - a.gap)[0];
  const place = outside.length === 0
    ? `All ${intervals.length} values at the inputs' own values lie inside their intervals`
    : `${outside.length} of ${intervals.length} values at the inputs' own values lie outside their intervals (${
      outside.map(({ label, closure }) => `${lowerFirst(label)}, ${closure}`).join("; ")
    })`;
  return `${place}. Ranges are not symmetric and the model is not linear, so that the median need not be the value at the inputs' own ` +
    `values: the gap is largest for ${lowerFirst(widest.one.label)} (${widest.one.closure}), ${
      outcomeText(widest.one, widest.one.central)
    } against a median of ${outcomeText(widest.one, widest.one.median)}.`;
}

/** How many draws lie beyond each end of the intervals: what their ends rest on. @param level probability inside */
export function endsText(intervals: readonly OutcomeInterval[], level = 0.95): string {
  const draws = Math.min(...intervals.map((one) => one.draws));
  const beyond = Math.round(draws * (1 - level) / 2);
  return `Of ${draws} draws about ${beyond} lie beyond each end of an interval, which is therefore rough itself.`;
}

/**
 * Which input gains and which loses most in an outcome's variance when one measure takes the place of another: total shares with intervals.
 */
export function measureFinding(
  [before, after]: readonly [MeasuredUncertainty, MeasuredUncertainty],
  key: string,
): string {
  const of = ({ found }: MeasuredUncertainty) => found.find(({ outcome }) => outcome.key === key)!;
  const [one, other] = [of(before), of(after)];
  const moves = one.indices.map((index) => {
    const then = other.indices.find(({ group }) => group === index.group)!;
    return { index, then, gain: then.total - index.total };
  }).toSorted((a, b) => b.gain - a.gain);
  const share = ({ total, totalLower, totalUpper }: SobolIndex) =>
    `${percent(total)} % (${percent(totalLower)} to ${percent(totalUpper)})`;
  const text = ({ index, then }: typeof moves[number]) =>
    `that of ${nameOf(index)} is ${share(index)} under the ${before.name} and ${
      share(then)
    } under the ${after.name}`;
  const [gaining, losing] = [moves[0], moves[moves.length - 1]];
  return `Shares in the variance of ${lowerFirst(one.outcome.label)} depend on the measure: ${
    text(gaining)
  }, ${text(losing)}.`;
}
