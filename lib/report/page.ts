import { escapeHtml } from "./escape_html.ts";
import { formulaStyle } from "./formula_style.ts";
import { badgeMeanings, type DataBadge } from "./notebook_facts.ts";
import { pageScript } from "./page_script.ts";
import { pageStyle } from "./page_style.ts";
import type { Provenance } from "./provenance.ts";

/** The parts of a page. All but the title and the description are HTML. */
export interface PageParts {
  readonly title: string;
  readonly description: string;
  /** The header's links to the other pages; see `navigation`. */
  readonly navigation: string;
  /** Buttons of this page in the header, besides the one for the colours. */
  readonly bar: string;
  readonly sidebar: string;
  readonly main: string;
  readonly provenance: Provenance;
  readonly data: readonly DataBadge[];
  /** `report`: text beside a list of contents; `index`: wide, without one. */
  readonly kind: "report" | "index";
  /** Script of this page alone, after the one that all pages share. */
  readonly script?: string;
}

/** A whole HTML page with its style and its few lines of script inside. */
export function page(parts: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(parts.description)}">
<link rel="icon" href="data:,">
<title>${escapeHtml(parts.title)}</title>
<style>
${pageStyle}${formulaStyle(parts.main)}</style>
<script>${themeScript}</script>
</head>
<body class="${parts.kind}">
<a class="skip" href="#main">Skip to the text</a>
<header class="bar">${parts.navigation}${parts.bar}<button type="button" id="theme" hidden>Colours: auto</button></header>
<div class="columns">
${parts.sidebar}
<main id="main" tabindex="-1">
${parts.main}
</main>
</div>
${footer(parts.provenance, parts.data)}
<script>${pageScript}</script>${
    parts.script === undefined ? "" : `\n<script>${parts.script}</script>`
  }
</body>
</html>
`;
}

/** The badges that say where the data come from. */
export function badges(data: readonly DataBadge[]): string {
  const items = data.map((kind) =>
    `<li class="badge ${kind.toLowerCase()}" title="${
      escapeHtml(badgeMeanings[kind])
    }">${kind}</li>`
  );
  return `<ul class="badges" aria-label="Data">${items.join("")}</ul>`;
}

function footer(made: Provenance, data: readonly DataBadge[]): string {
  const versions = Object.entries(made.versions)
    .map(([name, version]) => `${escapeHtml(name)} ${escapeHtml(version)}`).join(" · ");
  const meanings = data
    .map((kind) =>
      `<span class="badge ${kind.toLowerCase()}">${kind}</span> ${badgeMeanings[kind]}`
    )
    .join("<br>");
  return `<footer>
<dl>
${meanings === "" ? "" : `<dt>Data</dt><dd>${meanings}</dd>`}
<dt>Made on</dt><dd><time datetime="${made.date}">${made.date}</time></dd>
<dt>Commit</dt><dd><code>${escapeHtml(made.commit)}</code></dd>
<dt>Versions</dt><dd>${versions}</dd>
</dl>
</footer>`;
}

// Runs before anything is drawn, so that a page read in dark colours does not flash white.
const themeScript = `try{const t=localStorage.getItem("ree-theme");` +
  `if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;
