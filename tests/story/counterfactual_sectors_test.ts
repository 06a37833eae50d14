import { exportQuota, shockOf, smallEconomy, withoutLinkages } from "@ree/equilibrium";
import * as story from "@ree/story";
import assert from "node:assert/strict";

const economy = smallEconomy();
const [N, J] = [economy.countries.length, economy.sectors.length];
const shock = shockOf(economy, exportQuota("CHN", ["elements"], 0.6));
const fixed = story.run("fixed", economy, shock);

/** Levels of the baseline hold to 1e-9 of each market, and errors add up along the chain of suppliers. */
const SUM_TOLERANCE = 1e-7;

Deno.test("elements bought by ordinary sectors are all in final demand and in what element sectors buy", () => {
  const content = story.elementContent(economy);
  const ordinary = economy.sectors.map((sector) => !economy.elements.includes(sector));
  let [bought, embodied] = [0, 0];
  for (let i = 0; i < N * J; i++) {
    if (!ordinary[i % J]) continue;
    bought += economy.revenue[i] * (1 - economy.specificShare[i]) * economy.elementShare[i];
    // Revenue of i less its sales to ordinary sectors.
    let outside = 0;
    for (let n = 0; n < N; n++) {
      const [maker, j] = [Math.floor(i / J), i % J];
      let inner = 0;
      for (let k = 0; k < J; k++) {
        if (!ordinary[k]) continue;
        const at = n * J + k;
        inner += economy.revenue[at] * (1 - economy.specificShare[at]) *
          (1 - economy.elementShare[at]) * economy.materialShare[at * J + j];
      }
      outside += economy.tradeShare[(n * N + maker) * J + j] *
        (economy.expenditure[n * J + j] - inner);
    }
    embodied += content[i] * outside;
  }
  assert.ok(bought > 0);
  assert.ok(Math.abs(embodied / bought - 1) < SUM_TOLERANCE, `${embodied} against ${bought}`);
});

Deno.test("without linkages the element content is the direct purchase; with them it is never less", () => {
  const alone = withoutLinkages(economy);
  const direct = alone.elementShare.map((share, at) => share * (1 - alone.specificShare[at]));
  story.elementContent(alone).forEach((value, at) => {
    assert.ok(Math.abs(value - direct[at]) < 1e-15);
  });
  story.elementContent(economy).forEach((value, at) => {
    assert.ok(value >= economy.elementShare[at] * (1 - economy.specificShare[at]));
    assert.ok(value < 1);
  });
});

Deno.test("points on a line have the line's slope, whatever their weights", () => {
  const sectors = [10, 50, 300].map((intensity, k) => ({
    sector: `s${k}`,
    label: `S${k}`,
    intensity,
  }));
  const changes = sectors.map(({ sector, intensity }, k) => ({
    sector,
    exports: 2 - 0.7 * intensity / 100,
    output: 0,
    exported: 5 ** k,
    produced: 1,
  }));
  assert.ok(Math.abs(story.intensitySlope(changes, sectors) + 0.7) < 1e-12);
});

Deno.test("a sector that exports nothing does not enter the slope", () => {
  const sectors = [1, 2, 3].map((intensity) => ({
    sector: `s${intensity}`,
    label: "",
    intensity: 100 * intensity,
  }));
  const change = (sector: string, exports: number, exported: number) => ({
    sector,
    exports,
    output: 0,
    exported,
    produced: 1,
  });
  const slope = story.intensitySlope(
    [change("s1", 0, 1), change("s2", 4, 1), change("s3", NaN, 0)],
    sectors,
  );
  assert.equal(slope, 4);
});

Deno.test("points of the scatter are ordinary sectors, the highest content first", () => {
  const points = story.scatterRows("fixed", fixed, "CHN");
  assert.ok(points.length > 3);
  assert.ok(points.every(({ label }) => !economy.elements.includes(label)));
  assert.ok(points.every(({ x }, k) => x > 0 && (k === 0 || x <= points[k - 1].x)));
  const [first] = points;
  assert.equal(first.y, story.sectorAbroad(fixed, first.label, "CHN").exports);
});

Deno.test("a sector nobody abroad makes is refused by name", () => {
  assert.throws(() => story.sectorAbroad(fixed, "gallium", "CHN"), /no producer of gallium/);
});

Deno.test("labels of sectors are their first words", () => {
  assert.equal(story.firstWords("Electrical and Optical Equipment"), "Electrical");
  assert.equal(story.firstWords("Manufacturing, Nec; Recycling"), "Manufacturing");
  assert.equal(story.firstWords("Inland Transport"), "Inland Transport");
});
