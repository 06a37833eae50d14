import type { EventPanel } from "@ree/event-study";

/** Numbers in (0, 1) that a test can repeat. */
function stream(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

/** Standard normal draws (Box-Muller). */
function normals(seed: number): () => number {
  const next = stream(seed);
  return () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

/** What a simulated panel is made with. */
export interface Truth {
  /** Effect per standard deviation of exposure outside China, after 2010. */
  readonly effect: number;
  /** Effect in China. */
  readonly chinaEffect: number;
  /** Effect of the price shift per unit, instead of the effect after 2010. */
  readonly priceEffect: number;
  /** Standard deviation of the error. */
  readonly noise: number;
}

const FIRST = 1998;
const LAST = 2018;
const ECONOMIES = ["CHN", "JPN", "USA", "DEU"];

/** A SIMULATED panel of 30 units in four economies with known effects; nothing in it is real. */
export function simulatedPanel(
  estimator: EventPanel["estimator"],
  truth: Partial<Truth>,
  seed = 1,
): EventPanel {
  const { effect = 0, chinaEffect = 0, priceEffect = 0, noise = 0.05 } = truth;
  const normal = normals(seed);
  const next = stream(seed + 7);
  const intensity = Array.from({ length: 30 }, (_, k) => k < 12 ? 0 : 50 * next() + 5);
  const deviation = Math.sqrt(variance(intensity));
  const unit: string[] = [], economy: string[] = [], year: number[] = [], outcome: number[] = [];
  const total: number[] = [], price: number[] = [], quota: number[] = [];
  const levels = new Map(
    ECONOMIES.flatMap((c) => intensity.map((_, u) => [`${c}${u}`, 3 + normal()])),
  );
  const unobserved = Array.from({ length: LAST - FIRST + 1 }, () => 0.3 * normal());
  for (const c of ECONOMIES) {
    for (let u = 0; u < intensity.length; u++) {
      for (let t = FIRST; t <= LAST; t++) {
        const tight = t > 2010 && t < 2015 ? 0.5 : 0;
        const demand = 0.02 * intensity[u] * unobserved[t - FIRST];
        const shift = t < 2007 ? 0 : intensity[u] * tight + demand * 10;
        const treated = t > 2010
          ? (c === "CHN" ? chinaEffect : effect) * intensity[u] / deviation
          : 0;
        const log = levels.get(`${c}${u}`)! + 0.02 * (t - FIRST) + treated +
          priceEffect * (shift + 5 * demand) + noise * normal();
        unit.push(`unit ${u}`);
        economy.push(c);
        year.push(t);
        outcome.push(estimator === "poisson" ? Math.round(20 * Math.exp(log)) : log);
        total.push(intensity[u]);
        price.push(shift);
        quota.push(intensity[u] * tight);
      }
    }
  }
  return {
    name: "SIMULATED",
    unitName: "unit",
    estimator,
    unit,
    economy,
    year,
    outcome,
    exposures: { total, direct: total.map((value) => value / 2) },
    priceShift: price,
    quotaShift: quota,
  };
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
