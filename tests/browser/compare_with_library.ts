import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import {
  calibrate,
  countryRows,
  loadElasticities,
  marketRows,
  type Measure,
  scenarioShock,
  solveEquilibrium,
  withElasticity,
} from "@ree/equilibrium";
import * as story from "@ree/story";
import type { WhatIfSettings } from "@ree/what-if";
import { world } from "../what_if/world.ts";

/** The page and this process run the same program on the same numbers. */
const SAME = 1e-8;

/**
 * Solves the settings here, without the page's own code, and compares every price and income; then with the functions
 * of notebook 6, and compares sectors and what technology avoids.
 */
export function compareWithLibrary(csv: string, settings: WhatIfSettings): void {
  const rows: Record<string, string>[] = parse(csv, { columns: true });
  const value = (table: string, row: string, variable: string, unit: string) => {
    const found = rows.find((one) =>
      one.table === table && one.row === row && one.variable === variable && one.unit === unit
    );
    assert.ok(found !== undefined, `no ${table}, ${row}, ${variable}`);
    return Number(found.value);
  };
  const near = (page: number, own: number, what: string) =>
    assert.ok(
      Math.abs(page - own) <= SAME * Math.max(1, Math.abs(own)),
      `${what}: ${page}, ${own}`,
    );
  const { sigma, psi, supply, closure, country } = settings;
  const { economy: calibrated } = calibrate(
    world.table,
    withElasticity(loadElasticities(), "supply", supply, "elements"),
  );
  const economy = {
    ...calibrated,
    sigma: calibrated.sigma.map(() => sigma),
    psi: calibrated.psi.map(() => psi),
  };
  const measure = measureOf(settings);
  const { sectors } = measure;
  const abroad = economy.countries.filter((one) => one !== country);
  const given = scenarioShock(economy, { name: "test", measures: [measure] });
  const found = solveEquilibrium(economy, given, {
    closure: closure.startsWith("global-")
      ? { kind: closure as "global-entry", innovators: abroad, adopters: abroad }
      : { kind: closure as "fixed" },
  });
  for (const row of countryRows(economy, found)) {
    near(
      value("regions", row.country, "real income", "per mille"),
      10 * row.welfarePercent,
      row.country,
    );
    near(
      value("regions", row.country, "real income", "million USD"),
      row.income * row.welfarePercent / 100,
      `${row.country}, million USD`,
    );
  }
  const prices = marketRows(economy, found);
  for (const row of prices) {
    if (row.country !== country || !row.isElement) continue;
    if (!sectors.includes("elements") && !sectors.includes(row.sector)) continue;
    near(
      value("inputs", row.sector, "price in the restricting country", "baseline = 1"),
      1 + row.pricePercent / 100,
      `price of ${row.sector} at home`,
    );
    let [spent, weighted] = [0, 0];
    for (const market of prices) {
      if (market.sector !== row.sector || market.country === country) continue;
      const at = economy.countries.indexOf(market.country) * economy.sectors.length +
        economy.sectors.indexOf(row.sector);
      spent += economy.expenditure[at];
      weighted += economy.expenditure[at] * (1 + market.pricePercent / 100);
    }
    near(
      value("inputs", row.sector, "price abroad", "baseline = 1"),
      weighted / spent,
      `price of ${row.sector} abroad`,
    );
  }
  // What notebook 6 computes from its parameters, on the regions of the page.
  const notebook = story.ownCalibration(world.table, loadElasticities(), { sigma, supply });
  const own = story.withPsi(notebook.economy, psi);
  const analysis = story.ownAnalysis(own, story.ownScenario(own, settings), { country });
  for (const row of analysis.sectors) {
    const label = `${row.sector} ${world.sectorNames[row.sector]}`;
    near(value("sectors abroad", label, "real exports", "per mille"), row.exports, label);
    near(value("sectors abroad", label, "output", "per mille"), row.output, label);
  }
  const { mitigation, abroad: others } = analysis;
  if (!Number.isNaN(mitigation)) {
    // A ratio of two losses is as exact as the smaller of them.
    const ratio = Math.abs(others.million / others.millionFixed);
    const smallest = Math.min(1, Math.abs(others.millionFixed));
    const page = value("technology", "", "loss abroad avoided", "%");
    const gap = Math.abs(page - mitigation);
    const allowed = 100 * SAME * (1 + ratio) / smallest;
    assert.ok(gap <= allowed, `loss abroad avoided: ${page}, ${mitigation}`);
  }
  for (const { row, value: gap } of rows.filter(({ table }) => table === "residuals")) {
    assert.ok(Number(gap) <= 1e-10, `residual of ${row}: ${gap}`);
  }
}

/** The measure of the settings, written down once more. */
function measureOf(
  { country: exporter, measure, size, elements, targets }: WhatIfSettings,
): Extract<Measure, { readonly sectors: unknown }> {
  const sectors = elements[0] === "*" ? ["elements"] : elements;
  const importers = targets[0] === "*" ? "*" : targets;
  switch (measure) {
    case "quota":
      return { kind: "exportQuota", exporter, sectors, limit: size };
    case "duty":
      return { kind: "exportDuty", exporter, sectors, rate: size, importers };
    case "embargo":
      return { kind: "embargo", exporter, sectors, importers };
    default:
      return { kind: "tradeCost", exporters: [exporter], sectors, importers, factor: 1 + size };
  }
}
