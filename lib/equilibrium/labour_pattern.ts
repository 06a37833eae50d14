/** Compensation of an industry's factors, in one unit. */
export interface IndustryCompensation {
  readonly industryId: number;
  readonly industry: string;
  readonly labour: number;
  readonly capital: number;
}

/** An industry whose activity a sector has. */
export interface IndustryOfSector {
  readonly sector: string;
  readonly industryId: number;
  readonly industry: string;
}

/**
 * Labour's share by sector: labour over labour and capital compensation, the industries of a sector
 * together.
 *
 * @returns sector to share, 0 to 1
 * @throws RangeError naming an industry without accounts, or a sector whose industries pay nothing
 */
export function labourPattern(
  accounts: readonly IndustryCompensation[],
  industries: readonly IndustryOfSector[],
): Map<string, number> {
  const byId = new Map(accounts.map((row) => [row.industryId, row]));
  return new Map(
    [...Map.groupBy(industries, ({ sector }) => sector)].map(([sector, rows]) => {
      let [labour, all] = [0, 0];
      for (const { industryId, industry } of rows) {
        const row = byId.get(industryId);
        if (row === undefined || row.industry !== industry) {
          throw new RangeError(
            `industry ${industryId} "${industry}" of sector ${sector} is "${
              row?.industry ?? "not in the accounts"
            }" there`,
          );
        }
        labour += row.labour;
        all += row.labour + row.capital;
      }
      if (!(all > 0 && labour >= 0 && labour <= all)) {
        throw new RangeError(`labour compensation of sector ${sector} is ${labour} of ${all}`);
      }
      return [sector, labour / all];
    }),
  );
}
