/** What the notebooks say of their results: rows of tables, and findings as sentences with the numbers in them. */
export {
  describeWorld,
  exposureTable,
  sensitivityFinding,
  sensitivityRows,
  worldSectorSpread,
  yearFinding,
  type YearValue,
} from "./intensity_findings.ts";
export {
  applicationRows,
  carveOutSteps,
  type CheckRow,
  compareReadings,
  describeBalance,
  describeCarveOut,
  intermediateShare,
  outputFromFinalDemand,
} from "./table_steps.ts";
export { sentenceNames, shortName } from "./words.ts";
