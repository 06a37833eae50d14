import { checkRowCount } from "./complete.ts";
import {
  type CsvRow,
  integerCell,
  numberCell,
  oneOf,
  optionalNumber,
  readCsvTable,
  requiredText,
} from "./csv_table.ts";
import { DATA_DIR } from "./data_dir.ts";
import { hundTerm } from "./magnetic_moment.ts";
import { RARE_EARTHS } from "./rare_earths.ts";
import { inside } from "./read_source.ts";
import { BUILD_AGAIN, FETCH_AGAIN, sourceError } from "./source_error.ts";

/** Physical and chemical properties of a rare earth element. */
export interface ElementProperties {
  readonly symbol: string;
  readonly name: string;
  readonly atomicNumber: number;
  readonly atomicWeight: number;
  /** g/cm³. */
  readonly density: number;
  /** Kelvin. */
  readonly meltingPoint: number;
  /** Kelvin; null for promethium. */
  readonly boilingPoint: number | null;
  /** Pauling scale; null for Pm, Eu, Tb and Yb. */
  readonly electronegativity: number | null;
  /** Shannon's ionic radius of the 3+ ion with six neighbours, pm. */
  readonly radius6: number;
  /** The same with eight neighbours, pm. */
  readonly radius8: number;
  /** First to fourth ionisation energy, eV. */
  readonly ionisation: readonly [number, number, number, number];
  /** 4f electrons of the 3+ ion. */
  readonly fElectrons: number;
  /** Moment of the free 3+ ion by Hund's rules, Bohr magnetons: theoretical, not measured. */
  readonly theoreticalMoment: number;
}

/** Source files of the element properties. */
export const ELEMENT_FILES = {
  elements: "elements_selected.csv",
  radii: "ionic_radii_shannon.csv",
  ionisation: "ionization_energies_1_4.csv",
  phases: "phase_transitions.csv",
} as const;

/** Columns of `data/elements.csv`. */
export const ELEMENT_COLUMNS = [
  "symbol",
  "name",
  "atomic_number",
  "atomic_weight",
  "density_g_cm3",
  "melting_point_k",
  "boiling_point_k",
  "electronegativity_pauling",
  "radius_3plus_vi_pm",
  "radius_3plus_viii_pm",
  "ionisation_1_ev",
  "ionisation_2_ev",
  "ionisation_3_ev",
  "ionisation_4_ev",
  "f_electrons_3plus",
  "theoretical_moment_bohr",
] as const;

/** Trivalent radii lie between Sc with six neighbours (74.5) and La with eight (116.0), pm: guards the unit. */
const RADIUS_PM = [70, 120] as const;

/**
 * Properties of the 17 rare earths from the four files of the element database, by atomic number.
 *
 * @param dir folder with the element files (`elements`)
 * @throws SourceError when a file or a property is missing, or radii are in another unit
 */
export function readElements(dir: string): readonly ElementProperties[] {
  const read = (file: string, columns: readonly string[]) =>
    readCsvTable(inside(dir, file), columns);
  const elements = read(ELEMENT_FILES.elements, [
    "atomic_number",
    "symbol",
    "name",
    "atomic_weight",
    "density",
    "en_pauling",
  ]);
  const radii = read(ELEMENT_FILES.radii, [
    "atomic_number",
    "charge",
    "coordination",
    "ionic_radius",
  ]);
  const energies = read(ELEMENT_FILES.ionisation, [
    "atomic_number",
    "ion_charge",
    "ionization_energy",
  ]);
  const phases = read(ELEMENT_FILES.phases, ["atomic_number", "boiling_point", "melting_point"]);
  checkRowCount(elements.file, elements.rows.length, 118, "118 elements");

  return RARE_EARTHS.map((symbol) => {
    const element = only(
      elements.file,
      elements.rows,
      `symbol ${symbol}`,
      (row) => row.cells.symbol === symbol,
    );
    const number = integerCell(element, "atomic_number");
    const ofElement = (row: CsvRow) => row.cells.atomic_number === String(number);
    const phase = only(phases.file, phases.rows, `atomic_number ${number}`, ofElement);
    const radius = (coordination: string) => {
      const what = `atomic_number ${number}, charge 3, coordination ${coordination}`;
      const row = only(
        radii.file,
        radii.rows,
        what,
        (row) =>
          ofElement(row) && row.cells.charge === "3" && row.cells.coordination === coordination,
      );
      return radiusPm(row, "ionic_radius");
    };
    const ionisation = (charge: number) => {
      const what = `atomic_number ${number}, ion_charge ${charge}`;
      const row = only(
        energies.file,
        energies.rows,
        what,
        (row) => ofElement(row) && row.cells.ion_charge === String(charge),
      );
      return numberCell(row, "ionization_energy");
    };
    const fElectrons = Math.max(0, number - 57);
    return {
      symbol,
      name: requiredText(element, "name"),
      atomicNumber: number,
      atomicWeight: numberCell(element, "atomic_weight"),
      density: numberCell(element, "density"),
      meltingPoint: numberCell(phase, "melting_point"),
      boilingPoint: optionalNumber(phase, "boiling_point"),
      electronegativity: optionalNumber(element, "en_pauling"),
      radius6: radius("VI"),
      radius8: radius("VIII"),
      ionisation: [ionisation(0), ionisation(1), ionisation(2), ionisation(3)],
      fElectrons,
      theoreticalMoment: hundTerm(fElectrons).momentBohr,
    };
  });
}

/** The same properties from the project's `data/elements.csv`. */
export function loadElements(dataDir: string = DATA_DIR): readonly ElementProperties[] {
  const path = inside(dataDir, "elements.csv");
  const table = readCsvTable(path, ELEMENT_COLUMNS, { remedy: BUILD_AGAIN });
  checkRowCount(path, table.rows.length, RARE_EARTHS.length, "17 rare earths", BUILD_AGAIN);
  return table.rows.map((row) => ({
    symbol: oneOf(row, "symbol", RARE_EARTHS),
    name: requiredText(row, "name"),
    atomicNumber: integerCell(row, "atomic_number", 21, 71),
    atomicWeight: numberCell(row, "atomic_weight"),
    density: numberCell(row, "density_g_cm3"),
    meltingPoint: numberCell(row, "melting_point_k"),
    boilingPoint: optionalNumber(row, "boiling_point_k"),
    electronegativity: optionalNumber(row, "electronegativity_pauling"),
    radius6: radiusPm(row, "radius_3plus_vi_pm"),
    radius8: radiusPm(row, "radius_3plus_viii_pm"),
    ionisation: [
      numberCell(row, "ionisation_1_ev"),
      numberCell(row, "ionisation_2_ev"),
      numberCell(row, "ionisation_3_ev"),
      numberCell(row, "ionisation_4_ev"),
    ],
    fElectrons: integerCell(row, "f_electrons_3plus", 0, 14),
    theoreticalMoment: numberCell(row, "theoretical_moment_bohr"),
  }));
}

function radiusPm(row: CsvRow, column: string): number {
  const value = numberCell(row, column);
  const [low, high] = RADIUS_PM;
  if (value < low || value > high) {
    throw sourceError({
      file: row.file,
      row: row.line,
      column,
      came: `${value}`,
      expected: `a radius of ${low} to ${high} pm (another unit?)`,
      remedy: FETCH_AGAIN,
    });
  }
  // Shannon gives three decimals in ångström; the carrier's product with 100 has binary noise.
  return Math.round(value * 10) / 10;
}

function only(
  file: string,
  rows: readonly CsvRow[],
  what: string,
  test: (row: CsvRow) => boolean,
): CsvRow {
  const found = rows.filter(test);
  if (found.length === 1) return found[0];
  throw sourceError({
    file,
    row: what,
    came: `${found.length} rows`,
    expected: "one row",
    remedy: FETCH_AGAIN,
  });
}
