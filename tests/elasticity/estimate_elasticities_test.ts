import { feols } from "@ree/econometrics";
import { estimateElasticities, simulatePatentPanel } from "@ree/elasticity";
import pl from "nodejs-polars";
import assert from "node:assert/strict";
import { exactPanel, filterPanel } from "./panels.ts";

/** Without noise only the absorption's tolerance is left. */
const EXACT = 1e-6;
/** Two regressions of the same columns. */
const SAME = 1e-8;

const SIGMA = [0.1, 0.4, 0.7, 1, 1.2, 1.4];

Deno.test("flows without noise give back every σ, for several ψ", () => {
  for (const psi of [0.2, 1, 1.5]) {
    const panel = exactPanel({ sigma: SIGMA, psi });
    const { sectors } = estimateElasticities(panel, { design: "flow", psi, pooling: "none" });
    sectors.forEach(({ sigma, stable }, s) => {
      assert.ok(Math.abs(sigma! - SIGMA[s]) < EXACT, `${sigma} ${SIGMA[s]}`);
      assert.equal(stable, true);
    });
  }
});

Deno.test("stocks with slope ψ·b give back every σ", () => {
  const psi = 0.7;
  const flows = exactPanel({ sigma: SIGMA, psi });
  const panel = {
    ...flows,
    stock_element: flows.patents_element.map((value, i) => (value / flows.patents_other[i]) ** psi),
    stock_other: flows.patents_other.map(() => 1),
  };
  const { sectors } = estimateElasticities(panel, { design: "stock", psi, pooling: "none" });
  sectors.forEach(({ sigma }, s) => assert.ok(Math.abs(sigma! - SIGMA[s]) < EXACT));
});

/** ln(hR/hX) = α_s + δ_t + (1 − σ_s)(price − ψ·ln(KR/KX)), K by perpetual inventory. */
function statePanel(psi: number) {
  const { patents_element: _, ...base } = exactPanel({ sigma: SIGMA, psi, years: 14 });
  const element: number[] = [];
  const knowledge = { element: [] as number[], other: [] as number[] };
  SIGMA.forEach((sigma, s) => {
    let [own, rest] = [100 + 30 * s, 300];
    for (let t = 0; t < 14; t++) {
      const i = s * 14 + t;
      const ratio = 0.1 * s - 1 + 0.05 * t * (t % 3) +
        (1 - sigma) * (base.log_relative_price[i] - psi * Math.log(own / rest));
      knowledge.element.push(own);
      knowledge.other.push(rest);
      element.push(base.patents_other[i] * Math.exp(ratio));
      own = 0.85 * own + element[i];
      rest = 0.85 * rest + base.patents_other[i];
    }
  });
  return {
    ...base,
    patents_element: element,
    knowledge_element: knowledge.element,
    knowledge_other: knowledge.other,
  };
}

Deno.test("the state equation without noise gives back every σ, and ψ when it is not given", () => {
  for (const psi of [0.5, 1.2]) {
    const panel = statePanel(psi);
    for (const given of [psi, "estimate"] as const) {
      const fit = estimateElasticities(panel, { design: "state", psi: given, pooling: "none" });
      fit.sectors.forEach(({ sigma }, s) => assert.ok(Math.abs(sigma! - SIGMA[s]) < EXACT));
      assert.ok(Math.abs(fit.psi.value - psi) < EXACT);
      assert.equal(fit.psi.estimated, given === "estimate");
    }
  }
});

Deno.test("knowledge and stocks are built from patents when the panel has none, and the result says so", () => {
  const { knowledge_element: _k, knowledge_other: _o, ...panel } = statePanel(1);
  for (const design of ["state", "stock"] as const) {
    const { diagnostics, sectors } = estimateElasticities(panel, {
      design,
      psi: 1,
      pooling: "none",
    });
    assert.ok(diagnostics.warnings.some((text) => text.includes("perpetual inventory")));
    assert.ok(sectors.every(({ sigma }) => Number.isFinite(sigma)));
  }
});

Deno.test("patents alone recover σ in design stock to first order", () => {
  const sigma = [0.3, 0.5, 0.7, 0.9];
  const panel = exactPanel({ sigma, psi: 1, years: 40 });
  const { sectors } = estimateElasticities(panel, { design: "stock", psi: 1, pooling: "none" });
  sectors.forEach((row, s) => assert.ok(Math.abs(row.sigma! - sigma[s]) < 0.25, `${row.sigma}`));
});

Deno.test("order of rows, whole-number names of sectors and data frames make no difference", () => {
  const panel = exactPanel({ sigma: SIGMA, psi: 1, noise: 0.2 });
  const options = { design: "flow", psi: 1, pooling: "empirical-bayes" } as const;
  const expected = estimateElasticities(panel, options);
  const order = panel.year.map((_, i) => i).sort((a, b) => (a * 37) % 71 - (b * 37) % 71);
  const shuffled = Object.fromEntries(
    Object.entries(panel).map(([name, values]) => [name, order.map((i) => values[i])]),
  );
  const numbered = { ...panel, sector: panel.sector.map((name) => Number(String(name).slice(7))) };
  for (const other of [shuffled, numbered, pl.DataFrame(shuffled)]) {
    const found = estimateElasticities(other, options);
    assert.ok(Math.abs(found.pooled!.mean - expected.pooled!.mean) < SAME);
    found.sectors.forEach((row, s) => {
      assert.ok(Math.abs(row.slope! - expected.sectors[s].slope!) < SAME);
      assert.ok(Math.abs(row.upper! - expected.sectors[s].upper!) < SAME);
    });
  }
});

Deno.test("an unbalanced panel with gaps gives back σ all the same", () => {
  const full = exactPanel({ sigma: SIGMA, psi: 1, years: 16 });
  const panel = filterPanel(full, (i) => (i * 7) % 5 !== 0);
  const { sectors, diagnostics } = estimateElasticities(panel, {
    design: "flow",
    psi: 1,
    pooling: "none",
  });
  assert.equal(diagnostics.rowsUsed, panel.year.length);
  sectors.forEach(({ sigma }, s) => assert.ok(Math.abs(sigma! - SIGMA[s]) < EXACT));
});

Deno.test("slopes, residual variance and t interval are those of the regression in lib/econometrics", () => {
  const panel = exactPanel({ sigma: SIGMA, psi: 1, noise: 0.2 });
  const { sectors } = estimateElasticities(panel, {
    design: "flow",
    psi: 1,
    pooling: "none",
    cluster: "none",
  });
  const outcome = panel.patents_element.map((value, i) => Math.log(value / panel.patents_other[i]));
  const fit = feols("outcome ~ i(sector, log_relative_price) | sector + year", {
    ...panel,
    outcome,
  }, { vcov: "iid" });
  sectors.forEach(({ sector, slope }) => {
    const direct = fit.coef(`sector::${sector}:log_relative_price`);
    assert.ok(Math.abs(slope! - direct) < SAME);
  });
});

Deno.test("the interval of σ is the slope's, end by end", () => {
  const panel = exactPanel({ sigma: SIGMA, psi: 1, noise: 0.2 });
  const { sectors } = estimateElasticities(panel, { design: "flow", psi: 1, pooling: "none" });
  for (const { slope, sigma, lower, upper } of sectors) {
    assert.ok(lower! < sigma! && sigma! < upper!);
    const low = (1 - upper!) / (1 + (1 - upper!));
    const high = (1 - lower!) / (1 + (1 - lower!));
    assert.ok(Math.abs((low + high) / 2 - slope!) < SAME, "symmetric on the slope");
  }
});

Deno.test("a common slope with one instrument is two-stage least squares, reported with its diagnostics", () => {
  const panel = simulatePatentPanel({ endogeneity: 0.6, seed: 4 });
  const { diagnostics } = estimateElasticities(panel, {
    design: "flow",
    psi: 1,
    instrument: "instrument",
    pooling: "none",
  });
  const first = feols("log_relative_price ~ instrument | sector + year", panel, {
    vcov: { cluster: "sector" },
  });
  assert.ok(
    Math.abs(diagnostics.firstStage!.coefficients[0].coefficient - first.coef("instrument")) < SAME,
  );
  assert.ok(diagnostics.firstStage!.effectiveF! > diagnostics.firstStage!.criticalValue!);
  assert.equal(diagnostics.commonSlope!.andersonRubin!.shape, "interval");
  assert.ok(diagnostics.endogeneity!.pvalue < 0.01);
});

Deno.test("prices that are endogenous bias the estimate unless instrumented, in logs and in counts", () => {
  for (const design of ["flow", "counts"] as const) {
    const errors = { plain: 0, instrumented: 0 };
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
    for (const seed of seeds) {
      const panel = simulatePatentPanel({ sigma: 0.6, endogeneity: 0.7, seed });
      const choices = { design, psi: 1, pooling: "empirical-bayes" } as const;
      const plain = estimateElasticities(panel, choices).pooled!;
      const instrumented = estimateElasticities(panel, { ...choices, instrument: "instrument" });
      errors.plain += (plain.mean - 0.6) / seeds.length;
      errors.instrumented += (instrumented.pooled!.mean - 0.6) / seeds.length;
    }
    assert.ok(errors.plain < -0.2, `${design}: uninstrumented ${errors.plain}`);
    assert.ok(Math.abs(errors.instrumented) < 0.1, `${design}: ${errors.instrumented}`);
  }
});

Deno.test("two instruments are tested for over-identification", () => {
  const panel = simulatePatentPanel({ sectors: 20, seed: 3 });
  const instrument = panel.getColumn("instrument").toArray() as number[];
  const second = instrument.map((value, i) => value + Math.sin(i * 7.3));
  const { diagnostics } = estimateElasticities(
    panel.withColumn(pl.Series("second", second)),
    { design: "flow", psi: 1, instrument: ["instrument", "second"], pooling: "none" },
  );
  assert.equal(diagnostics.commonSlope!.hansenJ!.degrees, 1);
  assert.equal(diagnostics.firstStage!.coefficients.length, 2);
});

Deno.test("autocorrelated shocks are found and widen the intervals", () => {
  const ratios: number[] = [];
  for (const seed of [1, 2, 3, 4]) {
    const panel = simulatePatentPanel({
      seed,
      noisePersistence: 0.7,
      meanPatents: { element: 400, other: 900 },
    });
    const choices = { design: "flow", psi: 1, pooling: "none" } as const;
    const clustered = estimateElasticities(panel, choices);
    const independent = estimateElasticities(panel, { ...choices, cluster: "none" });
    assert.ok(Math.abs(clustered.diagnostics.autocorrelation - 0.65) < 0.2);
    assert.equal(independent.diagnostics.autocorrelation, 0);
    const mean = (fit: typeof clustered) =>
      fit.sectors.reduce((sum, row) => sum + row.slope_se!, 0) / fit.sectors.length;
    ratios.push(mean(clustered) / mean(independent));
  }
  assert.ok(ratios.every((ratio) => ratio > 1.02), `${ratios}`);
});

Deno.test("the bootstrap over sectors agrees with the standard error in size and is reproducible", () => {
  const panel = simulatePatentPanel({ seed: 6, sectors: 20 });
  const choices = {
    design: "flow",
    psi: 1,
    pooling: "empirical-bayes",
    bootstrap: { draws: 60, seed: 9 },
  } as const;
  const { pooled } = estimateElasticities(panel, choices);
  assert.deepEqual(estimateElasticities(panel, choices).pooled!.bootstrap, pooled!.bootstrap);
  const ratio = pooled!.bootstrap!.se / pooled!.se;
  assert.ok(ratio > 0.5 && ratio < 2, `${ratio}`);
  assert.equal(pooled!.bootstrap!.failed, 0);
});

Deno.test("the shares behind an instrument give the effective number of shocks", () => {
  const panel = simulatePatentPanel({ sectors: 10, years: 8, seed: 2 });
  const units = [...new Set(panel.getColumn("sector").toArray() as string[])];
  const values = units.map((_, k) => [0.1 + 0.08 * k, 0.9 - 0.08 * k]);
  const { diagnostics } = estimateElasticities(panel, {
    design: "flow",
    psi: 1,
    instrument: "instrument",
    pooling: "none",
    exposure: { units, elements: ["A", "B"], values },
  });
  assert.ok(diagnostics.effectiveShocks! > 1 && diagnostics.effectiveShocks! <= 16);
});
