import { type OwnSettings } from "@ree/story/own-scenario";

/** Everything a reader can choose on the page: the parameters of notebook 6, and ψ. */
export interface WhatIfSettings extends OwnSettings {
  /** Substitution between elements and other inputs. */
  readonly sigma: number;
  /** Technology per unit of research. */
  readonly psi: number;
  /** Supply elasticity of the elements. */
  readonly supply: number;
}

/** Numbers that a setting may take. */
export interface SettingRange {
  readonly low: number;
  readonly high: number;
  /** What the number means, for messages. */
  readonly meaning: string;
}

/** Ranges of the elasticities; wider than the ranges we think likely, so that extremes can be tried. */
export const ELASTICITY_RANGES: Readonly<Record<"sigma" | "psi" | "supply", SettingRange>> = {
  sigma: { low: 0, high: 2, meaning: "substitution between elements and other inputs" },
  psi: { low: 0, high: 2, meaning: "technology per unit of research" },
  supply: { low: 0.05, high: 2, meaning: "supply elasticity of the elements" },
};

/** Range of the size of a measure. */
export const SIZE_RANGES: Readonly<Record<string, SettingRange>> = {
  quota: { low: 0, high: 1, meaning: "the export quantity allowed, baseline = 1" },
  duty: { low: 0, high: 5, meaning: "the rate of the duty, 0.25 is 25 %" },
  licensing: { low: 0, high: 5, meaning: "the cost as a part of the price, 0.2 is 20 %" },
  embargo: { low: 0, high: 5, meaning: "not used" },
};

/** Kinds of measures, with what they mean. */
export const MEASURE_CHOICES: readonly {
  readonly code: string;
  readonly name: string;
  readonly meaning: string;
}[] = [
  {
    code: "quota",
    name: "Quota",
    meaning:
      "Caps the quantity sold abroad, to all buyers together. Licence holders in the restricting country earn the gap in prices.",
  },
  { code: "duty", name: "Duty", meaning: "A tax on exports, earned by the restricting country." },
  { code: "embargo", name: "Embargo", meaning: "No sales at all to the buyers." },
  {
    code: "licensing",
    name: "Licensing",
    meaning: "Delays and paper cost a part of the price, and nobody earns it.",
  },
];

/** Closures that a reader can choose, with what they mean. */
export const CLOSURE_CHOICES: readonly {
  readonly code: string;
  readonly name: string;
  readonly meaning: string;
}[] = [
  { code: "fixed", name: "fixed", meaning: "Technology does not respond." },
  {
    code: "allocation",
    name: "allocation",
    meaning: "Each country redirects a given research budget.",
  },
  {
    code: "entry",
    name: "entry",
    meaning:
      "Free entry into research that saves elements. What the research costs is not subtracted.",
  },
  {
    code: "global-allocation",
    name: "global allocation",
    meaning: "The countries abroad redirect one research budget and share its results.",
  },
  {
    code: "global-entry",
    name: "global entry",
    meaning:
      "Free entry into research that saves elements, its results shared abroad. What it costs is not subtracted.",
  },
];

/** What can be chosen, for the controls and for reading links: the part of the world that the page shows at once. */
export interface WhatIfChoices {
  readonly countries: readonly {
    readonly code: string;
    readonly name: string;
    /** Elements that the country sells abroad in the baseline; only who sells some can restrict. */
    readonly sells: readonly string[];
    /** A single country; groups cannot restrict. */
    readonly single: boolean;
  }[];
  readonly elements: readonly { readonly code: string; readonly name: string }[];
  readonly year: number;
  readonly defaults: WhatIfSettings;
}

/**
 * Refuses settings that the page does not offer; what the model itself cannot solve is refused by the model.
 *
 * @throws RangeError naming the setting, what came and what is expected
 */
export function checkSettings(settings: WhatIfSettings, choices: WhatIfChoices): void {
  const { country, elements, measure, size, targets, closure } = settings;
  const sellers = choices.countries.filter((one) => one.single && one.sells.length > 0);
  oneOf("country", country, sellers.map(({ code }) => code));
  const sold = sellers.find(({ code }) => code === country)!.sells;
  listed("elements", elements, sold);
  oneOf("measure", measure, Object.keys(SIZE_RANGES));
  inRange("size", size, SIZE_RANGES[measure]);
  const others = choices.countries.map(({ code }) => code).filter((code) => code !== country);
  listed("targets", targets, others);
  if (measure === "quota" && targets[0] !== "*") {
    throw new RangeError(
      `targets: came "${targets.join(",")}"; expected *, because a quota binds all buyers together`,
    );
  }
  oneOf("closure", closure, CLOSURE_CHOICES.map(({ code }) => code));
  for (const key of ["sigma", "psi", "supply"] as const) {
    inRange(key, settings[key], ELASTICITY_RANGES[key]);
  }
}

function listed(what: string, came: readonly string[], allowed: readonly string[]): void {
  if (came.length === 1 && came[0] === "*") return;
  if (came.length === 0) throw new RangeError(`${what}: none chosen; expected some, or *`);
  for (const label of came) oneOf(what, label, allowed);
  const twice = came.find((label, at) => came.indexOf(label) !== at);
  if (twice !== undefined) throw new RangeError(`${what}: ${twice} appears twice`);
}

function oneOf(what: string, came: string, allowed: readonly string[]): void {
  if (!allowed.includes(came)) {
    throw new RangeError(
      `${what}: came "${shortened(came)}"; expected one of ${allowed.join(", ")}`,
    );
  }
}

function inRange(what: string, came: number, { low, high, meaning }: SettingRange): void {
  if (!(came >= low && came <= high)) {
    throw new RangeError(`${what}: came ${came}; expected ${low} to ${high}, ${meaning}`);
  }
}

/** Longest piece of a stranger's text that a message repeats. */
const LONGEST_ECHO = 60;

/** A stranger's text as a message repeats it. */
export function shortened(text: string): string {
  return text.length <= LONGEST_ECHO ? text : `${text.slice(0, LONGEST_ECHO)}…`;
}
