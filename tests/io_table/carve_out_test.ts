import assert from "node:assert/strict";
import {
  balanceReport,
  type CarvedTable,
  carveOutElements,
  checkBalanced,
  type ElementSplits,
  industryCoefficients,
  industryOutput,
  intensityMatrices,
  type IoTable,
  reeIntensity,
  totalRequirements,
} from "@ree/io-table";
import { columnSums, rowSums } from "@ree/numeric";
import { smallEconomy, smallSplits } from "./small_economy.ts";

/** Identities after moving values of order one between cells of order ten. */
const IDENTITY = 1e-12;
const READINGS: ElementSplits["reading"][] = ["embodying user", "first user"];
const SEEDS = [1, 2, 3, 4, 5];

function close(actual: number, expected: number, tolerance: number, what: string) {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${what}: ${actual}, not ${expected}`,
  );
}

function forEach(check: (table: IoTable, carved: CarvedTable, splits: ElementSplits) => void) {
  for (const seed of SEEDS) {
    for (const reading of READINGS) {
      const table = smallEconomy(seed);
      const splits = smallSplits(reading);
      check(table, carveOutElements(table, splits), splits);
    }
  }
}

function elementRowSums(table: CarvedTable): number[] {
  const n = table.industries.length;
  return [...rowSums(table.use, n)].slice(-table.elements.length);
}

Deno.test("after the carve-out uses still equal supply and inputs plus value added equal output", () => {
  forEach((_, carved) => checkBalanced(carved, IDENTITY));
});

Deno.test("the rows of the elements sum to what was bought of them", () => {
  forEach((_, carved, { purchases, elements }) =>
    elements.forEach((element, e) => {
      const bought = purchases.filter((row) => row.element === element);
      const value = bought.reduce((sum, row) => sum + row.value, 0);
      close(elementRowSums(carved)[e], value, IDENTITY, element);
    })
  );
});

Deno.test("no industry's value added changes, and its output only by what it passed on", () => {
  forEach((table, carved) => {
    assert.deepEqual(carved.valueAdded, table.valueAdded);
    const before = industryOutput(table);
    industryOutput(carved).forEach((output, j) => {
      const passed = carved.carveOut.passedOn.get(table.industries[j]) ?? 0;
      close(output, before[j] - passed, IDENTITY, table.industries[j]);
    });
  });
});

Deno.test("the first-user reading changes nobody's output and nobody's total purchases", () => {
  const table = smallEconomy(3);
  const carved = carveOutElements(table, smallSplits("first user"));
  assert.equal(carved.carveOut.passedOn.size, 0);
  const n = table.industries.length;
  columnSums(carved.use, n).forEach((sum, j) =>
    close(sum, columnSums(table.use, n)[j], IDENTITY, table.industries[j])
  );
});

Deno.test("a buyer's total purchases fall only by what it passed on", () => {
  const table = smallEconomy(2);
  const carved = carveOutElements(table, smallSplits("embodying user"));
  const n = table.industries.length;
  assert.ok(carved.carveOut.passedOn.size > 0);
  columnSums(carved.use, n).forEach((sum, j) => {
    const passed = carved.carveOut.passedOn.get(table.industries[j]) ?? 0;
    close(sum, columnSums(table.use, n)[j] - passed, IDENTITY, table.industries[j]);
  });
});

Deno.test("total intensity is at least direct intensity, in both readings", () => {
  forEach((_, carved) => {
    const { direct, total } = intensityMatrices(carved);
    direct.forEach((d, k) => assert.ok(total[k] >= d - IDENTITY));
  });
});

Deno.test("what final demand embodies of an element is what industries bought of it, in both readings", () => {
  forEach((table, carved) => {
    const n = table.industries.length;
    const { total } = intensityMatrices(carved);
    // Final demand for industry output: output less what industries use of each other.
    const output = industryOutput(carved);
    const a = industryCoefficients(carved);
    const demand = output.map((x, i) =>
      x - output.reduce((sum, y, j) => sum + a[i * n + j] * y, 0)
    );
    elementRowSums(carved).forEach((bought, e) => {
      const embodied = demand.reduce((sum, y, j) => sum + total[e * n + j] * y, 0);
      close(embodied, bought, 1e-10, carved.elements[e]);
    });
  });
});

Deno.test("total intensity is the direct one times the full Leontief inverse", () => {
  const carved = carveOutElements(smallEconomy(4), smallSplits("embodying user"));
  const n = carved.industries.length;
  const { direct, total } = intensityMatrices(carved);
  const inverse = totalRequirements(industryCoefficients(carved));
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += direct[i] * inverse[i * n + j];
    close(total[j], sum, IDENTITY, carved.industries[j]);
  }
});

Deno.test("reeIntensity has a row per industry and element, in USD per USD of output", () => {
  const carved = carveOutElements(smallEconomy(1), smallSplits("embodying user"));
  const frame = reeIntensity(carved);
  assert.deepEqual(frame.columns, ["industry", "element", "direct", "total"]);
  assert.equal(frame.height, carved.industries.length * carved.elements.length);
  const motor = frame.toRecords().find((row) => row.industry === "motor" && row.element === "Dy");
  const j = carved.industries.indexOf("motor");
  close(Number(motor?.direct), 0.1 / industryOutput(carved)[j], IDENTITY, "motor Dy");
});

Deno.test("a purchase larger than its hosts is balanced by GRAS, and its element row keeps its total", () => {
  const table = smallEconomy(5);
  const splits = smallSplits("embodying user", 40);
  const carved = carveOutElements(table, splits);
  assert.ok(carved.carveOut.unplaced.length > 0 && carved.carveOut.iterations > 0);
  checkBalanced(carved, 1e-10);
  assert.deepEqual(carved.valueAdded, table.valueAdded);
  const bought = splits.purchases.filter(({ element }) => element === "Nd");
  close(elementRowSums(carved)[0], bought.reduce((sum, row) => sum + row.value, 0), IDENTITY, "Nd");
});

Deno.test("carving out nothing leaves the table as it was", () => {
  const table = smallEconomy(1);
  const carved = carveOutElements(table, { ...smallSplits("embodying user"), purchases: [] });
  const n = table.industries.length;
  assert.deepEqual(carved.use.slice(0, n * n), table.use);
  assert.deepEqual(elementRowSums(carved), [0, 0]);
});

Deno.test("the order of purchases of different hosts does not matter to the totals of a buyer", () => {
  const table = smallEconomy(2);
  const splits = smallSplits("embodying user");
  const reversed = { ...splits, purchases: splits.purchases.toReversed() };
  const [a, b] = [splits, reversed].map((order) =>
    intensityMatrices(carveOutElements(table, order))
  );
  a.direct.forEach((value, k) => close(b.direct[k], value, 1e-9, `cell ${k}`));
});

Deno.test("bad purchases and codes are errors that say which", () => {
  const table = smallEconomy(1);
  const splits = smallSplits("embodying user");
  const carve = (change: Partial<ElementSplits>) => () =>
    carveOutElements(table, { ...splits, ...change });
  const [first] = splits.purchases;
  assert.throws(
    carve({ purchases: [{ ...first, industry: "motors" }] }),
    /unknown industry motors; .*motor/,
  );
  assert.throws(carve({ purchases: [{ ...first, hosts: ["x"] }] }), /unknown host commodity x/);
  assert.throws(
    carve({ purchases: [{ ...first, value: -1 }] }),
    /Nd by motor .* is -1 million USD/,
  );
  assert.throws(carve({ purchases: [{ ...first, value: NaN }] }), /NaN million USD/);
  assert.throws(carve({ elements: ["car", "Nd"] }), /element car has the name of a commodity/);
  assert.throws(carve({ importColumn: "imports" }), /unknown import column imports/);
  const carved = carveOutElements(table, splits);
  assert.throws(() => carveOutElements(carved, splits), /already has element rows: Nd, Dy/);
  assert.throws(() => reeIntensity(table), /has no element rows/);
});

Deno.test("a table that does not add up is refused with the industry or commodity and the gap", () => {
  const table = smallEconomy(1);
  const use = Float64Array.from(table.use);
  use[2] += 5;
  assert.throws(
    () => checkBalanced({ ...table, use }, 1e-9),
    /industry alloy is out of balance by 5/,
  );
  assert.throws(() => balanceReport({ ...table, make: new Float64Array(3) }), /make has 3 cells/);
});
