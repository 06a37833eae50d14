import assert from "node:assert/strict";
import { expressionText, feols, parseFormula } from "@ree/econometrics";

Deno.test("a formula comes apart into outcome, regressors, effects, endogenous and instruments", () => {
  const formula = parseFormula(
    "log(y) ~ x1*x2 + i(p, treat, ref = -1) | a^b[x] + c + d[[z]] | e1 + e2 ~ z1 + z2 + z3",
  );
  assert.equal(expressionText(formula.response), "log(y)");
  assert.deepEqual(formula.regressors.map(expressionText), [
    "x1",
    "x2",
    "x1:x2",
    "i(p, treat, ref = -1)",
  ]);
  assert.deepEqual(
    formula.effects.map(({ name, level, slopes }) => [name, level, slopes.map(expressionText)]),
    [["a^b", true, ["x"]], ["c", true, []], ["d", false, ["z"]]],
  );
  assert.deepEqual(formula.endogenous.map(expressionText), ["e1", "e2"]);
  assert.deepEqual(formula.instruments.map(expressionText), ["z1", "z2", "z3"]);
});

Deno.test("instruments may follow the regressors without effects between them", () => {
  const formula = parseFormula("y ~ x | e ~ z");
  assert.equal(formula.effects.length, 0);
  assert.deepEqual(formula.endogenous.map(expressionText), ["e"]);
});

Deno.test("the intercept goes with -1 or 0, repeated terms count once, and minus takes one out", () => {
  assert.equal(parseFormula("y ~ x").intercept, true);
  assert.equal(parseFormula("y ~ x - 1").intercept, false);
  assert.equal(parseFormula("y ~ 0 + x").intercept, false);
  assert.deepEqual(parseFormula("y ~ x + z + x - z").regressors.map(expressionText), ["x"]);
});

Deno.test("a bad formula names the position and what was expected", () => {
  const cases: [string, RegExp][] = [
    ["y ~ x + | fe", /expected a variable, got "\|" at position 9/],
    ["y ~ x | fe1 +", /expected a variable, got end of formula at position 14/],
    ["y x", /expected an operator or the end of the formula, got "x" at position 3/],
    ["y", /expected "~" between the outcome and the regressors/],
    ["y ~ x $ z", /got "\$" at position 7/],
    ["y ~ log(x", /expected "," or "\)", got end of formula at position 10/],
    ["y ~ x | a | b", /one part more at position 13/],
    ["y ~ x / z", /wrap arithmetic in I\(\.\.\.\)\) at position 7/],
    ["y ~ x | e1 + e2 ~ z", /2 endogenous variables need at least as many instruments, got 1/],
    ["y ~ x | log(fe)", /expected a column name as a fixed effect, got log\(fe\)/],
  ];
  for (const [text, message] of cases) assert.throws(() => parseFormula(text), message, text);
});

Deno.test("an unknown column is named with its position and the nearest names", () => {
  const data = { outcome: [1, 2, 3], income: [1, 0, 2], sector: ["a", "b", "a"] };
  assert.throws(
    () => feols("outcome ~ incme", data),
    /no column "incme"; did you mean "income"\? at position 11/,
  );
  assert.throws(() => feols("outcome ~ income | sectr", data), /did you mean "sector"/);
  assert.throws(
    () => feols("outcome ~ income", data, { vcov: { cluster: "sectors" } }),
    /no column "sectors"; did you mean "sector"/,
  );
  assert.throws(() => feols("outcome ~ lag(income)", data), /no function "lag"; there is: .*log/);
  assert.throws(
    () => feols("outcome ~ i(sector, ref = c)", data),
    /reference c is no value of "sector"; there is: a, b/,
  );
});
