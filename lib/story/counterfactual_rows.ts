import { elementPrices } from "./counterfactual_prices.ts";
import type { Run } from "./counterfactual_run.ts";
import { sectorAbroad } from "./counterfactual_sectors.ts";
import { welfareOf } from "./counterfactual_welfare.ts";

/** One closure and σ in numbers; columns in {@link ./counterfactual_columns.ts}. */
export function closureRow(one: Run, restricting: string, sector: string) {
  const abroad = welfareOf(one, (country) => country !== restricting);
  const { exports, output } = sectorAbroad(one, sector, restricting);
  return {
    sigma: one.sigma,
    closure: one.name,
    ...elementPrices(one, restricting),
    welfareHome: welfareOf(one, (country) => country === restricting).perMille,
    welfareAbroad: abroad.perMille,
    millionAbroad: abroad.million,
    exports,
    output,
    residual: Math.max(...Object.values(one.found.residuals)),
    iterations: one.found.iterations,
  };
}
