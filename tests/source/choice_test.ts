import { chosenWorldTable, findSources, parseChoice, recogniseFile, usedText } from "@ree/source";
import { writeLongWorld } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { archive, exiobaseTexts, icioText, smallWorld, workbook } from "../data/io/publishers.ts";
import { DATA_DIR, inTempDir } from "../data/helpers.ts";
import { foreignWorld, OWN_LIST } from "./tables.ts";

const refuses = (act: () => unknown, pattern: RegExp) =>
  assert.throws(act, { name: "RangeError", message: pattern });

const refusesLater = (act: () => Promise<unknown>, ...patterns: readonly RegExp[]) =>
  assert.rejects(act, (error: Error) => {
    assert.equal(error.name, "RangeError");
    for (const pattern of patterns) assert.match(error.message, pattern);
    return true;
  });

Deno.test("a choice is shipped, a path, a kind, or kind=path, and several of them", () => {
  assert.deepEqual(parseChoice(" shipped "), []);
  assert.deepEqual(parseChoice("oecd-icio"), [{ kind: "oecd-icio", path: null }]);
  assert.deepEqual(parseChoice("a/b.csv; penn = c"), [{ kind: null, path: "a/b.csv" }, {
    kind: null,
    path: "penn = c",
  }]);
  assert.deepEqual(parseChoice("exiobase=/x y, penn=pwt.xlsx"), [
    { kind: "exiobase", path: "/x y" },
    { kind: "penn", path: "pwt.xlsx" },
  ]);
  refuses(() => parseChoice(""), /came nothing; expected shipped, or a path/);
  refuses(() => parseChoice("a.csv;;b.csv"), /an empty item/);
  refuses(() => parseChoice("shipped; a.csv"), /shipped beside other items/);
  refuses(() => parseChoice("icio=a.csv"), /kind "icio"; expected one of bea, wiod, oecd-icio/);
  refuses(() => parseChoice("penn="), /penn= without a path/);
});

Deno.test("a path that holds the separators is one item", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "a, b; c.csv");
    Deno.writeTextFileSync(path, "x\n");
    assert.deepEqual(parseChoice(path), [{ kind: null, path }]);
  });
});

Deno.test("files of every kind are recognised by name, members or first line, others are not", async () => {
  await inTempDir(async (dir) => {
    const world = smallWorld(["CHN", "USA"], ["A01", "B05"], ["HFCE", "INVNT"], 3);
    const book = workbook({ Data: [["x"]] }, "xlsx");
    const files: Record<string, [string | Uint8Array, string | null]> = {
      "IOUse_Before_Redefinitions_PRO_Detail.xlsx": [book, "bea"],
      "WIOT07_ROW_Apr12.xlsx": [book, "wiod"],
      "pwt1001.xlsx": [book, "penn"],
      "other.xlsx": [book, null],
      "2015_SML.csv": [icioText(world), "oecd-icio"],
      "2011-2015_SML.zip": [await archive({ "2011_SML.csv": icioText(world) }), "oecd-icio"],
      "IOT_2009_ixi.zip": [await archive(exiobaseTexts(world)), "exiobase"],
      "baci.zip": [await archive({ "BACI_HS92_Y2010_V202601.csv": "t,i,j,k,v,q\n" }), "baci"],
      "all.zip": [await archive({ "IOMake_x_DET.xlsx": book }), "bea"],
      "nothing.zip": [await archive({ "readme.txt": "x" }), null],
      "y.csv": ["t,i,j,k,v,q\n", "baci"],
      "quoted.csv": ['\uFEFF"year","exporter","importer","product","value"\r\n', "trade-csv"],
      "nber.csv": ["naics,year,emp,vship\n", "nber-ces"],
      "p.csv": ["month,series,price,unit,basis,source\n", "prices-csv"],
      "c.json": ['{"data":[{"cmdCode":"2846"}]}', "comtrade"],
      "c.txt": ["refYear\treporterCode\tcmdCode\n", "comtrade"],
      "d.json": ["{}", null],
      "e.csv": ["sector,year,patents_element,patents_other\n", "patents"],
      "f.csv": ["sector,wiod2013_sector\n", "sectors"],
      "g.csv": ["product,wiod2013_sector\n", "products"],
      "h.csv": ["a,b\n", null],
      "hs.csv": ["HS3_6d,HS3_4d,HS3_2d,HS0_6d,HS0_4d\n", null],
      "other.parquet": [Deno.readFileSync(join(DATA_DIR, "wiod_panel.parquet")), null],
      "p.parquet": [Deno.readFileSync(join(DATA_DIR, "simulated_patents.parquet")), "patents"],
      "readme.md": ["# x", null],
    };
    for (const [name, [content, kind]] of Object.entries(files)) {
      const path = join(dir, name);
      if (typeof content === "string") Deno.writeTextFileSync(path, content);
      else Deno.writeFileSync(path, content);
      assert.equal(await recogniseFile(path), kind, name);
    }
    const folder = join(dir, "exio");
    Deno.mkdirSync(folder);
    for (const name of ["Z.txt", "x.txt"]) Deno.writeTextFileSync(join(folder, name), "");
    assert.equal(await recogniseFile(folder), "exiobase");
  });
});

Deno.test("an archive cut in half is an error, not passed over", async () => {
  await inTempDir(async (dir) => {
    const world = smallWorld(["CHN", "USA"], ["A01", "B05"], ["HFCE"], 3);
    const bytes = await archive({ "2011_SML.csv": icioText(world) });
    Deno.writeFileSync(join(dir, "cut.zip"), bytes.subarray(0, bytes.length / 2));
    await assert.rejects(() => findSources(dir, ["world table"]), {
      name: "SourceError",
      message: /cut\.zip.*complete zip archive/,
    });
  });
});

Deno.test("what cannot serve says what came, what was expected and where it was looked for", async () => {
  await inTempDir(async (dir) => {
    const write = (name: string, text: string) => Deno.writeTextFileSync(join(dir, name), text);
    write("prices.csv", "month,series,price,unit,basis,source\n");
    write("unknown.csv", "a,b\n");
    const world = ["world table"] as const;
    const notebook = { notebook: "05-counterfactuals" };
    await refusesLater(
      () => findSources(join(dir, "none.csv"), world),
      /no such file or folder; looked for .*none\.csv/,
    );
    await refusesLater(
      () => findSources("sub/none.csv", world, { from: [dir, "/other"] }),
      /looked for .*sub\/none\.csv and \/other\/sub\/none\.csv/,
    );
    await refusesLater(
      () => findSources(join(dir, "prices.csv"), world, notebook),
      /is CSV of monthly prices \(prices\); 05-counterfactuals can take world table: wiod, oecd-icio/,
    );
    await refusesLater(
      () => findSources(join(dir, "unknown.csv"), world),
      /unknown\.csv is none of the kinds.*world-csv \(a CSV with the columns year, kind/,
      /say kind=PATH/,
    );
    await refusesLater(
      () => findSources(`oecd-icio=${dir}`, world),
      /holds prices\.csv \(prices-csv\); expected YEAR_SML\.csv/,
    );
    await refusesLater(
      () => findSources("world-csv", world),
      /a file of your own; expected world-csv=PATH/,
    );
    await refusesLater(
      () => findSources("exiobase", world, { cache: dir }),
      /no EXIOBASE 3 in .*\(folders exiobase3\); expected IOT_YEAR_ixi\.zip.*deno task data:download exiobase3/,
    );
    await refusesLater(
      () => findSources(dir, []),
      /this notebook can take nothing but the shipped/,
    );
  });
});

Deno.test("a folder gives what the notebook can use, the cache folder its newest release, two tables at once are refused", async () => {
  await inTempDir(async (dir) => {
    const world = smallWorld(["CHN", "USA"], ["A01", "B05"], ["HFCE"], 3);
    for (const release of ["oecd-icio-2023", "oecd-icio-2025"]) {
      Deno.mkdirSync(join(dir, release));
      Deno.writeTextFileSync(join(dir, release, "2015_SML.csv"), icioText(world));
    }
    const cached = await findSources("oecd-icio", ["world table"], { cache: dir });
    assert.deepEqual(cached.files, [
      { kind: "oecd-icio", path: join(dir, "oecd-icio-2025", "2015_SML.csv") },
    ]);
    const mine = join(dir, "mine");
    Deno.mkdirSync(mine);
    Deno.writeTextFileSync(join(mine, "p.csv"), "month,series,price,unit,basis,source\n");
    Deno.writeTextFileSync(join(mine, "2015_SML.csv"), icioText(world));
    const chosen = await findSources(mine, ["world table"]);
    assert.deepEqual(chosen.files.map(({ kind }) => kind), ["oecd-icio"]);
    assert.deepEqual(chosen.passedOver.map(({ kind }) => kind), ["prices-csv"]);
    assert.equal(chosen.shipped, false);
    await writeLongWorld(join(mine, "w.csv"), foreignWorld());
    await refusesLater(
      () => findSources(mine, ["world table"]),
      /oecd-icio and world-csv for the same purpose \(world table\); expected one/,
    );
  });
});

Deno.test("a file of the cache folder that changed since its download is refused", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "world.csv");
    await writeLongWorld(path, foreignWorld());
    const list = join(dir, "sectors.csv");
    Deno.writeTextFileSync(list, OWN_LIST);
    const choice = await findSources(`${path}; ${list}`, ["world table"]);
    const { used } = await chosenWorldTable(choice, 2009);
    const record = (sha256: string) =>
      Deno.writeTextFileSync(
        `${path}.record.json`,
        JSON.stringify({ sha256, fetched: "2026-01-31" }),
      );
    record(used.files[0].sha256);
    assert.equal((await chosenWorldTable(choice, 2009)).used.files[0].name, "world.csv");
    record("0".repeat(64));
    await refusesLater(
      () => chosenWorldTable(choice, 2009),
      /world\.csv: SHA-256 [0-9a-f]{64}, but 0{64} when it was downloaded on 2026-01-31/,
    );
  });
});

Deno.test("what was used names source, file, SHA-256 and coverage, and no folder", async () => {
  const { used } = await chosenWorldTable(await findSources("shipped", ["world table"]), 2009);
  const text = usedText([used]);
  assert.match(
    text,
    /\*World table\*: WIOD 2013 release, shipped \(`wiod_2009\.parquet` SHA-256 [0-9a-f]{12}…\)\. 2009, 41 countries × 35 sectors/,
  );
  assert.doesNotMatch(text, /\//);
});
