import assert from "node:assert/strict";
import {
  drawWorldSplits,
  type WorldFlows,
  worldIntensity,
  type WorldReeTable,
  worldReeTable,
  type WorldSplits,
} from "@ree/io-table";
import { columnSums, dirichletSampler, rowSums } from "@ree/numeric";
import { stream } from "./small_economy.ts";

/** Identities over some 20 cells of order ten. */
const IDENTITY = 1e-10;
const COUNTRIES = ["CHN", "JPN", "USA"] as const;
const SECTORS = ["chem", "metal", "tech", "rest"] as const;
const CATEGORIES = 2;

function smallWorld(seed: number): WorldFlows {
  const next = stream(seed);
  const n = COUNTRIES.length * SECTORS.length;
  return {
    year: 2009,
    unit: "million USD",
    countries: COUNTRIES,
    sectors: SECTORS,
    finalCategories: CATEGORIES,
    intermediate: Float64Array.from({ length: n * n }, () => 10 * next()),
    final: Float64Array.from({ length: n * COUNTRIES.length * CATEGORIES }, () => 60 * next()),
  };
}

function smallWorldSplits(tonnes = 20): WorldSplits {
  return {
    elements: ["La", "Nd"],
    use: [{ application: "magnets", tonnes }, { application: "glass", tonnes: 2 * tonnes }],
    mix: [
      { application: "magnets", element: "Nd", share: 1 },
      { application: "glass", element: "La", share: 0.8 },
      { application: "glass", element: "Nd", share: 0.2 },
    ],
    sectorShares: [
      { application: "magnets", sector: "tech", share: 0.7 },
      { application: "magnets", sector: "metal", share: 0.3 },
      { application: "glass", sector: "tech", share: 1 },
    ],
    prices: new Map([["La", 5], ["Nd", 30]]),
    mineShares: new Map([["CHN", 0.9], ["USA", 0.1]]),
    hosts: [{ application: "magnets", sector: "metal" }, { application: "glass", sector: "chem" }],
  };
}

function checkIdentities(table: WorldReeTable) {
  const size = table.output.length;
  const sales = rowSums(table.intermediate, size).map((sum, i) =>
    sum + rowSums(table.final, COUNTRIES.length * CATEGORIES)[i]
  );
  const inputs = columnSums(table.intermediate, size);
  table.output.forEach((x, i) => {
    assert.ok(
      Math.abs(sales[i] - x) < IDENTITY * Math.max(1, x),
      `sales of ${i}: ${sales[i]}, ${x}`,
    );
    const costs = inputs[i] + table.valueAdded[i];
    assert.ok(Math.abs(costs - x) < IDENTITY * Math.max(1, x), `costs of ${i}`);
  });
}

function byCountry(values: Float64Array, width: number): number[] {
  return COUNTRIES.map((_, n) => values.slice(n * width, (n + 1) * width).reduce((a, b) => a + b));
}

Deno.test("the world table keeps every identity, in easy and in oversized carve-outs", () => {
  for (const seed of [1, 2, 3]) {
    const easy = worldReeTable(smallWorld(seed), smallWorldSplits(2));
    assert.equal(easy.report.unplaced, 0);
    checkIdentities(easy);
    const large = worldReeTable(smallWorld(seed), smallWorldSplits(700));
    assert.ok(large.report.unplaced > 0 && large.report.iterations > 0);
    checkIdentities(large);
  }
});

Deno.test("supply of each element is use of it, price times tonnes, by mine share", () => {
  for (const tonnes of [20, 700]) {
    const table = worldReeTable(smallWorld(4), smallWorldSplits(tonnes));
    const width = table.sectors.length;
    const value = [5 * 2 * tonnes * 0.8 / 1e3, 30 * (tonnes + 0.2 * 2 * tonnes) / 1e3];
    table.elements.forEach((_, e) => {
      [0.9, 0, 0.1].forEach((share, n) => {
        const supply = table.output[n * width + SECTORS.length + e];
        assert.ok(Math.abs(supply - share * value[e]) < 1e-9 * value[e], `${e} ${n} ${supply}`);
      });
    });
    assert.ok(Math.abs(table.report.purchases - value[0] - value[1]) < 1e-9);
  }
});

Deno.test("countries keep their gross output and value added", () => {
  const world = smallWorld(5);
  const table = worldReeTable(world, smallWorldSplits(20));
  const n = COUNTRIES.length * SECTORS.length;
  const before = rowSums(world.intermediate, n).map((sum, i) => sum + rowSums(world.final, 6)[i]);
  const inputs = columnSums(world.intermediate, n);
  const output = byCountry(table.output, table.sectors.length);
  const valueAdded = byCountry(table.valueAdded, table.sectors.length);
  byCountry(before, SECTORS.length).forEach((x, c) => assert.ok(Math.abs(x - output[c]) < 1e-9));
  byCountry(before.map((x, i) => x - inputs[i]), SECTORS.length)
    .forEach((x, c) => assert.ok(Math.abs(x - valueAdded[c]) < 1e-9));
});

Deno.test("element sectors buy no elements, and their cost shares are those of their hosts in the published table", () => {
  const world = smallWorld(6);
  const table = worldReeTable(world, smallWorldSplits(20));
  const [width, size] = [table.sectors.length, table.output.length];
  const elementColumn = 0 * width + SECTORS.length; // La of China: chem is its only host
  for (let i = 0; i < size; i++) {
    if (i % width >= SECTORS.length) {
      assert.equal(table.intermediate[i * size + elementColumn], 0);
    }
  }
  const chem = 0;
  const n = COUNTRIES.length * SECTORS.length;
  const hostOutput = rowSums(world.intermediate, n)[chem] + rowSums(world.final, 6)[chem];
  const share = world.intermediate[5 * n + chem] / hostOutput;
  const row = 1 * width + 1;
  const elementShare = table.intermediate[row * size + elementColumn] / table.output[elementColumn];
  assert.ok(Math.abs(share - elementShare) < 1e-12);
});

Deno.test("world intensities: total is at least direct, and embodied elements are the purchases", () => {
  const table = worldReeTable(smallWorld(7), smallWorldSplits(20));
  const rows = worldIntensity(table);
  assert.equal(rows.length, COUNTRIES.length * SECTORS.length * 2);
  assert.ok(rows.every(({ direct, total }) => total >= direct - 1e-12));
  const width = table.sectors.length;
  const direct = rows.reduce((sum, row) => {
    const j = COUNTRIES.indexOf(row.country as "CHN") * width + table.sectors.indexOf(row.sector);
    return sum + row.direct * table.output[j];
  }, 0);
  assert.ok(Math.abs(direct - table.report.purchases) < 1e-9);
  const embodied = rows.reduce((sum, row) => {
    const j = COUNTRIES.indexOf(row.country as "CHN") * width + table.sectors.indexOf(row.sector);
    const demand = table.final.slice(j * 6, (j + 1) * 6).reduce((a, b) => a + b);
    return sum + row.total * demand;
  }, 0);
  assert.ok(Math.abs(embodied - table.report.purchases) < 1e-9, `${embodied}`);
});

Deno.test("permuting the countries permutes the result", () => {
  const world = smallWorld(8);
  const order = [2, 0, 1];
  const [S, n] = [SECTORS.length, COUNTRIES.length * SECTORS.length];
  const old = (i: number) => order[Math.floor(i / S)] * S + i % S;
  const permuted: WorldFlows = {
    ...world,
    countries: order.map((c) => COUNTRIES[c]),
    intermediate: world.intermediate.map((_, k) =>
      world.intermediate[old(Math.floor(k / n)) * n + old(k % n)]
    ),
    final: world.final.map((_, k) =>
      world.final[old(Math.floor(k / 6)) * 6 + order[Math.floor(k % 6 / 2)] * 2 + k % 2]
    ),
  };
  const find = (rows: ReturnType<typeof worldIntensity>) =>
    rows.find((r) => r.country === "JPN" && r.sector === "tech" && r.element === "Nd")!.total;
  const a = find(worldIntensity(worldReeTable(world, smallWorldSplits())));
  const b = find(worldIntensity(worldReeTable(permuted, smallWorldSplits())));
  assert.ok(Math.abs(a - b) < 1e-14);
});

Deno.test("splits that do not add up are named", () => {
  const splits = smallWorldSplits();
  const build = (change: Partial<WorldSplits>) => () =>
    worldReeTable(smallWorld(1), { ...splits, ...change });
  assert.throws(build({ mineShares: new Map([["CHN", 0.9]]) }), /mine shares sum to 0.9/);
  assert.throws(build({ mix: splits.mix.slice(0, 2) }), /element mix of glass sum to 0.8/);
  assert.throws(
    build({ sectorShares: splits.sectorShares.slice(1) }),
    /sector shares of magnets sum to 0.3/,
  );
  assert.throws(build({ hosts: splits.hosts.slice(1) }), /magnets has no host sector/);
  assert.throws(build({ mineShares: new Map([["MARS", 1]]) }), /unknown country MARS/);
  assert.throws(build({ prices: new Map([["Nd", 1]]) }), /La has no price/);
  assert.throws(build({ elements: ["tech"] }), /element tech is already a sector/);
  assert.throws(
    build({ use: [{ application: "magnets", tonnes: 1e7 }] }),
    /expected a part below 1/,
  );
});

/** Standard errors of means over 4,000 draws are below a third of this. */
const SAMPLED = 0.01;

Deno.test("drawn splits keep tonnes and sums, have the judged shares as means, and join equal sectors", () => {
  const splits: WorldSplits = {
    ...smallWorldSplits(),
    sectorShares: [
      { application: "magnets", sector: "tech", share: 0.3 },
      { application: "magnets", sector: "metal", share: 0.3 },
      { application: "magnets", sector: "tech", share: 0.4 },
      { application: "glass", sector: "tech", share: 1 },
    ],
  };
  const sample = dirichletSampler(9);
  const sums = { tonnes: 0, la: 0, tech: 0, techSquare: 0 };
  const draws = 4000;
  for (let draw = 0; draw < draws; draw++) {
    const drawn = drawWorldSplits(splits, { use: 200, mix: 100, distribution: 20 }, sample);
    assert.ok(Math.abs(drawn.use.reduce((sum, { tonnes }) => sum + tonnes, 0) - 60) < IDENTITY);
    const own = drawn.sectorShares.filter(({ application }) => application === "magnets");
    assert.equal(own.length, 2);
    assert.ok(Math.abs(own[0].share + own[1].share - 1) < IDENTITY);
    sums.tonnes += drawn.use[0].tonnes / 60 / draws;
    sums.la += drawn.mix[1].share / draws;
    sums.tech += own[0].share / draws;
    sums.techSquare += own[0].share ** 2 / draws;
    if (draw === 0) checkIdentities(worldReeTable(smallWorld(1), drawn));
  }
  assert.ok(Math.abs(sums.tonnes - 1 / 3) < SAMPLED);
  assert.ok(Math.abs(sums.la - 0.8) < SAMPLED);
  assert.ok(Math.abs(sums.tech - 0.7) < SAMPLED);
  // Joined before the draw: variance p(1 − p)/(1 + concentration) of the joint share.
  assert.ok(Math.abs(sums.techSquare - sums.tech ** 2 - 0.7 * 0.3 / 21) < 0.1 * SAMPLED);
});
