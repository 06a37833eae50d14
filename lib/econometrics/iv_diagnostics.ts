import type { Fit } from "./fit.ts";
/** Placeholder. */
export interface IvDiagnostics {
  readonly endogenous: readonly string[];
}
/** Placeholder. */
export function ivDiagnostics(fit: Fit): IvDiagnostics {
  return { endogenous: fit.coefNames };
}
