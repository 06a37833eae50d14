import { monteCarlo } from "@ree/elasticity";
import assert from "node:assert/strict";
import { STUDIES } from "../elasticity/studies.ts";

const REPLICATIONS = 500;
/** The bar for the bias of the mean σ. */
const BIAS = 0.02;
/** The bar for 95 % intervals of sectors: 15,000 of them, so that chance plays no part. */
const [LOWEST, HIGHEST] = [0.93, 0.97];
/** Coverage of the mean rests on 500 intervals: one and a half standard errors of a share of 0.95. */
const CHANCE = 0.015;

for (const { name, misspecified, conservative, ...task } of STUDIES) {
  Deno.test(`500 SIMULATED panels, ${name}`, async () => {
    const { summary } = await monteCarlo({ ...task, replications: REPLICATIONS, workers: 2 });
    console.log(name, summary);
    assert.equal(summary.failed, 0);
    if (misspecified) {
      assert.ok(summary.bias < -5 * BIAS, `expected to fail visibly, bias ${summary.bias}`);
      assert.ok(summary.coverageMean < 0.5, `coverage ${summary.coverageMean}`);
      return;
    }
    assert.ok(Math.abs(summary.bias) < BIAS, `bias ${summary.bias}`);
    if (conservative) {
      for (
        const coverage of [summary.coverageMean, summary.coverageSector, summary.coveragePooled]
      ) {
        assert.ok(coverage >= LOWEST, `${coverage}`);
      }
      return;
    }
    for (const coverage of [summary.coverageSector, summary.coveragePooled]) {
      assert.ok(coverage >= LOWEST && coverage <= HIGHEST, `sectors ${coverage}`);
    }
    const mean = summary.coverageMean;
    assert.ok(mean >= LOWEST - CHANCE && mean <= HIGHEST + CHANCE, `mean ${mean}`);
  });
}
