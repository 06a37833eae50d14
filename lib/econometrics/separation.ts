import { type Absorber, absorber, type AbsorbOptions } from "./absorb.ts";
import { type Design, positions, selectDesign } from "./design.ts";
import { leastSquares } from "./least_squares.ts";
import { singletonRows } from "./singletons.ts";

/** Ways to look for separated rows: "fe" groups whose outcomes are all zero, "ir" the iterative rectifier. */
export type SeparationCheck = "fe" | "ir";

/** A design without separated rows. */
export interface Unseparated {
  readonly design: Design;
  /** Positions in the data as given. */
  readonly separated: readonly number[];
  readonly singleton: readonly number[];
  readonly notes: readonly string[];
  /** Absorber of the remaining design's effects, for the estimation to go on with. */
  readonly absorbing: Absorber;
}

/** Weight of rows with a positive outcome, where the certificate must vanish. */
const POSITIVE_WEIGHT = 1e6;
/** Size of a certificate (its start is 1) below which a row counts as not separated. */
const CERTIFICATE = 1e-4;
/** Change of the certificate below which it has settled. */
const SETTLED = 1e-6;
const MAX_RECTIFICATIONS = 500;

/**
 * Removes rows a Poisson regression predicts perfectly: zero outcomes for which some combination of
 * the regressors and effects is zero wherever the outcome is positive, and of one sign elsewhere.
 * Their fitted mean tends to zero and the estimates of that combination do not exist.
 *
 * Source: Correia, Guimarães and Zylkin (2019), Verifying the existence of maximum likelihood
 * estimates for generalized linear models: groups of zeros (section 3.1) and the iterative
 * rectifier (algorithm 1), repeated until it finds no more.
 *
 * @throws when no row is left
 */
export function removeSeparated(
  start: Design,
  checks: readonly SeparationCheck[],
  options: AbsorbOptions,
  dropSingletons: boolean,
): Unseparated {
  let design = start;
  let absorbing = absorber(design.effects, design.keep.length);
  const separated: number[] = [];
  const singleton: number[] = [];
  const notes: string[] = [];
  for (let round = 0;; round++) {
    let removed = 0;
    const drop = (marks: Uint8Array, into: number[]) => {
      const stay = positions(marks);
      const count = marks.length - stay.length;
      if (count === 0) return 0;
      for (let i = 0; i < marks.length; i++) if (marks[i]) into.push(design.keep[i]);
      if (stay.length === 0) {
        throw new RangeError("no rows are left: every outcome is separated or a singleton");
      }
      design = selectDesign(design, stay);
      absorbing = absorber(design.effects, stay.length);
      removed += count;
      return count;
    };
    if (checks.includes("fe")) {
      for (;;) {
        const count = drop(zeroGroupRows(design), separated);
        if (count > 0) notes.push(`${count} rows in groups whose outcomes are all zero`);
        const alone = dropSingletons
          ? drop(singletonRows(design.effects, design.keep.length, undefined), singleton)
          : 0;
        if (count + alone === 0) break;
      }
    }
    if (checks.includes("ir")) {
      const { marks, settled } = rectifiedRows(design, absorbing, options);
      const count = drop(marks, separated);
      if (count > 0) notes.push(`${count} rows found separated by the iterative rectifier`);
      if (!settled) {
        notes.push(
          `the separation check had not settled after ${MAX_RECTIFICATIONS} steps; ` +
            "more rows may be separated",
        );
      }
    }
    if (removed === 0 || (round > 0 && !checks.includes("ir"))) break;
  }
  return { design, separated: separated.sort((a, b) => a - b), singleton, notes, absorbing };
}

/** Rows in a group of some effect with a level in which every outcome is zero. */
function zeroGroupRows({ response: { values }, effects }: Design): Uint8Array {
  const marks = new Uint8Array(values.length);
  for (const { groups: { codes, count }, level } of effects) {
    if (!level) continue;
    const sum = new Float64Array(count);
    for (let i = 0; i < values.length; i++) sum[codes[i]] += values[i];
    for (let i = 0; i < values.length; i++) if (sum[codes[i]] === 0) marks[i] = 1;
  }
  return marks;
}

/**
 * The iterative rectifier: u ← max(fit of u, 0) on zero outcomes, starting from 1, with the fit a
 * least squares regression on the design in which positive outcomes (u = 0) weigh very much. The
 * limit is a certificate of separation, positive exactly where rows are separated.
 */
function rectifiedRows(
  design: Design,
  absorbing: Absorber,
  options: AbsorbOptions,
): { marks: Uint8Array; settled: boolean } {
  const { response: { values: y }, regressors } = design;
  const rows = y.length;
  const marks = new Uint8Array(rows);
  if (!y.includes(0)) return { marks, settled: true };
  const weights = new Float64Array(rows);
  const start = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    weights[i] = y[i] > 0 ? POSITIVE_WEIGHT : 1;
    start[i] = y[i] > 0 ? 0 : 1;
  }
  if (!mayBeSeparated(start, regressors, weights, absorbing, options)) {
    return { marks, settled: true };
  }
  const tight = {
    ...options,
    tolerance: Math.min(options.tolerance ?? 1, 1e-10),
    oddWeights: true,
  };
  const columns = absorbing.absorb(regressors.map(({ values }) => values), weights, tight).columns;
  const rank = leastSquares(y, columns, weights);
  const used = rank.kept.map((j) => columns[j]);
  let u = start;
  let from: readonly Float64Array[] | undefined;
  for (let step = 0; step < MAX_RECTIFICATIONS; step++) {
    const absorbed = absorbing.absorb([u], weights, { ...tight, start: from });
    from = absorbed.start;
    const { residuals } = leastSquares(absorbed.columns[0], used, weights);
    let [change, size, most] = [0, 0, 0];
    const next = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const fit = u[i] - residuals[i];
      if (y[i] > 0) {
        most = Math.max(most, Math.abs(fit));
        continue;
      }
      next[i] = Math.max(fit, 0);
      change = Math.max(change, Math.abs(next[i] - u[i]), -fit);
      size = Math.max(size, next[i]);
    }
    u = next;
    if (size < CERTIFICATE) return { marks, settled: true };
    if (change < SETTLED && most < SETTLED) {
      for (let i = 0; i < rows; i++) if (u[i] > CERTIFICATE) marks[i] = 1;
      return { marks, settled: true };
    }
  }
  return { marks, settled: false };
}

/** A projection longer than this (it is at least 1 when rows are separated) is worth a closer look. */
const SHORTEST_PROJECTION = 0.5;
/** Error of the projection's length that is small against that. */
const PROJECTION_ERROR = 0.05;

/**
 * Whether the first fit leaves separation possible. A certificate z ≥ 0 lies in the space fits are
 * projected on, so the projection of the start (1 on zero outcomes) is at least Σz/‖z‖ ≥ 1 long:
 * a shorter one rules separation out, and needs little accuracy.
 */
function mayBeSeparated(
  start: Float64Array,
  regressors: Design["regressors"],
  weights: Float64Array,
  absorbing: Absorber,
  options: AbsorbOptions,
): boolean {
  let ones = 0;
  for (let i = 0; i < start.length; i++) ones += start[i];
  const length = Math.sqrt(ones);
  const loose = {
    ...options,
    tolerance: Math.max(1e-9, Math.min(1e-5, PROJECTION_ERROR / length)),
    oddWeights: true,
  };
  const [u, ...columns] = absorbing.absorb(
    [start, ...regressors.map(({ values }) => values)],
    weights,
    loose,
  ).columns;
  const { residuals } = leastSquares(u, columns, weights);
  let square = 0;
  for (let i = 0; i < start.length; i++) {
    if (start[i] > 0) square += (start[i] - residuals[i]) ** 2;
  }
  return square > SHORTEST_PROJECTION ** 2;
}
