import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArguments } from "../../lib/report/arguments.ts";
import { jupyterEnvironment } from "../../lib/report/jupyter_environment.ts";
import { writeKernelSpec } from "../../lib/report/kernel_spec.ts";
import { projectPaths } from "../../lib/report/project.ts";
import { isSuitable } from "../../lib/report/setup_jupyter.ts";

Deno.test("the command line is read, and what it does not know is an error", () => {
  assert.deepEqual(parseArguments(["notebooks/01-a.ipynb", "02-b", "--update", "--timeout=30"]), {
    mode: "update",
    names: ["01-a", "02-b"],
    cellTimeout: 30,
    help: false,
  });
  const wrong: [string[], RegExp][] = [
    [["--fast"], /unknown option --fast/],
    [["--timeout", "soon"], /--timeout takes seconds above 0, got soon/],
    [["--timeout"], /got undefined/],
    [["--update", "--check"], /exclude each other/],
    [["--reports"], /takes a folder/],
  ];
  for (const [args, message] of wrong) {
    const read = parseArguments(args);
    assert.ok("error" in read && message.test(read.error), args.join(" "));
  }
});

Deno.test("everything that Jupyter writes stays inside the project", () => {
  const paths = projectPaths();
  const environment = jupyterEnvironment(paths);
  for (const name of ["DATA", "RUNTIME", "CONFIG"]) {
    assert.ok(environment[`JUPYTER_${name}_DIR`].startsWith(join(paths.root, ".jupyter")));
  }
  assert.ok(
    environment.IPYTHONDIR.startsWith(paths.root) &&
      environment.PIP_CACHE_DIR.startsWith(paths.root),
  );
});

Deno.test("the kernel spec names the running Deno, has no colours and is written once", async () => {
  const root = await Deno.makeTempDir();
  const paths = { ...projectPaths(), jupyter: join(root, ".jupyter"), venv: join(root, ".venv") };
  const written = await writeKernelSpec(paths);
  assert.equal(written.length, 1);
  const spec = JSON.parse(await Deno.readTextFile(written[0]));
  assert.deepEqual(spec.argv, [
    Deno.execPath(),
    "jupyter",
    "--kernel",
    "--conn",
    "{connection_file}",
  ]);
  assert.deepEqual(spec.env, { NO_COLOR: "1" });
  assert.deepEqual(await writeKernelSpec(paths), []);
  await Deno.mkdir(paths.venv);
  assert.equal((await writeKernelSpec(paths)).length, 1, "the virtual environment gets its copy");
  assert.equal(
    (await writeKernelSpec(paths, "/elsewhere/deno")).length,
    2,
    "another Deno, another spec",
  );
  assert.ok(existsSync(written[0]));
  await Deno.remove(root, { recursive: true });
});

Deno.test("only a Jupyter that is new enough is used", () => {
  const good = { nbclient: "0.11.0", nbconvert: "7.17.2", nbformat: "5.11.1" };
  assert.equal(isSuitable(good, "report"), true);
  assert.equal(isSuitable(good, "lab"), false);
  assert.equal(isSuitable({ ...good, jupyterlab: "4.6.6" }, "lab"), true);
  assert.equal(isSuitable({ ...good, nbclient: "0.7.4" }, "report"), false);
  assert.equal(isSuitable({}, "report"), false);
  assert.equal(isSuitable(undefined, "report"), false);
});
