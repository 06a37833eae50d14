import { buildData, CATALOGUE, judgedTables } from "@ree/build";
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  assertSourceError,
  DATA_DIR,
  edit,
  filesIn,
  inTempDir,
  SOURCE_DIR,
  sourceTest,
} from "../data/helpers.ts";

const MAIN = fileURLToPath(new URL("../../lib/build/main.ts", import.meta.url));

/** Files of a built folder: tables, sources.json, README.md. */
const BUILT: readonly string[] = [
  ...CATALOGUE.map(({ file }) => file),
  "sources.json",
  "README.md",
];

/** A folder whose every built file says "old". */
function writeOld(to: string): void {
  for (const file of BUILT) {
    Deno.mkdirSync(dirname(join(to, file)), { recursive: true });
    Deno.writeTextFileSync(join(to, file), "old");
  }
}

function assertOld(to: string): void {
  for (const file of BUILT) assert.equal(Deno.readTextFileSync(join(to, file)), "old", file);
}

function stagingFolders(to: string): string[] {
  return [...Deno.readDirSync(to)].map(({ name }) => name).filter((name) => name.startsWith("."));
}

/** Copies a folder tree. */
function copyTree(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const entry of Deno.readDirSync(from)) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) copyTree(source, target);
    else Deno.copyFileSync(source, target);
  }
}

sourceTest(
  "building twice gives identical bytes, and they are the committed ones",
  () =>
    inTempDir(async (dir) => {
      const [first, second] = [join(dir, "first"), join(dir, "second")];
      const options = { from: SOURCE_DIR, judgedIn: DATA_DIR };
      await buildData({ ...options, to: first });
      await buildData({ ...options, to: second });
      assert.deepEqual(stagingFolders(first), []);
      for (const file of BUILT) {
        const bytes = Deno.readFileSync(join(first, file));
        assert.deepEqual(Deno.readFileSync(join(second, file)), bytes, `${file}: second build`);
        assert.deepEqual(
          Deno.readFileSync(join(DATA_DIR, file)),
          bytes,
          `data/${file} is not what the sources give; run deno task data:build`,
        );
      }
    }),
);

sourceTest(
  "a wrong source file stops the build and leaves the previous outputs",
  () =>
    inTempDir(async (dir) => {
      const [from, to] = [join(dir, "from"), join(dir, "to")];
      for (const folder of ["bea_io", "facts"]) {
        copyTree(join(SOURCE_DIR, folder), join(from, folder));
      }
      edit(
        join(from, "facts/ree_element_mix_by_application.csv"),
        (text) => text.replace(",69.4,", ",59.4,"),
      );
      writeOld(to);
      const tables = CATALOGUE.filter(({ file }) => /^bea|^facts/.test(file));
      await assertSourceError(
        () => buildData({ from, to, tables }),
        "ree_element_mix_by_application.csv",
        "permanent magnets",
      );
      assertOld(to);
      assert.deepEqual(stagingFolders(to), []);
    }),
);

sourceTest(
  "a killed build leaves the previous outputs, and the next build cleans up",
  () =>
    inTempDir(async (to) => {
      writeOld(to);
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", MAIN, "--from", SOURCE_DIR, "--to", to],
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      let seen = "";
      while (!seen.includes("wiod_2007")) {
        const { value, done } = await reader.read();
        assert.ok(!done, `the build ended before it could be killed: ${seen}`);
        seen += value;
      }
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
      assertOld(to);
      assert.equal(stagingFolders(to).length, 1);

      const tables = CATALOGUE.filter(({ file }) => file === "elements.csv");
      await buildData({ from: SOURCE_DIR, to, tables, judgedIn: DATA_DIR });
      assert.deepEqual(stagingFolders(to), []);
      assert.match(Deno.readTextFileSync(join(to, "elements.csv")), /^symbol,/);
    }),
);

Deno.test("data/ holds exactly the catalogue's tables, the judged tables and their description", () => {
  const files = [
    ...filesIn(DATA_DIR),
    ...filesIn(join(DATA_DIR, "facts")).map((file) => `facts/${file}`),
    ...filesIn(join(DATA_DIR, "judged")).map((file) => `judged/${file}`),
  ];
  assert.deepEqual(files.sort(), [...BUILT, ...judgedTables.map(({ file }) => file)].sort());
});

/** Limit of the issue: all derived tables together. */
const LIMIT_BYTES = 15e6;

Deno.test("data/ stays under 15 MB", () => {
  let bytes = 0;
  for (const file of BUILT) bytes += Deno.statSync(join(DATA_DIR, file)).size;
  assert.ok(bytes < LIMIT_BYTES, `${bytes}`);
});

Deno.test("data/README.md describes every table and every column", () => {
  const readme = Deno.readTextFileSync(join(DATA_DIR, "README.md"));
  for (const { file, columns } of [...CATALOGUE, ...judgedTables]) {
    const start = readme.indexOf(`## ${file}\n`);
    assert.ok(start >= 0, file);
    const end = readme.indexOf("\n## ", start + 1);
    const section = readme.slice(start, end < 0 ? undefined : end);
    for (const { name } of columns) assert.ok(section.includes(`| ${name} |`), `${file} ${name}`);
  }
});

Deno.test("data/sources.json gives every source file with address, licence and SHA-256", () => {
  const entries = JSON.parse(Deno.readTextFileSync(join(DATA_DIR, "sources.json")))
    .filter((entry: { download?: string }) => entry.download === undefined);
  const files = new Set(CATALOGUE.flatMap(({ sources }) => sources));
  assert.equal(entries.length, files.size);
  for (const entry of entries) {
    assert.ok(files.has(entry.file), entry.file);
    assert.match(entry.sha256, /^[0-9a-f]{64}$/);
    for (const key of ["publisher", "address", "carrier", "licence"]) {
      assert.ok(entry[key].length > 0, `${entry.file} ${key}`);
    }
    assert.ok(entry.derived.length > 0);
  }
});
