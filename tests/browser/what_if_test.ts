import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { calibrate, loadElasticities, parseScenario, scenarioShock } from "@ree/equilibrium";
import { settingsLink, type WhatIfSettings } from "@ree/what-if";
import { projectPaths } from "../../lib/report/project.ts";
import { choices, whole } from "../what_if/world.ts";
import { findChromium, launchChromium } from "./chromium.ts";
import { compareWithLibrary } from "./compare_with_library.ts";
import { faintTexts } from "./faint_texts.ts";

/** What the page promises for a solve, ms; the least of several, because other programs run beside. */
const QUICK = 200;

/** No research is fast enough for this: the model finds no equilibrium, after a long search. */
const UNSOLVABLE: WhatIfSettings = {
  ...choices.defaults,
  country: "RUS",
  measure: "licensing",
  size: 1.8712399440005596,
  closure: "entry",
  sigma: 1.6035737634229035,
  psi: 1.6509002318881636,
  supply: 1.6887770688775574,
};

const SCENARIOS: readonly Partial<WhatIfSettings>[] = [
  {},
  { closure: "global-entry", sigma: 0.25, psi: 0.8, supply: 1 },
  { measure: "duty", size: 0.5, targets: ["JPN", "EU"], closure: "fixed" },
  { measure: "embargo", targets: ["JPN"], elements: ["Nd", "Dy"], sigma: 1 },
  { country: "RUS", measure: "licensing", size: 0.3, closure: "entry", sigma: 1.4 },
];

const paths = projectPaths();
const chromium = await findChromium();
if (chromium === undefined) {
  console.error("notice: no Chromium found, the what-if page is not opened");
}

Deno.test({
  name: "the what-if page runs the model in the browser",
  ignore: chromium === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await Deno.mkdir(paths.cache, { recursive: true });
    const folder = await Deno.makeTempDir({ dir: paths.cache, prefix: "what-if-" });
    const made = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "what-if", "--reports", folder],
      cwd: paths.root,
    }).output();
    assert.ok(made.success, new TextDecoder().decode(made.stderr));
    const address = pathToFileURL(join(folder, "what-if.html")).href;
    const browser = await launchChromium(chromium!);
    try {
      const step = (name: string, act: (page: Page) => Promise<void>, options: Options = {}) =>
        t.step(name, () => withPage(browser, act, options));

      for (const change of SCENARIOS) {
        const settings = { ...choices.defaults, ...change };
        await step(`its numbers are the library's: ${JSON.stringify(change)}`, async (page) => {
          await page.goto(`${address}#${settingsLink(settings)}`);
          await answered(page);
          assert.equal(await page.locator("#link-refused").isHidden(), true);
          compareWithLibrary(await saved(page, "csv"), settings);
        });
      }

      await step("the scenario it saves is one that the notebook's reader takes", async (page) => {
        const settings = { ...choices.defaults, measure: "duty", targets: ["EU"] };
        await page.goto(`${address}#${settingsLink(settings)}`);
        await answered(page);
        const scenario = parseScenario(await saved(page, "scenario"));
        const { economy } = calibrate(whole, loadElasticities());
        assert.ok(
          scenarioShock(economy, scenario).exportTax!.some((rate) => rate === settings.size),
        );
        assert.match(
          (await page.textContent("#command"))!,
          /^REE_SCENARIOFILE=\.\.\/results\/what-if\.scenario\.json REE_SIGMA=0\.5 REE_SUPPLY=0\.3 deno task report/,
        );
      });

      await step("the mouse moves every kind of control, and the answer follows", async (page) => {
        await page.goto(address);
        await answered(page);
        const first = await page.textContent("#headline");
        const slider = (await page.locator("#size").boundingBox())!;
        await page.mouse.move(slider.x + 0.4 * slider.width, slider.y + slider.height / 2);
        await page.mouse.down();
        await page.mouse.move(slider.x + 0.75 * slider.width, slider.y + slider.height / 2, {
          steps: 6,
        });
        await page.mouse.up();
        await headlineChanges(page, first);
        const cut = Number((await page.textContent("#size-value"))!.replace(/[^\d.]/g, ""));
        assert.ok(cut > 60 && cut < 90, `${cut} %`);
        await page.locator(".chip", { hasText: /^Duty$/ }).click();
        await page.waitForFunction(() =>
          document.getElementById("headline")!.textContent!.includes("duty")
        );
        await page.locator(".chip", { hasText: /^Japan$/ }).click();
        await page.locator(".chip", { hasText: /^La$/ }).click();
        await page.selectOption("#closure", "entry");
        await page.waitForFunction(() =>
          document.getElementById("technology")!.textContent!.includes("(entry)")
        );
        const settings = new URLSearchParams(
          new URL(await page.inputValue("#link")).hash.slice(1),
        );
        assert.equal(settings.get("measure"), "duty");
        assert.ok(!settings.get("targets")!.split(",").includes("JPN"));
        assert.ok(!settings.get("elements")!.split(",").includes("La"));
        await page.locator("[data-pick=magnets]").click();
        await page.waitForFunction(() => location.hash.includes("elements=Pr,Nd,Tb,Dy&"));
        await page.locator("#reset").click();
        await page.waitForFunction(
          (words) => document.getElementById("headline")!.textContent === words,
          first,
        );
      });

      await step("the keyboard reaches every control and moves it", async (page) => {
        await page.goto(address);
        await answered(page);
        const reached: string[] = [];
        for (let press = 0; press < 60; press++) {
          await page.keyboard.press("Tab");
          const at = await page.evaluate(() => {
            const { id, name, dataset } = document.activeElement as HTMLInputElement;
            return id || name || dataset.pick || "";
          });
          reached.push(at);
          if (at === "print") break;
        }
        const wanted = [
          "country",
          "elements",
          "measure",
          "size",
          "closure",
          "sigma",
          "psi",
          "supply",
        ];
        for (const control of [...wanted, "reset", "copy", "csv", "scenario", "print"]) {
          assert.ok(reached.includes(control), `Tab does not reach ${control}: ${reached}`);
        }
        const first = await page.textContent("#headline");
        await page.locator("#sigma").focus();
        await page.keyboard.press("ArrowRight");
        await page.keyboard.press("ArrowRight");
        await headlineChanges(page, first);
        assert.equal(await page.textContent("#sigma-value"), "0.6");
        await page.locator("input[name=measure]:checked").focus();
        await page.keyboard.press("ArrowRight");
        await page.waitForFunction(() => location.hash.includes("measure=duty"));
        await page.locator("input[name=targets][value=USA]").focus();
        await page.keyboard.press("Space");
        await page.waitForFunction(() => /targets=(?!.*USA)[^&]*JPN/.test(location.hash));
        await answered(page);
      });

      await step("a copied link restores the scenario in another window", async (page) => {
        const settings = { ...choices.defaults, elements: ["Nd", "Dy"], sigma: 0.123456789 };
        await page.goto(`${address}#${settingsLink(settings)}`);
        await answered(page);
        const [link, words] = [await page.inputValue("#link"), await page.textContent("#headline")];
        const other = await page.context().newPage();
        await other.goto(link);
        await answered(other);
        assert.equal(await other.textContent("#headline"), words);
        assert.equal(new URL(other.url()).hash, new URL(link).hash);
        assert.equal(await other.locator("input[name=elements]:checked").count(), 2);
        await other.evaluate((hash) => location.hash = hash, settingsLink(choices.defaults));
        await headlineChanges(other, words);
      });

      const hostile = [
        `<img src=x onerror="globalThis.broken=1">`,
        `country=<script>globalThis.broken=1</script>`,
        settingsLink(choices.defaults).replace("CHN", `"><svg onload=globalThis.broken=1>`),
        settingsLink(choices.defaults).replace("size=0.6", "size=javascript:globalThis.broken=1"),
        settingsLink(choices.defaults).replace("quota", "constructor"),
        "%",
      ];
      for (const link of hostile) {
        await step(`a malformed link is refused in words: ${link.slice(0, 40)}`, async (page) => {
          await page.goto(address);
          await answered(page);
          const words = await page.textContent("#headline");
          const tags = await page.evaluate(() => document.querySelectorAll("*").length);
          await page.evaluate((hash) => location.hash = hash, link);
          await page.locator("#link-refused").waitFor({ state: "visible" });
          assert.match(
            (await page.textContent("#link-refused"))!,
            /not followed.*(came|unknown|missing)/,
          );
          await answered(page);
          assert.equal(await page.textContent("#headline"), words, "the first scenario stands in");
          assert.equal(await page.evaluate(() => "broken" in globalThis), false);
          assert.equal(await page.evaluate(() => document.querySelectorAll("*").length), tags);
        });
      }

      await step(
        "what has no equilibrium is not drawn, and newer settings do not wait for it",
        async (page) => {
          await page.goto(`${address}#${settingsLink({ ...choices.defaults, sigma: 2, psi: 1 })}`);
          await state(page, "refused");
          await nothingDrawn(page, /stable only below 1/);
          await page.evaluate((hash) => location.hash = hash, settingsLink(UNSOLVABLE));
          await page.locator("#busy").waitFor({ state: "visible" });
          await page.locator("#reset").click();
          await answered(page);
          await page.waitForFunction(() => location.hash.includes("country=CHN"));
          assert.match((await page.textContent("#headline"))!, /^If China cuts/);
          await page.evaluate((hash) => location.hash = hash, settingsLink(UNSOLVABLE));
          await state(page, "refused", 120_000);
          await nothingDrawn(page, /no convergence to 1e-11.*residuals: prices/s);
          await page.locator("#reset").click();
          await answered(page);
          assert.equal(await page.locator("#csv").isEnabled(), true);
        },
      );

      for (const width of [1280, 390]) {
        for (const colorScheme of ["light", "dark"] as const) {
          await step(`it fits ${width} px in ${colorScheme} colours`, async (page) => {
            await page.goto(address);
            await answered(page);
            await page.waitForFunction(() => document.body.dataset.state === "compared");
            await page.evaluate(() =>
              document.querySelectorAll("details").forEach((d) => d.open = true)
            );
            const found = await page.evaluate(() => ({
              scrollWidth: document.documentElement.scrollWidth,
              silent: [...document.querySelectorAll(".picture svg")]
                .filter((svg) => !svg.getAttribute("aria-label")).length,
              figures: document.querySelectorAll(".picture svg").length,
              unnamed: [...document.querySelectorAll("input, select, button")]
                .filter((element) =>
                  (element as HTMLInputElement).labels?.length === 0 && !element.textContent &&
                  !element.getAttribute("aria-label")
                ).map((element) => element.id),
              ids: [...document.querySelectorAll("[id]")].map(({ id }) => id)
                .filter((id, k, all) => all.indexOf(id) !== k),
            }));
            assert.ok(found.scrollWidth <= width, `scrolls sideways: ${found.scrollWidth} px`);
            assert.equal(found.figures, 5);
            assert.equal(found.silent, 0);
            assert.deepEqual(found.unnamed, []);
            assert.deepEqual(found.ids, []);
            assert.deepEqual(await page.evaluate(faintTexts), []);
          }, { width, colorScheme });
        }
      }

      await step("a solve takes less than 200 ms", async (page) => {
        await page.goto(address);
        await answered(page);
        const times: number[] = [];
        for (let k = 1; k <= 8; k++) {
          const words = await page.textContent("#headline");
          await page.locator("#size").focus();
          await page.keyboard.press("ArrowRight");
          await headlineChanges(page, words);
          times.push(Number(/(\d+) ms/.exec((await page.textContent("#solved"))!)![1]));
        }
        assert.ok(Math.min(...times) < QUICK, `ms: ${times}`);
      });

      await step("in print the settings stand instead of the controls", async (page) => {
        await page.goto(address);
        await answered(page);
        assert.equal(await page.locator("#chosen").isVisible(), false);
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator("#controls").isVisible(), false);
        assert.equal(await page.locator("#chosen").isVisible(), true);
        assert.match(
          (await page.textContent("#chosen"))!,
          /cuts exports of all 10 rare earths by 40\s%/,
        );
        assert.ok((await page.pdf({ format: "A4" })).length > 20_000);
      });
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

interface Options {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
}

/** Opens a page that may not fetch, complain or open dialogs. */
async function withPage(
  browser: Browser,
  act: (page: Page) => Promise<void>,
  { width = 1280, colorScheme = "light" }: Options,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const problems: string[] = [];
  watch(context, problems);
  const page = await context.newPage();
  try {
    await act(page);
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
}

function watch(context: BrowserContext, problems: string[]): void {
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => problems.push(`script: ${error.error().message}`));
  context.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
  context.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(`request: ${request.url()}`);
  });
}

/** Waits for the answer to the settings in the address. */
async function answered(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      ["answered", "compared"].includes(document.body.dataset.state ?? "") &&
      document.getElementById("headline")!.textContent!.startsWith("If ") &&
      document.body.dataset.waiting === "false",
    null,
    { timeout: 60_000 },
  );
}

async function state(page: Page, name: string, timeout = 60_000): Promise<void> {
  await page.waitForFunction((wanted) => document.body.dataset.state === wanted, name, { timeout });
}

async function headlineChanges(page: Page, from: string | null): Promise<void> {
  await page.waitForFunction(
    (words) => document.getElementById("headline")!.textContent !== words,
    from,
    { timeout: 60_000 },
  );
  await answered(page);
}

async function nothingDrawn(page: Page, says: RegExp): Promise<void> {
  assert.equal(await page.locator("#figures").isVisible(), false);
  assert.equal(await page.locator(".picture svg").count(), 0);
  assert.equal(await page.locator("#numbers").isVisible(), false);
  assert.equal(await page.locator("#csv").isDisabled(), true);
  assert.equal(await page.locator("#scenario").isDisabled(), true);
  assert.match((await page.textContent("#refused"))!, says);
}

/** The text of a file that a button saves. */
async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(`#${button}`).click(),
  ]);
  return await Deno.readTextFile(await download.path());
}
