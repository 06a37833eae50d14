/** A producer's output in the economy against that in the table. */
export interface LargestChange {
  /** Country and sector. */
  readonly producer: string;
  readonly percent: number;
}

/** What calibration did to a table; values in million USD. */
export interface CalibrationReport {
  readonly year: number;
  readonly countries: number;
  /** Sectors that are not elements. */
  readonly sectors: number;
  readonly elements: number;
  /** Negative cells of final demand (mostly inventories) set to 0, and their size. */
  readonly removedFinalCells: number;
  readonly removedFinalValue: number;
  /** Producers whose inputs were scaled to leave value added. */
  readonly scaledProducers: number;
  /** Purchases of element sectors given up for the rent of the mine. */
  readonly mineInputsGivenUp: number;
  /** Markets [country][sector] without spending, producers without sales. */
  readonly emptyMarkets: number;
  readonly idleProducers: number;
  /** Sectors of which less than 1 % is traded. */
  readonly nontradedSectors: readonly string[];
  /** All spending; final spending and income of the world, which must be equal. */
  readonly worldSpending: number;
  readonly finalSpending: number;
  /** Primary income and export duties of the world. */
  readonly worldIncome: number;
  /** World income of every factor (mine rents are not in it). */
  readonly factorIncome: readonly { readonly factor: string; readonly value: number }[];
  /** Source of the factor shares; null for the single factor. */
  readonly factorSource: string | null;
  /** Export duties above 0 in the baseline, and what they raise. */
  readonly exportDuties: number;
  readonly exportDutyRevenue: number;
  /** Spending of users, revenue of producers, and export duties between them: use = supply + duty. */
  readonly elementUse: readonly {
    readonly element: string;
    readonly use: number;
    readonly supply: number;
    readonly duty: number;
  }[];
  /** Largest change of a producer's output (of those above 100 million USD). */
  readonly largestChange: LargestChange;
  /** Largest change of a flow by the carve-out's rebalancing, percent. */
  readonly carveOutRebalancingPercent: number;
  /** Transfers: spending less income of countries. */
  readonly transfers: readonly { readonly country: string; readonly value: number }[];
}

/** The report as lines of text. */
export function calibrationText(report: CalibrationReport): string {
  const money = (value: number) =>
    `${value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 2 : 0 })} million USD`;
  const percent = (value: number) => `${value.toPrecision(3)} %`;
  const largestTransfer = [...report.transfers]
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
  return [
    `Economy of ${report.year}: ${report.countries} countries, ${report.sectors} sectors, ` +
    `${report.elements} elements; ${factorText(report)}; ${dutyText(report, money)}`,
    ...(report.factorSource === null ? [] : [`Factor shares: ${report.factorSource}`]),
    `World final spending ${money(report.finalSpending)}, world income ${
      money(report.worldIncome)
    }`,
    `Negative final demand set to 0: ${report.removedFinalCells} cells, ${
      money(report.removedFinalValue)
    }`,
    `Producers with inputs scaled to leave 1 % value added: ${report.scaledProducers}`,
    `Purchases of element sectors turned into mine rents: ${money(report.mineInputsGivenUp)}`,
    `Empty markets ${report.emptyMarkets}, idle producers ${report.idleProducers}`,
    `Sectors with less than 1 % traded: ${report.nontradedSectors.join(", ") || "none"}`,
    `Largest change of a producer's output: ${report.largestChange.producer} ${
      percent(report.largestChange.percent)
    }`,
    `Largest change of a flow by the carve-out: ${percent(report.carveOutRebalancingPercent)}`,
    `Largest transfer: ${largestTransfer.country} ${money(largestTransfer.value)}`,
    ...report.elementUse.map(({ element, use, supply, duty }) =>
      `${element}: uses ${money(use)}, supply ${money(supply)}` +
      (duty > 0 ? `, export duties ${money(duty)}` : "")
    ),
  ].join("\n");
}

function factorText({ factorIncome, factorSource }: CalibrationReport): string {
  if (factorSource === null) return `single factor "${factorIncome[0].factor}"`;
  const all = factorIncome.reduce((sum, { value }) => sum + value, 0);
  const parts = factorIncome.map(({ factor, value }) =>
    `${factor} ${(100 * value / all).toFixed(1)} %`
  );
  return `factors ${parts.join(", ")} of value added without mine rents`;
}

function dutyText(
  { exportDuties, exportDutyRevenue }: CalibrationReport,
  money: (value: number) => string,
): string {
  if (exportDuties === 0) return "no tariffs or export taxes in the table";
  return `no tariffs in the table; ${exportDuties} export duties, which raise ` +
    `${money(exportDutyRevenue)} (flows are at buyers' prices, duty included)`;
}
