import {
  concordance,
  concordWorldTable,
  loadSectorConcordance,
  loadWorldTable,
  readIcio,
  WIOD_SECTORS,
} from "@ree/data";
import assert from "node:assert/strict";
import { join } from "node:path";
import { inTempDir } from "./helpers.ts";
import { icioText, smallWorld } from "./io/publishers.ts";

/** Sums of divided cells differ from the total by rounding only. */
const ROUNDING = 1e-9;

/** The 45 industries of the ICIO releases 2021 and 2023. */
const ICIO =
  ("A01_02 A03 B05_06 B07_08 B09 C10T12 C13T15 C16 C17_18 C19 C20 C21 C22 C23 C24 C25 C26 C27 C28 C29 C30 " +
    "C31T33 D E F G H49 H50 H51 H52 H53 I J58T60 J61 J62_63 K L M N O P Q R S T").split(" ");

const sum = (values: Iterable<number>) => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
const close = (a: number, b: number) => Math.abs(a - b) <= ROUNDING * Math.abs(b);

Deno.test("every WIOD 2013 sector is reached from ICIO and from WIOD 2016, and divided sectors follow world output", () => {
  for (const list of ["oecd-icio", "wiod2016"] as const) {
    const { links, divided } = loadSectorConcordance(list);
    assert.deepEqual(
      [...new Set(links.map(({ to }) => to))].sort(),
      [...WIOD_SECTORS].sort(),
      list,
    );
    assert.ok(divided.includes(list === "wiod2016" ? "C13-C15" : "C13T15"));
  }
  const { links } = loadSectorConcordance("oecd-icio");
  assert.ok(ICIO.every((code) => links.some(({ from }) => from === code)));
  const weight = (to: string) => links.find((l) => l.from === "C13T15" && l.to === to)?.weight ?? 0;
  const { output } = loadWorldTable(2011);
  const world = (s: number) => sum(output.filter((_, i) => i % 35 === s));
  assert.ok(close(weight("c4") / weight("c5"), world(3) / world(4)));
});

Deno.test("an ICIO table (SIMULATED) becomes one of WIOD sectors with the same totals, countries renamed and added up", async () => {
  const finals = ["HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR"];
  const simulated = smallWorld(["CHN", "ROU", "TWN", "ROW"], ICIO, finals, 21);
  await inTempDir(async (dir) => {
    const path = join(dir, "2019_SML.csv");
    Deno.writeTextFileSync(path, icioText(simulated));
    const { table } = await readIcio(path, 2019);
    const regrouped = concordWorldTable(table, {
      sectors: loadSectorConcordance("oecd-icio"),
      countries: new Map([["ROU", "ROM"], ["ROW", "RoW"], ["TWN", "RoW"]]),
    });
    assert.deepEqual(regrouped.countries, ["CHN", "ROM", "RoW"]);
    assert.deepEqual(regrouped.sectors, WIOD_SECTORS);
    for (const key of ["intermediate", "final", "output"] as const) {
      assert.ok(close(sum(regrouped[key]), sum(table[key])), key);
    }
    const n = regrouped.output.length;
    const width = regrouped.final.length / n;
    for (let i = 0; i < n; i++) {
      const row = sum(regrouped.intermediate.subarray(i * n, (i + 1) * n)) +
        sum(regrouped.final.subarray(i * width, (i + 1) * width));
      assert.ok(close(row, regrouped.output[i]), `row ${i}`);
    }
    const machines = ICIO.indexOf("C28");
    assert.ok(close(regrouped.output[12], simulated.output[machines]));
    assert.throws(
      () => concordWorldTable(table, { sectors: concordance("none", []) }),
      /sector A01_02: no link in none/,
    );
  });
});
