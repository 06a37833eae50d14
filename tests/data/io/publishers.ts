import { type BookType, utils, write } from "@e965/xlsx";
import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js";

/** A small world with exact accounts: rows and columns add up to output. */
export interface SmallWorld {
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  readonly categories: readonly string[];
  /** [n*S+s][m*S+k] */
  readonly intermediate: Float64Array;
  /** [n*S+s][m*C+c] */
  readonly final: Float64Array;
  readonly output: Float64Array;
  readonly valueAdded: Float64Array;
}

/** A SIMULATED world table; inventories (the last category) may be negative. */
export function smallWorld(
  countries: readonly string[],
  sectors: readonly string[],
  categories: readonly string[],
  seed: number,
): SmallWorld {
  let state = seed;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.round(state / 4294967296 * 1e6) / 1e4;
  };
  const n = countries.length * sectors.length;
  const width = countries.length * categories.length;
  const intermediate = Float64Array.from({ length: n * n }, () => draw());
  const final = Float64Array.from(
    { length: n * width },
    (_, k) => k % categories.length === categories.length - 1 ? draw() - 50 : 10 * n * draw(),
  );
  const output = new Float64Array(n);
  const valueAdded = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) output[i] += intermediate[i * n + j];
    for (let j = 0; j < width; j++) output[i] += final[i * width + j];
  }
  for (let j = 0; j < n; j++) {
    valueAdded[j] = output[j];
    for (let i = 0; i < n; i++) valueAdded[j] -= intermediate[i * n + j];
  }
  return { countries, sectors, categories, intermediate, final, output, valueAdded };
}

/** Codes of rows, e.g. `ARG_A01`. */
export function labels(world: SmallWorld, codes: readonly string[], join = "_"): string[] {
  return world.countries.flatMap((country) => codes.map((code) => country + join + code));
}

/** A row of numbers of the world: its purchases and final demand. */
export function rowOf(world: SmallWorld, i: number): number[] {
  const n = world.output.length;
  const width = world.final.length / n;
  return [
    ...world.intermediate.subarray(i * n, (i + 1) * n),
    ...world.final.subarray(i * width, (i + 1) * width),
  ];
}

/** Text of an OECD ICIO CSV as published. */
export function icioText(world: SmallWorld): string {
  const finals = labels(world, world.categories);
  const rows = labels(world, world.sectors);
  const taxes = world.valueAdded.map((value) => value / 10);
  const zeros = finals.map(() => "0");
  return [
    ["V1", ...rows, ...finals, "OUT"],
    ...rows.map((code, i) => [code, ...rowOf(world, i), world.output[i]]),
    ["TLS", ...taxes, ...zeros, "0"],
    ["VA", ...world.valueAdded.map((value, j) => value - taxes[j]), ...zeros, "0"],
    ["OUT", ...world.output, ...zeros, "0"],
  ].map((cells) => cells.join(",")).join("\n") + "\n";
}

/** Cells of a WIOD sheet as published. */
export function wiodCells(
  world: SmallWorld,
  year: number,
  codes: readonly string[],
  release: 2013 | 2016,
): (string | number | null)[][] {
  const n = world.output.length;
  const size = world.sectors.length;
  const cCode = (k: number) => `c${k + 1}`;
  const across = [
    ...world.countries.flatMap((country) =>
      world.sectors.map((name, s) => [codes[s], name, country, cCode(s)])
    ),
    ...world.countries.flatMap((country) =>
      world.categories.map((name, c) => [name, `Final: ${name}`, country, cCode(size + 1 + c)])
    ),
    ["GO", "Total output", "TOT", cCode(size + 1 + world.categories.length)],
  ];
  const blank = [null, null, null, null];
  const title = release === 2013
    ? [`World Input-Output Table, ${year}`, null, "(industry-by-industry)", "(millions of US$)"]
    : ["Intercountry Input-Output Table", `${year}`, "(industry-by-industry)", "(millions of US$)"];
  const header = [0, 1, 2, 3].map((k) => [null, null, null, null, ...across.map((x) => x[k])]);
  const top = [
    [title[0]],
    [title[1]],
    ...header.map((row, k) => k < 2 ? [title[2 + k], ...row.slice(1)] : row),
  ];
  const down = world.countries.flatMap((country) =>
    world.sectors.map((name, s) => [codes[s], name, country, cCode(s)])
  );
  const bought = Array.from(world.output, (x, j) => x - world.valueAdded[j]);
  const finals = Array.from({ length: world.final.length / n }, () => 0);
  return [
    ...top,
    ...down.map((label, i) => [...label, ...rowOf(world, i), world.output[i]]),
    ["II_fob", "Total intermediate consumption", "TOT", "r60", ...bought, ...finals, null],
    ["VA", "Value added at basic prices", "TOT", "r64", ...world.valueAdded, ...finals, null],
    ["GO", "Output at basic prices", "TOT", "r69", ...world.output, ...finals, null],
    blank,
  ];
}

/** Bytes of a workbook. */
export function workbook(
  sheets: Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>,
  bookType: BookType,
): Uint8Array<ArrayBuffer> {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  }
  return new Uint8Array(write(book, { type: "array", bookType, compression: true }));
}

/** Bytes of a zip archive. */
export async function archive(
  members: Readonly<Record<string, string | Uint8Array>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const [name, content] of Object.entries(members)) {
    await zip.add(
      name,
      typeof content === "string" ? new TextReader(content) : new Uint8ArrayReader(content),
    );
  }
  return new Uint8Array(await (await zip.close()).arrayBuffer());
}

/** The texts of an EXIOBASE 3 folder. */
export function exiobaseTexts(world: SmallWorld): Record<string, string> {
  const n = world.output.length;
  const width = world.final.length / n;
  const pairs = world.countries.flatMap((country) =>
    world.sectors.map((sector) => [country, sector])
  );
  const finals = world.countries.flatMap((country) =>
    world.categories.map((category) => [country, category])
  );
  const text = (rows: readonly (readonly (string | number)[])[]) =>
    rows.map((row) => row.join("\t")).join("\n") + "\n";
  const matrix = (
    second: string,
    across: readonly string[][],
    values: Float64Array,
  ) =>
    text([
      ["region", "", ...across.map(([country]) => country)],
      [second, "", ...across.map(([, code]) => code)],
      ["region", "sector", ...across.map(() => "")],
      ...pairs.map((pair, i) => [
        ...pair,
        ...values.subarray(i * across.length, (i + 1) * across.length),
      ]),
    ]);
  if (finals.length !== width) throw new Error("categories");
  return {
    "Z.txt": matrix("sector", pairs, world.intermediate),
    "Y.txt": matrix("category", finals, world.final),
    "x.txt": text([
      ["region", "sector", "indout"],
      ...pairs.map((pair, i) => [...pair, world.output[i]]),
    ]),
    "unit.txt": text([["region", "sector", "unit"], ...pairs.map((pair) => [...pair, "M.EUR"])]),
    "satellite/unit.txt": text([
      ["", "unit"],
      ["Taxes less subsidies on products purchased: Total", "M.EUR"],
      ["Operating surplus: Consumption of fixed capital", "M.EUR"],
      ["Employment people: Low-skilled male", "1000 p"],
    ]),
    "satellite/F.txt": text([
      ["region", ...pairs.map(([country]) => country)],
      ["sector", ...pairs.map(([, sector]) => sector)],
      ["stressor", ...pairs.map(() => "")],
      ["Taxes less subsidies on products purchased: Total", ...world.valueAdded.map((v) => v / 4)],
      ["Operating surplus: Consumption of fixed capital", ...world.valueAdded.map((v) => v * 0.75)],
      ["Employment people: Low-skilled male", ...pairs.map(() => 999)],
    ]),
  };
}
