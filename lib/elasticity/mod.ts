/** From prices and technologies to elasticities of substitution; so far: how hard elements are to replace. */
export {
  type ElementDistances,
  elementDistances,
  hardToReplace,
  NO_CANDIDATES,
  type ReplacementMeasure,
  type ReplacementScore,
  type SubstituteProperties,
} from "./substitutability.ts";
