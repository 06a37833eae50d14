import assert from "node:assert/strict";
import { loadFacts } from "@ree/data";
import { eventPanel } from "@ree/event-study";
import { fieldElementExposure, patentPanel, recordFrame } from "@ree/panels";
import {
  confusionMatrix,
  fieldConcordance,
  labelPanel,
  LABELS,
  type PanelCell,
  panelFrame,
  UNCLASSIFIED,
} from "@ree/patents";
import * as story from "@ree/story";

/** Rounding of sums of fractional counts. */
const ROUNDING = 1e-9;

const PERFECT = confusionMatrix(
  LABELS.flatMap((label) => Array(20).fill(label)),
  LABELS.flatMap((label) => Array(20).fill(label)),
  LABELS,
);
const cell = (fields: Partial<PanelCell>): PanelCell => ({
  sector: "a",
  year: 2008,
  country: "US",
  label: "efficiency",
  count: 1,
  ...fields,
});

Deno.test("the elasticity panel sums labels and countries, fills years and leaves out what has no sector", () => {
  const rows = story.elasticityRows(
    [
      cell({}),
      cell({ country: "JP", label: "recycling", count: 0.5 }),
      cell({ label: "new-use", count: 2 }),
      cell({ sector: "b", year: 2010, label: "mention-only" }),
      cell({ sector: UNCLASSIFIED, year: 1990 }),
    ],
    PERFECT,
    { draws: 20 },
  );
  assert.deepEqual(
    rows.map((row) => [row.sector, row.year, row.patents_element, row.patents_other]),
    [["a", 2008, 1.5, 2], ["a", 2009, 0, 0], ["a", 2010, 0, 0], ["b", 2008, 0, 0], [
      "b",
      2009,
      0,
      0,
    ], ["b", 2010, 0, 1]],
  );
  assert.ok(Math.abs(rows[0].patents_element_corrected! - 1.5) < ROUNDING);
  assert.ok(rows[0].patents_element_sd! > 0);
});

Deno.test("the frame has the columns of the elasticity step once prices are joined", () => {
  const rows = story.elasticityRows([cell({}), cell({ year: 2009 })], PERFECT, { draws: 20 });
  const panel = story.elasticityFrame(rows, "SIMULATED");
  const pricesOf = (year: number) =>
    recordFrame(
      [{ sector: "a", year, log_relative_price: 0.25 }],
      { sector: "text", year: "whole", log_relative_price: "number" },
    );
  const joined = story.withRelativePrices(panel, pricesOf(2009));
  assert.deepEqual(
    joined.toRecords().map((row) => [row.sector, row.year, row.log_relative_price]),
    [["a", 2009, 0.25]],
  );
  for (
    const name of [
      "sector",
      "year",
      "patents_element",
      "patents_other",
      "log_relative_price",
      "origin",
    ]
  ) {
    assert.ok(joined.columns.includes(name), name);
  }
  assert.throws(
    () => story.withRelativePrices(panel, pricesOf(1909)),
    /none of the panel's 2 sector-years/,
  );
});

Deno.test("without a confusion matrix the corrected columns are empty and the counts stay", () => {
  const [row] = story.elasticityRows([cell({ count: 3 })], null);
  assert.deepEqual(row, {
    sector: "a",
    year: 2008,
    patents_element: 3,
    patents_other: 0,
    patents_element_corrected: null,
    patents_element_sd: null,
  });
  assert.equal(
    story.elasticityFrame([row], "given").getColumn("patents_element_sd").nullCount(),
    1,
  );
});

Deno.test("a panel that the command wrote is read back cell by cell, and a foreign label is refused", () => {
  const cells = [cell({}), cell({ country: "JP", label: "mention-only", count: 0.25 })];
  assert.deepEqual(story.panelCells(panelFrame(cells.map((one) => ({ ...one })))), cells);
  const foreign = panelFrame([{ ...cells[0], label: "magic" as PanelCell["label"] }]);
  assert.throws(() => story.panelCells(foreign), /row 0: label "magic"/);
});

Deno.test("simulated patents keep every text and repeat with the seed", () => {
  const texts = Array.from({ length: 40 }, (_, i) => ({
    id: `t${i}`,
    title: "A title",
    year: 2005 + i % 3,
    label: LABELS[i % LABELS.length],
    elements: [],
  }));
  const once = story.simulatedPatents(texts, 3);
  assert.deepEqual(story.simulatedPatents(texts, 3), once);
  assert.notDeepEqual(story.simulatedPatents(texts, 4), once);
  const panel = labelPanel(once, { concordance: fieldConcordance() });
  assert.equal(panel.unclassified, 0);
  assert.ok(
    Math.abs(panel.cells.reduce((sum, { count }) => sum + count, 0) - texts.length) < ROUNDING,
  );
});

Deno.test("the event panel gains the element-saving patents of its field, economy and year, and only those", () => {
  const panel = patentPanel();
  const field = String(panel.getColumn("field").toArray()[0]);
  const cells = [
    cell({ sector: field, country: "JP", year: 2012, label: "substitution", count: 0.5 }),
    cell({ sector: field, country: "JP", year: 2012, label: "recycling", count: 2 }),
    cell({ sector: field, country: "JP", year: 2012, label: "new-use", count: 7 }),
  ];
  const joined = story.withSavingPatents(panel, cells);
  assert.equal(joined.height, panel.height);
  const hits = joined.toRecords().filter((row) => row.patents_element !== 0);
  assert.deepEqual(hits.map((row) => [row.field, row.iso3, row.year, row.patents_element]), [[
    field,
    "JPN",
    2012,
    2.5,
  ]]);
});

Deno.test("the event studies read the new outcome from the panel", () => {
  const exposure = fieldElementExposure();
  const cells = [cell({ sector: exposure.units[0], country: "DE", year: 2011, count: 3 })];
  const panel = eventPanel({
    name: "Element-saving patents",
    unitName: "field",
    estimator: "poisson",
    frame: withSaving(cells),
    columns: { unit: "field", economy: "iso3", outcome: "patents_element" },
    exposure,
    prices: exposure.elements.map((element) => ({ element, year: 2009, usdPerKg: 1 })),
    quotas: loadFacts().quotas,
    scores: exposure.elements.map((element) => ({ element, score: 0.5 })),
  });
  const hit = panel.outcome.findIndex((value) => value > 0);
  assert.deepEqual(
    [panel.unit[hit], panel.economy![hit], panel.year[hit], panel.outcome[hit]],
    [exposure.units[0], "DEU", 2011, 3],
  );
});

const withSaving = (cells: readonly PanelCell[]) => story.withSavingPatents(patentPanel(), cells);

Deno.test("stocks of the last year fall with depreciation", () => {
  const cells = [
    cell({ year: 2008, count: 4 }),
    cell({ year: 2009, count: 1 }),
    cell({ year: 2009, label: "new-use", count: 3 }),
  ];
  const [low, high] = story.stockRows(cells, [0.1, 0.5]);
  assert.deepEqual([low.year, low.saving, low.other], [2009, 4.6, 3]);
  assert.deepEqual([high.depreciation, high.saving], [50, 3]);
});
