import assert from "node:assert/strict";
import { feols } from "@ree/econometrics";
import {
  assertPrinted,
  assertRelative,
  expectedFromR,
  referenceFrame,
  referenceTest,
} from "./reference.ts";

/** Required agreement with R; the expected values have 14-15 digits. */
const COEFFICIENT = 1e-8;
const STANDARD_ERROR = 1e-6;
/** fixest's `ssc(adj = FALSE, cluster.adj = FALSE)`. */
const UNADJUSTED = { adj: false, "cluster.adj": false } as const;

referenceTest("gravity by OLS with four effects equals R's dummies regression and sandwich", () => {
  const expected = expectedFromR().trade_ols;
  const fit = feols(
    "log(Euros) ~ log(dist_km) | Destination + Origin + Product + Year",
    referenceFrame("fixest/trade.csv"),
    { vcov: "iid" },
  );
  const se = (vcov: Parameters<typeof fit.withVcov>[0], ssc?: typeof UNADJUSTED) =>
    fit.withVcov(vcov, ssc).se("log(dist_km)");
  assertRelative(fit.coef("log(dist_km)"), expected.coef, COEFFICIENT, "coef");
  assertRelative(se("iid"), expected.se_iid, STANDARD_ERROR, "iid");
  assertRelative(se("HC1"), expected.se_HC1, STANDARD_ERROR, "HC1");
  assertRelative(se("HC2"), expected.se_HC2, STANDARD_ERROR, "HC2");
  assertRelative(se("HC3"), expected.se_HC3, STANDARD_ERROR, "HC3");
  const origin = se({ cluster: "Origin" }, UNADJUSTED);
  assertRelative(origin, expected.se_origin_CR0, STANDARD_ERROR, "CR0");
  const both = se({ cluster: ["Origin", "Destination"] }, UNADJUSTED);
  assertRelative(both, expected.se_2way_CR0, STANDARD_ERROR, "two-way");
  assertRelative(fit.r2!, expected.r2, COEFFICIENT, "R²");
  assert.equal(fit.nobs, expected.nobs);
});

referenceTest("the vignette's gravity table prints as fixest prints it", () => {
  const fit = feols(
    "log(Euros) ~ log(dist_km) | Destination + Origin + Product + Year",
    referenceFrame("fixest/trade.csv"),
    { vcov: "twoway" },
  );
  assertPrinted(fit.coef("log(dist_km)"), "-2.16988", "coef");
  assertPrinted(fit.se("log(dist_km)"), "0.171367", "se");
  assertPrinted(fit.tstat("log(dist_km)"), "-12.6621", "t");
  assertPrinted(fit.pvalue("log(dist_km)"), "4.6802e-9", "p");
  assertPrinted(fit.rmse, "1.74337", "RMSE");
  assertPrinted(fit.adjR2!, "0.705139", "adj. R²");
  assertPrinted(fit.r2Within!, "0.219322", "within R²");
  assert.equal(fit.vcovType, "Clustered (Destination & Origin)");
});

referenceTest("two-way effects on base_did equal R, and the event study prints as fixest's", () => {
  const { base_did_twfe: twfe, base_did_eventstudy: event } = expectedFromR();
  const data = referenceFrame("fixest/base_did.csv");
  const fit = feols("y ~ x1 | id + period", data, { vcov: "iid" });
  assertRelative(fit.coef("x1"), twfe.coef, COEFFICIENT, "coef");
  assertRelative(fit.se("x1"), twfe.se_iid, STANDARD_ERROR, "iid");
  assertRelative(fit.withVcov("hetero").se("x1"), twfe.HC1, STANDARD_ERROR, "HC1");
  const byId = fit.withVcov({ cluster: "id" }, UNADJUSTED);
  assertRelative(byId.se("x1"), twfe.CR0_id, STANDARD_ERROR, "CR0");
  const both = fit.withVcov("twoway", UNADJUSTED);
  assertRelative(both.se("x1"), twfe.CR0_2way, STANDARD_ERROR, "two-way");

  const study = feols("y ~ x1 + i(period, treat, 5) | id + period", data);
  const unadjusted = study.withVcov({ cluster: "id" }, UNADJUSTED);
  event.names.forEach((printed: string, j: number) => {
    const name = printed === "x1" ? "x1" : `period::${printed.slice(2)}:treat`;
    assertRelative(study.coef(name), event.coef[j], COEFFICIENT, name);
    assertRelative(unadjusted.se(name), event.CR0_id[j], STANDARD_ERROR, name);
  });
  const printed: [string, string, string, string][] = [
    ["period::1:treat", "-1.403045", "1.110267", "0.20908"],
    ["period::6:treat", "0.784452", "1.028388", "0.44726"],
    ["period::7:treat", "3.598897", "1.101563", "1.4609e-3"],
    ["period::10:treat", "6.606229", "1.120494", "4.4031e-8"],
  ];
  for (const [name, coef, se, p] of printed) {
    assertPrinted(study.coef(name), coef, name);
    assertPrinted(study.se(name), se, name);
    assertPrinted(study.pvalue(name), p, name);
  }
  assertPrinted(study.adjR2!, "0.48783", "adj. R²");
  assertPrinted(study.r2Within!, "0.389628", "within R²");
});

referenceTest(
  "Grunfeld equals R's lm, sandwich and plm, and the small-sample rules fixest's",
  () => {
    const { grunfeld_twfe: twfe, grunfeld_plm: plm } = expectedFromR();
    const data = referenceFrame("r/Grunfeld.csv");
    const fit = feols("inv ~ value + capital | firm + year", data);
    const oneWay = feols("inv ~ value + capital | firm", data, { panelId: ["firm", "year"] });
    ["value", "capital"].forEach((name, j) => {
      assertRelative(fit.coef(name), twfe.coef[j], COEFFICIENT, name);
      assertRelative(fit.withVcov("iid").se(name), twfe.se_iid[j], STANDARD_ERROR, "iid");
      assertRelative(fit.withVcov("HC1").se(name), twfe.HC1[j], STANDARD_ERROR, "HC1");
      const firm = fit.withVcov({ cluster: "firm" }, UNADJUSTED).se(name);
      assertRelative(firm, twfe.CR0_firm[j], STANDARD_ERROR, "CR0");
      const full = fit.withVcov({ cluster: "firm" }, { "fixef.K": "full" }).se(name);
      assertRelative(full, twfe.CR1_firm[j], STANDARD_ERROR, "CR1 full K");
      assertRelative(oneWay.coef(name), plm.coef[j], COEFFICIENT, name);
      assertRelative(oneWay.withVcov("iid").se(name), plm.se[j], STANDARD_ERROR, "plm");
      const newey = oneWay.withVcov({ nw: { lag: 1 } }, UNADJUSTED).se(name);
      assertRelative(newey, plm.NW1[j], STANDARD_ERROR, "Newey-West");
      const kraay = oneWay.withVcov("DK", UNADJUSTED).se(name);
      assertRelative(kraay, plm.DK[j], STANDARD_ERROR, "Driscoll-Kraay");
      const arellano = oneWay.withVcov({ cluster: "firm" }, UNADJUSTED).se(name);
      assertRelative(arellano, plm.arellano[j], STANDARD_ERROR, "Arellano");
    });

    const simple = feols("inv ~ capital | firm + year", data, { panelId: ["firm", "year"] });
    const se = (...choice: Parameters<typeof simple.withVcov>) =>
      simple.withVcov(...choice).se("capital");
    assertPrinted(se("iid"), "0.02597821", "iid");
    assertPrinted(simple.se("capital"), "0.06328129", "default: clustered by the panel unit");
    assertPrinted(se("cluster", { "fixef.K": "full" }), "0.06493478", "lm's");
    const none = { "fixef.K": "none", "cluster.adj": false } as const;
    assertPrinted(se("cluster", none), "0.05693726", "plm's");
    assertPrinted(se("NW"), "0.08629896", "Newey-West");
    assertPrinted(se("NW", UNADJUSTED), "0.08390222", "plm's Newey-West");
    assertPrinted(se("DK"), "0.08800884", "Driscoll-Kraay");
    assertPrinted(se("DK", UNADJUSTED), "0.08359734", "plm's Driscoll-Kraay");
    assertPrinted(se("twoway"), "0.06041290", "two-way");
    const conventional = simple.withVcov("twoway", { "cluster.df": "conv" });
    assertPrinted(conventional.se("capital"), "0.06213837", "lfe's two-way");
    assertPrinted(conventional.pvalue("capital"), "9.273982e-5", "lfe's p-value");
  },
);

referenceTest("Petersen's panel equals sandwich, without effects", () => {
  const expected = expectedFromR().petersen;
  const fit = feols("y ~ x", referenceFrame("r/PetersenCL.csv"));
  const conventional = { "cluster.df": "conv" } as const;
  // sandwich's vcovPL multiplies by n/(n − k).
  const panelFactor = Math.sqrt(5000 / 4998);
  ["(Intercept)", "x"].forEach((name, j) => {
    assertRelative(fit.coef(name), expected.coef[j], COEFFICIENT, name);
    assertRelative(fit.se(name), expected.iid[j], STANDARD_ERROR, "iid");
    assertRelative(fit.withVcov("hetero").se(name), expected.HC1[j], STANDARD_ERROR, "HC1");
    const hc0 = fit.withVcov("hetero", UNADJUSTED).se(name);
    assertRelative(hc0, expected.HC0[j], STANDARD_ERROR, "HC0");
    const firm = fit.withVcov({ cluster: "firm" }).se(name);
    assertRelative(firm, expected.firm[j], STANDARD_ERROR, "firm");
    const year = fit.withVcov({ cluster: "year" }).se(name);
    assertRelative(year, expected.year[j], STANDARD_ERROR, "year");
    const both = fit.withVcov({ cluster: ["firm", "year"] }, conventional).se(name);
    assertRelative(both, expected.twoway_std[j], STANDARD_ERROR, "two-way");
    const kraay = fit.withVcov({ dk: "year" }, UNADJUSTED).se(name) * panelFactor;
    assertRelative(kraay, expected.DK[j], STANDARD_ERROR, "Driscoll-Kraay");
  });
});

referenceTest("covariances of the walkthrough print as fixest prints them", () => {
  const data = referenceFrame("fixest/base_did.csv");
  const panelId = ["id", "period"] as const;
  const pooled = feols("y ~ x1", data, { panelId });
  assertPrinted(pooled.se("x1"), "0.046789", "clustered by the panel unit");
  assertPrinted(pooled.withVcov("NW").se("x1"), "0.052699", "Newey-West");
  assertPrinted(pooled.withVcov("NW").pvalue("x1"), "1.6762e-8", "Newey-West p");
  assertPrinted(pooled.adjR2!, "0.262357", "adj. R²");
  const fit = feols("y ~ x1 | period", data);
  assertPrinted(fit.se("x1"), "0.050264", "by the first effect");
  assertPrinted(fit.withVcov({ cluster: ["id", "period"] }).se("x1"), "0.047498", "two-way");
  const lagged = fit.withVcov({ nw: { unit: "id", time: "period", lag: 2 } });
  assertPrinted(lagged.se("x1"), "0.049344", "Newey-West with two lags");
  assert.equal(lagged.vcovType, "Newey-West (L=2)");
  const byId = feols("y ~ x1 | id", data);
  assertPrinted(byId.withVcov("iid", { adj: false }).se("x1"), "0.048741", "iid unadjusted");
  assertPrinted(byId.withVcov("hetero", { adj: false }).se("x1"), "0.050226", "hetero unadjusted");
});

referenceTest("lags and leads print as fixest prints them and drop the rows without", () => {
  const data = referenceFrame("fixest/base_did.csv");
  const fit = feols("f(y) ~ l(x1, -1:1)", data, { panelId: ["id", "period"] });
  assert.deepEqual(fit.coefNames, ["(Intercept)", "f(x1, 1)", "x1", "l(x1, 1)"]);
  assertPrinted(fit.coef("l(x1,1)"), "0.0157", "l(x1,1)");
  assertPrinted(fit.se("l(x1,1)"), "0.0640", "l(x1,1)");
  assertPrinted(fit.r2!, "0.25697", "R²");
  assert.equal(fit.nobs, 864);
  assert.equal(fit.report.dropped.missing.length, 216);
});
