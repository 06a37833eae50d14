import { escapeHtml } from "../escape_html.ts";
import { page } from "../page.ts";
import type { Provenance } from "../provenance.ts";
import {
  INSPIRATION,
  paperBibtex,
  paperCitation,
  projectBibtex,
  projectCitation,
} from "./citation.ts";
import { navigation } from "./navigation.ts";
import type { SitePage } from "./site_pages.ts";

/** How to cite the project, and the paper that inspired it. */
export function citePage(pages: readonly SitePage[], provenance: Provenance): string {
  return page({
    kind: "index",
    title: "How to cite",
    description: "Citation of the project and of the paper that inspired it.",
    navigation: navigation("cite.html", pages),
    bar: "",
    sidebar: "",
    main: `<h1>How to cite</h1>
<p class="lead">Cite the project with the commit that made your numbers, and the publishers of the
<a href="data.html">data</a> behind them.</p>
<h2 id="project">This project</h2>
${citation("project", projectCitation(provenance), projectBibtex(provenance))}
<h2 id="paper">The paper that inspired it</h2>
<p>${escapeHtml(INSPIRATION)}</p>
${citation("paper", paperCitation(), paperBibtex())}`,
    provenance,
    data: [],
    script: copyScript,
  });
}

function citation(id: string, text: string, bibtex: string): string {
  return copyable(`${id}-text`, "citation", text) + copyable(`${id}-bibtex`, "BibTeX", bibtex);
}

function copyable(id: string, what: string, text: string): string {
  const label = what === "BibTeX" ? "BibTeX" : "Citation";
  return `<div class="copyable"><pre id="${id}" tabindex="0" aria-label="${label}"><code>${
    escapeHtml(text)
  }</code></pre><button type="button" class="copy" data-copy="${id}" hidden>Copy ${what}</button><span class="copied" role="status"></span></div>\n`;
}

/** Copies the text beside a button; where the browser refuses, selects it and says so. */
const copyScript = `
(() => {
  for (const button of document.querySelectorAll("button.copy")) {
    const source = document.getElementById(button.dataset.copy);
    const status = button.parentElement.querySelector(".copied");
    button.hidden = false;
    button.addEventListener("click", async () => {
      const selection = getSelection();
      selection.selectAllChildren(source);
      let copied = false;
      try { await navigator.clipboard.writeText(source.textContent); copied = true; } catch {
        try { copied = document.execCommand("copy"); } catch {}
      }
      if (copied) selection.removeAllRanges();
      status.textContent = copied ? "Copied" : "Selected: press Ctrl+C";
    });
  }
})();
`;
