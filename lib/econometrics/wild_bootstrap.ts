import type { ConfidenceSet } from "./anderson_rubin.ts";
import { coefficientIndex, type Fit } from "./fit.ts";
import { estimationGroups } from "./vcov.ts";
import { type WildDraws, wildDraws, type WildWeights } from "./wild_bootstrap_draws.ts";
import { invertTest } from "./wild_bootstrap_set.ts";
import { type ClusterSums, clusterSums, drawScores } from "./wild_bootstrap_sums.ts";

/** Choices of {@link wildBootstrap}. */
export interface WildBootstrapOptions {
  /** Coefficient to test, as printed. */
  readonly param: string;
  /** Value under the null hypothesis; default 0. */
  readonly null?: number;
  /** Column (or combination `a^b`) whose groups are the clusters; default: the one of the fit. */
  readonly cluster?: string;
  /**
   * Number of draws, default 9999; when there are at most as many Rademacher sign vectors (2^G) all
   * of them are used instead. "enumerate" insists on all.
   */
  readonly draws?: number | "enumerate";
  /** "rademacher" (default, ±1) or "webb" (six points; for 11 clusters or fewer when not enumerated). */
  readonly weights?: WildWeights;
  /** Seed of the draws; default 1. Enumeration does not use it. */
  readonly seed?: number;
  /** Level of the confidence set; default 0.95. */
  readonly level?: number;
  /** "symmetric" (default): P(|t*| ≥ |t|); "equal-tail": 2·min(P(t* ≤ t), P(t* ≥ t)). */
  readonly pvalueType?: "symmetric" | "equal-tail";
}

/** Result of {@link wildBootstrap}. */
export interface WildBootstrap {
  readonly param: string;
  readonly null: number;
  readonly estimate: number;
  /** (estimate − null)/standard error, clustered with the fit's small-sample rules. */
  readonly tstat: number;
  /**
   * Share of sign vectors with t* at least as extreme as t, ties included: never below 2^(1−G). With
   * drawn weights (b + 1)/(B + 1), the data being one draw more.
   */
  readonly pvalue: number;
  /**
   * The share with t* strictly more extreme, as boottest reports it: below `pvalue` by 2^(1−G) or more
   * when enumerated, which with 8 clusters or fewer makes it reject too often.
   */
  readonly pvalueWithoutTies: number;
  readonly pvalueType: "symmetric" | "equal-tail";
  /** Weight vectors behind the p-value: draws, or 2^G. */
  readonly draws: number;
  readonly enumerated: boolean;
  readonly weights: WildWeights;
  readonly level: number;
  /**
   * Values of the coefficient that the test does not reject; may be unbounded or a union. Computed when
   * first read.
   */
  readonly confidenceSet: ConfidenceSet;
  readonly clusters: number;
  readonly clusterName: string;
  /** How effects were treated and what to beware of. */
  readonly note: string;
}

/**
 * Restricted wild cluster bootstrap of one coefficient of a least squares fit (WCR, "WCR11" in
 * MacKinnon, Nielsen and Webb): the null is imposed, y* = x·β̃ + effects + v_g·ũ, with one weight v
 * per cluster, t* studentised by CR1. Effects are re-estimated in every draw, exactly, whether or not
 * they are nested in the clusters.
 *
 * Everything is linear in the null value r, as ũ(r) = û + (β̂ − r)·x⊥, so t*²(r) is a ratio of two
 * quadratics per draw: five numbers of each draw give the p-value of every null, and the confidence
 * set follows by inversion without new draws. The small-sample factor of CR1 cancels in |t*| ≥ |t|.
 *
 * Source: Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90(3); Roodman,
 * MacKinnon, Nielsen and Webb (2019), Stata Journal 19(1); MacKinnon, Nielsen and Webb (2023),
 * Cluster-robust inference: a guide to empirical practice, Journal of Econometrics 232(2).
 *
 * @throws for Poisson and 2SLS, unknown coefficients or columns, missing clusters or fewer than 2
 * @example
 * ```ts
 * const fit = feols("y ~ x1 | id + period", data, { vcov: { cluster: "id" } });
 * wildBootstrap(fit, { param: "x1", cluster: "id", draws: 9999, seed: 7 }).pvalue;
 * ```
 */
export function wildBootstrap(fit: Fit, options: WildBootstrapOptions): WildBootstrap {
  const { weights = "rademacher", draws = 9999, seed = 1, level = 0.95 } = options;
  const { null: hypothesis = 0, pvalueType = "symmetric" } = options;
  checkMethod(fit);
  oneOf("weights", weights, ["rademacher", "webb"]);
  oneOf("pvalueType", pvalueType, ["symmetric", "equal-tail"]);
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`wildBootstrap: level must be between 0 and 1, got ${level}`);
  }
  if (!Number.isFinite(hypothesis)) {
    throw new RangeError(`wildBootstrap: null must be a finite number, got ${hypothesis}`);
  }
  const at = coefficientIndex(fit.coefNames, options.param);
  const cluster = options.cluster ?? clusterOfFit(fit);
  const groups = estimationGroups(fit.estimate, cluster);
  if (groups.count < 2) {
    throw new RangeError(
      `wildBootstrap: "${cluster}" has ${groups.count} cluster, at least 2 are needed`,
    );
  }
  const name = fit.coefNames[at];
  const clustered = fit.withVcov({ cluster });
  const estimate = fit.coef(name);
  const se = clustered.se(name);
  if (!(se > 0)) {
    throw new RangeError(
      `wildBootstrap: the standard error of "${name}" clustered by "${cluster}" is ${se}`,
    );
  }
  const sums = clusterSums(fit.estimate, at, groups);
  const source = wildDraws(groups.count, draws, weights, seed);
  const quadratics = drawQuadratics(sums, source);
  const meat = ownMeat(sums);
  const test = (offset: number) => shares(quadratics, source, meat, sums.curvature, offset);
  const read = ({ extreme, below, above }: Shares) =>
    pvalueType === "symmetric" ? extreme : Math.min(1, 2 * Math.min(below, above));
  const { withTies, withoutTies, undefinedDraws } = test(hypothesis - estimate);
  const total = source.enumerated ? 2 * source.count : source.count;
  let set: ConfidenceSet | undefined;
  const confidenceSet = () =>
    set ??= invertTest((offset) => read(test(offset).withTies), estimate, se, level);
  return {
    param: name,
    null: hypothesis,
    estimate,
    tstat: (estimate - hypothesis) / se,
    pvalue: read(withTies),
    pvalueWithoutTies: read(withoutTies),
    pvalueType,
    draws: total,
    enumerated: source.enumerated,
    weights,
    level,
    get confidenceSet() {
      return confidenceSet();
    },
    clusters: groups.count,
    clusterName: cluster,
    get note() {
      const set = confidenceSet();
      return describe(fit, sums, source, groups.count, total, undefinedDraws, set, level, weights);
    },
  };
}

/**
 * Five numbers per draw, with δ = β̂ − r: numerator a + b·δ and Σ_g c_g² = pp + 2·pq·δ + qq·δ²,
 * where c = p + q·δ.
 */
interface Quadratics {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly pp: Float64Array;
  readonly pq: Float64Array;
  readonly qq: Float64Array;
}

/** √qq below this share of x⊥'Wx⊥ is round-off of draws that reproduce x⊥ exactly. */
const NO_SPREAD = 1e-8;

function drawQuadratics(sums: ClusterSums, source: WildDraws): Quadratics {
  const { clusters, coefficients, curvature } = sums;
  const make = () => new Float64Array(source.count);
  const result = { a: make(), b: make(), pp: make(), pq: make(), qq: make() };
  const [p, q] = [new Float64Array(clusters), new Float64Array(clusters)];
  const total = new Float64Array(coefficients);
  source.each((draw, position) => {
    result.a[position] = drawScores(sums, sums.residual, draw, p, total);
    result.b[position] = drawScores(sums, sums.regressor, draw, q, total);
    let [pp, pq, qq] = [0, 0, 0];
    for (let g = 0; g < clusters; g++) {
      pp += p[g] * p[g];
      pq += p[g] * q[g];
      qq += q[g] * q[g];
    }
    const flat = qq <= (NO_SPREAD * curvature) ** 2;
    result.pp[position] = pp;
    result.pq[position] = flat ? 0 : pq;
    result.qq[position] = flat ? 0 : qq;
  });
  return result;
}

/** Σ_g (score of the data)²: M_D and x̃ leave û alone, so scores are s_g(û). */
function ownMeat({ residual: { own } }: ClusterSums): number {
  return own.reduce((sum, score) => sum + score * score, 0);
}

interface Shares {
  readonly extreme: number;
  readonly below: number;
  readonly above: number;
}

/** Relative difference of t² that counts as a tie. */
const TIE = 1e-9;

/** Shares of draws by their t* against t, at null β̂ + offset. */
function shares(
  { a, b, pp, pq, qq }: Quadratics,
  { count, enumerated }: WildDraws,
  meat: number,
  curvature: number,
  offset: number,
): { withTies: Shares; withoutTies: Shares; undefinedDraws: number } {
  const delta = -offset;
  const far = !Number.isFinite(delta);
  // t² of the data over the CR1 factor; in the limit of far nulls both squares are divided by δ².
  const square = (far ? 1 : delta * delta) * curvature * curvature / meat;
  const side = Math.sign(delta);
  const target = side * square;
  let [extreme, ties, below, above, mirrorBelow, mirrorAbove, undefinedDraws] = [
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  for (let d = 0; d < count; d++) {
    const numerator = far ? side * b[d] : a[d] + b[d] * delta;
    const spread = far
      ? (qq[d] === 0 ? pp[d] : Infinity)
      : pp[d] + delta * (2 * pq[d] + qq[d] * delta);
    const statistic = numerator * numerator / spread;
    if (Number.isNaN(statistic)) {
      undefinedDraws++;
      continue;
    }
    const tied = Math.abs(statistic - square) <= TIE * square;
    if (tied) ties++;
    else if (statistic > square) extreme++;
    const signed = Math.sign(numerator) * statistic;
    const slack = TIE * square;
    if (signed <= target + slack) below++;
    if (signed >= target - slack) above++;
    if (-signed <= target + slack) mirrorBelow++;
    if (-signed >= target - slack) mirrorAbove++;
  }
  const used = Math.max(count - undefinedDraws, 1);
  const both = enumerated ? 2 * used : used;
  const lower = enumerated ? below + mirrorBelow : below;
  const upper = enumerated ? above + mirrorAbove : above;
  const own = enumerated ? 0 : 1; // the data among random draws
  return {
    withTies: {
      extreme: (extreme + ties + own) / (used + own),
      below: (lower + own) / (both + own),
      above: (upper + own) / (both + own),
    },
    withoutTies: { extreme: extreme / used, below: 1 - upper / both, above: 1 - lower / both },
    undefinedDraws,
  };
}

function checkMethod({ method }: Fit) {
  if (method === "OLS") return;
  throw new RangeError(
    method === "Poisson"
      ? "wildBootstrap: a Poisson fit is refused; the wild cluster bootstrap here is for least " +
        "squares (the score bootstrap of non-linear models is another method)"
      : "wildBootstrap: a 2SLS fit is refused; the restricted bootstrap of instrumental variables " +
        "(WRE, Davidson and MacKinnon 2010) is another method. Test the reduced form instead",
  );
}

function clusterOfFit({ vcovDetails: { choice } }: Fit): string {
  if (choice.type === "cluster" && choice.columns.length === 1) return choice.columns[0];
  throw new RangeError(
    "wildBootstrap: the fit is not clustered by one column; give the option cluster",
  );
}

function oneOf(name: string, value: string, allowed: readonly string[]) {
  if (allowed.includes(value)) return;
  throw new RangeError(`wildBootstrap: ${name} must be one of ${allowed.join(", ")}, got ${value}`);
}

function describe(
  fit: Fit,
  { nested }: ClusterSums,
  { enumerated }: WildDraws,
  clusters: number,
  total: number,
  undefinedDraws: number,
  set: ConfidenceSet,
  level: number,
  weights: WildWeights,
): string {
  const parts = [
    enumerated
      ? `all 2^${clusters} = ${total} sign vectors; ties with the data count as extreme`
      : `${total} draws`,
  ];
  if (fit.effects.length > 0) {
    parts.push(
      nested
        ? "effects are nested in the clusters and drop out of the draws"
        : "effects are not nested in the clusters; they are re-estimated exactly in every draw",
    );
  }
  if (set.shape !== "interval") parts.push(set.statement);
  if (enumerated && 2 ** (1 - clusters) > 1 - level) {
    parts.push(
      `with ${clusters} clusters the smallest possible p-value is ${2 ** (1 - clusters)}`,
    );
  }
  if (!enumerated && weights === "rademacher" && clusters <= 11) {
    parts.push("few distinct sign vectors: enumerate or use Webb's weights");
  }
  if (undefinedDraws > 0) {
    parts.push(`${undefinedDraws} draws had no t statistic and were left out`);
  }
  return parts.join("; ");
}
