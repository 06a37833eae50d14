import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jupyterEnvironment } from "../../lib/report/jupyter_environment.ts";
import { locateLine } from "../../lib/report/locate_line.ts";
import { type Notebook, notebookText, parseNotebook } from "../../lib/report/notebook.ts";
import { projectPaths } from "../../lib/report/project.ts";
import { setUpJupyter } from "../../lib/report/setup_jupyter.ts";
import { code, notebook, text } from "./notebooks.ts";

// The real runner on small notebooks. They lie below the project, so that kernels find its import map.

const project = projectPaths();
const main = fileURLToPath(new URL("../../lib/report/main.ts", import.meta.url));

interface Folders {
  readonly notebooks: string;
  readonly reports: string;
}

async function withNotebooks(
  notebooks: Readonly<Record<string, Notebook>>,
  check: (folders: Folders) => Promise<void>,
): Promise<void> {
  await Deno.mkdir(project.cache, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: project.cache, prefix: "test-" });
  const folders = { notebooks: join(folder, "notebooks"), reports: join(folder, "reports") };
  await Deno.mkdir(folders.notebooks);
  for (const [name, content] of Object.entries(notebooks)) {
    await Deno.writeTextFile(join(folders.notebooks, `${name}.ipynb`), notebookText(content));
  }
  try {
    await check(folders);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function reportCommand({ notebooks, reports }: Folders, args: readonly string[]): Deno.Command {
  const permissions = [
    "--allow-read",
    `--allow-write=${project.root}`,
    "--allow-run",
    "--allow-env",
  ];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions, main, "--notebooks", notebooks, "--reports", reports, ...args],
    cwd: project.root,
    env: { NO_COLOR: "1", SOURCE_DATE_EPOCH: "1790000000" },
    stdout: "piped",
    stderr: "piped",
  });
}

async function report(folders: Folders, ...args: readonly string[]) {
  const { code, stdout, stderr } = await reportCommand(folders, args).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const good = notebook(
  text("# Good\n\nIt shows a picture."),
  code(
    `import { md, show, table } from "@ree/report";\nconst rows = await Promise.resolve([{ a: 1 }]);\n` +
      `await show({ outerHTML: '<svg aria-label="dot & line" width="10" height="10"></svg>' });`,
  ),
  code("await show(table(rows), md`*done*`);\nconsole.log(Deno.cwd().split(/[\\\\/]/).at(-1));"),
);

Deno.test({
  name: "the runner, with kernels of its own",
  async fn(t) {
    const { python } = await setUpJupyter(project, "report", {
      line: console.error,
      step: () => {},
    });

    await t.step(
      "runs, updates, checks, and names what fails while the others are written",
      async () => {
        const failing = notebook(
          text("# Failing"),
          code("const a = 1;"),
          code(
            `interface Shape {\n  a: number;\n}\n\n// why\nconst s: Shape = { a };\nthrow new RangeError("too low");`,
          ),
        );
        const silent = notebook(
          text("# Silent"),
          code("const show = (x: unknown) => x;\nconst y = show(1);"),
        );
        await withNotebooks(
          { "01-good": good, "02-failing": failing, "03-silent": silent },
          async (folders) => {
            const { notebooks, reports } = folders;
            await Deno.mkdir(reports);
            await Deno.writeTextFile(join(reports, "02-failing.html"), "an earlier report");
            const run = await report(folders);
            assert.equal(run.code, 1, run.stderr);
            assert.match(run.stdout, /cell 2\/2 {2}\d+\.\d s/);
            assert.match(run.stdout, /done in \d+\.\d s, peak memory \d+ MB/);
            assert.match(
              run.stderr,
              /- 02-failing: cell 3 \[2\], line 7: RangeError: too low\n {4}throw new RangeError/,
            );
            assert.match(
              run.stderr,
              /- 03-silent: cell 2 \[1\] should show something but has no output: const show/,
            );
            assert.match(
              await Deno.readTextFile(join(reports, "01-good.html")),
              /aria-label="dot &amp; line"/,
            );
            assert.equal(
              await Deno.readTextFile(join(reports, "02-failing.html")),
              "an earlier report",
            );
            const listed = await Deno.readTextFile(join(reports, "outputs.html"));
            assert.match(listed, /01-good\.html#figure-2-1">dot &amp; line</);
            assert.match(listed, /deno task report 02-failing/);
            for (const page of ["data", "methods", "cite", "programs", "search"]) {
              assert.ok(existsSync(join(reports, `${page}.html`)), page);
            }
            assert.equal(existsSync(join(reports, "03-silent.html")), false);
            assert.match(
              await Deno.readTextFile(join(reports, "index.html")),
              /The last run failed/,
            );
            assert.equal(
              await Deno.readTextFile(join(notebooks, "01-good.ipynb")),
              notebookText(good),
            );

            const path = join(notebooks, "01-good.ipynb");
            assert.equal((await report(folders, "01-good", "--update")).code, 0);
            const first = await Deno.readTextFile(path);
            const firstReport = await Deno.readTextFile(join(reports, "01-good.html"));
            const cells = parseNotebook(first).cells;
            assert.deepEqual(cells.map((cell) => cell.outputs?.length), [undefined, 1, 3]);
            assert.deepEqual(
              cells[2].outputs?.at(-1)?.text,
              ["notebooks\n"],
              "the kernel runs beside its notebook",
            );

            assert.equal((await report(folders, "01-good", "--check")).code, 0);
            assert.equal((await report(folders, "01-good", "--update")).code, 0);
            assert.equal(await Deno.readTextFile(path), first, "a second update changes nothing");
            assert.equal(await Deno.readTextFile(join(reports, "01-good.html")), firstReport);

            await Deno.writeTextFile(path, first.replace(">1</td>", ">2</td>"));
            const check = await report(folders, "01-good", "--check");
            assert.equal(check.code, 1);
            assert.match(
              check.stderr,
              /01-good: not as committed: cell 3 \[2\]: output 1 \(text\/html\) was .*2<.*, now .*1</,
            );
          },
        );
      },
    );

    await t.step(
      "names a cell that cannot be parsed, takes too long or kills its kernel",
      async () => {
        await withNotebooks({
          "01-parse": notebook(text("# A"), code("const a = 1;\n\nconst q = ;")),
          "02-slow": notebook(
            text("# A"),
            code("await new Promise((r) => setTimeout(r, 60_000));"),
          ),
          "03-dead": notebook(
            text("# A"),
            code("Deno.kill(Deno.pid, 'SIGKILL');\nawait new Promise((r) => setTimeout(r, 9000));"),
          ),
          "04-bare": { ...notebook(text("# A")), metadata: {} },
        }, async (folders) => {
          const run = await report(folders, "--timeout", "4");
          assert.equal(run.code, 1);
          assert.match(
            run.stderr,
            /01-parse: cell 2 \[1\], line 3: SyntaxError: Expression expected/,
          );
          assert.match(run.stderr, /02-slow: cell 2 \[1\]: took more than 4 s/);
          assert.match(run.stderr, /03-dead: cell 2 \[1\]: the kernel died/);
          assert.match(run.stderr, /04-bare: metadata\.ree\.data is missing/);
        });
      },
    );

    await t.step(
      "killed half-way, it leaves earlier reports whole and no kernel behind",
      async () => {
        const long = notebook(
          text("# Long"),
          code(
            "Deno.writeTextFileSync('pid', String(Deno.pid));\nawait new Promise((r) => setTimeout(r, 60_000));",
          ),
        );
        await withNotebooks({ "01-long": long }, async (folders) => {
          await Deno.mkdir(folders.reports);
          await Deno.writeTextFile(join(folders.reports, "01-long.html"), "an earlier report");
          const process = reportCommand(folders, []).spawn();
          const pidFile = join(folders.notebooks, "pid");
          await until(() => existsSync(pidFile) && Deno.readTextFileSync(pidFile) !== "");
          const kernel = Number(await Deno.readTextFile(pidFile));
          process.kill("SIGKILL");
          await process.output();
          assert.equal(
            await Deno.readTextFile(join(folders.reports, "01-long.html")),
            "an earlier report",
          );
          assert.deepEqual([...Deno.readDirSync(folders.reports)].map((entry) => entry.name), [
            "01-long.html",
          ]);
          await until(() => !isRunning(kernel));
        });
      },
    );

    await t.step(
      "refuses a notebook and an option it does not know, with exit code 2",
      async () => {
        await withNotebooks({ "01-good": good }, async (folders) => {
          const unknown = await report(folders, "07-nowhere");
          assert.equal(unknown.code, 2);
          assert.match(unknown.stderr, /no notebook 07-nowhere; there are: 01-good/);
          assert.equal((await report(folders, "--fast")).code, 2);
        });
      },
    );

    await t.step("finds the written line behind compiled code", async () => {
      const source =
        `import {\n  a,\n} from "./a.ts";\nimport type { B } from "./b.ts";\n\n/* two\nlines */\n` +
        `const x = {\n  a: Math.max(\n    1,\n    2,\n  ),\n};\n\ntype T = number;\n\nthrow new Error("x");`;
      const place = await locateLine(source, ["Error: x", "    at <anonymous>:6:7"], project);
      assert.deepEqual(place, { line: 17 });
    });

    await t.step("writes notebooks that nbconvert can show", async () => {
      await withNotebooks({ "01-good": good }, async (folders) => {
        assert.equal((await report(folders, "--update")).code, 0);
        const path = join(folders.notebooks, "01-good.ipynb");
        const { success, stdout } = await new Deno.Command(python, {
          args: ["-m", "nbconvert", "--to", "html", "--template", "basic", "--stdout", path],
          env: jupyterEnvironment(project),
        }).output();
        assert.ok(success);
        const html = new TextDecoder().decode(stdout);
        assert.match(html, /dot &amp; line/);
        assert.match(html, /<em>done<\/em>/);
        assert.match(html, /class="ree-table"/);
      });
    });
  },
});

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("waited 20 seconds in vain");
}

function isRunning(pid: number): boolean {
  try {
    // A process that has ended but was not yet collected by its parent is no longer running.
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}
