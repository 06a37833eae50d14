import assert from "node:assert/strict";
import {
  CLOSURE_CHOICES,
  ELASTICITY_RANGES,
  settingsLink,
  settingsOfLink,
  SIZE_RANGES,
  type WhatIfSettings,
} from "@ree/what-if";
import { randomStream } from "@ree/numeric";
import { choices } from "./world.ts";

const DRAWS = 300;

function randomSettings(next: () => number): WhatIfSettings {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)];
  const some = (all: readonly string[]) => {
    const kept = all.filter(() => next() < 0.5);
    return kept.length === 0 || kept.length === all.length ? ["*"] : kept;
  };
  const between = ({ low, high }: { low: number; high: number }) => low + next() * (high - low);
  const country = pick(choices.countries.filter(({ single, sells }) => single && sells.length > 0));
  const measure = pick(Object.keys(SIZE_RANGES));
  const others = choices.countries.map(({ code }) => code).filter((code) => code !== country.code);
  return {
    country: country.code,
    elements: some(country.sells),
    measure,
    size: between(SIZE_RANGES[measure]),
    targets: measure === "quota" ? ["*"] : some(others),
    closure: pick(CLOSURE_CHOICES).code,
    sigma: between(ELASTICITY_RANGES.sigma),
    psi: between(ELASTICITY_RANGES.psi),
    supply: between(ELASTICITY_RANGES.supply),
  };
}

Deno.test("reading a link gives the settings it was made from, with every bit", () => {
  const { uniform: next } = randomStream(20101231);
  for (let draw = 0; draw < DRAWS; draw++) {
    const settings = randomSettings(next);
    assert.deepEqual(settingsOfLink(settingsLink(settings), choices), settings);
  }
  for (const size of [1e-7, 5e-324, 0.1 + 0.2, 1]) {
    const settings = { ...choices.defaults, size };
    assert.deepEqual(settingsOfLink(settingsLink(settings), choices), settings);
  }
});

Deno.test("a link survives what a mail program does to addresses", () => {
  const link = settingsLink({ ...choices.defaults, elements: ["Nd", "Dy"] });
  assert.ok(link.includes("elements=Nd,Dy"));
  assert.deepEqual(
    settingsOfLink(link.replaceAll(",", "%2C").replaceAll("*", "%2A"), choices),
    settingsOfLink(link, choices),
  );
});

const link = settingsLink(choices.defaults);
const changed = (key: string, value: string) =>
  link.replace(new RegExp(`${key}=[^&]*`), `${key}=${value}`);

const MALFORMED: readonly (readonly [why: string, link: string, says: RegExp])[] = [
  ["no settings", "hello", /unknown setting "hello"/],
  ["a setting missing", link.replace("&psi=0.5", ""), /psi is missing/],
  ["a setting twice", `${link}&psi=0.5`, /psi is given twice/],
  ["an unknown setting", `${link}&code=1`, /unknown setting "code"/],
  ["an unknown country", changed("country", "ATL"), /country: came "ATL"; expected one of CHN/],
  ["a country that sells nothing", changed("country", "JPN"), /country: came "JPN"/],
  ["a group of countries", changed("country", "EU"), /country: came "EU"/],
  ["an unknown element", changed("elements", "Nd,Xx"), /elements: came "Xx"/],
  ["an element twice", changed("elements", "Nd,Nd"), /Nd appears twice/],
  ["no element", changed("elements", ""), /elements: came ""/],
  ["an unknown measure", changed("measure", "toString"), /measure: came "toString"/],
  ["a prototype's name", changed("measure", "__proto__"), /measure: came "__proto__"/],
  ["a quota on one buyer", changed("targets", "JPN"), /a quota binds all buyers/],
  ["an unknown closure", changed("closure", "frozen"), /closure: came "frozen"/],
  ["a size that is no number", changed("size", "abc"), /size: came "abc"; expected a plain number/],
  ["an empty number", changed("sigma", ""), /sigma: came ""/],
  ["a hexadecimal number", changed("sigma", "0x1"), /sigma: came "0x1"/],
  ["an infinite number", changed("sigma", "Infinity"), /sigma: came "Infinity"/],
  ["a number with a sign", changed("sigma", "+1"), /sigma: came "\+1"/],
  ["a number with a space", changed("sigma", "%201"), /sigma: came " 1"/],
  [
    "a number out of range",
    changed("supply", "1e9"),
    /supply: came 1000000000; expected 0.05 to 2/,
  ],
  ["a quota above the baseline", changed("size", "1.5"), /size: came 1.5; expected 0 to 1/],
  ["a broken escape", changed("country", "%E0%A4%A"), /country: came/],
  ["a very long link", `${link}${"&x=1".repeat(1000)}`, /4\d\d\d characters; expected at most/],
];

for (const [why, malformed, says] of MALFORMED) {
  Deno.test(`a link with ${why} is refused in words`, () => {
    assert.throws(
      () => settingsOfLink(malformed, choices),
      (error) => error instanceof RangeError && says.test(error.message),
    );
  });
}

Deno.test("a refusal repeats no more than a line of the link", () => {
  const long = "x".repeat(1500);
  assert.throws(
    () => settingsOfLink(changed("country", long), choices),
    (error) => error instanceof RangeError && error.message.length < 200,
  );
});
