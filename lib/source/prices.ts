import { type AnnualPrice, DATA_DIR, type Facts, loadFacts, readMonthlyPrices } from "@ree/data";
import { ELEMENTS, PRICE_YEARS } from "@ree/io-table";
import { join } from "node:path";
import { mean } from "simple-statistics";
import { filesOf, type SourceChoice } from "./find_sources.ts";
import { type UsedData, usedFiles } from "./used_data.ts";

/** The facts of a choice: the shipped ones, with other annual prices where the choice has monthly ones. */
export interface ChosenFacts {
  readonly facts: Facts;
  readonly used: UsedData;
}

/** Months of a year. */
const MONTHS = 12;

/**
 * Transcribed facts with the prices of a choice: annual means of a CSV of monthly prices in USD per kg of oxide, series named by
 * element (`Nd`), one basis for each. Element-years that the file does not have keep the shipped price; the text says how many.
 *
 * @throws RangeError when the file has none of the elements, or an element on several bases; SourceError at a row that does not read
 */
export async function chosenFacts(choice: SourceChoice): Promise<ChosenFacts> {
  const shipped = loadFacts();
  const files = filesOf(choice, "prices");
  if (files.length === 0) {
    const path = join(DATA_DIR, "facts/ree_prices_annual.csv");
    const { length } = shipped.annualPrices;
    return {
      facts: shipped,
      used: {
        what: "Prices",
        source: "annual prices, shipped",
        files: await usedFiles(path),
        coverage: `${length} element-years, ${PRICE_YEARS[0]} to ${PRICE_YEARS.at(-1)}`,
        notes: [],
      },
    };
  }
  if (files.length > 1) {
    throw new RangeError(`source "${choice.text}": ${files.length} files of prices; expected one`);
  }
  const [{ path }] = files;
  const { prices, gaps } = readMonthlyPrices(path);
  const isElement = (series: string) => (ELEMENTS as readonly string[]).includes(series);
  const wanted = prices.filter(({ series, year }) =>
    isElement(series) && PRICE_YEARS.includes(year)
  );
  if (wanted.length === 0) {
    const came = [...new Set(prices.map(({ series }) => series))].join(", ");
    throw new RangeError(
      `${path}: series ${came}; expected some of ${ELEMENTS.join(", ")} in ${PRICE_YEARS[0]} to ${
        PRICE_YEARS.at(-1)
      }`,
    );
  }
  for (const [series, rows] of Map.groupBy(wanted, (row) => row.series)) {
    const bases = [...new Set(rows.map(({ basis }) => basis))];
    if (bases.length > 1) {
      throw new RangeError(`${path}: ${series} on the bases ${bases.join(", ")}; expected one`);
    }
  }
  const annual = [...Map.groupBy(wanted, ({ series, year }) => `${series} ${year}`).values()]
    .map((rows): AnnualPrice => ({
      element: rows[0].series,
      year: rows[0].year,
      usdPerKg: mean(rows.map(({ price }) => price)),
      // The figures mark a price by how it was read: a mean of months is read directly, as what was read.
      reading: "direct",
      source: rows[0].source,
    }));
  const given = new Set(annual.map(({ element, year }) => `${element} ${year}`));
  const kept = shipped.annualPrices.filter(({ element, year }) => !given.has(`${element} ${year}`));
  const remaining = kept.filter(({ element, year }) =>
    isElement(element) && PRICE_YEARS.includes(year)
  );
  const partial = [...Map.groupBy(wanted, ({ series, year }) => `${series} ${year}`)]
    .filter(([, rows]) => rows.length < MONTHS).length;
  const others = [...new Set(prices.map(({ series }) => series).filter((one) => !isElement(one)))];
  return {
    facts: { ...shipped, annualPrices: [...kept, ...annual] },
    used: {
      what: "Prices",
      source: "monthly prices, annual means",
      files: await usedFiles(path),
      coverage:
        `element-years: ${annual.length} from the file, ${remaining.length} that it does not have remain shipped`,
      notes: [
        `element-years with fewer than ${MONTHS} months: ${partial}`,
        ...(gaps.length === 0
          ? []
          : [`months missing within ${gaps.map((gap) => gap.series).join("; ")}`]),
        ...(others.length === 0 ? [] : [`series without use here: ${others.join(", ")}`]),
      ],
    },
  };
}
