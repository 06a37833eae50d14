/**
 * The frame of a page of the reports, for pages that are made elsewhere; a second door, because notebooks need none of
 * it.
 *
 * @module
 */
export { escapeHtml } from "./escape_html.ts";
export { page, type PageParts } from "./page.ts";
export { type ProjectPaths, projectPaths } from "./project.ts";
export { type Provenance, provenance } from "./provenance.ts";
export { writeAtomically } from "./write_atomically.ts";
export { navigation } from "./site/navigation.ts";
export { SITE_PAGES, type SitePage } from "./site/site_pages.ts";
