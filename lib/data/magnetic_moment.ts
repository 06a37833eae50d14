/** Ground term of a free ion by Hund's rules. */
export interface HundTerm {
  /** Total spin. */
  readonly spin: number;
  /** Total orbital momentum. */
  readonly orbital: number;
  /** Total angular momentum. */
  readonly total: number;
  /** Landé factor; 0 when `total` is 0. */
  readonly lande: number;
  /** Effective moment g√(J(J+1)), Bohr magnetons. */
  readonly momentBohr: number;
}

/**
 * Ground term of a 4fⁿ shell: largest spin, then largest orbital momentum, then J = |L − S| below half filling and L + S from
 * half filling on. Theoretical: for Sm³⁺ and Eu³⁺ measured moments (1.5 and 3.4) are larger because of low excited levels.
 *
 * @param electrons 0 to 14
 * @throws RangeError outside that range
 * @see https://en.wikipedia.org/wiki/Hund%27s_rules
 */
export function hundTerm(electrons: number): HundTerm {
  if (!Number.isInteger(electrons) || electrons < 0 || electrons > 14) {
    throw new RangeError(`${electrons} electrons in a 4f shell: expected 0 to 14`);
  }
  const unpaired = electrons <= 7 ? electrons : 14 - electrons;
  const spin = unpaired / 2;
  const orbital = unpaired * (7 - unpaired) / 2;
  const total = electrons < 7 ? Math.abs(orbital - spin) : orbital + spin;
  if (total === 0) return { spin, orbital, total, lande: 0, momentBohr: 0 };
  const square = total * (total + 1);
  const lande = 1 + (square + spin * (spin + 1) - orbital * (orbital + 1)) / (2 * square);
  return { spin, orbital, total, lande, momentBohr: lande * Math.sqrt(square) };
}
