import { openBaci, readBaciYear, unpackBaci } from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { assertSourceError, filesIn, inTempDir } from "../helpers.ts";
import { archive } from "../io/publishers.ts";

const YEAR = (year: number) => `BACI_HS07_Y${year}_V202601.csv`;

/** An archive as CEPII publishes it, with years large enough that a cut one fails within them. */
async function packed(): Promise<Uint8Array> {
  const products = Array.from({ length: 3000 }, (_, p) => String(101_100 + 7 * p));
  const rows = (year: number) =>
    products.map((code, p) => `${year},4,156,${code},${(p * 7919 % 1013) / 8},NA`).join("\n");
  return await archive({
    [YEAR(2010)]: `t,i,j,k,v,q\n${rows(2010)}\n`,
    [YEAR(2011)]: `t,i,j,k,v,q\n${rows(2011)}\n`,
    "country_codes_V202601.csv":
      "country_code,country_name,country_iso2,country_iso3\n4,Afghanistan,AF,AFG\n156,China,CN,CHN\n",
    "product_codes_HS07_V202601.csv": `code,description\n${products.join(",x\n")},x\n`,
    "Readme.txt": "BACI\n",
  });
}

Deno.test("the wanted years and the tables are unpacked, once, and read", async () => {
  const bytes = await packed();
  await inTempDir(async (dir) => {
    const zip = join(dir, "BACI_HS07_V202601.zip");
    Deno.writeFileSync(zip, bytes);
    const out = join(dir, "baci");
    const tables = ["country_codes_V202601.csv", "product_codes_HS07_V202601.csv"];
    assert.deepEqual(await unpackBaci(zip, out, [2011]), [...tables, YEAR(2011)]);
    assert.deepEqual(await unpackBaci(zip, out), [YEAR(2010)]);
    assert.deepEqual(await unpackBaci(zip, out), []);
    const baci = await openBaci(out);
    assert.deepEqual(baci.files.map(({ year }) => year), [2010, 2011]);
    assert.equal((await readBaciYear(baci.files[1], baci)).value.length, 3000);
    await assertSourceError(() => unpackBaci(zip, out, [2012]), "_Y2012_");
  });
});

Deno.test("a damaged archive leaves no half-written file, and the next run completes the folder", async () => {
  const bytes = await packed();
  await inTempDir(async (dir) => {
    const zip = join(dir, "BACI_HS07_V202601.zip");
    const out = join(dir, "baci");
    const damaged = bytes.slice();
    // Bytes within the first member, the largest.
    for (let k = 2000; k < 2600; k++) damaged[k] ^= 0x55;
    Deno.writeFileSync(zip, damaged);
    await assertSourceError(() => unpackBaci(zip, out), "bytes that do not unpack");
    assert.deepEqual(filesIn(out).filter((name) => name.startsWith("BACI")), []);
    Deno.writeFileSync(zip, bytes.subarray(0, bytes.length / 2));
    await assertSourceError(() => unpackBaci(zip, out), "complete zip archive");
    Deno.writeFileSync(zip, bytes);
    assert.deepEqual(await unpackBaci(zip, out), [YEAR(2010), YEAR(2011)]);
    await assertSourceError(() => unpackBaci(join(dir, "none.zip"), out), "no such file");
  });
});
