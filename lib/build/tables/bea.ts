import {
  BEA_KINDS,
  BEA_YEARS,
  beaCodeFile,
  type BeaCodes,
  makeUseFiles,
  makeUseLayout,
  type MakeUsePart,
  type MakeUseTable,
  readBeaCodes,
} from "@ree/data";
import { csvText } from "../csv_text.ts";
import type { DerivedTable } from "../derived_table.ts";
import { frame, integers, texts } from "../frames.ts";

const inBea = (file: string) => `bea_io/${file}`;

const codeFiles = (year: number) => BEA_KINDS.map((kind) => inBea(beaCodeFile(kind, year)));

function beaTable(year: number): DerivedTable {
  const files = makeUseFiles(year);
  return {
    file: `bea_make_use_${year}.parquet`,
    description: `US Make and Use tables ${year}${
      files.imports ? " with the import matrix" : " (no import matrix was published)"
    }, detail level, producers' prices, before redefinitions: every cell that is not zero.`,
    columns: [
      {
        name: "part",
        unit: "",
        description: "make, use, final use, value added, import use or import final use",
      },
      {
        name: "row",
        unit: "",
        description: "BEA code: industry (make), commodity, or value added row",
      },
      {
        name: "column",
        unit: "",
        description: "BEA code: commodity (make), industry, or final use",
      },
      {
        name: "value",
        unit: "million USD",
        description: "current dollars; imports in final use F05000 are negative",
      },
    ],
    sources: [
      inBea(files.make),
      inBea(files.use),
      ...(files.imports === null ? [] : [inBea(files.imports)]),
      ...codeFiles(year),
    ],
    badge: "real",
    build: (context) => {
      const table = context.makeUse(year);
      return nonzeroCells(table, readBeaCodes(context.source("bea_io"), year));
    },
  };
}

function nonzeroCells(table: MakeUseTable, codes: BeaCodes) {
  const parts: string[] = [];
  const rows: string[] = [];
  const columns: string[] = [];
  const values: number[] = [];
  for (const { part, rows: from, columns: to } of makeUseLayout(table.year, codes)) {
    const array = partOf(table, part);
    for (let i = 0; i < from.length; i++) {
      for (let j = 0; j < to.length; j++) {
        const value = array[i * to.length + j];
        if (value === 0) continue;
        parts.push(part);
        rows.push(from[i]);
        columns.push(to[j]);
        values.push(value);
      }
    }
  }
  return frame({
    part: texts(parts),
    row: texts(rows),
    column: texts(columns),
    value: integers(values),
  });
}

function partOf(table: MakeUseTable, part: MakeUsePart): Float64Array {
  if (part === "make") return table.make;
  if (part === "use") return table.use;
  if (part === "final use") return table.finalUse;
  if (part === "value added") return table.valueAdded;
  if (table.imports === null) throw new Error(`${table.year}: no import matrix`);
  return part === "import use" ? table.imports.use : table.imports.finalUse;
}

/** The BEA detail tables and their codes. */
export const beaTables: readonly DerivedTable[] = [
  {
    file: "bea_codes.csv",
    description: "Codes and names of the rows and columns of the BEA detail tables, in their " +
      "order. Industries and commodities are different sets; the 2007 tables use the 2012 codes.",
    columns: [
      { name: "year", unit: "", description: "benchmark year" },
      { name: "kind", unit: "", description: "industry, commodity, final use or value added" },
      { name: "code", unit: "", description: "BEA detail code" },
      { name: "name", unit: "", description: "name as published" },
    ],
    sources: [...codeFiles(2012), ...codeFiles(2017)],
    badge: "real",
    build: (context) => {
      const rows: (readonly [number, string, string, string])[] = [];
      for (const year of BEA_YEARS) {
        const codes = readBeaCodes(context.source("bea_io"), year);
        for (const kind of BEA_KINDS) {
          codes[kind].codes.forEach((code, i) =>
            rows.push([year, kind, code, codes[kind].names[i]])
          );
        }
      }
      return csvText(["year", "kind", "code", "name"], rows);
    },
  },
  ...BEA_YEARS.map(beaTable),
];
