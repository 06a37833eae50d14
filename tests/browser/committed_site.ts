import { existsSync } from "node:fs";
import { join } from "node:path";
import { exportReport, keyFigure } from "../../lib/report/export_html.ts";
import { exportIndex, type IndexEntry } from "../../lib/report/export_index.ts";
import { parseNotebook } from "../../lib/report/notebook.ts";
import { notebookFacts } from "../../lib/report/notebook_facts.ts";
import { projectPaths } from "../../lib/report/project.ts";
import { listNotebooks } from "../../lib/report/run_notebooks.ts";
import { libraryIndex } from "../../lib/report/site/library_index.ts";
import { presentPages } from "../../lib/report/site/site_pages.ts";
import { executiveSummary } from "../../lib/report/site/summary/executive_summary.ts";
import { writeSite } from "../../lib/report/site/write_site.ts";

/**
 * The whole report site in a folder of its own, from the notebooks as they are committed: what the
 * code of today makes of them, without running a kernel.
 *
 * @returns the folder; remove it when done
 */
export async function committedSite(): Promise<string> {
  const paths = projectPaths();
  await Deno.mkdir(paths.cache, { recursive: true });
  const reports = await Deno.makeTempDir({ dir: paths.cache, prefix: "test-site-" });
  const provenance = { date: "2026-01-31", commit: "abc1234", versions: { Deno: "2.9.6" } };
  const library = libraryIndex(paths.root);
  const entries: IndexEntry[] = [];
  for (const name of await listNotebooks(paths.notebooks)) {
    const notebook = parseNotebook(
      await Deno.readTextFile(join(paths.notebooks, `${name}.ipynb`)),
    );
    const report = exportReport(notebook, { provenance, folder: paths.notebooks, library });
    await Deno.writeTextFile(join(reports, `${name}.html`), report.html);
    entries.push({
      name,
      facts: notebookFacts(notebook),
      hasReport: true,
      run: {
        date: provenance.date,
        seconds: 1,
        peakBytes: 0,
        thumbnail: keyFigure(notebook),
        outputs: report.outputs,
        sections: report.sections,
      },
    });
  }
  await writeSite({ root: paths.root, reports, entries, provenance });
  const read = (result: string) => {
    const path = join(paths.results, result);
    return existsSync(path) ? JSON.parse(Deno.readTextFileSync(path)) : undefined;
  };
  const summary = executiveSummary(read, entries.map(({ name }) => name));
  const pages = presentPages(reports);
  await Deno.writeTextFile(
    join(reports, "index.html"),
    exportIndex(entries, provenance, { summary, pages }),
  );
  return reports;
}
