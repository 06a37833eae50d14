/** Accelerates a fixed-point iteration x ← g(x); made by {@link anderson}. */
export interface Anderson {
  /**
   * Overwrites `x` with the next point to try.
   *
   * @param x [size] the point at which the map was evaluated
   * @param image [size] g(x)
   */
  advance(x: Float64Array, image: Float64Array): void;
  /**
   * Starts from a new point, or with a slightly changed map, but keeps the differences seen so far:
   * they still describe the slope.
   */
  restart(): void;
  /** Forgets everything. */
  reset(): void;
}

/** A column whose part orthogonal to the newer ones is below this fraction of its length is left out. */
const DEPENDENT = 1e-7;

/**
 * Anderson mixing (type II): the next point is the combination of the last images whose combined
 * residual g(x) − x is smallest in the Euclidean norm; for a linear map this is GMRES. One step costs
 * O(depth · size) and allocates nothing: all buffers are made here.
 *
 * The least squares problem is solved on a Gram matrix of unit columns, newest first; columns that
 * are nearly dependent on newer ones are left out.
 *
 * Source: Walker and Ni (2011), SIAM Journal on Numerical Analysis 49(4).
 *
 * @param size length of the vectors
 * @param depth how many earlier differences are kept, at least 1
 * @throws when size or depth is not a positive whole number
 * @example
 * ```ts
 * const mixer = anderson(1, 3);
 * const x = Float64Array.of(1);
 * for (let k = 0; k < 8; k++) mixer.advance(x, x.map(Math.cos)); // x -> 0.739085...
 * ```
 */
export function anderson(size: number, depth: number): Anderson {
  for (const [name, value] of [["size", size], ["depth", depth]] as const) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`anderson: ${name} must be a positive whole number, got ${value}`);
    }
  }
  const columns = Math.min(depth, size);
  const residualSteps = Array.from({ length: columns }, () => new Float64Array(size));
  const imageSteps = Array.from({ length: columns }, () => new Float64Array(size));
  const residual = new Float64Array(size);
  const lastResidual = new Float64Array(size);
  const lastImage = new Float64Array(size);
  const gram = new Float64Array(columns * columns); // by slot: inner products of residual steps
  const factor = new Float64Array(columns * columns); // Cholesky rows, newest column first
  const weight = new Float64Array(columns);
  const order = new Int32Array(columns); // slots in use, newest first
  let stored = 0;
  let newest = -1;
  let started = false;

  function remember(image: Float64Array) {
    newest = (newest + 1) % columns;
    stored = Math.min(stored + 1, columns);
    const dr = residualSteps[newest];
    const dg = imageSteps[newest];
    for (let i = 0; i < size; i++) {
      dr[i] = residual[i] - lastResidual[i];
      dg[i] = image[i] - lastImage[i];
    }
    for (let c = 0; c < stored; c++) {
      const slot = (newest - c + columns) % columns;
      const product = dot(residualSteps[slot], dr);
      gram[newest * columns + slot] = product;
      gram[slot * columns + newest] = product;
    }
  }

  /** Fills `order` and `weight` with the slots used and their coefficients; returns how many. */
  function leastSquares(): number {
    let used = 0;
    for (let c = 0; c < stored; c++) {
      const slot = (newest - c + columns) % columns;
      const length = Math.sqrt(gram[slot * columns + slot]);
      if (!(length > 0)) continue;
      let rest = 1;
      for (let a = 0; a < used; a++) {
        const other = order[a];
        let value = gram[slot * columns + other] /
          (length * Math.sqrt(gram[other * columns + other]));
        for (let b = 0; b < a; b++) value -= factor[used * columns + b] * factor[a * columns + b];
        value /= factor[a * columns + a];
        factor[used * columns + a] = value;
        rest -= value * value;
      }
      if (rest < DEPENDENT * DEPENDENT) continue;
      factor[used * columns + used] = Math.sqrt(rest);
      order[used++] = slot;
    }
    for (let a = 0; a < used; a++) {
      const slot = order[a];
      let value = dot(residualSteps[slot], residual) / Math.sqrt(gram[slot * columns + slot]);
      for (let b = 0; b < a; b++) value -= factor[a * columns + b] * weight[b];
      weight[a] = value / factor[a * columns + a];
    }
    for (let a = used - 1; a >= 0; a--) {
      for (let b = a + 1; b < used; b++) weight[a] -= factor[b * columns + a] * weight[b];
      weight[a] /= factor[a * columns + a];
    }
    for (let a = 0; a < used; a++) weight[a] /= Math.sqrt(gram[order[a] * columns + order[a]]);
    return used;
  }

  return {
    advance(x, image) {
      for (let i = 0; i < size; i++) residual[i] = image[i] - x[i];
      if (started) remember(image);
      const used = leastSquares();
      for (let i = 0; i < size; i++) {
        x[i] = image[i];
        lastImage[i] = image[i];
        lastResidual[i] = residual[i];
      }
      for (let a = 0; a < used; a++) {
        const step = imageSteps[order[a]];
        const share = weight[a];
        for (let i = 0; i < size; i++) x[i] -= share * step[i];
      }
      started = true;
    },
    restart() {
      started = false;
    },
    reset() {
      stored = 0;
      newest = -1;
      started = false;
    },
  };
}

/** Inner product in four sums, because one would wait for every addition in turn. */
function dot(a: Float64Array, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (; i < a.length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}
