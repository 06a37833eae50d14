import { type RandomStream } from "@ree/numeric";
import { normals } from "./designs.ts";

/** Choices of {@link exposedPanel}. */
export interface ExposedOptions {
  readonly effect?: number;
  /** Sum of shares of every unit; undefined draws it between 0.3 and 0.9. */
  readonly sum?: number;
  /** Size of the residual's part that comes through the same shares. */
  readonly common?: number;
  /** Correlation of an element's shocks from one period to the next. */
  readonly persistence?: number;
  /** Power of the uniform numbers the shares are made from: larger is more concentrated. */
  readonly concentration?: number;
  /** Elements a unit is exposed to, drawn at random; all of them by default. */
  readonly touched?: number;
}

/**
 * Units × periods with shares in elements; the residual holds unseen shocks to the same elements
 * through the same shares, which is what defeats robust errors and clusters by unit.
 */
export function exposedPanel(
  random: RandomStream,
  units: number,
  elements: number,
  periods: number,
  options: ExposedOptions = {},
) {
  const { effect = 0, common = 1, persistence = 0, concentration = 4, touched } = options;
  const rows = units * periods;
  const shares = Array.from({ length: units }, () => {
    const raw = new Float64Array(elements);
    for (let k = 0; k < (touched ?? elements); k++) {
      raw[touched ? random.integer(elements) : k] = random.uniform() ** concentration;
    }
    const total = raw.reduce((a, b) => a + b, 0);
    const sum = "sum" in options && options.sum === undefined
      ? 0.3 + 0.6 * random.uniform()
      : options.sum ?? 1;
    return raw.map((value) => value / total * sum);
  });
  const paths = () =>
    Array.from({ length: elements }, () => {
      const path = normals(random, periods);
      const fresh = Math.sqrt(1 - persistence ** 2);
      for (let t = 1; t < periods; t++) path[t] = persistence * path[t - 1] + fresh * path[t];
      return path;
    });
  const [shocks, hidden] = [paths(), paths()];
  const columns = {
    unit: new Int32Array(rows),
    year: new Int32Array(rows),
    weight: new Float64Array(rows),
    s: new Float64Array(rows),
    z: new Float64Array(rows),
    y: new Float64Array(rows),
  };
  for (let u = 0; u < units; u++) {
    for (let t = 0; t < periods; t++) {
      const i = u * periods + t;
      columns.unit[i] = u;
      columns.year[i] = 2000 + t;
      columns.weight[i] = 0.5 + random.uniform();
      let nuisance = 0;
      for (let e = 0; e < elements; e++) {
        columns.s[i] += shares[u][e] * shocks[e][t];
        nuisance += shares[u][e] * hidden[e][t];
      }
      columns.z[i] = random.normal() + columns.s[i];
      columns.y[i] = effect * columns.s[i] + common * nuisance + 0.1 * random.normal();
    }
  }
  const names = Array.from({ length: elements }, (_, e) => `e${e}`);
  const years = Array.from({ length: periods }, (_, t) => 2000 + t);
  return {
    columns,
    shares: {
      unit: "unit",
      units: Array.from({ length: units }, (_, u) => u),
      elements: names,
      values: shares,
    },
    shocks: { elements: names, periods: years, values: shocks },
  };
}

/** The shares as columns, one per element. */
export function shareColumns(
  { shares, columns }: ReturnType<typeof exposedPanel>,
): { columns: Record<string, Float64Array>; names: Record<string, string> } {
  const entries = shares.elements.map((_, e) =>
    [`share_${e}`, Float64Array.from(columns.unit, (u) => shares.values[u][e])] as const
  );
  return {
    columns: Object.fromEntries(entries),
    names: Object.fromEntries(shares.elements.map((name, e) => [name, `share_${e}`])),
  };
}
