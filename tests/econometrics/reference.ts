import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pl from "nodejs-polars";

/** Known answers lie beside the project; they carry licences of their own and are never copied. */
const FOLDER = fileURLToPath(new URL("../../../shared/reference/", import.meta.url));

export const hasReference = existsSync(FOLDER);
if (!hasReference) {
  console.warn("known answers are absent (../shared/reference): tests that need them are skipped");
}

/** A test that needs the known answers. */
export function referenceTest(name: string, fn: () => void | Promise<void>) {
  Deno.test({ name, fn, ignore: !hasReference });
}

export function referenceFrame(path: string): pl.DataFrame {
  return pl.readCSV(FOLDER + path);
}

/** Results of R with 14 digits, by estimation. */
export function expectedFromR() {
  return JSON.parse(readFileSync(FOLDER + "r/expected.json", "utf8"));
}

/** |actual/expected − 1| below the tolerance. */
export function assertRelative(
  actual: number,
  expected: number,
  tolerance: number,
  what: string,
) {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.abs(expected),
    `${what}: ${actual}, expected ${expected}`,
  );
}

/** Equal to a printed number, to the digits printed. */
export function assertPrinted(actual: number, printed: string, what: string) {
  const [mantissa, exponent = "0"] = printed.toLowerCase().split("e");
  const decimals = (mantissa.split(".")[1] ?? "").length;
  const unit = 10 ** (Number(exponent) - decimals);
  assert.ok(
    Math.abs(actual - Number(printed)) <= 0.5001 * unit,
    `${what}: ${actual}, printed ${printed}`,
  );
}
