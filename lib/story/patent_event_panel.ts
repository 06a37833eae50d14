import type { DataFrame } from "@ree/data";
import { ELEMENT_SAVING, type PanelCell } from "@ree/patents";
import pl from "nodejs-polars";
import { isoTwo } from "./outcome_paths.ts";

/**
 * The panel of the event studies with one more outcome, `patents_element`: element-saving patents of the field, economy
 * and year. Economies and years that the labelled patents do not reach have none (0).
 *
 * @param panel columns `field`, `iso3`, `year`
 * @param cells sectors are technology fields, countries two-letter codes
 */
export function withSavingPatents(panel: DataFrame, cells: readonly PanelCell[]): DataFrame {
  const counts = new Map<string, number>();
  for (const { sector, country, year, label, count } of cells) {
    if (!ELEMENT_SAVING.includes(label)) continue;
    const key = JSON.stringify([sector, country, year]);
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  const [field, iso3, year] = ["field", "iso3", "year"].map((name) =>
    panel.getColumn(name).toArray()
  );
  const outcome = Array.from(
    field,
    (name, row) =>
      counts.get(JSON.stringify([name, isoTwo(String(iso3[row])), Number(year[row])])) ?? 0,
  );
  return panel.withColumns(pl.Series("patents_element", outcome, pl.Float64));
}
