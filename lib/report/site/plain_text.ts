import { unescapeHtml } from "../escape_html.ts";

/** The words of a piece of HTML, formulas as TeX, for search and for descriptions. */
export function plainText(html: string): string {
  const formulas = html.replace(/<!--drawn-->[\s\S]*?<!--\/drawn-->/g, "").replace(
    /<math\b[\s\S]*?<\/math>/g,
    (math) => /<annotation\b[^>]*>([\s\S]*?)<\/annotation>/.exec(math)?.[1] ?? "",
  );
  const text = formulas.replace(/<(style|script)\b[\s\S]*?<\/\1>/g, " ").replace(
    /<\/?(?:p|li|td|th|tr|h\d|br|div|caption)\b[^>]*>/g,
    " ",
  ).replace(/<[^>]*>/g, "");
  return unescapeHtml(text).replaceAll("&#x27;", "'").replace(/\s+/g, " ").trim();
}
