/**
 * Writes tests/reference/econometrics.csv: our estimates beside those of R (base R, sandwich, plm, 14 digits) on the data
 * that lie in ../shared/reference. Run: `deno run -A tests/reference/compare_econometrics.ts`.
 * The data sets carry licences of their own and are not copied; the table holds numbers only.
 */
import { feols, fepois, type Fit } from "@ree/econometrics";
import { expectedFromR, referenceFrame } from "../econometrics/reference.ts";

/** One number and its published counterpart. */
export interface Comparison {
  readonly data: string;
  readonly model: string;
  readonly quantity: string;
  readonly ours: number;
  readonly published: number;
}

/** fixest's `ssc(adj = FALSE, cluster.adj = FALSE)`. */
const NONE = { adj: false, "cluster.adj": false } as const;

/** All comparisons, computed from the reference data. */
export function compareEconometrics(): Comparison[] {
  const expected = expectedFromR();
  return [
    ...gravity(expected),
    ...differences(expected),
    ...grunfeld(expected),
    ...petersen(expected),
  ];
}

type Expected = ReturnType<typeof expectedFromR>;

function rows(
  data: string,
  model: string,
  pairs: Readonly<Record<string, readonly [number, number]>>,
) {
  return Object.entries(pairs).map(([quantity, [ours, published]]) => ({
    data,
    model,
    quantity,
    ours,
    published,
  }));
}

function gravity({ trade_ols: ols, trade_ppml: ppml }: Expected): Comparison[] {
  const trade = referenceFrame("fixest/trade.csv");
  const x = "log(dist_km)";
  const effects = "Destination + Origin + Product + Year";
  const linear = feols(`log(Euros) ~ ${x} | ${effects}`, trade, { vcov: "iid" });
  const poisson = fepois(`Euros ~ ${x} | ${effects}`, trade);
  const both = { cluster: ["Origin", "Destination"] };
  const se = (fit: Fit, ...choice: Parameters<Fit["withVcov"]>) => fit.withVcov(...choice).se(x);
  return [
    ...rows("trade", "OLS, four effects", {
      "coefficient": [linear.coef(x), ols.coef],
      "se iid": [linear.se(x), ols.se_iid],
      "se HC1": [se(linear, "HC1"), ols.se_HC1],
      "se HC3": [se(linear, "HC3"), ols.se_HC3],
      "se clustered": [se(linear, { cluster: "Origin" }, NONE), ols.se_origin_CR0],
      "se two-way": [se(linear, both, NONE), ols.se_2way_CR0],
    }),
    ...rows("trade", "PPML, four effects", {
      "coefficient": [poisson.coef(x), ppml.coef],
      "deviance": [poisson.deviance, ppml.deviance],
      "se clustered": [se(poisson, { cluster: "Origin" }, NONE), ppml.se_origin_CR0],
      "se two-way": [se(poisson, both, NONE), ppml.se_2way_CR0],
    }),
  ];
}

function differences({ base_did_twfe: twfe, base_did_eventstudy: event }: Expected): Comparison[] {
  const data = referenceFrame("fixest/base_did.csv");
  const fit = feols("y ~ x1 | id + period", data, { vcov: "iid" });
  const study = feols("y ~ x1 + i(period, treat, 5) | id + period", data)
    .withVcov({ cluster: "id" }, NONE);
  const seven = event.names.indexOf("tp7");
  return [
    ...rows("base_did", "two-way effects", {
      "coefficient": [fit.coef("x1"), twfe.coef],
      "se iid": [fit.se("x1"), twfe.se_iid],
      "se clustered": [fit.withVcov({ cluster: "id" }, NONE).se("x1"), twfe.CR0_id],
      "se two-way": [fit.withVcov("twoway", NONE).se("x1"), twfe.CR0_2way],
    }),
    ...rows("base_did", "event study, period 7", {
      "coefficient": [study.coef("period::7:treat"), event.coef[seven]],
      "se clustered": [study.se("period::7:treat"), event.CR0_id[seven]],
    }),
  ];
}

function grunfeld({ grunfeld_twfe: twfe, grunfeld_plm: plm }: Expected): Comparison[] {
  const data = referenceFrame("r/Grunfeld.csv");
  const fit = feols("inv ~ value + capital | firm + year", data, { vcov: "iid" });
  const within = feols("inv ~ value + capital | firm", data, { panelId: ["firm", "year"] });
  return [
    ...rows("Grunfeld", "firm and year effects, capital", {
      "coefficient": [fit.coef("capital"), twfe.coef[1]],
      "se HC1": [fit.withVcov("HC1").se("capital"), twfe.HC1[1]],
      "se clustered, all effects counted": [
        fit.withVcov({ cluster: "firm" }, { "fixef.K": "full" }).se("capital"),
        twfe.CR1_firm[1],
      ],
    }),
    ...rows("Grunfeld", "firm effects, capital", {
      "se Newey-West": [within.withVcov({ nw: { lag: 1 } }, NONE).se("capital"), plm.NW1[1]],
      "se Driscoll-Kraay": [within.withVcov("DK", NONE).se("capital"), plm.DK[1]],
    }),
  ];
}

function petersen({ petersen: published }: Expected): Comparison[] {
  const fit = feols("y ~ x", referenceFrame("r/PetersenCL.csv"), { vcov: "iid" });
  const conventional = { "cluster.df": "conv" } as const;
  const both = fit.withVcov({ cluster: ["firm", "year"] }, conventional);
  return rows("Petersen", "OLS", {
    "coefficient": [fit.coef("x"), published.coef[1]],
    "se iid": [fit.se("x"), published.iid[1]],
    "se HC1": [fit.withVcov("HC1").se("x"), published.HC1[1]],
    "se clustered by firm": [fit.withVcov({ cluster: "firm" }).se("x"), published.firm[1]],
    "se clustered by year": [fit.withVcov({ cluster: "year" }).se("x"), published.year[1]],
    "se two-way": [both.se("x"), published.twoway_std[1]],
  });
}

/** The table as CSV. */
export function comparisonCsv(comparisons: readonly Comparison[]): string {
  const lines = comparisons.map(({ data, model, quantity, ours, published }) =>
    [data, `"${model}"`, `"${quantity}"`, ours.toPrecision(12), published].join(",")
  );
  return ["data,model,quantity,ours,published", ...lines].join("\n") + "\n";
}

if (import.meta.main) {
  const path = new URL("econometrics.csv", import.meta.url);
  Deno.writeTextFileSync(path, comparisonCsv(compareEconometrics()));
}
