import { leveragesOf, type SlopeRegression } from "./slope_regression.ts";

/** Which errors may be correlated: those of a sector over years (first-order autoregression), or none. */
export type ErrorCorrelation = "sector" | "none";

/** Covariance of all coefficients: slopes in the order of the sectors, then extras. */
export interface SlopeCovariance {
  /** Row-major [S + extras][S + extras]. */
  readonly matrix: Float64Array;
  readonly order: number;
  /**
   * Variances of the slopes [S] up to what a sector's own residuals and slope do to them: in proportion to 1/(Σ 1/shape · variance of
   * the price), at the geometric mean of the variances. For weights, which must not go with the slopes' errors.
   */
  readonly working: Float64Array;
  /**
   * Degrees of freedom of each slope's variance [S] (Satterthwaite 1946, Biometrics Bulletin 2): a sector's error variance has its rows
   * less intercept and slope, and a slope's variance holds other sectors' through the effects of years.
   */
  readonly degrees: Float64Array;
  /** Correlation of the errors of neighbouring years; 0 when taken as independent. */
  readonly autocorrelation: number;
}

/** Bounds of the autocorrelation: beyond, a sector effect and a persistent error cannot be told apart. */
const LOWEST = -0.5;
const HIGHEST = 0.95;
/** Intercept and slope. */
const OWN_COEFFICIENTS = 2;

/**
 * Sandwich covariance with errors whose variance is `shape` times a factor of each sector's own and that have, when
 * `correlation` is "sector", a common first-order autocorrelation.
 *
 * Clustering by sector is not open to slopes by sector: a sector's residuals are orthogonal to its own intercept and
 * price by construction, so its cluster has hardly any score left. Hence the parametric form. Variances divide by rows less
 * leverages, and the autocorrelation is corrected for what the sector's own regression takes out of it, so that both are
 * unbiased for independent errors in short panels.
 *
 * @param shape relative error variance of each row; ones by default
 */
export function slopeCovariance(
  regression: SlopeRegression,
  correlation: ErrorCorrelation,
  shape: Float64Array = new Float64Array(regression.rows.sector.length).fill(1),
): SlopeCovariance {
  const { rows, sectors, fit } = regression;
  const { residuals, columns, bread, names } = fit.estimate;
  const leverage = leveragesOf(regression);
  const blocks = sectorBlocks(rows.sector, sectors);
  const order = names.length;
  const inSample = (i: number) => rows.ordinary ? rows.ordinary[i] : 1;
  const weightAt = (i: number) => (rows.weights ? rows.weights[i] : 1) / Math.sqrt(inSample(i));
  const own = new Float64Array(sectors.length);
  const variance = new Float64Array(sectors.length);
  blocks.forEach((block, s) => {
    let [square, free] = [0, 0];
    for (const i of block) {
      own[s] += inSample(i);
      free += inSample(i) * (1 - leverage[i]);
      square += inSample(i) * residuals[i] ** 2 / shape[i];
    }
    own[s] = Math.max(own[s] - OWN_COEFFICIENTS, 1);
    variance[s] = square / free;
  });
  const standardised = residuals.map((value, i) => value * Math.sqrt(inSample(i) / shape[i]));
  const autocorrelation = correlation === "sector"
    ? errorAutocorrelation(regression, blocks, standardised, variance)
    : 0;
  // Influence of row i on coefficient j: bread · column_i · weight_i; times the error's standard deviation.
  const influence = new Float64Array(order);
  const matrix = new Float64Array(order * order);
  /** Σ over sectors of (part of a coefficient's variance)² / degrees. */
  const uncertainty = new Float64Array(order);
  blocks.forEach((block, s) => {
    const part = new Float64Array(order);
    const scaled = block.map((i) => {
      const scale = weightAt(i) * Math.sqrt(shape[i] * variance[s]);
      influence.fill(0);
      for (let a = 0; a < order; a++) {
        const value = columns[a][i] * scale;
        if (value === 0) continue;
        for (let j = 0; j < order; j++) influence[j] += bread[j * order + a] * value;
      }
      return influence.slice();
    });
    const smoothed = autocorrelation === 0
      ? scaled
      : scaled.map((_, p) => correlate(scaled, block, rows.year, p, autocorrelation));
    scaled.forEach((left, p) => {
      const right = smoothed[p];
      for (let a = 0; a < order; a++) {
        part[a] += left[a] * right[a];
        for (let b = 0; b < order; b++) matrix[a * order + b] += left[a] * right[b];
      }
    });
    part.forEach((value, a) => uncertainty[a] += value ** 2 / own[s]);
  });
  const sorted = slopesFirst(matrix, order, regression);
  return {
    ...sorted,
    working: workingVariances(rows, blocks, shape, sorted),
    degrees: Float64Array.from(sectors, (code) => {
      const a = fit.coefNames.indexOf(`sector::${code}:price`);
      return matrix[a * order + a] ** 2 / uncertainty[a];
    }),
    autocorrelation,
  };
}

function workingVariances(
  { price }: SlopeRows,
  blocks: readonly (readonly number[])[],
  shape: Float64Array,
  { matrix, order }: { readonly matrix: Float64Array; readonly order: number },
): Float64Array {
  let logScale = 0;
  const relative = Float64Array.from(blocks, (block, s) => {
    let [precision, sum, squares] = [0, 0, 0];
    for (const i of block) {
      precision += 1 / shape[i];
      sum += price[i];
    }
    for (const i of block) squares += (price[i] - sum / block.length) ** 2;
    const value = block.length / (precision * squares);
    logScale += Math.log(Math.max(matrix[s * order + s], 1e-300) / value) / blocks.length;
    return value;
  });
  return relative.map((value) => value * Math.exp(logScale));
}

function correlate(
  scaled: readonly Float64Array[],
  block: readonly number[],
  year: Int32Array,
  p: number,
  autocorrelation: number,
): Float64Array {
  const sum = new Float64Array(scaled[p].length);
  block.forEach((i, q) => {
    const weight = autocorrelation ** Math.abs(year[i] - year[block[p]]);
    for (let j = 0; j < sum.length; j++) sum[j] += weight * scaled[q][j];
  });
  return sum;
}

/** Rows of each sector, in the order of `sectors`. */
export function sectorBlocks(sector: Int32Array, sectors: readonly number[]): number[][] {
  const at = new Map(sectors.map((code, s) => [code, s]));
  const blocks: number[][] = sectors.map(() => []);
  sector.forEach((code, i) => blocks[at.get(code)!].push(i));
  return blocks;
}

/** Columns of the fit may come in another order than slopes then extras. */
function slopesFirst(matrix: Float64Array, order: number, { sectors, fit }: SlopeRegression) {
  const extras = Array.from({ length: order - sectors.length }, (_, k) => `extra${k}`);
  const from = [...sectors.map((code) => `sector::${code}:price`), ...extras]
    .map((name) => fit.coefNames.indexOf(name));
  const sorted = new Float64Array(order * order);
  from.forEach((a, i) => from.forEach((b, j) => sorted[i * order + j] = matrix[a * order + b]));
  return { matrix: sorted, order };
}

/**
 * ρ such that the sum of products of neighbouring residuals over their squares is what errors with that ρ would give
 * after regression on the sector's intercept and price.
 */
function errorAutocorrelation(
  { rows }: SlopeRegression,
  blocks: readonly (readonly number[])[],
  standardised: Float64Array,
  variance: Float64Array,
): number {
  let [products, squares] = [0, 0];
  const expectedProducts: number[] = [];
  const expectedSquares: number[] = [];
  blocks.forEach((block, s) => {
    if (!(variance[s] > 0)) return;
    const span = rows.year[block[block.length - 1]] - rows.year[block[0]];
    while (expectedProducts.length <= span) {
      expectedProducts.push(0);
      expectedSquares.push(0);
    }
    const maker = residualMaker(rows, block);
    const n = block.length;
    const neighbours = (p: number, q: number) =>
      Math.abs(rows.year[block[p]] - rows.year[block[q]]) === 1 ? 0.5 : 0;
    // A = M·L·M with L the neighbour matrix, so that residuals' products are e'·A·e.
    const half = new Float64Array(n * n);
    for (let p = 0; p < n; p++) {
      for (let q = 0; q < n; q++) {
        const left = neighbours(p, q);
        squares += p === q ? standardised[block[p]] ** 2 / variance[s] : 0;
        products += left * standardised[block[p]] * standardised[block[q]] / variance[s];
        if (left === 0) continue;
        for (let r = 0; r < n; r++) half[p * n + r] += left * maker[q * n + r];
      }
    }
    for (let p = 0; p < n; p++) {
      for (let r = 0; r < n; r++) {
        let entry = 0;
        for (let q = 0; q < n; q++) entry += maker[p * n + q] * half[q * n + r];
        const lag = Math.abs(rows.year[block[p]] - rows.year[block[r]]);
        expectedProducts[lag] += entry;
        expectedSquares[lag] += maker[p * n + r];
      }
    }
  });
  if (!(squares > 0)) return 0;
  const gap = (rho: number) => {
    let [top, bottom, power] = [0, 0, 1];
    for (let lag = 0; lag < expectedProducts.length; lag++) {
      top += expectedProducts[lag] * power;
      bottom += expectedSquares[lag] * power;
      power *= rho;
    }
    return top / bottom - products / squares;
  };
  let [low, high] = [LOWEST, HIGHEST];
  if (gap(low) >= 0) return low;
  if (gap(high) <= 0) return high;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (gap(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Relative variances 1/w + ω² of log odds: binomial sampling and a shock to the odds whose variance ω² all cells share,
 * by the method of moments (Williams 1982, Applied Statistics 31).
 */
export function logOddsShape(regression: SlopeRegression): Float64Array {
  const { rows: { weights, ordinary }, fit: { estimate: { residuals } } } = regression;
  if (!weights) throw new RangeError("logOddsShape: the regression has no weights");
  const leverage = leveragesOf(regression);
  let [excess, size] = [0, 0];
  for (let i = 0; i < residuals.length; i++) {
    const inSample = ordinary ? ordinary[i] : 1;
    excess += weights[i] * residuals[i] ** 2 - inSample * (1 - leverage[i]);
    size += (1 - leverage[i]) * weights[i];
  }
  const shock = Math.max(excess / size, 0);
  return weights.map((weight, i) => (ordinary ? ordinary[i] : 1) / weight + shock);
}

/** I − X(X'X)⁻¹X' of the sector's weighted intercept and price, row-major. */
function residualMaker(rows: SlopeRows, block: readonly number[]): Float64Array {
  const n = block.length;
  const root = block.map((i) => Math.sqrt(rows.weights ? rows.weights[i] : 1));
  const length = Math.hypot(...root);
  const constant = root.map((value) => value / length);
  const price = block.map((i, p) => rows.price[i] * root[p]);
  const along = price.reduce((sum, value, p) => sum + value * constant[p], 0);
  const rest = price.map((value, p) => value - along * constant[p]);
  const size = Math.hypot(...rest);
  const maker = new Float64Array(n * n);
  for (let p = 0; p < n; p++) {
    for (let q = 0; q < n; q++) {
      maker[p * n + q] = Number(p === q) - constant[p] * constant[q] -
        rest[p] * rest[q] / size ** 2;
    }
  }
  return maker;
}

type SlopeRows = SlopeRegression["rows"];
