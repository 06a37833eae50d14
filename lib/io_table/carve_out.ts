import { columnSums } from "@ree/numeric";
import { sideBySide, split } from "./balance_make_use.ts";
import { gras } from "./gras.ts";
import { commodityOutput, industryOutput, type IoTable, position } from "./io_table.ts";

/** A purchase of one element by one industry. */
export interface ElementPurchase {
  readonly element: string;
  /** What the industry uses it for. */
  readonly application: string;
  /** The industry that buys it, at whatever stage. */
  readonly industry: string;
  /** Million USD. */
  readonly value: number;
  /** Commodities inside which the purchase is recorded, in order of preference. */
  readonly hosts: readonly string[];
}

/** What {@link carveOutElements} takes out of the host commodities, and how. */
export interface ElementSplits {
  /** The new rows, in the order wanted. */
  readonly elements: readonly string[];
  readonly purchases: readonly ElementPurchase[];
  /** Commodities as which elements leave the industry that makes them or the port, in order of preference. */
  readonly rawHosts: readonly string[];
  /** Commodities between the raw hosts and fabricated products, in order of preference. */
  readonly intermediateHosts: readonly string[];
  /** Final use column of imports (negative entries). */
  readonly importColumn: string;
  /**
   * "embodying user": the element is an input of the industry that buys it inside whatever product;
   * "first user": of the processor that made that product.
   */
  readonly reading: "embodying user" | "first user";
}

/** An {@link IoTable} with a row for each element, and what the carve-out did. */
export interface CarvedTable extends IoTable {
  readonly carveOut: {
    readonly reading: ElementSplits["reading"];
    /** Output by which a processor shrank because it only passed an element on, million USD by industry. */
    readonly passedOn: ReadonlyMap<string, number>;
    /** Value that no host purchase could give and that GRAS had to place, million USD. */
    readonly unplaced: readonly (ElementPurchase & { readonly missing: number })[];
    /** All value for which GRAS made room, million USD. */
    readonly balanced: number;
    /** GRAS sweeps (0: nothing was left to balance). */
    readonly iterations: number;
  };
}

/** Value below which a remainder is rounding, million USD (one cent). */
const ONE_CENT = 1e-8;

/** Processing stages through which a purchase is followed back to the raw host. */
const MAX_STAGES = 8;

/**
 * Gives each rare earth element a row of its own.
 *
 * The value of every purchase leaves the host commodity inside which it was recorded and enters the element's
 * row, so the buyer's total is unchanged. Less of the host is then needed: an imported part becomes an import
 * of the element; the domestic part of a raw host was made by an industry that from now on makes the element
 * instead (its output is unchanged); the domestic part of any other host is taken off the output of its
 * processor and off that processor's purchases of raw (or intermediate) hosts, stage by stage, which leaves
 * its value added unchanged. What no host purchase can give is placed by GRAS: the raw host's other sales give way.
 *
 * @param table a balanced table without element rows
 * @returns a balanced table; row sums of the elements equal the purchases
 * @throws on unknown codes, elements that are already rows, purchases that are negative or not finite, and
 * purchases that cannot be balanced (names the commodity)
 * Source: our specification after the published abstract of Alfaro et al. (2025); see the README.
 */
export function carveOutElements(table: IoTable, splits: ElementSplits): CarvedTable {
  if (table.elements.length > 0) {
    throw new RangeError(`the table already has element rows: ${table.elements.join(", ")}`);
  }
  const draft = draftWithElementRows(table, splits);
  const unplaced: (ElementPurchase & { missing: number })[] = [];
  for (const purchase of splits.purchases) {
    const missing = placePurchase(draft, purchase, splits.reading);
    if (missing > ONE_CENT) unplaced.push({ ...purchase, missing });
  }
  const carved: IoTable = { ...table, ...draft.labels, ...draft.matrices };
  const balanced = draft.toBalance.value === 0
    ? { table: carved, iterations: 0 }
    : rebalance(carved, table);
  return {
    ...balanced.table,
    carveOut: {
      reading: splits.reading,
      passedOn: draft.passedOn,
      unplaced,
      balanced: draft.toBalance.value,
      iterations: balanced.iterations,
    },
  };
}

/** The table being rewritten. */
interface Draft {
  readonly labels: {
    readonly commodities: readonly string[];
    readonly elements: readonly string[];
  };
  readonly matrices: {
    readonly make: Float64Array;
    readonly use: Float64Array;
    readonly finalUse: Float64Array;
  };
  readonly industries: readonly string[];
  readonly importColumn: number;
  readonly finalUses: number;
  readonly rawHosts: readonly number[];
  /** Raw and intermediate hosts in the order in which a processor's purchases are searched. */
  readonly upstream: readonly number[];
  /** The industry that makes most of each commodity, its own code first; -1 where nobody does. */
  readonly processor: Int32Array;
  readonly passedOn: Map<string, number>;
  /** Value for which GRAS has to make room, million USD. */
  readonly toBalance: { value: number };
}

function draftWithElementRows(table: IoTable, splits: ElementSplits): Draft {
  const { industries, finalUses } = table;
  const old = table.commodities.length;
  for (const element of splits.elements) {
    if (table.commodities.includes(element)) {
      throw new RangeError(`element ${element} has the name of a commodity of the table`);
    }
  }
  const commodities = [...table.commodities, ...splits.elements];
  const make = new Float64Array(industries.length * commodities.length);
  industries.forEach((_, i) =>
    make.set(table.make.subarray(i * old, (i + 1) * old), i * commodities.length)
  );
  const use = new Float64Array(commodities.length * industries.length);
  use.set(table.use);
  const finalUse = new Float64Array(commodities.length * finalUses.length);
  finalUse.set(table.finalUse);
  const commodity = (code: string) => position(commodities, code, "host commodity");
  const rawHosts = splits.rawHosts.map(commodity);
  return {
    labels: { commodities, elements: [...splits.elements] },
    matrices: { make, use, finalUse },
    industries,
    importColumn: position(finalUses, splits.importColumn, "import column"),
    finalUses: finalUses.length,
    rawHosts,
    upstream: [...rawHosts, ...splits.intermediateHosts.map(commodity)],
    processor: mainMakers(make, industries, commodities),
    passedOn: new Map(),
    toBalance: { value: 0 },
  };
}

function mainMakers(
  make: Float64Array,
  industries: readonly string[],
  commodities: readonly string[],
) {
  return Int32Array.from(commodities, (code, c) => {
    const own = industries.indexOf(code);
    if (own >= 0 && make[own * commodities.length + c] > 0) return own;
    let largest = -1;
    for (let i = 0; i < industries.length; i++) {
      const supply = make[i * commodities.length + c];
      if (supply > 0 && (largest < 0 || supply > make[largest * commodities.length + c])) {
        largest = i;
      }
    }
    return largest;
  });
}

/** Moves one purchase into the element's row; returns what no host purchase could give, million USD. */
function placePurchase(draft: Draft, purchase: ElementPurchase, reading: ElementSplits["reading"]) {
  if (!(purchase.value >= 0) || !Number.isFinite(purchase.value)) {
    throw new RangeError(
      `purchase of ${purchase.element} by ${purchase.industry} (${purchase.application}) is ` +
        `${purchase.value} million USD; expected a finite value ≥ 0`,
    );
  }
  const { commodities } = draft.labels;
  const element = position(commodities, purchase.element, "element");
  const buyer = position(draft.industries, purchase.industry, "industry");
  const hosts = purchase.hosts.map((code) => position(commodities, code, "host commodity"));
  let left = purchase.value;
  for (const host of hosts) {
    const taken = Math.min(left, available(draft, host, buyer));
    if (taken <= 0) continue;
    left -= taken;
    const processor = draft.processor[host];
    if (reading === "first user" && !draft.rawHosts.includes(host) && processor >= 0) {
      const missing = takeFrom(draft, draft.upstream, element, processor, taken);
      if (missing > 0) forceIntoRow(draft, element, processor, missing);
    } else takeFrom(draft, [host], element, buyer, taken);
  }
  if (left > ONE_CENT) forceIntoRow(draft, element, buyer, left);
  return left;
}

/** Replaces purchases of the hosts by the element, in order; returns what they could not give. */
function takeFrom(
  draft: Draft,
  hosts: readonly number[],
  element: number,
  buyer: number,
  value: number,
): number {
  let left = value;
  for (const host of hosts) {
    const taken = Math.min(left, available(draft, host, buyer));
    if (taken <= 0) continue;
    left -= taken;
    draft.matrices.use[cell(draft, host, buyer)] -= taken;
    draft.matrices.use[cell(draft, element, buyer)] += taken;
    releaseSupply(draft, host, element, taken, MAX_STAGES);
  }
  return left;
}

const cell = (draft: Draft, commodity: number, industry: number) =>
  commodity * draft.industries.length + industry;

const available = (draft: Draft, commodity: number, industry: number) =>
  Math.max(0, draft.matrices.use[cell(draft, commodity, industry)]);

const importsOf = (draft: Draft, commodity: number) =>
  Math.max(0, -draft.matrices.finalUse[commodity * draft.finalUses + draft.importColumn]);

/** Lowers the supply of `host` by `value` and raises that of the element, without changing any value added. */
function releaseSupply(
  draft: Draft,
  host: number,
  element: number,
  value: number,
  stages: number,
) {
  const { make } = draft.matrices;
  const width = draft.labels.commodities.length;
  const makers = draft.industries.map((_, i) => Math.max(0, make[i * width + host]));
  const domestic = makers.reduce((partial, supply) => partial + supply, 0);
  const imports = importsOf(draft, host);
  const imported = imports + domestic > 0 ? value * imports / (imports + domestic) : 0;
  importInstead(draft, host, element, imported);
  const made = value - imported;
  if (draft.rawHosts.includes(host) && domestic > 0) {
    makers.forEach((supply, i) => {
      make[i * width + host] -= made * supply / domestic;
      make[i * width + element] += made * supply / domestic;
    });
    return;
  }
  const left = made - shrinkProcessor(draft, host, element, made, stages);
  // A processor that buys too little of the raw hosts to have made this itself: it came in by import.
  const moreImports = Math.min(left, importsOf(draft, host));
  importInstead(draft, host, element, moreImports);
  if (left > moreImports) {
    importInstead(draft, draft.rawHosts[0], element, left - moreImports);
    draft.toBalance.value += left - moreImports;
  }
}

/** Takes the element out of what a processor buys and makes; returns the value taken. */
function shrinkProcessor(
  draft: Draft,
  host: number,
  element: number,
  value: number,
  stages: number,
): number {
  const processor = draft.processor[host];
  if (processor < 0 || stages === 0) return 0;
  const { make, use } = draft.matrices;
  const made = processor * draft.labels.commodities.length + host;
  let left = Math.min(value, make[made]);
  const before = left;
  for (const raw of draft.upstream) {
    const taken = Math.min(left, available(draft, raw, processor));
    if (raw === host || taken <= 0) continue;
    left -= taken;
    use[cell(draft, raw, processor)] -= taken;
    make[made] -= taken;
    const name = draft.industries[processor];
    draft.passedOn.set(name, (draft.passedOn.get(name) ?? 0) + taken);
    releaseSupply(draft, raw, element, taken, stages - 1);
  }
  return before - left;
}

function importInstead(draft: Draft, host: number, element: number, value: number) {
  const { finalUse } = draft.matrices;
  finalUse[host * draft.finalUses + draft.importColumn] += value;
  finalUse[element * draft.finalUses + draft.importColumn] -= value;
}

/** Enters a purchase for which no host purchase makes room: the raw host's other sales must give way. */
function forceIntoRow(draft: Draft, element: number, buyer: number, value: number) {
  draft.matrices.use[cell(draft, element, buyer)] += value;
  importInstead(draft, draft.rawHosts[0], element, value);
  draft.toBalance.value += value;
}

/** GRAS on the ordinary rows, the element rows held fixed, back to every supply and every industry's output. */
function rebalance(carved: IoTable, original: IoTable) {
  const { industries, finalUses } = carved;
  const ordinary = original.commodities.length;
  const columns = industries.length + finalUses.length;
  const joined = sideBySide(carved.use, carved.finalUse, carved.commodities.length);
  const output = industryOutput(carved);
  const valueAdded = columnSums(carved.valueAdded, industries.length);
  const elements = columnSums(joined.subarray(ordinary * columns), columns);
  const inputs = output.map((x, j) => x - valueAdded[j] - elements[j]);
  const balanced = gras({
    matrix: joined.slice(0, ordinary * columns),
    rowTotals: commodityOutput(carved).slice(0, ordinary),
    columnTotals: [...inputs, ...finalUses.map(() => null)],
    rowLabels: carved.commodities,
    columnLabels: [...industries, ...finalUses],
  });
  joined.set(balanced.matrix);
  const [use, finalUse] = split(joined, industries.length, finalUses.length);
  return { table: { ...carved, use, finalUse }, iterations: balanced.iterations };
}
