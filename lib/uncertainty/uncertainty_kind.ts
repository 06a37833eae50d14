/** The chain of one row of a Saltelli design as work for `lib/sweep`: its workers load this module. */
import type { JsonRecord, Row, WorkKind } from "@ree/sweep";
import { saltelliDesign } from "./saltelli_design.ts";
import {
  loadUncertainWorld,
  uncertainWorld,
  type UncertainWorldData,
  type UncertainWorldOptions,
} from "./uncertain_world.ts";

/** What all rows share, as a design says it; the rest are options of `loadUncertainWorld`. */
export interface UncertaintyShared extends UncertainWorldOptions {
  /** Seed of the shift of the Sobol' sequence, not 0. */
  readonly seed: number;
  /** Parts of each row: ["A"] for intervals alone, all for a variance decomposition; default all. */
  readonly parts?: readonly string[];
}

/** Options of the world, which a design may name. */
const WORLD_OPTIONS = [
  "year",
  "scenario",
  "restricting",
  "estimates",
  "concentrations",
  "listed",
] as const;

/** Column of a part's outcome. */
export const partColumn = (part: string, outcome: string) => `${part}: ${outcome}`;

/** Names beside the outcomes. */
export const FAILURE = "failure";
export const SIGMA_SET_TO_ZERO = "sigma set to zero";

/**
 * One run is one row of the design with all its parts, because parts share carve-outs and calibrations. A draw that the chain refuses
 * has its reason in "part: failure" and no numbers; the other parts of its row stand.
 */
export const workKind: WorkKind = {
  name: "uncertainty",
  load(shared) {
    const { seed, parts = null, ...options } = shared;
    const stray = Object.keys(options).find((name) =>
      !(WORLD_OPTIONS as readonly string[]).includes(name)
    );
    if (stray !== undefined) {
      throw new RangeError(
        `shared: unknown field "${stray}"; expected seed, parts, ${WORLD_OPTIONS.join(", ")}`,
      );
    }
    const { json, arrays } = loadUncertainWorld(options as UncertainWorldOptions);
    // The detour makes sure that workers get what a plan's file can hold.
    const plain: JsonRecord = JSON.parse(JSON.stringify({ ...json, seed, parts }));
    return { json: plain, arrays: { ...arrays } };
  },
  prepare({ json, arrays }) {
    const { seed, parts: asked, ...world } = json;
    const data = { json: world, arrays } as unknown as UncertainWorldData;
    const model = uncertainWorld(data);
    const design = saltelliDesign(model.groups, Number(seed));
    const parts = (asked ?? design.parts) as readonly string[];
    for (const part of parts) design.point(0, part);
    const outcomes = model.outcomes.map(({ key }) => key);
    return {
      columns: Object.fromEntries(parts.flatMap((part) => [
        ...outcomes.map((key) => [partColumn(part, key), "number"] as const),
        [partColumn(part, SIGMA_SET_TO_ZERO), "number"] as const,
        [partColumn(part, FAILURE), "text"] as const,
      ])),
      check() {},
      run({ draw }) {
        const row: Record<string, number | string | null> = {};
        for (const part of parts) {
          const { values, failure, sigmaSetToZero } = model.evaluate(design.point(draw, part));
          outcomes.forEach((key, k) =>
            row[partColumn(part, key)] = Number.isFinite(values[k]) ? values[k] : null
          );
          row[partColumn(part, SIGMA_SET_TO_ZERO)] = sigmaSetToZero;
          row[partColumn(part, FAILURE)] = failure ?? "";
        }
        return row satisfies Row;
      },
    };
  },
};
