/** Which index number. */
export interface PriceIndexOptions {
  readonly kind: "tornqvist" | "ces";
  /** Elasticity of substitution between the goods, ≥ 0; kind "ces" only. */
  readonly eta?: number;
}

/**
 * Price index of a bundle, 1 in the first period.
 *
 * - `tornqvist`: chained, ln P_t − ln P_t−1 = Σ_e ½(ω_e,t−1 + ω_et)·(ln p_et − ln p_e,t−1); with one row of weights they hold in all
 *   periods, which makes it a geometric mean;
 * - `ces`: P_t = [Σ_e ω_e·(p_et/p_e0)^(1−η)]^(1/(1−η)) with the first period's weights; η = 1 is the geometric mean, η = 0
 *   Laspeyres.
 *
 * Source: Törnqvist (1936), Bank of Finland Monthly Bulletin 10; lib/equilibrium/README.md, Equations (element bundle).
 *
 * @param prices [period][good], > 0
 * @param weights shares [good], or by period [period][good]; ≥ 0, rescaled to sum to 1
 * @throws RangeError naming period and good of a price or weight that is out of range
 * @example
 * ```ts
 * priceIndex([[1, 1], [2, 1]], [0.5, 0.5], { kind: "tornqvist" })[1]; // √2
 * ```
 */
export function priceIndex(
  prices: readonly ArrayLike<number>[],
  weights: ArrayLike<number> | readonly ArrayLike<number>[],
  { kind, eta }: PriceIndexOptions,
): Float64Array {
  if (kind !== "tornqvist" && kind !== "ces") {
    throw new RangeError(`priceIndex: kind ${kind}, expected "tornqvist" or "ces"`);
  }
  if (kind === "ces" && !(eta !== undefined && eta >= 0 && Number.isFinite(eta))) {
    throw new RangeError(`priceIndex: kind "ces" needs eta of 0 or more, got ${eta}`);
  }
  if (prices.length === 0) throw new RangeError("priceIndex: no periods");
  const goods = prices[0].length;
  const shares = shareRows(weights, prices.length, goods);
  const logs = prices.map((row, t) => {
    if (row.length !== goods) {
      throw new RangeError(`priceIndex: period ${t} has ${row.length} prices, expected ${goods}`);
    }
    return Float64Array.from({ length: goods }, (_, e) => {
      if (!(row[e] > 0 && Number.isFinite(row[e]))) {
        throw new RangeError(
          `priceIndex: price ${row[e]} of good ${e} in period ${t}, expected more than 0`,
        );
      }
      return Math.log(row[e]);
    });
  });
  if (kind === "ces" && eta !== 1) {
    const power = 1 - eta!;
    return Float64Array.from(logs, (row) => {
      let sum = 0;
      row.forEach((log, e) => sum += shares[0][e] * Math.exp(power * (log - logs[0][e])));
      return sum ** (1 / power);
    });
  }
  const index = new Float64Array(prices.length).fill(1);
  for (let t = 1; t < prices.length; t++) {
    let change = 0;
    for (let e = 0; e < goods; e++) {
      const share = kind === "ces" ? shares[0][e] : (shares[t - 1][e] + shares[t][e]) / 2;
      change += share * (logs[t][e] - logs[t - 1][e]);
    }
    index[t] = index[t - 1] * Math.exp(change);
  }
  return index;
}

function shareRows(
  weights: ArrayLike<number> | readonly ArrayLike<number>[],
  periods: number,
  goods: number,
): Float64Array[] {
  const nested = typeof weights[0] === "object";
  const rows = nested
    ? weights as readonly ArrayLike<number>[]
    : Array.from({ length: periods }, () => weights as ArrayLike<number>);
  if (rows.length !== periods) {
    throw new RangeError(`priceIndex: ${rows.length} rows of weights for ${periods} periods`);
  }
  return rows.map((row, t) => {
    if (row.length !== goods) {
      throw new RangeError(`priceIndex: ${row.length} weights in period ${t} for ${goods} goods`);
    }
    let sum = 0;
    for (let e = 0; e < goods; e++) {
      if (!(row[e] >= 0)) {
        throw new RangeError(`priceIndex: weight ${row[e]} of good ${e} in period ${t}`);
      }
      sum += row[e];
    }
    if (!(sum > 0)) throw new RangeError(`priceIndex: weights of period ${t} sum to ${sum}`);
    return Float64Array.from({ length: goods }, (_, e) => row[e] / sum);
  });
}
