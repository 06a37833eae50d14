import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { projectPaths } from "../../lib/report/project.ts";
import { findChromium, launchChromium } from "./chromium.ts";
import { faintTexts } from "./faint_texts.ts";
import { committedSite } from "./committed_site.ts";

const { reports: own } = projectPaths();
const given = Deno.env.get("REE_BROWSER_REPORTS") ?? own;
const chromium = await findChromium();
if (chromium === undefined) console.error("notice: no Chromium found, the reports are not opened");

Deno.test({
  name: "every report opens offline and fits a desktop and a phone",
  ignore: chromium === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const isWritten = (await htmlFiles(given)).length > 0;
    if (!isWritten) {
      console.error("notice: no reports; those of the committed notebooks are opened");
    }
    const reports = isWritten ? given : await committedSite();
    const pages = await htmlFiles(reports);
    const browser = await launchChromium(chromium!);
    const screenshots = join(reports, "screenshots");
    await Deno.mkdir(screenshots, { recursive: true });
    try {
      for (const file of pages) {
        for (const width of [1280, 390]) {
          for (const colours of ["light", "dark"] as const) {
            await t.step(`${file} at ${width} px, ${colours}`, async () => {
              await openAndCheck(browser, join(reports, file), width, colours, screenshots);
            });
          }
        }
      }
      await t.step("code is hidden until it is asked for", async () => {
        const report = pages.find((file) => file !== "index.html");
        if (report === undefined) return;
        const page = await browser.newPage();
        await page.goto(pathToFileURL(join(reports, report)).href);
        const code = page.locator("details.code pre");
        if (await code.count() > 0) {
          assert.equal(await code.first().isVisible(), false);
          await page.locator("#code").click();
          assert.equal(await code.first().isVisible(), true);
          assert.equal(await page.locator("#code").textContent(), "Hide code");
        }
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator(".bar").isVisible(), false);
        await page.close();
      });
    } finally {
      await browser.close();
      if (!isWritten) await Deno.remove(reports, { recursive: true });
    }
  },
});

async function openAndCheck(
  browser: Browser,
  file: string,
  width: number,
  colorScheme: "light" | "dark",
  screenshots: string,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  const found = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    unnamed: [...document.querySelectorAll("figure.figure > svg")]
      .filter((svg) =>
        !svg.getAttribute("aria-label") && svg.querySelector(":scope > title") === null
      )
      .map((svg) => svg.parentElement?.id),
    duplicates: [...document.querySelectorAll("[id]")].map((element) => element.id)
      .filter((id, i, all) => all.indexOf(id) !== i),
  }));
  assert.ok(found.scrollWidth <= width, `the page scrolls sideways: ${found.scrollWidth} px`);
  assert.deepEqual(found.unnamed, [], "every figure says what it shows");
  assert.deepEqual(found.duplicates, [], "no id is given twice");
  // With the code shown, so that its colours are judged too.
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => d.open = true));
  const faint = await page.evaluate(faintTexts);
  await page.evaluate(() =>
    document.querySelectorAll("details.code").forEach((d) => (d as HTMLDetailsElement).open = false)
  );
  assert.deepEqual(faint, [], "text has a contrast of 4.5 at least");
  assert.deepEqual(problems, []);
  await page.screenshot({
    path: join(screenshots, `${basename(file, ".html")}-${width}-${colorScheme}.png`),
    fullPage: true,
  });
  await context.close();
}

async function htmlFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.isFile && entry.name.endsWith(".html")) names.push(entry.name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}
