import {
  countDraws,
  decomposeOutcome,
  decompositions,
  type Draw,
  drawCountText,
  drawRecords,
  extendRun,
  headlineOutcomes,
  histogram,
  INPUT_GROUPS,
  intervalFinding,
  leadFinding,
  leadingInput,
  mattersText,
  measureColumns,
  measureFinding,
  measureRows,
  originText,
  outcomeIntervals,
  outcomeValues,
  saltelliDesign,
  stabilityRows,
  type UncertaintyRun,
} from "@ree/uncertainty";
import pl from "nodejs-polars";
import assert from "node:assert/strict";

/** Rows of a made-up run: a power of two. */
const ROWS = 256;

const groups = INPUT_GROUPS.map((name) => ({ name, columns: 1 }));
const outcome = (key: string, kind: "price" | "exports" | "welfare" | "mitigation") => ({
  key,
  label: key,
  unit: "units",
  closure: key === "mitigation" ? "both" as const : "fixed" as const,
  kind,
});

/** A run whose outcomes are known functions of the six inputs. @param fails whether a draw fails */
function madeUpRun(fails: (row: number, part: string) => boolean = () => false): UncertaintyRun {
  const design = saltelliDesign(groups, 11);
  const outcomes = [
    outcome("fixed price", "price"),
    outcome("fixed exports c14", "exports"),
    outcome("fixed welfare abroad", "welfare"),
    outcome("mitigation", "mitigation"),
  ];
  const of = (u: Float64Array) => [2 + u[1], -u[0], -1000 * u[1] - 10 * u[2], 10 * u[4]];
  return {
    outcomes,
    groups,
    central: Float64Array.from(of(new Float64Array(6).fill(0.5))),
    rows: ROWS,
    parts: design.parts,
    draws: Array.from({ length: ROWS }, (_, row) =>
      design.parts.map((part): Draw => {
        const failed = fails(row, part);
        return {
          row,
          part,
          values: failed
            ? new Float64Array(4).fill(NaN)
            : Float64Array.from(of(design.point(row, part))),
          failure: failed ? "no convergence" : "",
          sigmaSetToZero: part === "A" ? 1 : 0,
        };
      })).flat(),
    inputs: { estimates: null } as unknown as UncertaintyRun["inputs"],
    inputsHash: "made up",
    provenance: {} as UncertaintyRun["provenance"],
  };
}

Deno.test("intervals are quantiles of the independent draws, around the central values", () => {
  const [price, exports] = outcomeIntervals(madeUpRun());
  assert.equal(price.central, 2.5);
  assert.equal(price.draws, 2 * ROWS);
  // 512 points of a sequence are within a hundredth of the uniform distribution.
  for (
    const [found, expected] of [[price.lower, 2.025], [price.median, 2.5], [price.upper, 2.975]]
  ) {
    assert.ok(Math.abs(found - expected) < 0.01, `${found}`);
  }
  assert.ok(exports.lower < exports.median && exports.median < exports.upper && exports.upper < 0);
});

Deno.test("the leading input of each outcome is the one it depends on", () => {
  const found = decompositions(madeUpRun(), headlineOutcomes(madeUpRun()));
  assert.deepEqual(
    found.map((one) => leadingInput(one).lead.group),
    ["sigma", "weights", "sigma", "psi"],
  );
  assert.ok(found.every((one) => leadingInput(one).clear));
  assert.match(
    leadFinding(found),
    /^Uncertainty of σ weighs most for 2 of 4 outcomes \(all clearly\)/,
  );
  const text = mattersText(found);
  assert.match(text, /mitigation.*: ψ, 100 % in total/);
  assert.match(
    text,
    /total share of θ and of η and of the supply elasticity stays/,
  );
});

Deno.test("failed draws are counted with their reason, left out, and said", () => {
  const run = madeUpRun((row, part) => part === "sigma" && row < 3 || part === "A" && row === 7);
  const count = countDraws(run);
  assert.equal(count.failed, 4);
  assert.deepEqual(count.reasons, [{ reason: "no convergence", draws: 4 }]);
  assert.equal(outcomeIntervals(run)[0].draws, 2 * ROWS - 1);
  assert.equal(decomposeOutcome(run, "fixed price").dropped, 4);
  assert.match(drawCountText(count, run), /4 draws failed and have no numbers: 4 × no convergence/);
  assert.match(
    drawCountText(countDraws(madeUpRun()), run),
    /^2,048 draws: 256 rows.*No draw failed/,
  );
});

Deno.test("a title names intervals of price, welfare and mitigation", () => {
  assert.match(
    intervalFinding(outcomeIntervals(madeUpRun())),
    /^Element prices abroad rise to 2\.0\d to 2\.9\d times .* −9\d\d to −3\d million USD/,
  );
});

Deno.test("two measures side by side show whose share of the variance changes", () => {
  const quota = madeUpRun();
  // The same draws of a measure under which the supply elasticity moves the price.
  const design = saltelliDesign(groups, 11);
  const duty = {
    ...quota,
    draws: quota.draws.map((draw) => ({
      ...draw,
      values: draw.values.map((value, k) =>
        k === 0 ? 2 + design.point(draw.row, draw.part)[5] : value
      ),
    })),
  };
  const measured = (name: string, run: UncertaintyRun) => ({
    name,
    intervals: outcomeIntervals(run),
    found: decompositions(run, headlineOutcomes(run)),
  });
  const both = [measured("quota", quota), measured("duty", duty)] as const;
  assert.match(
    measureFinding(both, "fixed price"),
    /that of the supply elasticity is 0 % .* under the quota and (9|10)\d % .* that of σ is (9|10)\d % .* and 0 %/,
  );
  const [price, exports] = measureRows(both);
  assert.match(price["quota lead"], /^σ/);
  assert.match(price["duty lead"], /^supply/);
  assert.equal(exports["quota lead"], exports["duty lead"]);
  assert.deepEqual(
    measureColumns(both).map(({ key }) => key),
    Object.keys(price),
  );
});

Deno.test("unknown outcomes and parts are named", () => {
  assert.throws(() => outcomeValues(madeUpRun(), "rents", "A"), /outcome "rents"; expected one of/);
  assert.throws(() => outcomeValues(madeUpRun(), "mitigation", "C"), /part "C"; the run has A, B/);
});

Deno.test("half of the rows gives a share of its own, half of very few rows none", () => {
  const run = madeUpRun();
  const rows = (one: UncertaintyRun) =>
    stabilityRows(one, decompositions(one, headlineOutcomes(one)));
  for (const { half, all } of rows(run)) {
    assert.ok(Math.abs(Number(half) - 100) < 10 && Math.abs(Number(all) - 100) < 10);
  }
  const few = { ...run, rows: 4, draws: run.draws.filter(({ row }) => row < 4) };
  assert.ok(rows(few).every(({ half, all }) => half === null && Number(all) > 0));
});

Deno.test("a histogram holds every value once, in bars at round ends", () => {
  const values = Array.from({ length: 300 }, (_, k) => -2 + k / 60);
  const bars = histogram(values, 20);
  assert.ok(Math.abs(bars.reduce((sum, { percent }) => sum + percent, 0) - 100) < 1e-9);
  assert.ok(bars.length <= 22 && bars[0].from <= -2 && bars.at(-1)!.to >= 2.98);
  bars.forEach(({ from, to, percent }) => {
    const inside = values.filter((value) => value >= from && value < to).length;
    assert.ok(Math.abs(percent - inside / 3) < 1, `${from} ${to}`);
    assert.ok(Math.abs(from * 4 - Math.round(from * 4)) < 1e-9);
  });
  assert.equal(histogram([5, 5, 5]).reduce((sum, { percent }) => sum + percent, 0), 100);
  assert.throws(() => histogram([]), /0 values/);
});

Deno.test("draws of an earlier run extend the same draws, and only those", () => {
  const whole = madeUpRun();
  const few = { ...whole, rows: 4, draws: whole.draws.filter(({ row }) => row < 4) };
  const frame = pl.readRecords(drawRecords(whole), { inferSchemaLength: whole.draws.length });
  const saved = { inputsHash: whole.inputsHash, frame };
  const extended = extendRun(few, saved);
  assert.deepEqual(extended.run.draws, whole.draws);
  assert.equal(extended.run.rows, ROWS);
  assert.equal(extended.largestDifference, 0);
  assert.match(originText(extended), /^32 draws \(4 rows\).*2,048 committed draws .* last digit/);

  const other = extendRun({ ...few, inputsHash: "other inputs" }, saved);
  assert.equal(other.run.rows, 4);
  assert.match(
    originText(other),
    /^All 32 draws were computed here: the committed ones are of other/,
  );
  const same = extendRun(whole, saved);
  assert.equal(same.extended, false);
  assert.match(originText(same), /no fewer than the committed ones/);
});

Deno.test("earlier draws that are no longer the model's are refused", () => {
  const whole = madeUpRun();
  const few = { ...whole, rows: 4, draws: whole.draws.filter(({ row }) => row < 4) };
  const records = drawRecords(whole);
  const saved = (rows: ReturnType<typeof drawRecords>) => ({
    inputsHash: whole.inputsHash,
    frame: pl.readRecords(rows, { inferSchemaLength: rows.length }),
  });
  const changed = records.map((record, k) =>
    k === 3 ? { ...record, mitigation: 1.001 * Number(record.mitigation) } : record
  );
  assert.throws(() => extendRun(few, saved(changed)), /draws differ by up to 1\.0e-3/);
  const failed = records.map((record, k) => k === 3 ? { ...record, failure: "why" } : record);
  assert.throws(() => extendRun(few, saved(failed)), /row 0, part sigma: failed in one run only/);
  assert.throws(() => extendRun(few, saved(records.toReversed())), /record 0 is row 255/);
  const { mitigation: _, ...without } = records[0];
  assert.throws(() => extendRun(few, saved([without])), /no column "mitigation"/);
});
