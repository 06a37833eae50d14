import { randomStream, symmetricEigen, symmetricFunction } from "@ree/numeric";

/**
 * Critical value of a simultaneous band: the quantile of max_j |z_j| for z normal with the
 * correlations of the estimates, by seeded simulation.
 *
 * Source: Montiel Olea and Plagborg-Møller (2019), Journal of Applied Econometrics 34(1), sup-t band.
 *
 * @param covariance row-major [k][k]; entries without variance are left out
 */
export function supTCritical(
  covariance: Float64Array,
  order: number,
  level: number,
  draws: number,
  seed: number,
): number {
  const used = Array.from({ length: order }, (_, j) => j)
    .filter((j) => covariance[j * order + j] > 0);
  const size = used.length;
  const correlation = new Float64Array(size * size);
  used.forEach((i, a) =>
    used.forEach((j, b) => {
      correlation[a * size + b] = covariance[i * order + j] /
        Math.sqrt(covariance[i * order + i] * covariance[j * order + j]);
    })
  );
  const root = symmetricFunction(
    symmetricEigen(correlation, size),
    (value) => Math.sqrt(Math.max(value, 0)),
  );
  const random = randomStream(seed);
  const largest = new Float64Array(draws);
  const z = new Float64Array(size);
  for (let b = 0; b < draws; b++) {
    for (let j = 0; j < size; j++) z[j] = random.normal();
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += root[i * size + j] * z[j];
      largest[b] = Math.max(largest[b], Math.abs(sum));
    }
  }
  largest.sort();
  return largest[Math.min(draws - 1, Math.ceil(level * draws) - 1)];
}
