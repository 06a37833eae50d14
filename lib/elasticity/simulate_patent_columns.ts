import { type RandomStream, randomStream } from "@ree/numeric";
import { checkPsi, checkStable, flowSlope } from "./sigma_from_slope.ts";

/** How artificial log relative prices move: sums of independent first-order autoregressions. */
export interface PriceProcess {
  /** Standard deviations of the parts: common to all sectors, of the instrument, other exogenous, price error. */
  readonly common?: number;
  readonly instrument?: number;
  readonly own?: number;
  readonly error?: number;
  /** Autocorrelation of common, instrument and own; default 0.5. */
  readonly persistence?: number;
}

/** Prices by sector and year that are given instead of drawn. */
export interface GivenPrices {
  readonly sector: readonly string[];
  readonly year: readonly number[];
  readonly logRelativePrice: readonly number[];
  /** Zeros when left out. */
  readonly instrument?: readonly number[];
  /** Standard deviation of a price error that is added; default 0, and 0.2 with endogeneity. */
  readonly error?: number;
}

/** Options of {@linkcode simulatePatentColumns}. */
export interface SimulationOptions {
  /** Number of sectors or their names; default 30. Left out when prices are given. */
  readonly sectors?: number | readonly string[];
  /** Number of years (from 2003) or the years; default 16. Left out when prices are given. */
  readonly years?: number | readonly number[];
  /** σ of all sectors, one per sector, or mean and sd of normal draws (redrawn while unstable); default mean 0.6, sd 0.15. */
  readonly sigma?: number | readonly number[] | { readonly mean: number; readonly sd: number };
  /** Technology per unit of research; default 1. */
  readonly psi?: number;
  readonly prices?: PriceProcess | GivenPrices;
  /** Standard deviation of the innovation shock to ln(hR/hX); default 0.3. */
  readonly noise?: number;
  /** Autocorrelation of the innovation shock; default 0. */
  readonly noisePersistence?: number;
  /** Standard deviation of the year effects δ_t, shocks to the direction of innovation common to all sectors; default 0.2. */
  readonly yearEffect?: number;
  /** Correlation of innovation shock and price error, −1 to 1; default 0. */
  readonly endogeneity?: number;
  /** Probability that a cell's element patents are recorded as 0 whatever they are; default 0. */
  readonly zeroInflation?: number;
  /** Mean patents per cell on element-augmenting and other technology; default 40 and 200. */
  readonly meanPatents?: { readonly element: number; readonly other: number };
  /**
   * "static": relative research follows the price of the year, b = (1 − σ)/(1 + ψ(1 − σ)). "state": it follows the price and
   * last year's knowledge, (1 − σ)(ln(q/z) − ψ ln(KR/KX)), with the same slope in the long run.
   */
  readonly dynamics?: "static" | "state";
  /** Yearly depreciation of knowledge; default 0.15. */
  readonly depreciation?: number;
  /** Any integer; default 1. */
  readonly seed?: number;
}

/** A simulated panel as columns, ordered by sector and year. */
export interface SimulatedColumns {
  readonly sector: string[];
  readonly year: number[];
  readonly patents_element: number[];
  readonly patents_other: number[];
  readonly log_relative_price: number[];
  readonly instrument: number[];
  readonly stock_element: number[];
  readonly stock_other: number[];
  readonly knowledge_element: number[];
  readonly knowledge_other: number[];
  readonly true_sigma: number[];
}

const FIRST_YEAR = 2003;
/** Years before the first in which knowledge settles. */
const BURN_IN = 40;
/** Spread of sector effects in ln(hR/hX) and of ln patents of a cell. */
const SECTOR_EFFECT = 0.4;
const CELL_SIZE = 0.3;

/**
 * SIMULATED patents by sector and year from the model of directed research (lib/equilibrium/README.md, Technology).
 *
 * ln(hR/hX)_st = α_s + δ_t + b_s·ln(q/z)_st + ε_st; patents on each technology are Poisson with means in proportion to h;
 * technology stocks are h^ψ, so that ln(AR/AX) has slope ψ·b_s; knowledge stocks K at the start of the year accumulate
 * past patents. The price holds an error v with which ε may be correlated; the instrument is uncorrelated with both.
 *
 * @throws RangeError naming what is out of range, or a σ outside the stable region
 */
export function simulatePatentColumns(options: SimulationOptions = {}): SimulatedColumns {
  const { psi = 1, noise = 0.3, noisePersistence = 0, endogeneity = 0, zeroInflation = 0 } =
    options;
  const { meanPatents = { element: 40, other: 200 }, dynamics = "static" } = options;
  const { depreciation = 0.15, yearEffect: deltaSd = 0.2, seed = 1 } = options;
  checkPsi(psi);
  within("noise", noise, 0, Infinity);
  within("noisePersistence", noisePersistence, -1, 1);
  within("endogeneity", endogeneity, -1, 1);
  within("zeroInflation", zeroInflation, 0, 1);
  within("meanPatents.element", meanPatents.element, 0, 1e9);
  within("meanPatents.other", meanPatents.other, 0, 1e9);
  within("yearEffect", deltaSd, 0, Infinity);
  within("depreciation", depreciation, 1e-6, 1);
  const random = randomStream(seed);
  const grid = priceGrid(options, random);
  const { sectors, years, cells } = grid;
  const sigma = sigmas(options.sigma ?? { mean: 0.6, sd: 0.15 }, sectors, psi, random);
  const yearEffect = years.map(() => deltaSd * random.normal());
  const out = emptyColumns();
  const level = Math.log(meanPatents.element / meanPatents.other);
  sectors.forEach((sector, s) => {
    const own = cells.filter((cell) => cell.sector === s);
    const alpha = level + SECTOR_EFFECT * random.normal();
    const scale = Math.log(meanPatents.other) + CELL_SIZE * random.normal();
    const slope = flowSlope(sigma[s], psi);
    let shock = noise * random.normal();
    let [element, other] = [NaN, NaN];
    const settle = own[0]?.logRelativePrice ?? 0;
    for (let t = dynamics === "state" ? -BURN_IN : 0; t < own.length; t++) {
      const cell = t < 0 ? undefined : own[t];
      const error = cell && cell.errorSd > 0 ? cell.error / cell.errorSd : random.normal();
      const draw = endogeneity * error + Math.sqrt(1 - endogeneity ** 2) * random.normal();
      shock = noisePersistence * shock + noise * Math.sqrt(1 - noisePersistence ** 2) * draw;
      const price = cell?.logRelativePrice ?? settle;
      const effect = alpha + (cell ? yearEffect[cell.yearAt] : 0) + shock;
      const ratio = dynamics === "static" ? effect + slope * price : effect + (1 - sigma[s]) *
          (price - psi * (Number.isNaN(element) ? alpha : Math.log(element / other)));
      const size = scale + CELL_SIZE * random.normal();
      const [meanElement, meanOther] = [Math.exp(size + ratio), Math.exp(size)];
      let patentsElement = poisson(meanElement, random);
      const patentsOther = poisson(meanOther, random);
      if (random.uniform() < zeroInflation) patentsElement = 0;
      if (Number.isNaN(element)) {
        [element, other] = [meanElement / depreciation, meanOther / depreciation];
      }
      if (cell) {
        out.sector.push(sector);
        out.year.push(years[cell.yearAt]);
        out.patents_element.push(patentsElement);
        out.patents_other.push(patentsOther);
        out.log_relative_price.push(price);
        out.instrument.push(cell.instrument);
        out.stock_element.push(Math.exp(psi * (size + ratio)));
        out.stock_other.push(Math.exp(psi * size));
        out.knowledge_element.push(element);
        out.knowledge_other.push(other);
        out.true_sigma.push(sigma[s]);
      }
      element = (1 - depreciation) * element + patentsElement;
      other = (1 - depreciation) * other + patentsOther;
    }
  });
  return out;
}

interface Cell {
  readonly sector: number;
  readonly yearAt: number;
  readonly logRelativePrice: number;
  readonly instrument: number;
  readonly error: number;
  readonly errorSd: number;
}

function priceGrid(options: SimulationOptions, random: RandomStream) {
  const { prices = {}, endogeneity = 0 } = options;
  if ("logRelativePrice" in prices) return givenGrid(prices, endogeneity, random);
  const sectors = names(options.sectors ?? 30);
  const years = yearList(options.years ?? 16);
  const { common = 0.3, instrument = 0.5, own = 0.3, error = 0.3, persistence = 0.5 } = prices;
  for (const [name, value] of Object.entries({ common, instrument, own, error })) {
    within(`prices.${name}`, value, 0, Infinity);
  }
  within("prices.persistence", persistence, -1, 1);
  const path = () => {
    let value = random.normal();
    return years.map(() => {
      const now = value;
      value = persistence * value + Math.sqrt(1 - persistence ** 2) * random.normal();
      return now;
    });
  };
  const shared = path();
  const cells = sectors.flatMap((_, sector) => {
    const [shift, rest] = [path(), path()];
    return years.map((_, yearAt): Cell => {
      const v = error * random.normal();
      return {
        sector,
        yearAt,
        logRelativePrice: common * shared[yearAt] + instrument * shift[yearAt] +
          own * rest[yearAt] + v,
        instrument: shift[yearAt],
        error: v,
        errorSd: error,
      };
    });
  });
  return { sectors, years, cells };
}

function givenGrid(prices: GivenPrices, endogeneity: number, random: RandomStream) {
  const sectors = [...new Set(prices.sector)];
  const years = [...new Set(prices.year)].sort((a, b) => a - b);
  const errorSd = prices.error ?? (endogeneity === 0 ? 0 : 0.2);
  within("prices.error", errorSd, 0, Infinity);
  const cells = prices.sector.map((sector, i): Cell => {
    const error = errorSd * random.normal();
    return {
      sector: sectors.indexOf(sector),
      yearAt: years.indexOf(prices.year[i]),
      logRelativePrice: prices.logRelativePrice[i] + error,
      instrument: prices.instrument?.[i] ?? 0,
      error,
      errorSd,
    };
  }).sort((a, b) => a.sector - b.sector || a.yearAt - b.yearAt);
  return { sectors, years, cells };
}

function sigmas(
  given: number | readonly number[] | { readonly mean: number; readonly sd: number },
  sectors: readonly string[],
  psi: number,
  random: RandomStream,
): number[] {
  if (typeof given === "object" && "mean" in given) {
    checkStable(given.mean, psi);
    within("sigma.sd", given.sd, 0, Infinity);
    return sectors.map(() => {
      for (;;) {
        const value = given.mean + given.sd * random.normal();
        if (psi * (value - 1) < 1) return value;
      }
    });
  }
  const values = typeof given === "number" ? sectors.map(() => given) : [...given];
  if (values.length !== sectors.length) {
    throw new RangeError(`sigma: ${values.length} values for ${sectors.length} sectors`);
  }
  for (const value of values) checkStable(value, psi);
  return values;
}

/** Poisson draw by multiplication of uniforms, larger means in parts of at most 30; above 6,000 the normal limit. */
function poisson(mean: number, random: RandomStream): number {
  if (mean > 30) {
    const parts = Math.ceil(mean / 30);
    if (parts > 200) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
    }
    let sum = 0;
    for (let k = 0; k < parts; k++) sum += poisson(mean / parts, random);
    return sum;
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}

function names(sectors: number | readonly string[]): readonly string[] {
  if (typeof sectors !== "number") return sectors;
  within("sectors", sectors, 1, 1e5);
  return Array.from({ length: sectors }, (_, s) => `s${String(s + 1).padStart(2, "0")}`);
}

function yearList(years: number | readonly number[]): readonly number[] {
  if (typeof years !== "number") return years;
  within("years", years, 1, 1e4);
  return Array.from({ length: years }, (_, t) => FIRST_YEAR + t);
}

function within(name: string, value: number, low: number, high: number): void {
  if (value >= low && value <= high) return;
  throw new RangeError(`simulatePatentPanel: ${name} is ${value}, expected ${low} to ${high}`);
}

function emptyColumns(): SimulatedColumns {
  return {
    sector: [],
    year: [],
    patents_element: [],
    patents_other: [],
    log_relative_price: [],
    instrument: [],
    stock_element: [],
    stock_other: [],
    knowledge_element: [],
    knowledge_other: [],
    true_sigma: [],
  };
}
