/** Words after which a BEA industry name only lists details. */
const DETAILS = /,? (manufacturing|production|and related|and other|\(|except).*$/i;

/** A short form of an industry's name for sentences: "Electric lamp bulb and part". */
export function shortName(label: string): string {
  const short = label.replace(DETAILS, "").trim();
  return short.length > 0 ? short : label;
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
