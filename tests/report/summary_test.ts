import assert from "node:assert/strict";
import { exportIndex } from "../../lib/report/export_index.ts";
import { projectPaths } from "../../lib/report/project.ts";
import { listNotebooks } from "../../lib/report/run_notebooks.ts";
import {
  executiveSummary,
  FINDING_SOURCES,
} from "../../lib/report/site/summary/executive_summary.ts";
import { listed, range, signed, significant } from "../../lib/report/site/summary/number_words.ts";

const made = { date: "2026-01-31", commit: "abc1234", versions: {} };
const notebooks = [...new Set(FINDING_SOURCES.map(({ notebook }) => notebook))];

/** Small results of the form that the notebooks save; their numbers are INVENTED for this test. */
const results: Readonly<Record<string, unknown>> = {
  "intensity.json": {
    year: 2012,
    level: 0.8,
    draws: 10,
    count: 3,
    median: 4.5,
    leaders: "Lamps and b",
    industries: [{ label: "Lamps", total: 4321, lower: 1111, upper: 6666 }],
  },
  "descriptive.json": {
    baseYear: 2009,
    quota: { yearBefore: 2009, before: 40000, yearAfter: 2010, after: 30000 },
    chinaMineShare: { year: 2009, percent: 91 },
    pricePeaks: [
      { element: "Dy", year: 2011, ratio: 3 },
      { element: "La", year: 2012, ratio: 7 },
    ],
  },
  "event_studies.json": {
    specifications: {
      A: [{ key: "baseline", estimate: 0.1, lower: 0.05, upper: 0.15 }],
      B: [{ key: "baseline", estimate: 0.1, lower: -0.05, upper: 0.25 }],
      C: [{ key: "baseline", estimate: -0.1, lower: -0.2, upper: -0.05 }],
    },
  },
  "counterfactuals.json": {
    limit: 0.603,
    closures: [
      {
        sigma: 0.5,
        closure: "fixed",
        outside: 2.5,
        welfareAbroad: -0.02,
        welfareHome: 0.2,
        millionAbroad: -1234.5,
        exports: -1.5,
      },
      {
        sigma: 1.5,
        closure: "entry",
        outside: 1.5,
        welfareAbroad: -0.01,
        welfareHome: -0.1,
        millionAbroad: -99.5,
        exports: 0.5,
      },
    ],
    mitigated: [
      { sigma: 1.5, closure: "entry", percent: -18.4 },
      { sigma: 0.5, closure: "entry", percent: 41.2 },
      { sigma: 0.5, closure: "allocation", percent: 23.3 },
    ],
    expansion: [
      { phase: "in force", closure: "fixed", version: "full economy", exports: [-1] },
      { phase: "in force", closure: "entry", version: "full economy", exports: [0.5] },
      { phase: "removed", closure: "fixed", version: "full economy", exports: [0.1] },
      { phase: "removed", closure: "entry", version: "full economy", exports: [0.3] },
      { phase: "removed", closure: "entry", version: "one factor", exports: [99] },
    ],
  },
  "own-scenario.json": {
    scenario: { name: "A cut" },
    abroad: { perMille: -0.5, fixed: -0.7, million: -1000.4 },
    home: { perMille: 0.4, million: 900.2 },
    sigmas: [{ sigma: 0.25, abroad: -0.6 }, { sigma: 1.5, abroad: -0.1 }],
  },
  "elasticities.json": {
    simulated: false,
    source: "a panel",
    design: "counts",
    pooled: { mean: 0.62, lower: 0.5, upper: 0.74 },
    sectors: [{ sigma: 0.4 }, { sigma: 0.8 }],
  },
  "patent_labels.json": {
    data: "SIMULATED: invented texts",
    scores: [{ label: "x", f1: 0.5 }, { label: "y", f1: 0.75 }],
  },
  "uncertainty.json": {
    inputs: { sigma: { simulated: true } },
    intervals: [
      {
        key: "fixed price",
        label: "Price abroad",
        unit: "baseline = 1",
        closure: "fixed",
        median: 2.345,
        lower: 1.1,
        upper: 3.9,
        draws: 256,
      },
      {
        key: "allocation welfare",
        label: "Welfare abroad",
        unit: "million USD",
        closure: "allocation",
        median: -972.4,
        lower: -1591,
        upper: -676,
        draws: 256,
      },
    ],
    shares: [
      {
        outcome: "fixed price",
        indices: [
          { group: "weights", total: 0.1, totalLower: 0, totalUpper: 0.2 },
          { group: "sigma", total: 0.9, totalLower: 0.8, totalUpper: 1 },
        ],
      },
      {
        outcome: "allocation welfare",
        indices: [
          { group: "weights", total: 0.6, totalLower: 0.4, totalUpper: 0.8 },
          { group: "sigma", total: 0.4, totalLower: 0.2, totalUpper: 0.6 },
        ],
      },
    ],
  },
  "product_trade.json": {
    summaries: [
      { name: "published", worlds: 40, mean: 0.61, meanStandardError: 0.62, coverage: 95 },
      { name: "converted", worlds: 40, mean: -1.64, meanStandardError: 0.78, coverage: 97.5 },
    ],
  },
  "validation.json": {
    economies: 12,
    largestGaps: { econometrics: 3e-11, levels: 2e-12, equations: 0 },
    rejections: [
      { design: "calm", method: "clusters", percent: 5, lower: 2, upper: 8 },
      { design: "shared", method: "clusters", percent: 40, lower: 33, upper: 47 },
      { design: "shared", method: "permutation", percent: 4, lower: 1, upper: 7 },
    ],
  },
};

const answerOf = (question: RegExp, changed: Readonly<Record<string, unknown>> = {}) => {
  const all = executiveSummary((name) => ({ ...results, ...changed })[name], notebooks);
  const entry = all.find((one) => question.test(one.question))!;
  return { ...entry, text: `${entry.finding?.headline} ${entry.finding?.detail}` };
};

Deno.test("every number of the summary is one of the results, with its interval", () => {
  assert.match(
    answerOf(/needs/).text,
    /US 2012.*\[80 % band.*Lamps 4,321 \[1,111, 6,666\].* is 4\.5/,
  );
  assert.match(
    answerOf(/happened/).text,
    /mined 91 %.*by 25 %.*3 to 7 times.*40,000.*in 2011 to 2012/,
  );
  assert.match(
    answerOf(/quota do/).text,
    /1\.5 to 2\.5 times.*−0\.02 to −0\.01 ‰.*60\.3 %.*2 solutions/,
  );
  assert.match(
    answerOf(/quota do/).text,
    /−1,234 to −99 million USD/,
  );
  assert.match(answerOf(/quota do/).text, /grow in 1 of 2/);
  assert.match(
    answerOf(/technology/i).text,
    /23 to 41 % of the loss.*−18 % at σ.*1\.5.*grow under 1 of 2.*\+0\.1 ‰.*\+0\.3 ‰.*under 1 of 1/,
  );
  assert.match(
    answerOf(/unknown matters/).text,
    /^Price abroad, fixed technology: 2\.35 \[1\.1, 3\.9\] times the baseline\. .* σ \(1 of 2 outcomes, clearly in 1\) and the weights.*clearly in 0\).*256 independent.*−972 \[−1,591, −676\] million USD.*SIMULATED patents/,
  );
  assert.match(
    answerOf(/product-level/).text,
    /^SIMULATED: .* 95 % of the 95 % intervals of 40 worlds.*\+0\.61 % \(standard error 0\.62\).*converted: −1\.6 %.*97\.5 %/,
  );
  assert.match(answerOf(/your own/).text, /A cut: real income abroad −0\.5 ‰.*−0\.6 to −0\.1 ‰/);
  assert.match(answerOf(/replaced/).text, /mean σ of 2 sectors is 0\.62 \[0\.50, 0\.74\]/);
  assert.match(answerOf(/sorted/).text, /0\.50 \(x\) to 0\.75 \(y\)/);
  assert.match(
    answerOf(/arithmetic/).text,
    /3·10⁻¹¹; but 1 of 2 ways.*12 SIMULATED.*clusters 40 % \[33, 47\]/,
  );
});

Deno.test("what an interval leaves open is not called a change", () => {
  const { text } = answerOf(/exposed sectors/);
  assert.match(text, /^A rose and C fell with exposure; 1 of 3 outcomes show no clear change/);
  assert.match(text, /A \+10\.5 % \[\+5\.1, \+16\.2\]; B \+10\.5 % \[−4\.9, \+28\.4\]/);
  const none = {
    specifications: { B: [{ key: "baseline", estimate: 0.1, lower: -0.05, upper: 0.25 }] },
  };
  assert.match(
    answerOf(/exposed sectors/, { "event_studies.json": none }).text,
    /no clear change with exposure in any of 1 outcomes/,
  );
});

Deno.test("results on simulated patents carry the word SIMULATED, in words and as badge", () => {
  const { finding } = answerOf(/replaced/, {
    "elasticities.json": { ...results["elasticities.json"] as object, simulated: true },
  });
  assert.match(finding!.headline, /^SIMULATED/);
  assert.deepEqual(finding!.data, ["SIMULATED"]);
  assert.deepEqual(answerOf(/sorted/).finding!.data, ["SIMULATED"]);
  assert.match(answerOf(/sorted/).text, /SIMULATED/);
});

Deno.test("a result that is missing or of another form names the notebook to run, and invents nothing", () => {
  const entries = executiveSummary((name) => {
    if (name === "counterfactuals.json") return { limit: "0.6" };
    if (name === "elasticities.json") throw new SyntaxError("unexpected end of JSON");
    return undefined;
  }, notebooks);
  assert.equal(entries.length, FINDING_SOURCES.length);
  for (const { finding, missing } of entries) {
    assert.equal(finding, undefined);
    assert.ok(missing);
  }
  const html = exportIndex([], made, { summary: entries });
  for (const { notebook, result } of FINDING_SOURCES) {
    assert.ok(html.includes(`deno task report ${notebook}`), notebook);
    assert.ok(html.includes(`results/${result}`), result);
  }
  assert.match(html, /does not have the expected form \(&quot;closures&quot; should be a list/);
  assert.match(html, /unexpected end of JSON/);
});

Deno.test("hostile names in results stay text", () => {
  const hostile = `<img src=x onerror=alert(1)>"</script>`;
  const own = { ...results["own-scenario.json"] as object, scenario: { name: hostile } };
  const summary = executiveSummary(
    (name) => name === "own-scenario.json" ? own : results[name],
    notebooks,
  );
  const html = exportIndex([], made, { summary });
  assert.ok(html.includes("&lt;img src=x"));
  assert.equal(html.includes("<img src=x"), false);
});

Deno.test("an answer from a notebook that has failed since says so", () => {
  const run = { date: "2026-01-31", seconds: 1, peakBytes: 0, failure: "cell 3" };
  const html = exportIndex([{ name: notebooks[0], run, hasReport: true }], made, {
    summary: executiveSummary((name) => results[name], [notebooks[0]]),
  });
  assert.match(html, /failed in its last run: these numbers are of an earlier one/);
});

Deno.test("the page that runs the model is called for once it is there", () => {
  const pages = [{ file: "what-if.html", label: "What if" }];
  assert.match(exportIndex([], made, { pages }), /<a class="call" href="what-if\.html">What if:/);
  assert.equal(exportIndex([], made).includes("what-if.html"), false);
});

Deno.test("every notebook answers a question, and questions of absent notebooks are left out", async () => {
  const present = await listNotebooks(projectPaths().notebooks);
  for (const name of present) assert.ok(notebooks.includes(name), name);
  assert.deepEqual(executiveSummary(() => undefined, ["01-other"]), []);
});

Deno.test("numbers keep their whole parts, signs are true minus signs, ranges collapse", () => {
  assert.equal(significant(4833.4), "4,833");
  assert.equal(significant(0.01234), "0.012");
  assert.equal(significant(-2.345), "−2.3");
  assert.equal(signed(0.5), "+0.5");
  assert.equal(signed(0), "0");
  assert.equal(range([2, 1, 3], String), "1 to 3");
  assert.equal(range([0.101, 0.104]), "0.1");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
});
