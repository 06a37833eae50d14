import { loadFacts, loadPublishedEffects } from "@ree/data";
import { embargo, exportQuota, shockOf, smallEconomy } from "@ree/equilibrium";
import * as story from "@ree/story";
import assert from "node:assert/strict";

const economy = smallEconomy();
const quota = story.run(
  "fixed",
  story.withSigma(economy, 0.5),
  shockOf(economy, exportQuota("CHN", ["elements"], 0.6)),
);
const price = (element: string, year: number, usdPerKg: number) => ({
  element,
  year,
  usdPerKg,
  reading: year === 2009 ? "direct" : "recalled",
});
const quotation = (basis: string, period: string, value: number, unit = "USD/kg", note = "") => ({
  element: "heavy",
  form: "oxide 99%",
  period,
  low: value,
  high: value,
  unit,
  basis,
  note,
});

Deno.test("price ratios need both years and an element of the economy", () => {
  const rows = story.priceRatios(
    [
      price("heavy", 2009, 10),
      price("heavy", 2011, 45),
      price("light", 2011, 3),
      price("Au", 2009, 1),
    ],
    [2009, 2011],
    [quota],
    "CHN",
  );
  assert.equal(rows.length, 1);
  assert.equal(rows[0].observed, 4.5);
  assert.equal(rows[0].reading, "direct; recalled");
  const abroad = story.meanPrice(quota, ["heavy"], (country) => country !== "CHN");
  assert.equal(rows[0]["model 0.5"], abroad);
  assert.match(story.priceRatioFinding(rows, [0.5]), /rose 4.5 times; .* at σ = 0.5/);
});

Deno.test("gaps compare prices of the same quarter or day, in the rate that the page states", () => {
  const gaps = story.priceGaps(
    [
      quotation("FOB China", "2012Q1", 40),
      quotation("China domestic", "2012-03-09", 126000, "CNY/t", "page states USD 1 = CNY 6.3"),
      quotation("China domestic", "2012-02", 10),
      quotation("China domestic", "2012-04-01", 10),
      quotation("China domestic", "2012-03-10", 126000, "CNY/t", "no rate here"),
      { ...quotation("FOB China", "2012-02", 30), form: "metal" },
    ],
    quota,
    "CHN",
    () => 1.2,
  );
  assert.deepEqual(gaps.map(({ day }) => day), ["2012-03-09", "2012-02"]);
  assert.ok(Math.abs(gaps[0].inside - 20) < 1e-12 && Math.abs(gaps[0].observed - 2) < 1e-12);
  assert.equal(gaps[1].observed, 4);
  const inside = story.meanPrice(quota, ["heavy"], (country) => country === "CHN");
  const abroad = story.meanPrice(quota, ["heavy"], (country) => country !== "CHN");
  assert.ok(Math.abs(gaps[0].model - 1.2 * abroad / inside) < 1e-12);
  assert.match(story.priceGapFinding(gaps), /2.0 to 4.0 times domestic/);
  assert.match(story.priceGapFinding([]), /no pair/);
});

Deno.test("the facts have pairs of export and domestic prices", () => {
  const named = {
    ...quota,
    economy: { ...economy, elements: ["La"], sectors: [...economy.sectors] },
  };
  named.economy.sectors[economy.sectors.indexOf("heavy")] = "La";
  const gaps = story.priceGaps(loadFacts().prices, named, "CHN", () => 1);
  assert.ok(gaps.length >= 2 && gaps.every(({ observed }) => observed > 1));
});

Deno.test("each published effect has the model's comparable number beside it", () => {
  const banned = [0.5, 1].map((sigma) => {
    const own = story.withSigma(economy, sigma);
    return story.run("fixed", own, shockOf(own, embargo("CHN", ["elements"], ["JPN"])));
  });
  const rows = story.publishedRows(loadPublishedEffects(), {
    quota,
    embargo: banned,
    restricting: "CHN",
  });
  for (const { event, effect, model, range, low } of rows) {
    assert.ok(!/NaN|undefined/.test(model + range), model);
    if (low === null) assert.equal(range, "direction only");
    if (/price/.test(effect)) assert.match(model, /^abroad × \d/);
    else if (/stop/.test(event)) assert.match(model, /σ = 1\) to .*σ = 0.5\)/);
    else assert.match(model, /^real income abroad −/);
  }
});

Deno.test("the finding on licences gives the listed elements' part of spending", () => {
  const heavy = story.run("fixed", economy, shockOf(economy, exportQuota("CHN", ["heavy"], 0.6)));
  const supply = story.foreignSupply(economy, "CHN");
  const all = supply.reduce((sum, { spending }) => sum + spending, 0);
  const own = supply.find(({ element }) => element === "heavy")!.spending;
  assert.match(
    story.licenceFinding([heavy], [quota], "CHN"),
    new RegExp(`are ${(100 * own / all).toFixed(0)} % of what`),
  );
});
