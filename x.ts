import pl from "nodejs-polars";
import { feols, fepois } from "@ree/econometrics";
const R = "../shared/reference/";
const exp = JSON.parse(Deno.readTextFileSync(R + "r/expected.json")).trade_ppml;
const trade = pl.readCSV(R + "fixest/trade.csv");
const rel = (a: number, b: number) => Math.abs(a / b - 1).toExponential(1);
const off = { adj: false, "cluster.adj": false };
let t = performance.now();
const g = fepois("Euros ~ log(dist_km) | Origin + Destination + Product + Year", trade);
console.log(performance.now() - t, g.iterations, rel(g.coef()[0], exp.coef), rel(g.deviance, exp.deviance), rel(g.withVcov({ cluster: "Origin" }, off).se()[0], exp.se_origin_CR0), rel(g.withVcov({ cluster: "Origin" }, { adj: false }).se()[0], exp.se_origin_G), rel(g.withVcov("twoway", off).se()[0], exp.se_2way_CR0), "0.115678", g.se()[0], g.withVcov("twoway").se(), "0.098294", g.withVcov({ cluster: "Product" }).se(), g.pseudoR2, g.adjPseudoR2, g.squaredCor, g.bic, g.logLik, g.report.notes);
const s = fepois("Euros ~ log(dist_km)", trade, { vcov: { cluster: ["Origin", "Destination"] } });
console.log("24.70889 1.124768 -1.02896 .158022", s.coef(), s.se(), s.adjPseudoR2, s.squaredCor, s.pvalue(), s.vcovType);
for (const [c, f] of [["01", "y ~ x1 + x2 | id1 + id2"], ["03", "y ~ 1 | id1+id2+id3"], ["05", "y ~ x1+x2+x3+x4"], ["09", "y ~ x1+x2+x3"], ["11", "y ~ x1"], ["13", "y ~ 1 | id1 + id2"], ["15", "y~x1+x2+x3"], ["17", "y~x1+x2+x3"]]) {
  const d = pl.readCSV(R + `ppml_separation/${c}.csv`);
  const want = [...(d.getColumn("separated").toArray() as number[])].map((v, i) => v ? i : -1).filter((v) => v >= 0);
  for (const rm of ["none", "singletons"] as const) try { const p = fepois(f, d, { vcov: "iid", fixefRm: rm }); console.log(c, rm, JSON.stringify(want) === JSON.stringify(p.report.dropped.separated), want.length, p.report.dropped.separated.length, p.report.dropped.singleton.length, p.report.notes, p.report.collinear); } catch (e) { console.log(c, rm, want.length, String(e)); }
}
