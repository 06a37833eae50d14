import { existsSync } from "node:fs";
import { join } from "node:path";
import type { IndexEntry } from "../export_index.ts";
import type { Provenance } from "../provenance.ts";
import { writeAtomically } from "../write_atomically.ts";
import { citePage } from "./cite_page.ts";
import { dataPage } from "./data_page.ts";
import { dataTables, originalGroups } from "./data_tables.ts";
import { methodsPage, methodTexts } from "./methods_page.ts";
import { outputsPage } from "./outputs_page.ts";
import { type Program, programsPage } from "./programs_page.ts";
import { searchIndex } from "./search_index.ts";
import { searchPage } from "./search_page.ts";
import { presentPages } from "./site_pages.ts";

/** What the pages of the site are made from. */
export interface SiteSettings {
  /** Root of the project, with `data/` and `lib/`. */
  readonly root: string;
  readonly reports: string;
  /** The notebooks with the records of their last runs. */
  readonly entries: readonly IndexEntry[];
  readonly provenance: Provenance;
}

/**
 * Write every page of the site besides the overview and the reports of the notebooks.
 *
 * @throws when `data/README.md` or a README of the library cannot be shown
 */
export async function writeSite(settings: SiteSettings): Promise<void> {
  const { root, reports, entries, provenance } = settings;
  const pages = presentPages(reports);
  const readme = await Deno.readTextFile(join(root, "data", "README.md"));
  const sources = await Deno.readTextFile(join(root, "data", "sources.json"));
  const tables = dataTables(readme, sources);
  const notebooks = entries.map(({ name, facts, run }) => ({
    name,
    title: facts?.title ?? name,
    outputs: run?.outputs ?? [],
    sections: run?.sections ?? [],
  }));
  const programs = readPrograms(root, notebooks.flatMap(({ outputs }) => outputs));
  const drawing = join(root, "notebooks", "images", "architecture.svg");
  const picture = existsSync(drawing) ? await Deno.readTextFile(drawing) : undefined;
  const methods = methodsPage(methodTexts(root), pages, provenance, picture);
  const search = searchIndex({ notebooks, methods: methods.sections, tables });
  const files: Readonly<Record<string, string>> = {
    "outputs.html": outputsPage({
      notebooks,
      programs: new Set(programs.map(({ file }) => file)),
      pages,
      provenance,
    }),
    "methods.html": methods.html,
    "data.html": dataPage({ tables, originals: originalGroups(sources), pages, provenance }),
    "cite.html": citePage(pages, provenance),
    "programs.html": programsPage(programs, pages, provenance),
    "search.html": searchPage(search, pages, provenance),
  };
  for (const [file, html] of Object.entries(files)) {
    await writeAtomically(join(reports, file), html);
  }
}

/** The files that outputs name; one that has gone since an earlier run is left out. */
function readPrograms(
  root: string,
  outputs: readonly { readonly programs: readonly string[] }[],
): readonly Program[] {
  const named = [...new Set(outputs.flatMap(({ programs }) => programs))].sort();
  return named.filter((file) => existsSync(join(root, file)))
    .map((file) => ({ file, source: Deno.readTextFileSync(join(root, file)) }));
}
