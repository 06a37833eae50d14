import assert from "node:assert/strict";
import { type RandomStream, randomStream } from "@ree/numeric";
import { eventStudy, feols, fepois } from "@ree/econometrics";

/**
 * A 5 % test of a true null should reject 4-6 % of the time. Over 4,000 samples a rate has a standard
 * error of 0.35 %, so that a test of exact size stays within these bounds with probability 0.996.
 */
const SAMPLES = 4_000;
const [LEAST, MOST] = [0.04, 0.06];

/** The panel's own structure: countries × sectors over years, exposure varying by sector and year. */
const [COUNTRIES, SECTORS, YEARS] = [6, 40, 8];

interface Panel {
  readonly [column: string]: Float64Array | Int32Array;
  readonly country: Int32Array;
  readonly sector: Int32Array;
  readonly year: Int32Array;
  readonly cell: Int32Array;
  readonly x: Float64Array;
  readonly error: Float64Array;
}

/** Regressor and error both follow random walks of the sector, so that rows of one sector are alike. */
function simulate(random: RandomStream, sectors = SECTORS, countries = COUNTRIES): Panel {
  const rows = countries * sectors * YEARS;
  const [country, sector, year, cell] = [0, 1, 2, 3].map(() => new Int32Array(rows));
  const [x, error] = [new Float64Array(rows), new Float64Array(rows)];
  let i = 0;
  for (let s = 0; s < sectors; s++) {
    const walks = [0, 1].map(() => {
      let level = 0;
      return Float64Array.from({ length: YEARS }, () => level += random.normal());
    });
    for (let c = 0; c < countries; c++) {
      for (let t = 0; t < YEARS; t++, i++) {
        [country[i], sector[i], year[i], cell[i]] = [c, s, t, s * countries + c];
        x[i] = walks[0][t] + random.normal();
        error[i] = walks[1][t] + random.normal();
      }
    }
  }
  return { country, sector, year, cell, x, error };
}

function rejections(pvalue: (random: RandomStream) => number): number {
  let rejected = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    if (pvalue(randomStream(10_000 + sample)) <= 0.05) rejected++;
  }
  return rejected / SAMPLES;
}

function assertSize(rate: number) {
  assert.ok(rate >= LEAST && rate <= MOST, `rejects ${(100 * rate).toFixed(2)} %`);
}

Deno.test("OLS clustered by sector has its size on a panel of sectors; robust errors do not", () => {
  let robust = 0;
  const clustered = rejections((random) => {
    const panel = simulate(random);
    const fit = feols("error ~ x | cell + year", panel, { vcov: { cluster: "sector" } });
    if (fit.withVcov("hetero").pvalue("x") <= 0.05) robust++;
    return fit.pvalue("x");
  });
  assertSize(clustered);
  assert.ok(robust / SAMPLES > 0.15, `robust errors reject ${100 * robust / SAMPLES} %`);
});

Deno.test("PPML clustered by sector has its size with many sectors", () => {
  const rate = rejections((random) => {
    // Clustered Poisson errors are right asymptotically only: with 40 sectors this rejects 8 %.
    const panel = simulate(random, 200, 2);
    const y = panel.error.map((error) => poissonDraw(random, Math.exp(0.15 * error)));
    const x = panel.x.map((value) => 0.15 * value);
    return fepois("y ~ x | cell + year", { ...panel, x, y }, {
      vcov: { cluster: "sector" },
      separation: ["fe"],
    }).pvalue("x");
  });
  assert.ok(rate >= LEAST && rate <= MOST + 0.005, `rejects ${(100 * rate).toFixed(2)} %`);
});

/** A Poisson draw by waiting times. */
function poissonDraw(random: RandomStream, mean: number): number {
  let count = -1;
  for (let left = mean; left > 0; count++) left += Math.log(1 - random.uniform());
  return count;
}

Deno.test("joint pre-trend tests and sup-t bands have their size", () => {
  let [outside, tested] = [0, 0];
  const rate = rejections((random) => {
    const panel = simulate(random);
    // Treatment of half the sectors; errors without memory, so that 5 leads can be tested with 40 clusters.
    const treated = panel.sector.map((sector) => sector % 2);
    const error = panel.error.map(() => random.normal());
    const fit = feols("error ~ i(year, treated, ref = 4) | cell + year", {
      ...panel,
      error,
      treated,
    }, { vcov: { cluster: "sector" } });
    const study = eventStudy(fit, { draws: 2_000, seed: 3 });
    tested++;
    if (study.times.some(({ bandLow, bandHigh, name }) => name && (bandLow > 0 || bandHigh < 0))) {
      outside++;
    }
    return study.pretrend!.pvalue;
  });
  assert.ok(rate >= LEAST && rate <= MOST + 0.02, `pre-trend rejects ${(100 * rate).toFixed(2)} %`);
  const missed = outside / tested;
  assert.ok(missed >= LEAST && missed <= MOST + 0.03, `band misses ${(100 * missed).toFixed(2)} %`);
});

Deno.test("Anderson-Rubin keeps its size with a weak instrument where the t test does not", () => {
  let naive = 0;
  const rate = rejections((random) => {
    const rows = 200;
    const draw = () => Float64Array.from({ length: rows }, () => random.normal());
    const [z, u, v] = [draw(), draw(), draw()];
    const endo = z.map((value, i) => 0.07 * value + 0.95 * u[i] + 0.3 * v[i]);
    const fit = feols("u ~ 1 | endo ~ z", { u, endo, z }, { vcov: "hetero" });
    if (fit.pvalue("endo") <= 0.05) naive++;
    return fit.iv!.andersonRubin!.test(0).pvalue;
  });
  assertSize(rate);
  assert.ok(naive / SAMPLES > 0.1, `t tests reject ${100 * naive / SAMPLES} %`);
});
