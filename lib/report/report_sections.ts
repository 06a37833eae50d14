import type { Heading } from "./render_markdown.ts";
import { plainText } from "./site/plain_text.ts";

/** A stretch of a report below one heading. */
export interface ReportSection {
  /** Anchor; empty for what stands above the first heading. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** The text of a page cut at its headings; code, drawings and tables are left to their own entries. */
export function reportSections(
  body: string,
  headings: readonly Heading[],
  title: string,
): readonly ReportSection[] {
  const prose = body.replace(/<details class="code">[\s\S]*?<\/details>/g, "")
    .replace(/<figure\b[\s\S]*?<\/figure>/g, "")
    .replace(/<table\b[\s\S]*?<\/table>/g, "");
  const pieces = prose.split(/<h[1-6] id="([^"]*)"[^>]*>[\s\S]*?<\/h[1-6]>/);
  const sections: ReportSection[] = [{ id: "", title, text: plainText(pieces[0]) }];
  for (let k = 1; k < pieces.length; k += 2) {
    const heading = headings.find(({ id }) => id === pieces[k]);
    sections.push({
      id: pieces[k],
      title: plainText(heading?.html ?? pieces[k]),
      text: plainText(pieces[k + 1]),
    });
  }
  return sections.filter(({ text }) => text !== "");
}
