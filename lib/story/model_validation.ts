import { CLOSURES } from "@ree/equilibrium";
import type { TableColumn } from "@ree/report";
import type { AnswerCheck, CrossCheck, PathError } from "@ree/validation";
import { scientificText } from "./words.ts";

/** Gaps of exactly 0 are drawn and named at the rounding unit of a 64-bit number. */
const ROUNDING_UNIT = 2 ** -53;

const power = (value: unknown) => scientificText(Number(value));
const orDash = (value: unknown) => Number.isNaN(value) ? "–" : power(value);

/** A known answer as a row: whether its gap is within the tolerance is said in a word. */
export function answerRow(check: AnswerCheck) {
  return { ...check, passed: check.gap <= check.tolerance ? "yes" : "NO" };
}

/** Columns of {@link answerRow}. */
export const answerColumns: readonly TableColumn[] = [
  { key: "check", label: "What must hold" },
  {
    key: "economies",
    label: "SIMULATED economies",
    unit: "countries × sectors",
    format: (count, { size }) => `${count} of ${size}`,
    align: "right",
  },
  { key: "gap", label: "Largest gap", format: power, align: "right" },
  { key: "tolerance", label: "Tolerance", format: power, align: "right" },
  { key: "passed", label: "Passed" },
];

/** "All 13 hold", or which do not. */
export function answerFinding(checks: readonly AnswerCheck[]): string {
  const failed = checks.filter(({ gap, tolerance }) => !(gap <= tolerance));
  return failed.length === 0
    ? `all ${checks.length} hold`
    : `${failed.length} of ${checks.length} FAIL: ${failed.map(({ check }) => check).join("; ")}`;
}

/** The tolerances of a list of checks with their reasons: "10⁻¹²: rounding only; ...". */
export function toleranceNote(checks: readonly AnswerCheck[]): string {
  const reasons = new Set(
    checks.map(({ tolerance, reason }) => `${scientificText(tolerance)}: ${reason}`),
  );
  return [...reasons].join("; ");
}

/** A change beside that of KITE, and the difference. */
export function kiteRow(row: Readonly<Record<string, unknown>>) {
  const [ours, kite] = [Number(row.ours), Number(row.kite)];
  return {
    scenario: String(row.scenario).replaceAll("_", " "),
    quantity: String(row.quantity).replace("_change", "").replace(" ", " of "),
    ours,
    kite,
    difference: Math.abs(ours - kite),
  };
}

const digits = (value: unknown) => Number(value).toFixed(11);

/** Columns of {@link kiteRow}. */
export const kiteColumns: readonly TableColumn[] = [
  { key: "scenario", label: "Shock" },
  { key: "quantity", label: "Change of" },
  { key: "ours", label: "Ours", format: digits, align: "right" },
  { key: "kite", label: "KITE", format: digits, align: "right" },
  { key: "difference", label: "Difference", format: power, align: "right" },
];

/** Columns of path errors. */
export const pathErrorColumns: readonly TableColumn[] = [
  { key: "closure", label: "Closure" },
  { key: "steps", label: "Steps" },
  {
    key: "gap",
    label: "Largest |Σ terms − ln Ŵ|",
    unit: "log points",
    format: (value) => scientificText(Number(value), 1),
    align: "right",
  },
  {
    key: "order",
    label: "Order",
    format: (value) => Number.isNaN(value) ? "–" : Number(value).toFixed(2),
    align: "right",
  },
];

/** "with the power 2.00 of the steps at the finest": how fast path errors fell last. */
export function pathErrorFinding(rows: readonly PathError[]): string {
  const most = Math.max(...rows.map(({ steps }) => steps));
  const last = rows.filter(({ steps }) => steps === most).map(({ order }) => order);
  const [low, high] = [Math.min(...last).toFixed(2), Math.max(...last).toFixed(2)];
  return low === high ? low : `${low} to ${high}`;
}

/** Checks by closure, in the order in which the model lists closures. */
function byClosure(checks: readonly CrossCheck[]): [string, CrossCheck[]][] {
  return CLOSURES.map((kind): [string, CrossCheck[]] => [
    kind,
    checks.filter(({ closure }) => closure === kind),
  ]).filter(([, own]) => own.length > 0);
}

const solved = (checks: readonly CrossCheck[]) => checks.filter(({ gap }) => !Number.isNaN(gap));

/** The largest gap of a set of checks. */
export function largestOfChecks(checks: readonly CrossCheck[]): number {
  return Math.max(...solved(checks).map(({ gap }) => gap));
}

/** Median, smallest and largest gap by closure, for a band chart with one panel per kind of check. */
export function gapBands(panel: string, checks: readonly CrossCheck[]) {
  return byClosure(solved(checks)).map(([closure, own]) => {
    const gaps = own.map(({ gap }) => Math.max(gap, ROUNDING_UNIT)).sort((a, b) => a - b);
    return {
      label: closure,
      lower: gaps[0],
      central: gaps[Math.floor(gaps.length / 2)],
      upper: gaps[gaps.length - 1],
      group: panel,
    };
  });
}

/** Checks by closure: how many, sizes, how many without an answer, and the worst gap with its place. */
export function crossRows(kind: string, checks: readonly CrossCheck[]) {
  return byClosure(checks).map(([closure, own]) => {
    const worst = solved(own).reduce<CrossCheck | undefined>(
      (best, check) => best === undefined || check.gap > best.gap ? check : best,
      undefined,
    );
    const span = (values: number[]) => `${Math.min(...values)}-${Math.max(...values)}`;
    return {
      kind,
      closure,
      economies: own.length,
      size: `${span(own.map(({ countries }) => countries))} × ${
        span(own.map(({ sectors }) => sectors))
      }`,
      refused: own.length - solved(own).length,
      gap: worst?.gap ?? NaN,
      where: (worst?.where ?? "–").replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`),
    };
  });
}

/** Columns of {@link crossRows}. */
export const crossColumns: readonly TableColumn[] = [
  { key: "kind", label: "Check" },
  { key: "closure", label: "Closure" },
  { key: "economies", label: "SIMULATED economies" },
  { key: "size", label: "Countries × sectors", align: "right" },
  { key: "refused", label: "Without an answer" },
  { key: "gap", label: "Largest gap", format: orDash, align: "right" },
  { key: "where", label: "Found in" },
];

/** The checks without an answer, by the reason that the solver gives. */
export function refusalFinding(checks: readonly CrossCheck[]): string {
  const refused = checks.filter(({ gap }) => Number.isNaN(gap));
  if (refused.length === 0) return `The solver found an equilibrium in all ${checks.length}.`;
  const runaway = refused.filter(({ where }) => where.includes("feeds on itself"));
  const poor = refused.filter(({ where }) => where.includes("the transfer it pays"));
  const other = refused.length - runaway.length - poor.length;
  const closures = [...new Set(refused.map(({ closure }) => closure))].join(", ");
  return `In ${refused.length} of ${checks.length} the solver found none and said so (closures: ${closures}): ` +
    `${runaway.length} because research feeds on its own sales (large θ and ψ), ${poor.length} because a ` +
    `transfer exceeds what a country can earn, ${other} without a known reason.`;
}
