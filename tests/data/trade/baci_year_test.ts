import { checkWorldTrade, openBaci, parseBaciName, readBaci, readBaciYear } from "@ree/data";
import assert from "node:assert/strict";

const HEADER = "t,i,j,k,v,q";
const ROWS = [
  "2010,4,156,010121,    1.234,        .500",
  "2010,4,842,999999,20,           NA",
  '2010,156,4,"010121",3.5,1.000',
];

/** A folder as CEPII publishes one, with one trade file a year. */
function folder(files: Readonly<Record<string, string>>, body: (dir: string) => Promise<void>) {
  return async () => {
    const dir = Deno.makeTempDirSync();
    const write = (name: string, text: string) => Deno.writeTextFileSync(`${dir}/${name}`, text);
    write(
      "country_codes_V202401b.csv",
      "country_code,country_name,country_iso2,country_iso3\n4,Afghanistan,AF,AFG\n" +
        '156,China,CN,CHN\n697,"Europe EFTA, nes",,N/A\n842,USA,US,USA\n',
    );
    write(
      "product_codes_HS07_V202401b.csv",
      'code,description\n010121,"Horses: live, pure-bred"\n999999,Not specified\n',
    );
    for (const [name, text] of Object.entries(files)) write(name, text);
    try {
      await body(dir);
    } finally {
      Deno.removeSync(dir, { recursive: true });
    }
  };
}

const NAME = "BACI_HS07_Y2010_V202401b.csv";
const text = (rows: readonly string[], header = HEADER) => [header, ...rows, ""].join("\n");

async function fault(dir: string, content: string): Promise<string> {
  Deno.writeTextFileSync(`${dir}/${NAME}`, content);
  const baci = await openBaci(dir);
  const error = await readBaciYear(baci.files[0], baci).then(() => undefined, (cause) => cause);
  assert.equal(error?.name, "SourceError", `${error}`);
  assert.ok(error.message.includes(NAME));
  return error.message;
}

Deno.test(
  "padded numbers, NA quantities, quoted codes and leading zeros are read",
  folder({ [NAME]: text(ROWS) }, async (dir) => {
    const baci = await openBaci(dir);
    assert.deepEqual([baci.hs, baci.release, baci.simulated], ["HS07", "202401b", false]);
    assert.equal(baci.countries[2].iso3, "");
    assert.equal(baci.products[0].hs6, "010121");
    const year = await readBaciYear(baci.files[0], baci);
    assert.deepEqual([...year.exporter], [4, 4, 156]);
    assert.deepEqual([...year.importer], [156, 842, 4]);
    assert.deepEqual([...year.product], [10121, 999999, 10121]);
    assert.deepEqual([...year.value], [1.234, 20, 3.5]);
  }),
);

Deno.test(
  "line ends of Windows change nothing",
  folder({ [NAME]: text(ROWS).replaceAll("\n", "\r\n") }, async (dir) => {
    const baci = await openBaci(dir);
    assert.equal((await readBaciYear(baci.files[0], baci)).value.length, 3);
  }),
);

Deno.test(
  "faults name the file, the line, the column and what was expected",
  folder({}, async (dir) => {
    const wrong = (row: string) => fault(dir, text([ROWS[0], row, ROWS[2]]));
    assert.match(await fault(dir, text(ROWS, "t,i,j,hs6,v,q")), /row 1, column k.*"t,i,j,k,v,q"/);
    assert.match(await fault(dir, text(ROWS, "t,i,j,k,v,q,w")), /row 1, column w/);
    assert.match(await fault(dir, text(ROWS).slice(0, -5)), /truncated/);
    assert.match(await fault(dir, text([])), /no rows/);
    assert.match(await wrong("2010,4,842"), /row 3.*3 cells.*6 cells/);
    assert.match(await wrong("2010,4,842,999999,1"), /row 3.*5 cells/);
    assert.match(await wrong("2010,4,842,999999,1,1,1"), /row 3.*7 cells/);
    assert.match(await wrong("2010,4,842,99X999,1,1"), /row 3, column k.*99X999/);
    assert.match(await wrong("2010,4,842,999999,,1"), /row 3, column v/);
    assert.match(await wrong("2010,4,842,999999,many,1"), /row 3, column v.*many/);
    assert.match(await wrong("2010,4,842,999999,-1,1"), /row 3, column v.*-1.*at least 0/);
    assert.match(await wrong("2009,4,842,999999,1,1"), /row 3, column t.*2009.*2010/);
    assert.match(await wrong("2010,5,842,999999,1,1"), /row 3, column i.*came "5"/);
    assert.match(await wrong("2010,4,5,999999,1,1"), /row 3, column j/);
    assert.match(await wrong("2010,4,842,010122,1,1"), /row 3, column k.*came "10122"/);
    assert.match(await wrong("2010,4,4,999999,1,1"), /row 3, column j.*exporter/);
    assert.match(await wrong("2010,156,4,010121,1,1"), /row 4.*already in row 3/);
    assert.match(await wrong("2010,4,156,010121,1,1"), /row 3.*already in row 2/);
  }),
);

Deno.test(
  "a missing year, a strange name and two releases in one folder are errors",
  folder({
    [NAME]: text(ROWS),
    "BACI_HS07_Y2012_V202401b.csv": text(ROWS),
  }, async (dir) => {
    await assert.rejects(() => openBaci(dir), /BACI_HS07_Y2011_V202401b\.csv.*no such file/);
    await assert.rejects(() => openBaci(dir, [2010, 2013]), /Y2013/);
    assert.equal((await openBaci(dir, [2012, 2010])).files[0].year, 2010);
    Deno.writeTextFileSync(`${dir}/BACI_HS07_Y2011_V202501.csv`, "");
    await assert.rejects(() => openBaci(dir), /release 202501.*release 202401b/);
    Deno.removeSync(`${dir}/BACI_HS07_Y2011_V202501.csv`);
    Deno.writeTextFileSync(`${dir}/baci07_2010.csv`, "");
    await assert.rejects(() => openBaci(dir), /baci07_2010\.csv.*BACI_HS07_Y2010_V202401b/);
  }),
);

Deno.test("names of trade files say revision, year and release", () => {
  assert.deepEqual(parseBaciName("BACI_HS92_Y1995_V202501.csv"), {
    hs: "HS92",
    year: 1995,
    release: "202501",
  });
  assert.throws(() => parseBaciName("BACI_HS92_Y95_V202501.csv"), /BACI_HS92_Y95/);
});

Deno.test("a whole year in another unit is refused, an extract is not checked", () => {
  checkWorldTrade("f", 11e6, 16e9);
  assert.throws(() => checkWorldTrade("f", 11e6, 16e12), /unit/);
  assert.throws(() => checkWorldTrade("f", 11e6, 16e6), /unit/);
  checkWorldTrade("f", 1000, 5);
});

Deno.test(
  "line by line and in columns the same flows are read, and the same faults named",
  folder({ [NAME]: text(ROWS) }, async (dir) => {
    const baci = await openBaci(dir);
    const path = baci.files[0].path;
    const countries = `${dir}/country_codes_V202401b.csv`;
    const year = await readBaciYear(baci.files[0], baci);
    const { flows } = await readBaci(path, 2010, { countries });
    const iso3 = new Map(baci.countries.map((country) => [country.code, country.iso3]));
    assert.deepEqual(
      flows.map((f) => [f.exporter, f.importer, f.product, f.valueUsd]),
      [...year.value].map((value, r) => [
        iso3.get(year.exporter[r]),
        iso3.get(year.importer[r]),
        String(year.product[r]).padStart(6, "0"),
        1000 * value,
      ]),
    );
    const spoilt = [
      text(ROWS, "t,i,j,hs6,v,q"),
      text([ROWS[0], "2010,4,842,999999,many,1"]),
      text([ROWS[0], "2010,4,842,999999,-1,1"]),
      text([ROWS[0], "2009,4,842,999999,1,1"]),
      text([ROWS[0], "2010,5,842,999999,1,1"]),
      text([ROWS[0], "2010,4,4,999999,1,1"]),
      text([ROWS[0], "2010,4,842,99X999,1,1"]),
      text(ROWS).slice(0, -5),
    ];
    for (const content of spoilt) {
      const inColumns = await fault(dir, content);
      const byLine = await readBaci(path, 2010, { countries }).then(
        () => "",
        (cause) => cause.message,
      );
      assert.equal(byLine, inColumns);
    }
  }),
);
