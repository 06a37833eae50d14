import { multiply, symmetricEigen, symmetricFunction } from "@ree/numeric";
import { numberColumn } from "./data_table.ts";
import { namedGroups } from "./design.ts";
import { selectValues } from "./effects.ts";
import { type Estimate, scoreColumns } from "./estimate.ts";
import { combineGroups, type Groups, isNested, selectGroups } from "./groups.ts";
import { effectLeverages } from "./leverage.ts";
import { bartlettMeat, conleyMeat, groupSums, outerProducts } from "./meat.ts";
import { rowList } from "./report.ts";
import type { Ssc } from "./ssc.ts";
import type { VcovChoice } from "./vcov_spec.ts";

/** A covariance of the coefficients and how it came about. */
export interface Vcov {
  /** Row-major [k][k]. */
  readonly matrix: Float64Array;
  readonly choice: VcovChoice;
  readonly ssc: Ssc;
  /** As a table states it, e.g. "Clustered (country & year)". */
  readonly label: string;
  /** Parameters counted in (n − 1)/(n − K). */
  readonly parameters: number;
  /** Degrees of freedom of t; Infinity stands for the normal distribution. */
  readonly degrees: number;
  /** Number of clusters (or periods) per dimension. */
  readonly clusters: readonly number[];
  readonly notes: readonly string[];
}

/**
 * Covariance bread·meat·bread with fixest's small-sample rules.
 *
 * iid: σ²·bread, σ² = Σ w·e²/(n − K). HC1: factor n/(n − K). HC2, HC3: residuals over √(1 − h) and
 * 1 − h with exact leverages that include the effects, no further factor (MacKinnon and White 1985).
 * Clusters: Cameron, Gelbach and Miller (2011), factor G/(G − 1)·(n − 1)/(n − K). Driscoll and Kraay
 * (1998) and Newey and West (1987): Bartlett weights, factor T/(T − 1)·(n − 1)/(n − K). Conley (1999):
 * uniform kernel, factor (n − 1)/(n − K).
 *
 * @throws when a column is unknown or has missing cells, or there are fewer than 2 clusters
 */
export function computeVcov(estimate: Estimate, choice: VcovChoice, ssc: Ssc): Vcov {
  const clusters = clusterGroups(estimate, choice);
  for (const { name, count } of clusters) {
    if (count < 2) {
      throw new RangeError(
        `vcov: "${name}" has ${count} cluster${count === 1 ? "" : "s"}, at least 2 are needed`,
      );
    }
  }
  const parameters = countParameters(estimate, clusters, ssc);
  const { nobs } = estimate;
  const adjusts = ssc.adj && estimate.names.length > 0 && choice.type !== "HC2" &&
    choice.type !== "HC3";
  if (adjusts && nobs <= parameters) {
    throw new RangeError(
      `no degrees of freedom are left: ${nobs} observations, ${parameters} parameters`,
    );
  }
  const raw = rawVcov(estimate, choice, ssc, clusters);
  const adjust = adjusts ? (nobs - 1) / (nobs - parameters) : 1;
  const matrix = raw.map((entry) => entry * adjust);
  const notes: string[] = [];
  const repaired = repair(matrix, estimate.names.length);
  if (repaired !== matrix) {
    notes.push("the covariance was not positive semi-definite; negative eigenvalues were set to 0");
  }
  const counts = clusters.map(({ count }) => count);
  return {
    matrix: repaired,
    choice,
    ssc,
    label: vcovLabel(choice, counts),
    parameters,
    degrees: testDegrees(estimate, ssc, counts, parameters),
    clusters: counts,
    notes,
  };
}

function testDegrees(
  { method, nobs }: Estimate,
  ssc: Ssc,
  clusters: readonly number[],
  parameters: number,
): number {
  if (method === "Poisson") return Infinity;
  if (clusters.length > 0 && ssc.tDf === "min") return Math.min(...clusters) - 1;
  return Math.max(nobs - parameters, 1);
}

/** The columns whose groups are clusters, on the rows of the estimation. */
export function clusterGroups(estimate: Estimate, choice: VcovChoice): Groups[] {
  const names = choice.type === "cluster"
    ? choice.columns
    : choice.type === "dk"
    ? [choice.time]
    : choice.type === "nw"
    ? [choice.unit, choice.time]
    : [];
  return names.map((name) => estimationGroups(estimate, name));
}

/**
 * Groups of a column (or combination `a^b`) on the rows of the estimation.
 *
 * @throws when one of these rows has a missing cell
 */
export function estimationGroups({ table, design }: Estimate, name: string): Groups {
  const known = design.effects.find(({ groups }) => groups.name === name);
  if (known) return known.groups;
  const groups = selectGroups(namedGroups(table, name), design.keep);
  const bad: number[] = [];
  groups.codes.forEach((code, i) => {
    if (code < 0) bad.push(design.keep[i]);
  });
  if (bad.length > 0) throw new RangeError(`cluster "${name}" is missing in ${rowList(bad)}`);
  return groups;
}

/** K of (n − 1)/(n − K) by fixest's rules. */
function countParameters(
  { names, design: { effects }, effectsCount }: Estimate,
  clusters: readonly Groups[],
  ssc: Ssc,
): number {
  const { sizes, counted, exact } = effectsCount;
  const variables = names.length;
  if (ssc.fixefK === "none") {
    // Only the levels are left out; slopes are variables in fixest's count.
    return variables + effectsCount.slopes;
  }
  const full = variables + (ssc.fixefForceExact ? exact : counted);
  if (effects.length === 0) return variables;
  if (ssc.fixefK === "full" || clusters.length === 0) return full;
  const nested = effects.map(({ groups, level }) =>
    level && clusters.some((cluster) => cluster === groups || isNested(groups, cluster))
  );
  const levels = sizes.filter((size) => size > 0).length;
  const nestedLevels = nested.filter((is) => is).length;
  if (nestedLevels === 0) return full;
  if (nestedLevels === levels) return variables + effectsCount.slopes + 1;
  const nestedSize = sizes.reduce((sum, size, e) => sum + (nested[e] ? size : 0), 0);
  return Math.max(full - (nestedSize - nestedLevels), variables + 1);
}

function rawVcov(
  estimate: Estimate,
  choice: VcovChoice,
  ssc: Ssc,
  clusters: readonly Groups[],
): Float64Array {
  const { bread, residuals, weights, weightsType, nobs, hasDispersion, names } = estimate;
  const k = names.length;
  const frequency = weightsType === "frequency" ? weights : undefined;
  if (k === 0) return new Float64Array(0);
  if (choice.type === "iid") {
    if (!hasDispersion) return bread.slice();
    let square = 0;
    for (let i = 0; i < residuals.length; i++) {
      square += (weights ? weights[i] : 1) * residuals[i] * residuals[i];
    }
    return bread.map((entry) => entry * square / (nobs - 1));
  }
  const scores = scoreColumns(estimate);
  const sandwich = (meat: Float64Array) => multiply(multiply(bread, meat, k), bread, k);
  if (choice.type === "HC2" || choice.type === "HC3") {
    const power = choice.type === "HC2" ? 1 : 2;
    const leverage = rowLeverages(estimate);
    checkLeverages(leverage, estimate.design.keep);
    const factor = leverage.map((h, i) => 1 / ((frequency ? frequency[i] : 1) * (1 - h) ** power));
    return sandwich(outerProducts(scores, factor));
  }
  return sandwich(scoreMeat(estimate, choice, ssc, clusters, scores));
}

/**
 * Variance of the sum of any row scores by the rules of a robust covariance, with its cluster or
 * period factor but without (n − 1)/(n − K); HC2 and HC3 are taken as HC1.
 *
 * @param scores [m][rows], already times the user's weights
 * @returns row-major [m][m]
 */
export function scoreMeat(
  estimate: Estimate,
  choice: Exclude<VcovChoice, { type: "iid" }>,
  ssc: Ssc,
  clusters: readonly Groups[],
  scores: readonly Float64Array[],
): Float64Array {
  const { weights, weightsType, nobs } = estimate;
  switch (choice.type) {
    case "HC1":
    case "HC2":
    case "HC3": {
      // A row of frequency weight w is w rows with one score each.
      const frequency = weightsType === "frequency" ? weights : undefined;
      const factor = frequency?.map((weight) => 1 / weight);
      const scale = ssc.clusterAdj ? nobs / (nobs - 1) : 1;
      return outerProducts(scores, factor).map((entry) => entry * scale);
    }
    case "cluster":
      return clusterMeat(scores, clusters, ssc);
    case "dk": {
      const [time] = clusters;
      const lag = choice.lag ?? defaultLag(time.count);
      const sums = groupSums(scores, time.codes, time.count);
      const meat = bartlettMeat(sums, time.count, lag);
      return meat.map((entry) => entry * timeFactor(ssc, time.count));
    }
    case "nw": {
      const [unit, time] = clusters;
      const lag = choice.lag ?? defaultLag(time.count);
      const cells = Int32Array.from(
        unit.codes,
        (code, i) => code * time.count + time.codes[i],
      );
      const sums = groupSums(scores, cells, unit.count * time.count);
      const meat = bartlettMeat(sums, time.count, lag);
      return meat.map((entry) => entry * timeFactor(ssc, time.count));
    }
    case "conley": {
      const latitude = coordinate(estimate, choice.lat, 90);
      const longitude = coordinate(estimate, choice.lon, 360);
      return conleyMeat(scores, latitude, longitude, choice.cutoff, choice.distance);
    }
  }
}

function coordinate({ table, design: { keep } }: Estimate, name: string, limit: number) {
  const values = selectValues(numberColumn(table, name).values, keep);
  const bad = values.findIndex((value) => !(Math.abs(value) <= limit));
  if (bad < 0) return values;
  throw new RangeError(
    `vcov: "${name}" must be degrees between −${limit} and ${limit}, got ${values[bad]} in ` +
      rowList([keep[bad]]),
  );
}

/** Multi-way meat: + single dimensions − pairs + triples …, each with its factor. */
export function clusterMeat(
  scores: readonly Float64Array[],
  clusters: readonly Groups[],
  ssc: Pick<Ssc, "clusterAdj" | "clusterDf">,
): Float64Array {
  const k = scores.length;
  const meat = new Float64Array(k * k);
  const smallest = Math.min(...clusters.map(({ count }) => count));
  for (let subset = 1; subset < 1 << clusters.length; subset++) {
    const members = clusters.filter((_, d) => subset & (1 << d));
    const groups = combineGroups(members);
    const sign = members.length % 2 === 1 ? 1 : -1;
    const count = ssc.clusterDf === "min" ? smallest : groups.count;
    const factor = sign * (ssc.clusterAdj ? count / (count - 1) : 1);
    const part = outerProducts(groupSums(scores, groups.codes, groups.count), undefined);
    for (let a = 0; a < meat.length; a++) meat[a] += factor * part[a];
  }
  return meat;
}

/**
 * Leverages of the whole (weighted) design, effects included: the diagonal of the hat matrix [rows].
 *
 * @throws as `effectLeverages`
 */
export function rowLeverages(estimate: Estimate): Float64Array {
  const { columns, bread, hessianWeights, design, names, weightsType, weights } = estimate;
  const k = names.length;
  const leverage = effectLeverages(design.effects, design.keep.length, hessianWeights);
  for (let i = 0; i < leverage.length; i++) {
    let sum = 0;
    for (let a = 0; a < k; a++) {
      const value = columns[a][i];
      if (value === 0) continue;
      let half = 0;
      for (let b = 0; b < a; b++) half += bread[a * k + b] * columns[b][i];
      sum += value * (2 * half + bread[a * k + a] * value);
    }
    leverage[i] += (hessianWeights ? hessianWeights[i] : 1) * sum;
    if (weightsType === "frequency" && weights) leverage[i] /= weights[i];
  }
  return leverage;
}

function checkLeverages(leverage: Float64Array, keep: Int32Array): void {
  const full = leverage.findIndex((h) => h > 1 - 1e-10);
  if (full >= 0) {
    throw new RangeError(
      `HC2 and HC3 are not defined: ${rowList([keep[full]])} has leverage 1 ` +
        "(it is fitted exactly)",
    );
  }
}

function defaultLag(periods: number): number {
  return Math.floor(periods ** 0.25);
}

function timeFactor(ssc: Ssc, periods: number): number {
  return ssc.clusterAdj ? periods / (periods - 1) : 1;
}

/** fixest's repair: when a variance is negative, negative eigenvalues are set to zero. */
function repair(matrix: Float64Array, order: number): Float64Array {
  for (let j = 0; j < order; j++) {
    if (matrix[j * order + j] < 0) {
      return symmetricFunction(symmetricEigen(matrix, order), (value) => Math.max(value, 0));
    }
  }
  return matrix;
}

function vcovLabel(choice: VcovChoice, counts: readonly number[]): string {
  switch (choice.type) {
    case "iid":
      return "IID";
    case "HC1":
      return "Heteroskedasticity-robust";
    case "HC2":
    case "HC3":
      return `Heteroskedasticity-robust (${choice.type})`;
    case "cluster":
      return `Clustered (${choice.columns.join(" & ")})`;
    case "dk":
      return `Driscoll-Kraay (L=${choice.lag ?? defaultLag(counts[0])})`;
    case "nw":
      return `Newey-West (L=${choice.lag ?? defaultLag(counts[1])})`;
    case "conley":
      return `Conley (${choice.cutoff}km)`;
  }
}
