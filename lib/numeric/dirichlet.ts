import gamma from "@stdlib/random-base-gamma";

/** Draws share vectors around a given one: `draw(shares, concentration)` sums to 1. */
export type DirichletSampler = (shares: readonly number[], concentration: number) => number[];

/**
 * A reproducible sampler of Dirichlet(concentration · shares) vectors, mean `shares`,
 * variance shares(1 − shares)/(1 + concentration): one sampler is one random stream.
 * Zero shares stay exactly zero. Built on independent gamma draws (Mersenne twister).
 *
 * @param seed positive integer below 2³²
 * @throws when shares are negative or sum to zero, or the concentration is not positive
 */
export function dirichletSampler(seed: number): DirichletSampler {
  const drawGamma = gamma.factory({ seed });
  return (shares, concentration) => {
    const sum = shares.reduce((partial, share) => partial + share, 0);
    if (!(sum > 0) || shares.some((share) => !(share >= 0))) {
      throw new RangeError(`dirichlet: shares must be ≥ 0 and not all 0, got [${shares}]`);
    }
    if (!(concentration > 0)) {
      throw new RangeError(`dirichlet: concentration must be > 0, got ${concentration}`);
    }
    const draws = shares.map((share) =>
      share === 0 ? 0 : drawGamma(concentration * share / sum, 1)
    );
    const drawn = draws.reduce((partial, draw) => partial + draw, 0);
    // All draws can underflow to 0 for tiny concentrations; the mean is then the honest answer.
    return drawn > 0 ? draws.map((draw) => draw / drawn) : shares.map((share) => share / sum);
  };
}
