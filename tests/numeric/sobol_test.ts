import { sobolSequence } from "@ree/numeric";
import { deepStrictEqual, ok, throws } from "node:assert/strict";

/** Points 1, 3, 100 and 1,023 in dimensions 1, 2, 3, 6, 41, 129, 256 from SciPy 1.17.1, `qmc.Sobol(256, scramble=False, bits=32)`. */
const SCIPY: readonly (readonly [number, readonly number[]])[] = [
  [1, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]],
  [3, [0.25, 0.75, 0.75, 0.25, 0.75, 0.75, 0.25]],
  [100, [0.4140625, 0.2578125, 0.7734375, 0.7421875, 0.7109375, 0.2578125, 0.5703125]],
  [
    1023,
    [
      0.0009765625,
      0.7529296875,
      0.6123046875,
      0.4384765625,
      0.6318359375,
      0.9853515625,
      0.8427734375,
    ],
  ],
];

Deno.test("Without a shift the Sobol points are SciPy's, exactly", () => {
  const sobol = sobolSequence(256);
  for (const [index, expected] of SCIPY) {
    const point = sobol.point(index);
    deepStrictEqual([0, 1, 2, 5, 40, 128, 255].map((k) => point[k]), expected);
  }
});

Deno.test("The first 256 points put one point in each of 256 intervals of every dimension, shifted or not", () => {
  for (const seed of [0, 1, 77]) {
    const sobol = sobolSequence(256, seed);
    const points = Array.from({ length: 256 }, (_, index) => sobol.point(index));
    for (let k = 0; k < 256; k++) {
      deepStrictEqual(new Set(points.map((point) => Math.floor(256 * point[k]))).size, 256);
    }
  }
});

Deno.test("Shifted points lie strictly inside the cube and differ between seeds", () => {
  const [a, b] = [sobolSequence(8, 3), sobolSequence(8, 4)];
  for (let index = 0; index < 64; index++) {
    ok(a.point(index).every((value) => value > 0 && value < 1));
  }
  ok(a.point(0).some((value, k) => value !== b.point(0)[k]));
});

Deno.test("Too many dimensions and negative points are refused", () => {
  throws(() => sobolSequence(257), /257 dimensions; expected 1 to 256/);
  throws(() => sobolSequence(2).point(-1), /point -1/);
});
