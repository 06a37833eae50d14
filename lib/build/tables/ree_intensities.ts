import {
  BEA_YEARS,
  BGS_FILE,
  type Facts,
  loadJudged,
  makeUseFiles,
  readOxideProduction,
  worldTableFile,
} from "@ree/data";
import {
  bandTable,
  intensityDraws,
  purchaseTable,
  usIntensityTable,
  type UsReeTable,
  usReeTable,
  worldIntensity,
  worldIntensityTable,
  worldReeTable,
  worldSplits,
} from "@ree/io-table";
import type { BuildContext, ColumnNote, DerivedTable } from "../derived_table.ts";

/** Year of the bands, and of the industry shares that the world table borrows. */
const DETAIL_YEAR = 2007;
const WORLD_YEAR = 2009;

const READING =
  "element mix and prices of 2010-2012 recalled; industries, hosts and end-use assignment our judgement";

const FACT_SOURCES = [
  "facts/ree_prices_annual.csv",
  "facts/ree_end_use_shares.csv",
  "facts/ree_element_mix_by_application.csv",
  "facts/ree_application_industries.csv",
  "facts/ree_use_by_application_world_2008.csv",
];

const usSources = [
  ...BEA_YEARS.flatMap((year) => [makeUseFiles(year).make, makeUseFiles(year).use])
    .map((file) => `bea_io/${file}`),
  ...FACT_SOURCES,
];

const column = (name: string, unit: string, description: string): ColumnNote => ({
  name,
  unit,
  description,
});
const INTENSITY = "USD per million USD of gross output";

/** One build computes the US tables once for all entries. */
const usTables = onceFor((context: BuildContext) => {
  const [facts, judged] = [context.facts(), loadJudged()];
  return new Map(
    BEA_YEARS.map((year): [number, UsReeTable] => [
      year,
      usReeTable(context.makeUse(year), facts, judged),
    ]),
  );
});

/** The committed defaults of what notebook 1 saves. */
export const intensityTables: readonly DerivedTable[] = [
  {
    file: "ree_intensity_us.parquet",
    description: "Rare earth intensity of every US industry by element, benchmark years, " +
      "embodying-user reading, at the prices of the year.",
    columns: [
      column("year", "", "benchmark year"),
      column("industry", "", "BEA detail code"),
      column("label", "", "industry name"),
      column("element", "", "chemical symbol"),
      column("direct", INTENSITY, "own purchases"),
      column("total", INTENSITY, "purchases along the whole supply chain"),
    ],
    sources: usSources,
    badge: "derived",
    reading: READING,
    build: (context) =>
      usIntensityTable(usTables(context), (year) => context.makeUse(year).industryNames),
  },
  {
    file: "ree_bands_us.parquet",
    description: `Uncertainty of the intensities of ${DETAIL_YEAR} from 1,000 draws of all ` +
      "weights (90 % band, all elements together).",
    columns: [
      column("year", "", "benchmark year"),
      column("industry", "", "BEA detail code"),
      column("direct_lower", INTENSITY, "5 % quantile of the direct intensity"),
      column("direct_upper", INTENSITY, "95 % quantile of the direct intensity"),
      column("total_lower", INTENSITY, "5 % quantile of the total intensity"),
      column("total_median", INTENSITY, "median of the total intensity"),
      column("total_upper", INTENSITY, "95 % quantile of the total intensity"),
    ],
    sources: usSources,
    badge: "derived",
    reading: READING,
    build: (context) => {
      const { table, factors } = usTables(context).get(DETAIL_YEAR)!;
      return bandTable(intensityDraws(table, factors), DETAIL_YEAR);
    },
  },
  {
    file: "ree_purchases_us.parquet",
    description: "Purchases of each element by application and first industry, US, with the " +
      "world sector and technology field of the industry.",
    columns: [
      column("year", "", "benchmark year"),
      column("application", "", "one of ten"),
      column("element", "", "chemical symbol"),
      column("industry", "", "BEA detail code"),
      column("wiod_sector", "", "c1 to c35"),
      column("wipo_field", "", "one of 35 technology fields"),
      column("value", "million USD", "price times tonnes"),
    ],
    sources: usSources,
    badge: "derived",
    reading: READING,
    build: (context) => purchaseTable(usTables(context), context.facts().applicationIndustries),
  },
  {
    file: "ree_intensity_world.parquet",
    description:
      `Rare earth intensity of every sector of every country by element, ${WORLD_YEAR}, from ` +
      "the world table with element sectors.",
    columns: [
      column("year", "", "year of the world table"),
      column("country", "", "WIOD code, RoW for the rest of the world"),
      column("sector", "", "c1 to c35"),
      column("element", "", "chemical symbol"),
      column("direct", INTENSITY, "own purchases"),
      column("total", INTENSITY, "purchases along the whole world supply chain"),
      column("output", "million USD", "gross output of the sector after the carve-out"),
    ],
    sources: [
      "wiod2013/layout.json",
      `wiod2013/${worldTableFile(WORLD_YEAR)}`,
      `ree_production/${BGS_FILE}`,
      ...usSources,
    ],
    badge: "derived",
    reading: `${READING}; industry shares of the US for all countries`,
    build: async (context) => {
      const world = await context.worldTable(WORLD_YEAR);
      const facts: Facts = context.facts();
      const mines = readOxideProduction(context.source("ree_production"))
        .filter(({ year }) => year === WORLD_YEAR);
      const table = worldReeTable(
        world,
        worldSplits({
          facts,
          judged: loadJudged(),
          distribution: usTables(context).get(DETAIL_YEAR)!.factors.distribution,
          mines,
          countries: world.countries,
          year: WORLD_YEAR,
        }),
      );
      return worldIntensityTable(table, worldIntensity(table));
    },
  },
];

function onceFor<T>(compute: (context: BuildContext) => T): (context: BuildContext) => T {
  const kept = new WeakMap<BuildContext, T>();
  return (context) => {
    const before = kept.get(context);
    if (before !== undefined) return before;
    const value = compute(context);
    kept.set(context, value);
    return value;
  };
}
