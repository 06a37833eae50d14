import { RARE_EARTHS } from "@ree/data";

/** Symbols of rare earths in context: what was found from the start of a symbol, or null. */
export interface FormulaMention {
  /** Text of the mention, as cleaned. */
  readonly term: string;
  /** Characters of the term that stand before the symbol. */
  readonly lead: number;
  /** By atomic number. */
  readonly elements: readonly string[];
}

const ELEMENTS =
  ("H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y " +
    "Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au " +
    "Hg Tl Pb Bi Th U").split(" ");

const alternatives = (symbols: readonly string[]) =>
  `(?:${[...symbols].sort((a, b) => b.length - a.length).join("|")})`;
const ANY = alternatives(ELEMENTS);
const RARE = alternatives(RARE_EARTHS);
/** Amount after a symbol: 2, 0.7, 1-x, x, 3-δ. */
const AMOUNT = "(?:\\d+(?:\\.\\d+)?)?(?:[-+]?[xyzδ](?![a-z]))?";
const UNIT = `${ANY}${AMOUNT}\\)?${AMOUNT}`;

const CHAIN = new RegExp(`^(?:${UNIT})(?:[-·/]?\\(?${UNIT})+(?![A-Za-z0-9])`);
const BEFORE = new RegExp(`(?:^|[^A-Za-z0-9])((?:\\(?${UNIT}-?)+)$`);
const ION = new RegExp(`^${RARE}(?:\\s?\\^?[234]\\s?\\+|\\s?\\((?:II|III|IV|[234]\\+)\\))`);
const DOPED = new RegExp(
  `^(${RARE})(?:[,/](${RARE}))*(?:[- ](?:co-?)?dop(?:ed|ing|ant)|` +
    "-(?:based|containing|rich|free|lean|activated|substituted|stabilized|stabilised|exchanged|added|diffused|modified|alloyed)\\b)",
);
const HOST = new RegExp(
  `^${RARE}(?:\\s?[,/]\\s?${RARE})*\\s?:\\s?(?:YAG|YIG|YLF|YAP|GGG|LuAG|LYSO|LSO|[Gg]lass|fib|${RARE}\\b|(?:${UNIT}){2,})`,
);
const PAIR = new RegExp(
  `^${RARE}(?:(?:\\s*[,;/&]\\s*(?:and|or)?\\s*|\\s+(?:and|or)\\s+)${RARE}(?![A-Za-z0-9]))+`,
);
const DOPANT = new RegExp(`^${RARE}(?:\\s?[,/]\\s?${RARE})*(?![a-z])`);
const HOST_BEFORE = new RegExp(`(?:\\d|YAG|LuAG|LYSO|YIG|GGG)\\s?:\\s?(?:${RARE},\\s?)*$`);
const YTTRIUM = new RegExp(
  "^Y(?:2O3|2-?xO3|3Al|3\\(?Al|3Fe5|VO4|AlO3|BO3|PO4|Ba2?Cu|-Ba-Cu|123|F3|F4|LF\\b|Cl3|2Si|2O2S|-TZP|PSZ|1-x|0\\.\\d|\\(III\\)|3\\+|" +
    `\\(?${AMOUNT}Al)`,
);

/** What looks like a formula and is none: prion protein, smectic phases, antibody fragments, supercritical fluid. */
const TRAPS = new Set([
  "PrP",
  "PrPSc",
  "PrPC",
  "SmC",
  "SmA",
  "ScFv",
  "ScCO2",
  "HoC",
  "LaN",
  "ErB",
  "ErB2",
]);
/** Second elements with which a symbol makes an alloy or salt even without amounts, as in NdFeB and SmCo. */
const PARTNERS = "Fe Co Ni Al Cu Cl Br Mn Cr Ba Ga Mg Zr Ti Si Ge Sr Ca Na Li Bi Pt Pd".split(" ");
/** Symbols that are no word or name in the languages patents are abstracted in. */
const UNMISTAKABLE = "Nd Dy Gd Yb Eu Sm Ce Tb Tm".split(" ");

/**
 * Reads the rare earth symbol at the start of `text` in its context: a formula (Nd2Fe14B, Sm-Co, La0.7Sr0.3MnO3, also
 * written Nd.sub.2 Fe.sub.14 B or with tags), an ion (Er3+, Ce(IV)), a dopant (Yb-doped, Nd:YAG) or a list of symbols.
 * A bare symbol is never enough: "La", "Er", "Ho" are words, and "Tb" is a terabyte.
 *
 * @param before what stands before the symbol, for formulas that do not begin with it (NaYF4)
 */
export function formulaMention(text: string, before: string): FormulaMention | null {
  const cleaned = clean(text);
  const glued = /[A-Za-z0-9]$/.test(before);
  const prefix = glued ? BEFORE.exec(clean(before))?.[1] ?? null : "";
  if (prefix === null) return null;
  const mention = (term: string | undefined) =>
    term === undefined ? null : { term, lead: prefix.length, elements: rareEarthsIn(term) };
  if (prefix !== "") {
    const rest = new RegExp(`^(?:\\(?${UNIT}[-·/]?)+(?![A-Za-z0-9])`).exec(cleaned)?.[0];
    if (rest === undefined || !/\d/.test(prefix + rest)) return null;
    return mention(acceptChain(prefix + rest));
  }
  return mention(acceptChain(CHAIN.exec(cleaned)?.[0])) ??
    mention(ION.exec(cleaned)?.[0]) ??
    mention(acceptDoped(DOPED.exec(cleaned)?.[0])) ??
    mention(HOST.exec(cleaned)?.[0]) ??
    mention(HOST_BEFORE.test(clean(before)) ? DOPANT.exec(cleaned)?.[0] : undefined) ??
    mention(acceptPair(PAIR.exec(cleaned)?.[0])) ??
    mention(YTTRIUM.exec(cleaned)?.[0]);
}

/** Plain letters and digits in place of subscripts, tags and the ".sub." of old US patents. */
function clean(text: string): string {
  return text.normalize("NFKC")
    .replace(/[‐‑‒–−]/g, "-")
    // "Nd.sub.2 Fe.sub.14 B": the space after an index belongs to the notation.
    .replace(/(\.su[bp]\.[\w.+-]*) (?=[A-Z(])/g, "$1")
    .replace(/\.su[bp]\./g, "")
    .replace(/<\/?su[bp]>|[_{}]/g, "")
    .replace(/\s+/g, " ");
}

function acceptChain(term: string | undefined): string | undefined {
  if (term === undefined || TRAPS.has(term)) return undefined;
  const elements = term.match(new RegExp(ANY, "g")) ?? [];
  const others = elements.filter((symbol) => symbol !== elements[0]);
  const rare = elements.filter((symbol) => RARE_EARTHS.includes(symbol));
  if (others.length === 0 || rare.length === 0) return undefined;
  if (rare.every((symbol) => symbol === "Y") && !/\d/.test(term) && elements.length < 3) {
    return undefined;
  }
  if (/\d/.test(term) || elements.length >= 3) return term;
  const partner = (symbol: string) => PARTNERS.includes(symbol) || UNMISTAKABLE.includes(symbol);
  return others.every(partner) ? term : undefined;
}

/** "Y-based" and "Sc-based" are lettered shapes and supercritical media as often as elements. */
function acceptDoped(term: string | undefined): string | undefined {
  if (term === undefined) return undefined;
  return /^(?:Y|Sc|Ho|La|Pr)-/.test(term) && !/dop|substituted|activated/.test(term)
    ? undefined
    : term;
}

function acceptPair(term: string | undefined): string | undefined {
  if (term === undefined) return undefined;
  const rare = rareEarthsIn(term);
  if (rare.length >= 3) return term;
  return rare.length === 2 && rare.some((symbol) => UNMISTAKABLE.includes(symbol))
    ? term
    : undefined;
}

function rareEarthsIn(term: string): readonly string[] {
  const symbols: readonly string[] =
    term.replace(/YAG|YIG|YLF|YAP|YSZ/g, "Y ").match(new RegExp(ANY, "g")) ?? [];
  return RARE_EARTHS.filter((symbol) => symbols.includes(symbol));
}
