/** Where source files come from: publisher, address, the public repository that carries them, licence. */
export interface Publisher {
  /** Start of the path under the source folder. */
  readonly prefix: string;
  readonly publisher: string;
  /** The publisher's address. */
  readonly address: string;
  /** Repository@commit and path from which the files were taken. */
  readonly carrier: string;
  readonly licence: string;
}

/** By prefix; the longest matching prefix holds. */
export const PUBLISHERS: readonly Publisher[] = [
  {
    prefix: "bea_io/",
    publisher: "US Bureau of Economic Analysis, benchmark input-output accounts (detail)",
    address: "https://www.bea.gov/industry/benchmark-input-output-data",
    carrier:
      "https://github.com/USEPA/useeior @ 1565a70b7da2e50ff7ab5fc344fc0ba95f307a8a, data/*.rda, converted to CSV",
    licence: "US government work, public domain; carrier MIT",
  },
  {
    prefix: "bea_io/Detail_Make_2007",
    publisher: "US Bureau of Economic Analysis, benchmark input-output accounts (detail)",
    address: "https://www.bea.gov/industry/benchmark-input-output-data",
    carrier:
      "https://github.com/USEPA/useeior @ d6b83baa3871814704e80044431ea2730eccdf0c, data/*.rda, converted to CSV",
    licence: "US government work, public domain; carrier MIT",
  },
  {
    prefix: "bea_io/Detail_Use_2007",
    publisher: "US Bureau of Economic Analysis, benchmark input-output accounts (detail)",
    address: "https://www.bea.gov/industry/benchmark-input-output-data",
    carrier:
      "https://github.com/USEPA/useeior @ d6b83baa3871814704e80044431ea2730eccdf0c, data/*.rda, converted to CSV",
    licence: "US government work, public domain; carrier MIT",
  },
  {
    prefix: "wiod2013/",
    publisher: "World Input-Output Database, 2013 release (Timmer et al. 2015)",
    address: "https://www.rug.nl/ggdc/valuechain/wiod/wiod-2013-release",
    carrier:
      "https://github.com/bquast/wiod @ 59a28ac22fbd7751ea84c0f33722b5246b0af46d, data/wiot_YYYY.RData, rounded to whole numbers",
    licence:
      "CC BY 4.0 (the producer's usual licence, not in the carrier; check before redistribution)",
  },
  {
    prefix: "ncses/",
    publisher: "US National Science Foundation, NCSES, Science and Engineering Indicators",
    address: "https://ncses.nsf.gov/indicators",
    carrier:
      "https://github.com/bq-org/ncses_stats_explorer_placeholder @ 1f879ab65ed260668840db406611ddc10e8455bc, output/tables/*/data.csv",
    licence: "US government work; underlying data PATSTAT and IHS Markit special tabulations",
  },
  {
    prefix: "elements/",
    publisher: "mendeleev (L. Mentel); ionic radii of Shannon (1976)",
    address: "https://mendeleev.readthedocs.io",
    carrier:
      "https://github.com/lmmentel/mendeleev @ 580e34010f5c90cf0a025d365948fd343670e9d2, mendeleev/elements.db",
    licence: "MIT",
  },
  {
    prefix: "ree_production/bgs",
    publisher: "British Geological Survey, World Mineral Statistics",
    address: "https://www.bgs.ac.uk/mineralsuk/statistics/world-mineral-statistics/",
    carrier:
      "https://github.com/manuali-luciana/critical-minerals-replication @ 4739c5eeb3d0ffe73fdd9a02ea248d95a5fa0d81",
    licence: "Contains British Geological Survey materials © UKRI; check before redistribution",
  },
  {
    prefix: "ree_production/usgs",
    publisher: "US Geological Survey, Mineral Commodity Summaries 2026 data release",
    address: "https://www.usgs.gov/centers/national-minerals-information-center",
    carrier:
      "https://github.com/manuali-luciana/critical-minerals-replication @ 4739c5eeb3d0ffe73fdd9a02ea248d95a5fa0d81",
    licence: "US government work, public domain",
  },
  {
    prefix: "productivity/nber",
    publisher: "NBER-CES Manufacturing Industry Database (subset)",
    address: "https://www.nber.org/research/data/nber-ces-manufacturing-industry-database",
    carrier:
      "https://github.com/cran/dsfa @ 919d622da4b2701d67915d3b2da8d6f0a8d1ffb6, data/manuf.RData",
    licence: "public use",
  },
  {
    prefix: "productivity/us_industry_tfp",
    publisher:
      "S. Elbadri, Measuring US industry-level productivity 1947 to 2023, from BEA-BLS accounts",
    address:
      "https://www.bea.gov/data/special-topics/integrated-industry-level-production-account-klems",
    carrier:
      "https://github.com/selbadri/Measuring-US-Industry-Level-Productivity-1947-to-2023 @ e1f3996d4d6b9ee9f85ca6d52142b52e4dfbdffe",
    licence: "MIT",
  },
  {
    prefix: "productivity/pwt",
    publisher: "Penn World Table 10.01 (Feenstra, Inklaar and Timmer 2015)",
    address: "https://www.rug.nl/ggdc/productivity/pwt/",
    carrier: "https://github.com/cran/pwt10 @ 957b298fd706a567af96ccb1663ad68d5e5d07ba",
    licence: "CC BY 4.0 (the producer's usual licence, not in the carrier)",
  },
  {
    prefix: "concordance/",
    publisher: "concordance (S. Liao, I. S. Kim, S. Miyano, H. Zhang), from the BEA's tables",
    address: "https://cran.r-project.org/package=concordance",
    carrier:
      "https://github.com/insongkim/concordance @ 201c812e51f213d967d8701b6ed6398c79df4a04, converted to CSV",
    licence: "MIT",
  },
  {
    prefix: "facts/",
    publisher: "This project: figures transcribed from the pages named in each row's source",
    address: "data/facts/",
    carrier: "each row's source column",
    licence: "facts with short transcriptions; MIT for the compilation",
  },
];

/** Publisher of a source file. @throws Error when the file belongs to none. */
export function publisherOf(file: string): Publisher {
  let found: Publisher | undefined;
  for (const publisher of PUBLISHERS) {
    if (!file.startsWith(publisher.prefix)) continue;
    if (found === undefined || publisher.prefix.length > found.prefix.length) found = publisher;
  }
  if (found === undefined) {
    throw new Error(`source file ${file}: no publisher; add one to lib/build/sources.ts`);
  }
  return found;
}
