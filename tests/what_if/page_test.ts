import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { packWorld, type WhatIfChoices, type WhatIfWorld } from "@ree/what-if";
import { bundleProgram } from "../../lib/what_if/bundle_program.ts";
import { jsonInScript, programInScript, whatIfPage } from "../../lib/what_if/what_if_page.ts";
import { externalRequests } from "../../lib/report/external_requests.ts";
import { choices, world } from "./world.ts";

/** What a user's table or a stranger may call a country, sector or element. */
const HOSTILE = [
  `</script><script>globalThis.broken = 1</script>`,
  `<img src=x onerror="globalThis.broken = 1">`,
  `"><svg onload=globalThis.broken=1>`,
  `<!--<script>`,
  "' onmouseover='x",
  "\u2028\u2029",
];

const provenance = { date: "2026-01-01", commit: "abc", versions: { Deno: "2" } };

async function pageOf(own: WhatIfWorld, chosen: WhatIfChoices): Promise<string> {
  return await whatIfPage({
    world: await packWorld(own),
    choices: chosen,
    comparison: [{ name: HOSTILE[1], page: HOSTILE[0], whole: "1" }],
    program: `"</script><script>bad()</script>"`,
    pageProgram: `const text = "</script>";`,
    navigation: "",
    provenance,
  });
}

Deno.test("the page asks for nothing outside itself", async () => {
  assert.deepEqual(externalRequests(await pageOf(world, choices)), []);
});

Deno.test("no name becomes HTML or script", async () => {
  const name = (k: number) => HOSTILE[k % HOSTILE.length];
  const own = {
    ...world,
    regions: world.regions.map((region, k) => ({ ...region, name: name(k), inSentence: name(k) })),
    sectorNames: Object.fromEntries(
      Object.keys(world.sectorNames).map((code, k) => [code, name(k)]),
    ),
  };
  const chosen = {
    ...choices,
    countries: choices.countries.map((country, k) => ({ ...country, name: name(k) })),
    elements: choices.elements.map((element, k) => ({ ...element, name: name(k) })),
  };
  const clean = parseHTML(await pageOf(world, choices)).document;
  const { document } = parseHTML(await pageOf(own, chosen));
  const tags = (of: Document) => [...of.querySelectorAll("*")].map(({ localName }) => localName);
  assert.deepEqual(tags(document), tags(clean), "the same elements stand in the same order");
  const handlers = [...document.querySelectorAll("*")].flatMap((element) =>
    [...element.attributes].filter((attribute) => attribute.name.startsWith("on"))
  );
  assert.deepEqual(handlers.map((attribute) => attribute.name), []);
  const data = JSON.parse(document.getElementById("what-if-data")!.textContent!);
  assert.deepEqual(data.world.regions, own.regions);
  assert.deepEqual(data.choices, JSON.parse(JSON.stringify(chosen)));
});

Deno.test("the policy names exactly the page's own scripts and lets nothing be fetched", async () => {
  const html = await pageOf(world, choices);
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)![1];
  assert.match(policy, /^default-src 'none';/);
  assert.ok(!/connect-src|script-src[^;]*(unsafe|\*|http|blob|data)/.test(policy));
  const scripts = [...html.matchAll(/<script(?: type="module")?>([^]*?)<\/script>/g)];
  assert.equal(scripts.length, 3);
  for (const [, text] of scripts) {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    assert.ok(policy.includes(`'sha256-${btoa(String.fromCharCode(...new Uint8Array(bytes)))}'`));
  }
  assert.ok(html.indexOf("Content-Security-Policy") < html.indexOf("<script"));
});

Deno.test("texts inside scripts cannot end them", () => {
  for (const text of HOSTILE) {
    assert.ok(!jsonInScript({ text }).includes("<"));
    assert.deepEqual(JSON.parse(jsonInScript({ text })), { text });
  }
  assert.equal(programInScript(`x = "</script>"`), `x = "<\\/script>"`);
  assert.throws(() => programInScript(`x = "<!--"`), /would misread/);
});

Deno.test("the worker's program stands alone: no import, no module's own address", async () => {
  const program = await bundleProgram("what_if_worker.ts");
  new Function(program); // a syntax error for what only a module may hold
  assert.ok(program.length > 100_000 && program.length < 2_000_000, `${program.length} characters`);
});
