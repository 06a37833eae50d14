import type { ExpansionRow } from "./counterfactual_channels.ts";
import { channelFinding, removalFinding } from "./counterfactual_findings.ts";
import { producerRows } from "@ree/equilibrium";
import { pick, type Run } from "./counterfactual_run.ts";
import { type IntensiveSector, sectorAbroad } from "./counterfactual_sectors.ts";
import { mitigationRows, welfareOf } from "./counterfactual_welfare.ts";
import {
  expansionFinding,
  GROWTH,
  mitigationFinding,
  plural,
  priceFinding,
  signedNumber,
} from "./counterfactual_words.ts";
import { checkText } from "./words.ts";

/** Changes of a country's factor prices, per mille: "labour −0.21, capital −0.30". */
function factorPrices({ economy, found }: Run, country: string): string {
  const F = economy.factors.length;
  const n = economy.countries.indexOf(country);
  return economy.factors.map((factor, f) =>
    `${signedNumber(1000 * (found.wage[n * F + f] - 1), 2)} (${factor})`
  ).join(" and ");
}

/** Element-using sectors whose exports abroad grow in a run, with the numbers. */
function growingSectors(
  one: Run,
  sectors: readonly IntensiveSector[],
  restricting: string,
): string {
  const grown = sectors
    .map(({ sector, label }) => ({ label, change: sectorAbroad(one, sector, restricting).exports }))
    .filter(({ change }) => change > GROWTH)
    .map(({ label, change }) => `${label} ${signedNumber(change, 2)} ‰`);
  return grown.length === 0 ? "none" : grown.join(", ");
}

/** The reading of all experiments, in Markdown. */
export function counterfactualReading(options: {
  /** The quota in force, every closure and σ. */
  readonly quota: readonly Run[];
  /** The quota removed, technology frozen. */
  readonly removed: readonly Run[];
  /** Channels switched on and off. */
  readonly expansion: readonly ExpansionRow[];
  readonly sigma: number;
  readonly restricting: string;
  /** Sectors that buy elements, the most intensive first. */
  readonly sectors: readonly IntensiveSector[];
  /** Largest gap between the quota and its export duty. */
  readonly dutyGap: number;
}): string {
  const { quota, removed, expansion, sigma, restricting, sectors, dutyGap } = options;
  const [top, ...rest] = sectors;
  const abroad = (one: Run) => welfareOf(one, (country) => country !== restricting);
  const home = (one: Run) => welfareOf(one, (country) => country === restricting);
  const fixed = pick(quota, "fixed", sigma);
  const exports = sectorAbroad(fixed, top.sector, restricting).exports;
  const own = producerRows(fixed.economy, fixed.found, fixed.shock)
    .find((row) => row.country === restricting && row.sector === top.sector);
  const wages = factorPrices(fixed, restricting);
  const losses = quota.map(abroad).map(({ million }) => million);
  const gaining = quota.filter((one) => home(one).million > 0).length;
  const [worst, mildest] = [Math.min(...losses), Math.max(...losses)];
  return [
    `- **The restriction alone.** With fixed technology and σ = ${sigma}, ${
      priceFinding(quota, sigma, restricting)
    }. Real exports abroad of the most element-intensive sector (${top.label}) change by ${
      signedNumber(exports, 2)
    } ‰, those of the restricting country by ${
      signedNumber(10 * (own?.exportsPercent ?? NaN), 2)
    } ‰.`,
    `- **Does a closure turn contraction into expansion?** While the quota binds, exports of that sector abroad grow in ${
      expansionFinding(quota, top.sector, restricting)
    }. With the measures removed and technology kept, they stand above the baseline in ${
      removalFinding(removed, top.sector, restricting)
    }.`,
    `- **Which channel (σ = ${sigma}).** ${channelFinding(expansion, top)}`,
    `- **Other sectors that use elements** and whose exports abroad grow already with fixed technology: ${
      growingSectors(fixed, rest, restricting)
    }. No technology is behind that: factor prices of the restricting country change by ${wages} ‰ relative to world income, and with them the cost of its other exports.`,
    `- **Mitigation.** ${
      mitigationFinding(mitigationRows(quota, restricting))
    } (lowest to highest closure). Entry is gross of what the research costs.`,
    `- **Magnitudes are tiny.** Real income abroad changes by ${
      signedNumber(abroad(fixed).perMille, 3)
    } ‰ with fixed technology at σ = ${sigma}, over all closures and σ by ${
      signedNumber(worst, 0)
    } to ${
      signedNumber(mildest, 0)
    } million USD a year: elements cost even the most intensive sector ${
      top.intensity.toFixed(0)
    } USD per million USD of output. The restricting country gains in ${gaining} of ${
      plural(quota.length, "solution")
    }, as it has market power and nobody retaliates.`,
    `- **A quota is a duty.** Export duties equal to the wedges give the same equilibrium: largest relative gap ${
      checkText(dutyGap)
    }.`,
    `- **What this rests on.** σ is assumed, not estimated. Trade elasticities are recalled and to be verified; supply and technology elasticities are our judgement; element purchases are derived, not observed; the limit takes the quota of 2009 for the exports of 2009, so an unused part of the quota makes the true cut smaller. The equations are ours: of the paper only the abstract is public to us, so neither agreement nor disagreement with it tests the paper.`,
  ].join("\n");
}
