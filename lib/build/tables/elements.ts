import { ELEMENT_COLUMNS, ELEMENT_FILES, readElements } from "@ree/data";
import { csvText } from "../csv_text.ts";
import type { DerivedTable } from "../derived_table.ts";

const NOTES: Readonly<
  Record<typeof ELEMENT_COLUMNS[number], readonly [unit: string, text: string]>
> = {
  symbol: ["", "element symbol"],
  name: ["", "element name"],
  atomic_number: ["", "protons"],
  atomic_weight: ["u", "standard atomic weight"],
  density_g_cm3: ["g/cm³", "density of the metal"],
  melting_point_k: ["K", "melting point"],
  boiling_point_k: ["K", "boiling point; empty for Pm"],
  electronegativity_pauling: ["", "Pauling scale; empty for Pm, Eu, Tb, Yb"],
  radius_3plus_vi_pm: ["pm", "Shannon's ionic radius, 3+, six neighbours"],
  radius_3plus_viii_pm: ["pm", "Shannon's ionic radius, 3+, eight neighbours"],
  ionisation_1_ev: ["eV", "first ionisation energy"],
  ionisation_2_ev: ["eV", "second ionisation energy"],
  ionisation_3_ev: ["eV", "third ionisation energy"],
  ionisation_4_ev: ["eV", "fourth ionisation energy"],
  f_electrons_3plus: ["", "4f electrons of the 3+ ion"],
  theoretical_moment_bohr: ["Bohr magnetons", "THEORETICAL: g√(J(J+1)) by Hund's rules"],
};

/** Properties of the rare earth elements. */
export const elementTables: readonly DerivedTable[] = [{
  file: "elements.csv",
  description: "Properties of scandium, yttrium and the lanthanides.",
  columns: ELEMENT_COLUMNS.map((name) => ({
    name,
    unit: NOTES[name][0],
    description: NOTES[name][1],
  })),
  sources: Object.values(ELEMENT_FILES).map((file) => `elements/${file}`),
  badge: "derived",
  reading:
    "published properties; the magnetic moment is theoretical (Hund's rules on the free 3+ " +
    "ion), too small for Sm and Eu",
  build: (context) =>
    csvText(
      ELEMENT_COLUMNS,
      readElements(context.source("elements")).map((element) => [
        element.symbol,
        element.name,
        element.atomicNumber,
        element.atomicWeight,
        element.density,
        element.meltingPoint,
        element.boilingPoint,
        element.electronegativity,
        element.radius6,
        element.radius8,
        ...element.ionisation,
        element.fElectrons,
        element.theoreticalMoment,
      ]),
    ),
}];
