import assert from "node:assert/strict";
import { type Closure, type Equilibrium, type Shock, solveEquilibrium } from "@ree/equilibrium";
import { lu, luSolve } from "@ree/numeric";
import {
  type LevelState,
  levelSystem,
  type LevelTechnology,
  newton,
  type Primitives,
  type RandomEconomy,
  randomEconomy,
} from "@ree/validation";

/** Steps of central differences (log points); errors of order h² beside the solvers' 1e-13. */
const H = 1e-4;
const AGREEMENT = 2e-6;

/** Directions in which a world is moved: all at once, so that no output stands still. */
function moved(
  { primitives: p }: RandomEconomy,
  t: number,
): { shock: Shock; primitives: Primitives } {
  const { N, J, F } = p;
  const wave = (length: number, phase: number) =>
    Float64Array.from({ length }, (_, at) => Math.exp(t * Math.sin(phase + 1.7 * at)));
  const [iceberg, factorEndowment, resource] = [
    wave(N * N * J, 0.3),
    wave(N * F, 1.1),
    wave(N * J, 2.2),
  ];
  const tariff = p.tariff.map((rate, at) => {
    const home = Math.floor(at / (N * J)) === Math.floor(at / J) % N;
    return home ? rate : (1 + rate) * Math.exp(0.5 * t * Math.cos(at)) - 1;
  });
  return {
    shock: { iceberg, factorEndowment, resource, tariff },
    primitives: {
      ...p,
      tariff,
      iceberg: p.iceberg.map((value, at) => value * iceberg[at]),
      factors: p.factors.map((value, at) => value * factorEndowment[at]),
      resources: p.resources.map((value, at) => value * resource[at]),
    },
  };
}

/** d of every variable of the level model along the direction, by the implicit function theorem. */
function implicitDerivative(random: RandomEconomy, kind: "fixed" | "allocation" | "entry") {
  const { primitives: p, base } = random;
  const technology: LevelTechnology = kind === "fixed"
    ? { kind }
    : { kind, base, baseFactors: p.factors };
  const system = levelSystem(p, [], technology);
  // The baseline solved once more: technologies start at ln 1 = 0.
  const plain = levelSystem(p, [], { kind: "fixed" });
  const start = new Float64Array(system.size);
  start.set(newton(plain.residual, plain.start, 200).point);
  const { point, gap } = newton(system.residual, start, 100);
  assert.ok(gap < 1e-11, `${gap}`);
  const size = system.size;
  const jacobian = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const [up, down] = [H, -H].map((h) => {
      const x = Float64Array.from(point);
      x[k] += h;
      return system.residual(x);
    });
    for (let i = 0; i < size; i++) jacobian[i * size + k] = (up[i] - down[i]) / (2 * H);
  }
  const at = (t: number) => levelSystem(moved(random, t).primitives, [], technology);
  const [up, down] = [at(H).residual(point), at(-H).residual(point)];
  const slope = luSolve(lu(jacobian), up.map((value, i) => -(value - down[i]) / (2 * H)));
  const along = (t: number) => at(t).state(point.map((value, k) => value + t * slope[k]));
  return [along(H), along(-H)] as const;
}

Deno.test("d ln of every output of a world equals the implicit derivative of the level model", () => {
  const pairs: readonly (readonly [keyof Equilibrium, keyof LevelState])[] = [
    ["wage", "wage"],
    ["resourceReturn", "rent"],
    ["price", "price"],
    ["unitCost", "cost"],
    ["income", "income"],
    ["expenditure", "spending"],
    ["revenue", "revenue"],
    ["tradeShare", "tradeShare"],
    ["elementShare", "elementShare"],
    ["elementMix", "elementMix"],
  ];
  for (const seed of [2, 3, 5]) {
    const random = randomEconomy(seed, { N: 3, J: 5, E: 2 });
    const { economy } = random;
    const [J, E] = [economy.sectors.length, economy.elements.length];
    for (const kind of ["fixed", "allocation", "entry"] as const) {
      const [levelUp, levelDown] = implicitDerivative(random, kind);
      const closure: Closure = { kind };
      const solved = (t: number) =>
        solveEquilibrium(economy, moved(random, t).shock, { closure, tolerance: 1e-13 });
      const [up, down] = [solved(H), solved(-H)];
      const compare = (name: string, own: number, level: number, at: number) =>
        assert.ok(
          Math.abs(own - level) < AGREEMENT,
          `seed ${seed}, ${kind}, d ln ${name} ${at}: ${own}, implicit ${level}`,
        );
      let compared = 0;
      for (const [name, levelName] of pairs) {
        const [a, b] = [up[name] as Float64Array, down[name] as Float64Array];
        const [c, d] = [levelUp[levelName] as Float64Array, levelDown[levelName] as Float64Array];
        a.forEach((value, at) => {
          const producer = name === "elementMix" ? Math.floor(at / E) : at;
          const made = ["resourceReturn", "unitCost", "revenue", "elementShare", "elementMix"]
            .includes(name);
          if (made && !(economy.revenue[producer] > 0)) return;
          if (name === "resourceReturn" && economy.specificShare[at] === 0) return;
          if ((name === "price" || name === "expenditure") && economy.expenditure[at] === 0) return;
          if (c[at] === 0 || value === 0) return;
          const own = Math.log(value / b[at]) / (2 * H);
          compare(name, own, Math.log(c[at] / d[at]) / (2 * H), at);
          compared++;
        });
      }
      for (const name of ["element", "other"] as const) {
        const levelName = name === "element" ? "elementTech" : "otherTech";
        up.technology[name].forEach((value, at) => {
          if (!(economy.revenue[at] > 0 && economy.elementShare[at] > 0)) return;
          const own = Math.log(value / down.technology[name][at]) / (2 * H);
          compare(
            name,
            own,
            Math.log(levelUp[levelName][at] / levelDown[levelName][at]) / (2 * H),
            at,
          );
        });
      }
      assert.ok(compared > 100, `${compared}`);
      up.welfare.forEach((value, n) => {
        let lnPrice = 0;
        for (let j = 0; j < J; j++) {
          lnPrice += economy.finalShare[n * J + j] *
            Math.log(levelUp.price[n * J + j] / levelDown.price[n * J + j]);
        }
        const level = (Math.log(levelUp.income[n] / levelDown.income[n]) - lnPrice) / (2 * H);
        compare("welfare", Math.log(value / down.welfare[n]) / (2 * H), level, n);
      });
    }
  }
});
