/** The style of every page: screen, phone, dark colours and print. */
export const pageStyle = `
:root {
  --ground: #fdfdfc; --text: #1f2328; --soft: #57606a; --line: #d5dae0; --panel: #f5f6f7;
  --link: #0b5394; --focus: #0b5394; --control: #7d858e; --alarm: #a40e26; --alarm-ground: #fdecee;
  --real: #14532d; --real-ground: #e2f3e7; --derived: #0b4a82; --derived-ground: #e2eefa;
  --simulated: #7a3900; --simulated-ground: #fdebd0; --judged: #5b2c93; --judged-ground: #f1eafa;
  --keyword: #8a1c5c; --string: #17603a; --number: #0b4a82; --comment: #5f6771; --title: #5b2c93;
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) {
    --ground: #15181c; --text: #e4e7eb; --soft: #a7b0bb; --line: #363c44; --panel: #1d2126;
    --link: #86bdf7; --focus: #86bdf7; --control: #7f8994; --alarm: #ff9ba6; --alarm-ground: #3a1a1f;
    --real: #a5e0b8; --real-ground: #18331f; --derived: #a9d1f7; --derived-ground: #172c42;
    --simulated: #ffcf93; --simulated-ground: #40290c; --judged: #d3bcf6; --judged-ground: #2c2140;
    --keyword: #f2a0cd; --string: #9bd8ae; --number: #a9d1f7; --comment: #98a2ad; --title: #cdb1f5;
    color-scheme: dark;
  }
}
:root[data-theme="dark"] {
  --ground: #15181c; --text: #e4e7eb; --soft: #a7b0bb; --line: #363c44; --panel: #1d2126;
  --link: #86bdf7; --focus: #86bdf7; --control: #7f8994; --alarm: #ff9ba6; --alarm-ground: #3a1a1f;
  --real: #a5e0b8; --real-ground: #18331f; --derived: #a9d1f7; --derived-ground: #172c42;
  --simulated: #ffcf93; --simulated-ground: #40290c; --judged: #d3bcf6; --judged-ground: #2c2140;
  --keyword: #f2a0cd; --string: #9bd8ae; --number: #a9d1f7; --comment: #98a2ad; --title: #cdb1f5;
  color-scheme: dark;
}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 4rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 1.0625rem/1.62 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, sans-serif;
  overflow-wrap: break-word;
}
code, pre, kbd { font-family: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; top: 0; z-index: 3; padding: 0.5rem 1rem; background: var(--ground); }
.skip:focus { left: 0; }

.bar {
  position: sticky; top: 0; z-index: 2; display: flex; gap: 0.5rem 0.75rem; align-items: center;
  padding: 0.45rem 1.25rem; background: var(--ground); border-bottom: 1px solid var(--line); font-size: 0.9rem;
}
.bar button, .copyable button {
  font: inherit; line-height: 1.3; color: var(--text); background: var(--panel); border: 1px solid var(--line);
  border-radius: 6px; padding: 0.35rem 0.7rem; cursor: pointer; white-space: nowrap;
}
.bar button:hover, .copyable button:hover { border-color: var(--soft); }
.bar .brand { font-weight: 650; color: var(--text); text-decoration: none; white-space: nowrap; }
#site { display: flex; flex: 1; align-items: center; gap: 0.5rem 1rem; min-width: 0; }
#site ul { display: flex; flex-wrap: wrap; gap: 0.1rem 0.2rem; list-style: none; margin: 0; padding: 0; }
#site li { margin: 0; }
#site li a { display: block; padding: 0.3rem 0.55rem; border-radius: 6px; color: var(--soft); text-decoration: none; white-space: nowrap; }
#site li a:hover { color: var(--text); background: var(--panel); }
#site li a[aria-current] { color: var(--text); font-weight: 600; box-shadow: inset 0 -2px 0 var(--link); border-radius: 6px 6px 0 0; }
.find { margin-left: auto; }
input[type="search"] {
  font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--control); border-radius: 6px;
  padding: 0.3rem 0.6rem; width: 11rem; max-width: 100%;
}
input[type="search"]::placeholder { color: var(--soft); opacity: 1; }
#menu { margin-left: auto; }
@media (min-width: 64rem) { #menu { display: none; } }
@media (max-width: 63.9rem) {
  .bar { flex-wrap: wrap; }
  #site { order: 9; flex-basis: 100%; flex-wrap: wrap; padding: 0.2rem 0 0.4rem; }
  #site.folded { display: none; }
  #site ul { width: 100%; display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
  .find { margin: 0; width: 100%; }
  .find input { width: 100%; }
}

.columns { max-width: 78rem; margin: 0 auto; padding: 0 1.25rem; }
main { min-width: 0; max-width: 47rem; margin: 0 auto; padding: 1.5rem 0 3rem; }
.toc { font-size: 0.9rem; line-height: 1.4; max-width: 47rem; margin: 1rem auto 0; }
.toc summary { cursor: pointer; font-weight: 600; padding: 0.3rem 0; }
.toc ol { list-style: none; margin: 0.3rem 0; padding: 0; }
.toc ol ol { margin: 0; }
.toc ol ol a { padding-left: 1.6rem; }
.toc li + li { margin-top: 0; }
.toc a { display: block; padding: 0.25rem 0.7rem; color: var(--soft); text-decoration: none; border-left: 2px solid var(--line); }
.toc a:hover { color: var(--text); }
.toc a[aria-current] { color: var(--text); border-left-color: var(--link); }
@media (max-width: 63.9rem) {
  .toc { border: 1px solid var(--line); border-radius: 8px; padding: 0.25rem 0.9rem; }
}
@media (min-width: 64rem) {
  .report .columns { display: grid; grid-template-columns: 15rem minmax(0, 47rem); gap: 3.5rem; justify-content: center; }
  .report main { margin: 0; width: 100%; }
  .toc { position: sticky; top: 4.25rem; align-self: start; margin: 1.9rem 0 0; max-height: calc(100vh - 6rem); overflow-y: auto; padding-right: 0.5rem; }
}

h1, h2, h3, h4 { line-height: 1.22; font-weight: 650; letter-spacing: -0.011em; text-wrap: balance; }
h1 { font-size: 2.05rem; margin: 0.35em 0 0.6em; letter-spacing: -0.02em; }
h2 { font-size: 1.42rem; margin: 2.4em 0 0.6em; padding-top: 0.9em; border-top: 1px solid var(--line); }
h3 { font-size: 1.14rem; margin: 2em 0 0.4em; }
h4 { font-size: 1rem; margin: 1.6em 0 0.3em; }
p, ul, ol, blockquote { margin: 0.9em 0; }
li + li { margin-top: 0.25em; }
blockquote { margin-left: 0; padding: 0.1rem 1.1rem; border-left: 3px solid var(--line); color: var(--soft); }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em 0; }
main img { max-width: 100%; height: auto; }
:not(pre) > code { font-size: 0.875em; background: var(--panel); border-radius: 4px; padding: 0.1em 0.3em; }
math { font-family: "Latin Modern Math", "STIX Two Math", "STIX Math", "Cambria Math", math; font-size: 1.06em; }
.katex-block { display: block; position: relative; overflow-x: auto; overflow-y: hidden; padding: 0.35rem 0; text-align: center; }
.formula .katex { font-size: 1.08em; }
.katex-block .katex-display { margin: 0; }

.badges { display: flex; flex-wrap: wrap; gap: 0.4rem; list-style: none; margin: 0.5rem 0; padding: 0; }
.badges li { margin: 0; }
.badge { display: inline-block; font-size: 0.78rem; font-weight: 600; line-height: 1.35; padding: 0.1rem 0.55rem; border-radius: 999px; border: 1px solid currentColor; }
.badge.real { color: var(--real); background: var(--real-ground); }
.badge.derived { color: var(--derived); background: var(--derived-ground); }
.badge.recalled, .badge.judged { color: var(--judged); background: var(--judged-ground); }
.badge.simulated { color: var(--simulated); background: var(--simulated-ground); letter-spacing: 0.04em; }

details.code { margin: 0.7rem 0; font-size: 0.85rem; }
details.code > summary { display: inline-block; cursor: pointer; color: var(--soft); font-size: 0.8rem; padding: 0.1rem 0.35rem 0.1rem 0; }
details.code > summary::before { content: "▸"; display: inline-block; width: 1em; }
details.code[open] > summary::before { content: "▾"; }
details.code > summary:hover { color: var(--text); }
pre { overflow-x: auto; margin: 0.5rem 0; padding: 0.75rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; font-size: 0.82rem; line-height: 1.5; tab-size: 2; }
pre.text { border: 0; border-left: 3px solid var(--line); border-radius: 0; }
pre.problem { color: var(--alarm); background: var(--alarm-ground); border-left-color: var(--alarm); }
.hljs-keyword, .hljs-literal, .hljs-built_in, .hljs-meta { color: var(--keyword); }
.hljs-string, .hljs-regexp, .hljs-template-tag { color: var(--string); }
.hljs-number, .hljs-attr, .hljs-property { color: var(--number); }
.hljs-comment { color: var(--comment); font-style: italic; }
.hljs-title { color: var(--title); }

.output { margin: 1rem 0 1.4rem; }
.figure { margin: 1.2rem 0 1.6rem; padding: 0.9rem; background: #fff; color: #1f2328; color-scheme: light; border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; }
.figure > svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }
.figure .enlarge { display: none; }
.scroll, .ree-table { overflow-x: auto; margin: 1.2rem 0; }
table { border-collapse: collapse; font-size: 0.9rem; line-height: 1.4; font-variant-numeric: tabular-nums lining-nums; }
.ree-table table { min-width: 60%; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.5rem; caption-side: top; }
th, td { padding: 0.32rem 0.9rem 0.32rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0.15rem; }
thead th { vertical-align: bottom; border-bottom: 1.5px solid var(--soft); font-weight: 600; }
th { text-align: left; }
thead small { font-weight: 400; color: var(--soft); white-space: nowrap; }
tbody th { font-weight: 400; }
tbody tr:hover { background: var(--panel); }
.ree-table p { margin: 0.5rem 0 0; line-height: 1.4; color: var(--soft); }

footer { border-top: 1px solid var(--line); color: var(--soft); font-size: 0.84rem; line-height: 1.5; }
footer dl { max-width: 47rem; margin: 0 auto; padding: 1.4rem 1.25rem 2.2rem; display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.3rem 1.2rem; }
footer dt { font-weight: 600; }
footer dd { margin: 0; }

.index main, .index footer dl { max-width: 66rem; }
@media (min-width: 71rem) { .index footer dl { padding-left: 0; padding-right: 0; } }
@media (min-width: 64rem) { .report footer dl { max-width: 65.5rem; padding-left: 18.5rem; padding-right: 0; } }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 1.25rem; list-style: none; padding: 0; margin: 1.5rem 0; }
.card { display: flex; flex-direction: column; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; position: relative; margin: 0; }
.card:hover { border-color: var(--soft); }
.thumbnail { background: #fff; color: #1f2328; color-scheme: light; border-bottom: 1px solid var(--line); aspect-ratio: 16 / 10; display: flex; align-items: flex-start; justify-content: center; overflow: hidden; padding: 0.6rem; }
.thumbnail svg { width: 100%; height: auto; }
.thumbnail.none { align-items: center; }
.thumbnail.none { background: var(--panel); color: var(--soft); font-size: 0.85rem; }
.card .words { padding: 0.9rem 1.1rem 1.1rem; display: flex; flex-direction: column; flex: 1; }
.card h2 { border: 0; padding: 0; margin: 0; font-size: 1.08rem; }
.card h2 a::after { content: ""; position: absolute; inset: 0; }
.card p { margin: 0.45rem 0; font-size: 0.92rem; line-height: 1.5; }
.card .run { margin-top: auto; padding-top: 0.4rem; color: var(--soft); font-size: 0.82rem; }
.card .failed { color: var(--alarm); background: var(--alarm-ground); border-radius: 6px; padding: 0.4rem 0.6rem; font-size: 0.84rem; white-space: pre-wrap; }

.card .key { font-weight: 600; line-height: 1.4; }

.lead { font-size: 1.08rem; max-width: 47rem; }
.index main > p { max-width: 47rem; }
.index main > h2:first-of-type { margin-top: 1.4em; }
.call { display: inline-block; padding: 0.5rem 1rem; border: 1px solid var(--link); border-radius: 8px; font-weight: 600; text-decoration: none; }
.call:hover { text-decoration: underline; }
.findings { list-style: none; margin: 1.2rem 0; padding: 0; display: grid; gap: 1rem; }
.findings > li { margin: 0; padding: 1rem 1.2rem; border: 1px solid var(--line); border-left: 4px solid var(--link); border-radius: 8px; display: grid; gap: 0.1rem 2rem; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); grid-template-rows: auto auto 1fr; }
.findings h3 { margin: 0; font-size: 0.92rem; font-weight: 600; color: var(--soft); letter-spacing: 0; grid-column: 1; }
.findings .answer { grid-column: 1; font-weight: 600; margin: 0.2rem 0 0.5rem; line-height: 1.42; }
.findings .answer + p { grid-column: 2; grid-row: 1 / 4; margin: 0; font-size: 0.93rem; line-height: 1.55; }
.findings .from { grid-column: 1; align-self: end; margin: 0; display: flex; flex-wrap: wrap; gap: 0.2rem 0.8rem; align-items: center; font-size: 0.82rem; color: var(--soft); }
.findings .from .badges { margin: 0; }
.unknown { grid-column: 1 / 3; margin: 0.2rem 0 0.5rem; color: var(--soft); }
@media (max-width: 52rem) {
  .findings > li { display: block; padding: 0.9rem 1rem; }
  .findings .answer + p { margin-bottom: 0.6rem; }
}

.meanings { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.4rem 0.9rem; margin: 1rem 0; align-items: baseline; }
.meanings dd { margin: 0; }
table.wide { width: 100%; }
table.wide th[scope="row"] { font-weight: 400; }
table.wide td, table.wide tbody th { font-size: 0.86rem; }
table.wide code { background: none; padding: 0; }
@media screen and (max-width: 52rem) {
  table.wide, table.wide tbody, table.wide tr, table.wide td, table.wide tbody th { display: block; }
  table.wide thead { position: absolute; left: -999rem; }
  table.wide tr { padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
  table.wide td, table.wide tbody th { border: 0; padding: 0.1rem 0; text-align: left; white-space: normal; }
  table.wide tbody th[scope="row"] { font-weight: 600; font-size: 0.92rem; }
  table.wide td { position: relative; padding-left: 5.2rem; min-height: 1.4em; }
  table.wide td::before { content: attr(data-label); position: absolute; left: 0; color: var(--soft); font-size: 0.82rem; }
}
.number { text-align: right; white-space: nowrap; }
.label { white-space: nowrap; color: var(--soft); }
ul.files, ul.sources { list-style: none; margin: 0; padding: 0; }
.entry { border-top: 1px solid var(--line); padding: 0.2rem 0 0.8rem; max-width: 56rem; }
.entry h3 { margin: 0.9rem 0 0.3rem; display: flex; flex-wrap: wrap; gap: 0.3rem 0.7rem; align-items: center; }
.entry p, .entry ul { margin: 0.4rem 0; font-size: 0.95rem; }
.entry summary, .files summary { cursor: pointer; color: var(--soft); font-size: 0.88rem; padding: 0.15rem 0; width: fit-content; }
.entry:target { box-shadow: -6px 0 0 -2px var(--link); }
details.program { border-top: 1px solid var(--line); margin: 0; }
details.program > summary { display: block; padding: 0.45rem 0 0.45rem 1.2rem; text-indent: -1.2rem; font-size: 0.92rem; }
details.program > summary::before { width: 1.2rem; text-indent: 0; }
details.program summary code { color: var(--text); }
.method + .method { margin-top: 3rem; }
.made { color: var(--soft); font-size: 0.85rem; }
.copyable { position: relative; margin: 0.8rem 0 1.2rem; max-width: 56rem; }
.copyable button { font-size: 0.88rem; }
.copyable pre { white-space: pre-wrap; margin-bottom: 0.5rem; }
.copied { margin-left: 0.7rem; color: var(--soft); font-size: 0.9rem; }
#search label { display: block; margin-bottom: 0.3rem; }
#search input { width: 34rem; font-size: 1.05rem; padding: 0.5rem 0.7rem; }
.hits { list-style: none; padding: 0; max-width: 52rem; }
.hits li { margin: 0; padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
.hits a { font-weight: 600; }
.hits small { display: block; color: var(--soft); }
.hits p { margin: 0.2rem 0 0; font-size: 0.92rem; line-height: 1.45; overflow-wrap: anywhere; }
.hint { color: var(--soft); font-size: 0.9rem; }
.pager { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.pager a { text-decoration: none; }
.pager a:hover { text-decoration: underline; }
.pager a[rel="next"] { text-align: right; }
.pager small { display: block; color: var(--soft); }

@media (max-width: 40rem) {
  body { font-size: 1rem; }
  .bar { padding: 0.45rem 0.9rem; gap: 0.4rem; }
  .bar button { font-size: 0.8rem; padding: 0.4rem 0.5rem; }
  .columns { padding: 0 0.9rem; }
  h1 { font-size: 1.6rem; }
  .figure { padding: 0.5rem; }
  .ree-table td[align="left"] { min-width: 8rem; }
  .figure.large > svg { min-width: var(--whole, 0); }
  .figure .enlarge { display: block; position: sticky; left: 0; margin: 0.5rem 0 0; font-size: 0.85rem; color: #1f2328; background: #f6f8fa; border: 1px solid #d0d7de; border-radius: 6px; padding: 0.35rem 0.7rem; }
  footer dl { padding: 1.2rem 0.9rem 2rem; }
}
@media print {
  :root, :root:not([data-theme="light"]), :root[data-theme="dark"] {
    --ground: #fff; --text: #000; --soft: #444; --line: #bbb; --panel: #f6f6f6; --link: #000;
    --real: #14532d; --real-ground: #fff; --derived: #0b4a82; --derived-ground: #fff;
    --simulated: #7a3900; --simulated-ground: #fff; --judged: #5b2c93; --judged-ground: #fff; --keyword: #8a1c5c; --string: #17603a;
    --number: #0b4a82; --comment: #5f6771; --title: #5b2c93; --alarm: #a40e26; --alarm-ground: #fff;
    color-scheme: light;
  }
  @page { margin: 18mm 16mm; }
  body { font-size: 10.5pt; }
  .bar, .toc, .skip, .pager, .copyable button, .hint, #search, details.code:not([open]), details.code > summary { display: none !important; }
  .report .columns { display: block; padding: 0; }
  .findings > li { break-inside: avoid; }
  table.wide td, table.wide tbody th { font-size: 7.5pt; line-height: 1.3; padding-right: 0.4rem; }

  main { max-width: none; padding: 0; }
  .figure, .ree-table, .scroll, .card, pre, .katex-block { break-inside: avoid; overflow: visible; }
  pre { white-space: pre-wrap; }
  .figure { border: 0; padding: 0; }
  h1, h2, h3, h4, caption { break-after: avoid; }
  main a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.85em; overflow-wrap: anywhere; }
}
`;
