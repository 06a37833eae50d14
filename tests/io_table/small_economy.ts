import type { ElementSplits, IoTable } from "@ree/io-table";

const INDUSTRIES = ["chem", "metal", "alloy", "magnet", "motor", "car", "shop"] as const;
const FINAL_USES = ["C", "I", "X", "M"] as const;

/** A stream of numbers in (0, 1) that a test can repeat. */
export function stream(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

/**
 * A random balanced economy: chem and metal are raw hosts, alloy and magnet processors, "M" is the import column.
 * Every commodity has its main maker and a secondary one; nothing in it is taken from real data.
 */
export function smallEconomy(seed: number): IoTable {
  const next = stream(seed);
  const n = INDUSTRIES.length;
  const use = Float64Array.from({ length: n * n }, () => 10 * next());
  const finalUse = new Float64Array(n * FINAL_USES.length);
  const make = new Float64Array(n * n);
  for (let c = 0; c < n; c++) {
    let total = 0;
    for (let j = 0; j < n; j++) total += use[c * n + j];
    for (const f of [0, 1, 2]) {
      finalUse[c * FINAL_USES.length + f] = 40 * next();
      total += finalUse[c * FINAL_USES.length + f];
    }
    const imports = 0.4 * next() * total;
    finalUse[c * FINAL_USES.length + 3] = -imports;
    const domestic = total - imports;
    make[c * n + c] = 0.9 * domestic;
    make[((c + 1) % n) * n + c] = 0.1 * domestic;
  }
  const valueAdded = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let c = 0; c < n; c++) valueAdded[j] += make[j * n + c] - use[c * n + j];
  }
  return {
    year: 2000,
    unit: "million USD",
    industries: INDUSTRIES,
    commodities: INDUSTRIES,
    elements: [],
    finalUses: FINAL_USES,
    valueAddedRows: ["V"],
    make,
    use,
    finalUse,
    valueAdded,
  };
}

/** Purchases of two elements by four industries, at three stages of processing. */
export function smallSplits(reading: ElementSplits["reading"], size = 1): ElementSplits {
  const bought = (element: string, industry: string, value: number, hosts: string[]) => ({
    element,
    application: `${industry} use`,
    industry,
    value: size * value,
    hosts,
  });
  return {
    elements: ["Nd", "Dy"],
    purchases: [
      bought("Nd", "motor", 0.4, ["magnet", "alloy"]),
      bought("Dy", "motor", 0.1, ["magnet", "alloy"]),
      bought("Nd", "car", 0.3, ["alloy", "metal"]),
      bought("Nd", "magnet", 0.2, ["metal"]),
      bought("Dy", "chem", 0.05, ["chem"]),
    ],
    rawHosts: ["chem", "metal"],
    intermediateHosts: ["alloy"],
    importColumn: "M",
    reading,
  };
}
