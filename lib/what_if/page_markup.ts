import { escapeHtml } from "@ree/report/page";
import type { ComparisonRow } from "./compare_worlds.ts";
import { WHAT_IF_SUMMARY, WHAT_IF_TITLE } from "./page_facts.ts";
import {
  CLOSURE_CHOICES,
  ELASTICITY_RANGES,
  MEASURE_CHOICES,
  SIZE_RANGES,
  type WhatIfChoices,
} from "./what_if_settings.ts";
import type { Region } from "./regions.ts";

/** Sliders of elasticities: name and what we think likely. */
const SLIDERS = [
  {
    key: "sigma",
    symbol: "σ",
    name: "Elements against other inputs",
    hint: "below 1: hard to replace; likely 0 to 1.5",
  },
  {
    key: "psi",
    symbol: "ψ",
    name: "Technology per unit of research",
    hint: "0: research changes nothing; likely 0 to 1",
  },
  {
    key: "supply",
    symbol: "(1−ρ)/ρ",
    name: "Supply elasticity of elements",
    hint: "how fast mines respond; likely 0.1 to 1",
  },
] as const;

const STEP = 0.05;

/** The body of the page. Everything that comes from data is escaped. */
export function pageMarkup(
  choices: WhatIfChoices,
  regions: readonly Region[],
  comparison: readonly ComparisonRow[],
): string {
  return `<h1>${escapeHtml(WHAT_IF_TITLE)}</h1>
<p class="lead">${escapeHtml(WHAT_IF_SUMMARY)}</p>
<noscript><p class="note alarm">This page runs the model inside the browser and needs scripts.</p></noscript>
<p class="note alarm" id="link-refused" role="alert" hidden></p>
<div class="what-if">
${controls(choices)}
<section class="answer" aria-labelledby="answer-heading">
<h2 id="answer-heading" class="quiet">Answer of the model</h2>
<p id="headline" class="headline" role="status">Starting the model…</p>
<p id="technology" class="technology"></p>
<div id="refused" class="note alarm" role="alert" hidden></div>
<dl id="numbers" class="numbers"></dl>
<dl id="chosen" class="chosen" aria-label="Settings"></dl>
<p class="solved"><span id="solved"></span> <span id="busy" class="busy" hidden>Solving…</span></p>
</section>
<section class="figures" id="figures" aria-label="Figures" hidden>
${figure("prices", "prices")}
<div class="stack">
${figure("regions", "regions")}
<figure class="drawing" id="closures"><div class="picture"></div><p class="problems" hidden></p></figure>
</div>
${figure("sectors", "sectors", "drawing wide")}
<figure class="drawing wide" id="map"><div class="picture"></div></figure>
</section>
<section class="take" aria-labelledby="take-heading">
<h2 id="take-heading">Take it along</h2>
<div class="buttons">
<button type="button" id="copy">Copy link</button>
<button type="button" id="csv">Download numbers (CSV)</button>
<button type="button" id="scenario">Download scenario (JSON)</button>
<button type="button" id="print">Print</button>
</div>
<label for="link">Link to this scenario</label>
<input id="link" readonly spellcheck="false" aria-describedby="link-hint">
<p class="hint" id="link-hint">The part from # on works with any copy of this page.</p>
<p id="told" role="status" class="told"></p>
<div id="notebook">
<p>The scenario file runs in notebook 6 on the economy with all countries. Save it into <code>results/</code>, then:</p>
<pre id="command"></pre>
<p>The notebook takes σ and the supply elasticity from the command; ψ stays that of <code>data/judged/elasticities.csv</code>.</p>
</div>
</section>
${about(choices, regions, comparison)}
</div>
<p id="mini" class="mini" aria-hidden="true" hidden></p>`;
}

function figure(id: string, table: string, kind = "drawing"): string {
  return `<figure class="${kind}" id="${id}"><div class="picture"></div>
<details><summary>Numbers</summary><div class="scroll" id="${table}-table"></div></details></figure>`;
}

function controls({ countries, elements, year, defaults }: WhatIfChoices): string {
  const sellers = countries.filter(({ single, sells }) => single && sells.length > 0);
  const options = (
    rows: readonly { readonly code: string; readonly name: string }[],
    chosen: string,
  ) =>
    rows.map(({ code, name }) =>
      `<option value="${escapeHtml(code)}"${code === chosen ? " selected" : ""}>${
        escapeHtml(name)
      }</option>`
    ).join("");
  const chips = (
    group: string,
    rows: readonly { readonly code: string; readonly text: string; readonly title: string }[],
  ) =>
    rows.map(({ code, text, title }) =>
      `<label class="chip" title="${
        escapeHtml(title)
      }"><input type="checkbox" name="${group}" value="${escapeHtml(code)}" checked><span>${
        escapeHtml(text)
      }</span></label>`
    ).join("");
  const range = SIZE_RANGES[defaults.measure];
  return `<form id="controls" class="controls" aria-label="Scenario">
<fieldset><legend>Who restricts what</legend>
<label class="field" for="country">Restricting country</label>
<select id="country">${options(sellers, defaults.country)}</select>
<p class="hint">Countries that sell elements abroad in the baseline of ${year}.</p>
<div class="field" id="elements-label">Elements <span class="pick"><button type="button" data-pick="all">all</button> <button type="button" data-pick="magnets">magnets</button></span></div>
<div class="chips" role="group" aria-labelledby="elements-label">${
    chips("elements", elements.map(({ code, name }) => ({ code, text: code, title: name })))
  }</div>
</fieldset>
<fieldset><legend>Measure</legend>
<div class="segments" role="radiogroup" aria-label="Measure" aria-describedby="measure-hint">${
    MEASURE_CHOICES.map(({ code, name }) =>
      `<label class="chip"><input type="radio" name="measure" value="${code}"${
        code === defaults.measure ? " checked" : ""
      }><span>${name}</span></label>`
    ).join("")
  }</div>
<p class="hint" id="measure-hint"></p>
<div id="size-field"><label class="field" for="size"><span id="size-name">Cut of exports</span> <output id="size-value" for="size"></output></label>
<input type="range" id="size" min="${100 * range.low}" max="${100 * range.high}" step="1"></div>
<div id="targets-field"><div class="field" id="targets-label">Buyers <span class="pick"><button type="button" data-pick="everyone">all</button></span></div>
<div class="chips" role="group" aria-labelledby="targets-label">${
    chips("targets", countries.map(({ code, name }) => ({ code, text: name, title: code })))
  }</div></div>
</fieldset>
<fieldset><legend>How technology responds</legend>
<label class="field" for="closure">Closure</label>
<select id="closure">${options(CLOSURE_CHOICES, defaults.closure)}</select>
<p class="hint" id="closure-hint"></p>
</fieldset>
<fieldset><legend>Elasticities</legend>
${
    SLIDERS.map(({ key, symbol, name, hint }) => {
      const { low, high } = ELASTICITY_RANGES[key];
      return `<label class="field" for="${key}"><span>${name}, <i>${symbol}</i></span> <output id="${key}-value" for="${key}"></output></label>
<input type="range" id="${key}" min="${low}" max="${high}" step="${STEP}" aria-describedby="${key}-hint">
<p class="hint" id="${key}-hint">${hint}</p>`;
    }).join("\n")
  }
</fieldset>
<button type="button" id="reset" class="reset">Back to the first scenario</button>
</form>`;
}

function about(
  { year, elements }: WhatIfChoices,
  regions: readonly Region[],
  comparison: readonly ComparisonRow[],
): string {
  const groups = regions.filter(({ countries }) => countries.length > 1)
    .map(({ name, countries }) => `${escapeHtml(name)} (${countries.length} rows of the table)`);
  const rows = comparison.map(({ name, page, whole }) =>
    `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(page)}</td><td>${
      escapeHtml(whole)
    }</td></tr>`
  ).join("");
  return `<section class="about" aria-labelledby="about-heading">
<h2 id="about-heading">What this page is, and what it is not</h2>
<p>Your browser solves the project's model of trade, input-output linkages and directed technological change: the same program as in the notebooks, on the same world table of ${year} with ${elements.length} rare earth elements as sectors of their own, its countries put together into ${regions.length} regions: ${
    groups.join(" and ")
  } are groups, all others single countries. Nothing is sent anywhere.</p>
<div class="scroll"><table><caption>How much the grouping changes: the first scenario here and with all countries</caption>
<thead><tr><th scope="col">Result</th><th scope="col">This page</th><th scope="col">All countries</th></tr></thead><tbody>${rows}</tbody></table></div>
<p><strong>Real, derived, assumed.</strong> <em>Real</em>: the WIOD table. <em>Derived</em>: purchases of the elements, from published tonnes, prices and end uses. <em>Assumed</em>: σ, ψ and the supply elasticity, which you choose here; trade elasticities are recalled from the literature.</p>
<p><strong>Not a forecast.</strong> A comparison of two years that differ in the measure only: no stocks, no time to adjust, no capacity limits beyond the supply elasticity, nobody retaliates. Sectors are broad, and other inputs are Cobb-Douglas. The equations are ours; they follow a published abstract.</p>
<p><strong>Nothing unsolved is drawn.</strong> The numbers appear only when every equation of both solutions holds to ten times the tolerance of the solver. Otherwise the page says why there are none.</p>
<details id="residuals"><summary>Residuals of this answer</summary><div class="scroll" id="residuals-table"></div></details>
</section>`;
}
