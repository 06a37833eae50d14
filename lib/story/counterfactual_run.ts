import {
  type Closure,
  type Economy,
  type Equilibrium,
  type Shock,
  solveEquilibrium,
} from "@ree/equilibrium";

/** One solved counterfactual and what it was solved for. */
export interface Run {
  /** Name of the closure, or of the measure. */
  readonly name: string;
  /** σ of all sectors, or NaN when they differ. */
  readonly sigma: number;
  readonly economy: Economy;
  readonly shock: Shock;
  readonly found: Equilibrium;
}

/** A closure with the name that tables print. */
export interface NamedClosure {
  readonly name: string;
  readonly closure: Closure;
}

/** Every closure that responds to a shock; global technology is made and used outside `restricting`. */
export function closuresAbroad(economy: Economy, restricting: string): NamedClosure[] {
  const abroad = economy.countries.filter((country) => country !== restricting);
  const roles = { innovators: abroad, adopters: abroad };
  return [
    { name: "fixed", closure: { kind: "fixed" } },
    { name: "allocation", closure: { kind: "allocation" } },
    { name: "entry", closure: { kind: "entry" } },
    { name: "global-allocation", closure: { kind: "global-allocation", ...roles } },
    { name: "global-entry", closure: { kind: "global-entry", ...roles } },
  ];
}

/** The economy with one σ in all sectors. */
export function withSigma(economy: Economy, sigma: number): Economy {
  return { ...economy, sigma: new Float64Array(economy.sigma.length).fill(sigma) };
}

/** The economy with one ψ in all sectors. */
export function withPsi(economy: Economy, psi: number): Economy {
  return { ...economy, psi: new Float64Array(economy.psi.length).fill(psi) };
}

/** Solves one shock. */
export function run(
  name: string,
  economy: Economy,
  shock: Shock,
  closure: Closure = { kind: "fixed" },
): Run {
  const [first] = economy.sigma;
  const sigma = economy.sigma.every((value) => value === first) ? first : NaN;
  return { name, sigma, economy, shock, found: solveEquilibrium(economy, shock, { closure }) };
}

/**
 * One shock under every closure and σ.
 *
 * @param shockOf the shock of an economy, called once for each σ
 */
export function runAll(
  economy: Economy,
  sigmas: readonly number[],
  shockOf: (economy: Economy) => Shock,
  closures: readonly NamedClosure[],
): Run[] {
  return sigmas.flatMap((sigma) => {
    const own = withSigma(economy, sigma);
    const shock = shockOf(own);
    return closures.map(({ name, closure }) => run(name, own, shock, closure));
  });
}

/** The run of a closure and σ. @throws RangeError when there is none */
export function pick(runs: readonly Run[], name: string, sigma: number): Run {
  const found = runs.find((one) => one.name === name && one.sigma === sigma);
  if (found === undefined) throw new RangeError(`no run of ${name} with σ = ${sigma}`);
  return found;
}

/**
 * What is left when the measures are gone and technology stays.
 *
 * @param after runs of the measures with endogenous technology
 * @param removal what the removal changes against the baseline, for instance export duties of 0
 */
export function persistence(after: readonly Run[], removal: Shock = {}): Run[] {
  return after.map(({ name, economy, found }) =>
    run(name, economy, removal, { kind: "frozen", ...found.technology })
  );
}

/**
 * Duties that restrict as much as the quotas of a run did, by element, ad valorem; a duty that the
 * element pays already is part of them.
 */
export function equivalentDuties(
  { economy, shock, found }: Run,
): { readonly element: string; readonly rate: number }[] {
  const [N, J] = [economy.countries.length, economy.sectors.length];
  const tax = shock.exportTax ?? economy.exportTax;
  return (shock.quotas ?? []).map(({ country, element }, q) => {
    const [i, j] = [economy.countries.indexOf(country), economy.sectors.indexOf(element)];
    const rates = economy.countries.flatMap((_, n) => n === i ? [] : [tax[(n * N + i) * J + j]]);
    if (rates.some((rate) => rate !== rates[0])) {
      throw new RangeError(`export taxes of ${country} on ${element} differ between buyers`);
    }
    return { element, rate: (1 + rates[0]) * (1 + found.quotaWedge[q]) - 1 };
  });
}

/** Largest gap between two equilibria in welfare, prices and costs, relative. */
export function largestGap(a: Equilibrium, b: Equilibrium): number {
  let gap = 0;
  for (const key of ["welfare", "price", "unitCost"] as const) {
    a[key].forEach((value, at) => {
      if (Number.isFinite(value) && value > 0) {
        gap = Math.max(gap, Math.abs(b[key][at] / value - 1));
      }
    });
  }
  return gap;
}
