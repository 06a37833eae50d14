import assert from "node:assert/strict";
import { cleanOutputs, withOutputs } from "../../lib/report/clean_notebook.ts";
import { outputDifferences, textDifference } from "../../lib/report/compare_outputs.ts";
import { missingOutputs, shouldShow } from "../../lib/report/missing_outputs.ts";
import { code, notebook, shown, text } from "./notebooks.ts";

Deno.test("a cell that calls show, or is tagged so, must have an output", () => {
  const run = notebook(
    text("# A"),
    code("const a = 1;"),
    code("// show(a)\nconst reshow = 2; reshow2(3);"),
    code("await show(a);"),
    code("await figure();", [], ["shows"]),
    code("await show(b);", [shown({ "text/plain": "b" })]),
  );
  assert.deepEqual(missingOutputs(run), [
    "cell 4 [3] should show something but has no output: await show(a);",
    "cell 5 [4] should show something but has no output: await figure();",
  ]);
  assert.equal(
    shouldShow(code(`log("show (x)");`)),
    true,
    "text in quotes counts; better once too often",
  );
});

Deno.test("cleaned outputs do not tell how the text arrived, nor its colours", () => {
  const stream = (part: string) => ({ output_type: "stream", name: "stdout", text: part }) as const;
  const apart = cleanOutputs([stream("a\n\u001b[1mb"), stream("\u001b[0m c\n")], 1);
  assert.deepEqual(apart, cleanOutputs([stream("a\nb c\n")], 1));
});

Deno.test("outputs written back leave sources and metadata alone and count from one", () => {
  const committed = notebook(text("# A"), code(""), code("1", [], ["parameters"]), code("2"));
  const executed = notebook(
    text("# A"),
    code(""),
    { ...code("1"), execution_count: 7, metadata: { execution: { started: "now" } } },
    code("2", [{ output_type: "execute_result", data: { "text/plain": "2" }, execution_count: 9 }]),
  );
  const written = withOutputs(committed, executed);
  assert.deepEqual(written.cells.map((cell) => cell.execution_count), [undefined, null, 1, 2]);
  assert.deepEqual(written.cells[2].metadata, { tags: ["parameters"] });
  assert.equal(written.cells[3].outputs?.[0].execution_count, 2);
  assert.deepEqual(withOutputs(written, executed), written);
});

Deno.test("a changed number is found and named with what surrounds it", () => {
  const before = notebook(code("show(1)", [shown({ "text/plain": "sigma is 0.81, band 0.2" })]));
  const after = notebook(code("show(1)", [shown({ "text/plain": "sigma is 0.82, band 0.2" })]));
  assert.deepEqual(outputDifferences(before, before), []);
  assert.deepEqual(outputDifferences(before, after), [
    'cell 1 [1]: output 1 (text/plain) was "sigma is 0.81, band ", now "sigma is 0.82, band "',
  ]);
  const tagged = notebook(code("show(1)", [shown({ "text/plain": "3 s" })], ["varies"]));
  assert.deepEqual(outputDifferences(before, tagged), []);
});

Deno.test("a drawing may differ by the rounding of another machine, a number may not", () => {
  assert.equal(textDifference("M1.001,2", "M1.002,2", 0.02), undefined);
  assert.notEqual(textDifference("M1.001,2", "M1.1,2", 0.02), undefined);
  assert.equal(textDifference("0.1", "0.10000000000001", 0), undefined);
  assert.notEqual(textDifference("2.34", "2.35", 0), undefined);
  assert.notEqual(textDifference("a 1", "b 1", 1), undefined);
  assert.notEqual(textDifference("1 2", "1 2 3", 1), undefined);
});
