import { sizeText } from "./own_scenario_numbers.ts";
import { checkText } from "./words.ts";

/** The command that runs a scenario again with the same settings. @param notebook name without ending */
export function reproduceText(
  settings: Readonly<Record<string, string | number | readonly (string | number)[]>>,
  notebook: string,
): string {
  const quoted = (text: string) => /^[A-Za-z0-9.,/_-]*$/.test(text) ? text : `'${text}'`;
  const set = Object.entries(settings).filter(([, value]) => value !== "").map(([name, value]) =>
    `REE_${name.toUpperCase()}=${quoted(Array.isArray(value) ? value.join(",") : String(value))}`
  );
  return [...set, `deno task report ${notebook}`].join(" ");
}

/** What the carve-out did, in a sentence. @param report of the world table with inputs */
export function carvedText(
  elements: readonly string[],
  report: { readonly redirected?: number },
): string {
  const moved = report.redirected ?? 0;
  return `Sectors of their own: ${
    elements.join(", ")
  }. Purchases of inputs from the table of critical inputs that ` +
    `had to move to other countries, because the buyer buys too little of the host's product: ${
      sizeText(moved)
    } million USD.`;
}

/** Largest residual of a solution as printed. */
export function residualText(residual: number): string {
  return residual < 1e-10 ? "below 10⁻¹⁰" : checkText(residual);
}

/** Where an input of the table of critical inputs comes from. */
export interface InputSource {
  readonly name: string;
  readonly year: number;
  readonly tonnes: number;
  readonly usdPerKg: number;
  readonly rows: readonly { readonly item: string; readonly reading: string }[];
}

/**
 * One sentence per carved input on what it rests on.
 *
 * @param inputs rows of the table of critical inputs that were carved
 * @param rareEarths whether the ten elements were
 * @param valueOf world use of an input in the baseline, million USD
 */
export function inputProvenance(
  inputs: readonly InputSource[],
  rareEarths: boolean,
  year: number,
  valueOf: (input: string) => number,
): string[] {
  const elements = rareEarths
    ? [
      "*Derived*: purchases of the ten rare earth elements, from published tonnes, prices and end uses.",
    ]
    : [];
  return [
    ...elements,
    ...inputs.map(({ name, year: own, tonnes, usdPerKg, rows }) => {
      const recalled = rows.filter(({ reading }) => reading.includes("recalled")).length;
      return `*Assumed*: ${name}, ${tonnes.toLocaleString("en-US")} t at ${
        usdPerKg.toLocaleString("en-US")
      } USD/kg in ${own}, carried to ${year} with its share in world GDP: ${
        sizeText(valueOf(name))
      } million USD (of its ${rows.length} entries ${recalled} are recalled and to be verified, the others our judgement).`;
    }),
  ];
}
