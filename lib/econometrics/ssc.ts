/** Small-sample correction in full; names as in fixest's `ssc()`. */
export interface Ssc {
  /** Multiply by (n − 1)/(n − K). */
  readonly adj: boolean;
  /** Which effects count in K: none, all but those nested in a cluster, or all. */
  readonly fixefK: "none" | "nested" | "full";
  /** Count identified effects exactly (connected components) instead of Σ groups − (effects − 1). */
  readonly fixefForceExact: boolean;
  /** Multiply by G/(G − 1). */
  readonly clusterAdj: boolean;
  /** Several clusters: the smallest G for all terms, or each term its own. */
  readonly clusterDf: "min" | "conventional";
  /** Degrees of freedom of t with clusters: smallest G − 1, or n − K. */
  readonly tDf: "min" | "conventional";
}

/** What a user may give: any of {@link Ssc}'s keys, or fixest's spellings with dots. */
export type SscOptions = Partial<Ssc> & {
  readonly "fixef.K"?: Ssc["fixefK"];
  readonly "fixef.force_exact"?: boolean;
  readonly "cluster.adj"?: boolean;
  readonly "cluster.df"?: Ssc["clusterDf"] | "conv";
  readonly "t.df"?: Ssc["tDf"] | "conv";
  readonly "K.adj"?: boolean;
  readonly "K.fixef"?: "none" | "nonnested" | "nested" | "full";
  readonly "K.exact"?: boolean;
  readonly "G.adj"?: boolean;
  readonly "G.df"?: Ssc["clusterDf"] | "conv";
};

/** fixest's defaults: `ssc(adj = TRUE, fixef.K = "nested", cluster.adj = TRUE, cluster.df = "min", t.df = "min")`. */
export const DEFAULT_SSC: Ssc = {
  adj: true,
  fixefK: "nested",
  fixefForceExact: false,
  clusterAdj: true,
  clusterDf: "min",
  tDf: "min",
};

const ALIASES: Readonly<Record<string, keyof Ssc>> = {
  "fixef.K": "fixefK",
  "fixef.force_exact": "fixefForceExact",
  "cluster.adj": "clusterAdj",
  "cluster.df": "clusterDf",
  "t.df": "tDf",
  "K.adj": "adj",
  "K.fixef": "fixefK",
  "K.exact": "fixefForceExact",
  "G.adj": "clusterAdj",
  "G.df": "clusterDf",
};

const ALLOWED: Readonly<Record<keyof Ssc, readonly unknown[]>> = {
  adj: [true, false],
  fixefK: ["none", "nested", "full"],
  fixefForceExact: [true, false],
  clusterAdj: [true, false],
  clusterDf: ["min", "conventional"],
  tDf: ["min", "conventional"],
};

/**
 * Fills in fixest's defaults.
 *
 * @throws when a key or a value is unknown (lists the allowed)
 */
export function readSsc(options: SscOptions | undefined): Ssc {
  const ssc: Record<string, unknown> = { ...DEFAULT_SSC };
  for (const [given, value] of Object.entries(options ?? {})) {
    const key = ALIASES[given] ?? given;
    if (!(key in ALLOWED)) {
      throw new RangeError(`ssc: unknown key "${given}"; allowed: ${Object.keys(ALLOWED)}`);
    }
    const read = value === "conv"
      ? "conventional"
      : key === "fixefK" && value === "nonnested"
      ? "nested"
      : value;
    if (!ALLOWED[key as keyof Ssc].includes(read)) {
      throw new RangeError(
        `ssc: ${given} must be one of ${ALLOWED[key as keyof Ssc]}, got ${value}`,
      );
    }
    ssc[key] = read;
  }
  return ssc as unknown as Ssc;
}
