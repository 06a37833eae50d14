/**
 * Every address outside the page that a browser would fetch when it opens the page: sources of
 * scripts, pictures, frames and style sheets. Links that a reader may follow are not among them.
 */
export function externalRequests(html: string): readonly string[] {
  const found: string[] = [];
  const text = html.replace(/<pre\b[\s\S]*?<\/pre>/g, "");
  for (const tag of text.matchAll(/<([a-zA-Z][\w:-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g)) {
    const name = tag[1].toLowerCase();
    for (const attribute of tag[2].matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      const [, key, double, single] = attribute;
      const value = (double ?? single).trim();
      const isLink = (name === "a" || name === "area") && /^(xlink:)?href$/i.test(key);
      const fetches = /^(src|srcset|data|poster|background|href|xlink:href)$/i.test(key) && !isLink;
      if (fetches && value !== "" && !/^(#|data:)/i.test(value)) found.push(value);
      if (/^style$/i.test(key)) found.push(...styleRequests(value));
    }
  }
  for (const style of text.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)) {
    found.push(...styleRequests(style[1]));
  }
  return found;
}

function styleRequests(css: string): string[] {
  const urls = [...css.matchAll(/url\(\s*['"]?([^)'"]+)/g)].map((match) => match[1].trim());
  const imports = [...css.matchAll(/@import\s+['"]([^'"]+)/g)].map((match) => match[1]);
  return [...urls, ...imports].filter((address) => !/^(#|data:)/.test(address));
}
