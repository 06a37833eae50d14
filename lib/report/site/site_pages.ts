import { existsSync } from "node:fs";
import { join } from "node:path";

/** A page of the report site besides the notebooks' own. */
export interface SitePage {
  /** File name in the reports folder. */
  readonly file: string;
  /** Its name in the header. */
  readonly label: string;
  /** Whether another program writes it, so that it may be absent. */
  readonly optional?: boolean;
  /** Whether the header leaves it out, because other pages lead to it. */
  readonly unlisted?: boolean;
}

/** All pages of the site in the order of the header: to add a page is to add one record. */
export const SITE_PAGES: readonly SitePage[] = [
  { file: "index.html", label: "Summary" },
  { file: "what-if.html", label: "What if", optional: true },
  { file: "outputs.html", label: "Tables and figures" },
  { file: "methods.html", label: "Methods" },
  { file: "data.html", label: "Data" },
  { file: "cite.html", label: "Cite" },
  { file: "programs.html", label: "Programs", unlisted: true },
  { file: "search.html", label: "Search", unlisted: true },
];

/** The pages of the header: those that the report always has, and the optional ones that are there. */
export function presentPages(reports: string): readonly SitePage[] {
  return SITE_PAGES.filter(({ file, optional }) => !optional || existsSync(join(reports, file)));
}
