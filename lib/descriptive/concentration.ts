/** Output of one producer. */
export interface Producer {
  readonly country: string;
  readonly tonnes: number;
}

/**
 * Herfindahl-Hirschman index of producers, 0 to 1: the sum of squared shares.
 *
 * @throws when nobody produces anything
 */
export function herfindahl(producers: readonly Producer[]): number {
  const world = producers.reduce((sum, { tonnes }) => sum + tonnes, 0);
  if (!(world > 0)) throw new RangeError("herfindahl: no producer has output");
  return producers.reduce((sum, { tonnes }) => sum + (tonnes / world) ** 2, 0);
}
