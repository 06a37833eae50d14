import { type Economy, economySize, labelIndex } from "./economy.ts";
import type { Labels, Measure } from "./measures.ts";
import { checkShock, type Quota, type Shock } from "./shock.ts";

/**
 * Combines measures into a shock of an economy. Levels (tariffs, duties, quotas) may be set once per
 * cell; factors (trade costs, productivity, endowments, resources) multiply; transfers add.
 *
 * Quotas, duties and embargoes skip elements that the exporter does not sell abroad in the baseline
 * when the sectors are given as "*" or "elements", and refuse them when they are named.
 *
 * @throws RangeError naming the measure: an unknown label, a cell set twice, a rate out of range
 * @example
 * ```ts
 * shockOf(economy, exportQuota("CHN", ["Nd", "Dy"], 0.6), tariff("USA", "CHN", ["c14"], 0.25));
 * ```
 */
export function shockOf(economy: Economy, ...measures: readonly Measure[]): Shock {
  const { N, J, F } = economySize(economy);
  const arrays: Record<string, Float64Array | undefined> = {};
  const touched = new Set<string>();
  const quotas: Quota[] = [];
  const array = (field: keyof Shock, start: () => Float64Array) => arrays[field] ??= start();
  const ones = (length: number) => () => new Float64Array(length).fill(1);
  const setOnce = (field: "tariff" | "exportTax", at: number, rate: number, what: string) => {
    if (touched.has(`${field} ${at}`)) throw new RangeError(`${what}: this rate is already set`);
    touched.add(`${field} ${at}`);
    array(field, () => Float64Array.from(economy[field]))[at] = rate;
  };
  measures.forEach((measure, m) => {
    const what = `measure ${m + 1} (${measure.kind})`;
    const labels = (given: Labels, all: readonly string[], kind: string) => {
      if (given === "*") return all.map((_, k) => k);
      if (given.length === 0) throw new RangeError(`${what}: expected at least one ${kind}`);
      return given.map((label) => labelIndex(all, label, `${kind} in ${what}`));
    };
    const countries = (given: Labels) => labels(given, economy.countries, "country");
    const country = (label: string) => countries([label])[0];
    const sectors = (given: Labels) => {
      const named = given === "*"
        ? given
        : given.flatMap((label) =>
          label === "elements" && !economy.sectors.includes(label) ? [...economy.elements] : [label]
        );
      return labels(named, economy.sectors, "sector");
    };
    const pairs = (importers: Labels, exporters: Labels, chosen: Labels, domestic: boolean) =>
      countries(importers).flatMap((n) =>
        countries(exporters).flatMap((i) =>
          n === i && !domestic ? [] : sectors(chosen).map((j) => (n * N + i) * J + j)
        )
      );
    const positive = (factor: number) => {
      if (!(factor > 0 && Number.isFinite(factor))) {
        throw new RangeError(`${what}: factor is ${factor}; expected a number above 0`);
      }
    };
    switch (measure.kind) {
      case "tariff":
        for (const at of pairs(measure.importers, measure.exporters, measure.sectors, false)) {
          setOnce("tariff", at, measure.rate, what);
        }
        break;
      case "exportDuty":
        for (const at of pairs(measure.importers, [measure.exporter], measure.sectors, false)) {
          setOnce("exportTax", at, measure.rate, what);
        }
        break;
      case "exportQuota": {
        const i = country(measure.exporter);
        const named = measure.sectors !== "*" && !measure.sectors.includes("elements");
        for (const j of sectors(measure.sectors)) {
          if (!named && !exportsAny(economy, i, j)) continue;
          quotas.push({
            country: economy.countries[i],
            element: economy.sectors[j],
            limit: measure.limit,
          });
        }
        break;
      }
      case "embargo": {
        const iceberg = array("iceberg", ones(N * N * J));
        for (const at of pairs(measure.importers, [measure.exporter], measure.sectors, false)) {
          iceberg[at] = Infinity;
        }
        break;
      }
      case "tradeCost": {
        positive(measure.factor);
        const iceberg = array("iceberg", ones(N * N * J));
        for (const at of pairs(measure.importers, measure.exporters, measure.sectors, false)) {
          iceberg[at] *= measure.factor;
        }
        break;
      }
      case "productivity": {
        positive(measure.factor);
        const iceberg = array("iceberg", ones(N * N * J));
        for (const at of pairs("*", [measure.country], measure.sectors, true)) {
          iceberg[at] /= measure.factor;
        }
        break;
      }
      case "resource": {
        positive(measure.factor);
        const resource = array("resource", ones(N * J));
        const n = country(measure.country);
        for (const j of sectors(measure.sectors)) resource[n * J + j] *= measure.factor;
        break;
      }
      case "endowment": {
        positive(measure.factor);
        const endowments = array("factorEndowment", ones(N * F));
        const n = country(measure.country);
        for (const f of labels(measure.factors, economy.factors, "factor")) {
          endowments[n * F + f] *= measure.factor;
        }
        break;
      }
      case "transfer": {
        const received = array("transfer", () => Float64Array.from(economy.transfer));
        received[country(measure.from)] -= measure.amount;
        received[country(measure.to)] += measure.amount;
      }
    }
  });
  const shock: Shock = { ...arrays, ...(quotas.length > 0 ? { quotas } : {}) };
  checkShock(economy, shock);
  return shock;
}

function exportsAny(economy: Economy, i: number, j: number): boolean {
  const { N, J } = economySize(economy);
  for (let n = 0; n < N; n++) {
    const share = economy.tradeShare[(n * N + i) * J + j];
    if (n !== i && share * economy.expenditure[n * J + j] > 0) return true;
  }
  return false;
}
