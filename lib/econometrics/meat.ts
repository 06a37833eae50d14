/** Σ_i f_i·s_i·s_i' of row scores, row-major [k][k]; `factor` undefined for ones. */
export function outerProducts(
  scores: readonly Float64Array[],
  factor: Float64Array | undefined,
): Float64Array {
  const k = scores.length;
  const meat = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++) {
      const [x, y] = [scores[a], scores[b]];
      let sum = 0;
      if (factor) { for (let i = 0; i < x.length; i++) sum += factor[i] * x[i] * y[i]; }
      else for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
      meat[a * k + b] = sum;
      meat[b * k + a] = sum;
    }
  }
  return meat;
}

/** Sums of scores within groups: [k][groups]. */
export function groupSums(
  scores: readonly Float64Array[],
  codes: Int32Array,
  count: number,
): Float64Array[] {
  return scores.map((column) => {
    const sums = new Float64Array(count);
    for (let i = 0; i < codes.length; i++) sums[codes[i]] += column[i];
    return sums;
  });
}

/**
 * Bartlett-weighted autocovariances of score sums that follow each other in time within blocks:
 * Σ_l w_l (Γ_l + Γ_l'), w_l = 1 − l/(lag + 1), Γ_0 counted once.
 *
 * @param sums [k][blocks × periods], block-major
 */
export function bartlettMeat(
  sums: readonly Float64Array[],
  periods: number,
  lag: number,
): Float64Array {
  const k = sums.length;
  const meat = new Float64Array(k * k);
  const cells = sums[0]?.length ?? 0;
  for (let l = 0; l <= Math.min(lag, periods - 1); l++) {
    const weight = 1 - l / (lag + 1);
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++) {
        let sum = 0;
        for (let start = 0; start < cells; start += periods) {
          for (let t = start + l; t < start + periods; t++) sum += sums[a][t] * sums[b][t - l];
        }
        meat[a * k + b] += weight * sum;
        if (l > 0) meat[b * k + a] += weight * sum;
      }
    }
  }
  return meat;
}

/** Kilometres per degree of latitude, as fixest takes them. */
const KM_PER_DEGREE = 111;
/** Earth radius in km that reproduces fixest's "spherical" distances. */
const EARTH_RADIUS_KM = 6376;

/**
 * Conley's meat with a uniform kernel: Σ over pairs of rows within `cutoff` km of s_i·s_j'.
 *
 * Source: Conley (1999), Journal of Econometrics 92(1). Distances as fixest computes them:
 * "triangular" takes the earth as flat at the mean latitude of the pair, "spherical" is the great
 * circle. Rows are swept in order of latitude, so the time grows with rows × rows within the cutoff.
 *
 * @param latitude degrees [rows]
 * @param longitude degrees [rows]
 */
export function conleyMeat(
  scores: readonly Float64Array[],
  latitude: Float64Array,
  longitude: Float64Array,
  cutoff: number,
  distance: "triangular" | "spherical",
): Float64Array {
  const k = scores.length;
  const rows = latitude.length;
  const order = Int32Array.from({ length: rows }, (_, i) => i)
    .sort((a, b) => latitude[a] - latitude[b]);
  const reach = cutoff / KM_PER_DEGREE;
  const near = Array.from({ length: k }, () => new Float64Array(rows));
  for (let a = 0; a < rows; a++) {
    const i = order[a];
    for (let j = 0; j < k; j++) near[j][i] += 0.5 * scores[j][i];
    for (let b = a + 1; b < rows; b++) {
      const other = order[b];
      if (latitude[other] - latitude[i] > reach) break;
      const km = distance === "spherical"
        ? greatCircle(latitude[i], longitude[i], latitude[other], longitude[other])
        : flatDistance(latitude[i], longitude[i], latitude[other], longitude[other]);
      if (km > cutoff) continue;
      for (let j = 0; j < k; j++) near[j][i] += scores[j][other];
    }
  }
  const meat = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += scores[a][i] * near[b][i];
      meat[a * k + b] += sum;
      meat[b * k + a] += sum;
    }
  }
  return meat;
}

function longitudeGap(a: number, b: number): number {
  const gap = Math.abs(a - b) % 360;
  return gap > 180 ? 360 - gap : gap;
}

function flatDistance(latA: number, lonA: number, latB: number, lonB: number): number {
  const shrink = Math.cos((latA + latB) / 2 * Math.PI / 180);
  return KM_PER_DEGREE * Math.hypot(latB - latA, shrink * longitudeGap(lonA, lonB));
}

function greatCircle(latA: number, lonA: number, latB: number, lonB: number): number {
  const radians = Math.PI / 180;
  const halfLat = Math.sin((latB - latA) * radians / 2);
  const halfLon = Math.sin((lonB - lonA) * radians / 2);
  const chord = halfLat ** 2 + Math.cos(latA * radians) * Math.cos(latB * radians) * halfLon ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
