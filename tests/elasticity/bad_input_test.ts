import { estimateElasticities, type EstimationChoices } from "@ree/elasticity";
import assert from "node:assert/strict";
import { exactPanel, filterPanel } from "./panels.ts";

const SIGMA = [0.2, 0.5, 0.8, 1.1];
const PANEL = exactPanel({ sigma: SIGMA, psi: 1, noise: 0.1 });
const DESIGNS = ["flow", "stock", "state", "counts"] as const;
const choices = (design: EstimationChoices["design"]): EstimationChoices => ({
  design,
  psi: 1,
  pooling: "empirical-bayes",
});
const row = (sector: string, year: number) =>
  PANEL.sector.findIndex((name, i) => name === sector && PANEL.year[i] === year);
const withCell = (name: keyof typeof PANEL, at: number, value: number | null) => ({
  ...PANEL,
  [name]: (PANEL[name] as (number | string | null)[]).map((cell, i) => i === at ? value : cell),
});
/** No cell of the result is NaN. */
function noNaN(fit: ReturnType<typeof estimateElasticities>) {
  const walk = (value: unknown): void => {
    if (typeof value === "number") assert.ok(!Number.isNaN(value));
    else if (value && typeof value === "object" && !("getColumn" in value)) {
      Object.values(value).forEach(walk);
    }
  };
  walk({ ...fit, bySector: undefined });
  for (const record of fit.bySector.toRecords()) walk(record);
}

Deno.test("a sector without any element patents is explained in every design and spoils nothing", () => {
  const silent = {
    ...PANEL,
    patents_element: PANEL.patents_element.map((value, i) =>
      PANEL.sector[i] === "sector 3" ? 0 : value
    ),
  };
  for (const design of DESIGNS) {
    const fit = estimateElasticities(silent, choices(design));
    const records = fit.bySector.toRecords();
    assert.equal(records.length, 4);
    assert.equal(records[2].sigma, null);
    assert.match(String(records[2].note), /no element patents in 12 years/);
    assert.ok([0, 1, 3].every((s) => Number.isFinite(records[s].sigma)));
    assert.equal(fit.diagnostics.sectorsUsed, 3);
    noNaN(fit);
  }
});

Deno.test("a constant price and too few years are notes of their sectors", () => {
  const constant = {
    ...PANEL,
    log_relative_price: PANEL.log_relative_price.map((value, i) =>
      PANEL.sector[i] === "sector 2" ? 0.7 : value
    ),
  };
  const short = filterPanel(
    constant,
    (i) => PANEL.sector[i] !== "sector 4" || PANEL.year[i] < 2004,
  );
  for (const design of DESIGNS) {
    const fit = estimateElasticities(short, { ...choices(design), pooling: "none" });
    assert.match(fit.sectors[1].note, /constant relative price over 12 usable years/);
    assert.match(fit.sectors[3].note, /3 usable years, at least 4 are needed/);
    noNaN(fit);
  }
});

Deno.test("zeros are dropped and counted in logs, with a warning that points to counts", () => {
  const zeros = {
    ...PANEL,
    patents_element: PANEL.patents_element.map((value, i) => i % 6 === 0 ? 0 : value),
  };
  const fit = estimateElasticities(zeros, choices("flow"));
  assert.equal(fit.diagnostics.droppedZeros, 8);
  assert.ok(fit.diagnostics.warnings.some((text) => text.includes('Design "counts" keeps them')));
  assert.equal(estimateElasticities(zeros, choices("counts")).diagnostics.rowsUsed, 48);
});

Deno.test("slopes outside the stable region are kept, marked and listed", () => {
  const steep = {
    ...PANEL,
    patents_element: PANEL.patents_element.map((value, i) =>
      PANEL.sector[i] === "sector 1" ? value * Math.exp(2 * PANEL.log_relative_price[i]) : value
    ),
  };
  const fit = estimateElasticities(steep, choices("flow"));
  const [first] = fit.sectors;
  assert.equal(first.stable, false);
  assert.ok(first.slope! > 1 && first.sigma! > 2);
  assert.equal(first.lower, -Infinity);
  assert.match(first.note, /outside the stable region/);
  assert.ok(fit.diagnostics.warnings.some((text) => text.includes("sector 1")));
  noNaN(fit);
});

Deno.test("impossible cells and repeated rows name sector and year", () => {
  const at = row("sector 2", 2005);
  const run = (panel: Parameters<typeof estimateElasticities>[0], more = {}) => () =>
    estimateElasticities(panel, { ...choices("counts"), ...more });
  assert.throws(
    run(withCell("patents_element", at, -1)),
    /patents_element of sector sector 2, year 2005 is -1, expected 0 or more/,
  );
  assert.throws(
    run(withCell("log_relative_price", at, null)),
    /log_relative_price of sector sector 2, year 2005 is missing/,
  );
  assert.throws(
    run(withCell("patents_other", at, NaN)),
    /patents_other of sector sector 2, year 2005 is NaN/,
  );
  assert.throws(run(withCell("year", at, 2004)), /sector sector 2, year 2004 occurs twice/);
  assert.throws(run(withCell("year", at, 2004.5)), /has year 2004.5/);
  const instrument = PANEL.year.map((_, i) => i === at ? null : Math.cos(i));
  assert.throws(
    run({ ...PANEL, instrument }, { instrument: "instrument" }),
    /instrument of sector sector 2, year 2005 is missing/,
  );
  assert.throws(run(PANEL, { instrument: "nothing" }), /no column "nothing"/);
  const { patents_other: _, ...without } = PANEL;
  assert.throws(run(without), /no column "patents_other"/);
});

Deno.test("options out of range are refused with what was expected", () => {
  const run = (more: object) => () =>
    estimateElasticities(PANEL, { ...choices("flow"), ...more } as EstimationChoices);
  for (const psi of [0, -1, NaN]) assert.throws(run({ psi }), /psi .*expected more than 0/);
  assert.throws(run({ psi: undefined }), /psi: design "flow" does not identify it/);
  assert.throws(run({ psi: "estimate" }), /psi: design "flow" does not identify it/);
  assert.throws(run({ design: "levels" }), /design: got "levels", expected flow, stock/);
  assert.throws(run({ pooling: "full" }), /pooling: got "full"/);
  assert.throws(run({ cluster: "industry" }), /cluster: got "industry", expected sector, none/);
  assert.throws(run({ level: 1 }), /level: got 1/);
  assert.throws(run({ bootstrap: { draws: 3, seed: 1 } }), /bootstrap: 3 draws/);
});

Deno.test("panels in which nothing is identified are errors that say why", () => {
  const one = filterPanel(PANEL, (i) => PANEL.sector[i] === "sector 1");
  assert.throws(() => estimateElasticities(one, choices("flow")), /sector|year effects/);
  const alone = estimateElasticities(one, { ...choices("flow"), yearEffects: false });
  assert.equal(alone.pooled, null);
  assert.ok(Number.isFinite(alone.sectors[0].sigma));
  const common = {
    ...PANEL,
    log_relative_price: PANEL.year.map((year) => Math.sin(year)),
  };
  assert.throws(
    () => estimateElasticities(common, choices("flow")),
    /relative prices must move differently between sectors/,
  );
  assert.throws(
    () =>
      estimateElasticities(
        { ...PANEL, patents_element: PANEL.year.map(() => 0) },
        choices("counts"),
      ),
    /no sector has a slope \(sector 1: no element patents/,
  );
  const yearly = { ...PANEL, instrument: PANEL.year.map((year) => Math.sin(year)) };
  assert.throws(
    () => estimateElasticities(yearly, { ...choices("flow"), instrument: "instrument" }),
    /instrument instrument: .*collinear with the effects/,
  );
});
