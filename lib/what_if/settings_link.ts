import {
  checkSettings,
  shortened,
  type WhatIfChoices,
  type WhatIfSettings,
} from "./what_if_settings.ts";

const KEYS = [
  "country",
  "elements",
  "measure",
  "size",
  "targets",
  "closure",
  "sigma",
  "psi",
  "supply",
] as const;

/** Longer links are not read. */
const LONGEST_LINK = 2000;

/** A plain decimal number; signs, hexadecimal digits, spaces and words are not. */
const NUMBER = /^\d{1,20}(\.\d{1,20})?(e-?\d{1,3})?$/;

/**
 * Settings as the part of an address after "#": every number is written so that reading gives the same bits.
 *
 * @example
 * ```ts
 * settingsLink(settings); // "country=CHN&elements=Nd,Dy&measure=quota&size=0.6&targets=*&…"
 * ```
 */
export function settingsLink(settings: WhatIfSettings): string {
  return KEYS.map((key) => {
    const value = settings[key];
    const text = typeof value === "object" ? value.join(",") : String(value);
    return `${key}=${encodeURIComponent(text).replaceAll("%2C", ",")}`;
  }).join("&");
}

/**
 * The settings of a link, all of them or none: a link with anything missing, twice, unknown or out of range is
 * refused as a whole.
 *
 * @param link the part of the address after "#"
 * @throws RangeError that says what came and what is expected; it repeats parts of the link, so it must be shown as
 * text, never as HTML
 */
export function settingsOfLink(link: string, choices: WhatIfChoices): WhatIfSettings {
  if (link.length > LONGEST_LINK) {
    throw new RangeError(`link: ${link.length} characters; expected at most ${LONGEST_LINK}`);
  }
  const parts = new URLSearchParams(link.replaceAll("+", "%2B")); // a plus is no space here
  for (const key of parts.keys()) {
    if (!KEYS.some((known) => known === key)) {
      throw new RangeError(
        `link: unknown setting "${shortened(key)}"; expected ${KEYS.join(", ")}`,
      );
    }
  }
  const text = (key: typeof KEYS[number]): string => {
    const found = parts.getAll(key);
    if (found.length === 1) return found[0];
    throw new RangeError(
      `link: ${key} is ${found.length === 0 ? "missing" : "given twice"}; expected it once`,
    );
  };
  const number = (key: "size" | "sigma" | "psi" | "supply"): number => {
    const found = text(key);
    if (NUMBER.test(found)) return Number(found);
    throw new RangeError(`${key}: came "${shortened(found)}"; expected a plain number such as 0.6`);
  };
  const settings = {
    country: text("country"),
    elements: text("elements").split(","),
    measure: text("measure"),
    size: number("size"),
    targets: text("targets").split(","),
    closure: text("closure"),
    sigma: number("sigma"),
    psi: number("psi"),
    supply: number("supply"),
  };
  checkSettings(settings, choices);
  return settings;
}
