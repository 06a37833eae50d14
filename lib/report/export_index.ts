import { escapeHtml } from "./escape_html.ts";
import { isolateFigure } from "./isolate_figure.ts";
import { type DataBadge, type NotebookFacts } from "./notebook_facts.ts";
import { badges, page } from "./page.ts";
import type { Provenance } from "./provenance.ts";

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
}

/** The overview of all reports, one card per notebook. */
export function exportIndex(entries: readonly IndexEntry[], made: Provenance): string {
  const data = [...new Set(entries.flatMap((entry) => entry.facts?.data ?? []))] as DataBadge[];
  const order: readonly DataBadge[] = ["real", "derived", "SIMULATED"];
  return page({
    kind: "index",
    title: "Rare earth export restrictions: reports",
    description: "The notebooks of the toolkit, executed.",
    bar: `<strong>Reports</strong>`,
    sidebar: "",
    main: `<h1>Rare earth export restrictions</h1>
<p>The notebooks in reading order, as they came out of their last run.</p>
<ul class="cards">
${entries.map(card).join("\n")}
</ul>`,
    provenance: made,
    data: order.filter((kind) => data.includes(kind)),
  });
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

function thumbnail(svg: string, id: string): string {
  // The card has a heading that says what it is; a second description would only be read twice.
  const silent = isolateFigure(svg.trim(), id).replace(
    /^<svg\b(?:[^>"]|"[^"]*")*>/,
    (root) => root.replace(/\s(?:role|aria-label|aria-labelledby)="[^"]*"/g, ""),
  );
  return `<div class="thumbnail" id="${id}" aria-hidden="true">${silent}</div>`;
}

function shorten(text: string): string {
  if (text.length <= 260) return text;
  return text.slice(0, 260).replace(/\s+\S*$/, "") + " …";
}
