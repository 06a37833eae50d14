
import { simulatePatentColumns } from "./simulate_patent_columns.ts";
import { commonCountSlope } from "./common_count_slope.ts";
import { estimateColumns } from "./estimate_columns.ts";
const [zi, el, reps, sd, S, T] = Deno.args.map(Number);
const r: number[][] = [];
for (let k = 0; k < reps; k++) {
  const c = simulatePatentColumns({ zeroInflation: zi, sigma: {mean: .6, sd}, sectors: S||30, years: T||16, seed: 77000 + k, meanPatents: { element: el, other: el*5 } });
  const code = (v: readonly (string|number)[]) => { const m = new Map(); return Int32Array.from(v, (x) => { if (!m.has(x)) m.set(x, m.size); return m.get(x); }); };
  const keep = c.sector.map((_, i) => i).filter((i) => c.patents_element[i] + c.patents_other[i] > 0);
  const rows = { sector: code(keep.map(i=>c.sector[i])), year: code(keep.map(i=>c.year[i])), element: Float64Array.from(keep, i=>c.patents_element[i]), other: Float64Array.from(keep,i=>c.patents_other[i]), price: Float64Array.from(keep,i=>c.log_relative_price[i]), extras: [] };
  const slopesTrue = [...new Map(c.sector.map((s, i) => [s, 1 - c.true_sigma[i]])).values()].map((x) => x / (1 + x));
  const meanB = slopesTrue.reduce((a, b) => a + b, 0) / slopesTrue.length;
  const co = commonCountSlope(rows, { yearEffects: true })!;
  const se = Math.sqrt(co.influence.reduce((a, b) => a + b * b, 0));
  const { true_sigma, ...panel } = c;
  const f = estimateColumns({ ...panel }, { design: "counts", psi: 1, pooling: "empirical-bayes" });
  r.push([co.slope, se, meanB, f.pooled?.mean ?? NaN, f.pooled?.se ?? NaN, f.pooled?.sd ?? NaN]);
}
const m = (v: number[]) => v.reduce((a, b) => a + b, 0) / v.length;
const sdv = (v: number[]) => Math.sqrt(m(v.map((x) => (x - m(v)) ** 2)));
const b = r.map((x) => x[0]);
console.log(`zi ${zi} el ${el} sd ${sd}: common slope ${m(b).toFixed(4)} true mean b ${m(r.map(x=>x[2])).toFixed(4)} sd ${sdv(b).toFixed(4)} se ${m(r.map(x=>x[1])).toFixed(4)}; sigma(common) mean ${m(b.map(x=>1-x/(1-x))).toFixed(4)} sd ${sdv(b.map(x=>1-x/(1-x))).toFixed(3)} sigma(mean slope) ${(1-m(b)/(1-m(b))).toFixed(4)} | pooled now ${m(r.map(x=>x[3])).toFixed(4)} sd ${sdv(r.map(x=>x[3])).toFixed(3)} se ${m(r.map(x=>x[4])).toFixed(3)} est sd ${m(r.map(x=>x[5])).toFixed(3)}`);
