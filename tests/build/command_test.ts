import { csvText, main, parseArguments, publisherOf } from "@ree/build";
import assert from "node:assert/strict";
import { inTempDir } from "../data/helpers.ts";

/** Runs `main` and collects what it prints. */
async function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { log, error } = console;
  const lines = { out: "", err: "" };
  console.log = (line: string) => void (lines.out += line + "\n");
  console.error = (line: string) => void (lines.err += line + "\n");
  try {
    return { code: await main(args), ...lines };
  } finally {
    console.log = log;
    console.error = error;
  }
}

Deno.test("data:build --help tells the options and exits with 0", async () => {
  const { code, out } = await run(["--help"]);
  assert.equal(code, 0);
  assert.match(out, /--from DIR/);
});

Deno.test("data:build with an unknown flag names it and exits with 2", async () => {
  const { code, err } = await run(["--form", "x"]);
  assert.equal(code, 2);
  assert.match(err, /unknown argument --form/);
  assert.match(err, /Usage/);
});

Deno.test("data:build with a flag without its folder exits with 2", async () => {
  assert.equal((await run(["--from"])).code, 2);
  assert.equal((await run(["--from", "--to", "x"])).code, 2);
});

Deno.test("data:build without source files says what to do and exits with 1", () =>
  inTempDir(async (dir) => {
    const { code, err } = await run(["--from", `${dir}/absent`, "--to", `${dir}/to`]);
    assert.equal(code, 1);
    assert.match(err, /absent is missing/);
    assert.match(err, /sources\.json/);
  }));

Deno.test("data:build with an empty source folder names the first missing file", () =>
  inTempDir(async (dir) => {
    const { code, err } = await run(["--from", dir, "--to", `${dir}/to`]);
    assert.equal(code, 1);
    assert.match(err, /Detail_IndustryCodeName_2012\.csv: came no such file/);
    assert.match(err, /Nothing was changed/);
  }));

Deno.test("arguments may be attached with an equals sign", () => {
  assert.deepEqual(parseArguments(["--from=a=b", "--to", "c"]), {
    kind: "build",
    from: "a=b",
    to: "c",
  });
  assert.deepEqual(parseArguments([]), { kind: "build", from: "../shared/data", to: "data" });
});

Deno.test("csvText quotes commas, quotes and outer spaces only, and leaves null empty", () => {
  assert.equal(
    csvText(["a", "b"], [["x,y", 'say "so"'], [null, 1.5], [" z", true]]),
    'a,b\n"x,y","say ""so"""\n,1.5\n" z",true\n',
  );
  assert.throws(() => csvText(["a"], [[1, 2]]), /2 cells, expected 1/);
  assert.throws(() => csvText(["a"], [[NaN]]), /finite/);
});

Deno.test("a source file without a publisher is refused", () => {
  assert.throws(() => publisherOf("nowhere/x.csv"), /no publisher/);
  assert.match(publisherOf("bea_io/Detail_Use_2007_PRO_BeforeRedef.csv").carrier, /d6b83baa/);
});
