import { lu, luSolve, type RandomStream, randomStream } from "@ree/numeric";

/** Outcome, regressors, weights, a count outcome and up to three groupings. */
export type DesignColumns = {
  y: Float64Array;
  x1: Float64Array;
  x2: Float64Array;
  z: Float64Array;
  weight: Int32Array;
  count: Float64Array;
  g1: Int32Array;
  g2: Int32Array;
  g3: Int32Array;
};

/** Columns of a simulated panel. */
export interface Simulated {
  readonly columns: DesignColumns;
  readonly rows: number;
}

/** Rows with two regressors and three crossed groups, unbalanced; weights are 1-4. */
export function crossedDesign(seed: number, rows: number, sizes: readonly number[]): Simulated {
  const random = randomStream(seed);
  const groups = sizes.map((size) => Int32Array.from({ length: rows }, () => random.integer(size)));
  const effects = sizes.map((size) => normals(random, size));
  const x1 = normals(random, rows);
  const x2 = normals(random, rows);
  const z = normals(random, rows);
  const y = new Float64Array(rows);
  const weight = new Int32Array(rows);
  const count = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let level = 0;
    groups.forEach((codes, e) => level += effects[e][codes[i]]);
    x1[i] += 0.5 * level;
    y[i] = 1 + 0.7 * x1[i] - 0.3 * x2[i] + level + random.normal();
    weight[i] = 1 + random.integer(4);
    count[i] = Math.floor(Math.exp(0.3 * x1[i] - 0.2 * x2[i] + 0.3 * level) * 2 * random.uniform());
  }
  // Groupings that were not asked for repeat the first.
  const [g1, g2 = g1, g3 = g1] = groups;
  return { columns: { y, x1, x2, z, weight, count, g1, g2, g3 }, rows };
}

export function normals(random: RandomStream, length: number): Float64Array {
  return Float64Array.from({ length }, () => random.normal());
}

/** One dummy column per value of each group column but the first value of later ones. */
export function dummies(groups: readonly ArrayLike<number>[]): Float64Array[] {
  return groups.flatMap((codes, e) => {
    const levels = [...new Set(Array.from(codes))].sort((a, b) => a - b);
    return levels.slice(e === 0 ? 0 : 1).map((level) =>
      Float64Array.from(codes, (code) => code === level ? 1 : 0)
    );
  });
}

/** Weighted least squares by dense normal equations and LU: slow, independent of the library. */
export function denseLeastSquares(
  y: ArrayLike<number>,
  columns: readonly Float64Array[],
  weights?: ArrayLike<number>,
) {
  const k = columns.length;
  const gram = new Float64Array(k * k);
  const right = new Float64Array(k);
  for (let i = 0; i < y.length; i++) {
    const w = weights ? weights[i] : 1;
    for (let a = 0; a < k; a++) {
      if (columns[a][i] === 0) continue;
      right[a] += w * columns[a][i] * y[i];
      for (let b = 0; b < k; b++) gram[a * k + b] += w * columns[a][i] * columns[b][i];
    }
  }
  const factor = lu(gram);
  const coefficients = luSolve(factor, right);
  const residuals = Float64Array.from(y);
  for (let i = 0; i < y.length; i++) {
    for (let a = 0; a < k; a++) residuals[i] -= coefficients[a] * columns[a][i];
  }
  const inverse = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    const column = luSolve(factor, Float64Array.from({ length: k }, (_, i) => i === j ? 1 : 0));
    for (let i = 0; i < k; i++) inverse[i * k + j] = column[i];
  }
  return { coefficients, residuals, inverse };
}
