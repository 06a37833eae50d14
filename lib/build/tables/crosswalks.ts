import {
  beaCodeFile,
  CROSSWALK_COLUMNS,
  CROSSWALK_FILES,
  CROSSWALK_YEAR,
  NAICS_COLUMNS,
  readIndustryCrosswalk,
  readNaicsCrosswalk,
} from "@ree/data";
import { csvText } from "../csv_text.ts";
import type { DerivedTable } from "../derived_table.ts";

const DETAIL_CODES = `bea_io/${beaCodeFile("industry", CROSSWALK_YEAR)}`;

/** Which BEA detail industries the industries of the productivity tables are. */
export const crosswalkTables: readonly DerivedTable[] = [
  {
    file: "industry_crosswalk.csv",
    description:
      "The 63 industries of us_industry_productivity.parquet and the 405 BEA detail industries " +
      "of the 2007 and 2012 tables that they consist of. 58 are matched by name to a BEA summary " +
      "industry; 5 merge several: Retail trade (441, 445, 452, 4A0), Real estate (HS, ORE), " +
      "Hospitals and nursing (622, 623), Federal (GFGD, GFGN, GFE), State and local (GSLG, GSLE). " +
      "None is unmatched.",
    columns: [
      { name: "industry_id", unit: "", description: "1 to 63" },
      { name: "industry", unit: "", description: "industry name (BEA-BLS)" },
      { name: "summary", unit: "", description: "BEA summary code" },
      { name: "detail", unit: "", description: "BEA detail code" },
    ],
    sources: [
      CROSSWALK_FILES.crosswalk,
      CROSSWALK_FILES.summary,
      DETAIL_CODES,
      CROSSWALK_FILES.industries,
    ],
    badge: "derived",
    build: ({ sourceDir }) =>
      csvText(
        CROSSWALK_COLUMNS,
        readIndustryCrosswalk(sourceDir)
          .map(({ industryId, industry, summary, detail }) => [
            industryId,
            industry,
            summary,
            detail,
          ]),
      ),
  },
  {
    file: "naics_bea.csv",
    description:
      "The 364 NAICS industries of us_manufacturing.parquet and their BEA detail industries (235 " +
      "of them, all of manufacturing). 357 are matched by the concordance; for 7 it names no code " +
      "(331523, 331524, 331529, 335129) or two (331511, 331512, 331513), and the crosswalk that " +
      "comes with the BEA tables decides. None is unmatched.",
    columns: [
      { name: "naics", unit: "", description: "NAICS 2012, six digits" },
      { name: "detail", unit: "", description: "BEA detail code of the 2007 and 2012 tables" },
      { name: "via", unit: "", description: "which list decides: concordance or crosswalk" },
    ],
    sources: [
      CROSSWALK_FILES.concordance,
      CROSSWALK_FILES.crosswalk,
      DETAIL_CODES,
      CROSSWALK_FILES.manufacturing,
    ],
    badge: "derived",
    build: ({ sourceDir }) =>
      csvText(
        NAICS_COLUMNS,
        readNaicsCrosswalk(sourceDir).map(({ naics, detail, via }) => [naics, detail, via]),
      ),
  },
];
