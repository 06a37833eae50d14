import { exportQuota, parseElasticities, shockOf, smallEconomy } from "@ree/equilibrium";
import * as story from "@ree/story";
import assert from "node:assert/strict";
import { madeUpEstimates } from "../elasticity/made_up_estimates.ts";

const economy = smallEconomy();
const users = economy.sectors.filter((sector) => !economy.elements.includes(sector));
const members = new Map(users.map((sector) => [sector, [{ industry: sector, weight: 1 }]]));
const estimates = (variance: number) => madeUpEstimates(users, variance);
const input = (variance: number) => ({
  economy,
  elasticities: parseElasticities(
    `parameter,sector,value,low,high,source,reading\n${
      users.map((sector) => `sigma,${sector},1,0,2,made up,made up`).join("\n")
    }`,
  ),
  estimates: estimates(variance),
  shockOf: (one: typeof economy) => shockOf(one, exportQuota("CHN", ["elements"], 0.6)),
  closures: story.closuresAbroad(economy, "CHN").slice(0, 2),
  restricting: "CHN",
  sector: users[0],
  draws: 3,
  seed: 1,
  members,
});
/** Solver residuals of two solves of one economy. */
const SAME = 1e-7;

Deno.test("without uncertainty of σ every draw is the central solution, which is that of σ itself", () => {
  const found = story.sigmaUncertainty(input(0));
  const direct = story.run(
    "fixed",
    story.withSigma(economy, 0.5),
    input(0).shockOf(economy),
  );
  const loss = -story.welfareOf(direct, (country) => country !== "CHN").million;
  assert.ok(Math.abs(found.central[0].loss / loss - 1) < SAME);
  for (const draw of found.draws) {
    draw.forEach((row, k) => assert.ok(Math.abs(row.loss / found.central[k].loss - 1) < SAME));
  }
  assert.equal(found.setToZero, 0);
});

Deno.test("intervals hold the central solution and the title prints them", () => {
  const found = story.sigmaUncertainty(input(0.01));
  const intervals = story.sigmaIntervals(found);
  assert.ok(
    intervals.every(({ lower, estimate, upper }) => lower <= estimate && estimate <= upper),
  );
  assert.ok(intervals.some(({ lower, upper }) => upper > lower));
  const finding = story.sigmaUncertaintyFinding(intervals);
  assert.ok(finding.includes(intervals[0].lower.toFixed(2)));
  assert.match(story.sigmaDrawsNote(found, estimates(0.01)), /3 draws.*SIMULATED/);
});
