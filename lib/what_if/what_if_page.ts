import { page, type Provenance } from "@ree/report/page";
import type { ComparisonRow } from "./compare_worlds.ts";
import type { PageData } from "./page_data.ts";
import { WHAT_IF_DATA, WHAT_IF_SUMMARY, WHAT_IF_TITLE } from "./page_facts.ts";
import { pageMarkup } from "./page_markup.ts";
import { whatIfStyle } from "./page_style.ts";

/** What a page is put together from. */
export interface PageInputs extends PageData {
  readonly comparison: readonly ComparisonRow[];
  /** Program of the page itself. */
  readonly pageProgram: string;
  /** Header of the page: links to the other reports. */
  readonly navigation: string;
  readonly provenance: Provenance;
}

/**
 * The page as one HTML text that fetches nothing. Its content security policy names every script by its hash, so
 * that nothing else runs, whatever texts the data hold; the policy also forbids every request.
 */
export async function whatIfPage(inputs: PageInputs): Promise<string> {
  const { world, choices, program, comparison, pageProgram, provenance, navigation } = inputs;
  const data: PageData = { world, choices, program };
  const html = page({
    kind: "index",
    title: WHAT_IF_TITLE,
    description: WHAT_IF_SUMMARY,
    navigation,
    bar: "",
    sidebar: "",
    main: `${pageMarkup(choices, world.regions, comparison)}
<script type="application/json" id="what-if-data">${jsonInScript(data)}</script>
<script type="module">${programInScript(pageProgram)}</script>`,
    provenance,
    data: WHAT_IF_DATA,
  }).replace("</head>", () => `<style>${whatIfStyle}</style>\n</head>`);
  const policy = await contentPolicy(html);
  return html.replace(
    `<meta charset="utf-8">`,
    (charset) => `${charset}\n<meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
}

/** JSON that no parser of HTML takes for the end of the script. */
export function jsonInScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/**
 * A program that no parser of HTML takes for the end of the script.
 *
 * @throws RangeError for what cannot be written otherwise
 */
export function programInScript(program: string): string {
  const safe = program.replaceAll(/<\/(?=script)/gi, "<\\/");
  if (/<!--|<script/i.test(safe)) {
    throw new RangeError("a program holds <!-- or <script, which an HTML page would misread");
  }
  return safe;
}

/** Scripts and styles by hash, workers from the page itself, and nothing else. */
async function contentPolicy(html: string): Promise<string> {
  const scripts: string[] = [];
  for (const [, attributes, text] of html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)) {
    if (!/type="application\/json"/.test(attributes)) scripts.push(await hashSource(text));
  }
  const styles: string[] = [];
  for (const [, text] of html.matchAll(/<style\b[^>]*>([^]*?)<\/style>/g)) {
    styles.push(await hashSource(text));
  }
  return [
    "default-src 'none'",
    `script-src ${scripts.join(" ")}`,
    `style-src-elem ${styles.join(" ")}`,
    "style-src-attr 'unsafe-inline'", // figures carry their font as a style attribute
    "worker-src blob:",
    "img-src data:",
    "base-uri 'none'",
  ].join("; ");
}

async function hashSource(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(bytes)))}'`;
}
