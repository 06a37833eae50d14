import { crc32, deflateRawSync } from "node:zlib";
import { PATENTSVIEW_TABLES } from "@ree/patents";

/** A zip archive with one deflated file, as the bulk downloads are. */
export function zipOf(name: string, text: string): Uint8Array {
  const data = new TextEncoder().encode(text);
  const packed = deflateRawSync(data);
  const file = new TextEncoder().encode(name);
  const common = (view: DataView, at: number) => {
    view.setUint16(at, 20, true);
    view.setUint16(at + 4, 8, true);
    view.setUint32(at + 10, crc32(data), true);
    view.setUint32(at + 14, packed.length, true);
    view.setUint32(at + 18, data.length, true);
    view.setUint16(at + 22, file.length, true);
  };
  const local = new DataView(new ArrayBuffer(30));
  local.setUint32(0, 0x04034b50, true);
  common(local, 4);
  const central = new DataView(new ArrayBuffer(46));
  central.setUint32(0, 0x02014b50, true);
  central.setUint16(4, 20, true);
  common(central, 6);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, 1, true);
  end.setUint16(10, 1, true);
  end.setUint32(12, 46 + file.length, true);
  end.setUint32(16, 30 + file.length + packed.length, true);
  const parts = [local, file, packed, central, file, end].map((part) =>
    part instanceof DataView ? new Uint8Array(part.buffer) : part
  );
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A row of a bulk table: texts quoted with doubled quotes, numbers bare. */
export function bulkRow(cells: readonly (string | number)[]): string {
  return cells.map((cell) =>
    typeof cell === "number" ? `${cell}` : `"${cell.replaceAll('"', '""')}"`
  ).join("\t") + "\n";
}

/** Headers of the bulk tables as published (from knowledge, to be verified), the columns we use among them. */
export const HEADERS: Readonly<Record<keyof typeof PATENTSVIEW_TABLES, readonly string[]>> = {
  g_patent: [
    "patent_id",
    "patent_type",
    "patent_date",
    "patent_title",
    "wipo_kind",
    "num_claims",
    "withdrawn",
    "filename",
  ],
  g_patent_abstract: ["patent_id", "patent_abstract"],
  g_cpc_current: [
    "patent_id",
    "cpc_sequence",
    "cpc_section",
    "cpc_class",
    "cpc_subclass",
    "cpc_group",
    "cpc_type",
  ],
  g_inventor_disambiguated: [
    "patent_id",
    "inventor_sequence",
    "inventor_id",
    "disambig_inventor_name_first",
    "disambig_inventor_name_last",
    "gender_code",
    "location_id",
  ],
  g_location_disambiguated: [
    "location_id",
    "disambig_city",
    "disambig_state",
    "disambig_country",
    "latitude",
    "longitude",
    "county",
    "state_fips",
    "county_fips",
  ],
  g_assignee_disambiguated: [
    "patent_id",
    "assignee_sequence",
    "assignee_id",
    "disambig_assignee_individual_name_first",
    "disambig_assignee_individual_name_last",
    "disambig_assignee_organization",
    "assignee_type",
    "location_id",
  ],
  g_application: [
    "application_id",
    "patent_id",
    "patent_application_type",
    "filing_date",
    "series_code",
    "rule_47_flag",
  ],
  g_foreign_priority: [
    "patent_id",
    "priority_claim_sequence",
    "priority_claim_kind",
    "foreign_application_id",
    "filing_date",
    "foreign_country_filed",
  ],
};

/** Small bulk tables with every oddity of the published ones; SIMULATED. */
export function sampleTables(): Record<keyof typeof PATENTSVIEW_TABLES, string> {
  const table = (name: keyof typeof PATENTSVIEW_TABLES, rows: readonly (string | number)[][]) =>
    bulkRow(HEADERS[name]) + rows.map(bulkRow).join("");
  const patent = (
    id: string,
    title: string,
    date = "2012-05-01",
    type = "utility",
  ) => [id, type, date, title, "B2", 10, 0, "ipg120501.xml"];
  const inventor = (
    id: string,
    sequence: number,
    location: string,
  ) => [id, sequence, `fl:x_ln:y-${sequence}`, "X", "Y", "M", location];
  return {
    g_patent: table("g_patent", [
      patent("10000001", "Sintered neodymium magnet"),
      patent("10000002", 'Lamp with a "white" light'),
      patent("10000003", "Toaster", "1999-12-31"),
      patent("10000004", "Method with\ttab and\nline end in its cerium title"),
      patent("D0345393", "Ornamental yttrium lamp", "2012-05-01", "design"),
      patent("10000005", "A title without abstract: rare earth recovery"),
    ]),
    g_patent_abstract: table("g_patent_abstract", [
      ["10000003", 'Bread is heated.\nA rare\tcase of toast, by "rare earthquake" dampers.'],
      ["10000002", 'A phosphor, "YAG:Ce",\nconverts light.\r\nIt is\tyellow.'],
      ["10000001", "A magnet of the Nd.sub.2 Fe.sub.14 B type."],
      ["10000004", ""],
      ["D0345393", "Yttrium."],
    ]),
    g_cpc_current: table("g_cpc_current", [
      ["10000001", 1, "H", "H01", "H01F", "H01F41/0293", "inventional"],
      ["10000001", 0, "H", "H01", "H01F", "H01F1/0577", "inventional"],
      ["10000002", 0, "C", "C09", "C09K", "C09K11/7774", "inventional"],
      ["10000003", 0, "A", "A47", "A47J", "A47J37/08", "inventional"],
    ]),
    g_inventor_disambiguated: table("g_inventor_disambiguated", [
      inventor("10000001", 0, "l1"),
      inventor("10000001", 1, "l2"),
      inventor("10000001", 2, "l2"),
      inventor("10000002", 0, ""),
      inventor("10000003", 0, "l1"),
    ]),
    g_location_disambiguated: table("g_location_disambiguated", [
      ["l1", "Tokyo", "", "JP", 35.7, 139.7, "", "", ""],
      ["l2", "Ames", "IA", "US", 42.0, -93.6, "Story", 19, 169],
    ]),
    g_assignee_disambiguated: table("g_assignee_disambiguated", [
      ["10000001", 0, "a1", "", "", 'Magnet "Works" Ltd.', 3, "l1"],
    ]),
    g_application: table("g_application", [
      ["13/000001", "10000001", "13", "2010-02-03", "13", 0],
      ["13/000002", "10000002", "13", "0000-00-00", "13", 0],
    ]),
    g_foreign_priority: table("g_foreign_priority", [
      ["10000001", 0, "national", "2009-123456", "2009-02-04", "JP"],
    ]),
  };
}

/** Writes the sample tables into a folder as the given kind of file. */
export function writeTables(folder: string, ending: ".tsv" | ".tsv.zip", tables = sampleTables()) {
  for (const [name, text] of Object.entries(tables)) {
    const bytes = ending === ".tsv" ? new TextEncoder().encode(text) : zipOf(`${name}.tsv`, text);
    Deno.writeFileSync(`${folder}/${name}${ending}`, bytes);
  }
}
