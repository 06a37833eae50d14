/** A group of originals of one publisher that share page and licence. */
interface OriginalGroup {
  readonly source: string;
  readonly publisher: string;
  readonly address: string;
  readonly licence: string;
  /** File names and addresses. */
  readonly files: readonly (readonly [file: string, download: string])[];
  readonly note?: string;
  readonly key?: { readonly env: string; readonly header: string };
}

/** An original in `data/sources.json`; see `Original` of @ree/download. */
export interface OriginalEntry {
  readonly source: string;
  readonly file: string;
  readonly publisher: string;
  readonly address: string;
  readonly licence: string;
  readonly download: string;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly note?: string;
  readonly key?: { readonly env: string; readonly header: string };
}

const BROWSER = "the publisher's site may answer a program with a page for browsers; the error " +
  "then says where to put the file that a browser fetched";

const years = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

const ICIO = "https://webfs-sti.oecd.org/files/STI-PIE/ICIO";

const BEA_ANNUAL = "https://apps.bea.gov/industry/xls/io-annual";

const UN_TABLES = "https://unstats.un.org/unsd/classifications/Econ/tables";

const COMTRADE_CODES = "2612,2805,2846,3606,7202,8505,850511";

/**
 * Originals by source. Addresses were collected from public code that uses them; sizes and hashes are unknown until a first
 * download, which later downloads must equal.
 */
const GROUPS: readonly OriginalGroup[] = [
  {
    source: "bea",
    publisher: "US Bureau of Economic Analysis, input-output accounts",
    address: "https://www.bea.gov/industry/input-output-accounts-data",
    licence: "US government work, public domain",
    files: [
      [
        "AllTablesIO.zip",
        "https://apps.bea.gov/industry/iTables%20Static%20Files/AllTablesIO.zip",
      ],
      ...["SUM_1997-2023", "DET_2017"].map((span) =>
        [
          `ImportMatrices_Before_Redefinitions_${span}.xlsx`,
          `${BEA_ANNUAL}/ImportMatrices_Before_Redefinitions_${span}.xlsx`,
        ] as const
      ),
    ],
  },
  {
    source: "oecd-icio-2023",
    publisher: "OECD, Inter-Country Input-Output tables, edition 2023",
    address: "https://www.oecd.org/en/data/datasets/inter-country-input-output-tables.html",
    licence: "OECD terms and conditions, free with attribution",
    files: ["1995-2000", "2001-2005", "2006-2010", "2011-2015", "2016-2020"].map((span) =>
      [`${span}_SML.zip`, `${ICIO}/2023/${span}_SML.zip`] as const
    ),
    note: BROWSER,
  },
  {
    source: "oecd-icio-2025",
    publisher: "OECD, Inter-Country Input-Output tables, edition 2025",
    address: "https://www.oecd.org/en/data/datasets/inter-country-input-output-tables.html",
    licence: "OECD terms and conditions, free with attribution",
    files: ["1995-2000", "2001-2005", "2006-2010", "2011-2015", "2016-2022"].map((span) =>
      [`${span}_SML.zip`, `${ICIO}/2025/${span}_SML.zip`] as const
    ),
    note: BROWSER,
  },
  {
    source: "wiod2016",
    publisher: "World Input-Output Database, 2016 release (Timmer et al. 2015, 2016)",
    address: "https://www.rug.nl/ggdc/valuechain/wiod/wiod-2016-release",
    licence: "CC BY 4.0",
    files: [["WIOTS_in_EXCEL.zip", "https://dataverse.nl/api/access/datafile/199104"]],
    note: BROWSER,
  },
  {
    source: "exiobase3",
    publisher: "EXIOBASE 3.8.2 (Stadler et al. 2018), industry by industry",
    address: "https://zenodo.org/records/5589597",
    licence: "CC BY-SA 4.0",
    files: years(2005, 2020).map((year) =>
      [
        `IOT_${year}_ixi.zip`,
        `https://zenodo.org/records/5589597/files/IOT_${year}_ixi.zip?download=1`,
      ] as const
    ),
  },
  {
    source: "baci",
    publisher: "CEPII, BACI HS92 (Gaulier and Zignago 2010)",
    address: "https://www.cepii.fr/DATA_DOWNLOAD/baci/doc/baci_webpage.html",
    licence: "Etalab 2.0",
    files: [[
      "BACI_HS92_V202601.zip",
      "https://www.cepii.fr/DATA_DOWNLOAD/baci/data/BACI_HS92_V202601.zip",
    ]],
  },
  {
    source: "comtrade",
    publisher: "United Nations, UN Comtrade, annual exports of rare earths and magnets",
    address: "https://comtradedeveloper.un.org",
    licence: "UN Comtrade terms: free with a key, no redistribution",
    files: years(2005, 2015).map((year) =>
      [
        `exports_${year}.json`,
        "https://comtradeapi.un.org/data/v1/get/C/A/HS?flowCode=X&includeDesc=false" +
        `&cmdCode=${COMTRADE_CODES}&period=${year}`,
      ] as const
    ),
    key: { env: "COMTRADE_API_KEY", header: "Ocp-Apim-Subscription-Key" },
  },
  {
    source: "hs-correlations",
    publisher: "UN Statistics Division, correlations and conversions of HS revisions",
    address: "https://unstats.un.org/unsd/classifications/Econ",
    licence: "UN terms of use, with attribution",
    files: ["HS2022toHS2017", "HS2022toHS2012", "HS2017toHS2012", "HS2017toHS2007"].map((pair) =>
      [
        `${pair}ConversionAndCorrelationTables.xlsx`,
        `${UN_TABLES}/${pair}ConversionAndCorrelationTables.xlsx`,
      ] as const
    ),
    note: BROWSER,
  },
  {
    source: "eu-klems-2019",
    publisher: "EU KLEMS, release 2019 (Stehrer et al. 2019)",
    address: "https://euklems.eu",
    licence: "free with citation",
    files: ["Statistical_National-Accounts.csv", "Statistical_Growth-Accounts.csv"].map((name) =>
      [name, `https://euklems.eu/bulk/${name}`] as const
    ),
    note: BROWSER,
  },
  {
    source: "eu-klems-2023",
    publisher: "EU KLEMS & INTANProd, release 2023 (Bontadini et al. 2023)",
    address: "https://euklems-intanprod-llee.luiss.it",
    licence: "free with citation",
    files: [
      [
        "national accounts.csv",
        "https://www.dropbox.com/s/nkz7mdp0onken1j/national%20accounts.csv?dl=1",
      ],
      [
        "growth accounts.csv",
        "https://www.dropbox.com/scl/fi/vw1drt9u8i5vcqtrhqbxx/growth-accounts.csv" +
        "?rlkey=1tfoq18uo9vtkadhx24p3tx59&dl=1",
      ],
    ],
    note: BROWSER,
  },
  {
    source: "penn-world",
    publisher: "Penn World Table 10.01 (Feenstra, Inklaar and Timmer 2015)",
    address: "https://www.rug.nl/ggdc/productivity/pwt/",
    licence: "CC BY 4.0",
    files: [["pwt1001.xlsx", "https://dataverse.nl/api/access/datafile/354095"]],
    note: BROWSER,
  },
  {
    source: "nber-ces",
    publisher: "NBER-CES Manufacturing Industry Database, NAICS 2012 (Becker, Gray and Marvakov)",
    address: "https://www.nber.org/research/data/nber-ces-manufacturing-industry-database",
    licence: "public use",
    files: [[
      "nberces5818v1_n2012.csv",
      "https://data.nber.org/nberces/nberces5818v1/nberces5818v1_n2012.csv",
    ]],
  },
];

/** The originals, in the order of their sources. */
export const ORIGINALS: readonly OriginalEntry[] = GROUPS.flatMap((
  { source, publisher, address, licence, files, note, key },
) =>
  files.map(([file, download]) => ({
    source,
    file: `${source}/${file}`,
    publisher,
    address,
    licence,
    download,
    bytes: null,
    sha256: null,
    ...(note === undefined ? {} : { note }),
    ...(key === undefined ? {} : { key }),
  }))
);
