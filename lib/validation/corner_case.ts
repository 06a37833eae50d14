import { type Closure, type Economy, economyFromShares, type Shock } from "@ree/equilibrium";
import { type RandomStream, randomStream } from "@ree/numeric";

/** A random economy with corner features, a shock to it and a closure. */
export interface CornerCase {
  readonly economy: Economy;
  readonly shock: Shock;
  readonly closure: Closure;
  /** The corner features that this case has. */
  readonly features: readonly string[];
}

const KINDS = [
  "fixed",
  "allocation",
  "entry",
  "global-allocation",
  "global-entry",
  "frozen",
] as const;

/** Draws until trade links all countries and transfers leave each with income; a few draws suffice. */
const MOST_DRAWS = 20;

/**
 * A random economy drawn directly as shares (2 to 7 countries, 3 to 10 sectors, 1 to 4 elements, 1 to
 * 3 factors), with corners: trade cells of 0, sectors that nobody buys, countries that use no elements,
 * producers without sales, elements made from elements, ρ up to 0.95, θ up to 20, σ and η exactly 0
 * and 1, ψ up to the edge of stability, subsidies, taxes on sales at home; and several shocks at once,
 * with quotas slack and binding, bans, and an embargo of one buyer beside a quota of the same seller.
 *
 * @param seed the closure follows `seed % 6`
 */
export function cornerCase(seed: number): CornerCase {
  const random = randomStream(seed);
  const features = new Set<string>();
  let economy: Economy | undefined;
  for (let draw = 0; economy === undefined && draw < MOST_DRAWS; draw++) {
    features.clear();
    economy = cornerEconomy(random, features);
  }
  if (economy === undefined) throw new Error(`seed ${seed}: no economy in ${MOST_DRAWS} draws`);
  const shock = cornerShock(random, economy, features);
  const closure = cornerClosure(random, economy, KINDS[seed % KINDS.length], features);
  return { economy, shock, closure, features: [...features] };
}

const between = (random: RandomStream, low: number, high: number) =>
  low + (high - low) * random.uniform();

function cornerEconomy(random: RandomStream, features: Set<string>): Economy | undefined {
  const chance = (probability: number, feature?: string) => {
    const yes = random.uniform() < probability;
    if (yes && feature !== undefined) features.add(feature);
    return yes;
  };
  const E = 1 + random.integer(4);
  const ordinary = 2 + random.integer(6);
  const [J, N, F] = [E + ordinary, 2 + random.integer(6), 1 + random.integer(3)];
  // Elements come first here: their place among the sectors must not matter.
  const isElement = (j: number) => j < E;
  const zeros = (length: number) => new Float64Array(length);
  const normalise = (array: Float64Array, from: number, step: number, count: number) => {
    let total = 0;
    for (let k = 0; k < count; k++) total += array[from + k * step];
    if (total > 0) { for (let k = 0; k < count; k++) array[from + k * step] /= total; }
  };

  const mines = zeros(N * J);
  for (let j = 0; j < E; j++) {
    for (let n = 0; n < N; n++) mines[n * J + j] = chance(0.5) ? 1 : 0;
    mines[random.integer(N) * J + j] = 1;
  }
  const tradeShare = zeros(N * N * J);
  for (let j = 0; j < J; j++) {
    const home = chance(0.2);
    for (let n = 0; n < N; n++) {
      for (let i = 0; i < N; i++) {
        const at = (n * N + i) * J + j;
        if (isElement(j)) {
          if (mines[i * J + j] === 1 && !chance(0.2, "zero trade cells")) {
            tradeShare[at] = between(random, 0.01, 1);
          }
        } else if (n === i) tradeShare[at] = between(random, 0.5, 3);
        else if (!home && !chance(0.25, "zero trade cells")) {
          tradeShare[at] = between(random, 0.001, 1);
        }
      }
      if (isElement(j)) {
        let any = false;
        for (let i = 0; i < N; i++) any ||= tradeShare[(n * N + i) * J + j] > 0;
        const maker = Array.from({ length: N }, (_, i) => i).find((i) => mines[i * J + j] === 1);
        if (!any && maker !== undefined) tradeShare[(n * N + maker) * J + j] = 1;
      }
      normalise(tradeShare, n * N * J + j, J, N);
    }
  }

  const without = chance(0.4, "country without elements' use") ? random.integer(N) : -1;
  const elementShare = zeros(N * J);
  const elementMix = zeros(N * J * E);
  const factorShare = zeros(N * J * F);
  const materialShare = zeros(N * J * J);
  const specificShare = zeros(N * J);
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      const makes = !isElement(j) || mines[at] === 1;
      if (!makes) continue;
      for (let f = 0; f < F; f++) factorShare[at * F + f] = chance(0.1) ? 0 : random.uniform();
      if (F > 0) factorShare[at * F] += 0.05;
      for (let k = E; k < J; k++) {
        if (!chance(0.3)) materialShare[at * J + k] = random.uniform() * 2 / ordinary;
      }
      let all = 0;
      for (let f = 0; f < F; f++) all += factorShare[at * F + f];
      for (let k = 0; k < J; k++) all += materialShare[at * J + k];
      for (let f = 0; f < F; f++) factorShare[at * F + f] /= all;
      for (let k = 0; k < J; k++) materialShare[at * J + k] /= all;
      if (n !== without && chance(isElement(j) ? 0.2 : 0.6)) {
        if (isElement(j)) features.add("elements made from elements");
        elementShare[at] = chance(0.1, "tiny element share") ? 1e-7 : between(random, 0.005, 0.3);
        for (let e = 0; e < E; e++) {
          elementMix[at * E + e] = chance(0.3) ? 0 : between(random, 0.05, 1);
        }
        elementMix[at * E + random.integer(E)] = 1;
        normalise(elementMix, at * E, 1, E);
      }
      if (isElement(j)) {
        specificShare[at] = chance(0.3, "mines with a share of 0.95")
          ? 0.95
          : chance(0.15, "element without mine rents")
          ? 0
          : between(random, 0.1, 0.9);
      }
    }
  }
  const finalShare = zeros(N * J);
  const unloved = chance(0.3, "good without final demand") ? J - 1 : -1;
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      if (isElement(j)) finalShare[n * J + j] = chance(0.05) ? 0.01 : 0;
      else finalShare[n * J + j] = j === unloved || chance(0.1) ? 0 : between(random, 0.1, 1);
    }
    finalShare[n * J + E] += 0.1;
    normalise(finalShare, n * J, 1, J);
  }
  const rates = (probability: number, low: number, high: number, feature: string) =>
    Float64Array.from({ length: N * N * J }, (_, at) => {
      const [n, i] = [Math.floor(at / (N * J)), Math.floor(at / J) % N];
      if (n === i) return chance(0.02, "taxes on sales at home") ? between(random, 0, 0.2) : 0;
      return chance(probability, feature) ? between(random, low, high) : 0;
    });
  const transfer = Float64Array.from(
    { length: N },
    () => chance(0.7, "transfers") ? between(random, -0.06, 0.06) / N : 0,
  );
  const mean = transfer.reduce((a, b) => a + b) / N;
  const sigma = Float64Array.from(
    { length: J },
    () =>
      chance(0.2, "σ exactly 0")
        ? 0
        : chance(0.2, "σ exactly 1")
        ? 1
        : chance(0.2, "σ above 1")
        ? between(random, 1, 2.5)
        : between(random, 0.05, 1),
  );
  const label = (letter: string, count: number) =>
    Array.from({ length: count }, (_, k) => `${letter}${k + 1}`);
  const sectors = [...label("e", E), ...label("s", ordinary)];
  try {
    return economyFromShares({
      countries: label("c", N),
      sectors,
      factors: label("f", F),
      elements: sectors.slice(0, E).reverse(),
      tradeShare,
      tariff: rates(0.4, -0.1, 0.4, "tariffs in the baseline"),
      exportTax: rates(0.2, -0.1, 0.3, "export taxes in the baseline"),
      elementShare,
      elementMix,
      factorShare,
      materialShare,
      specificShare,
      finalShare,
      transfer: transfer.map((value) => value - mean),
      sigma,
      eta: Float64Array.from(
        { length: J },
        () =>
          chance(0.2, "η exactly 0") ? 0 : chance(0.2, "η exactly 1") ? 1 : between(random, 0, 2),
      ),
      theta: Float64Array.from(
        { length: J },
        () => chance(0.15, "θ = 20") ? 20 : between(random, 1.5, 9),
      ),
      psi: sigma.map((value) => {
        const free = between(random, 0, 0.9);
        return value > 1 ? Math.min(free, 0.8 / (value - 1)) : free;
      }),
    });
  } catch (error) {
    if (error instanceof RangeError && /transfer|linked by trade/.test(error.message)) {
      return undefined;
    }
    throw error;
  }
}

function cornerShock(random: RandomStream, economy: Economy, features: Set<string>): Shock {
  const { countries, sectors, elements } = economy;
  const [N, J, F] = [countries.length, sectors.length, economy.factors.length];
  const chance = (probability: number, feature?: string) => {
    const yes = random.uniform() < probability;
    if (yes && feature !== undefined) features.add(feature);
    return yes;
  };
  const foreign = (at: number) => Math.floor(at / (N * J)) !== Math.floor(at / J) % N;
  const redraw = (before: Float64Array, part: number, low: number, high: number) =>
    before.map((value, at) => foreign(at) && chance(part) ? between(random, low, high) : value);
  const iceberg = chance(0.6)
    ? new Float64Array(N * N * J).map(() => chance(0.3) ? between(random, 0.7, 1.6) : 1)
    : undefined;
  const factors = (length: number, low: number, high: number) =>
    new Float64Array(length).map(() => chance(0.4) ? between(random, low, high) : 1);
  const quotas: { country: string; element: string; limit: number }[] = [];
  const embargoes = iceberg ?? new Float64Array(N * N * J).fill(1);
  let embargoed = false;
  for (const element of elements) {
    const j = sectors.indexOf(element);
    for (let i = 0; i < N; i++) {
      const customers: number[] = [];
      for (let n = 0; n < N; n++) {
        if (n === i) continue;
        if (economy.tradeShare[(n * N + i) * J + j] * economy.expenditure[n * J + j] > 0) {
          customers.push(n);
        }
      }
      if (customers.length === 0 || !chance(0.35)) continue;
      const limit = chance(0.3, "quota meant to be slack")
        ? between(random, 1.2, 3)
        : chance(0.1, "quota near a ban")
        ? 0.02
        : between(random, 0.3, 1);
      quotas.push({ country: countries[i], element, limit });
      const target = customers[random.integer(customers.length)];
      // Whoever is embargoed must have somebody else to buy from.
      let others = 0;
      for (let k = 0; k < N; k++) {
        if (k !== i && embargoes[(target * N + k) * J + j] !== Infinity) {
          others += economy.tradeShare[(target * N + k) * J + j];
        }
      }
      if (others > 0.05 && chance(0.3, "embargo of one buyer beside a quota")) {
        embargoes[(target * N + i) * J + j] = Infinity;
        embargoed = true;
      }
    }
  }
  if (chance(0.2)) {
    const j = elements.length;
    const i = random.integer(N);
    let exports = 0;
    for (let n = 0; n < N; n++) {
      if (n !== i) {
        exports += economy.tradeShare[(n * N + i) * J + j] * economy.expenditure[n * J + j];
      }
    }
    if (exports > 0) {
      features.add("quota on an ordinary sector");
      quotas.push({ country: countries[i], element: sectors[j], limit: between(random, 0.5, 1.1) });
    }
  }
  const transfer = chance(0.4)
    ? economy.transfer.map((value) => value + between(random, -0.01, 0.01) / N)
    : undefined;
  const mean = (transfer?.reduce((a, b) => a + b) ?? 0) / N;
  return {
    tariff: chance(0.7) ? redraw(economy.tariff, 0.4, -0.1, 0.6) : undefined,
    exportTax: chance(0.4) ? redraw(economy.exportTax, 0.2, -0.1, 0.5) : undefined,
    iceberg: iceberg !== undefined || embargoed ? embargoes : undefined,
    factorEndowment: chance(0.4) ? factors(N * F, 0.7, 1.4) : undefined,
    resource: chance(0.5) ? factors(N * J, 0.4, 2) : undefined,
    transfer: transfer?.map((value) => value - mean),
    quotas,
  };
}

function cornerClosure(
  random: RandomStream,
  { countries, sectors }: Economy,
  kind: typeof KINDS[number],
  features: Set<string>,
): Closure {
  if (kind === "frozen") {
    const cells = (low: number, high: number) =>
      new Float64Array(countries.length * sectors.length).map(() => between(random, low, high));
    return { kind, element: cells(0.7, 1.5), other: cells(0.9, 1.1) };
  }
  if (kind !== "global-allocation" && kind !== "global-entry") return { kind };
  const some = () => {
    const list = countries.filter(() => random.uniform() < 0.6);
    if (list.length < countries.length) features.add("partial list of countries");
    return list.length > 0 ? list : [countries[random.integer(countries.length)]];
  };
  return { kind, innovators: some(), adopters: some() };
}
