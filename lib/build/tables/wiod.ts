import {
  WIOD_COUNTRIES,
  WIOD_FINAL_CATEGORY_NAMES,
  WIOD_SECTOR_ISIC3,
  WIOD_SECTOR_NAMES,
  WIOD_SECTORS,
  WIOD_YEARS,
  type WorldTable,
  worldTableFile,
} from "@ree/data";
import { csvText } from "../csv_text.ts";
import type { DerivedTable } from "../derived_table.ts";
import { frame, integers } from "../frames.ts";

function worldCells(table: WorldTable) {
  const height = table.output.length;
  const finals = table.countries.length * table.finalCategories;
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  const push = (row: number, column: number, value: number) => {
    if (value === 0) return;
    rows.push(row);
    columns.push(column);
    values.push(value);
  };
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < height; j++) push(i, j, table.intermediate[i * height + j]);
    for (let j = 0; j < finals; j++) push(i, height + j, table.final[i * finals + j]);
    push(i, height + finals, table.output[i]);
  }
  return frame({ row: integers(rows), column: integers(columns), value: integers(values) });
}

const yearTables = WIOD_YEARS.map((year): DerivedTable => ({
  file: `wiod_${year}.parquet`,
  description: `World input-output table ${year} (WIOD 2013 release), 41 countries x 35 sectors: ` +
    "every cell that is not zero.",
  columns: [
    {
      name: "row",
      unit: "",
      description: "selling country x 35 + selling sector, from 0; names in wiod_labels.csv",
    },
    {
      name: "column",
      unit: "",
      description: "0 to 1434 buying country x 35 + sector; 1435 to 1639 final demand, 1435 + " +
        "country x 5 + category; 1640 output of the row",
    },
    { name: "value", unit: "million USD", description: "current dollars, whole numbers" },
  ],
  sources: ["wiod2013/layout.json", `wiod2013/${worldTableFile(year)}`],
  badge: "real",
  build: async (context) => worldCells(await context.worldTable(year)),
}));

/** The world input-output tables and their labels. */
export const wiodTables: readonly DerivedTable[] = [
  {
    file: "wiod_labels.csv",
    description: "Countries, sectors and final demand categories of the world tables in order.",
    columns: [
      { name: "kind", unit: "", description: "country, sector or final demand category" },
      { name: "position", unit: "", description: "position in the tables, from 0" },
      {
        name: "code",
        unit: "",
        description: "country code (ROM is Romania, RoW the rest), c1 to c35, f1 to f5",
      },
      { name: "isic3", unit: "", description: "ISIC revision 3 divisions of a sector" },
      { name: "name", unit: "", description: "name as published; empty for countries" },
    ],
    sources: ["wiod2013/layout.json"],
    badge: "real",
    build: () =>
      csvText(["kind", "position", "code", "isic3", "name"], [
        ...WIOD_COUNTRIES.map((code, i) => ["country", i, code, "", ""]),
        ...WIOD_SECTORS.map((code, i) => [
          "sector",
          i,
          code,
          WIOD_SECTOR_ISIC3[i],
          WIOD_SECTOR_NAMES[i],
        ]),
        ...WIOD_FINAL_CATEGORY_NAMES.map((name, i) => [
          "final demand category",
          i,
          `f${i + 1}`,
          "",
          name,
        ]),
      ]),
  },
  ...yearTables,
];
