/** Elasticity of one sector. Everything but sector, years and note is null where there is no slope; never NaN. */
export interface SectorElasticity {
  readonly sector: string;
  /** Years used. */
  readonly years: number;
  readonly slope: number | null;
  readonly slope_se: number | null;
  /** From the sector's own slope; not clipped. */
  readonly sigma: number | null;
  /** Delta method; the interval does not use it. */
  readonly sigma_se: number | null;
  /** Interval of σ: that of the slope (t with the sector's own degrees of freedom), end by end. Can be ∓Infinity. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Whether ψ(σ − 1) < 1. */
  readonly stable: boolean | null;
  /** Posterior mean of the slope and its standard deviation; null without pooling. */
  readonly slope_pooled: number | null;
  readonly slope_pooled_se: number | null;
  /** σ at the posterior mean of the slope, and the posterior interval. */
  readonly sigma_pooled: number | null;
  readonly pooled_lower: number | null;
  readonly pooled_upper: number | null;
  /** Weight of the pooled mean in `slope_pooled`: 0 own estimate, 1 pooled. */
  readonly shrinkage: number | null;
  /** Why there is no slope, or what to know about it; "" otherwise. */
  readonly note: string;
}

/** Mean and spread of σ over sectors. */
export interface PooledElasticity {
  readonly mean: number;
  /** Standard deviation of σ between sectors, sampling error taken out. */
  readonly sd: number;
  /** Delta method; the interval does not use it. */
  readonly se: number;
  /** Interval of the mean slope (t with sectors − 1 degrees of freedom) carried over end by end; can be ∓Infinity. */
  readonly lower: number;
  readonly upper: number;
  /** 95 % interval of `sd`; null where it reaches outside the stable region. */
  readonly sdLower: number | null;
  readonly sdUpper: number | null;
  /**
   * What mean and se are of: "population": the mean of the distribution that the sectors are draws of (empirical Bayes);
   * "these sectors": their plain average (no pooling).
   */
  readonly of: "population" | "these sectors";
  readonly sectors: number;
  readonly bootstrap?: SectorBootstrap;
}

/** Bootstrap of the pooled mean over sectors. */
export interface SectorBootstrap {
  readonly se: number;
  readonly lower: number;
  readonly upper: number;
  readonly draws: number;
  /** Draws without an estimate, left out. */
  readonly failed: number;
}

/** ψ as given or estimated. */
export interface PsiUsed {
  readonly value: number;
  readonly estimated: boolean;
  readonly se: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** A test with its reference distribution. */
export interface ReportedTest {
  readonly statistic: number;
  readonly degrees: number;
  readonly pvalue: number;
}

/** What to know before believing the estimates. */
export interface ElasticityDiagnostics {
  readonly rowsGiven: number;
  readonly rowsUsed: number;
  /** Rows without a log ratio (a zero), or in "counts" without any patent. */
  readonly droppedZeros: number;
  /** Rows of years or sectors that cannot be used. */
  readonly droppedYears: number;
  readonly sectorsGiven: number;
  readonly sectorsUsed: number;
  /** Estimated correlation of errors of neighbouring years. */
  readonly autocorrelation: number;
  readonly firstStage: {
    readonly coefficients: readonly {
      readonly instrument: string;
      readonly coefficient: number;
      readonly se: number;
    }[];
    readonly waldF: number;
    /** Montiel Olea and Pflueger's effective F and its critical value (worst-case bias 10 %). */
    readonly effectiveF: number | null;
    readonly criticalValue: number | null;
  } | null;
  /** Two-stage least squares of the log ratio with one slope for all sectors. */
  readonly commonSlope: {
    readonly coefficient: number;
    readonly se: number;
    readonly andersonRubin: {
      readonly statement: string;
      readonly intervals: readonly (readonly [low: number, high: number])[];
      readonly shape: string;
    } | null;
    /** Over-identification of the instruments; null with one. */
    readonly hansenJ: ReportedTest | null;
  } | null;
  /** Effective numbers of shocks (element × year) and of elements of a shift-share instrument; null without `exposure`. */
  readonly effectiveShocks: number | null;
  readonly effectiveElements: number | null;
  /** Coefficient of the first-stage residual: 0 when the price is exogenous. */
  readonly endogeneity: {
    readonly coefficient: number;
    readonly se: number;
    readonly pvalue: number;
  } | null;
  /** Design "counts": zeros beyond what the counts explain; null without an excess, or when not looked for. */
  readonly zeroInflation: {
    /** Share of cells that are zero whatever the mean. */
    readonly share: number;
    readonly zeros: number;
    /** Zeros that counts without inflation would have, and the excess in standard errors. */
    readonly expected: number;
    readonly z: number;
    /** Change of the chance of such a zero with the log price. */
    readonly withPrice: {
      readonly coefficient: number;
      readonly se: number;
      readonly pvalue: number;
    };
    /** Whether zeros count by their chance of being ordinary; false when they go with the price. */
    readonly applied: boolean;
  } | null;
  /** Design "state": F test of one ψ for all sectors. */
  readonly overidentification: (ReportedTest & { readonly denominator: number }) | null;
  readonly warnings: readonly string[];
}
