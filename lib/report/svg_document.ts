/**
 * An SVG element, as linkedom writes it, made into a document that stands alone. Three repairs, each
 * for a reader that refuses the original:
 * - JupyterLab and GitHub show SVG outputs as a picture file, which must declare the SVG namespace;
 * - linkedom leaves `&` and `<` bare inside attributes, which is not XML, so the picture would be blank;
 * - a picture file has no page behind it, so that dark themes would show black text on black: the
 *   drawing gets a white ground and a dark text colour unless its root sets its own background.
 *
 * @throws when the markup does not start with an `<svg>` element.
 */
export function svgDocument(outerHtml: string): string {
  const escaped = outerHtml.trim().replace(
    tagPattern,
    (tag) => tag.replace(attributePattern, escapeAttribute),
  )
    .replaceAll("&nbsp;", "&#160;");
  const root = /^<svg\b[^>]*?(\/?)>/i.exec(escaped);
  if (root === null) throw new TypeError("svgDocument: expected an <svg> element");
  let head = root[0];
  if (!/\sxmlns\s*=/.test(head)) head = head.replace(/^<svg/i, `<svg xmlns="${svgNamespace}"`);
  if (/\sxlink:href\s*=/.test(escaped) && !/\sxmlns:xlink\s*=/.test(head)) {
    head = head.replace(/^<svg/i, `<svg xmlns:xlink="${xlinkNamespace}"`);
  }
  if (!/\srole\s*=/.test(head)) head = head.replace(/^<svg/i, `<svg role="img"`);
  if (!/\sstyle\s*=\s*"[^"]*background/i.test(head)) {
    head = /\sstyle\s*=\s*"/.test(head)
      ? head.replace(/(\sstyle\s*=\s*")/, `$1${ground}`)
      : head.replace(/^<svg/i, `<svg style="${ground}"`);
  }
  return head + escaped.slice(root[0].length);
}

/** What a reader who cannot see the drawing is told: its `aria-label`, else its `<title>`. */
export function alternativeText(markup: string): string | undefined {
  const root = /^\s*<(?:svg|figure)\b(?:[^>"]|"[^"]*")*>/i.exec(markup)?.[0] ?? "";
  const label = /\saria-label\s*=\s*"([^"]*)"/.exec(root)?.[1] ??
    /^\s*<svg\b(?:[^>"]|"[^"]*")*>\s*<title[^>]*>([^<]*)<\/title>/i.exec(markup)?.[1] ??
    /<svg\b(?:[^>"]|"[^"]*")*\saria-label\s*=\s*"([^"]*)"/i.exec(markup)?.[1];
  return label === undefined ? undefined : decodeEntities(label);
}

const svgNamespace = "http://www.w3.org/2000/svg";
const xlinkNamespace = "http://www.w3.org/1999/xlink";
const ground = "background:#fff;color:#1f2328;";
const tagPattern = /<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>/g;
const attributePattern = /=\s*"([^"]*)"/g;

function escapeAttribute(attribute: string): string {
  return attribute
    .replace(/&(?!#\d+;|#x[\da-f]+;|(?:amp|lt|gt|quot|apos|nbsp);)/gi, "&amp;")
    .replaceAll("<", "&lt;");
}

function decodeEntities(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&#160;", "\u00a0").replaceAll("&amp;", "&");
}
