import { escapeHtml } from "./escape_html.ts";
import type { ReportOutput } from "./export_html.ts";
import { headline } from "./headline.ts";
import type { ReportSection } from "./report_sections.ts";
import { isolateFigure } from "./isolate_figure.ts";
import { type DataBadge, type NotebookFacts } from "./notebook_facts.ts";
import { badges, page } from "./page.ts";
import type { Provenance } from "./provenance.ts";
import { navigation } from "./site/navigation.ts";
import { SITE_PAGES, type SitePage } from "./site/site_pages.ts";
import type { SummaryEntry } from "./site/summary/executive_summary.ts";
import { alternativeText } from "./svg_document.ts";

/** What the overview says about one notebook. */
export interface IndexEntry {
  /** File name without its ending. */
  readonly name: string;
  readonly facts?: NotebookFacts;
  /** How the last run ended; nothing when the notebook has never run. */
  readonly run?: RunRecord;
  /** Whether a report can be opened. */
  readonly hasReport: boolean;
}

/** How a run ended. */
export interface RunRecord {
  readonly failure?: string;
  readonly date: string;
  readonly seconds: number;
  readonly peakBytes: number;
  /** First drawing of the last run that succeeded, as SVG. */
  readonly thumbnail?: string;
  /** Figures and tables of the report. */
  readonly outputs?: readonly ReportOutput[];
  /** Text of the report, for search. */
  readonly sections?: readonly ReportSection[];
}

/** What the overview says besides the notebooks. */
export interface IndexSettings {
  readonly summary?: readonly SummaryEntry[];
  readonly pages?: readonly SitePage[];
}

/** The overview of all reports: the executive summary and one card per notebook. */
export function exportIndex(
  entries: readonly IndexEntry[],
  made: Provenance,
  { summary = [], pages = SITE_PAGES.filter(({ optional }) => !optional) }: IndexSettings = {},
): string {
  const data = [...new Set(entries.flatMap((entry) => entry.facts?.data ?? []))] as DataBadge[];
  const order: readonly DataBadge[] = ["real", "derived", "SIMULATED"];
  return page({
    kind: "index",
    title: "Rare earth export restrictions: reports",
    description: "What the notebooks find, and the notebooks themselves, executed.",
    navigation: navigation("index.html", pages),
    bar: "",
    sidebar: "",
    main: `<h1>What happens when someone cuts off a critical input?</h1>
<p class="lead">China mines most rare earths and cut its export quota in 2010. These reports ask what such a cut does to
prices, innovation, exports and welfare elsewhere. They follow the published abstract of a paper by Alfaro, Fadinger,
Schymik and Virananda (2025); <strong>the equations are ours</strong>, and this is neither a replication of the paper nor
endorsed by its authors (<a href="cite.html">how to cite</a>).</p>
${whatIf(pages)}
${summary.length === 0 ? "" : summarySection(summary, entries)}
<h2 id="notebooks">The notebooks</h2>
<p>In reading order, as they came out of their last run. The picture is the key figure of each.</p>
<ul class="cards">
${entries.map(card).join("\n")}
</ul>`,
    provenance: made,
    data: order.filter((kind) => data.includes(kind)),
  });
}

/** The way to the page that runs the model, where it is there. */
function whatIf(pages: readonly SitePage[]): string {
  const there = pages.find(({ file }) => file === "what-if.html");
  return there === undefined
    ? ""
    : `<p><a class="call" href="${there.file}">${there.label}: run the model in this browser</a></p>`;
}

function summarySection(
  summary: readonly SummaryEntry[],
  entries: readonly IndexEntry[],
): string {
  return `<h2 id="summary">Summary</h2>
<p>Every number below is read from the files that the notebooks save in <code>results/</code>.</p>
<ol class="findings">
${summary.map((one) => finding(one, entries)).join("\n")}
</ol>`;
}

function finding(
  { question, notebook, result, finding, missing }: SummaryEntry,
  entries: readonly IndexEntry[],
): string {
  const entry = entries.find(({ name }) => name === notebook);
  const source = entry?.hasReport
    ? `<a href="${encodeURIComponent(notebook)}.html">${escapeHtml(notebook)}</a>`
    : escapeHtml(notebook);
  const earlier = entry?.run?.failure === undefined
    ? ""
    : " The notebook failed in its last run: these numbers are of an earlier one.";
  const answer = finding === undefined
    ? `<p class="unknown">Not known: ${escapeHtml(missing ?? "")}. Run <code>deno task report ${
      escapeHtml(notebook)
    }</code>.</p>`
    : `<p class="answer">${unbroken(finding.headline)}</p><p>${
      unbroken(finding.detail)
    }${earlier}</p>`;
  return `<li><h3>${escapeHtml(question)}</h3>
${answer}
<div class="from">${
    finding === undefined ? "" : badges(finding.data)
  }<span>From ${source}, <code>results/${escapeHtml(result)}</code></span></div></li>`;
}

/** Text as HTML in which a number stays on the line of its percent sign. */
function unbroken(text: string): string {
  return escapeHtml(text).replace(/ (?=[%‰])/g, "\u00a0");
}

function card(entry: IndexEntry): string {
  const { name, facts, run } = entry;
  const title = escapeHtml(facts?.title ?? name);
  const heading = entry.hasReport
    ? `<a href="${encodeURIComponent(name)}.html">${title}</a>`
    : title;
  const picture = run?.thumbnail === undefined
    ? `<div class="thumbnail none" aria-hidden="true">${escapeHtml(name)}</div>`
    : thumbnail(run.thumbnail, `thumbnail-${name.replace(/[^\w-]/g, "-")}`);
  return `<li class="card">${picture}
<div class="words"><h2>${heading}</h2>
${facts === undefined ? "" : badges(facts.data)}
${keyFinding(run?.thumbnail)}
${facts?.summary ? `<p>${escapeHtml(shorten(facts.summary))}</p>` : ""}
${
    run?.failure === undefined
      ? ""
      : `<p class="failed"><strong>The last run failed.</strong> ${
        entry.hasReport ? "The report is that of an earlier run. " : ""
      }${escapeHtml(run.failure)}</p>`
  }
<p class="run">${runLine(run)}</p></div></li>`;
}

function runLine(run: RunRecord | undefined): string {
  if (run === undefined) return "Not run yet";
  const parts = [
    run.failure === undefined ? "Ran" : "Failed",
    `on ${run.date}`,
    `after ${formatSeconds(run.seconds)}`,
  ];
  if (run.failure === undefined) parts[2] = `in ${formatSeconds(run.seconds)}`;
  return parts.join(" ") + (run.peakBytes > 0 ? ` · peak ${formatBytes(run.peakBytes)}` : "");
}

/** Seconds for people: "0.4 s", "12.3 s", "2 min 5 s". */
export function formatSeconds(seconds: number): string {
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** Memory for people, in MB or GB of 10⁶ and 10⁹ bytes. */
export function formatBytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}

/** What the key figure finds, in words. */
function keyFinding(svg: string | undefined): string {
  const description = svg === undefined ? undefined : alternativeText(svg);
  return description === undefined ? "" : `<p class="key">${escapeHtml(headline(description))}</p>`;
}

function thumbnail(svg: string, id: string): string {
  return `<div class="thumbnail" id="${id}">${isolateFigure(svg.trim(), id)}</div>`;
}

function shorten(text: string): string {
  if (text.length <= 260) return text;
  return text.slice(0, 260).replace(/\s+\S*$/, "") + " …";
}
