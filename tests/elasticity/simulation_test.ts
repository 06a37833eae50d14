import { flowSlope, monteCarlo, simulatePatentPanel } from "@ree/elasticity";
import assert from "node:assert/strict";

const numbers = (panel: ReturnType<typeof simulatePatentPanel>, name: string) =>
  panel.getColumn(name).toArray().map(Number);

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((s, v) => s + v, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += (value - ma) * (b[i] - mb);
    aa += (value - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}

Deno.test("a simulated panel says so in every row and holds sectors × years", () => {
  const panel = simulatePatentPanel({ sectors: 5, years: 7, seed: 1 });
  assert.equal(panel.height, 35);
  assert.deepEqual([...new Set(panel.getColumn("origin").toArray())], ["SIMULATED"]);
  assert.deepEqual([...new Set(numbers(panel, "year"))], [
    2003,
    2004,
    2005,
    2006,
    2007,
    2008,
    2009,
  ]);
});

Deno.test("the same seed gives the same panel, another seed another", () => {
  const csv = (seed: number) =>
    simulatePatentPanel({ sectors: 4, years: 5, seed }).writeCSV().toString();
  assert.equal(csv(7), csv(7));
  assert.notEqual(csv(7), csv(8));
});

Deno.test("technology follows the stock slope: without noise changes differ between years as b·price does", () => {
  const panel = simulatePatentPanel({
    sectors: 2,
    years: 6,
    sigma: [0.3, 0.3],
    psi: 0.8,
    noise: 0,
  });
  const price = numbers(panel, "log_relative_price");
  const own = numbers(panel, "stock_element");
  const rest = numbers(panel, "stock_other");
  const ratio = own.map((value, i) => Math.log(value / rest[i]));
  // Both sectors share δ_t: differences of differences are ψ·b times those of prices.
  for (let t = 1; t < 6; t++) {
    const left = ratio[t] - ratio[0] - (ratio[6 + t] - ratio[6]);
    const right = price[t] - price[0] - (price[6 + t] - price[6]);
    assert.ok(Math.abs(left - 0.8 * flowSlope(0.3, 0.8) * right) < 1e-10);
  }
});

Deno.test("knowledge accumulates the patents of the panel", () => {
  const panel = simulatePatentPanel({ sectors: 3, years: 8, dynamics: "state", depreciation: 0.2 });
  for (const kind of ["element", "other"]) {
    const patents = numbers(panel, `patents_${kind}`);
    const knowledge = numbers(panel, `knowledge_${kind}`);
    for (let i = 0; i < 23; i++) {
      if (i % 8 === 7) continue;
      assert.ok(
        Math.abs(knowledge[i + 1] - (0.8 * knowledge[i] + patents[i])) < 1e-6 * knowledge[i],
      );
    }
  }
});

Deno.test("zero inflation is the share of zeros; low means make many more", () => {
  const share = (options: Parameters<typeof simulatePatentPanel>[0]) => {
    const counts = numbers(
      simulatePatentPanel({ sectors: 60, years: 20, ...options }),
      "patents_element",
    );
    return counts.filter((count) => count === 0).length / counts.length;
  };
  assert.ok(share({}) < 0.01);
  assert.ok(Math.abs(share({ zeroInflation: 0.4 }) - 0.4) < 0.05);
  assert.ok(share({ meanPatents: { element: 0.5, other: 20 } }) > 0.45);
});

Deno.test("the instrument moves the price and is unrelated to the innovation shock, with which the price error is correlated", () => {
  const panel = simulatePatentPanel({
    sectors: 200,
    years: 10,
    sigma: 1,
    endogeneity: 0.8,
    psi: 1,
    seed: 5,
  });
  const rest = numbers(panel, "stock_other");
  const ratio = numbers(panel, "stock_element").map((value, i) => Math.log(value / rest[i]));
  const instrument = numbers(panel, "instrument");
  const price = numbers(panel, "log_relative_price");
  assert.ok(correlation(instrument, price) > 0.4);
  // σ = 1: the slope is 0 and the ratio holds effects and the shock alone.
  assert.ok(Math.abs(correlation(instrument, ratio)) < 0.06);
  assert.ok(correlation(price, ratio) > 0.12);
});

Deno.test("options out of range are refused by name", () => {
  assert.throws(() => simulatePatentPanel({ sigma: 2.5, psi: 1 }), /sigma 2.5 with psi 1/);
  assert.throws(() => simulatePatentPanel({ psi: 0 }), /psi/);
  assert.throws(() => simulatePatentPanel({ zeroInflation: 1.2 }), /zeroInflation is 1.2/);
  assert.throws(() => simulatePatentPanel({ endogeneity: -2 }), /endogeneity is -2/);
  assert.throws(() => simulatePatentPanel({ sectors: 3, sigma: [1, 1] }), /2 values for 3 sectors/);
  assert.throws(() => simulatePatentPanel({ seed: 0.5 }), /seed/);
});

Deno.test("a Monte Carlo study gives the same rows with no, one and two workers, and reports progress", async () => {
  const task = {
    simulation: { sectors: 6, years: 8 },
    estimation: { design: "counts", psi: 1, pooling: "empirical-bayes" },
    replications: 12,
    seed: 3,
  } as const;
  const progress: number[] = [];
  const alone = await monteCarlo({
    ...task,
    workers: 0,
    onProgress: (done) => progress.push(done),
  });
  assert.deepEqual(progress, [5, 10, 12]);
  for (const workers of [1, 2]) {
    const spread = await monteCarlo({ ...task, workers });
    assert.deepEqual(spread.rows, alone.rows);
    assert.equal(spread.workers, workers);
  }
  await assert.rejects(monteCarlo({ ...task, replications: 0 }), /0 replications/);
});

Deno.test("in all four designs a small study is unbiased within its error and intervals hold σ about as often as they say", async () => {
  for (const design of ["flow", "stock", "state", "counts"] as const) {
    const { summary } = await monteCarlo({
      simulation: {
        sigma: { mean: 0.6, sd: 0.15 },
        dynamics: design === "state" ? "state" : "static",
      },
      estimation: { design, psi: 1, pooling: "empirical-bayes" },
      replications: 60,
      workers: 2,
      seed: 21,
    });
    assert.equal(summary.failed, 0);
    assert.ok(Math.abs(summary.bias) < 0.02 + 2 * summary.biasSe, `${design}: ${summary.bias}`);
    for (const coverage of [summary.coverageSector, summary.coveragePooled]) {
      assert.ok(coverage > 0.92 && coverage < 0.98, `${design}: ${coverage}`);
    }
    assert.ok(summary.coverageMean > 0.85, `${design}: ${summary.coverageMean}`);
  }
});
