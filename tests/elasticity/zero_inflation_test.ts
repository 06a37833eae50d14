import assert from "node:assert/strict";
import { estimateColumns, type EstimationChoices } from "../../lib/elasticity/estimate_columns.ts";
import {
  simulatePatentColumns,
  type SimulationOptions,
} from "../../lib/elasticity/simulate_patent_columns.ts";

const COUNTS: EstimationChoices = { design: "counts", psi: 1, pooling: "empirical-bayes" };
/** Standard error of a share over 480 cells is 0.023. */
const SHARE = 0.06;
/** Averages of 20 panels: standard deviation of a panel's mean near 0.12 with 60 % zeros. */
const MEAN = 0.09;
const PANELS = 20;

function estimate(simulation: SimulationOptions, choices: Partial<EstimationChoices> = {}) {
  const { true_sigma: _, ...panel } = simulatePatentColumns(simulation);
  return { panel, fit: estimateColumns(panel, { ...COUNTS, ...choices }) };
}

Deno.test("zeros by a coin are found with their share and said in a warning", () => {
  for (const zeroInflation of [0.25, 0.6]) {
    const { diagnostics } = estimate({ zeroInflation, seed: 4 }).fit;
    const found = diagnostics.zeroInflation!;
    assert.ok(Math.abs(found.share - zeroInflation) < SHARE, `${found.share}`);
    assert.ok(found.applied);
    assert.match(diagnostics.warnings.join(), /zero whatever the price/);
  }
});

Deno.test("with counts of every size the share of a coin is found beside the counts' own zeros", () => {
  const shares = Array.from({ length: PANELS }, (_, k) => {
    const simulation = {
      zeroInflation: 0.5,
      meanPatents: { element: 4, other: 20 },
      seed: 100 + k,
    };
    return estimate(simulation).fit.diagnostics.zeroInflation!.share;
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / PANELS;
  assert.ok(Math.abs(mean - 0.5) < SHARE / 2, `${mean}`);
});

Deno.test("zeros of small or very uneven counts are no excess and change nothing", () => {
  const cases: SimulationOptions[] = [
    { meanPatents: { element: 0.7, other: 20 } },
    { meanPatents: { element: 4, other: 60 } },
    { meanPatents: { element: 4, other: 60 }, noise: 1 },
    { noise: 1.5 },
  ];
  for (const simulation of cases) {
    for (const seed of [1, 2, 3]) {
      const { fit } = estimate({ ...simulation, seed });
      assert.equal(fit.diagnostics.zeroInflation, null);
      const plain = estimate({ ...simulation, seed }, { zeroInflation: false }).fit;
      assert.deepEqual(fit.bySector, plain.bySector);
    }
  }
});

Deno.test("with 60 % zeros the mean is right and far less noisy than with all zeros in full", () => {
  const errors = [true, false].map((zeroInflation) =>
    Array.from({ length: PANELS }, (_, k) => {
      const { fit } = estimate({ zeroInflation: 0.6, seed: 200 + k }, { zeroInflation });
      return fit.pooled!.mean - 0.6;
    })
  );
  const [own, plain] = errors.map((list) =>
    Math.sqrt(list.reduce((sum, error) => sum + error ** 2, 0) / PANELS)
  );
  const bias = errors[0].reduce((sum, error) => sum + error, 0) / PANELS;
  assert.ok(Math.abs(bias) < MEAN, `bias ${bias}`);
  assert.ok(own < 0.7 * plain, `${own} against ${plain}`);
});

Deno.test("zeros that go with the price stay in with full weight", () => {
  const { true_sigma: _, ...panel } = simulatePatentColumns({ seed: 5 });
  const order = [...panel.log_relative_price].sort((a, b) => a - b);
  const cut = order[Math.floor(order.length / 3)];
  const element = panel.patents_element.map((value, i) =>
    panel.log_relative_price[i] < cut && i % 5 !== 0 ? 0 : value
  );
  const { diagnostics, bySector } = estimateColumns({ ...panel, patents_element: element }, COUNTS);
  assert.equal(diagnostics.zeroInflation?.applied, false);
  assert.ok(diagnostics.zeroInflation.withPrice.coefficient < 0);
  assert.match(diagnostics.warnings.join(), /go with the price/);
  const plain = estimateColumns({ ...panel, patents_element: element }, {
    ...COUNTS,
    zeroInflation: false,
  });
  assert.deepEqual(bySector, plain.bySector);
});

Deno.test("a sector with a handful of years besides its zeros is named with the reason", () => {
  const { true_sigma: _, ...panel } = simulatePatentColumns({ zeroInflation: 0.3, seed: 6 });
  const first = panel.sector[0];
  let left = 3;
  const element = panel.patents_element.map((value, i) =>
    panel.sector[i] === first && value > 0 && left-- <= 0 ? 0 : value
  );
  const { bySector } = estimateColumns({ ...panel, patents_element: element }, COUNTS);
  const [row] = bySector.filter(({ sector }) => sector === first);
  assert.equal(row.slope, null);
  assert.match(row.note, /3 usable years/);
  assert.ok(bySector.every(({ slope }) => slope === null || Number.isFinite(slope)));
});
