import assert from "node:assert/strict";
import { eventPanel, inference, QUOTA_CUT, sizeStudy, weightDraws } from "@ree/event-study";
import { usReeTable } from "@ree/io-table";
import { loadElements, loadFacts, loadJudged, loadMakeUse } from "@ree/data";
import { ELEMENTS, pricePanel } from "@ree/io-table";
import { hardToReplace } from "@ree/elasticity";
import { fieldElementExposure, fieldIndustries, patentPanel } from "@ree/panels";
import pl from "nodejs-polars";

const facts = loadFacts();
const judged = loadJudged();

function patents(economies: readonly string[]) {
  const frame = patentPanel().filter(pl.col("iso3").isIn([...economies]));
  return eventPanel({
    name: "Patent families",
    unitName: "field",
    estimator: "poisson",
    frame,
    columns: { unit: "field", economy: "iso3", outcome: "patent_families" },
    exposure: fieldElementExposure(),
    prices: pricePanel(facts, judged),
    quotas: facts.quotas,
    scores: hardToReplace(ELEMENTS, loadElements(), { measure: "distance" }),
  });
}

Deno.test("the panel from the frame has the frame's rows, exposures that sum over elements, and zero shifts in the base year", () => {
  const panel = patents(["JPN", "USA"]);
  assert.equal(panel.unit.length, 35 * 2 * 21);
  panel.unit.forEach((_, row) => {
    const sum = ELEMENTS.reduce(
      (partial, element) => partial + panel.elementExposure![element][row],
      0,
    );
    assert.ok(Math.abs(sum - panel.exposures.total[row]) < 1e-9 * Math.max(1, sum));
    if (panel.year[row] === 2009) assert.ok(Math.abs(panel.priceShift[row]) < 1e-12);
    const shift = ELEMENTS.reduce(
      (partial, element) =>
        partial +
        panel.elementExposure![element][row] *
          (panel.shocks!.get(`${element} ${panel.year[row]}`) ?? 0),
      0,
    );
    assert.ok(
      Math.abs(shift - panel.priceShift[row]) < 1e-9 * Math.max(1, Math.abs(shift)),
      `row ${row}`,
    );
    if (panel.year[row] < 2010 || panel.year[row] > 2014) assert.equal(panel.quotaShift[row], 0);
  });
});

Deno.test("inference judges one estimate by several methods and repeats with its seed", () => {
  const panel = patents(["JPN", "USA", "DEU"]);
  const draws = { bootstrap: 199, permutations: 199, seed: 3 };
  const rows = inference(panel, QUOTA_CUT, draws);
  for (const regressor of ["after x exposure", "exposure x log price"]) {
    const own = rows.filter((row) => row.regressor === regressor);
    assert.ok(own.length >= 3);
    assert.equal(new Set(own.map(({ estimate }) => estimate)).size, 1, regressor);
    for (const { pvalue } of own) assert.ok(pvalue === null || pvalue > 0 && pvalue <= 1);
  }
  assert.deepEqual(inference(panel, QUOTA_CUT, draws), rows);
});

Deno.test("a size study finds a large effect and rejects a true null less often", () => {
  const panel = { ...patents(["USA"]), economy: null };
  const common = { design: "own errors", repetitions: 25, draws: 99, seed: 1 } as const;
  const rate = (effect: number) =>
    sizeStudy(panel, QUOTA_CUT, { ...common, effect }).find(({ method }) =>
      method.startsWith("wild")
    )!.rejected;
  assert.ok(rate(0.4) > 80, "power");
  assert.ok(rate(0) < 30, "size");
});

Deno.test("weight draws scatter around the exposure of the fields, and unexposed fields stay at zero", () => {
  const us = usReeTable(loadMakeUse(2007), facts, judged);
  const groups = fieldIndustries(facts.applicationIndustries);
  const draws = weightDraws(us.table, us.factors, { draws: 60, seed: 2 }, groups);
  assert.equal(draws.length, 60);
  const exposure = fieldElementExposure();
  exposure.units.forEach((field, f) => {
    const width = exposure.elements.length;
    const central = exposure.values.slice(f * width, (f + 1) * width).reduce((a, b) => a + b, 0);
    const values = draws.map((draw) => draw.get(field)!);
    if (central === 0) assert.ok(values.every((value) => value === 0), field);
    else {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      assert.ok(
        mean > 0.6 * central && mean < 1.6 * central,
        `${field}: ${mean} around ${central}`,
      );
    }
  });
});
