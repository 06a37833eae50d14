import assert from "node:assert/strict";
import { loadCriticalInputs, pickCriticalInputs } from "@ree/data";

/** Shares typed with at most three digits. */
const SUM = 1e-9;

const COMMITTED = await Deno.readTextFile(
  new URL("../../data/judged/critical_inputs.csv", import.meta.url),
);

/** Reads the committed table after a change of its text. */
function changed(from: string | RegExp, to: string) {
  const text = COMMITTED.replace(from, to);
  assert.notEqual(text, COMMITTED, "the change found nothing");
  const path = Deno.makeTempFileSync({ suffix: ".csv" });
  Deno.writeTextFileSync(path, text);
  try {
    return loadCriticalInputs(path);
  } finally {
    Deno.removeSync(path);
  }
}

Deno.test("committed critical inputs say where every number comes from, and their shares sum to 1", () => {
  const inputs = loadCriticalInputs();
  assert.deepEqual(inputs.map(({ name }) => name), ["gallium", "germanium"]);
  for (const { name, suppliers, users, rows } of inputs) {
    const sum = (shares: readonly number[]) => shares.reduce((a, b) => a + b);
    assert.ok(Math.abs(sum(Object.values(suppliers)) - 1) < SUM, `${name} suppliers`);
    assert.ok(Math.abs(sum(users.map(({ share }) => share)) - 1) < SUM, `${name} users`);
    for (const { source, reading } of rows) {
      assert.ok(source.length > 10 && /recalled, to be verified|our judgement/.test(reading));
    }
  }
});

Deno.test("an input copied under another name is read like the first", () => {
  const copied = COMMITTED.split("\n").filter((line) => line.startsWith("gallium"))
    .map((line) => line.replace("gallium", "tin")).join("\n");
  const [gallium, , tin] = changed(/\n$/, `\n${copied}\n`);
  assert.deepEqual({ ...tin, name: "gallium", rows: [] }, { ...gallium, rows: [] });
});

Deno.test("countries of a user are read with the sector", () => {
  const rows =
    "gallium,user_country,c14 JPN,0.6,share,s,r\ngallium,user_country,c14 CHN,0.4,share,s,r\n";
  const [gallium] = changed("germanium,host", `${rows}germanium,host`);
  assert.deepEqual(gallium.users, [{ sector: "c14", share: 1, countries: { JPN: 0.6, CHN: 0.4 } }]);
});

Deno.test("what cannot be read is refused by name", () => {
  assert.throws(() => changed("gallium,amount,2022,430", "gallium,amount,2022,much"), /"much"/);
  assert.throws(() => changed("gallium,amount,2022,430", "gallium,amount,2022,0"), /above 0/);
  assert.throws(() => changed("gallium,amount,2022,430,t", "gallium,amount,2022,430,kg"), /"kg"/);
  assert.throws(() => changed("gallium,amount", "gallium,weight"), /"weight"/);
  assert.throws(() => changed(/gallium,price.*\n/, ""), /gallium has 0 rows "price"/);
  assert.throws(() => changed("gallium,price,2022", "gallium,price,2019"), /expected one year/);
  assert.throws(() => changed(/gallium,user.*\n/, ""), /gallium has no row "user"/);
  assert.throws(() => changed("gallium,supplier,RUS", "gallium,supplier,CHN"), /already in row/);
  assert.throws(
    () => changed("gallium,supplier,RUS", "gallium,user_country,c9 RUS"),
    /a user sector of gallium \(c14\)/,
  );
  assert.throws(
    () => pickCriticalInputs(loadCriticalInputs(), ["galium"]),
    /unknown critical input "galium"; expected one of gallium, germanium/,
  );
});
