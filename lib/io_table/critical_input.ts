import { LARGEST_PART_OF_A_CELL, type WorldSale } from "./carve_world.ts";
import { position } from "./io_table.ts";
import type { LaidOutFlows, WorldLayout } from "./world_layout.ts";

/** A critical input that a published table hides in the product of one of its sectors. */
export interface CriticalInput {
  /** Label of the new sector, e.g. "gallium"; not yet a sector of the table. */
  readonly name: string;
  /** Sector that sells the input in the published table, e.g. "c12" basic metals. */
  readonly host: string;
  /** World sales of the input in the table's year, million USD; above 0. */
  readonly worldValue: number;
  /** Share of each country of the table in world supply; above 0, sums to 1. */
  readonly suppliers: Readonly<Record<string, number>>;
  /** Sectors that buy the input; shares sum to 1. */
  readonly users: readonly InputUser[];
}

/** A sector that buys a critical input. */
export interface InputUser {
  readonly sector: string;
  /** Share in world use of the input, at least 0. */
  readonly share: number;
  /**
   * Share of each country within the sector's use, summing to 1. Default: see {@link CarveInputOptions.within}.
   */
  readonly countries?: Readonly<Record<string, number>>;
}

/** How {@link carveInput} spreads use and what it does where a cell is too small. */
export interface CarveInputOptions {
  /**
   * Which countries use the input within a sector, where the input does not say:
   * - "output" (default): in proportion to their gross output there;
   * - "purchases": in proportion to what they buy of the host's product from each supplier.
   */
  readonly within?: "output" | "purchases";
  /**
   * "refuse" (default): an input that is larger than the purchases it hides in is an error. "rebalance": GRAS
   * makes room as in `worldReeTable`; sums of rows and of producers' inputs stay, single cells do not.
   */
  readonly tooLarge?: "refuse" | "rebalance";
}

/** Shares are typed by hand: rounding in the last of a few digits is not an error of the table. */
const SHARE_TOLERANCE = 1e-6;

/**
 * Refuses inputs that cannot be meant.
 *
 * @throws RangeError naming input, what is wrong and what was expected
 */
export function checkCriticalInputs(
  inputs: readonly CriticalInput[],
  table: { readonly countries: readonly string[]; readonly sectors: readonly string[] },
  earlier: readonly string[],
) {
  if (inputs.length === 0) throw new RangeError("no critical input given; expected at least one");
  const ordinary = table.sectors.filter((sector) => !earlier.includes(sector));
  const countries = table.countries;
  inputs.forEach(({ name, host, worldValue, suppliers, users }, k) => {
    if (name.trim() === "") throw new RangeError(`critical input ${k + 1} has no name`);
    if (inputs.findIndex((other) => other.name === name) < k) {
      throw new RangeError(`${name} is given twice`);
    }
    if (table.sectors.includes(name)) {
      throw new RangeError(`${name} is already a sector of the table`);
    }
    known(ordinary, host, `${name}: host sector`);
    if (!(worldValue > 0 && Number.isFinite(worldValue))) {
      throw new RangeError(
        `${name}: world value is ${worldValue}; expected million USD above 0`,
      );
    }
    checkShares(suppliers, countries, `${name}: supplier country`, `${name}: supplier shares`);
    const twice = users.find((user, at) =>
      users.findIndex(({ sector }) => sector === user.sector) < at
    );
    if (twice !== undefined) {
      throw new RangeError(`${name}: user sector ${twice.sector} is given twice`);
    }
    const shares = Object.fromEntries(users.map(({ sector, share }) => [sector, share]));
    checkShares(shares, ordinary, `${name}: user sector`, `${name}: user shares`);
    for (const user of users) {
      if (user.countries === undefined) continue;
      const what = `${name}: country shares of ${user.sector}`;
      checkShares(user.countries, countries, `${name}: user country`, what);
    }
  });
}

function known(labels: readonly string[], label: string, what: string) {
  if (!labels.includes(label)) {
    throw new RangeError(`unknown ${what} "${label}"; expected one of ${labels.join(", ")}`);
  }
}

function checkShares(
  shares: Readonly<Record<string, number>>,
  labels: readonly string[],
  labelKind: string,
  what: string,
) {
  let sum = 0;
  for (const [label, share] of Object.entries(shares)) {
    known(labels, label, labelKind);
    if (!(share >= 0 && Number.isFinite(share))) {
      throw new RangeError(`${what}: ${label} has ${share}; expected a number of at least 0`);
    }
    sum += share;
  }
  if (!(Math.abs(sum - 1) <= SHARE_TOLERANCE)) {
    throw new RangeError(`${what} sum to ${Number(sum.toPrecision(9))}, expected 1`);
  }
}

/** Shares above 0, divided by their sum, so that typed rounding does not reach the table. */
export function normalised(shares: Readonly<Record<string, number>>): [string, number][] {
  const sum = Object.values(shares).reduce((partial, share) => partial + share, 0);
  return Object.entries(shares).filter(([, share]) => share > 0)
    .map(([label, share]) => [label, share / sum]);
}

/** Sales of critical inputs to every (country, sector), and how they had to be spread. */
export interface InputSales {
  readonly sales: readonly WorldSale[];
  /** Sales that a buyer's purchases from the host had no room for and others took over, million USD. */
  readonly redirected: number;
}

/**
 * Spreads each input's sales over buyers. Every user sector buys from every supplier by the supplier's share.
 * Within a sector, each country's part is capped at 90 % of what it buys of the host's product from that
 * supplier; what does not fit goes to the other countries in the same proportion. Parts given in the input itself
 * are not moved. Inputs that share a host fill its cells in the order given.
 *
 * @param output gross output of the layout
 * @throws RangeError naming input, supplier, user and the missing million USD when `tooLarge` is "refuse"
 */
export function inputSales(
  inputs: readonly CriticalInput[],
  layout: WorldLayout,
  output: Float64Array,
  { intermediate }: LaidOutFlows,
  { within = "output", tooLarge = "refuse" }: CarveInputOptions,
): InputSales {
  const { countries, sectors, size, width } = layout;
  const used = new Map<number, number>();
  const sales: WorldSale[] = [];
  const tight: TightSale[] = [];
  let redirected = 0;
  inputs.forEach(({ name, host: hostCode, worldValue, suppliers, users }, element) => {
    const host = position(sectors, hostCode, "host sector");
    const userShares = new Map(
      normalised(Object.fromEntries(users.map((u) => [u.sector, u.share]))),
    );
    for (const [country, supplied] of normalised(suppliers)) {
      const row = (position(countries, country, "country") * width + host) * size;
      for (const user of users) {
        const sector = position(sectors, user.sector, "sector");
        const value = worldValue * supplied * (userShares.get(user.sector) ?? 0);
        const buyers = countries.map((_, n) => n * width + sector);
        const bought = buyers.map((buyer) => Math.max(0, intermediate[row + buyer]));
        const room = buyers.map((buyer, n) =>
          Math.max(0, LARGEST_PART_OF_A_CELL * bought[n] - (used.get(row + buyer) ?? 0))
        );
        const given = user.countries && new Map(normalised(user.countries));
        const weights = buyers.map((buyer, n) =>
          given
            ? given.get(countries[n]) ?? 0
            : within === "output"
            ? Math.max(0, output[buyer])
            : bought[n]
        );
        const wanted = proportional(value, weights);
        const parts = given ? wanted : fill(value, weights, room);
        parts.forEach((part, n) => {
          if (part === 0) return;
          used.set(row + buyers[n], (used.get(row + buyers[n]) ?? 0) + part);
          sales.push({ element, host, country, buyer: buyers[n], value: part });
          if (!given && wanted[n] > part * (1 + ROUNDING)) redirected += wanted[n] - part;
        });
        const where = { name, country, host: hostCode, sector: user.sector };
        if (given) {
          parts.forEach((part, n) => {
            if (part > room[n] * (1 + ROUNDING)) {
              tight.push({ ...where, buyer: countries[n], wanted: part, room: room[n] });
            }
          });
        } else {
          const all = room.reduce((sum, cell) => sum + cell, 0);
          if (value > all * (1 + ROUNDING)) tight.push({ ...where, wanted: value, room: all });
        }
      }
    }
  });
  if (tooLarge === "refuse" && tight.length > 0) throw new RangeError(tightText(tight));
  return { sales, redirected };
}

/** Relative rounding of sums over a row of cells. */
const ROUNDING = 1e-13;

/** A sale that does not fit into the purchases it is hidden in; without buyer: of all countries together. */
interface TightSale {
  readonly name: string;
  readonly country: string;
  readonly host: string;
  readonly sector: string;
  readonly buyer?: string;
  readonly wanted: number;
  readonly room: number;
}

function tightText(tight: readonly TightSale[]): string {
  const worst = tight.reduce((a, b) => a.wanted - a.room >= b.wanted - b.room ? a : b);
  const { name, country, host, sector, buyer, wanted, room } = worst;
  const who = buyer === undefined ? `${sector} of all countries` : `${buyer} ${sector}`;
  const money = (value: number) => Number(value.toPrecision(4));
  const others = tight.length === 1 ? "" : ` (and ${tight.length - 1} smaller such gaps)`;
  return `${name}: ${who} would buy ${
    money(wanted)
  } million USD of it from ${country}, but it has to fit into ` +
    `${
      money(room)
    } million USD: what it buys from ${country} ${host}, less a tenth and other inputs; ` +
    `${
      money(wanted - room)
    } million USD too much${others}. Expected a smaller world value, another host, ` +
    `other shares, or tooLarge: "rebalance"`;
}

function proportional(value: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((partial, weight) => partial + weight, 0);
  return weights.map((weight) => sum > 0 ? value * weight / sum : 0);
}

/**
 * Splits a value in proportion to weights, no part above its room. A value that does not fit at all is spread in
 * proportion to room.
 */
function fill(value: number, weights: readonly number[], room: readonly number[]): number[] {
  const all = room.reduce((sum, cell) => sum + cell, 0);
  if (value >= all) return proportional(value, all > 0 ? room : weights);
  const parts = weights.map(() => 0);
  const open = new Set(weights.keys());
  let left = value;
  while (left > 0 && open.size > 0) {
    const sum = [...open].reduce((partial, n) => partial + weights[n], 0);
    // Buyers without weight come last: they take the rest in proportion to room.
    const weight = (n: number) => sum > 0 ? weights[n] / sum : room[n] - parts[n];
    const total = [...open].reduce((partial, n) => partial + weight(n), 0);
    if (total === 0) return parts; // what is left is rounding: nobody open has room
    const full = [...open].filter((n) => left * weight(n) / total >= room[n] - parts[n]);
    if (full.length === 0) {
      for (const n of open) parts[n] += left * weight(n) / total;
      return parts;
    }
    for (const n of full) {
      left -= room[n] - parts[n];
      parts[n] = room[n];
      open.delete(n);
    }
  }
  return parts;
}
