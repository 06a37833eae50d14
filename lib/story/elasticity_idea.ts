import { flowSlope, stockSlope } from "@ree/elasticity";

/** Points between the ends of the axis. */
const POINTS = 60;

/**
 * Slopes of research flows and of technology stocks on the relative price over σ, one curve for each ψ, where directed research
 * has a stable allocation.
 */
export function slopeCurves(psis: readonly number[], low = 0, high = 1.5) {
  const kinds = [["research flows", flowSlope], ["technology stocks", stockSlope]] as const;
  return kinds.flatMap(([panel, slope]) =>
    psis.flatMap((psi) =>
      Array.from({ length: POINTS + 1 }, (_, k) => low + (high - low) * k / POINTS)
        .filter((sigma) => psi * (sigma - 1) < 1)
        .map((sigma) => ({ panel, group: `ψ = ${psi}`, x: sigma, y: slope(sigma, psi) }))
    )
  );
}

/** Whether the sign of every slope tells complements from substitutes, as a sentence for a title. */
export function signFinding(curves: ReturnType<typeof slopeCurves>): string {
  const wrong = curves.filter(({ x, y }) =>
    Math.abs(x - 1) > 1e-9 && Math.sign(y) !== Math.sign(1 - x)
  );
  const curvesCount = new Set(curves.map(({ panel, group }) => panel + group)).size;
  return wrong.length === 0
    ? `Research follows a dearer input where σ is below 1 and leaves it where σ is above: in all ${curvesCount} curves`
    : `The sign of the slope fails to tell σ in ${wrong.length} of ${curves.length} points`;
}
