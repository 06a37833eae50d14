import assert from "node:assert/strict";
import { randomStream } from "@ree/numeric";
import { feols, fepois, wildBootstrap } from "@ree/econometrics";
import { crossedDesign, denseLeastSquares, dummies, normals } from "./designs.ts";
import { assertRelative } from "./reference.ts";

/** Two computations of the same p-value count the same sign vectors. */
const SAME = 1e-12;

/** WCR11 by re-estimating every bootstrap sample on dense dummies. */
function slowPvalue(
  y: ArrayLike<number>,
  tested: Float64Array,
  others: Float64Array[],
  cluster: ArrayLike<number>,
  null_: number,
  weights?: ArrayLike<number>,
) {
  const ids = [...new Set(Array.from(cluster))];
  const tstat = (outcome: ArrayLike<number>) => {
    const columns = [tested, ...others];
    const { coefficients, residuals, inverse } = denseLeastSquares(outcome, columns, weights);
    const k = columns.length;
    const sums = new Map<number, number>();
    for (let i = 0; i < residuals.length; i++) {
      let psi = 0;
      for (let j = 0; j < k; j++) psi += inverse[j] * columns[j][i];
      const score = psi * residuals[i] * (weights ? weights[i] : 1);
      sums.set(cluster[i], (sums.get(cluster[i]) ?? 0) + score);
    }
    return (coefficients[0] - null_) / Math.hypot(...sums.values());
  };
  const moved = Float64Array.from(y, (value, i) => value - null_ * tested[i]);
  const restricted = denseLeastSquares(moved, others, weights);
  const own = Math.abs(tstat(y));
  let count = 0;
  for (let b = 0; b < 2 ** ids.length; b++) {
    const sample = Float64Array.from(y, (value, i) => {
      const sign = (b >> ids.indexOf(cluster[i])) & 1 ? -1 : 1;
      return value + (sign - 1) * restricted.residuals[i];
    });
    if (Math.abs(tstat(sample)) >= own * (1 - 1e-9)) count++;
  }
  return count / 2 ** ids.length;
}

Deno.test("the fast bootstrap equals re-estimating every sample, with effects across and in clusters", () => {
  for (const seed of [1, 2]) {
    const { columns } = crossedDesign(seed, 90, [6, 5, 4]);
    const cases: [string, Float64Array[], ArrayLike<number>][] = [
      ["y ~ x1 + x2", [columns.x2, new Float64Array(90).fill(1)], columns.g1],
      ["y ~ x1 + x2 | g1", [columns.x2, ...dummies([columns.g1])], columns.g1],
      ["y ~ x1 + x2 | g2 + g3", [columns.x2, ...dummies([columns.g2, columns.g3])], columns.g1],
    ];
    for (const [formula, others, cluster] of cases) {
      for (const weights of [undefined, "weight"] as const) {
        const fit = feols(formula, columns, { weights, fixefRm: "none", fixefTol: 1e-12 });
        for (const null_ of [0, 0.6]) {
          const fast = wildBootstrap(fit, { param: "x1", null: null_, cluster: "g1" });
          assert.equal(fast.enumerated, true);
          assert.equal(fast.draws, 64);
          const w = weights && columns[weights];
          const slow = slowPvalue(columns.y, columns.x1, others, cluster, null_, w);
          assert.ok(Math.abs(fast.pvalue - slow) < SAME, `${formula}: ${fast.pvalue}, ${slow}`);
        }
      }
    }
  }
});

Deno.test("the t statistic is that of clustered standard errors, and the set holds the estimate", () => {
  const { columns } = crossedDesign(3, 200, [9, 5]);
  const fit = feols("y ~ x1 + x2 | g2", columns, { vcov: { cluster: "g1" } });
  const boot = wildBootstrap(fit, { param: "x1", draws: "enumerate" });
  assertRelative(boot.tstat, fit.tstat("x1"), 1e-10, "t");
  const [[low, high]] = boot.confidenceSet.intervals;
  assert.ok(low < boot.estimate && boot.estimate < high);
  const inside = wildBootstrap(fit, { param: "x1", null: low + 1e-4 * (high - low) });
  const outside = wildBootstrap(fit, { param: "x1", null: low - 1e-4 * (high - low) });
  assert.ok(inside.pvalue >= 0.05 && outside.pvalue < 0.05);
});

Deno.test("random draws agree with enumeration within simulation error and repeat with the seed", () => {
  const { columns } = crossedDesign(4, 300, [14, 5]);
  const fit = feols("y ~ x2 | g2", columns, { vcov: { cluster: "g1" } });
  const exact = wildBootstrap(fit, { param: "x2", null: -0.25, draws: "enumerate" });
  const options = { param: "x2", null: -0.25, draws: 4000, seed: 5 } as const;
  const drawn = wildBootstrap(fit, options);
  assert.equal(drawn.enumerated, false);
  // Four standard errors of a share over 4,000 draws.
  const error = 4 * Math.sqrt(exact.pvalue * (1 - exact.pvalue) / 4000);
  assert.ok(Math.abs(drawn.pvalue - exact.pvalue) < error, `${drawn.pvalue}, ${exact.pvalue}`);
  assert.equal(wildBootstrap(fit, options).pvalue, drawn.pvalue);
  assert.notEqual(wildBootstrap(fit, { ...options, seed: 6 }).pvalue, drawn.pvalue);
  const webb = wildBootstrap(fit, { ...options, weights: "webb" });
  assert.ok(Math.abs(webb.pvalue - exact.pvalue) < 0.1);
});

Deno.test("with nine clusters a 5 % bootstrap test rejects a true null about one time in twenty", () => {
  const [clusters, size, draws] = [9, 12, 400];
  let rejected = 0;
  const g = Int32Array.from({ length: clusters * size }, (_, i) => Math.floor(i / size));
  for (let d = 0; d < draws; d++) {
    const random = randomStream(d);
    const [a, b] = [normals(random, clusters), normals(random, clusters)];
    const x = Float64Array.from(g, (c) => a[c] + random.normal());
    const y = Float64Array.from(g, (c) => b[c] + random.normal());
    const fit = feols("y ~ x", { y, x, g }, { vcov: { cluster: "g" } });
    if (wildBootstrap(fit, { param: "x", draws: "enumerate" }).pvalue <= 0.05) rejected++;
  }
  // Three standard errors of a rejection rate over 400 samples; tests/slow narrows this.
  const error = 3 * Math.sqrt(0.05 * 0.95 / draws);
  assert.ok(Math.abs(rejected / draws - 0.05) < error, `${rejected} of ${draws}`);
});

Deno.test("the bootstrap is refused by name where it is not defined", () => {
  const { columns } = crossedDesign(5, 100, [25]);
  const fit = feols("y ~ x1 | g1", columns);
  const poisson = fepois("count ~ x1 | g1", columns);
  assert.throws(() => wildBootstrap(poisson, { param: "x1" }), /Poisson fit is refused/);
  assert.throws(
    () => wildBootstrap(fit, { param: "x9" }),
    /no coefficient "x9"; did you mean "x1"/,
  );
  assert.throws(
    () => wildBootstrap(fit, { param: "x1", draws: "enumerate" }),
    /cluster/,
  );
  assert.throws(
    () => wildBootstrap(fit.withVcov("iid"), { param: "x1" }),
    /not clustered by one column/,
  );
});
