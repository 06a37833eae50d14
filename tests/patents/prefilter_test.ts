import assert from "node:assert/strict";
import { RARE_EARTHS } from "@ree/data";
import {
  elementsMentioned,
  findRareEarth,
  mentionsRareEarth,
  rareEarthMentions,
} from "@ree/patents";

/** Texts that speak of rare earths, with the elements named. */
const HITS: readonly (readonly [string, string])[] = [
  ["A rare earth permanent magnet", ""],
  ["Rare-Earth element recovery", ""],
  ["RARE EARTHS from clay", ""],
  ["rare\nearth oxide", ""],
  ["rare‑earth (non-breaking hyphen)", ""],
  ["light lanthanides", ""],
  ["a mischmetal alloy", ""],
  ["misch metal", ""],
  ["didymium glass", "Pr Nd"],
  ["praseodymium-neodymium alloy", "Pr Nd"],
  ["cerium(IV) oxide", "Ce"],
  ["ceriumoxide powder", "Ce"],
  ["Yttria-stabilized zirconia", "Y"],
  ["YTTERBIUM fibre laser", "Yb"],
  ["an 8YSZ electrolyte", "Y"],
  ["Nd:YAG laser", "Y Nd"],
  ["Nd-Fe-B sintered magnet", "Nd"],
  ["NdFeB magnets", "Nd"],
  ["Nd2Fe14B phase", "Nd"],
  ["Nd.sub.2 Fe.sub.14 B phase", "Nd"],
  ["Nd.sub.2Fe.sub.14B phase", "Nd"],
  ["Y.sub.2O.sub.3 film", "Y"],
  ["the ion Ce.sup.3+", "Ce"],
  ["Nd<sub>2</sub>Fe<sub>14</sub>B phase", "Nd"],
  ["Nd₂Fe₁₄B phase", "Nd"],
  ["Nd_{2}Fe_{14}B phase", "Nd"],
  ["(Nd,Pr)2Fe14B grains", "Pr Nd"],
  ["SmCo magnets", "Sm"],
  ["Sm–Co magnets", "Sm"],
  ["Sm2Co17", "Sm"],
  ["CeO2 abrasive", "Ce"],
  ["CeO.sub.2 abrasive", "Ce"],
  ["Y2O3 coating", "Y"],
  ["Y.sub.2 O.sub.3 coating", "Y"],
  ["YBa2Cu3O7 tape", "Y"],
  ["La0.7Sr0.3MnO3 cathode", "La"],
  ["La1-xSrxMnO3-δ cathode", "La"],
  ["LaNi5 hydrogen storage", "La"],
  ["LaB6 emitter", "La"],
  ["NaYF4:Yb,Er nanoparticles", "Y Er Yb"],
  ["GdFeCo film", "Gd"],
  ["Er3+ ions", "Er"],
  ["Eu.sup.2+ activated phosphor", "Eu"],
  ["Tb³⁺ emission", "Tb"],
  ["Ce(IV) salt", "Ce"],
  ["Er-doped fiber", "Er"],
  ["Er doped fiber", "Er"],
  ["Yb/Er co-doped", "Er Yb"],
  ["an EDFA stage", "Er"],
  ["at least one of La, Ce and Nd", "La Ce Nd"],
  ["Dy or Tb diffused", "Tb Dy"],
  ["monazite concentrate", ""],
  ["Terfenol-D rod", "Tb Dy"],
  ["SmI2 reagent", "Sm"],
];

/** Texts that only look as if. */
const MISSES = [
  "a rare earthquake damper",
  "Rare earthworm species",
  "a rare case. Earth is moist",
  "rarefied earth atmosphere",
  "Er ist der Ansicht, La Paz, Ho Chi Minh",
  "la Société, La-Z-Boy recliner, LaTeX, LaSalle, Los Angeles (La)",
  "a storage of 4 Tb, 2 Tb/s and 10 Tb-class",
  "bacteria, criteria, Bulgaria, material, wisteria",
  "prion protein PrP and PrPSc",
  "SmC phase, SmC* and SmA liquid crystals",
  "scFv and ScFv fragments",
  "the X-Y stage, Y-axis, Y1 and Y2 coordinates, Y-shaped tube, Y-branch",
  "Ho-Ho-Ho",
  "CeBIT, Euro, EuroNCAP, Century, Process, Smart",
  "ErbB2 and HER2+ cells",
  "three degrees, trees, REE of a patient at rest",
  "Pr. Dr. Sc. Tm. Eu",
  "Samaria, Holmia and Lutetia",
  "glycerium and imperium",
  "PROMETHEUS; lute; cereal",
  "",
];

for (const [text, elements] of HITS) {
  Deno.test(`"${text.replace("\n", " ")}" speaks of rare earths`, () => {
    assert.ok(mentionsRareEarth(text));
    assert.equal(elementsMentioned(text).join(" "), elements);
    assert.ok(mentionsRareEarth(`Before it ${text} and after it.`));
  });
}

for (const text of MISSES) {
  Deno.test(`"${text}" does not`, () => assert.deepEqual(rareEarthMentions(text), []));
}

Deno.test("every element is found by its name in any case, and not inside other words", () => {
  const names =
    "scandium yttrium lanthanum cerium praseodymium neodymium promethium samarium europium gadolinium terbium dysprosium holmium erbium thulium ytterbium lutetium"
      .split(" ");
  names.forEach((name, i) => {
    for (const text of [name, name.toUpperCase(), `"${name[0].toUpperCase()}${name.slice(1)}"-`]) {
      assert.deepEqual(elementsMentioned(text), [RARE_EARTHS[i]], text);
    }
    assert.ok(!mentionsRareEarth(`x${name}`));
  });
});

Deno.test("mentions carry their place in the text, also after letters beyond ASCII", () => {
  const text = "Ein größerer Magnet: neodymium, µm-scale dysprosium";
  const mentions = rareEarthMentions(text);
  assert.deepEqual(
    mentions.map(({ start, term }) => text.slice(start, start + term.length)),
    ["neodymium", "dysprosium"],
  );
});

Deno.test("a range of bytes is searched on its own", () => {
  const bytes = new TextEncoder().encode("rare earth\tnone\tcerium");
  assert.equal(findRareEarth(bytes, 11, 15), -1);
  assert.equal(findRareEarth(bytes, 0, 4), -1);
  assert.ok(findRareEarth(bytes, 16) > 0);
});
