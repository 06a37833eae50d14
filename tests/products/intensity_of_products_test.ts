import {
  chainConcordances,
  concordance,
  loadNaicsCrosswalk,
  naicsToBea,
  readConcordance,
} from "@ree/data";
import { countrySectorExposure, industryExposure } from "@ree/panels";
import { industryIntensities, productConcordance, productExposure } from "@ree/products";
import assert from "node:assert/strict";
import { join } from "node:path";
import { SOURCE_DIR, sourceTest } from "../data/helpers.ts";

const ROUNDING = 1e-12;

Deno.test("NAICS codes of 2012, shortened and older ones find their industries, unknown ones none", () => {
  const row = (naics: string, detail: string) => ({ naics, detail, via: "concordance" as const });
  const industries = [
    row("311811", "A"),
    row("311812", "A"),
    row("311813", "B"),
    row("325180", "C"),
  ];
  const older = concordance("2007 to 2012", [
    { from: "325188", to: "325180", weight: 0.5 },
    { from: "325188", to: "999999", weight: 0.5 },
  ]);
  const codes = ["311813", "31181X", "325188", "112920", "325188"];
  const { links } = naicsToBea(codes, { industries, older });
  assert.deepEqual(links, [
    { from: "311813", to: "B", weight: 1 },
    { from: "31181X", to: "A", weight: 2 / 3 },
    { from: "31181X", to: "B", weight: 1 / 3 },
    { from: "325188", to: "C", weight: 1 },
  ]);
  assert.deepEqual(naicsToBea(codes, { industries }).links.map(({ from }) => from), [
    "311813",
    "31181X",
    "31181X",
  ]);
  const shipped = naicsToBea(loadNaicsCrosswalk().map(({ naics }) => naics));
  assert.deepEqual([shipped.links.length, shipped.divided.length], [364, 0]);
});

Deno.test("intensities of industries are sums over elements, of exporters' own where units name them", () => {
  const table = { units: ["a", "b"], elements: ["Nd", "Dy"], total: Float64Array.of(1, 2, 3, 4) };
  assert.deepEqual(industryIntensities(table), [
    { industry: "a", intensity: 3 },
    { industry: "b", intensity: 7 },
  ]);
  assert.deepEqual(industryIntensities(table, ["Dy"]).map(({ intensity }) => intensity), [2, 4]);
  assert.deepEqual(industryIntensities({ ...table, units: ["DEU c14", "FRA c14"] })[1], {
    industry: "c14",
    exporter: "FRA",
    intensity: 7,
  });
  assert.throws(() => industryIntensities(table, ["Tb"]), /no element Tb; there are Nd, Dy/);
});

sourceTest("US intensities reach nearly all manufactured HS 2007 products by NAICS and BEA", () => {
  const at = (file: string) => join(SOURCE_DIR, "concordance", file);
  const hs = readConcordance(at("hs3_naics.csv"), { from: "HS3_6d", to: "NAICS_6d" });
  const older = readConcordance(at("naics2012_naics2007.csv"), {
    from: "NAICS2007_6d",
    to: "NAICS2012_6d",
  });
  const bea = naicsToBea(hs.links.map(({ to }) => to), { older });
  const { chained, lost } = chainConcordances(hs, bea);
  const exposure = industryExposure();
  const intensities = industryIntensities(exposure);
  const products = [...new Set(hs.links.map(({ from }) => from))];
  const found = productExposure(
    products,
    "HS07",
    productConcordance(chained, "HS07", lost),
    intensities,
  );
  const manufactured = new Set(hs.links.filter(({ to }) => to[0] === "3").map(({ from }) => from));
  const without = [...found.mapping.withoutConcordance, ...found.mapping.withoutIntensity];
  assert.deepEqual(without.filter((code) => manufactured.has(code)), []);
  assert.ok(without.length < products.length / 10, `${without.length}`);
  const of = (code: string) => found.intensity[found.products.indexOf(code)];
  // Compounds of rare earths are made by one industry, which both editions of NAICS in the list lead to.
  const chemicals = intensities.find(({ industry }) => industry === "325180")!.intensity;
  assert.ok(Math.abs(of("284690") / chemicals - 1) < ROUNDING);
  assert.equal(found.matchedShare[found.products.indexOf("284690")], 1);
});

sourceTest("intensities of exporters' own reach products by ISIC and WIOD sectors", () => {
  const at = (file: string) => join(SOURCE_DIR, "concordance", file);
  const isic = readConcordance(at("hs3_isic3.csv"), { from: "HS3_6d", to: "ISIC3_4d" });
  const wiod = readConcordance(at("wiod_2013.csv"), { from: "ISIC3_4d", to: "WIOT2013_n" });
  const sectors = concordance("ISIC to WIOD", wiod.links.map((l) => ({ ...l, to: `c${l.to}` })));
  const { chained, lost } = chainConcordances(isic, sectors);
  const intensities = industryIntensities(countrySectorExposure());
  const products = [...new Set(isic.links.map(({ from }) => from))];
  const found = productExposure(
    products,
    "HS07",
    productConcordance(chained, "HS07", lost),
    intensities,
  );
  assert.equal(found.exporters?.length, 41);
  assert.ok(found.mapping.withoutConcordance.length < products.length / 20);
  const value = (exporter: string, hs6: string) =>
    found
      .intensity[
        found.exporters!.indexOf(exporter) * products.length + found.products.indexOf(hs6)
      ];
  const computers = intensities.find((i) =>
    i.exporter === "JPN" && i.industry === "c14"
  )!.intensity;
  assert.ok(Math.abs(value("JPN", "854231") / computers - 1) < ROUNDING);
  assert.notEqual(value("JPN", "854231"), value("USA", "854231"));
});
