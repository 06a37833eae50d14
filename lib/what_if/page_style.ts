/** What the page adds to the style of the reports. */
export const whatIfStyle = `
.index .columns { max-width: 90rem; }
.index main { max-width: none; }
.index footer dl { max-width: 87.5rem; }
@media (max-width: 90rem) { .index footer dl { padding-left: 1.25rem; padding-right: 1.25rem; } }
.mini { display: none; }
main h1 { margin-bottom: 0.3em; }
.lead { max-width: 46rem; color: var(--soft); margin: 0 0 1.2rem; }
h2.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; padding: 0; border: 0; }
[hidden] { display: none !important; }
.what-if { display: grid; gap: 1.2rem 2rem; grid-template-columns: minmax(0, 1fr); }
.what-if > * { min-width: 0; }
.controls { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 0.4rem 1rem 1rem; font-size: 0.92rem; line-height: 1.4; }
.controls fieldset { border: 0; margin: 0; padding: 0.55rem 0 0.7rem; border-bottom: 1px solid var(--line); min-width: 0; }
.controls legend { float: left; width: 100%; font-weight: 650; font-size: 0.98rem; margin-bottom: 0.35rem; }
.controls legend + * { clear: both; }
.field { display: flex; justify-content: space-between; align-items: baseline; gap: 0.6rem; margin-top: 0.45rem; color: var(--soft); font-size: 0.86rem; }
.field output { color: var(--text); font-weight: 650; font-size: 0.98rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.field i { font-style: italic; color: var(--text); }
.controls select { width: 100%; font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--soft); border-radius: 7px; padding: 0.4rem 0.5rem; margin-top: 0.15rem; }
.controls input[type="range"] { width: 100%; margin: 0.15rem 0 0; height: 1.4rem; accent-color: var(--link); }
.hint { margin: 0.1rem 0 0; line-height: 1.3; font-size: 0.8rem; color: var(--soft); }
.hint:empty { display: none; }
.pick button { font: inherit; font-size: 0.8rem; color: var(--link); background: none; border: 0; padding: 0.25rem 0.35rem; cursor: pointer; text-decoration: underline; text-underline-offset: 0.15em; }
.chips { display: flex; flex-wrap: wrap; gap: 0.3rem; margin-top: 0.3rem; }
.chip { position: relative; display: inline-block; cursor: pointer; margin: 0; }
.chip input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: inherit; }
.chip span { display: inline-block; min-width: 2.5rem; text-align: center; border: 1px solid var(--soft); border-radius: 999px; padding: 0.22rem 0.65rem; background: var(--ground); color: var(--text); font-size: 0.84rem; }
.chip input:checked + span { background: var(--link); border-color: var(--link); color: var(--ground); }
.chip input:disabled { cursor: default; }
.chip input:disabled + span { background: transparent; border-style: dashed; border-color: var(--line); color: var(--soft); }
.chip input:disabled:checked + span { border-style: solid; border-color: var(--soft); }
.chip input:focus-visible + span { outline: 2px solid var(--focus); outline-offset: 2px; }
.segments { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.3rem; }
.segments .chip span { display: block; border-radius: 8px; padding: 0.34rem 0.5rem; }
.reset, .buttons button { font: inherit; font-size: 0.92rem; line-height: 1.3; color: var(--text); background: var(--ground); border: 1px solid var(--soft); border-radius: 7px; padding: 0.5rem 0.8rem; cursor: pointer; }
.reset { width: 100%; margin-top: 0.9rem; }
.reset:hover, .buttons button:hover:enabled { border-color: var(--link); color: var(--link); }
.buttons button:disabled { color: var(--soft); border-style: dashed; cursor: default; }
.headline { font-size: 1.36rem; line-height: 1.36; font-weight: 600; letter-spacing: -0.01em; margin: 0; text-wrap: pretty; }
.technology { margin: 0.5rem 0 0; font-size: 1.04rem; }
.numbers { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0.8rem; margin: 1.1rem 0 0; }
.numbers > div { border: 1px solid var(--line); border-top: 4px solid var(--link); border-radius: 8px; padding: 0.6rem 0.8rem 0.7rem; background: var(--panel); }
.numbers dt { font-size: 0.84rem; line-height: 1.3; color: var(--soft); }
.numbers dd { margin: 0; }
.numbers dt + dd { font-size: 1.55rem; line-height: 1.35; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.numbers dd + dd { font-size: 0.8rem; line-height: 1.35; color: var(--soft); }
.chosen { display: none; }
.solved { margin: 0.8rem 0 0; font-size: 0.84rem; color: var(--soft); min-height: 1.4em; }
.busy { color: var(--text); font-weight: 600; }
.note { border-radius: 8px; padding: 0.7rem 1rem; margin: 0.8rem 0; }
.note p { margin: 0.4rem 0; }
.note.alarm { color: var(--alarm); background: var(--alarm-ground); border-left: 4px solid var(--alarm); overflow-wrap: anywhere; }
.figures { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
.stack { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); align-content: start; min-width: 0; }
.drawing { margin: 0; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; min-width: 0; }
.drawing .picture { background: #fff; color: #1f2328; color-scheme: light; padding: 4px; }
.drawing svg { display: block; width: 100%; max-width: 100%; height: auto; margin: 0 auto; }
.drawing details { border-top: 1px solid var(--line); padding: 0.45rem 0.9rem; font-size: 0.88rem; }
.drawing summary, .about summary { cursor: pointer; color: var(--link); padding: 0.15rem 0; }
.problems { margin: 0; padding: 0.6rem 0.9rem; font-size: 0.84rem; color: var(--alarm); background: var(--alarm-ground); }
.what-if table { font-size: 0.84rem; }
.what-if thead th { min-width: 5.5rem; font-size: 0.78rem; line-height: 1.3; }
.what-if tbody th { white-space: normal; min-width: 7rem; }
.what-if td, .what-if thead th:not(:first-child) { text-align: right; }
.what-if td { white-space: nowrap; }
.take label { font-size: 0.86rem; color: var(--soft); display: block; margin-top: 0.9rem; }
.take h2, .about h2 { margin-top: 0.6em; }
.take input { width: 100%; font: 0.84rem ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; color: var(--text); background: var(--panel); border: 1px solid var(--soft); border-radius: 7px; padding: 0.45rem 0.6rem; }
.take pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.told { min-height: 1.5em; margin: 0.4rem 0; color: var(--soft); font-size: 0.88rem; }
.about { max-width: 58rem; }
.about table { font-size: 0.9rem; }
@media (min-width: 60rem) {
  .what-if { grid-template-columns: 20.5rem minmax(0, 1fr); grid-template-rows: auto auto auto 1fr; }
  .controls { grid-column: 1; grid-row: 1 / span 4; align-self: start; position: sticky; top: 4rem; max-height: calc(100vh - 5rem); overflow-y: auto; padding-bottom: 0.7rem; }
  .reset { margin-top: 0.6rem; }
  .answer, .figures, .take, .about { grid-column: 2; }
}
@media (min-width: 75rem) {
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .figures .wide { grid-column: 1 / -1; }
}
@media (max-width: 59.99rem) {
  .answer { order: -1; }
  .mini { position: sticky; bottom: 0; z-index: 2; display: grid; grid-template-columns: repeat(4, auto); justify-content: space-between; gap: 0 0.5rem; margin: 1rem -0.9rem 0; padding: 0.4rem 0.9rem; background: var(--ground); border-top: 1px solid var(--line); font-size: 0.78rem; line-height: 1.45; color: var(--soft); }
  .mini span { white-space: nowrap; }
  .mini b { display: block; font-size: 0.88rem; }
  .mini b { color: var(--text); font-variant-numeric: tabular-nums; }
  .numbers { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.55rem; }
}
@media (max-width: 40rem) {
  .headline { font-size: 1.16rem; }
  .technology { font-size: 0.98rem; }
  .numbers dt + dd { font-size: 1.3rem; }
  .numbers > div { padding: 0.5rem 0.65rem; }
  .buttons button { flex: 1 1 9rem; }
}
@media print {
  .controls, .mini, .take, .solved .busy, .drawing details, .reset, noscript, #residuals:not([open]) { display: none !important; }
  .what-if { display: block; }
  .figures { display: grid; gap: 6mm; margin-top: 6mm; }
  .figures[data-columns="2"] { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .figures .wide { grid-column: 1 / -1; }
  .drawing { break-inside: avoid; border: 0; }
  .chosen { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 0.8rem; font-size: 9.5pt; margin: 0.8rem 0 0; }
  .chosen dt { font-weight: 600; }
  .chosen dd { margin: 0; }
  .numbers { grid-template-columns: repeat(4, 1fr); }
  .numbers dt + dd { font-size: 14pt; }
  .headline { font-size: 13pt; }
  .about { font-size: 9.5pt; }
}
`;
