import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The style of the formulas in a page, with those of KaTeX's fonts inside that the page uses; empty
 * when it holds no formula. With its own fonts a formula looks the same on every machine, also where
 * the system has no font for mathematics.
 */
export function formulaStyle(html: string): string {
  if (!html.includes('class="katex-html"')) return "";
  const { rules, folder } = katexRules();
  const fonts = FONTS.filter(({ used }) => used === undefined || used.test(html)).map((font) => {
    const bytes = Deno.readFileSync(join(folder, "fonts", `KaTeX_${font.file}.woff2`));
    const [family, face] = font.file.split("-");
    return `@font-face{font-family:KaTeX_${family};font-style:${
      face.endsWith("Italic") ? "italic" : "normal"
    };font-weight:${
      face.startsWith("Bold") ? 700 : 400
    };src:url(data:font/woff2;base64,${bytes.toBase64()}) format("woff2")}`;
  });
  return `${fonts.join("\n")}\n${rules}\n`;
}

/** KaTeX's fonts and the classes that ask for them; without `used`, every formula may. */
const FONTS: readonly { readonly file: string; readonly used?: RegExp }[] = [
  { file: "Main-Regular" },
  { file: "Math-Italic" },
  { file: "Size1-Regular" },
  { file: "Size2-Regular" },
  { file: "Size3-Regular" },
  { file: "Size4-Regular" },
  { file: "Main-Bold", used: /class="[^"]*\b(mathbf|textbf)\b/ },
  { file: "Main-Italic", used: /class="[^"]*\b(mathit|textit)\b/ },
  { file: "Math-BoldItalic", used: /class="[^"]*\bboldsymbol\b/ },
  { file: "AMS-Regular", used: /class="[^"]*\b(mathbb|amsrm|textbb)\b/ },
  { file: "Caligraphic-Regular", used: /class="[^"]*\bmathcal\b/ },
  { file: "Fraktur-Regular", used: /class="[^"]*\b(mathfrak|textfrak)\b/ },
  { file: "SansSerif-Regular", used: /class="[^"]*\b(mathsf|textsf)\b/ },
  { file: "Script-Regular", used: /class="[^"]*\b(mathscr|textscr)\b/ },
  { file: "Typewriter-Regular", used: /class="[^"]*\b(mathtt|texttt)\b/ },
];

let read: { readonly rules: string; readonly folder: string } | undefined;

/** KaTeX's style sheet without its fonts, and the folder that it lies in. */
function katexRules() {
  if (read === undefined) {
    const folder = dirname(createRequire(import.meta.url).resolve("katex"));
    const sheet = Deno.readTextFileSync(join(folder, "katex.min.css"));
    read = { rules: sheet.replace(/@font-face\{[^}]*\}/g, ""), folder };
  }
  return read;
}
