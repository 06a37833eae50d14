/** Words after which a BEA industry name only lists details. */
const DETAILS = /,? (manufacturing|production|and related|and other|and parts?\b|\(|except).*$/i;

/** A short form of an industry's name for sentences: "Electric lamp bulb and part". */
export function shortName(label: string): string {
  const short = label.replace(DETAILS, "").trim();
  return short.length > 0 ? short : label;
}

/** The first words of a sector's name, for labels in figures: "Electrical", "Basic Metals". */
export function firstWords(name: string): string {
  return name.split(/[,;]| and /)[0].trim();
}

/** "A, b and c" from names; the first keeps its capital. */
export function sentenceNames(rows: readonly { readonly label: string }[]): string {
  const names = rows.map(({ label }, k) => {
    const name = shortName(label);
    return k === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1);
  });
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** A number of a list of checks: whole ones whole, ordinary ones to two decimals, tiny ones as powers of ten. */
export function checkText(value: unknown): string {
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  if (Math.abs(value) >= 5e-3) {
    return value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }
  return scientificText(value);
}

/** A number as a power of ten: "3 × 10⁻¹¹"; 0 is "0". */
export function scientificText(value: number, decimals = 0): string {
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(decimals).split("e");
  const raised = [...String(Number(exponent))].map((sign) => SUPERSCRIPTS[sign]).join("");
  return `${mantissa}\u00a0×\u00a010${raised}`;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [..."-0123456789"].map((sign, k) => [sign, [..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"][k]]),
);

/** The site of a source that is an address, any other source as it is. */
export function sourceName(source: unknown): string {
  const text = String(source);
  return URL.canParse(text) ? new URL(text).hostname.replace(/^www\./, "") : text;
}
