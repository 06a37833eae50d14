import { type Economy, type EconomyShares, economySize } from "./economy.ts";

/** Largest gap of a sum of shares from 1 (README.md). */
export const SHARE_TOLERANCE = 1e-9;

/** A sum of transfers up to this part of their gross size is rounding. */
const TRANSFER_TOLERANCE = 1e-9;

/**
 * Refuses shares and elasticities that break a rule of README.md: labels, lengths, signs,
 * sums of shares, balance of transfers, stability ψ(σ − 1) < 1.
 *
 * A country and sector without trade shares (Σπ = 0: nothing is bought) or without input shares
 * (ΣγF + ΣγM = 0: nothing is made) is allowed.
 *
 * @throws RangeError naming array, country, sector and gap
 */
export function checkShares(economy: EconomyShares): void {
  checkLabels(economy);
  checkArrays(economy);
  checkElasticities(economy);
  checkSums(economy);
}

/** Shape of every array of an economy by the names of its indices. */
const SHAPES: Readonly<Record<string, readonly ("N" | "J" | "F" | "E")[]>> = {
  tradeShare: ["N", "N", "J"],
  tariff: ["N", "N", "J"],
  exportTax: ["N", "N", "J"],
  elementShare: ["N", "J"],
  elementMix: ["N", "J", "E"],
  factorShare: ["N", "J", "F"],
  materialShare: ["N", "J", "J"],
  specificShare: ["N", "J"],
  finalShare: ["N", "J"],
  expenditure: ["N", "J"],
  revenue: ["N", "J"],
  transfer: ["N"],
  sigma: ["J"],
  eta: ["J"],
  theta: ["J"],
  psi: ["J"],
};

/** Arrays whose entries may be negative. */
const SIGNED = ["transfer", "tariff", "exportTax"];

function checkLabels({ countries, sectors, factors, elements }: EconomyShares) {
  for (const [what, labels] of Object.entries({ countries, sectors, factors, elements })) {
    const twice = labels.find((label, i) => labels.indexOf(label) !== i);
    if (twice !== undefined) throw new RangeError(`${what}: "${twice}" appears twice`);
    if (labels.length === 0 && what !== "elements") {
      throw new RangeError(`${what}: expected at least one label`);
    }
  }
  const stray = elements.find((element) => !sectors.includes(element));
  if (stray !== undefined) throw new RangeError(`elements: "${stray}" is not a sector`);
}

function checkArrays(economy: EconomyShares | Economy) {
  const { N, J, F, E } = economySize(economy);
  const lengths = { N, J, F, E };
  for (const [name, shape] of Object.entries(SHAPES)) {
    const array: unknown = Reflect.get(economy, name);
    if (array === undefined && (name === "expenditure" || name === "revenue")) continue;
    const expected = shape.reduce((product, index) => product * lengths[index], 1);
    if (!(array instanceof Float64Array) || array.length !== expected) {
      const came = array instanceof Float64Array ? `${array.length} numbers` : typeof array;
      throw new RangeError(
        `${name}: expected a Float64Array [${shape.join("][")}] of ${expected}, got ${came}`,
      );
    }
    const signed = SIGNED.includes(name);
    const at = firstOutside(array, signed ? -Number.MAX_VALUE : 0);
    if (at >= 0) {
      throw new RangeError(
        `${name} of ${placeName(economy, shape, at)} is ${array[at]}; expected a finite number` +
          (signed ? "" : " of at least 0"),
      );
    }
    if (name === "tariff" || name === "exportTax") {
      const below = firstOutside(array, -1 + Number.EPSILON / 2); // the smallest number above −1
      if (below >= 0) {
        throw new RangeError(
          `${name} of ${placeName(economy, shape, below)} is ${
            array[below]
          }; expected more than −1`,
        );
      }
    }
  }
}

/** Position of the first number below `low` or not finite, −1 when there is none. */
function firstOutside(array: Float64Array, low: number): number {
  for (let at = 0; at < array.length; at++) {
    if (!(array[at] >= low && array[at] < Infinity)) return at;
  }
  return -1;
}

/** Labels of one entry of an array, for instance "CHN, Nd". */
function placeName(economy: EconomyShares, shape: readonly string[], at: number): string {
  const { countries, sectors, factors, elements } = economy;
  const labels: Record<string, readonly string[]> = {
    N: countries,
    J: sectors,
    F: factors,
    E: elements,
  };
  let rest = at;
  return [...shape].reverse().map((index) => {
    const own = labels[index];
    const label = own[rest % own.length];
    rest = Math.floor(rest / own.length);
    return label;
  }).reverse().join(", ");
}

function checkElasticities({ sectors, sigma, theta, psi }: EconomyShares) {
  sectors.forEach((sector, j) => {
    if (!(theta[j] > 0)) {
      throw new RangeError(`theta of ${sector} is ${theta[j]}; expected more than 0`);
    }
    if (!(psi[j] * (sigma[j] - 1) < 1)) {
      throw new RangeError(
        `psi·(sigma − 1) of ${sector} is ${psi[j]}·(${sigma[j]} − 1) = ` +
          `${psi[j] * (sigma[j] - 1)}; directed technology is stable only below 1`,
      );
    }
  });
}

function checkSums(economy: EconomyShares) {
  const { N, J, F, E, elementSector } = economySize(economy);
  const { countries, sectors, elements } = economy;
  const isElement = sectors.map((sector) => elements.includes(sector));
  for (let n = 0; n < N; n++) {
    checkSum("finalShare", countries[n], sum(economy.finalShare, n * J, 1, J), false);
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      const place = `${countries[n]}, ${sectors[j]}`;
      checkSum("tradeShare", place, sum(economy.tradeShare, n * N * J + j, J, N), true);
      const factors = sum(economy.factorShare, at * F, 1, F);
      const materials = sum(economy.materialShare, at * J, 1, J);
      const share = economy.elementShare[at];
      if (share > 1) {
        throw new RangeError(`elementShare of ${place} is ${share}; expected at most 1`);
      }
      checkSum("factorShare + materialShare", place, factors + materials, true);
      if (share > 0) {
        checkSum("elementMix", place, sum(economy.elementMix, at * E, 1, E), false);
      }
      const rho = economy.specificShare[at];
      if (rho >= 1 || (rho > 0 && !isElement[j])) {
        throw new RangeError(
          `specificShare of ${place} is ${rho}; expected ` +
            (isElement[j] ? "less than 1" : "0 in a sector that is not an element"),
        );
      }
      for (const k of elementSector) {
        const material = economy.materialShare[at * J + k];
        if (material > 0) {
          throw new RangeError(
            `materialShare of ${place}, ${sectors[k]} is ${material}; expected 0: elements enter ` +
              "through elementShare and elementMix",
          );
        }
      }
    }
  }
  const { transfer } = economy;
  const gross = transfer.reduce((partial, value) => partial + Math.abs(value), 0);
  const net = transfer.reduce((partial, value) => partial + value, 0);
  if (Math.abs(net) > TRANSFER_TOLERANCE * gross) {
    throw new RangeError(`transfer: sums to ${net} over countries; expected 0`);
  }
}

function sum(array: Float64Array, from: number, step: number, count: number): number {
  let partial = 0;
  for (let i = 0; i < count; i++) partial += array[from + i * step];
  return partial;
}

function checkSum(name: string, place: string, came: number, mayBeZero: boolean) {
  if (mayBeZero && came === 0) return;
  if (!(Math.abs(came - 1) <= SHARE_TOLERANCE)) {
    throw new RangeError(`${name} of ${place} sums to ${came}; expected 1 (gap ${came - 1})`);
  }
}
