/** Rows left out of the estimation, 0-based positions in the data as given. */
export interface DroppedRows {
  /** A cell of a used variable is null. */
  readonly missing: readonly number[];
  /** The only row of a group of some effect, after the other drops (repeatedly). */
  readonly singleton: readonly number[];
  /** Perfectly predicted zeros of a Poisson regression. */
  readonly separated: readonly number[];
}

/** What an estimation left out and why. */
export interface Report {
  readonly rowsGiven: number;
  readonly rowsUsed: number;
  readonly dropped: DroppedRows;
  /** Variables left out because earlier ones or the effects explain them entirely, by name. */
  readonly collinear: readonly string[];
  /** Remarks in words, e.g. how separated rows were found or that a covariance was repaired. */
  readonly notes: readonly string[];
}

/** "rows 3, 8, 9 and 12 more": 1-based, for error messages. */
export function rowList(rows: readonly number[], total = rows.length): string {
  const shown = rows.slice(0, 5).map((row) => row + 1).join(", ");
  const more = total - Math.min(rows.length, 5);
  return `row${total === 1 ? "" : "s"} ${shown}${more > 0 ? ` and ${more} more` : ""}`;
}
