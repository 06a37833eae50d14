import type { Estimate } from "./estimate.ts";

/** A covariance as a user asks for it. */
export type VcovSpec =
  | "iid"
  | "hetero"
  | "HC1"
  | "HC2"
  | "HC3"
  /** One-way on the panel unit, else on the first effect. */
  | "cluster"
  /** Two-way on the first two effects. */
  | "twoway"
  /** Driscoll-Kraay and Newey-West with the panel's unit and time. */
  | "DK"
  | "NW"
  /** Columns, each may be a combination `a^b`; several make multi-way clusters. */
  | { readonly cluster: string | readonly string[] }
  /** Driscoll-Kraay: the time column, or the time and the lag (default ⌊T^¼⌋). */
  | { readonly dk: string | { readonly time?: string; readonly lag?: number } }
  /** Newey-West for panels. */
  | { readonly nw: { readonly unit?: string; readonly time?: string; readonly lag?: number } }
  /** Conley: columns of latitude and longitude in degrees and the cutoff in km. */
  | {
    readonly conley: {
      readonly lat: string;
      readonly lon: string;
      readonly cutoff: number;
      readonly distance?: "triangular" | "spherical";
    };
  };

/** A covariance with every choice made. */
export type VcovChoice =
  | { readonly type: "iid" }
  | { readonly type: "HC1" | "HC2" | "HC3" }
  | { readonly type: "cluster"; readonly columns: readonly string[] }
  | { readonly type: "dk"; readonly time: string; readonly lag: number | undefined }
  | {
    readonly type: "nw";
    readonly unit: string;
    readonly time: string;
    readonly lag: number | undefined;
  }
  | {
    readonly type: "conley";
    readonly lat: string;
    readonly lon: string;
    readonly cutoff: number;
    readonly distance: "triangular" | "spherical";
  };

const ALLOWED = '"iid", "hetero", "HC1", "HC2", "HC3", "cluster", "twoway", "DK", "NW", ' +
  "{ cluster: … }, { dk: … }, { nw: … } or { conley: { lat, lon, cutoff } }";

/**
 * Makes the choices a specification leaves open. Default as in fixest up to 0.12: clustered by the
 * panel unit if there is one, else by the first effect if there is one, else iid.
 *
 * @throws when the specification is unknown (lists the allowed) or needs a panel or effects there are not
 */
export function readVcovSpec(
  spec: VcovSpec | undefined,
  effects: readonly string[],
  panel: Pick<NonNullable<Estimate["panel"]>, "unit" | "time"> | undefined,
): VcovChoice {
  const chosen = spec ?? (panel || effects.length > 0 ? "cluster" : "iid");
  const needPanel = (what: string) => {
    if (panel) return panel;
    throw new RangeError(`vcov: ${what} needs the option panelId: ["unit", "time"]`);
  };
  if (typeof chosen === "string") {
    switch (chosen) {
      case "iid":
        return { type: "iid" };
      case "hetero":
        return { type: "HC1" };
      case "HC1":
      case "HC2":
      case "HC3":
        return { type: chosen };
      case "cluster": {
        const column = panel?.unit ?? effects[0];
        if (column === undefined) {
          throw new RangeError('vcov: "cluster" needs an effect or panelId, or { cluster: … }');
        }
        return { type: "cluster", columns: [column] };
      }
      case "twoway":
        if (effects.length < 2) {
          throw new RangeError('vcov: "twoway" needs two effects, or { cluster: [a, b] }');
        }
        return { type: "cluster", columns: effects.slice(0, 2) };
      case "DK":
        return { type: "dk", time: needPanel("DK").time, lag: undefined };
      case "NW":
        return { type: "nw", ...needPanel("NW"), lag: undefined };
    }
  } else if ("cluster" in chosen) {
    const columns = typeof chosen.cluster === "string" ? [chosen.cluster] : [...chosen.cluster];
    if (columns.length === 0) throw new RangeError("vcov: cluster names no column");
    return { type: "cluster", columns };
  } else if ("dk" in chosen) {
    const dk = typeof chosen.dk === "string" ? { time: chosen.dk } : chosen.dk;
    const lag = checkLag("lag" in dk ? dk.lag : undefined);
    return { type: "dk", time: dk.time ?? needPanel("dk without a time column").time, lag };
  } else if ("nw" in chosen) {
    const { unit, time, lag } = chosen.nw;
    return {
      type: "nw",
      unit: unit ?? needPanel("nw without a unit column").unit,
      time: time ?? needPanel("nw without a time column").time,
      lag: checkLag(lag),
    };
  } else if ("conley" in chosen) {
    const { lat, lon, cutoff, distance = "triangular" } = chosen.conley;
    if (!(cutoff > 0)) throw new RangeError(`vcov: conley cutoff must be > 0 km, got ${cutoff}`);
    if (distance !== "triangular" && distance !== "spherical") {
      throw new RangeError(`vcov: conley distance must be "triangular" or "spherical"`);
    }
    return { type: "conley", lat, lon, cutoff, distance };
  }
  throw new RangeError(`vcov: expected ${ALLOWED}, got ${JSON.stringify(chosen)}`);
}

function checkLag(lag: number | undefined): number | undefined {
  if (lag === undefined || (Number.isInteger(lag) && lag >= 0)) return lag;
  throw new RangeError(`vcov: the lag must be a whole number ≥ 0, got ${lag}`);
}

/** Columns of the data a covariance reads: rows without them are dropped. */
export function vcovColumns(choice: VcovChoice): string[] {
  switch (choice.type) {
    case "cluster":
      return [...choice.columns];
    case "dk":
      return [choice.time];
    case "nw":
      return [choice.unit, choice.time];
    case "conley":
      return [choice.lat, choice.lon];
    default:
      return [];
  }
}
