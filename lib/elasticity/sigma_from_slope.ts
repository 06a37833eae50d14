/** An elasticity of substitution read off a slope. */
export interface SigmaFromSlope {
  /** σ; −Infinity exactly at the boundary of the stable region. */
  readonly sigma: number;
  /** Whether ψ(σ − 1) < 1, so that directed research has a stable allocation. */
  readonly stable: boolean;
}

/**
 * Slope of log relative research flows on the log relative price, b = (1 − σ)/(1 + ψ(1 − σ)).
 *
 * Source: lib/equilibrium/README.md, Technology (our equation); positive exactly when σ < 1, whatever ψ.
 *
 * @param psi technology per unit of research, > 0
 * @throws RangeError when ψ is not positive or σ is outside the stable region ψ(σ − 1) < 1
 */
export function flowSlope(sigma: number, psi: number): number {
  checkStable(sigma, psi);
  return (1 - sigma) / (1 + psi * (1 - sigma));
}

/** Slope of log relative technology stocks, ψ times that of flows. @throws as {@linkcode flowSlope} */
export function stockSlope(sigma: number, psi: number): number {
  return psi * flowSlope(sigma, psi);
}

/**
 * σ = 1 − b/(1 − ψb) from the slope b of research flows. Slopes of 1/ψ and more belong to no stable σ: the formula's
 * value is returned as it is, with `stable` false.
 *
 * @throws RangeError when the slope is not finite or ψ is not positive
 * @example
 * ```ts
 * sigmaFromFlowSlope(1 / 3, 1).sigma; // 0.5
 * ```
 */
export function sigmaFromFlowSlope(slope: number, psi: number): SigmaFromSlope {
  checkSlope(slope);
  checkPsi(psi);
  const room = 1 - psi * slope;
  return { sigma: room === 0 ? -Infinity : 1 - slope / room, stable: room > 0 };
}

/**
 * σ = 1 − b/(ψ(1 − b)) from the slope b of technology stocks; stable for b < 1.
 *
 * @throws RangeError when the slope is not finite or ψ is not positive
 */
export function sigmaFromStockSlope(slope: number, psi: number): SigmaFromSlope {
  checkSlope(slope);
  checkPsi(psi);
  return sigmaFromFlowSlope(slope / psi, psi);
}

/**
 * Delta-method variance of σ from flows: variance/(1 − ψb)⁴; Infinity at the boundary of the stable region.
 *
 * @param slopeVariance sampling variance of the slope, ≥ 0
 */
export function sigmaVarianceFromFlowSlope(
  slope: number,
  psi: number,
  slopeVariance: number,
): number {
  checkSlope(slope);
  checkPsi(psi);
  if (!(slopeVariance >= 0)) {
    throw new RangeError(`variance of a slope: got ${slopeVariance}, expected 0 or more`);
  }
  const room = 1 - psi * slope;
  return room === 0 ? Infinity : slopeVariance / room ** 4;
}

/** Delta-method variance of σ from technology stocks: variance/(ψ²(1 − b)⁴). */
export function sigmaVarianceFromStockSlope(
  slope: number,
  psi: number,
  slopeVariance: number,
): number {
  checkPsi(psi);
  return sigmaVarianceFromFlowSlope(slope / psi, psi, slopeVariance / psi ** 2);
}

/** @throws RangeError when ψ is not a positive number */
export function checkPsi(psi: number): void {
  if (!(psi > 0 && Number.isFinite(psi))) {
    throw new RangeError(`psi (technology per unit of research): got ${psi}, expected more than 0`);
  }
}

/** @throws RangeError when σ is outside the stable region */
export function checkStable(sigma: number, psi: number): void {
  checkPsi(psi);
  if (!Number.isFinite(sigma) || !(psi * (sigma - 1) < 1)) {
    throw new RangeError(
      `sigma ${sigma} with psi ${psi} is outside the stable region psi·(sigma − 1) < 1`,
    );
  }
}

function checkSlope(slope: number): void {
  if (!Number.isFinite(slope)) {
    throw new RangeError(`slope: got ${slope}, expected a finite number`);
  }
}
