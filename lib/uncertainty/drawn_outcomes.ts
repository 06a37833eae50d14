import { type Economy, type Shock, solveEquilibrium } from "@ree/equilibrium";
import {
  elementPrices,
  type IntensiveSector,
  meanPrice,
  mitigationPercent,
  type Run,
  sectorsAbroad,
  welfareOf,
} from "@ree/story";

/** Closures that every draw is solved under. */
export const DRAWN_CLOSURES = ["fixed", "allocation"] as const;

/** One number that a draw gives. */
export interface OutcomeLabel {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  /** "mitigation" compares both closures. */
  readonly closure: typeof DRAWN_CLOSURES[number] | "both";
  readonly kind: "price" | "exports" | "welfare" | "mitigation";
}

/** Whose outcomes are recorded. */
export interface OutcomeChoice {
  readonly restricting: string;
  /** Sectors whose exports abroad are recorded. */
  readonly sectors: readonly Pick<IntensiveSector, "sector" | "label">[];
  readonly elements: readonly string[];
}

interface Measured {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly kind: OutcomeLabel["kind"];
  readonly of: (one: Run, sectors: ReturnType<typeof sectorsAbroad>) => number;
}

/** What is measured under each closure. */
function measured({ restricting, sectors, elements }: OutcomeChoice): Measured[] {
  const abroad = (country: string) => country !== restricting;
  const home = (country: string) => country === restricting;
  return [
    {
      key: "price",
      label: "Mean element price abroad",
      unit: "baseline = 1",
      kind: "price",
      of: (one) => elementPrices(one, restricting).outside,
    },
    {
      key: "price home",
      label: "Mean element price at home",
      unit: "baseline = 1",
      kind: "price",
      of: (one) => elementPrices(one, restricting).inside,
    },
    ...elements.map((element): Measured => ({
      key: `price ${element}`,
      label: `Price of ${element} abroad`,
      unit: "baseline = 1",
      kind: "price",
      of: (one) => meanPrice(one, [element], abroad),
    })),
    ...sectors.map(({ sector, label }): Measured => ({
      key: `exports ${sector}`,
      label: `Real exports abroad, ${label}`,
      unit: "‰",
      kind: "exports",
      of: (_, changes) => changes.find((change) => change.sector === sector)?.exports ?? NaN,
    })),
    {
      key: "welfare abroad",
      label: "Welfare abroad",
      unit: "million USD",
      kind: "welfare",
      of: (one) => welfareOf(one, abroad).million,
    },
    {
      key: "welfare home",
      label: "Welfare at home",
      unit: "million USD",
      kind: "welfare",
      of: (one) => welfareOf(one, home).million,
    },
  ];
}

/** Key of the mitigation share. */
export const MITIGATION = "mitigation";

/** Names, units and closures of all outcomes of a draw, in the order of their columns. */
export function outcomeLabels(choice: OutcomeChoice): OutcomeLabel[] {
  return [
    ...DRAWN_CLOSURES.flatMap((closure) =>
      measured(choice).map(({ key, label, unit, kind }): OutcomeLabel => ({
        key: `${closure} ${key}`,
        label,
        unit,
        closure,
        kind,
      }))
    ),
    {
      key: MITIGATION,
      label: "Share of the loss abroad that redirected research avoids",
      unit: "%",
      closure: "both",
      kind: "mitigation",
    },
  ];
}

/**
 * Solves a shock with fixed technology and with redirected research (from the solution with fixed technology) and measures the outcomes.
 *
 * @returns values in the order of {@linkcode outcomeLabels}
 * @throws what the solver throws; an EquilibriumError when a solve does not converge
 */
export function drawnOutcomes(
  economy: Economy,
  shock: Shock,
  choice: OutcomeChoice,
): Float64Array {
  const of = (name: string, found: Run["found"]): Run => ({
    name,
    sigma: NaN,
    economy,
    shock,
    found,
  });
  const fixed = of("fixed", solveEquilibrium(economy, shock));
  const allocation = of(
    "allocation",
    solveEquilibrium(economy, shock, { closure: { kind: "allocation" }, start: fixed.found }),
  );
  return Float64Array.from([
    ...[fixed, allocation].flatMap((one) => {
      const changes = sectorsAbroad(one, choice.restricting);
      return measured(choice).map((outcome) => outcome.of(one, changes));
    }),
    mitigationPercent(allocation, fixed, choice.restricting),
  ]);
}
