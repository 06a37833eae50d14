import { priceIndex } from "@ree/elasticity";
import { randomStream } from "@ree/numeric";
import assert from "node:assert/strict";

/** Rounding of sums of logs. */
const ROUNDING = 1e-12;

function randomPrices(periods: number, goods: number): number[][] {
  const random = randomStream(11);
  return Array.from(
    { length: periods },
    () => Array.from({ length: goods }, () => Math.exp(random.normal())),
  );
}

const close = (own: number, expected: number) =>
  assert.ok(Math.abs(own / expected - 1) < ROUNDING, `${own}, expected ${expected}`);

Deno.test("prices that all double double every index", () => {
  const [row] = randomPrices(1, 4);
  const prices = [row, row.map((price) => 2 * price)];
  const weights = [1, 2, 3, 4];
  close(priceIndex(prices, weights, { kind: "tornqvist" })[1], 2);
  for (const eta of [0, 0.5, 1, 3]) close(priceIndex(prices, weights, { kind: "ces", eta })[1], 2);
});

Deno.test("the Törnqvist index with fixed weights is geometric, and equals CES at η = 1", () => {
  const prices = randomPrices(5, 3);
  const tornqvist = priceIndex(prices, [0.2, 0.3, 0.5], { kind: "tornqvist" });
  const ces = priceIndex(prices, [0.2, 0.3, 0.5], { kind: "ces", eta: 1 });
  tornqvist.forEach((value, t) => close(value, ces[t]));
  close(
    tornqvist[4],
    [0.2, 0.3, 0.5].reduce((product, w, e) => product * (prices[4][e] / prices[0][e]) ** w, 1),
  );
});

Deno.test("the Törnqvist index is exact for the shares and prices of a translog demand: CES shares at small steps", () => {
  // Chained over many small steps with the CES shares of each period it reaches the CES index.
  const [eta, base, steps] = [0.6, [0.5, 0.3, 0.2], 4000];
  const path = Array.from({ length: steps + 1 }, (_, t) => [
    Math.exp(t / steps),
    Math.exp(-0.5 * t / steps),
    1,
  ]);
  const shares = path.map((row) => row.map((price, e) => base[e] * price ** (1 - eta)));
  const chained = priceIndex(path, shares, { kind: "tornqvist" })[steps];
  const exact = priceIndex(path, base, { kind: "ces", eta })[steps];
  assert.ok(Math.abs(chained / exact - 1) < 1e-8, `${chained} ${exact}`);
});

Deno.test("η = 0 is Laspeyres; a higher η gives a lower index", () => {
  const prices = [[1, 1], [3, 1]];
  close(priceIndex(prices, [0.5, 0.5], { kind: "ces", eta: 0 })[1], 2);
  const indexes = [0, 0.5, 1, 2, 5].map((eta) =>
    priceIndex(prices, [0.5, 0.5], { kind: "ces", eta })[1]
  );
  indexes.slice(1).forEach((value, k) => assert.ok(value < indexes[k]));
});

Deno.test("bad prices, weights and options are named", () => {
  const ok = [[1, 1], [1, 2]];
  assert.throws(() => priceIndex([[1, 0]], [1, 1], { kind: "tornqvist" }), /price 0 of good 1/);
  assert.throws(() => priceIndex(ok, [1, -1], { kind: "tornqvist" }), /weight -1 of good 1/);
  assert.throws(() => priceIndex(ok, [0, 0], { kind: "tornqvist" }), /sum to 0/);
  assert.throws(() => priceIndex(ok, [1], { kind: "tornqvist" }), /1 weights .* for 2 goods/);
  assert.throws(() => priceIndex(ok, [1, 1], { kind: "ces" }), /needs eta/);
  assert.throws(() => priceIndex([], [1], { kind: "tornqvist" }), /no periods/);
});
