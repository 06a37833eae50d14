import { loadInputDistributions } from "@ree/data";
import type { ElasticityRow } from "@ree/equilibrium";
import { judgedQuantile, parameterColumns, parameterDraw, saltelliDesign } from "@ree/uncertainty";
import { normalProbability, normalQuantile, randomStream } from "@ree/numeric";
import assert from "node:assert/strict";

const row = (sector: string, low: number, value: number, high: number): ElasticityRow => ({
  parameter: "theta",
  sector,
  value,
  low,
  high,
  source: "made up",
  reading: "made up",
});
/** Closed forms against sums over an even grid of 10,000 probabilities. */
const GRID = 1e-4;
/** Half a percent of the unit: 20,000 pseudo-random draws have a standard error of a seventh of that. */
const SAMPLED = 0.02;

Deno.test("a triangular distribution has mean (low + peak + high)/3 and the variance of its closed form", () => {
  const [low, value, high] = [2, 6, 15];
  const draws = Array.from(
    { length: 10_000 },
    (_, k) => judgedQuantile({ low, value, high }, "triangular", (k + 0.5) / 10_000),
  );
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
  assert.ok(Math.abs(mean - (low + value + high) / 3) < GRID);
  const squares = low ** 2 + value ** 2 + high ** 2;
  const products = low * value + low * high + value * high;
  assert.ok(Math.abs(variance / ((squares - products) / 18) - 1) < 10 * GRID);
});

Deno.test("the log-triangular quantile is the triangular one of logs, ends and single points included", () => {
  const range = { low: 0.1, value: 0.3, high: 1 };
  assert.equal(judgedQuantile(range, "triangular", 0), 0.1);
  assert.equal(judgedQuantile(range, "triangular", 1), 1);
  const middle = judgedQuantile({ low: 0.1, value: 1, high: 10 }, "log-triangular", 0.5);
  assert.ok(Math.abs(middle - 1) < 1e-12);
  assert.equal(judgedQuantile({ low: 5, value: 5, high: 5 }, "triangular", 0.9), 5);
  assert.equal(judgedQuantile({ low: 8, value: 20, high: 20 }, "triangular", 1), 20);
  assert.throws(
    () => judgedQuantile({ low: 0, value: 1, high: 2 }, "log-triangular", 0.5),
    /low 0/,
  );
  assert.throws(() => judgedQuantile({ low: 2, value: 1, high: 3 }, "triangular", 0.5), /2, 1, 3/);
  assert.throws(() => judgedQuantile(range, "triangular", NaN), /NaN/);
});

Deno.test("rows of a parameter have their own marginal and the judged correlation of normal scores", () => {
  const rows = [row("a", 0, 1, 2), row("b", 1, 2, 6), row("elements", 2, 6, 15)];
  const distribution = { shape: "triangular" as const, common: 0.5 };
  assert.equal(parameterColumns(rows), 3);
  const random = randomStream(5);
  const scores = rows.map(() => [] as number[]);
  for (let draw = 0; draw < 20_000; draw++) {
    const uniforms = Array.from({ length: 3 }, () => random.uniform() || 0.5);
    parameterDraw(rows, distribution, uniforms).forEach((value, k) =>
      scores[k].push(normalQuantile(inverse(rows[k], value)))
    );
  }
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  for (let a = 0; a < 3; a++) {
    assert.ok(Math.abs(mean(scores[a])) < SAMPLED);
    assert.ok(Math.abs(mean(scores[a].map((x) => x * x)) - 1) < 2 * SAMPLED);
    for (let b = 0; b < a; b++) {
      const together = mean(scores[a].map((x, k) => x * scores[b][k]));
      assert.ok(Math.abs(together - 0.5) < SAMPLED, `${a} ${b} ${together}`);
    }
  }
});

/** Distribution function of a triangular range. */
function inverse({ low, value, high }: ElasticityRow, x: number): number {
  return x < value
    ? (x - low) ** 2 / ((high - low) * (value - low))
    : 1 - (high - x) ** 2 / ((high - low) * (high - value));
}

Deno.test("common 1 moves all rows to the same quantile, one row takes its number as it is", () => {
  const rows = [row("a", 0, 1, 2), row("b", 10, 11, 12)];
  const values = parameterDraw(rows, { shape: "triangular", common: 1 }, [0.2, 0.7]);
  assert.ok(Math.abs(values[1] - values[0] - 10) < 1e-9);
  const alone = parameterDraw(rows.slice(0, 1), { shape: "triangular", common: 1 }, [0.2]);
  assert.ok(Math.abs(alone[0] - values[0]) < 1e-9);
  assert.throws(() => parameterDraw(rows, { shape: "triangular", common: 1 }, [0.2]), /expected 2/);
});

Deno.test("a point of a part is A with the columns of its group from B", () => {
  const design = saltelliDesign([{ name: "x", columns: 2 }, { name: "y", columns: 1 }], 3);
  assert.deepEqual(design.parts, ["A", "B", "x", "y"]);
  for (const at of [0, 1, 17, 4000]) {
    const [a, b] = ["A", "B"].map((part) => [...design.point(at, part)]);
    assert.deepEqual([...design.point(at, "x")], [b[0], b[1], a[2]]);
    assert.deepEqual([...design.point(at, "y")], [a[0], a[1], b[2]]);
    assert.ok([...a, ...b].every((u) => u > 0 && u < 1));
    assert.ok(a.every((u, k) => u !== b[k]));
  }
  assert.deepEqual(
    design.point(5, "A"),
    saltelliDesign([{ name: "z", columns: 3 }], 3).point(5, "A"),
  );
});

Deno.test("designs without sense are refused", () => {
  assert.throws(() => saltelliDesign([{ name: "x", columns: 1 }], 0), /seed 0/);
  assert.throws(() => saltelliDesign([{ name: "A", columns: 1 }], 1), /A names two/);
  const design = saltelliDesign([{ name: "x", columns: 1 }], 1);
  assert.throws(() => design.point(0, "z"), /part z; expected one of A, B, x/);
});

Deno.test("every parameter has a judged distribution, and a table without one is refused", () => {
  const found = loadInputDistributions();
  assert.deepEqual(found.map(({ input }) => input).sort(), [
    "eta",
    "psi",
    "sigma",
    "supply",
    "theta",
  ]);
  const dir = Deno.makeTempDirSync();
  try {
    Deno.mkdirSync(`${dir}/judged`);
    const write = (rows: string) =>
      Deno.writeTextFileSync(
        `${dir}/judged/input_distributions.csv`,
        "input,shape,common,why,reading\n" + rows,
      );
    write("theta,triangular,0.5,x,y\n");
    assert.throws(() => loadInputDistributions(dir), /no distribution of sigma/);
    write("theta,triangular,1.5,x,y\n");
    assert.throws(() => loadInputDistributions(dir), /row 2, column common/);
    write("theta,square,1,x,y\n");
    assert.throws(() => loadInputDistributions(dir), /row 2, column shape/);
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});

/** Six standard deviations out the quantile has nine digits. */
const FAR_TAIL = 1e-7;

Deno.test("normal probability and quantile undo each other", () => {
  for (const p of [1e-9, 0.2, 0.5, 0.975, 1 - 1e-9]) {
    assert.ok(Math.abs(normalProbability(normalQuantile(p)) / p - 1) < FAR_TAIL);
  }
  assert.ok(Math.abs(normalQuantile(0.975) - 1.959963984540054) < 1e-12);
});
