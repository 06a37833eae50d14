import assert from "node:assert/strict";
import { packWorld, regionsOf, unpackWorld } from "@ree/what-if";
import { choices, whole, world } from "./world.ts";

/** Sums over countries are taken in another order. */
const SUM_TOLERANCE = 1e-9;

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

Deno.test("every country of the table belongs to exactly one region", () => {
  const members = world.regions.flatMap(({ countries }) => countries);
  assert.deepEqual(members.toSorted(), whole.countries.toSorted());
  assert.deepEqual(
    world.regions.map(({ code }) => code).toSorted(),
    world.table.countries.toSorted(),
  );
});

Deno.test("countries that no list knows belong to the rest of the world, and empty regions are left out", () => {
  const regions = regionsOf(["CHN", "XYZ", "FRA", "RoW"]);
  assert.deepEqual(regions.map(({ code, countries }) => [code, countries]), [
    ["CHN", ["CHN"]],
    ["EU", ["FRA"]],
    ["RoW", ["XYZ", "RoW"]],
  ]);
  assert.throws(() => regionsOf([]), /no countries/);
});

Deno.test("putting countries together keeps all flows and all sectors", () => {
  assert.deepEqual(world.table.sectors, whole.sectors);
  for (const key of ["intermediate", "final", "output"] as const) {
    const [before, after] = [sum(whole[key]), sum(world.table[key])];
    assert.ok(Math.abs(after / before - 1) < SUM_TOLERANCE, `${key}: ${before} became ${after}`);
  }
});

Deno.test("a packed world comes back through JSON with every bit", async () => {
  const back = await unpackWorld(JSON.parse(JSON.stringify(await packWorld(world))));
  assert.deepEqual(
    back,
    JSON.parse(
      JSON.stringify(world),
      (key, value) =>
        ["intermediate", "final", "output"].includes(key) ? world.table[key as "final"] : value,
    ),
  );
  for (const key of ["intermediate", "final", "output"] as const) {
    assert.deepEqual(
      new BigUint64Array(back.table[key].buffer),
      new BigUint64Array(world.table[key].buffer),
    );
  }
});

Deno.test("a packed world whose numbers do not fit its labels is refused", async () => {
  const packed = await packWorld(world);
  const table = { ...packed.table, countries: packed.table.countries.slice(1) };
  await assert.rejects(unpackWorld({ ...packed, table }), /bytes of numbers, expected/);
});

Deno.test("only single countries that sell elements abroad can restrict, and the largest seller stands first", () => {
  const sellers = choices.countries.filter(({ single, sells }) => single && sells.length > 0);
  assert.ok(sellers.length > 1);
  assert.equal(choices.defaults.country, "CHN");
  assert.ok(!sellers.some(({ code }) => code === "RoW" || code === "EU"));
});
