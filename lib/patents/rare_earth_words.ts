/** What a word of the prefilter says about the text. */
export interface RareEarthWord {
  /** Lower case; matched in any case. */
  readonly word: string;
  /** Symbols of the elements it names; empty for the group as a whole. */
  readonly elements: readonly string[];
  /** Whether letters may follow ("ceriumoxide" in machine translation); never before. */
  readonly open: boolean;
}

const NAMES: Readonly<Record<string, string>> = {
  scandium: "Sc",
  yttrium: "Y",
  lanthanum: "La",
  cerium: "Ce",
  praseodymium: "Pr",
  neodymium: "Nd",
  promethium: "Pm",
  samarium: "Sm",
  europium: "Eu",
  gadolinium: "Gd",
  terbium: "Tb",
  dysprosium: "Dy",
  holmium: "Ho",
  erbium: "Er",
  thulium: "Tm",
  ytterbium: "Yb",
  lutetium: "Lu",
  // Misspellings that are frequent in translated patents.
  neodynium: "Nd",
  praseodynium: "Pr",
  praseodimium: "Pr",
  dyprosium: "Dy",
  lutecium: "Lu",
  ytrium: "Y",
};

/** Oxides and compounds; "samaria", "holmia" and "lutetia" are left out, being places. */
const COMPOUNDS: Readonly<Record<string, string>> = {
  scandia: "Sc",
  yttria: "Y",
  lanthana: "La",
  ceria: "Ce",
  cerous: "Ce",
  ceric: "Ce",
  praseodymia: "Pr",
  neodymia: "Nd",
  gadolinia: "Gd",
  dysprosia: "Dy",
  erbia: "Er",
  ytterbia: "Yb",
  yag: "Y",
  yig: "Y",
  ysz: "Y",
  ybco: "Y",
  lyso: "Lu",
  luag: "Lu",
  edfa: "Er",
  terfenol: "Tb Dy",
};

const GROUPS = [
  "lanthanide",
  "lanthanides",
  "lanthanoid",
  "lanthanoids",
  "mischmetal",
  "mischmetall",
  "misch metal",
  "misch-metal",
  "mish metal",
  "bastnasite",
  "bastnaesite",
  "bastnäsite",
  "monazite",
  "xenotime",
  "loparite",
  "lree",
  "hree",
  "treo",
];

/** Names, compounds and group words; "rare earth" and chemical formulas have rules of their own. */
export const RARE_EARTH_WORDS: readonly RareEarthWord[] = [
  ...Object.entries(NAMES).map(([word, symbol]) => ({ word, elements: [symbol], open: true })),
  ...Object.entries(COMPOUNDS).map(([word, symbols]) => ({
    word,
    elements: symbols.split(" "),
    open: false,
  })),
  ...GROUPS.map((word) => ({ word, elements: [], open: false })),
  { word: "didymium", elements: ["Pr", "Nd"], open: false },
];
