import assert from "node:assert/strict";
import { loadCriticalInputs, loadWorldTable, pickCriticalInputs } from "@ree/data";
import {
  calibrate,
  exportQuota,
  loadElasticities,
  shockOf,
  solveEquilibrium,
} from "@ree/equilibrium";
import { loadWorldReeTable } from "@ree/equilibrium/world";
import { loadWorldWithInputs, RARE_EARTHS } from "@ree/equilibrium/world-inputs";

/** Flows of up to some 10⁵ million USD, split and summed again. */
const FOLDED = 1e-6;

Deno.test("gallium and germanium come out of the world table and fold back into it", () => {
  const published = loadWorldTable(2009);
  const table = loadWorldWithInputs(["gallium", "germanium"]);
  assert.deepEqual(table.elements, ["gallium", "germanium"]);
  const [S, W] = [published.sectors.length, table.sectors.length];
  const host = published.sectors.indexOf("c12");
  const home = (at: number) => Math.floor(at / W) * S + (at % W < S ? at % W : host);
  const [size, wide] = [published.countries.length * S, table.output.length];
  const back = new Float64Array(size * size);
  for (let i = 0; i < wide; i++) {
    for (let j = 0; j < wide; j++) {
      back[home(i) * size + home(j)] += table.intermediate[i * wide + j];
    }
  }
  let gap = 0;
  back.forEach((value, k) => gap = Math.max(gap, Math.abs(value - published.intermediate[k])));
  assert.ok(gap < FOLDED, `${gap}`);
  const gdp = published.final.reduce((sum, value) => sum + value, 0);
  for (const { name, tonnes, usdPerKg, worldGdp } of loadCriticalInputs()) {
    const j = table.sectors.indexOf(name);
    const world = table.countries.reduce((sum, _, n) => sum + table.output[n * W + j], 0);
    const share = tonnes * 1e3 * usdPerKg / (worldGdp * 1e12);
    assert.ok(Math.abs(world / gdp / share - 1) < 1e-9, name);
  }
});

Deno.test("an input on top of the rare earths leaves them as they are, and a quota on it alone solves", () => {
  const both = loadWorldWithInputs([RARE_EARTHS, "gallium"]);
  const alone = loadWorldReeTable();
  assert.deepEqual(both.elements, [...alone.elements, "gallium"]);
  const output = (table: typeof both, sector: string) =>
    table.countries.map((_, n) =>
      table.output[n * table.sectors.length + table.sectors.indexOf(sector)]
    );
  for (const element of alone.elements) {
    const before = output(alone, element);
    output(both, element).forEach((value, n) => assert.ok(Math.abs(value - before[n]) < FOLDED));
  }
  const { economy } = calibrate(both, loadElasticities());
  const shock = shockOf(economy, exportQuota("CHN", ["gallium"], 0.6));
  const found = solveEquilibrium(economy, shock, { closure: { kind: "allocation" } });
  assert.ok(found.quotaWedge[0] > 0);
  const price = (element: string) =>
    found
      .price[
        economy.countries.indexOf("JPN") * economy.sectors.length + economy.sectors.indexOf(element)
      ];
  assert.ok(price("gallium") > 1.5 && Math.abs(price("Nd") - 1) < 0.05);
});

Deno.test("rare earths alone are the table of the rare earths", () => {
  const [a, b] = [loadWorldWithInputs([RARE_EARTHS], { year: 2010 }), loadWorldReeTable(2010)];
  assert.deepEqual(a.output, b.output);
  assert.equal(a.year, 2010);
});

Deno.test("unknown names, and an input that does not fit, are refused", () => {
  assert.throws(
    () => loadWorldWithInputs(["galium"]),
    /unknown critical input "galium"; expected one of rare-earths, gallium, germanium/,
  );
  assert.throws(
    () => loadWorldWithInputs([]),
    /no critical input named; expected some of rare-earths/,
  );
  const [gallium] = pickCriticalInputs(loadCriticalInputs(), ["gallium"]);
  const huge = { ...gallium, usdPerKg: 1e6 };
  assert.throws(() => loadWorldWithInputs(["gallium"], { facts: [huge] }), /gallium/);
  const lost = { ...gallium, suppliers: { CNH: 1 } };
  assert.throws(
    () => loadWorldWithInputs(["gallium"], { facts: [lost] }),
    /gallium: supplier country "CNH"; expected one of AUS/,
  );
});
