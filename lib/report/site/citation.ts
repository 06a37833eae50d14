/** A person or a group that wrote something. */
export interface Author {
  readonly family: string;
  /** Empty for a group, whose name is `family`. */
  readonly given: string;
}

/** A work to be cited. */
export interface Work {
  /** Key in a BibTeX file. */
  readonly key: string;
  readonly title: string;
  readonly authors: readonly Author[];
}

/** This project. */
export const PROJECT: Work & { readonly abstract: string; readonly keywords: readonly string[] } = {
  key: "ree-supply-chain-toolkit",
  title: "REE supply chain toolkit: what happens when someone cuts off a critical input?",
  authors: [{ family: "The REE supply chain toolkit authors", given: "" }],
  abstract:
    "An open toolkit of TypeScript notebooks on rare earth export restrictions: a rare earth " +
    "input-output table, event studies, substitution elasticities from the direction of innovation, " +
    "and counterfactuals in a trade model with directed technology. Its equations are its own; it " +
    "follows the published abstract of the paper in the references and is not endorsed by its authors.",
  keywords: [
    "rare earth elements",
    "export restrictions",
    "input-output tables",
    "directed technological change",
    "quantitative trade models",
  ],
};

/** The paper whose published abstract inspired the project. */
export const PAPER: Work & {
  readonly institution: string;
  readonly year: number;
  readonly month: number;
} = {
  key: "alfaro-fadinger-schymik-virananda-2025",
  title:
    "Trade and Industrial Policy in Supply Chains: Directed Technological Change in Rare Earths",
  authors: [
    { family: "Alfaro", given: "Laura" },
    { family: "Fadinger", given: "Harald" },
    { family: "Schymik", given: "Jan" },
    { family: "Virananda", given: "Gede" },
  ],
  institution: "National Bureau of Economic Research",
  year: 2025,
  month: 5,
};

/** What the project owes to the paper, and what not. */
export const INSPIRATION =
  "The paper inspired this project. Only its abstract was read here: numbers and equations of this " +
  "project are not the paper's, and must not be cited as such.";

/** The state of the project that is cited. */
export interface Version {
  /** Day of the run, as 2026-01-31. */
  readonly date: string;
  readonly commit: string;
}

/** The citation of the project as a sentence. */
export function projectCitation({ date, commit }: Version): string {
  return `${PROJECT.authors[0].family} (${date.slice(0, 4)}). ${PROJECT.title} ` +
    `Software, MIT licence, commit ${commit}, run on ${date}.`;
}

/** The citation of the paper as a sentence. */
export function paperCitation(): string {
  const names = PAPER.authors.map(({ family, given }) => `${family}, ${given}`);
  return `${names.slice(0, -1).join("; ")}; and ${names.at(-1)} (${PAPER.year}). ${PAPER.title}. ` +
    `Working paper, ${PAPER.institution}, ${monthNames[PAPER.month - 1]} ${PAPER.year}.`;
}

/** The project as BibTeX. */
export function projectBibtex({ date, commit }: Version): string {
  return bibtex("software", PROJECT, {
    year: date.slice(0, 4),
    version: commit,
    license: "MIT",
    note: `Run on ${date}`,
  });
}

/** The paper as BibTeX. */
export function paperBibtex(): string {
  return bibtex("techreport", PAPER, {
    institution: PAPER.institution,
    type: "Working Paper",
    year: String(PAPER.year),
    month: monthNames[PAPER.month - 1].slice(0, 3).toLowerCase(),
  });
}

function bibtex(kind: string, work: Work, fields: Readonly<Record<string, string>>): string {
  // A group in double braces is not taken apart into first and last names.
  const authors = work.authors.map(({ family, given }) =>
    given === "" ? `{${family}}` : `${family}, ${given}`
  ).join(" and ");
  const lines = Object.entries({ author: authors, title: `{${work.title}}`, ...fields })
    .map(([name, value]) => `  ${name} = {${value}}`);
  return `@${kind}{${work.key},\n${lines.join(",\n")}\n}`;
}

/** The text of `CITATION.cff` (Citation File Format 1.2.0), which names no version: git does. */
export function citationFile(): string {
  const quote = JSON.stringify;
  return [
    "cff-version: 1.2.0",
    `message: ${quote("Please cite this software as below, with the commit that you used.")}`,
    "type: software",
    `title: ${quote(PROJECT.title)}`,
    "authors:",
    ...PROJECT.authors.map(({ family }) => `  - name: ${quote(family)}`),
    `abstract: ${quote(PROJECT.abstract)}`,
    "keywords:",
    ...PROJECT.keywords.map((word) => `  - ${quote(word)}`),
    "license: MIT",
    "references:",
    "  - type: report",
    `    title: ${quote(PAPER.title)}`,
    "    authors:",
    ...PAPER.authors.flatMap(({ family, given }) => [
      `      - family-names: ${quote(family)}`,
      `        given-names: ${quote(given)}`,
    ]),
    "    institution:",
    `      name: ${quote(PAPER.institution)}`,
    `    year: ${PAPER.year}`,
    `    month: ${PAPER.month}`,
    `    notes: ${quote(INSPIRATION)}`,
    "",
  ].join("\n");
}

const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
