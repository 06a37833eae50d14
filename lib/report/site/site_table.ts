import { escapeHtml } from "../escape_html.ts";

/** A column of a table of the site. */
export interface SiteColumn {
  readonly label: string;
  /** Class of its cells: "number" goes right, "label" does not wrap. */
  readonly kind?: "number" | "label";
}

/**
 * A table that becomes a list of entries on a narrow screen, where every cell says its column.
 *
 * @param rows HTML of the cells; the cell in `heading` names its row
 * @param heading place of the column that names the rows
 */
export function siteTable(
  columns: readonly SiteColumn[],
  rows: readonly (readonly string[])[],
  heading = 0,
): string {
  const kind = ({ kind }: SiteColumn) => kind === undefined ? "" : ` class="${kind}"`;
  // The roles keep the table a table where the style lays it out as a list.
  const head = columns.map((column) =>
    `<th role="columnheader" scope="col"${kind(column)}>${escapeHtml(column.label)}</th>`
  );
  const body = rows.map((cells) =>
    `<tr role="row">${
      cells.map((html, k) =>
        k === heading
          ? `<th role="rowheader" scope="row"${kind(columns[k])}>${html}</th>`
          : `<td role="cell"${kind(columns[k])} data-label="${
            escapeHtml(columns[k].label)
          }">${html}</td>`
      ).join("")
    }</tr>`
  );
  return `<table class="wide" role="table">
<thead role="rowgroup"><tr role="row">${head.join("")}</tr></thead>
<tbody role="rowgroup">
${body.join("\n")}
</tbody></table>`;
}
