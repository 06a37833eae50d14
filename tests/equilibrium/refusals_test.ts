import assert from "node:assert/strict";
import {
  checkEconomy,
  type Closure,
  type Economy,
  economyFromShares,
  type FailedSolve,
  type Shock,
  solveEquilibrium,
} from "@ree/equilibrium";
import { randomEconomy } from "@ree/validation";

const { economy } = randomEconomy(3);
const [N, J] = [economy.countries.length, economy.sectors.length];

/** A copy of an array with one entry changed. */
function changed(array: Float64Array, at: number, value: number): Float64Array {
  const copy = Float64Array.from(array);
  copy[at] = value;
  return copy;
}
const refuses = (change: Partial<Economy>, message: RegExp) =>
  assert.throws(() => checkEconomy({ ...economy, ...change }), message);

Deno.test("an economy that does not add up is refused with country, sector and gap", () => {
  const { tradeShare, finalShare, factorShare, revenue, expenditure, elementMix } = economy;
  refuses(
    { tradeShare: changed(tradeShare, 0, tradeShare[0] + 1e-6) },
    /tradeShare of c1, s1 sums to .*gap 0?.?.*e-7|tradeShare of c1, s1 sums to 1\.000001/,
  );
  refuses({ finalShare: changed(finalShare, 0, finalShare[0] + 0.01) }, /finalShare of c1 sums to/);
  refuses(
    { factorShare: changed(factorShare, 1, factorShare[1] + 0.01) },
    /factorShare \+ materialShare of c1, s2 sums to/,
  );
  refuses(
    { revenue: changed(revenue, J + 1, revenue[J + 1] * 1.001) },
    /revenue of c2, s2 is .* expected .* sales implied by tradeShare and expenditure \(gap /,
  );
  refuses(
    { expenditure: changed(expenditure, 2, expenditure[2] * 1.001), revenue },
    /revenue of c\d, s3 is/,
  );
  const user = economy.elementShare.findIndex((share) => share > 0);
  const E = economy.elements.length;
  refuses(
    { elementMix: changed(elementMix, user * E, elementMix[user * E] + 0.1) },
    /elementMix of c\d, \w+ sums to/,
  );
  refuses({ transfer: changed(economy.transfer, 0, 0.5) }, /transfer: sums to .*; expected 0/);
});

Deno.test("invalid entries of an economy are refused by name", () => {
  refuses(
    { theta: changed(economy.theta, 1, NaN) },
    /theta of s2 is NaN; expected a finite number/,
  );
  refuses({ theta: changed(economy.theta, 1, 0) }, /theta of s2 is 0; expected more than 0/);
  refuses(
    { tradeShare: changed(economy.tradeShare, 1, -0.1) },
    /tradeShare of c1, c1, s2 is -0.1; expected a finite number of at least 0/,
  );
  refuses({ sigma: new Float64Array(2) }, /sigma: expected a Float64Array \[J\] of \d+, got 2/);
  refuses(
    { sigma: changed(economy.sigma, 0, 3), psi: changed(economy.psi, 0, 0.5) },
    /psi·\(sigma − 1\) of s1 is 0.5·\(3 − 1\) = 1; directed technology is stable only below 1/,
  );
  refuses({ countries: economy.countries.map(() => "c1") }, /countries: "c1" appears twice/);
  refuses({ elements: ["gold"] }, /elements: "gold" is not a sector/);
  refuses(
    { specificShare: changed(economy.specificShare, 0, 0.3) },
    /specificShare of c1, s1 is 0.3; expected 0 in a sector that is not an element/,
  );
  refuses(
    { tariff: changed(economy.tariff, 5, -1) },
    /tariff of c1, .* is -1; expected more than −1/,
  );
  const element = economy.sectors.indexOf(economy.elements[0]);
  refuses(
    { materialShare: changed(economy.materialShare, element, 1e-3) },
    /sums to|expected 0: elements enter through elementShare/,
  );
  assert.throws(
    () =>
      economyFromShares({
        ...economy,
        transfer: economy.transfer.map((_, n) => n === 0 ? 5 : -5 / (N - 1)),
      }),
    /factor income of c\d is|expenditure of c\d|income of c\d is/,
  );
  assert.throws(() => economyFromShares(economy, { worldIncome: -1 }), /worldIncome is -1/);
});

Deno.test("invalid shocks are refused by name", () => {
  const cases: [Shock, RegExp][] = [
    [
      { tariff: new Float64Array(3) },
      /shock.tariff: expected a Float64Array of \d+, got 3 numbers/,
    ],
    [
      { tariff: changed(economy.tariff, J, NaN) },
      /shock.tariff of c1, c2, s1 is NaN; expected a new tariff above −1/,
    ],
    [
      { iceberg: changed(economy.tradeShare.map(() => 1), 1, 0) },
      /shock.iceberg of c1, c1, s2 is 0/,
    ],
    [{ resource: changed(economy.revenue.map(() => 1), 0, -1) }, /shock.resource of c1, s1 is -1/],
    [{ transfer: changed(economy.transfer, 0, 1) }, /transfer: sums to/],
    [
      { quotas: [{ country: "Mars", element: "e1", limit: 1 }] },
      /unknown country of a quota "Mars"/,
    ],
    [
      { quotas: [{ country: "c1", element: "gold", limit: 1 }] },
      /unknown element of a quota "gold"/,
    ],
    [{ quotas: [{ country: "c1", element: "s1", limit: -1 }] }, /quota of c1 on s1: limit is -1/],
    [
      {
        quotas: [
          { country: "c1", element: "s2", limit: 1 },
          { country: "c1", element: "s2", limit: 0.5 },
        ],
      },
      /quota of c1 on s2 is given twice/,
    ],
    [JSON.parse('{"tarif":[1]}'), /shock: unknown field "tarif"; expected tariff/],
  ];
  for (const [shock, message] of cases) {
    assert.throws(() => solveEquilibrium(economy, shock), message);
  }
});

Deno.test("invalid closures and options are refused by name", () => {
  const refusesClosure = (closure: Closure, message: RegExp) =>
    assert.throws(() => solveEquilibrium(economy, {}, { closure }), message);
  refusesClosure(JSON.parse('{"kind":"magic"}'), /unknown closure "magic"; expected one of fixed/);
  refusesClosure(
    { kind: "global-entry", innovators: [], adopters: ["c1"] },
    /global-entry: expected a list of innovators/,
  );
  refusesClosure(
    { kind: "global-allocation", innovators: ["c1"], adopters: ["X"] },
    /unknown country among the adopters "X"/,
  );
  const ones = new Float64Array(N * J).fill(1);
  refusesClosure(
    { kind: "frozen", element: changed(ones, 0, 0), other: ones },
    /frozen element of c1, s1 is 0; expected a number above 0/,
  );
  assert.throws(() => solveEquilibrium(economy, {}, { tolerance: 0 }), /tolerance is 0/);
  assert.throws(() => solveEquilibrium(economy, {}, { maxIterations: 0 }), /maxIterations is 0/);
});

Deno.test("no convergence is an error that carries the residuals and the last state", () => {
  const tariff = economy.tariff.map((t, at) => {
    const [n, i] = [Math.floor(at / (N * J)), Math.floor(at / J) % N];
    return n === i ? t : 0.5;
  });
  let failed: (Error & Partial<FailedSolve>) | undefined;
  try {
    solveEquilibrium(economy, { tariff }, { maxIterations: 2 });
  } catch (error) {
    if (error instanceof Error) failed = error;
  }
  assert.equal(failed?.name, "EquilibriumError");
  assert.match(
    failed?.message ?? "",
    /no convergence to 1e-11 in 2 iterations \(residuals: prices/,
  );
  assert.ok((failed?.residuals?.factors ?? 0) > 1e-11);
  assert.equal(failed?.lastState?.welfare.length, N);
  // The last state is a starting point.
  assert.ok(solveEquilibrium(economy, { tariff }, { start: failed?.lastState }).welfare[0] > 0);
});
