import type { Closure } from "./closure.ts";
import type { Economy } from "./economy.ts";
import type { Shock } from "./shock.ts";

/**
 * Part of the way from the baseline to a shock: taxes, costs, endowments and quota limits move
 * geometrically, transfers linearly. A quota limit above 1 stays as it is.
 *
 * @param part 0 (baseline) to 1 (the whole shock)
 * @throws RangeError when the shock has an embargo or a limit of 0, which no geometric path reaches
 */
export function shockPart(economy: Economy, shock: Shock, part: number): Shock {
  if (shock.iceberg?.includes(Infinity) || shock.quotas?.some(({ limit }) => limit === 0)) {
    throw new RangeError(
      "an embargo (or a quota limit of 0) has no path of finite steps; use a large iceberg cost or a " +
        "small quota limit instead",
    );
  }
  const rates = (from: Float64Array, to: Float64Array | undefined) =>
    to?.map((rate, at) =>
      rate === from[at] ? rate : (1 + from[at]) ** (1 - part) * (1 + rate) ** part - 1
    );
  const factors = (to: Float64Array | undefined) => to?.map((factor) => factor ** part);
  return {
    tariff: rates(economy.tariff, shock.tariff),
    exportTax: rates(economy.exportTax, shock.exportTax),
    iceberg: factors(shock.iceberg),
    factorEndowment: factors(shock.factorEndowment),
    resource: factors(shock.resource),
    transfer: shock.transfer?.map((value, n) =>
      economy.transfer[n] + part * (value - economy.transfer[n])
    ),
    quotas: shock.quotas?.map((quota) => ({
      ...quota,
      limit: quota.limit < 1 ? quota.limit ** part : quota.limit,
    })),
  };
}

/**
 * As {@link shockPart}, but embargoes and bans come in gradually: the trade share that they leave
 * falls as 1 − part. For continuation, where the path does not matter.
 */
export function gradualShock(economy: Economy, shock: Shock, part: number): Shock {
  if (part === 1) return shock;
  const J = economy.sectors.length;
  return shockPart(
    economy,
    {
      ...shock,
      iceberg: shock.iceberg?.map((factor, at) =>
        factor === Infinity ? (1 - part) ** (-1 / (economy.theta[at % J] * part)) : factor
      ),
      quotas: shock.quotas?.map((quota) =>
        quota.limit === 0 ? { ...quota, limit: (1 - part) ** (1 / part) } : quota
      ),
    },
    part,
  );
}

/** Part of the way to a closure: only frozen technology is a number that can move. */
export function closurePart(closure: Closure, part: number): Closure {
  if (closure.kind !== "frozen") return closure;
  const move = (array: Float64Array) => array.map((value) => value ** part);
  return { kind: "frozen", element: move(closure.element), other: move(closure.other) };
}
