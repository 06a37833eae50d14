import assert from "node:assert/strict";
import { calibrate, loadElasticities, withElasticity } from "@ree/equilibrium";
import {
  carveInput,
  type CriticalInput,
  inputOfFacts,
  type WorldFlows,
  type WorldInputTable,
  worldReeTable,
} from "@ree/io-table";
import { columnSums, rowSums } from "@ree/numeric";
import { stream } from "./small_economy.ts";

/** Sums of some forty cells of order ten. */
const IDENTITY = 1e-10;

/** A random world of 2 to 5 countries and 3 to 6 sectors; users of inputs have some, but not only, empty cells. */
function randomWorld(seed: number): WorldFlows {
  const next = stream(seed);
  const countries = ["AAA", "BBB", "CCC", "DDD", "EEE"].slice(0, 2 + Math.floor(4 * next()));
  const sectors = ["c1", "c2", "c3", "c4", "c5", "c6"].slice(0, 3 + Math.floor(4 * next()));
  const size = countries.length * sectors.length;
  const cell = (scale: number, k: number) => {
    const [buyer, sector] = [Math.floor(k % size / sectors.length), k % size % sectors.length];
    const filled = buyer < 2 && sector < 2;
    const value = scale * (0.1 + next());
    return next() < 0.15 && !filled ? 0 : value;
  };
  return {
    year: 2009,
    unit: "million USD",
    countries,
    sectors,
    finalCategories: 2,
    intermediate: Float64Array.from({ length: size * size }, (_, k) => cell(10, k)),
    final: Float64Array.from({ length: size * countries.length * 2 }, (_, k) => cell(60, k)),
  };
}

function shares(labels: readonly string[], next: () => number): Record<string, number> {
  const raw = labels.map(() => 0.1 + next());
  const sum = raw.reduce((partial, value) => partial + value, 0);
  return Object.fromEntries(labels.map((label, k) => [label, raw[k] / sum]));
}

/** One or two inputs that are small beside the cells that hide them. */
function randomInputs(world: WorldFlows, seed: number): CriticalInput[] {
  const next = stream(seed);
  const pick = (labels: readonly string[]) => labels[Math.floor(labels.length * next())];
  return ["gallium", "germanium"].slice(0, 1 + Math.floor(2 * next())).map((name) => {
    const [sectors, countries] = [world.sectors.slice(0, 2), world.countries.slice(0, 2)];
    return {
      name,
      host: pick(world.sectors),
      worldValue: 0.5 + next(),
      suppliers: shares(countries, next),
      users: Object.entries(shares(sectors, next)).map(([sector, share]) => ({ sector, share })),
    };
  });
}

/** The table with inputs put back into their hosts, rows and columns. */
function folded(table: WorldInputTable, world: WorldFlows, hosts: ReadonlyMap<string, string>) {
  const [S, W, N] = [world.sectors.length, table.sectors.length, world.countries.length];
  const home = (at: number) => {
    const sector = table.sectors[at % W];
    return Math.floor(at / W) * S + world.sectors.indexOf(hosts.get(sector) ?? sector);
  };
  const [size, wide, columns] = [N * S, N * W, N * world.finalCategories];
  const intermediate = new Float64Array(size * size);
  const final = new Float64Array(size * columns);
  for (let i = 0; i < wide; i++) {
    for (let j = 0; j < wide; j++) {
      intermediate[home(i) * size + home(j)] += table.intermediate[i * wide + j];
    }
    for (let c = 0; c < columns; c++) {
      final[home(i) * columns + c] += table.final[i * columns + c];
    }
  }
  return { intermediate, final };
}

function assertSame(
  came: Float64Array,
  expected: Float64Array,
  what: string,
  tolerance = IDENTITY,
) {
  assert.equal(came.length, expected.length);
  came.forEach((value, k) =>
    assert.ok(Math.abs(value - expected[k]) < tolerance, `${what} ${k}: ${value}, ${expected[k]}`)
  );
}

function output(
  table: Pick<WorldFlows, "intermediate" | "final" | "countries" | "finalCategories">,
) {
  const size = Math.sqrt(table.intermediate.length);
  const final = rowSums(table.final, table.countries.length * table.finalCategories);
  return rowSums(table.intermediate, size).map((sum, i) => sum + final[i]);
}

Deno.test("folding inputs back into their hosts gives the old table, cell by cell", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const world = randomWorld(seed);
    const inputs = randomInputs(world, 100 + seed);
    for (const within of ["output", "purchases"] as const) {
      const table = carveInput(world, inputs, { within });
      const hosts = new Map(inputs.map(({ name, host }) => [name, host]));
      const back = folded(table, world, hosts);
      assertSame(back.intermediate, world.intermediate, `seed ${seed}, flow`);
      assertSame(back.final, world.final, `seed ${seed}, final`);
      assertSame(table.output, output(table), `seed ${seed}, output`);
      assert.ok(table.intermediate.every((value) => value >= 0), `seed ${seed}: a negative flow`);
      assert.equal(table.report.unplaced, 0);
    }
  }
});

Deno.test("an input is sold by its suppliers' and bought by its users' shares", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const world = randomWorld(seed);
    const inputs = randomInputs(world, 200 + seed);
    const table = carveInput(world, inputs);
    const [W, N] = [table.sectors.length, world.countries.length];
    for (const { name, worldValue, suppliers, users } of inputs) {
      const own = table.sectors.indexOf(name);
      world.countries.forEach((country, n) => {
        const expected = worldValue * (suppliers[country] ?? 0);
        assert.ok(Math.abs(table.output[n * W + own] - expected) < IDENTITY, `${name} ${country}`);
      });
      for (const { sector, share } of users) {
        let bought = 0;
        for (let i = 0; i < N; i++) {
          for (let n = 0; n < N; n++) {
            const buyer = n * W + table.sectors.indexOf(sector);
            bought += table.intermediate[(i * W + own) * N * W + buyer];
          }
        }
        assert.ok(Math.abs(bought - worldValue * share) < IDENTITY, `${name} ${sector} ${bought}`);
      }
    }
  }
});

Deno.test("countries that the input names use their part, the others none", () => {
  const world = { ...randomWorld(3) };
  world.intermediate.fill(5);
  const table = carveInput(world, {
    name: "tin",
    host: "c2",
    worldValue: 2,
    suppliers: { AAA: 1 },
    users: [{ sector: "c1", share: 1, countries: { AAA: 0.25, BBB: 0.75 } }],
  });
  const [W, size] = [table.sectors.length, table.output.length];
  const row = table.sectors.indexOf("tin") * size;
  world.countries.forEach((_, n) => {
    const expected = [0.5, 1.5][n] ?? 0;
    assert.ok(Math.abs(table.intermediate[row + n * W] - expected) < IDENTITY);
  });
});

Deno.test("within a sector, countries use the input in proportion to output until a cell is nine tenths full", () => {
  const world = randomWorld(5);
  const [S, N] = [world.sectors.length, world.countries.length];
  const size = S * N;
  world.intermediate.fill(5);
  world.final.fill(7);
  const input = {
    name: "tin",
    host: "c2",
    suppliers: { AAA: 1 },
    users: [{ sector: "c1", share: 1 }],
  };
  const even = carveInput(world, { ...input, worldValue: N });
  const at = (table: WorldInputTable, n: number) => {
    const [W, wide] = [table.sectors.length, table.output.length];
    return table.intermediate[table.sectors.indexOf("tin") * wide + n * W];
  };
  for (let n = 0; n < N; n++) assert.ok(Math.abs(at(even, n) - 1) < IDENTITY);
  assert.equal(even.report.redirected, 0);
  world.intermediate[1 * size + 0 * S] = 0.5; // AAA c1 buys little of AAA c2
  const tight = carveInput(world, { ...input, worldValue: N });
  assert.ok(Math.abs(at(tight, 0) - 0.45) < IDENTITY, `${at(tight, 0)}`);
  const rest = (N - 0.45) / (N - 1);
  for (let n = 1; n < N; n++) assert.ok(Math.abs(at(tight, n) - rest) < 0.05 * rest);
  assert.ok(tight.report.redirected > 0.5);
});

Deno.test("an input that just fills the purchases that hide it leaves a tenth in every cell", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const world = randomWorld(seed);
    const [S, N] = [world.sectors.length, world.countries.length];
    const host = 0 * S + 1;
    const cells = world.countries.map((_, n) => world.intermediate[host * S * N + n * S]);
    const room = 0.9 * cells.reduce((sum, cell) => sum + cell, 0);
    for (const worldValue of [room, room * (1 - 1e-16), room * (1 - 1e-12)]) {
      const input = { name: "tin", host: "c2", worldValue, suppliers: { AAA: 1 } };
      const table = carveInput(world, { ...input, users: [{ sector: "c1", share: 1 }] });
      const [W, wide] = [table.sectors.length, table.output.length];
      cells.forEach((cell, n) => {
        const left = table.intermediate[1 * wide + n * W];
        assert.ok(Math.abs(left - 0.1 * cell) < 1e-9, `seed ${seed}, ${n}: ${left}, ${cell}`);
      });
      assert.equal(table.report.unplaced, 0);
    }
  }
});

Deno.test("carving two inputs at once or one after the other gives the same table", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const world = randomWorld(seed);
    world.intermediate.forEach((value, k) => world.intermediate[k] = value + 5);
    const [first] = randomInputs(world, 300 + seed);
    const hosts = [world.sectors[0], world.sectors[1]];
    const inputs = [{ ...first, host: hosts[0] }, { ...first, name: "tin", host: hosts[1] }];
    const users = [{ sector: world.sectors[2], share: 1 }]; // no host among the users
    const apart = inputs.map((input) => ({ ...input, users }));
    const once = carveInput(world, apart, { within: "purchases" });
    const twice = carveInput(carveInput(world, apart[0], { within: "purchases" }), apart[1], {
      within: "purchases",
    });
    assert.deepEqual(twice.elements, ["gallium", "tin"]);
    assertSame(twice.intermediate, once.intermediate, `seed ${seed}`);
    assertSame(twice.output, once.output, `seed ${seed}`);
  }
});

Deno.test("an input on top of elements leaves the elements as they are and buys none of them", () => {
  const world = randomWorld(7);
  world.intermediate.forEach((value, k) => world.intermediate[k] = value + 5);
  const elements = worldReeTable(world, {
    elements: ["Nd"],
    use: [{ application: "magnets", tonnes: 20 }],
    mix: [{ application: "magnets", element: "Nd", share: 1 }],
    sectorShares: [{ application: "magnets", sector: "c1", share: 1 }],
    prices: new Map([["Nd", 30]]),
    mineShares: new Map([["AAA", 1]]),
    hosts: [{ application: "magnets", sector: "c2" }],
  });
  const [input] = randomInputs(world, 1);
  const table = carveInput(elements, { ...input, name: "tin", host: "c1" });
  assert.deepEqual(table.elements, ["Nd", "tin"]);
  assert.deepEqual(table.sectors, [...world.sectors, "Nd", "tin"]);
  const [W, size] = [table.sectors.length, table.output.length];
  const nd = table.sectors.indexOf("Nd");
  for (let n = 0; n < world.countries.length; n++) {
    const before = elements.output[n * elements.sectors.length + nd];
    assert.ok(Math.abs(table.output[n * W + nd] - before) < IDENTITY);
    for (let m = 0; m < world.countries.length; m++) {
      assert.equal(table.intermediate[(n * W + nd) * size + m * W + W - 1], 0);
    }
  }
  const back = folded(table, elements, new Map([["tin", "c1"]]));
  assertSame(back.intermediate, elements.intermediate, "flow");
});

Deno.test("a carved table calibrates", () => {
  for (let seed = 1; seed <= 5; seed++) {
    const world = randomWorld(seed);
    const inputs = randomInputs(world, 400 + seed);
    const theta = withElasticity(loadElasticities(), "theta", 5);
    const { economy } = calibrate(carveInput(world, inputs), theta);
    assert.deepEqual(economy.elements, inputs.map(({ name }) => name));
  }
});

Deno.test("inputs that cannot be meant are refused by name", () => {
  const world = randomWorld(2);
  const input: CriticalInput = {
    name: "gallium",
    host: "c2",
    worldValue: 1,
    suppliers: { AAA: 0.7, BBB: 0.3 },
    users: [{ sector: "c1", share: 0.6 }, { sector: "c3", share: 0.4 }],
  };
  const carve = (change: Partial<CriticalInput>) => () =>
    carveInput(world, { ...input, ...change });
  carve({})();
  assert.throws(
    carve({ host: "c99" }),
    /unknown gallium: host sector "c99"; expected one of c1, c2/,
  );
  assert.throws(carve({ suppliers: { CHN: 1 } }), /gallium: supplier country "CHN".*AAA, BBB/);
  assert.throws(
    carve({ suppliers: { AAA: 0.7 } }),
    /gallium: supplier shares sum to 0.7, expected 1/,
  );
  assert.throws(carve({ suppliers: { AAA: 1.5, BBB: -0.5 } }), /BBB has -0.5/);
  assert.throws(carve({ suppliers: {} }), /supplier shares sum to 0/);
  const [a, b] = input.users;
  assert.throws(carve({ users: [a] }), /gallium: user shares sum to 0.6, expected 1/);
  assert.throws(carve({ users: [a, b, { ...a }] }), /user sector c1 is given twice/);
  assert.throws(carve({ users: [{ sector: "x", share: 1 }] }), /gallium: user sector "x"/);
  assert.throws(
    carve({ users: [{ ...a, countries: { AAA: 0.5 } }, b] }),
    /country shares of c1 sum to 0.5/,
  );
  assert.throws(
    carve({ users: [{ ...a, countries: { CHN: 1 } }, b] }),
    /gallium: user country "CHN"/,
  );
  assert.throws(carve({ name: "c1" }), /c1 is already a sector of the table/);
  assert.throws(carve({ name: " " }), /has no name/);
  for (const worldValue of [0, -1, NaN, Infinity]) {
    assert.throws(
      carve({ worldValue }),
      /gallium: world value is .*; expected million USD above 0/,
    );
  }
  assert.throws(() => carveInput(world, []), /no critical input/);
  assert.throws(() => carveInput(world, [input, input]), /gallium is given twice/);
});

Deno.test("an input larger than the purchases that hide it is refused with user and gap, or rebalanced", () => {
  const world = randomWorld(2);
  const n = world.countries.length * world.sectors.length;
  world.intermediate.fill(5);
  const input = {
    name: "gallium",
    host: "c2",
    suppliers: { AAA: 1 },
    users: [{ sector: "c1", share: 1 }],
  };
  const room = 0.9 * 5 * world.countries.length;
  carveInput(world, { ...input, worldValue: room - 0.01 });
  assert.throws(
    () => carveInput(world, { ...input, worldValue: room + 3 }),
    /gallium: c1 of all countries would buy .* from AAA.* 3 million USD too much/,
  );
  const named = { ...input, users: [{ sector: "c1", share: 1, countries: { BBB: 1 } }] };
  assert.throws(
    () => carveInput(world, { ...named, worldValue: 6.5 }),
    /gallium: BBB c1 would buy 6.5 million USD of it from AAA.*4.5 million USD.* 2 million USD too much/,
  );
  const table = carveInput(world, { ...named, worldValue: 6.5 }, { tooLarge: "rebalance" });
  assert.ok(table.report.unplaced > 1.9 && table.report.iterations > 0);
  const host = new Map([["gallium", "c2"]]);
  const back = folded(table, world, host);
  const final = (one: WorldFlows["final"]) => rowSums(one, world.countries.length * 2);
  const rows = (one: Float64Array) => rowSums(one, n);
  const sales = rows(back.intermediate).map((sum, i) => sum + final(back.final)[i]);
  assertSame(sales, output(world), "sales", 1e-8);
  assertSame(columnSums(back.intermediate, n), columnSums(world.intermediate, n), "inputs", 1e-8);
});

Deno.test("an input larger than its host is refused", () => {
  const world = randomWorld(2);
  const users = [{ sector: "c1", share: 1 }];
  const input = { name: "tin", host: "c2", worldValue: 1e6, suppliers: { AAA: 1 }, users };
  assert.throws(
    () => carveInput(world, input),
    /tin of AAA .*host sector c2; expected a part below 1/,
  );
});

Deno.test("an input keeps its share in world GDP when it moves to the table's year", () => {
  const world = randomWorld(9);
  const gdp = world.final.reduce((sum, value) => sum + value, 0);
  const facts = {
    name: "tin",
    host: "c2",
    suppliers: { AAA: 1 },
    users: [{ sector: "c1", share: 1 }],
  };
  const made = inputOfFacts({ ...facts, tonnes: 400, usdPerKg: 500, worldGdp: 100 }, world);
  const share = 400 * 1000 * 500 / 100e12;
  assert.ok(Math.abs(made.worldValue / gdp - share) < 1e-12 * share);
  assert.throws(
    () => inputOfFacts({ ...facts, tonnes: 0, usdPerKg: 1, worldGdp: 1 }, world),
    /tin: tonnes is 0/,
  );
});
