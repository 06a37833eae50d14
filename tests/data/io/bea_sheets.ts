import type { MakeUseTable } from "@ree/data";

/** What a cell of a sheet holds. */
export type Cell = string | number | null;

/** Sum of numbers. */
const sum = (values: Iterable<number>) => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/** Zeros are printed as `...`, as the BEA does. */
export const printed = (value: number): Cell => value === 0 ? "..." : value;

/** A sheet in the BEA's detail layout: title, unit, names, `Code` with codes, numbers, footnote. */
function detailSheet(
  title: string,
  rows: readonly (readonly [code: string, name: string, values: readonly number[]])[],
  columns: readonly string[],
  names: readonly string[],
): Cell[][] {
  return [
    [title],
    ["(Millions of dollars)"],
    ["Bureau of Economic Analysis"],
    [],
    [null, null, ...names],
    ["Code", "Commodity Description", ...columns],
    ...rows.map(([code, name, values]) => [code, name, ...values.map(printed)]),
    [],
    ["Note. Detail may not add to total due to rounding."],
  ];
}

/** The sheets of the three workbooks. */
export interface Sheets {
  readonly make: Cell[][];
  readonly use: Cell[][];
  readonly imports: Cell[][];
}

/** The shipped table in the layout of the publisher's workbooks. */
export function sheetsOf(table: MakeUseTable): Sheets {
  const { industries, commodities, finalUses, valueAddedRows } = table;
  const [n, c, f] = [industries.length, commodities.length, finalUses.length];
  const of = (values: Float64Array, i: number, width: number) => [
    ...values.subarray(i * width, (i + 1) * width),
  ];
  const columns = (rows: readonly (readonly number[])[]) =>
    rows[0].map((_, j) => sum(rows.map((row) => row[j])));
  const makeRows = industries.map((_, i) => of(table.make, i, c));
  const useRows = commodities.map((_, i) => [
    ...of(table.use, i, n),
    ...of(table.finalUse, i, f),
  ]);
  const addedRows = valueAddedRows.map((_, v) => of(table.valueAdded, v, n));
  const used = columns(useRows);
  const added = columns(addedRows);
  const pad = (row: readonly number[]) => [...row, ...Array.from({ length: f + 2 }, () => 0)];
  return {
    make: detailSheet(
      "The Make of Commodities by Industries, Before Redefinitions",
      [
        ...industries.map((code, i) =>
          [code, table.industryNames[i], [...makeRows[i], sum(makeRows[i])]] as const
        ),
        ["T007", "Total Commodity Output", [...columns(makeRows), 0]],
      ],
      [...commodities, "T008"],
      [...table.commodityNames, "Total Industry Output"],
    ),
    use: detailSheet(
      "The Use of Commodities by Industries, Before Redefinitions (Producers' Prices)",
      [
        ...commodities.map((code, i) =>
          [code, table.commodityNames[i], [
            ...useRows[i],
            sum(useRows[i].slice(0, n)),
            sum(useRows[i]),
          ]] as const
        ),
        ["T005", "Total Intermediate", [...used, 0, 0]],
        ...valueAddedRows.map((code, v) => [code, code, pad(addedRows[v])] as const),
        ["T006", "Total Value Added", pad(added)],
        ["T008", "Total Industry Output", pad(added.map((value, j) => value + used[j]))],
      ],
      [...industries, ...finalUses, "T001", "T007"],
      [...table.industryNames, ...finalUses, "Total Intermediate", "Total Commodity Output"],
    ),
    imports: detailSheet(
      "Import Matrix, Before Redefinitions",
      commodities.map((code, i) => [code, table.commodityNames[i], [
        ...of(table.imports?.use ?? table.use, i, n),
        ...of(table.imports?.finalUse ?? table.finalUse, i, f),
      ]]),
      [...industries, ...finalUses],
      [...table.industryNames, ...finalUses],
    ),
  };
}
