import { DATA_DIR, type DataFrame, type Facts } from "@ree/data";
import {
  loadPatentPanel,
  relativePricePanel,
  SIMULATED_PATENTS_FILE,
  simulatedPatents,
} from "@ree/elasticity";
import pl from "nodejs-polars";
import { basename, join } from "node:path";
import { filesOf, type SourceChoice } from "./find_sources.ts";
import { onlyFile } from "./productivity.ts";
import { type UsedData, usedFiles } from "./used_data.ts";

/** The patent panel of a choice. */
export interface ChosenPatents {
  /** What `estimateElasticities` takes. */
  readonly panel: DataFrame;
  /** Name of the file, empty for the SIMULATED default. */
  readonly file: string;
  readonly used: UsedData;
}

/**
 * The patent panel of a choice: the SIMULATED default, or a labelled panel (.csv, .parquet: `sector`, `year`, `patents_element`,
 * `patents_other`). A panel without `log_relative_price` gets the relative prices of its industries (names of the BEA-BLS accounts)
 * and years; with other prices in the choice the default is SIMULATED anew on them.
 *
 * @param facts prices, as {@linkcode chosenFacts} gives them
 * @throws RangeError when the panel lacks a column, a cell is impossible, or no industry has a price
 */
export async function chosenPatents(choice: SourceChoice, facts: Facts): Promise<ChosenPatents> {
  const path = onlyFile(choice, "patents");
  const what = "Patents";
  if (path === null) {
    const otherPrices = filesOf(choice, "prices").length > 0;
    const panel = otherPrices ? simulatedPatents(DATA_DIR, facts) : loadPatentPanel();
    const files = await usedFiles(join(DATA_DIR, SIMULATED_PATENTS_FILE));
    const notes = otherPrices ? ["SIMULATED anew on the prices of the choice"] : [];
    const coverage = cellsText(panel);
    return {
      panel,
      file: "",
      used: {
        what,
        source: "SIMULATED, shipped",
        files: otherPrices ? [] : files,
        coverage,
        notes,
      },
    };
  }
  const given = /\.parquet$/i.test(path)
    ? pl.readParquet(path)
    : pl.readCSV(path, { inferSchemaLength: null });
  const missing = ["sector", "year", "patents_element", "patents_other"]
    .find((name) => !given.columns.includes(name));
  if (missing !== undefined) {
    throw new RangeError(
      `${path}: no column ${missing} among ${given.columns.join(", ")}; expected sector, year, ` +
        "patents_element, patents_other, and log_relative_price or industries of the BEA-BLS accounts",
    );
  }
  const files = await usedFiles(path);
  if (given.columns.includes("log_relative_price")) {
    const panel = loadPatentPanel(path);
    const used = { what, source: "labelled panel", files, coverage: cellsText(panel) };
    return {
      panel,
      file: basename(path),
      used: { ...used, notes: ["relative prices are those of the file"] },
    };
  }
  const prices = relativePricePanel(DATA_DIR, { facts });
  const typed = given.withColumns(pl.col("sector").cast(pl.Utf8), pl.col("year").cast(pl.Int32));
  const joined = typed.join(prices, { on: ["sector", "year"], how: "inner" });
  if (joined.height === 0) {
    const some = (frame: DataFrame) =>
      [...new Set(frame.getColumn("sector").toArray().map(String))].slice(0, 4).join(", ");
    throw new RangeError(
      `${path}: none of its sectors (${
        some(typed)
      }, …) and years has a relative price; expected industries ` +
        `of the BEA-BLS accounts (${
          some(prices)
        }, …) from 2007 to 2018, or a column log_relative_price`,
    );
  }
  const panel = joined.columns.includes("origin")
    ? joined
    : joined.withColumns(pl.lit("given").alias("origin"));
  return {
    panel,
    file: basename(path),
    used: {
      what,
      source: "labelled panel",
      files,
      coverage: cellsText(panel),
      notes: [
        "relative prices joined by industry and year",
        ...(joined.height < typed.height
          ? [`${typed.height - joined.height} of ${typed.height} cells without a price left out`]
          : []),
      ],
    },
  };
}

function cellsText(panel: DataFrame): string {
  const years = panel.getColumn("year").toArray().map(Number);
  const sectors = new Set(panel.getColumn("sector").toArray().map(String)).size;
  return `${sectors} industries, ${Math.min(...years)} to ${
    Math.max(...years)
  }, ${panel.height} cells`;
}
