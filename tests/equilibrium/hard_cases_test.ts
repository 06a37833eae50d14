import assert from "node:assert/strict";
import {
  embargo,
  exportQuota,
  resourceChange,
  shockOf,
  smallEconomy,
  solveEquilibrium,
  tariff,
} from "@ree/equilibrium";
import { lnWedgeOf, wedgeSlope } from "../../lib/equilibrium/quota_rule.ts";

const economy = smallEconomy();
const all = (value: number) => economy.sectors.map(() => value);
const variant = (sigma: number, eta: number, theta: number) => ({
  ...economy,
  sigma: Float64Array.from(all(sigma)),
  eta: Float64Array.from(all(eta)),
  theta: Float64Array.from(all(theta)),
});

Deno.test("a rounded quota rule goes over into the exact one, and its slope is its derivative", () => {
  for (const y of [-2, -0.1, 0, 0.1, 2, 40]) {
    assert.equal(lnWedgeOf(y, 0), Math.max(0, y));
    assert.ok(Math.abs(lnWedgeOf(y, 1e-4) - Math.max(0, y)) < 1e-4);
    for (const width of [1, 0.1]) {
      const h = 1e-6;
      const slope = (lnWedgeOf(y + h, width) - lnWedgeOf(y - h, width)) / (2 * h);
      assert.ok(Math.abs(slope - wedgeSlope(y, width, false)) < 1e-6, `${y} ${width}`);
    }
  }
  assert.equal(wedgeSlope(0, 0, true), 1);
  assert.equal(wedgeSlope(0, 0, false), 0);
});

Deno.test("θ from 1.5 to 20, σ and η 0 to 1.5, quota cuts to 99 %, several shocks: tight residuals", () => {
  const shocks = [
    () => shockOf(economy, exportQuota("CHN", ["elements"], 0.01)),
    () => shockOf(economy, exportQuota("CHN", ["heavy"], 0.3), tariff("USA", "CHN", "*", 1)),
    () => shockOf(economy, embargo("CHN", ["elements"], ["JPN"])),
    () => shockOf(economy, embargo("CHN", ["elements"])),
    () =>
      shockOf(
        economy,
        exportQuota("CHN", ["elements"], 0.6),
        resourceChange("RoW", ["elements"], 10),
        tariff("CHN", "USA", "*", 0.5),
      ),
  ];
  for (const theta of [1.5, 6, 20]) {
    for (const [sigma, eta] of [[0.5, 0.5], [1, 1], [0, 0.5], [1.5, 1.5]]) {
      for (const [k, shock] of shocks.entries()) {
        const found = solveEquilibrium(variant(sigma, eta, theta), shock(), {
          closure: { kind: "allocation" },
        });
        for (const [block, gap] of Object.entries(found.residuals)) {
          assert.ok(gap <= 1e-11, `theta ${theta}, sigma ${sigma}, shock ${k}: ${block} ${gap}`);
        }
      }
    }
  }
});

Deno.test("the elements of nobody: an embargo by every producer is refused with the reason", () => {
  const producers = economy.countries.filter((_, n) =>
    economy.revenue[n * economy.sectors.length + economy.sectors.indexOf("heavy")] > 0
  );
  const measures = producers.map((country) => embargo(country, ["heavy"]));
  assert.throws(
    () => solveEquilibrium(economy, shockOf(economy, ...measures)),
    /no equilibrium: no supplier of heavy is left for \w+, and .+ cannot do without it/,
  );
});
