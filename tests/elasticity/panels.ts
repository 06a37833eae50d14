import { flowSlope } from "@ree/elasticity";
import { randomStream } from "@ree/numeric";

/** A patent panel as plain columns, written without the library's own simulation. */
export type PlainPanel = {
  readonly sector: (string | number)[];
  readonly year: number[];
  readonly patents_element: number[];
  readonly patents_other: number[];
  readonly log_relative_price: number[];
};

/** Options of {@linkcode exactPanel}. */
export interface ExactPanelOptions {
  readonly sigma: readonly number[];
  readonly psi: number;
  readonly years?: number;
  readonly noise?: number;
  readonly seed?: number;
  /** Patents: real-valued, the flow equation without counting error. */
  readonly scale?: number;
}

/** Log relative flows obey ln(hR/hX) = α_s + δ_t + b_s·price (+ noise) exactly; "patents" are real numbers. */
export function exactPanel(
  { sigma, psi, years = 12, noise = 0, seed = 5, scale = 50 }: ExactPanelOptions,
): PlainPanel {
  const random = randomStream(seed);
  const delta = Array.from({ length: years }, () => random.normal());
  const panel: PlainPanel = {
    sector: [],
    year: [],
    patents_element: [],
    patents_other: [],
    log_relative_price: [],
  };
  sigma.forEach((value, s) => {
    const alpha = random.normal();
    for (let t = 0; t < years; t++) {
      const price = random.normal();
      const ratio = alpha + delta[t] + flowSlope(value, psi) * price + noise * random.normal();
      const other = scale * Math.exp(0.3 * random.normal());
      panel.sector.push(`sector ${s + 1}`);
      panel.year.push(2001 + t);
      panel.patents_other.push(other);
      panel.patents_element.push(other * Math.exp(ratio));
      panel.log_relative_price.push(price);
    }
  });
  return panel;
}

/** Keeps rows for which `keep` holds. */
export function filterPanel<P extends Readonly<Record<string, readonly unknown[]>>>(
  panel: P,
  keep: (row: number) => boolean,
): P {
  return Object.fromEntries(
    Object.entries(panel).map(([name, values]) => [name, values.filter((_, i) => keep(i))]),
  ) as unknown as P;
}
