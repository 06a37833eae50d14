import { randomStream } from "@ree/numeric";

/** Permutations of 0 .. count − 1. */
export interface Orders {
  /** Row-major [draws][count]. */
  readonly orders: Uint16Array;
  readonly draws: number;
  /** All count! permutations, the identity among them. */
  readonly enumerated: boolean;
}

/** 9! = 362,880 permutations are the most that are gone through. */
export const MOST_ELEMENTS_ENUMERATED = 9;

/**
 * All permutations when there are at most as many as draws are asked for, else seeded draws.
 *
 * @throws when "enumerate" is asked of more than 9 elements
 */
export function permutationOrders(
  count: number,
  draws: number | "enumerate",
  seed: number,
): Orders {
  if (draws !== "enumerate" && !(Number.isInteger(draws) && draws >= 1)) {
    throw new RangeError(
      `permuteShocks: draws must be a whole number ≥ 1 or "enumerate", got ${draws}`,
    );
  }
  if (draws === "enumerate" && count > MOST_ELEMENTS_ENUMERATED) {
    throw new RangeError(
      `permuteShocks: permutations of up to ${MOST_ELEMENTS_ENUMERATED} elements are enumerated, ` +
        `got ${count}; give a number of draws`,
    );
  }
  let all = 1;
  for (let k = 2; k <= count; k++) all *= k;
  if (draws === "enumerate" || (all <= draws && count <= MOST_ELEMENTS_ENUMERATED)) {
    return { orders: allOrders(count, all), draws: all, enumerated: true };
  }
  const random = randomStream(seed);
  const orders = new Uint16Array(draws * count);
  for (let d = 0; d < draws; d++) {
    const order = orders.subarray(d * count, (d + 1) * count);
    for (let e = 0; e < count; e++) order[e] = e;
    for (let e = count - 1; e > 0; e--) {
      const f = random.integer(e + 1);
      [order[e], order[f]] = [order[f], order[e]];
    }
  }
  return { orders, draws, enumerated: false };
}

/** Heap's algorithm. */
function allOrders(count: number, all: number): Uint16Array {
  const orders = new Uint16Array(all * count);
  const order = Uint16Array.from({ length: count }, (_, e) => e);
  const counter = new Uint8Array(count);
  orders.set(order, 0);
  let next = 1;
  for (let k = 1; k < count;) {
    if (counter[k] < k) {
      const other = k % 2 === 0 ? 0 : counter[k];
      [order[other], order[k]] = [order[k], order[other]];
      orders.set(order, count * next++);
      counter[k]++;
      k = 1;
    } else counter[k++] = 0;
  }
  return orders;
}
