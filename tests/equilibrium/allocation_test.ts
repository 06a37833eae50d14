import assert from "node:assert/strict";
import {
  type Closure,
  type Economy,
  type Equilibrium,
  exportQuota,
  type Shock,
  shockOf,
  smallEconomy,
  solveEquilibrium,
  tariff,
} from "@ree/equilibrium";
import { listMarkets } from "../../lib/equilibrium/markets.ts";
import { newtonMarkets } from "../../lib/equilibrium/newton_markets.ts";
import { buildProblem } from "../../lib/equilibrium/problem.ts";
import { baselineState } from "../../lib/equilibrium/state.ts";
import { syntheticEconomy, uniformTariff } from "../bench/synthetic_economy.ts";
import { countArrays } from "./count_arrays.ts";
import { randomEconomy } from "@ree/validation";

Deno.test("the counter sees constructors, from, of and copying methods, and leaves no trace", () => {
  const before = Float64Array;
  const { arrays, entries } = countArrays(() => {
    const one = new Float64Array(3);
    Float64Array.from([1, 2]);
    Float64Array.of(1);
    one.map((x) => x).slice(1);
    new Int32Array(4);
  });
  assert.deepEqual({ arrays, entries }, { arrays: 6, entries: 3 + 2 + 1 + 3 + 2 + 4 });
  assert.equal(Float64Array, before);
  assert.deepEqual(Object.getOwnPropertyNames(Float64Array.prototype).sort(), [
    "BYTES_PER_ELEMENT",
    "constructor",
  ]);
});

/** Arrays and iterations of a solve to a tolerance. */
function measure(economy: Economy, shock: Shock, closure: Closure, tolerance: number) {
  let found: Equilibrium | undefined;
  const count = countArrays(() => found = solveEquilibrium(economy, shock, { closure, tolerance }));
  return { ...count, iterations: found!.iterations };
}

Deno.test("a solve makes the same arrays however many iterations it takes", () => {
  const economy = smallEconomy();
  const shock = shockOf(
    economy,
    exportQuota("CHN", ["elements"], 0.6),
    tariff("USA", "CHN", ["electronics"], 0.25),
  );
  const innovators = ["USA", "JPN", "DEU"];
  const closures: readonly Closure[] = [
    { kind: "fixed" },
    { kind: "allocation" },
    { kind: "entry" },
    { kind: "global-allocation", innovators, adopters: innovators },
    { kind: "global-entry", innovators, adopters: innovators },
  ];
  for (const closure of closures) {
    const few = measure(economy, shock, closure, 1e-2);
    const many = measure(economy, shock, closure, 1e-12);
    assert.ok(many.iterations >= 2 * few.iterations, `${few.iterations} ${many.iterations}`);
    assert.deepEqual(
      { arrays: many.arrays, entries: many.entries },
      { arrays: few.arrays, entries: few.entries },
      closure.kind,
    );
  }
});

Deno.test("a solve stopped early and one stopped late make the same arrays", () => {
  const economy = smallEconomy();
  const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.02));
  const capped = (maxIterations: number) => {
    let iterations = 0;
    const count = countArrays(() => {
      try {
        solveEquilibrium(economy, shock, { maxIterations, closure: { kind: "entry" } });
      } catch (error) {
        iterations = Number(/in (\d+) iterations/.exec(String(error))?.[1]);
      }
    });
    return { ...count, iterations };
  };
  const [short, long] = [capped(2), capped(20)];
  assert.deepEqual([short.iterations, long.iterations], [2, 20]);
  assert.deepEqual([long.arrays, long.entries], [short.arrays, short.entries]);
});

Deno.test("Newton's method makes its Jacobian's arrays once", () => {
  const { economy } = randomEconomy(5, { N: 3, J: 6, E: 2, F: 2 });
  const shock = shockOf(
    economy,
    tariff("c1", "c2", "*", 50),
    exportQuota("c1", ["elements"], 0.01),
  );
  const problem = buildProblem(economy, shock, { kind: "fixed" });
  const markets = listMarkets(problem);
  const state = baselineState(problem);
  const measure = (tolerance: number) => {
    const unknowns = new Float64Array(markets.kinds.length);
    let iterations = 0;
    const count = countArrays(() => {
      ({ iterations } = newtonMarkets(problem, state, markets, unknowns, {
        tolerance,
        maxIterations: 10_000,
      }));
    });
    return { ...count, iterations };
  };
  const [few, many] = [measure(5), measure(1e-11)];
  // A Jacobian takes one evaluation per unknown.
  assert.ok(many.iterations > 2 * markets.kinds.length && few.iterations < many.iterations);
  assert.deepEqual([many.arrays, many.entries], [few.arrays, few.entries]);
});

Deno.test("the arrays of a solve grow no faster than N²J", () => {
  const entries = [8, 16, 32].map((N) => {
    const economy = syntheticEconomy(N, 20);
    const shock = uniformTariff(economy);
    return countArrays(() => solveEquilibrium(economy, shock, { tolerance: 1e-3 })).entries;
  });
  for (let k = 1; k < entries.length; k++) {
    const growth = entries[k] / entries[k - 1]; // N doubles: 4 times the pairs, 2 times the rest
    assert.ok(growth > 1 && growth <= 4, `${entries}`);
  }
});
