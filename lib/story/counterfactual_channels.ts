import type { Economy, Shock } from "@ree/equilibrium";
import { type NamedClosure, persistence, type Run, run } from "./counterfactual_run.ts";
import { intensitySlope, type IntensiveSector, sectorsAbroad } from "./counterfactual_sectors.ts";

/** One way in which technology responds, in one version of the economy. */
export interface ExpansionRow {
  /** "in force: fixed", "removed: entry". */
  readonly channel: string;
  /** Whether the measures are in force or removed. */
  readonly phase: "in force" | "removed";
  readonly closure: string;
  /** Version of the economy: full, or with a mechanism switched off. */
  readonly version: string;
  /** Real exports abroad of the most intensive sectors, per mille, in the order of `sectors`. */
  readonly exports: readonly number[];
  /** Slope of all element-buying sectors, see {@link intensitySlope}. */
  readonly slope: number;
}

/** What {@link expansionRows} compares. */
export interface ExpansionOptions {
  /** Versions of the economy by name, the full one first. */
  readonly versions: Readonly<Record<string, Economy>>;
  readonly closures: readonly NamedClosure[];
  /** The measures, and what their removal changes, for an economy. */
  readonly measures: (economy: Economy) => Shock;
  readonly removal: (economy: Economy) => Shock;
  readonly restricting: string;
  /** Sectors that buy elements, the most intensive first; intensities of the full economy. */
  readonly sectors: readonly IntensiveSector[];
  /** How many of them have their exports listed. */
  readonly listed?: number;
}

/**
 * Which mechanism turns contraction abroad into expansion: each closure while the measures are in
 * force and after their removal with technology kept, in the full economy and with mechanisms
 * switched off. Under `fixed` nothing is kept: the removal alone.
 */
export function expansionRows(options: ExpansionOptions): ExpansionRow[] {
  const { versions, closures, measures, removal, restricting, sectors, listed = 3 } = options;
  const row = (phase: ExpansionRow["phase"], version: string, one: Run): ExpansionRow => {
    const changes = sectorsAbroad(one, restricting);
    const exports = sectors.slice(0, listed).map(({ sector }) =>
      changes.find((change) => change.sector === sector)?.exports ?? NaN
    );
    return {
      channel: `${phase}: ${one.name}`,
      phase,
      closure: one.name,
      version,
      exports,
      slope: intensitySlope(changes, sectors),
    };
  };
  return Object.entries(versions).flatMap(([version, economy]) => {
    const inForce = closures.map(({ name, closure }) =>
      run(name, economy, measures(economy), closure)
    );
    return [
      ...inForce.map((one) => row("in force", version, one)),
      ...persistence(inForce, removal(economy)).map((one) => row("removed", version, one)),
    ];
  });
}

/** One row by channel, versions side by side: exports of the most intensive sector and the slope. */
export function expansionTable(rows: readonly ExpansionRow[]): Record<string, string | number>[] {
  return [...Map.groupBy(rows, ({ channel }) => channel)].map(([channel, own]) => ({
    channel,
    ...Object.fromEntries(own.flatMap(({ version, exports, slope }) => [
      ...exports.map((value, k) => [`exports ${k} ${version}`, value]),
      [`slope ${version}`, slope],
    ])),
  }));
}
