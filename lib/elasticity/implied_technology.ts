/** Series behind {@linkcode impliedTechnology}. */
export interface RelativeUse {
  /** ln(q/z) by period. */
  readonly logRelativePrice: ArrayLike<number>;
  /** ln of spending on elements over spending on other inputs, by period; its level does not matter. */
  readonly logRelativeSpending: ArrayLike<number>;
}

/**
 * Path of element-saving technology that explains relative spending at a given σ: ln(AR/AX), 0 in the first period.
 *
 * With spending qR/(zX) = const·[(q/AR)/(z/AX)]^(1−σ) it is ln(q/z) − ln(qR/zX)/(1 − σ). A residual: all that moves spending
 * besides the price is called technology. The closer σ is to 1, the less spending says about technology.
 *
 * Source: Hassler, Krusell and Olovsson (2021), Journal of Political Economy 129(11), who back technologies out of energy's share;
 * here for a unit cost function with two bundles (lib/equilibrium/README.md, Equations).
 *
 * @throws RangeError when series are of unequal length, empty or not finite, or σ is negative or 1
 * @example
 * ```ts
 * // Prices double, quantities stay: without substitution (σ = 0) technology has not moved.
 * impliedTechnology({ logRelativePrice: [0, Math.LN2], logRelativeSpending: [0, Math.LN2] }, 0)[1]; // 0
 * ```
 */
export function impliedTechnology(use: RelativeUse, sigma: number): Float64Array {
  const { logRelativePrice: price, logRelativeSpending: spending } = use;
  if (!(sigma >= 0 && sigma !== 1 && Number.isFinite(sigma))) {
    throw new RangeError(
      `impliedTechnology: sigma ${sigma}, expected 0 or more and not 1, where spending says nothing about technology`,
    );
  }
  if (price.length !== spending.length || price.length === 0) {
    throw new RangeError(
      `impliedTechnology: ${price.length} prices and ${spending.length} spending ratios`,
    );
  }
  const path = Float64Array.from(price, (value, t) => {
    const level = value - spending[t] / (1 - sigma);
    if (Number.isFinite(level)) return level;
    throw new RangeError(
      `impliedTechnology: period ${t} has price ${value} and spending ${
        spending[t]
      }, expected numbers`,
    );
  });
  const [first] = path;
  return path.map((value) => value - first);
}
