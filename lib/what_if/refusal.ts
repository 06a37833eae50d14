import type { Refusal } from "./messages.ts";

/** An error of the library as the page shows it; anything that is no refusal is thrown on. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Error)) throw error;
  if (error.name === "EquilibriumError") {
    return {
      reason: "no equilibrium",
      message: error.message,
    };
  }
  if (error instanceof RangeError) return { reason: "no scenario", message: error.message };
  throw error;
}
