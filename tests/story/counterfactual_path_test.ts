import { exportDuty, shockOf, smallEconomy } from "@ree/equilibrium";
import * as story from "@ree/story";
import assert from "node:assert/strict";

const economy = smallEconomy();
const quota = (year: number, tonnes: number | null, reading = "direct") => ({
  year,
  period: "year",
  group: "total",
  tonnes,
  reading,
});
const shipped = (period: string, value: number) => ({
  item: "China exports of REE",
  period,
  value,
  unit: "t",
});
const years = story.quotaPath(
  [quota(2009, 1000), quota(2010, 600), quota(2010, 1, "conflict"), quota(2011, 500), {
    ...quota(2012, null),
  }],
  [shipped("2010", 300), shipped("2010", 330), shipped("2011 Jan-Oct", 250), {
    ...shipped("2011", 7),
    item: "China exports of REE to Japan",
  }],
);
const closures = story.closuresAbroad(economy, "CHN")
  .filter(({ name }) => ["fixed", "allocation", "entry"].includes(name));
const path = story.pathRuns(economy, {
  country: "CHN",
  years: years.slice(1),
  closures,
});
const of = (closure: string, year: number) =>
  path.find((row) => row.closure === closure && row.year === year)!.run;

/** Solver tolerance 1e-11, times a few thousand cells. */
const SOLVED = 1e-8;

Deno.test("quotas are relative to the base year, and conflicting reports give a range", () => {
  assert.deepEqual(years.map(({ limit }) => limit), [1, 0.6, 0.5, null]);
  const [, first, second, last] = years;
  assert.equal(first.shipped, "300–330");
  assert.deepEqual(first.filledPercent, [50, 55]);
  assert.equal(second.shipped, "250 (Jan-Oct)");
  assert.deepEqual(second.filledPercent, [50, 50]);
  assert.equal(last.filledPercent, null);
});

Deno.test("a base year without quota is refused", () => {
  assert.throws(() => story.quotaPath([quota(2010, 600)], []), /no quota of 2009/);
  assert.throws(() => story.quotaPath([quota(2012, null)], [], 2012), /no quota of 2012/);
});

Deno.test("technology after the quota is that of its last year, and none under fixed", () => {
  for (const name of ["allocation", "entry"]) {
    assert.deepEqual(of(name, 2012).found.technology, of(name, 2011).found.technology);
    assert.ok(of(name, 2011).found.technology.element.some((value) => value > 1.01));
  }
  of("fixed", 2012).found.welfare.forEach((value) => assert.ok(Math.abs(value - 1) < SOLVED));
});

Deno.test("a tighter quota costs more, and its wedge is higher", () => {
  const prices = (year: number) => story.elementPrices(of("fixed", year), "CHN");
  assert.ok(prices(2011).outside > prices(2010).outside);
  assert.ok(prices(2011).wedgeLow > prices(2010).wedgeLow);
});

Deno.test("the duties of a year without quota are those given for it", () => {
  const there = story.pathRuns(economy, {
    country: "CHN",
    years: [{ year: 2010, tonnes: 1, limit: 0.6, shipped: "–", filledPercent: null }, {
      year: 2015,
      tonnes: null,
      limit: null,
      shipped: "–",
      filledPercent: null,
    }],
    closures: closures.slice(0, 1),
    duties: (year) =>
      economy.elements.map((sector) => ({
        country: "CHN",
        sector,
        rate: year < 2015 ? 0 : 0.2,
      })),
  });
  const duty = story.run("duty", economy, shockOf(economy, exportDuty("CHN", ["elements"], 0.2)));
  assert.ok(story.largestGap(there[1].run.found, duty.found) < SOLVED);
});

Deno.test("a quota after a year without one is refused by year", () => {
  const [, first, , last] = years;
  assert.throws(
    () =>
      story.pathRuns(economy, {
        country: "CHN",
        years: [last, { ...first, year: 2013 }],
        closures: closures.slice(0, 1),
      }),
    /quota of 2013 comes after a year without quota/,
  );
});

Deno.test("every outcome of the path starts at 0 in the base year", () => {
  const sectors = story.intensiveSectors(economy, "CHN").slice(0, 2);
  const points = story.pathPoints(path, 2009, "CHN", sectors);
  assert.equal(points.length, 4 * closures.length * 4);
  assert.ok(points.filter(({ year }) => year === 2009).every(({ value }) => value === 0));
  const first = points.find(({ year, group }) => year === 2010 && group === "fixed")!;
  const { outside } = story.elementPrices(of("fixed", 2010), "CHN");
  assert.equal(first.value, 100 * (outside - 1));
  const text = story.quotaPathFinding(points);
  assert.ok(text.includes("in 2012") && text.includes("entry") && !/NaN|undefined/.test(text));
});

Deno.test("the table of the path holds quotas, shipments, duties and wedges as text", () => {
  const rows = story.pathTable(years.slice(1), path, "CHN", () => [
    { country: "CHN", sector: "light", rate: 0.15 },
    { country: "CHN", sector: "heavy", rate: 0.25 },
  ]);
  assert.deepEqual(rows.map(({ filled }) => filled), ["50–55", "50", "–"]);
  assert.deepEqual(rows.map(({ duty }) => duty), ["15–25", "15–25", "15–25"]);
  assert.match(rows[0].wedge, /^\d+(–\d+)?$/);
  assert.equal(rows[2].wedge, "–");
});
