import assert from "node:assert/strict";
import { randomStream } from "@ree/numeric";
import { feols, permuteShocks } from "@ree/econometrics";
import { permutationOrders } from "../../lib/econometrics/permutation_orders.ts";
import { exposedPanel } from "./shift_share_designs.ts";
import { assertRelative } from "./reference.ts";

const SAME = 1e-9;

function everyOrder(count: number): number[][] {
  const orders: number[][] = [];
  const extend = (head: number[]) => {
    if (head.length === count) orders.push(head);
    for (let e = 0; e < count; e++) if (!head.includes(e)) extend([...head, e]);
  };
  extend([]);
  return orders;
}

Deno.test("all permutations are gone through once, and draws repeat with the seed", () => {
  for (const count of [2, 3, 5, 6]) {
    const { orders, draws, enumerated } = permutationOrders(count, 9999, 1);
    assert.equal(enumerated, true);
    const seen = new Set(
      Array.from({ length: draws }, (_, d) => orders.slice(d * count, (d + 1) * count).join()),
    );
    assert.deepEqual(seen, new Set(everyOrder(count).map((order) => order.join())));
  }
  const drawn = permutationOrders(10, 500, 3);
  assert.equal(drawn.enumerated, false);
  assert.deepEqual(drawn, permutationOrders(10, 500, 3));
  assert.notDeepEqual(drawn, permutationOrders(10, 500, 4));
  for (let d = 0; d < 500; d++) {
    assert.equal(new Set(drawn.orders.slice(d * 10, (d + 1) * 10)).size, 10);
  }
  assert.throws(() => permutationOrders(10, "enumerate", 1), /up to 9 elements/);
});

Deno.test("the p-value equals rebuilding the shift-share for every order of five elements", () => {
  for (const sum of [1, undefined]) {
    const panel = exposedPanel(randomStream(6), 30, 5, 3, { effect: 0.4, sum });
    const { columns, shares, shocks } = panel;
    const weights = "weight";
    const fit = feols("y ~ s + z | unit + year", columns, { weights, fixefTol: 1e-12 });
    for (const hypothesis of [0, 0.3]) {
      const result = permuteShocks(fit, {
        regressor: "s",
        shares,
        shocks,
        period: "year",
        null: hypothesis,
      });
      assert.equal(result.enumerated, true);
      assert.equal(result.draws, 120);
      const tested = {
        ...columns,
        v: columns.y.map((value, i) => value - hypothesis * columns.s[i]),
      };
      const options = { weights, fixefTol: 1e-12, vcov: "iid" } as const;
      const residual = feols("v ~ z | unit + year", tested, options).residuals;
      const statistic = (order: number[]) => {
        let total = 0;
        residual.forEach((value, i) => {
          const t = columns.year[i] - 2000;
          const mean = order.reduce((a, e) => a + shocks.values[e][t], 0) / 5;
          order.forEach((f, e) => {
            total += columns.weight[i] * value * shares.values[columns.unit[i]][e] *
              (shocks.values[f][t] - mean);
          });
        });
        return total;
      };
      const own = statistic([0, 1, 2, 3, 4]);
      const reached = everyOrder(5).filter((order) =>
        Math.abs(statistic(order)) >= Math.abs(own) * (1 - 1e-9)
      );
      assertRelative(result.statistic, own, 1e-7, "statistic");
      assertRelative(result.pvalue, reached.length / 120, SAME, "p-value");
      if (sum === 1) {
        assertRelative(result.recentredEstimate, fit.coef("s"), 1e-8, "recentring is idle");
      }
    }
  }
});

Deno.test("two elements can only be swapped: p is 1, and so is the whole line the set", () => {
  const panel = exposedPanel(randomStream(3), 20, 2, 4, { effect: 1 });
  const fit = feols("y ~ s | unit + year", panel.columns);
  const { shares, shocks } = panel;
  const result = permuteShocks(fit, { regressor: "s", shares, shocks, period: "year" });
  assert.equal(result.draws, 2);
  assert.equal(result.pvalue, 1);
  assert.equal(result.confidenceSet?.shape, "whole line");
});

Deno.test("random permutations agree with all of them, and the set is where p exceeds 5 %", () => {
  const panel = exposedPanel(randomStream(12), 35, 8, 6, { effect: 0.3, common: 0.5 });
  const fit = feols("y ~ s | unit + year", panel.columns);
  const { shares, shocks } = panel;
  const spec = { regressor: "s", shares, shocks, period: "year", null: 0.1 };
  const exact = permuteShocks(fit, { ...spec, draws: "enumerate" });
  const drawn = permuteShocks(fit, { ...spec, draws: 4000, seed: 2 });
  assert.equal(exact.draws, 40320);
  assert.equal(drawn.enumerated, false);
  // Four standard errors of a share over 4,000 draws.
  const error = 4 * Math.sqrt(exact.pvalue * (1 - exact.pvalue) / 4000);
  assert.ok(Math.abs(drawn.pvalue - exact.pvalue) < error, `${drawn.pvalue} ${exact.pvalue}`);
  assert.equal(exact.confidenceSet?.shape, "interval");
  const [[low, high]] = exact.confidenceSet!.intervals;
  const at = (value: number) =>
    permuteShocks(fit, { ...spec, null: value, draws: "enumerate", invert: false }).pvalue;
  for (const [edge, inwards] of [[low, 1], [high, -1]]) {
    assert.ok(at(edge + 1e-6 * inwards * (high - low)) > 0.05);
    assert.ok(at(edge - 1e-6 * inwards * (high - low)) <= 0.05);
  }
  assert.equal(permuteShocks(fit, { ...spec, invert: false }).confidenceSet, undefined);
});

Deno.test("with ten elements permutation keeps its size where AKM and clusters by unit do not", () => {
  const samples = 200;
  const rejected = { permutation: 0, unit: 0 };
  for (let d = 0; d < samples; d++) {
    const panel = exposedPanel(randomStream(1000 + d), 35, 10, 6, { persistence: 0.7 });
    const fit = feols("y ~ s | unit + year", panel.columns, { vcov: { cluster: "unit" } });
    const { shares, shocks } = panel;
    const spec = { regressor: "s", shares, shocks, period: "year" };
    if (permuteShocks(fit, { ...spec, draws: 199, seed: d, invert: false }).pvalue <= 0.05) {
      rejected.permutation++;
    }
    if (fit.pvalue("s") <= 0.05) rejected.unit++;
  }
  // Three standard errors over 200 samples; the slow tests narrow this and add AKM.
  const error = 3 * Math.sqrt(0.05 * 0.95 / samples);
  assert.ok(Math.abs(rejected.permutation / samples - 0.05) < error, `${rejected.permutation}`);
  assert.ok(rejected.unit / samples > 0.15, `clusters by unit reject ${rejected.unit}`);
});
