import { type Economy, economySize, labelIndex } from "./economy.ts";

/**
 * How technology responds (README.md, Technology).
 *
 * - `fixed`: B̂R = B̂X = 1.
 * - `allocation`: a fixed research budget of each country and sector is redirected between
 *   element-augmenting and other-input-augmenting technology.
 * - `entry`: free entry into element-saving research, which scales with real spending on elements.
 * - `global-allocation`, `global-entry`: technology is made by the innovating countries and used by
 *   the adopting ones.
 * - `frozen`: technology is given, for instance that of another equilibrium.
 */
export type Closure =
  | { readonly kind: "fixed" | "allocation" | "entry" }
  | {
    readonly kind: "global-allocation" | "global-entry";
    readonly innovators: readonly string[];
    readonly adopters: readonly string[];
  }
  | {
    readonly kind: "frozen";
    /** B̂R [country][sector], above 0. */
    readonly element: Float64Array;
    /** B̂X [country][sector], above 0. */
    readonly other: Float64Array;
  };

/** Kinds of closures. */
export const CLOSURES = [
  "fixed",
  "allocation",
  "entry",
  "global-allocation",
  "global-entry",
  "frozen",
] as const;

/**
 * Refuses a closure that does not fit the economy.
 *
 * @throws RangeError naming what came and what is expected
 */
export function checkClosure(economy: Economy, closure: Closure): void {
  if (!CLOSURES.includes(closure.kind)) {
    throw new RangeError(
      `unknown closure "${closure.kind}"; expected one of ${CLOSURES.join(", ")}`,
    );
  }
  if (closure.kind === "global-allocation" || closure.kind === "global-entry") {
    for (const role of ["innovators", "adopters"] as const) {
      const list = closure[role];
      if (!Array.isArray(list) || list.length === 0) {
        throw new RangeError(`${closure.kind}: expected a list of ${role}`);
      }
      list.forEach((country, i) => {
        labelIndex(economy.countries, country, `country among the ${role}`);
        if (list.indexOf(country) !== i) throw new RangeError(`${role}: ${country} appears twice`);
      });
    }
  }
  if (closure.kind === "frozen") {
    const { N, J } = economySize(economy);
    for (const name of ["element", "other"] as const) {
      const array = closure[name];
      if (!(array instanceof Float64Array) || array.length !== N * J) {
        throw new RangeError(
          `frozen ${name}: expected a Float64Array [country][sector] of ${N * J}`,
        );
      }
      const at = array.findIndex((value) => !(value > 0 && Number.isFinite(value)));
      if (at >= 0) {
        throw new RangeError(
          `frozen ${name} of ${economy.countries[Math.floor(at / J)]}, ${
            economy.sectors[at % J]
          } ` +
            `is ${array[at]}; expected a number above 0`,
        );
      }
    }
  }
}
