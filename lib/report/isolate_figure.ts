/**
 * A drawing made safe to stand beside others on one page: its ids and the references to them get a
 * prefix, and its style rules apply below the element whose id is `scope` only.
 */
export function isolateFigure(svg: string, scope: string): string {
  const ids = new Set([...svg.matchAll(/\sid\s*=\s*"([^"]+)"/g)].map((match) => match[1]));
  const renamed = (id: string) => ids.has(id) ? `${scope}-${id}` : id;
  return svg
    .replace(/^<\?xml[^>]*\?>\s*/, "")
    .replace(/(\sid\s*=\s*")([^"]+)(")/g, (_, a, id, b) => a + renamed(id) + b)
    .replace(/url\(\s*(['"]?)#([^)'"]+)\1\s*\)/g, (_, _quote, id) => `url(#${renamed(id)})`)
    .replace(/((?:xlink:)?href\s*=\s*"#)([^"]+)(")/g, (_, a, id, b) => a + renamed(id) + b)
    .replace(
      /(\saria-(?:labelledby|describedby)\s*=\s*")([^"]+)(")/g,
      (_, a, list: string, b) => a + list.split(/\s+/).map(renamed).join(" ") + b,
    )
    .replace(
      /(<style\b[^>]*>)([\s\S]*?)(<\/style>)/g,
      (_, a, css: string, b) =>
        `${a}#${scope} {${
          css.replace(/#([\w-]+)(?=[\s.:,{[>+~])/g, (_, id) => `#${renamed(id)}`)
        }}${b}`,
    );
}

/** The width that an SVG asks for, in CSS pixels; nothing when it does not say. */
export function figureWidth(svg: string): number | undefined {
  const root = /^<svg\b(?:[^>"]|"[^"]*")*>/.exec(svg)?.[0] ?? "";
  const width = /\swidth\s*=\s*"([\d.]+)(?:px)?"/.exec(root)?.[1] ??
    /\sviewBox\s*=\s*"[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)/.exec(root)?.[1];
  return width === undefined ? undefined : Number(width);
}
