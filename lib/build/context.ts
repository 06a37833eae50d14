import {
  type Facts,
  knownCodes,
  type MakeUseTable,
  readBeaCodes,
  readFacts,
  readMakeUse,
  readWorldTable,
  type WorldTable,
} from "@ree/data";
import { join } from "node:path";
import type { BuildContext } from "./derived_table.ts";

/** A context that reads source files below `sourceDir`, the small tables once only. */
export function buildContext(sourceDir: string): BuildContext {
  const source = (file: string) => join(sourceDir, file);
  const makeUse = memoise((year: number): MakeUseTable => readMakeUse(source("bea_io"), year));
  const facts = memoise((): Facts =>
    readFacts(
      source("facts"),
      knownCodes((year) => {
        const codes = readBeaCodes(source("bea_io"), year);
        return { industries: codes.industry.codes, commodities: codes.commodity.codes };
      }),
    )
  );
  return {
    sourceDir,
    source,
    makeUse,
    // Not kept: one world table is 20 MB, and each has one derived table.
    worldTable: (year: number): Promise<WorldTable> => readWorldTable(source("wiod2013"), year),
    facts: () => facts(undefined),
  };
}

function memoise<K, V>(compute: (key: K) => V): (key: K) => V {
  const kept = new Map<K, V>();
  return (key) => {
    let value = kept.get(key);
    if (value === undefined) kept.set(key, value = compute(key));
    return value;
  };
}
