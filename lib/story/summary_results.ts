import type { Rejections } from "@ree/event-study";
import type { CrossCheck } from "@ree/validation";
import { median } from "simple-statistics";
import { type concentrationByYear, pricePeak, type quotaYears } from "./event_rows.ts";
import { largestOfChecks } from "./model_validation.ts";
import type { comparisonRow } from "./validation_rows.ts";
import { rejectionRow } from "./validation_rows.ts";
import { sentenceNames } from "./words.ts";

/** Industries that the summary names in a sentence. */
const LEADERS = 3;

/** What notebook 1 hands to the executive summary: the most intensive industries with their bands. */
export function intensityResult(
  ranking: readonly {
    readonly industry: string;
    readonly label: string;
    readonly total: number;
    readonly lower?: number | null;
    readonly upper?: number | null;
  }[],
  made: {
    readonly year: number;
    readonly level: number;
    readonly draws: number;
    readonly shown: number;
  },
) {
  const { year, level, draws, shown } = made;
  return {
    year,
    level,
    draws,
    unit: "USD of rare earths per million USD of output, direct and through suppliers",
    count: ranking.length,
    median: median(ranking.map(({ total }) => total)),
    leaders: sentenceNames(ranking.slice(0, LEADERS)),
    industries: ranking.slice(0, shown)
      .map(({ industry, label, total, lower, upper }) => ({
        industry,
        label,
        total,
        lower,
        upper,
      })),
  };
}

/**
 * What notebook 2 hands to the executive summary: the quota cut that followed the base year, the peak of every price, and
 * China's part of mine output.
 *
 * @throws RangeError when a quota, price or mine output of the base year, or the quota of the next, is missing
 */
export function eventResult(
  quotas: ReturnType<typeof quotaYears>,
  prices: readonly { readonly element: string; readonly year: number; readonly usdPerKg: number }[],
  concentration: ReturnType<typeof concentrationByYear>,
  baseYear: number,
) {
  const quota = (year: number) => {
    const tonnes = quotas.find((row) => row.year === year)?.tonnes;
    if (tonnes === undefined || tonnes === null) {
      throw new RangeError(`eventResult: no quota in ${year}`);
    }
    return tonnes;
  };
  const share = concentration.find(({ year }) => year === baseYear)?.chinaShare;
  if (share === undefined) throw new RangeError(`eventResult: no mine output in ${baseYear}`);
  const elements = [...new Set(prices.map(({ element }) => element))];
  return {
    baseYear,
    quota: {
      unit: "tonnes of rare earth oxide",
      yearBefore: baseYear,
      before: quota(baseYear),
      yearAfter: baseYear + 1,
      after: quota(baseYear + 1),
    },
    chinaMineShare: { year: baseYear, percent: 100 * share },
    pricePeaks: elements.map((element) => ({ element, ...pricePeak(prices, element, baseYear) })),
  };
}

/** What appendix A1 hands to the executive summary: largest gaps, and rejections of a true null. */
export function validationResult(checks: {
  readonly comparison: readonly ReturnType<typeof comparisonRow>[];
  readonly rejections: readonly Rejections[];
  readonly levels: readonly CrossCheck[];
  readonly equations: readonly CrossCheck[];
}) {
  const { comparison, rejections, levels, equations } = checks;
  return {
    data: "SIMULATED outcomes and economies; the comparison with R is on published data",
    economies: levels.length + equations.length,
    largestGaps: {
      econometrics: Math.max(...comparison.map(({ difference }) => difference)),
      levels: largestOfChecks(levels),
      equations: largestOfChecks(equations),
    },
    rejections: rejections.map((row) => {
      const { central, lower, upper } = rejectionRow(row);
      const { method, regressor, design } = row;
      return { design, method, regressor, percent: central, lower, upper };
    }),
  };
}
