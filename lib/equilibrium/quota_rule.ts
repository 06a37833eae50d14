/**
 * The log wedge ξ of a quota as a function of its unknown y, and its slope.
 *
 * y is the variable of the normal map: at a solution y > 0 is the log wedge of a binding quota and y < 0
 * the log slack of another, so that ξ = max(0, y) makes wedge and slack complementary without
 * inequalities. A positive `width` rounds the corner (ξ = width·ln(1 + e^(y/width))): a path from a
 * large width to 0 finds which of many quotas bind when steps across corners go to and fro.
 */
export function lnWedgeOf(y: number, width: number): number {
  if (width === 0) return Math.max(0, y);
  const ratio = y / width;
  return ratio > 30 ? y : width * Math.log1p(Math.exp(ratio));
}

/** d ξ/d y; at the corner of the exact rule the quota counts as binding when it is `exceeded`. */
export function wedgeSlope(y: number, width: number, exceeded: boolean): number {
  if (width === 0) return y > 0 || (y === 0 && exceeded) ? 1 : 0;
  return 1 / (1 + Math.exp(-y / width));
}
