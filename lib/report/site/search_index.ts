import type { ReportOutput } from "../export_html.ts";
import type { ReportSection } from "../report_sections.ts";
import type { DataTable } from "./data_tables.ts";
import { plainText } from "./plain_text.ts";
import type { SearchEntry } from "./search_entries.ts";
import { tableId } from "./site_address.ts";

/** What the search covers. */
export interface SearchedPages {
  readonly notebooks: readonly {
    readonly name: string;
    readonly title: string;
    readonly outputs: readonly ReportOutput[];
    readonly sections: readonly ReportSection[];
  }[];
  readonly methods: readonly {
    readonly id: string;
    readonly title: string;
    readonly html: string;
  }[];
  readonly tables: readonly DataTable[];
}

/** Sections, figures and tables of the reports, sections of the methods page, and data tables. */
export function searchIndex({ notebooks, methods, tables }: SearchedPages): readonly SearchEntry[] {
  const anchor = (page: string, id: string) =>
    id === "" ? page : `${page}#${encodeURIComponent(id)}`;
  const fromNotebooks = notebooks.flatMap(({ name, title, outputs, sections }) => {
    const page = `${encodeURIComponent(name)}.html`;
    return [
      ...sections.map((section): SearchEntry => ({
        title: section.title,
        where: title,
        url: anchor(page, section.id),
        text: section.text,
      })),
      ...outputs.map(({ kind, id, title: name, description, cell }): SearchEntry => ({
        title: name,
        where: `${kind === "figure" ? "Figure" : "Table"} in ${title}`,
        url: anchor(page, id),
        text: `${description} (${cell})`,
      })),
    ];
  });
  return [
    ...fromNotebooks,
    ...methods.map(({ id, title, html }): SearchEntry => ({
      title: plainText(title),
      where: "Methods",
      url: anchor("methods.html", id),
      text: plainText(html),
    })),
    ...tables.map(({ file, description, columns, badge, reading }): SearchEntry => ({
      title: file,
      where: `Data, ${badge === "simulated" ? "SIMULATED" : badge}`,
      url: `data.html#${tableId(file)}`,
      text: [
        description,
        reading,
        ...columns.map(({ name, description }) => `${name}: ${description}`),
      ].filter((text) => text !== "").join(" "),
    })),
  ];
}
