import type { Heading } from "./render_markdown.ts";

/** Headings of the second and third level, as a list in a list. */
export function tableOfContents(headings: readonly Heading[]): string {
  const items: string[] = [];
  let open = false;
  for (const { level, id, html } of headings) {
    if (level !== 2 && level !== 3) continue;
    const link = `<a href="#${encodeURIComponent(id)}">${html}</a>`;
    if (level === 2 || items.length === 0) {
      items.push((open ? "</ol>" : "") + (items.length === 0 ? "" : "</li>") + `<li>${link}`);
      open = false;
    } else {
      items.push((open ? "" : "<ol>") + `<li>${link}</li>`);
      open = true;
    }
  }
  if (items.length === 0) return "";
  return `<nav aria-label="Contents"><details class="toc" open><summary>Contents</summary>\n` +
    `<ol>${items.join("\n")}${open ? "</ol>" : ""}</li></ol>\n</details></nav>`;
}
