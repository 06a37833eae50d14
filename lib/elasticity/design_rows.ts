import { knowledgeStocks } from "./knowledge_stocks.ts";
import type { PatentCells } from "./panel_columns.ts";

/** What relative innovation is measured by. */
export type Design = "flow" | "stock" | "state" | "counts";

/** Rows a design can use, and why others cannot be used. */
export interface DesignRows {
  /** Positions in the cells. */
  readonly at: Int32Array;
  readonly sector: Int32Array;
  readonly year: Int32Array;
  /** Log of element over other innovation; with half a patent added to both in "counts", where only diagnostics use it. */
  readonly outcome: Float64Array;
  readonly price: Float64Array;
  /** ln(KR/KX) at the start of the year; zeros unless the design is "state". */
  readonly state: Float64Array;
  /** Share of the year's element patents in element knowledge at the year's end. */
  readonly renewal: Float64Array;
  /** All sectors of the panel; `sector` are positions in it. */
  readonly sectors: readonly string[];
  /** Why a sector has no slope [sectors]; undefined where it has one. */
  readonly reasons: readonly (string | undefined)[];
  readonly droppedZeros: number;
  readonly droppedYears: number;
  readonly warnings: readonly string[];
}

/** Choices of {@linkcode designRows}. */
export interface DesignRowOptions {
  readonly psi: number | undefined;
  readonly depreciation: number;
  readonly yearEffects: boolean;
  /** Positions of cells that are not to be used. */
  readonly without?: ReadonlySet<number>;
}

/** Fewest years in which a sector's slope has an error to judge it by. */
export const FEWEST_YEARS = 4;
/** Spread of a sector's log price, relative to its size, that counts as none. */
const CONSTANT = 1e-9;
/** Share of cells with a zero above which a design in logs is warned about. */
const MANY_ZEROS = 0.05;

/**
 * Rows of a design.
 *
 * - flow: ln(N_R/N_X), cells with a zero dropped and counted. Whole numbers get half a patent added to both sides, which takes
 *   out the bias of order 1/N of the log of a count; fractional data are taken as they are.
 * - stock: ln(A_R/A_X) of the columns `stock_element`, `stock_other`. Without them technology is K^ψ, K by perpetual inventory
 *   of patents, and the price is averaged with the stock's weights: a first-order approximation, said in the warnings.
 * - state: as flow, with ln(KR/KX) at the start of the year from `knowledge_element`, `knowledge_other` or by perpetual inventory.
 * - counts: every cell with a patent.
 *
 * A sector needs element patents, other patents, four usable years and a price that moves; a year, with year effects, needs
 * two usable sectors.
 */
export function designRows(
  cells: PatentCells,
  design: Design,
  options: DesignRowOptions,
): DesignRows {
  const sectors = [...new Set(cells.sector)];
  const code = new Map(sectors.map((sector, s) => [sector, s]));
  const sectorOf = cells.sector.map((sector) => code.get(sector)!);
  const reasons: (string | undefined)[] = withoutPatents(cells, sectors, sectorOf);
  const warnings: string[] = [];
  const measured = measure(cells, design, options, warnings);
  let droppedZeros = 0;
  let rows: number[] = [];
  sectorOf.forEach((s, i) => {
    if (options.without?.has(i)) return;
    if (Number.isFinite(measured.outcome[i])) {
      if (reasons[s] === undefined) rows.push(i);
    } else droppedZeros++;
  });
  if (design !== "counts" && droppedZeros > MANY_ZEROS * sectorOf.length) {
    warnings.push(
      `${droppedZeros} of ${sectorOf.length} cells have a zero and are left out of design ` +
        `"${design}"; what is left is selected. Design "counts" keeps them`,
    );
  }
  const before = rows.length;
  for (;;) {
    const next = prune(rows, sectorOf, cells.year, measured.price, reasons, options.yearEffects);
    if (next.length === rows.length) break;
    rows = next;
  }
  sectors.forEach((_, s) => {
    if (reasons[s] === undefined && !rows.some((i) => sectorOf[i] === s)) {
      reasons[s] = "no year shared with another usable sector";
    }
  });
  const pick = (values: ArrayLike<number>) => Float64Array.from(rows, (i) => values[i]);
  return {
    at: Int32Array.from(rows),
    sector: Int32Array.from(rows, (i) => sectorOf[i]),
    year: Int32Array.from(rows, (i) => cells.year[i]),
    outcome: pick(measured.outcome),
    price: pick(measured.price),
    state: pick(measured.state),
    renewal: pick(measured.renewal),
    sectors,
    reasons,
    droppedZeros,
    droppedYears: before - rows.length,
    warnings,
  };
}

function withoutPatents(
  cells: PatentCells,
  sectors: readonly string[],
  sectorOf: readonly number[],
): (string | undefined)[] {
  const element = new Float64Array(sectors.length);
  const other = new Float64Array(sectors.length);
  const years = new Int32Array(sectors.length);
  sectorOf.forEach((s, i) => {
    element[s] += cells.patentsElement[i];
    other[s] += cells.patentsOther[i];
    years[s]++;
  });
  return sectors.map((_, s) =>
    element[s] === 0
      ? `no element patents in ${years[s]} years: the share is 0 whatever the price`
      : other[s] === 0
      ? `no other patents in ${years[s]} years: the share is 1 whatever the price`
      : undefined
  );
}

interface Measured {
  readonly outcome: Float64Array;
  readonly price: Float64Array;
  readonly state: Float64Array;
  readonly renewal: Float64Array;
}

function measure(
  cells: PatentCells,
  design: Design,
  { psi, depreciation }: DesignRowOptions,
  warnings: string[],
): Measured {
  const { patentsElement: element, patentsOther: other, logRelativePrice: price } = cells;
  const none = new Float64Array(element.length);
  const whole = [element, other].every((values) => values.every(Number.isInteger));
  const half = whole ? 0.5 : 0;
  const flows = element.map((value, i) =>
    value > 0 && other[i] > 0 ? Math.log((value + half) / (other[i] + half)) : NaN
  );
  if (design === "flow") return { outcome: flows, price, state: none, renewal: none };
  if (design === "counts") {
    const outcome = element.map((value, i) =>
      value + other[i] > 0 ? Math.log((value + 0.5) / (other[i] + 0.5)) : NaN
    );
    return { outcome, price, state: none, renewal: none };
  }
  if (design === "stock" && cells.stock) {
    const { element: own, other: rest } = cells.stock;
    return {
      outcome: own.map((value, i) => Math.log(value / rest[i])),
      price,
      state: none,
      renewal: none,
    };
  }
  if (design === "state" && cells.knowledge) {
    const { element: own, other: rest } = cells.knowledge;
    return {
      outcome: flows,
      price,
      state: own.map((value, i) => Math.log(value / rest[i])),
      renewal: renewalShare(cells, own, depreciation),
    };
  }
  const stocks = knowledgeStocks(cells, depreciation);
  if (design === "stock") {
    warnings.push(
      "no columns stock_element and stock_other: technology is taken as knowledge^psi by perpetual " +
        "inventory of patents, on the price averaged with the stock's weights (first-order approximation)",
    );
    return {
      outcome: stocks.elementAfter.map((value, i) =>
        value > 0 && stocks.otherAfter[i] > 0
          ? (psi ?? 1) * Math.log(value / stocks.otherAfter[i])
          : NaN
      ),
      price: stocks.stockPrice,
      state: none,
      renewal: none,
    };
  }
  warnings.push(
    "no columns knowledge_element and knowledge_other: knowledge by perpetual inventory of patents " +
      "from a first stock that is a guess",
  );
  const state = stocks.elementBefore.map((value, i) => Math.log(value / stocks.otherBefore[i]));
  return {
    outcome: flows.map((value, i) => Number.isFinite(state[i]) ? value : NaN),
    price,
    state,
    renewal: element.map((value, i) =>
      stocks.elementAfter[i] > 0 ? value / stocks.elementAfter[i] : 0
    ),
  };
}

/** N_t/K_t+1, with next year's knowledge where the panel has it, else (1 − d)·K_t + N_t. */
function renewalShare(
  { sector, year, patentsElement }: PatentCells,
  knowledge: Float64Array,
  depreciation: number,
): Float64Array {
  return patentsElement.map((patents, i) => {
    const hasNext = sector[i + 1] === sector[i] && year[i + 1] === year[i] + 1;
    const after = hasNext ? knowledge[i + 1] : (1 - depreciation) * knowledge[i] + patents;
    return Math.min(patents / after, 1);
  });
}

/** Takes out sectors with too few years or a constant price, then years with a single sector. */
function prune(
  rows: readonly number[],
  sectorOf: readonly number[],
  year: readonly number[],
  price: Float64Array,
  reasons: (string | undefined)[],
  yearEffects: boolean,
): number[] {
  const bySector = Map.groupBy(rows, (i) => sectorOf[i]);
  for (const [s, own] of bySector) {
    const prices = own.map((i) => price[i]);
    const spread = Math.max(...prices) - Math.min(...prices);
    if (own.length < FEWEST_YEARS) {
      reasons[s] = `${own.length} usable years, at least ${FEWEST_YEARS} are needed`;
    } else if (spread <= CONSTANT * (1 + Math.abs(prices[0]))) {
      reasons[s] = `constant relative price over ${own.length} usable years`;
    }
  }
  const kept = rows.filter((i) => reasons[sectorOf[i]] === undefined);
  if (!yearEffects) return kept;
  const perYear = Map.groupBy(kept, (i) => year[i]);
  return kept.filter((i) => perYear.get(year[i])!.length > 1);
}
