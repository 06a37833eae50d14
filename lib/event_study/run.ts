import { type Data, feols, fepois, type Fit, type VcovSpec } from "@ree/econometrics";
import {
  columnsOf,
  effectsOf,
  type EventPanel,
  type EventYears,
  RESTRICTING,
} from "./event_panel.ts";

/** Rows outside the restricting country. */
export function abroad(panel: EventPanel): (row: number) => boolean {
  return (row) => panel.economy === null || panel.economy[row] !== RESTRICTING;
}

/**
 * Estimates `outcome ~ right | effects` with the panel's estimator, clustered by the panel's cluster.
 *
 * @param right right-hand side in the formula language; columns are those of `columnsOf` and of `extra`
 */
export function estimate(
  panel: EventPanel,
  right: string,
  data: Data,
  { effects = effectsOf(panel), vcov = { cluster: "cluster" } }: {
    readonly effects?: string;
    readonly vcov?: VcovSpec;
  } = {},
): Fit {
  const run = panel.estimator === "poisson" ? fepois : feols;
  return run(`outcome ~ ${right} | ${effects}`, data, { vcov });
}

/** Event study outside the restricting country: one coefficient a year on exposure, relative to the reference year. */
export function eventFit(
  panel: EventPanel,
  years: EventYears,
  exposure: "total" | "direct" | "log_total" = "total",
): Fit {
  const data = columnsOf(panel, abroad(panel));
  const { rows: _, ...columns } = data;
  return estimate(panel, `i(year, ${exposure}, ref = ${years.reference})`, columns);
}

/** Columns without the event year, with `post` and its product with each exposure. */
export function differenceColumns(
  panel: EventPanel,
  years: EventYears,
  keep: (row: number) => boolean,
) {
  const data = columnsOf(panel, (row) => keep(row) && panel.year[row] !== years.event);
  const { rows, ...columns } = data;
  const post = rows.map((row) => panel.year[row] > years.event ? 1 : 0);
  const times = (name: string) => {
    const values = columns[name] as readonly number[];
    return post.map((p, k) => p * values[k]);
  };
  const exposures = ["total", "direct", "log_total", "own"].filter((name) => name in columns);
  return {
    rows,
    columns: {
      ...columns,
      post,
      ...Object.fromEntries(exposures.map((name) => [`post_${name}`, times(name)])),
    } as Record<string, readonly (number | string)[]>,
  };
}
