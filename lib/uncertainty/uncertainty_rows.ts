import type { TableColumn } from "@ree/report";
import { signedNumber } from "@ree/story";
import type { InputGroupName } from "./drawn_inputs.ts";
import { MITIGATION, type OutcomeLabel } from "./drawn_outcomes.ts";
import type { UncertaintyRun } from "./run_uncertainty.ts";
import type { SobolIndices } from "./sobol_indices.ts";
import { decomposeOutcome, histogram, independentValues, type OutcomeInterval } from "./summary.ts";

/** Names of the groups of inputs in tables and figures. */
export const INPUT_LABELS: Readonly<Record<InputGroupName, string>> = {
  weights: "element weights",
  sigma: "σ, elements and other inputs",
  theta: "θ, trade",
  eta: "η, between elements",
  psi: "ψ, technology",
  supply: "supply elasticity",
};

/** The same inside sentences and narrow columns. */
export const SHORT_INPUT_LABELS: Readonly<Record<InputGroupName, string>> = {
  weights: "element weights",
  sigma: "σ",
  theta: "θ",
  eta: "η",
  psi: "ψ",
  supply: "supply elasticity",
};

/** What is drawn, how, and on whose word; one row a group of inputs. */
export function inputRows({ inputs, groups }: UncertaintyRun): Record<string, string | number>[] {
  const { concentrations, distributions, elasticities, estimates } = inputs;
  return groups.map(({ name, columns }) => {
    const row = (drawn: string, values: string, basis: string) => ({
      input: INPUT_LABELS[name],
      drawn,
      values,
      basis,
      columns,
    });
    if (name === "weights") {
      return row(
        "Dirichlet around the judged weights",
        `as if counted in samples of ${concentrations.use} (tonnes by application), ${concentrations.mix} ` +
          `(element mix), ${concentrations.distribution} (sectors)`,
        "our judgement",
      );
    }
    if (name === "sigma" && estimates !== null) {
      const values = estimates.sectors.map(({ sigma }) => sigma);
      return row(
        "normal slopes with their estimated covariance; σ follows from each",
        `${values.length} industries, ${rangeText(values)}`,
        estimates.simulated ? "SIMULATED patents" : estimates.source,
      );
    }
    const { shape, common } = distributions.find(({ input }) => input === name)!;
    const rows = elasticities.filter(({ parameter }) => parameter === name);
    const shared = rows.length > 1 ? `; correlation ${common} between rows` : "";
    const [first] = rows;
    return row(
      `${shape} between the ends of the range${shared}`,
      rows.length === 1
        ? `${first.value} (${first.low} to ${first.high})`
        : `${rows.length} rows, peaks ${rangeText(rows.map(({ value }) => value))}, ends ${
          rangeText(rows.flatMap(({ low, high }) => [low, high]))
        }`,
      [...new Set([...rows.map(({ reading }) => reading.split(";")[0]), "shape our judgement"])]
        .join(
          "; ",
        ),
    );
  });
}

function rangeText(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${Number(low.toFixed(2))} to ${Number(high.toFixed(2))}`;
}

/** Columns of {@linkcode inputRows}. */
export const inputColumns: readonly TableColumn[] = [
  { key: "input", label: "Input" },
  { key: "drawn", label: "How drawn" },
  { key: "values", label: "Values" },
  { key: "basis", label: "Basis" },
];

/** Decimals of an outcome's unit. */
const DIGITS: Readonly<Record<OutcomeLabel["kind"], number>> = {
  price: 2,
  exports: 3,
  welfare: 0,
  mitigation: 1,
};

/** A value of an outcome with its sign where it is a change. */
export function outcomeText({ kind }: Pick<OutcomeLabel, "kind">, value: number): string {
  if (kind === "price") return value.toFixed(DIGITS.price);
  if (kind === "mitigation") return signedNumber(value, DIGITS.mitigation).replace("+", "");
  return signedNumber(value, DIGITS[kind]);
}

/**
 * Rows of the table of intervals: one an outcome, both closures side by side. A share that compares the closures stands under
 * redirected research.
 */
export function intervalRows(
  intervals: readonly OutcomeInterval[],
): Record<string, string>[] {
  const rows = new Map<string, Record<string, string>>();
  for (const one of intervals) {
    const { closure, label, unit, central, median, lower, upper, kind } = one;
    const outcome = kind === "price" ? label : `${label}, ${unit}`;
    const row = rows.get(outcome) ?? { outcome };
    rows.set(outcome, row);
    const side = closure === "fixed" ? "fixed" : "allocation";
    const [first, last] = [outcomeText(one, lower), outcomeText(one, upper)];
    row[`${side} central`] = outcomeText(one, central);
    row[`${side} median`] = outcomeText(one, median);
    // Unbroken, so that a narrow column scrolls instead of wrapping each interval.
    row[`${side} interval`] = `${first}\u00a0to\u00a0${last}`;
  }
  return [...rows.values()];
}

/** Columns of {@linkcode intervalRows}. @param level probability inside the interval */
export function intervalColumns(level = 0.95): TableColumn[] {
  const percent = `${Number((100 * level).toFixed(1))} %`;
  const side = (key: string, name: string): TableColumn[] => [
    { key: `${key} central`, label: `${name}: at own values`, align: "right" },
    { key: `${key} median`, label: "median", align: "right" },
    { key: `${key} interval`, label: `${percent} interval`, align: "right" },
  ];
  return [
    { key: "outcome", label: "Outcome" },
    ...side("fixed", "Fixed technology"),
    ...side("allocation", "Research redirected"),
  ];
}

/** Outcomes that the figures show: mean price, exports of the most intensive sector, welfare, mitigation. */
export function headlineOutcomes({ outcomes }: Pick<UncertaintyRun, "outcomes">): OutcomeLabel[] {
  const [exports] = outcomes.filter(({ kind, closure }) =>
    kind === "exports" && closure === "fixed"
  );
  const keys = ["fixed price", exports?.key, "fixed welfare abroad", "allocation welfare abroad"];
  return [...keys, MITIGATION].flatMap((key) => outcomes.filter((outcome) => outcome.key === key));
}

const panelName = ({ label, unit, closure }: OutcomeLabel, withUnit: boolean) =>
  label + (withUnit ? `, ${unit}` : "") + (closure === "both" ? "" : ` (${closure} technology)`)
    .replace("allocation technology", "research redirected");

/** Bars and marks of the distributions of some outcomes. */
export function distributionRows(
  run: UncertaintyRun,
  outcomes: readonly OutcomeLabel[],
  intervals: readonly OutcomeInterval[],
) {
  return {
    bars: outcomes.flatMap((outcome) =>
      histogram(independentValues(run, outcome.key)).map((bar) => ({
        panel: panelName(outcome, true),
        ...bar,
      }))
    ),
    marks: outcomes.map((outcome) => {
      const { central, median, lower, upper } = intervals.find(({ key }) => key === outcome.key)!;
      return { panel: panelName(outcome, true), central, median, lower, upper };
    }),
  };
}

/** The variance of an outcome and whose it is. */
export interface OutcomeDecomposition extends SobolIndices {
  readonly outcome: OutcomeLabel;
}

/** Decompositions of some outcomes, with one bootstrap for all. */
export function decompositions(
  run: UncertaintyRun,
  outcomes: readonly OutcomeLabel[],
): OutcomeDecomposition[] {
  return outcomes.map((outcome) => ({ outcome, ...decomposeOutcome(run, outcome.key) }));
}

/** Rows of the figure of variance shares, in percent; groups in the order of the design. */
export function varianceShareRows(found: readonly OutcomeDecomposition[]) {
  return found.flatMap(({ outcome, indices }) =>
    indices.map((index) => ({
      panel: panelName(outcome, false),
      label: INPUT_LABELS[index.group as InputGroupName],
      first: 100 * index.first,
      firstLower: 100 * index.firstLower,
      firstUpper: 100 * index.firstUpper,
      total: 100 * index.total,
      totalLower: 100 * index.totalLower,
      totalUpper: 100 * index.totalUpper,
    }))
  );
}

/**
 * Total shares of the leading input of each outcome from half of the rows and from all: whether more draws still move them. Half
 * of very few rows has no share (null).
 */
export function stabilityRows(
  run: UncertaintyRun,
  found: readonly OutcomeDecomposition[],
): Record<string, string | number | null>[] {
  const rows = Math.floor(run.rows / 2);
  const half = { ...run, rows, draws: run.draws.filter(({ row }) => row < rows) };
  return found.map(({ outcome, indices }) => {
    const lead = indices.reduce((a, b) => b.total > a.total ? b : a);
    return {
      outcome: panelName(outcome, false),
      input: INPUT_LABELS[lead.group as InputGroupName],
      half: totalShare(half, outcome.key, lead.group),
      all: 100 * lead.total,
      lower: 100 * lead.totalLower,
      upper: 100 * lead.totalUpper,
    };
  });
}

/** Total share of a group in percent; null where the rows are too few to decompose. */
function totalShare(run: UncertaintyRun, key: string, group: string): number | null {
  try {
    const { indices } = decomposeOutcome(run, key, { resamples: 1 });
    return 100 * indices.find((index) => index.group === group)!.total;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Columns of {@linkcode stabilityRows}. @param rows of the whole design */
export function stabilityColumns(rows: number): TableColumn[] {
  const share = (key: string, label: string): TableColumn => ({
    key,
    label,
    unit: "%",
    digits: 0,
  });
  return [
    { key: "outcome", label: "Outcome" },
    { key: "input", label: "Input with the largest total share" },
    share("half", `Total share, first ${Math.floor(rows / 2)} rows`),
    share("all", `all ${rows} rows`),
    share("lower", "95 % interval from"),
    share("upper", "to"),
  ];
}

/** A measure with its draws taken apart. */
export interface MeasuredUncertainty {
  /** "quota", "duty". */
  readonly name: string;
  readonly intervals: readonly OutcomeInterval[];
  readonly found: readonly OutcomeDecomposition[];
}

/** Two or more measures side by side: median, interval and the input with the largest total share of each outcome. */
export function measureRows(measures: readonly MeasuredUncertainty[]): Record<string, string>[] {
  return measures[0].found.map(({ outcome }) => {
    const row: Record<string, string> = {
      outcome: panelName(outcome, outcome.kind !== "price"),
    };
    for (const { name, intervals, found } of measures) {
      const one = intervals.find(({ key }) => key === outcome.key)!;
      const { indices } = found.find((other) => other.outcome.key === outcome.key)!;
      const lead = indices.reduce((a, b) => b.total > a.total ? b : a);
      const [lower, upper] = [outcomeText(one, one.lower), outcomeText(one, one.upper)];
      row[`${name} median`] = outcomeText(one, one.median);
      row[`${name} interval`] = `${lower}\u00a0to\u00a0${upper}`;
      row[`${name} lead`] = `${SHORT_INPUT_LABELS[lead.group as InputGroupName]}, ${
        Math.round(100 * lead.total)
      }\u00a0%`;
    }
    return row;
  });
}

/** Columns of {@linkcode measureRows}. */
export function measureColumns(measures: readonly MeasuredUncertainty[]): TableColumn[] {
  return [
    { key: "outcome", label: "Outcome" },
    ...measures.flatMap(({ name }): TableColumn[] => [
      {
        key: `${name} median`,
        label: `${name[0].toUpperCase()}${name.slice(1)}: median`,
        align: "right",
      },
      { key: `${name} interval`, label: "95 % interval", align: "right" },
      { key: `${name} lead`, label: "largest total share" },
    ]),
  ];
}
