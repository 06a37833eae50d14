import { loadElements, loadFacts } from "@ree/data";
import { elementDistances, hardToReplace, NO_CANDIDATES } from "@ree/elasticity";
import { ELEMENTS } from "@ree/io-table";
import assert from "node:assert/strict";

const PROPERTIES = loadElements();
const LANTHANIDES = "La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu".split(" ");

/** Distance of two elements. */
function between(left: string, right: string, measure: "distance" | "radius"): number {
  const { elements, values } = elementDistances(PROPERTIES, measure);
  return values[elements.indexOf(left) * elements.length + elements.indexOf(right)];
}

Deno.test("distances are symmetric, zero to oneself, and leave out scandium and promethium", () => {
  const { elements, values } = elementDistances(PROPERTIES);
  assert.equal(elements.length, 15);
  for (const element of NO_CANDIDATES) assert.ok(!elements.includes(element));
  elements.forEach((_, i) =>
    elements.forEach((_, j) => {
      const value = values[i * 15 + j];
      assert.equal(value, values[j * 15 + i]);
      assert.equal(value === 0, i === j);
    })
  );
});

Deno.test("by radius lanthanides are farther the more places lie between them", () => {
  LANTHANIDES.slice(2).forEach((element, k) => {
    assert.ok(between("La", element, "radius") > between("La", LANTHANIDES[k + 1], "radius"));
  });
});

Deno.test("by radius yttrium lies between dysprosium and holmium", () => {
  const sum = between("Dy", "Y", "radius") - between("Dy", "Ho", "radius");
  assert.ok(Math.abs(sum - between("Ho", "Y", "radius")) < 1e-12);
  const nearest = LANTHANIDES.toSorted((a, b) =>
    between("Y", a, "radius") - between("Y", b, "radius")
  );
  assert.deepEqual(nearest.slice(0, 3), ["Ho", "Er", "Dy"]);
});

Deno.test("neighbours are close in all properties: Pr to Nd, Tb to Dy, Ho to Er", () => {
  const { values } = elementDistances(PROPERTIES);
  const mean = values.reduce((sum, value) => sum + value, 0) / (15 * 14);
  for (const [left, right] of [["Pr", "Nd"], ["Tb", "Dy"], ["Ho", "Er"]]) {
    assert.ok(between(left, right, "distance") < mean / 2, `${left} ${right}`);
  }
});

Deno.test("an element without electronegativity is compared in the other properties", () => {
  const shared = { electronegativity: null, fElectrons: 1, theoreticalMoment: 1, meltingPoint: 1 };
  const spread = { fElectrons: 2, theoreticalMoment: 2, meltingPoint: 2 };
  const rows = [
    { symbol: "La", radius6: 100, ...shared },
    { symbol: "Ce", radius6: 90, ...shared, electronegativity: 1 },
    { symbol: "Pr", radius6: 80, ...shared, ...spread, electronegativity: 2 },
  ];
  const { values } = elementDistances(rows);
  // One standard deviation of radius, 10 pm, in one of four shared properties out of five.
  assert.ok(Math.abs(values[1] - Math.sqrt(5 / 4)) < 1e-12);
});

Deno.test("by radius lanthanum is hardest to replace and the middle of the row easiest", () => {
  const scores = hardToReplace(ELEMENTS, PROPERTIES, { measure: "radius" });
  assert.deepEqual(scores.map(({ element }) => element), [...ELEMENTS]);
  const order = scores.toSorted((a, b) => b.score - a.score).map(({ element }) => element);
  assert.deepEqual(order.slice(0, 5), ["La", "Ce", "Pr", "Nd", "Sm"]);
  assert.deepEqual([scores[0].score, Math.min(...scores.map(({ score }) => score))], [1, 0]);
});

Deno.test("by all properties scores span 0 to 1: lanthanum hardest, gadolinium easiest", () => {
  const scores = hardToReplace(ELEMENTS, PROPERTIES, { measure: "distance" });
  assert.ok(scores.every(({ score }) => score >= 0 && score <= 1));
  const order = scores.toSorted((a, b) => b.score - a.score).map(({ element }) => element);
  assert.deepEqual([...order.slice(0, 3), order.at(-1)], ["La", "Y", "Ce", "Gd"]);
});

Deno.test("Graedel et al. list lanthanum, europium, dysprosium and yttrium", () => {
  const listed = loadFacts().substitutability;
  const scores = hardToReplace(ELEMENTS, PROPERTIES, { measure: "graedel", listed });
  assert.deepEqual(
    scores.filter(({ score }) => score === 1).map(({ element }) => element),
    ["La", "Eu", "Dy", "Y"],
  );
});

Deno.test("hardToReplace names an element it cannot score", () => {
  assert.throws(
    () => hardToReplace(["La", "Sc"], PROPERTIES, { measure: "distance" }),
    /element Sc is not among the candidates/,
  );
  assert.throws(
    () => hardToReplace(["La"], PROPERTIES, { measure: "graedel", listed: [] }),
    /element La is not in the list/,
  );
  assert.throws(
    () => hardToReplace(["La"], PROPERTIES, { measure: "radius" }),
    /at least 2 elements/,
  );
});
