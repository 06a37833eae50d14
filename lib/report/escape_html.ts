/** Text made safe for the inside of an HTML element or a double-quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The text that {@link escapeHtml} was given. */
export function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}

/** A file name as HTML that may break after its slashes and underscores. */
export function breakableName(name: string): string {
  return escapeHtml(name).replace(/([/_])/g, "$1<wbr>");
}
