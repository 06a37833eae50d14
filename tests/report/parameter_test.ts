import assert from "node:assert/strict";
import { join } from "node:path";
import { parameter } from "../../lib/report/mod.ts";

function withEnvironment(values: Record<string, string>, check: () => void): void {
  for (const [name, value] of Object.entries(values)) Deno.env.set(name, value);
  try {
    check();
  } finally {
    for (const name of Object.keys(values)) Deno.env.delete(name);
  }
}

Deno.test("a parameter has its default when nothing is set", () => {
  const sigma: number = parameter("report test sigma", 0.8);
  assert.equal(sigma, 0.8);
});

Deno.test("a parameter is read from the environment with the type of its default", () => {
  withEnvironment({
    REE_A_B: "2.5",
    REE_NAME: "Nd",
    REE_ON: "false",
    REE_YEARS: "2010, 2011",
    REE_LIST: '["La","Ce"]',
  }, () => {
    assert.equal(parameter("a-b", 1), 2.5);
    assert.equal(parameter("name", "La"), "Nd");
    assert.equal(parameter("on", true), false);
    assert.deepEqual(parameter("years", [2007]), [2010, 2011]);
    assert.deepEqual(parameter("list", ["Nd"]), ["La", "Ce"]);
  });
});

Deno.test("a parameter of the wrong type is refused with what was expected", () => {
  withEnvironment({ REE_SIGMA: "high" }, () => {
    assert.throws(
      () => parameter("sigma", 0.8),
      /parameter "sigma" from environment REE_SIGMA must be a number, such as 0\.8; got "high"/,
    );
  });
  withEnvironment({ REE_YEARS: "2010,x" }, () => {
    assert.throws(() => parameter("years", [2007]), /must be a list of numbers/);
  });
  withEnvironment({ REE_SIGMA: "" }, () => {
    assert.throws(() => parameter("sigma", 0.8), /must be a number/);
  });
});

Deno.test("a parameter is read from the file that REE_PARAMS names, which must be there", () => {
  const folder = Deno.makeTempDirSync();
  const file = join(folder, "params.json");
  Deno.writeTextFileSync(file, `{"sigma": 1.5, "name": 3}`);
  withEnvironment({ REE_PARAMS: file }, () => {
    assert.equal(parameter("sigma", 0.8), 1.5);
    assert.equal(parameter("absent", 7), 7);
    assert.throws(() => parameter("name", "La"), /must be a string/);
  });
  withEnvironment({ REE_PARAMS: join(folder, "gone.json") }, () => {
    assert.throws(() => parameter("sigma", 0.8), /cannot read/);
  });
  Deno.removeSync(folder, { recursive: true });
});
