import hljs from "highlight.js";
import { escapeHtml } from "./escape_html.ts";

/** Code as HTML with the classes of highlight.js; plain when the language is unknown. */
export function highlightCode(code: string, language: string): string {
  return hljs.getLanguage(language) === undefined
    ? escapeHtml(code)
    : hljs.highlight(code, { language, ignoreIllegals: true }).value;
}
