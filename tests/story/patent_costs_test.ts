import assert from "node:assert/strict";
import * as story from "@ree/story";

const BASE = {
  abstracts: 1_000_000,
  characters: 900,
  prices: { promptPerMillion: 0.5, completionPerMillion: 1.5 },
};

Deno.test("cost and tokens are in proportion to the share that passes", () => {
  const [low, high] = story.costRows({ ...BASE, shares: [0.01, 0.1] });
  assert.deepEqual([low.texts, high.texts], [10_000, 100_000]);
  for (const key of ["tokens", "cost", "highest"] as const) {
    assert.ok(Math.abs(high[key]! / low[key]! - 10) < 1e-9, key);
  }
  assert.ok(low.cost! < low.highest!);
});

Deno.test("longer texts cost more, and only through the prompt", () => {
  const shares = [1];
  const [short] = story.costRows({ ...BASE, shares });
  const [long] = story.costRows({ ...BASE, shares, characters: 1800 });
  assert.ok(long.cost! > short.cost!);
  const free = { promptPerMillion: 0, completionPerMillion: 1.5 };
  const [a] = story.costRows({ ...BASE, shares, prices: free });
  const [b] = story.costRows({ ...BASE, shares, prices: free, characters: 1800 });
  assert.equal(a.cost, b.cost);
});
