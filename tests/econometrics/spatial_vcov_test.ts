import assert from "node:assert/strict";
import { randomStream } from "@ree/numeric";
import { feols } from "@ree/econometrics";
import { normals } from "./designs.ts";
import { assertRelative } from "./reference.ts";

/** The same double sum in another order. */
const SAME = 1e-10;

function scattered(seed: number, rows = 150) {
  const random = randomStream(seed);
  const lat = Float64Array.from({ length: rows }, () => 40 + 8 * random.uniform());
  const lon = Float64Array.from({ length: rows }, () => -5 + 12 * random.uniform());
  const [x, e] = [normals(random, rows), normals(random, rows)];
  return { lat, lon, x, y: x.map((value, i) => 1 + value + e[i]) };
}

Deno.test("Conley's covariance equals the double sum over all pairs, for both distances", () => {
  const data = scattered(1);
  const rows = data.x.length;
  const fit = feols("y ~ x", data, { vcov: "iid" });
  const { bread, columns } = fit.estimate;
  const psi = columns[0].map((value, i) => bread[2] * value + bread[3] * columns[1][i]);
  const radians = Math.PI / 180;
  const distances = {
    // fixest's flat earth: 111 km per degree, longitudes shrunk at the pair's mean latitude.
    triangular: (i: number, j: number) =>
      111 * Math.hypot(
        data.lat[i] - data.lat[j],
        Math.cos((data.lat[i] + data.lat[j]) / 2 * radians) * (data.lon[i] - data.lon[j]),
      ),
    // Great circle through the angle between the two directions; 6376 km is fixest's radius.
    spherical: (i: number, j: number) => {
      const point = (k: number) => [
        Math.cos(data.lat[k] * radians) * Math.cos(data.lon[k] * radians),
        Math.cos(data.lat[k] * radians) * Math.sin(data.lon[k] * radians),
        Math.sin(data.lat[k] * radians),
      ];
      const [a, b] = [point(i), point(j)];
      const cosine = a.reduce((sum, value, k) => sum + value * b[k], 0);
      return 6376 * Math.acos(Math.min(1, cosine));
    },
  };
  for (const distance of ["triangular", "spherical"] as const) {
    let variance = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < rows; j++) {
        if (i !== j && distances[distance](i, j) > 180) continue;
        variance += psi[i] * fit.residuals[i] * psi[j] * fit.residuals[j];
      }
    }
    const conley = { lat: "lat", lon: "lon", cutoff: 180, distance };
    const expected = Math.sqrt(variance * (rows - 1) / (rows - 2));
    assertRelative(fit.withVcov({ conley }).se("x"), expected, SAME, distance);
  }
});

Deno.test("a cutoff shorter than any distance is White's covariance, across the date line too", () => {
  const data = scattered(2);
  const fit = feols("y ~ x", data, { vcov: { conley: { lat: "lat", lon: "lon", cutoff: 1e-6 } } });
  const white = fit.withVcov("hetero", { clusterAdj: false });
  assertRelative(fit.se("x"), white.se("x"), SAME, "se");
  // Moving everything around the globe changes no distance.
  const moved = { ...data, lon: data.lon.map((value) => value > 0 ? value - 180 : value + 180) };
  const conley = { lat: "lat", lon: "lon", cutoff: 300 };
  const [here, there] = [data, moved].map((frame) => feols("y ~ x", frame, { vcov: { conley } }));
  assertRelative(here.se("x"), there.se("x"), SAME, "date line");
  assert.equal(here.vcovType, "Conley (300km)");
});

Deno.test("coordinates out of range and cutoffs that are not positive are refused", () => {
  const data = { ...scattered(3), high: scattered(3).lat.map((value) => value + 60) };
  const with_ = (lat: string, cutoff: number) => () =>
    feols("y ~ x", data, { vcov: { conley: { lat, lon: "lon", cutoff } } });
  assert.throws(with_("high", 100), /"high" must be degrees between −90 and 90, got .* in row 1/);
  assert.throws(with_("lat", 0), /cutoff must be > 0 km, got 0/);
});
