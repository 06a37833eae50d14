import { loadElements, loadFacts } from "@ree/data";
import {
  elementDistances,
  loadPatentPanel,
  relativePricePanel,
  SIMULATED_PATENTS,
  simulatedPatents,
  substitutabilityInstrument,
} from "@ree/elasticity";
import assert from "node:assert/strict";

const ELEMENT_ROWS = loadElements();
const FACTS = loadFacts();
const MEASURES = [
  "distance",
  "radius",
  "electronegativity",
  "f-electrons",
  "moment",
  "melting-point",
] as const;
const COLUMNS = ["log_element_price", "log_other_price", "log_relative_price", "instrument"];

Deno.test("relative prices cover every exposed industry 2007 to 2018 and start at 0", () => {
  const panel = relativePricePanel();
  const rows = panel.toRecords();
  assert.equal(rows.length % 12, 0);
  assert.ok(rows.length / 12 > 50);
  for (const row of rows) {
    for (const name of COLUMNS) assert.ok(Number.isFinite(row[name]), `${row.sector} ${name}`);
    if (row.year === 2007) assert.equal(row.log_relative_price, 0);
    const gap = Number(row.log_element_price) - Number(row.log_other_price);
    assert.ok(Math.abs(gap - Number(row.log_relative_price)) < 1e-12);
  }
});

Deno.test("element prices peak in 2011 everywhere, far above the prices of other inputs", () => {
  for (const rows of Map.groupBy(relativePricePanel().toRecords(), (row) => row.sector).values()) {
    const peak = rows.reduce((best, row) =>
      Number(row.log_element_price) > Number(best.log_element_price) ? row : best
    );
    assert.equal(peak.year, 2011);
    assert.ok(Number(peak.log_element_price) > 1.5 && Math.abs(Number(peak.log_other_price)) < 1);
  }
});

Deno.test("without deflator the relative price is the element price; η moves the index down", () => {
  const plain = relativePricePanel(undefined, { deflator: "none" }).toRecords();
  for (const row of plain) assert.equal(row.log_relative_price, row.log_element_price);
  const ces = relativePricePanel(undefined, { index: { kind: "ces", eta: 2 }, deflator: "none" });
  ces.toRecords().forEach((row, i) =>
    assert.ok(Number(row.log_element_price) <= Number(plain[i].log_element_price) + 1e-12)
  );
});

Deno.test("the instrument is tightness times the mix's mean score, 0 outside the cut years", () => {
  const mix = {
    units: ["all Dy", "half"],
    elements: ["La", "Dy"],
    values: Float64Array.of(0, 3, 2, 2),
  };
  for (const measure of MEASURES) {
    const rows = substitutabilityInstrument(ELEMENT_ROWS, FACTS.quotas, mix, { measure })
      .toRecords();
    const at = (sector: string, year: number) =>
      Number(rows.find((row) => row.sector === sector && row.year === year)!.instrument);
    for (const year of [2007, 2009, 2015, 2018]) assert.equal(at("half", year), 0);
    // Of two elements one scores 0 and the other 1.
    const dysprosium = at("all Dy", 2010) > 0 ? 1 : 0;
    const tightness = 2 * at("half", 2012);
    assert.ok(tightness > 0);
    assert.ok(Math.abs(at("all Dy", 2012) - dysprosium * tightness) < 1e-12, measure);
  }
  const listed = FACTS.substitutability;
  const rows = substitutabilityInstrument(ELEMENT_ROWS, FACTS.quotas, mix, {
    measure: "graedel",
    listed,
    years: [2011],
  }).toRecords();
  assert.equal(rows.length, 2);
  assert.equal(rows[0].instrument, rows[1].instrument);
});

Deno.test("every measure scores all elements; one without the property is at the mean", () => {
  for (const measure of MEASURES) {
    const { values } = elementDistances(ELEMENT_ROWS, measure);
    assert.ok(values.every(Number.isFinite), measure);
  }
  const { elements, values } = elementDistances(ELEMENT_ROWS, "electronegativity");
  const row = (symbol: string) => {
    const at = elements.indexOf(symbol) * elements.length;
    return [...values.subarray(at, at + elements.length)].filter((value) => value > 0);
  };
  assert.equal(new Set(row("Eu").map((value) => value.toFixed(12))).size, 1);
  assert.ok(new Set(row("La").map((value) => value.toFixed(12))).size > 3);
});

Deno.test("an industry without elements has no instrument, an unknown element is named", () => {
  const mix = {
    units: ["none", "some"],
    elements: ["La", "Dy"],
    values: Float64Array.of(0, 0, 1, 1),
  };
  const options = { measure: "radius", years: [2010] } as const;
  assert.equal(substitutabilityInstrument(ELEMENT_ROWS, FACTS.quotas, mix, options).height, 1);
  assert.throws(
    () =>
      substitutabilityInstrument(
        ELEMENT_ROWS,
        FACTS.quotas,
        { ...mix, elements: ["La", "Fe"] },
        options,
      ),
    /element Fe is not among/,
  );
});

Deno.test("the committed default panel is SIMULATED and equal to what its recipe gives", () => {
  const committed = loadPatentPanel();
  assert.equal(committed.writeCSV().toString(), simulatedPatents().writeCSV().toString());
  assert.deepEqual([...new Set(committed.getColumn("origin").toArray())], ["SIMULATED"]);
  assert.equal(committed.height, SIMULATED_PATENTS.sectors * 12);
});

Deno.test("the default panel's relative prices and instrument are the real ones", () => {
  const real = new Map(
    relativePricePanel().toRecords().map((row) => [`${row.sector} ${row.year}`, row]),
  );
  for (const row of loadPatentPanel().toRecords()) {
    const own = real.get(`${row.sector} ${row.year}`)!;
    assert.equal(row.log_relative_price, own.log_relative_price);
    assert.equal(row.instrument, own.instrument);
  }
});

Deno.test("a given panel is read from CSV and parquet and checked", () => {
  const dir = Deno.makeTempDirSync();
  try {
    const text = "sector,year,patents_element,patents_other,log_relative_price\n" +
      "a,2001,1,5,0.5\na,2002,0,6,0.25\nb,2001,2,3,0\nb,2002,4,4,1\n";
    Deno.writeTextFileSync(`${dir}/good.csv`, text);
    const panel = loadPatentPanel(`${dir}/good.csv`);
    assert.deepEqual(
      panel.getColumn("year").toArray().map((year: unknown) => typeof year),
      panel.getColumn("year").toArray().map(() => "number"),
      "numbers of a CSV are numbers",
    );
    assert.deepEqual([...new Set(panel.getColumn("origin").toArray())], ["given"]);
    panel.writeParquet(`${dir}/good.parquet`);
    assert.equal(loadPatentPanel(`${dir}/good.parquet`).height, 4);
    Deno.writeTextFileSync(`${dir}/bad.csv`, text.replace("a,2002,0", "a,2002,-3"));
    assert.throws(() => loadPatentPanel(`${dir}/bad.csv`), /sector a, year 2002 is -3/);
    Deno.writeTextFileSync(`${dir}/short.csv`, text.replace("log_relative_price", "price"));
    assert.throws(() => loadPatentPanel(`${dir}/short.csv`), /no column "log_relative_price"/);
    assert.throws(
      () => loadPatentPanel(`${dir}/good.txt`),
      /expected a patent panel as .csv or .parquet/,
    );
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});
