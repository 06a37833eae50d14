import assert from "node:assert/strict";
import { multiply } from "@ree/numeric";
import { absorber, feols } from "@ree/econometrics";
import { crossedDesign, denseLeastSquares, dummies } from "./designs.ts";
import { assertRelative } from "./reference.ts";

/** Required agreement with the dense computation, itself good to some 1e-12. */
const COEFFICIENT = 1e-8;
const STANDARD_ERROR = 1e-6;
/** Absorption tighter than the default where agreement to 1e-8 is asked of iterative methods. */
const TIGHT = { fixefTol: 1e-11, fixefRm: "none" } as const;

Deno.test("OLS with one to three effects equals dense dummies, weighted and not, by every method", () => {
  for (const [seed, sizes] of [[1, [15]], [2, [20, 9]], [3, [25, 6, 4]]] as const) {
    const { columns } = crossedDesign(seed, 300, sizes);
    const groups = [columns.g1, columns.g2, columns.g3].slice(0, sizes.length);
    const dense = [columns.x1, columns.x2, ...dummies(groups)];
    const formula = `y ~ x1 + x2 | ${sizes.map((_, e) => `g${e + 1}`).join(" + ")}`;
    for (const weights of [undefined, "weight"] as const) {
      const expected = denseLeastSquares(columns.y, dense, weights && columns[weights]);
      const k = dense.length;
      let square = 0;
      expected.residuals.forEach((e, i) => square += e * e * (weights ? columns.weight[i] : 1));
      for (const absorption of ["direct", "projections", "conjugate-gradients", "auto"] as const) {
        const fit = feols(formula, columns, { ...TIGHT, vcov: "iid", weights, absorption });
        ["x1", "x2"].forEach((name, j) => {
          assertRelative(fit.coef(name), expected.coefficients[j], COEFFICIENT, name);
          const se = Math.sqrt(expected.inverse[j * k + j] * square / (300 - k));
          assertRelative(fit.se(name), se, STANDARD_ERROR, `se ${name} ${absorption}`);
        });
      }
    }
  }
});

Deno.test("varying slopes equal explicit interactions, with and without levels", () => {
  const { columns } = crossedDesign(4, 300, [10, 5]);
  const slopes = dummies([columns.g1]).map((column) =>
    column.map((value, i) => value * columns.z[i])
  );
  const base = [columns.x1, columns.x2];
  const both = denseLeastSquares(columns.y, [
    ...base,
    ...dummies([columns.g1, columns.g2]),
    ...slopes,
  ]);
  const only = denseLeastSquares(columns.y, [...base, ...dummies([columns.g2]), ...slopes]);
  for (const absorption of ["auto", "projections", "conjugate-gradients"] as const) {
    const withLevel = feols("y ~ x1 + x2 | g1[z] + g2", columns, { ...TIGHT, absorption });
    const split = feols("y ~ x1 + x2 | g1 + g1[[z]] + g2", columns, { ...TIGHT, absorption });
    const slopesOnly = feols("y ~ x1 + x2 | g1[[z]] + g2", columns, { ...TIGHT, absorption });
    ["x1", "x2"].forEach((name, j) => {
      assertRelative(withLevel.coef(name), both.coefficients[j], COEFFICIENT, name);
      assertRelative(split.coef(name), both.coefficients[j], COEFFICIENT, `${name} split`);
      assertRelative(slopesOnly.coef(name), only.coefficients[j], COEFFICIENT, `${name} slopes`);
    });
  }
});

Deno.test("HC1 to HC3 and clusters equal their definitions on dense dummies", () => {
  const { columns } = crossedDesign(6, 240, [12, 5, 6]);
  const dense = [
    columns.x1,
    columns.x2,
    ...dummies([columns.g1, columns.g2]),
  ];
  const k = dense.length;
  const weights = columns.weight;
  const { residuals, inverse } = denseLeastSquares(columns.y, dense, weights);
  const rows = residuals.length;
  const leverage = residuals.map((_, i) => {
    let h = 0;
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++) h += dense[a][i] * inverse[a * k + b] * dense[b][i];
    }
    return h * weights[i];
  });
  const sandwichSe = (groups: ArrayLike<number>, scale: (i: number) => number, j: number) => {
    const meat = new Float64Array(k * k);
    const sums = new Map<number, Float64Array>();
    for (let i = 0; i < rows; i++) {
      const sum = sums.get(groups[i]) ?? new Float64Array(k);
      for (let a = 0; a < k; a++) sum[a] += weights[i] * residuals[i] * scale(i) * dense[a][i];
      sums.set(groups[i], sum);
    }
    for (const sum of sums.values()) {
      for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) meat[a * k + b] += sum[a] * sum[b];
    }
    return Math.sqrt(multiply(multiply(inverse, meat, k), inverse, k)[j * k + j]);
  };
  const each = Float64Array.from({ length: rows }, (_, i) => i);
  const fit = feols("y ~ x1 + x2 | g1 + g2", columns, { weights: "weight", fixefRm: "none" });
  ["x1", "x2"].forEach((name, j) => {
    const hc1 = Math.sqrt(rows / (rows - k)) * sandwichSe(each, () => 1, j);
    const hc2 = sandwichSe(each, (i) => 1 / Math.sqrt(1 - leverage[i]), j);
    const hc3 = sandwichSe(each, (i) => 1 / (1 - leverage[i]), j);
    assertRelative(fit.withVcov("HC1").se(name), hc1, STANDARD_ERROR, "HC1");
    assertRelative(fit.withVcov("HC2").se(name), hc2, STANDARD_ERROR, "HC2");
    assertRelative(fit.withVcov("HC3").se(name), hc3, STANDARD_ERROR, "HC3");
    const clusters = new Set(columns.g3).size;
    const cr1 = Math.sqrt(clusters / (clusters - 1) * (rows - 1) / (rows - k)) *
      sandwichSe(columns.g3, () => 1, j);
    assertRelative(fit.withVcov({ cluster: "g3" }).se(name), cr1, STANDARD_ERROR, "CR1");
  });
});

Deno.test("absorbed columns are orthogonal to every group, also on a chain of workers and firms", () => {
  // Worker j works for firms j and j + 1: the slowest graph for alternating projections.
  const workers = 3000;
  const worker = Int32Array.from({ length: 2 * workers }, (_, i) => i >> 1);
  const firm = Int32Array.from({ length: 2 * workers }, (_, i) => (i >> 1) + (i & 1));
  const groups = [worker, firm].map((codes, e) => ({
    groups: { name: `g${e}`, codes, count: workers + e, level: (code: number) => code },
    level: true,
    slopes: [],
  }));
  const column = Float64Array.from(worker, (w, i) => Math.sin(w * 0.7) + Math.cos(i * i));
  const { columns: [residual], method } = absorber(groups, 2 * workers)
    .absorb([column], undefined, { tolerance: 1e-10 });
  assert.equal(method, "conjugate-gradients");
  for (const codes of [worker, firm]) {
    const sums = new Float64Array(workers + 1);
    for (let i = 0; i < codes.length; i++) sums[codes[i]] += residual[i];
    // A chain is a tree: nothing is left of any column beyond round-off of the solve.
    assert.ok(sums.every((sum) => Math.abs(sum) < 1e-6), `${Math.max(...sums.map(Math.abs))}`);
  }
});
