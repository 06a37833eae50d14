import { exportDuty, shockOf, smallEconomy, solveEquilibrium } from "@ree/equilibrium";
import { type JsonRecord, makePlan, mergeSweep, runPlan, type SweepDesign } from "@ree/sweep";
import pl from "nodejs-polars";
import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { withFolder } from "./designs.ts";

const abroad = smallEconomy().countries.filter((country) => country !== "CHN");
const roles = { innovators: abroad, adopters: abroad };

const shared: JsonRecord = {
  economies: { first: { source: "small" }, second: { source: "small" } },
  scenarios: {
    duty: {
      measures: [
        {
          kind: "exportDuty",
          exporter: "CHN",
          sectors: ["elements"],
          rate: "$rate",
          importers: "*",
        },
      ],
    },
    quota: {
      measures: [{ kind: "exportQuota", exporter: "CHN", sectors: ["heavy"], limit: 0.5 }],
      closure: { kind: "allocation" },
    },
  },
  closures: { shared: { kind: "global-entry", ...roles } },
  outputs: ["welfare", "income", {
    measure: "technologyElement",
    countries: ["DEU"],
    sectors: "*",
  }],
};

async function rowsOf(folder: string, design: Partial<SweepDesign>) {
  const sweep = join(folder, "sweep");
  await makePlan({ name: "test", kind: "equilibria", shared, shards: 1, ...design }, sweep);
  await runPlan(sweep, { workers: 1 });
  await mergeSweep(sweep);
  return pl.readParquet(join(sweep, "merged.parquet")).toRecords();
}

Deno.test(
  "Named economies, closures with lists, and σ by sector reach the solver as they are meant",
  withFolder(async (folder) => {
    const base = smallEconomy();
    const [sector] = base.sectors;
    const rows = await rowsOf(folder, {
      draws: {
        type: "list",
        rows: [{
          sigma: 0.4,
          [`sigma.${sector}`]: 0.9,
          "theta.elements": 7,
          "psi*": 0.5,
          rate: 0.3,
        }],
      },
      axes: { scenario: ["duty"], closure: ["shared"], economy: ["first", "second"] },
    });
    const economy = {
      ...base,
      sigma: base.sigma.map((_, j) => j === 0 ? 0.9 : 0.4),
      theta: base.theta.map((value, j) => base.elements.includes(base.sectors[j]) ? 7 : value),
      psi: base.psi.map((value) => 0.5 * value),
    };
    const shock = shockOf(base, exportDuty("CHN", ["elements"], 0.3));
    const found = solveEquilibrium(economy, shock, { closure: { kind: "global-entry", ...roles } });
    deepStrictEqual(rows.map((row) => row.economy), ["first", "second"]);
    for (const row of rows) {
      strictEqual(row.failure, "");
      base.countries.forEach((country, n) => {
        strictEqual(row[`welfare.${country}`], 100 * (found.welfare[n] - 1));
        strictEqual(row[`income.${country}`], 100 * (found.income[n] - 1));
      });
      const germany = base.countries.indexOf("DEU") * base.sectors.length;
      strictEqual(row[`technologyElement.DEU.${sector}`], found.technology.element[germany]);
      strictEqual(row["quotaWedge.CHN.heavy"], null);
    }
  }),
);

Deno.test(
  "A scenario's own closure holds where no parameter names one, and its wedge is in the results",
  withFolder(async (folder) => {
    const [row] = await rowsOf(folder, {
      axes: { scenario: ["quota"], economy: ["first"] },
    });
    const base = smallEconomy();
    const shock = shockOf(base, {
      kind: "exportQuota",
      exporter: "CHN",
      sectors: ["heavy"],
      limit: 0.5,
    });
    const { quotaWedge, welfare } = solveEquilibrium(base, shock, {
      closure: { kind: "allocation" },
    });
    strictEqual(row["quotaWedge.CHN.heavy"], quotaWedge[0]);
    strictEqual(row["welfare.CHN"], 100 * (welfare[base.countries.indexOf("CHN")] - 1));
  }),
);

const REFUSED: readonly (readonly [string, Partial<SweepDesign>, RegExp])[] = [
  ["an unknown closure", { axes: { closure: ["free"] } }, /unknown closure "free"/],
  [
    "an unknown scenario",
    { axes: { scenario: ["none"] } },
    /came none, expected one of duty, quota/,
  ],
  ["no scenario where there are two", { axes: {} }, /parameter scenario: came nothing/],
  ["a parameter that nothing uses", { axes: { alpha: [1] } }, /parameter "alpha" is not used/],
  ["a missing number of a scenario", {}, /needs the parameter "rate"/],
  ["σ of no sector", { axes: { "sigma.c99": [1] } }, /no sector "c99"/],
  ["θ of 0", { axes: { theta: [0] } }, /parameter theta: came 0, expected a number above 0/],
  [
    "an unknown economy source",
    { shared: { ...shared, economies: { first: { source: "big" } } } },
    /expected small or world/,
  ],
  [
    "an output that does not exist",
    { shared: { ...shared, outputs: ["wealth"] } },
    /"wealth", expected one of welfare/,
  ],
  ["an output of a country that is not there", {
    shared: { ...shared, outputs: [{ measure: "welfare", countries: ["XXX"] }] },
  }, /"XXX" is not among the countries/],
  ["an unknown country in a scenario", {
    shared: {
      ...shared,
      scenarios: {
        duty: {
          measures: [{ kind: "exportDuty", exporter: "XXX", sectors: ["elements"], rate: "$rate" }],
        },
      },
    },
  }, /XXX/],
  [
    "a parameter called like a result",
    { axes: { "welfare.CHN": [1] } },
    /is not used|is a parameter and a result/,
  ],
  ["a parameter called run", { axes: { run: [1] } }, /expected a name other than run/],
  [
    "more shards than runs",
    { shards: 99, axes: { scenario: ["quota"], economy: ["first"] } },
    /99 shards for 1 runs/,
  ],
];

for (const [what, change, expected] of REFUSED) {
  Deno.test(
    `A design with ${what} is refused when the plan is made`,
    withFolder(async (folder) => {
      const axes = {
        ...what === "no scenario where there are two" ? {} : { scenario: ["duty"] },
        economy: ["first"],
        ...what === "a missing number of a scenario" ? {} : { rate: [0.1] },
        ...change.axes,
      };
      const plan = makePlan({
        name: "test",
        kind: "equilibria",
        shared,
        ...change,
        axes: what === "more shards than runs" ? change.axes : axes,
      }, join(folder, "sweep"));
      await rejects(plan, expected);
      deepStrictEqual([...Deno.readDirSync(folder)], []);
    }),
  );
}
