/** The 41 regions of WIOD 2013 in the order of the tables: ISO 3166 alpha-3 except ROM (Romania) and RoW. */
export const WIOD_COUNTRIES: readonly string[] = (
  "AUS AUT BEL BGR BRA CAN CHN CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IDN IND IRL ITA JPN KOR LTU LUX LVA MEX " +
  "MLT NLD POL PRT ROM RUS SVK SVN SWE TUR TWN USA RoW"
).split(" ");

/** Numbers of final demand categories per country. */
export const WIOD_FINAL_CATEGORIES = 5;

/** Names of the final demand categories in the order of the tables. */
export const WIOD_FINAL_CATEGORY_NAMES: readonly string[] = [
  "Final consumption expenditure by households",
  "Final consumption expenditure by non-profit organisations serving households",
  "Final consumption expenditure by government",
  "Gross fixed capital formation",
  "Changes in inventories and valuables",
];

/** The 35 sectors of WIOD 2013 (ISIC revision 3): code of the tables, code of ISIC divisions, name. */
const SECTORS: readonly (readonly [code: string, isic3: string, name: string])[] = [
  ["c1", "AtB", "Agriculture, Hunting, Forestry and Fishing"],
  ["c2", "C", "Mining and Quarrying"],
  ["c3", "15t16", "Food, Beverages and Tobacco"],
  ["c4", "17t18", "Textiles and Textile Products"],
  ["c5", "19", "Leather, Leather and Footwear"],
  ["c6", "20", "Wood and Products of Wood and Cork"],
  ["c7", "21t22", "Pulp, Paper, Printing and Publishing"],
  ["c8", "23", "Coke, Refined Petroleum and Nuclear Fuel"],
  ["c9", "24", "Chemicals and Chemical Products"],
  ["c10", "25", "Rubber and Plastics"],
  ["c11", "26", "Other Non-Metallic Mineral"],
  ["c12", "27t28", "Basic Metals and Fabricated Metal"],
  ["c13", "29", "Machinery, Nec"],
  ["c14", "30t33", "Electrical and Optical Equipment"],
  ["c15", "34t35", "Transport Equipment"],
  ["c16", "36t37", "Manufacturing, Nec; Recycling"],
  ["c17", "E", "Electricity, Gas and Water Supply"],
  ["c18", "F", "Construction"],
  [
    "c19",
    "50",
    "Sale, Maintenance and Repair of Motor Vehicles and Motorcycles; Retail Sale of Fuel",
  ],
  ["c20", "51", "Wholesale Trade and Commission Trade, Except of Motor Vehicles and Motorcycles"],
  [
    "c21",
    "52",
    "Retail Trade, Except of Motor Vehicles and Motorcycles; Repair of Household Goods",
  ],
  ["c22", "H", "Hotels and Restaurants"],
  ["c23", "60", "Inland Transport"],
  ["c24", "61", "Water Transport"],
  ["c25", "62", "Air Transport"],
  [
    "c26",
    "63",
    "Other Supporting and Auxiliary Transport Activities; Activities of Travel Agencies",
  ],
  ["c27", "64", "Post and Telecommunications"],
  ["c28", "J", "Financial Intermediation"],
  ["c29", "70", "Real Estate Activities"],
  ["c30", "71t74", "Renting of M&Eq and Other Business Activities"],
  ["c31", "L", "Public Admin and Defence; Compulsory Social Security"],
  ["c32", "M", "Education"],
  ["c33", "N", "Health and Social Work"],
  ["c34", "O", "Other Community, Social and Personal Services"],
  ["c35", "P", "Private Households with Employed Persons"],
];

/** c1 … c35. */
export const WIOD_SECTORS: readonly string[] = SECTORS.map(([code]) => code);

/** ISIC revision 3 divisions of each sector (`30t33` means 30 to 33). */
export const WIOD_SECTOR_ISIC3: readonly string[] = SECTORS.map(([, isic3]) => isic3);

/** Names of the sectors as published. */
export const WIOD_SECTOR_NAMES: readonly string[] = SECTORS.map(([, , name]) => name);
