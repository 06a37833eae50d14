/**
 * What a notebook needs to show, to read its parameters and to hand results to the next step.
 * The runner (`main.ts`), the setup of Jupyter and the HTML export are programs, not part of this
 * door.
 *
 * @module
 */
export { escapeHtml } from "./escape_html.ts";
export { show } from "./show.ts";
export { type Cell, type FrameLike, table, type TableColumn } from "./table.ts";
export type { TableOptions, TableView } from "./table.ts";
export { type Markdown, markdown, md } from "./markdown.ts";
export { parameter, type ParameterValue } from "./parameter.ts";
export { loadResult, resultPath, saveResult } from "./results.ts";
