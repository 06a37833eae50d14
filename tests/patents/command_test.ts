import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import pl from "nodejs-polars";
import { LABELS } from "@ree/patents";
import { SECRET_KEY, startChatServer } from "./chat_server.ts";
import { writeTables } from "./patentsview_files.ts";
import { inFolder } from "./sample_patents.ts";
import { templateTexts } from "./template_texts.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const config = JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`));

/** Runs the task's own command, with its permissions; the folder takes the place of results/. */
async function patents(folder: string, args: readonly string[], env: Record<string, string> = {}) {
  const [, ...command] = (config.tasks.patents.command as string)
    .replace("--allow-write=results", `--allow-write=${folder}`).split(" ");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...command, ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", REE_LLM_BASE_URL: "", REE_LLM_MODEL: "", REE_LLM_KEY: "", ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("from the zipped bulk tables to the panel, with the task's own permissions", () =>
  inFolder(async (folder) => {
    Deno.mkdirSync(`${folder}/bulk`);
    writeTables(`${folder}/bulk`, ".tsv.zip");
    const server = startChatServer();
    const env = { REE_LLM_BASE_URL: server.baseUrl, REE_LLM_MODEL: "m", REE_LLM_KEY: SECRET_KEY };
    const [input, store] = [`${folder}/ree.jsonl`, `${folder}/labels.sqlite`];
    const logs: string[] = [];
    const run = async (args: readonly string[], code = 0) => {
      const result = await patents(folder, args, env);
      logs.push(result.out, result.err);
      assert.equal(result.code, code, result.err);
      return result;
    };
    const kept = await run(["prefilter", "--input", `${folder}/bulk`, "--output", input]);
    assert.match(kept.err, /4 patents that speak of rare earths/);
    const dry = await run([
      "label",
      ...["--input", input, "--store", store, "--dry-run"],
      ...["--price-prompt", "1000", "--price-answer", "2000"],
    ]);
    assert.match(dry.out, /4 texts, 0 of them recorded already, 4 to label/);
    assert.match(dry.out, /Cost: about \d+\.\d\d, at most \d+\.\d\d/);
    assert.equal(server.requests.length, 0);
    const labelled = await run(["label", "--input", input, "--store", store]);
    assert.match(labelled.err, /4 labelled, 0 unlabelled/);
    const again = await run(["label", "--input", `${folder}/bulk`, "--store", store]);
    assert.match(again.err, /0 labelled, 0 unlabelled, 4 before/);
    assert.equal(server.requests.length, 4);
    const budget = await run(
      ["label", "--input", input, "--store", `${folder}/b.sqlite`, "--budget-tokens", "100"],
      3,
    );
    assert.match(budget.err, /Stopped by the budget/);
    const panel = await run(
      ["panel", "--input", input, "--store", store, "--output", `${folder}/panel.parquet`],
    );
    assert.match(panel.out, /4 patents counted/);
    const frame = pl.readParquet(`${folder}/panel.parquet`);
    assert.ok(Math.abs((frame.getColumn("count").sum() as number) - 4) < 1e-9);
    assert.deepEqual(
      [...new Set(frame.getColumn("country").toArray())].sort(),
      ["JP", "US", "unknown"],
    );
    for (const { name } of Deno.readDirSync(folder)) {
      assert.ok(!/tmp|staging/.test(name), `${name} was left behind`);
      if (name === "bulk") continue;
      const text = new TextDecoder("latin1").decode(Deno.readFileSync(`${folder}/${name}`));
      assert.ok(!text.includes(SECRET_KEY), `the key is in ${name}`);
    }
    assert.ok(!logs.join("").includes(SECRET_KEY));
    await server.close();
  }));

Deno.test("a model is evaluated on labelled texts and its matrix corrects the panel", () =>
  inFolder(async (folder) => {
    const texts = templateTexts(120, 3).map((text) => ({
      ...text,
      title: `${text.title} ${text.id} of cerium`,
    }));
    const path = `${folder}/texts.jsonl`;
    Deno.writeTextFileSync(path, texts.map((text) => JSON.stringify(text)).join("\n") + "\n");
    const truth = new Map(texts.map(({ title, primary }) => [title, primary]));
    // A model that takes every tenth text for the next label.
    let count = 0;
    const server = startChatServer(() => null, (title) => {
      const right = LABELS.indexOf(truth.get(title)!);
      const primary = LABELS[count++ % 10 === 0 ? (right + 1) % LABELS.length : right];
      return { primary, labels: [primary], elements: ["Ce"], evidence: title };
    });
    const env = { REE_LLM_BASE_URL: server.baseUrl, REE_LLM_MODEL: "m", REE_LLM_KEY: SECRET_KEY };
    const store = `${folder}/s.sqlite`;
    const run = async (args: readonly string[]) => {
      const result = await patents(folder, args, env);
      assert.equal(result.code, 0, result.err);
      return result;
    };
    await run(["label", "--all", "--input", path, "--store", store, "--concurrency", "1"]);
    const json = `${folder}/evaluation.json`;
    const evaluated = await run(["evaluate", "--texts", path, "--store", store, "--output", json]);
    assert.match(evaluated.out, /120 of 120 texts: model m, prompt v1; 0 unlabelled/);
    assert.match(evaluated.out, /accuracy 0\.900/);
    assert.match(evaluated.out, /first and second pass of the labellers, 120 texts: 1\.000/);
    const panel = await run([
      ...["panel", "--input", path, "--store", store, "--correct", json],
      ...["--output", `${folder}/p.csv`],
    ]);
    assert.match(panel.out, /corrected 20\.0/);
    assert.match(
      Deno.readTextFileSync(`${folder}/p.csv`),
      /^sector,country,label,year,count,stock,corrected/,
    );
    const baseline = await run(["evaluate", "--texts", path]);
    assert.match(baseline.out, /baseline classifier, grouped five-fold cross-validation/);
    await server.close();
  }));

Deno.test("wrong arguments end with 2, faults with 1 and no stack", () =>
  inFolder(async (folder) => {
    const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
      [[], 2, /^$/],
      [["unlabel"], 2, /unknown command unlabel/],
      [["label", "--colour", "red"], 2, /colour/],
      [["label"], 2, /--input is missing/],
      [["label", "--input", "x.csv"], 2, /REE_LLM_BASE_URL/],
      [["label", "--input", "x.csv", "--rpm=-1"], 2, /--rpm -1: expected a number above 0/],
      [["label", "--input", "x.csv", "--budget-money", "5"], 2, /needs --price-prompt/],
      [
        ["prefilter", "--input", `${folder}/none.csv`, "--output", `${folder}/o.jsonl`],
        1,
        /no such file/,
      ],
      [
        ["prefilter", "--input", folder, "--output", `${folder}/o.jsonl`],
        1,
        /no g_patent\.tsv\.zip/,
      ],
      [["panel", "--input", "x.csv", "--output", "x.doc"], 2, /expected a file \.parquet or \.csv/],
      [["panel", "--input", "x.csv", "--sector", "naics"], 2, /--sector naics/],
      [["prefilter", "--input", "x.csv", "--output", "/tmp/elsewhere/o.jsonl"], 1, /results\//],
    ];
    for (const [args, code, message] of cases) {
      const result = await patents(folder, args);
      assert.equal(result.code, code, `${args.join(" ")}: ${result.err}`);
      assert.match(result.err, message);
      assert.doesNotMatch(result.err, /\n\s+at /, result.err);
    }
    for (const command of ["label", "panel", "evaluate", "prefilter"]) {
      const help = await patents(folder, [command, "--help"]);
      assert.equal(help.code, 0);
      assert.match(help.out, new RegExp(`^Usage: deno task patents ${command}`));
    }
  }));
