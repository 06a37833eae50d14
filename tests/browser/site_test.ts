import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { projectPaths } from "../../lib/report/project.ts";
import { SITE_PAGES } from "../../lib/report/site/site_pages.ts";
import { searchPage } from "../../lib/report/site/search_page.ts";
import { findChromium, launchChromium } from "./chromium.ts";
import { committedSite } from "./committed_site.ts";

const { root } = projectPaths();
const chromium = await findChromium();
if (chromium === undefined) console.error("notice: no Chromium found, the site is not opened");

/** Folder of the site under test; set before the first page is opened. */
let reports = "";
const address = (file: string) => pathToFileURL(join(reports, file)).href;

/** Opens a page at a width and fails on any console error, script error or request that leaves the disk. */
async function visit(
  browser: Browser,
  file: string,
  width: number,
  check: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(request.url());
  });
  await page.goto(/^file:/.test(file) ? file : address(file));
  await check(page);
  assert.deepEqual(problems, []);
  await context.close();
}

Deno.test({
  name: "the site by keyboard and mouse",
  ignore: chromium === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    reports = await committedSite();
    const files = [...Deno.readDirSync(reports)].map(({ name }) => name)
      .filter((name) => name.endsWith(".html")).sort();
    const browser = await launchChromium(chromium!);
    try {
      await t.step("every page of the header has been written", () => {
        for (const { file, optional } of SITE_PAGES) {
          if (!optional) assert.ok(files.includes(file), file);
        }
      });
      for (const file of files) {
        await t.step(
          `${file}: links, names of pictures and fields, headings, skip link`,
          async () => {
            await visit(browser, file, 1280, async (page) => {
              assert.deepEqual(await brokenLinks(page), [], "links lead somewhere");
              assert.deepEqual(await page.evaluate(withoutNames), [], "everything has a name");
              assert.deepEqual(await page.evaluate(headingJumps), [], "headings go down in steps");
              if (await page.locator(".skip").count() === 0) return;
              await page.evaluate(() => (document.activeElement as HTMLElement)?.blur());
              if (file !== "search.html") {
                await page.keyboard.press("Tab");
                assert.equal(await focused(page), "Skip to the text");
                await page.keyboard.press("Enter");
                assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
              }
            });
          },
        );
      }
      await t.step(
        "the header leads from page to page by keyboard, current page marked",
        async () => {
          await visit(browser, "index.html", 1280, async (page) => {
            for (let k = 0; k < 20 && await focused(page) !== "Methods"; k++) {
              await page.keyboard.press("Tab");
            }
            await page.keyboard.press("Enter");
            await page.waitForURL(/methods\.html$/);
            assert.equal(await page.locator("#site [aria-current]").textContent(), "Methods");
            assert.ok(await page.locator("math").count() > 40);
          });
        },
      );
      await t.step("on a phone the menu folds, opens and closes by keyboard", async () => {
        await visit(browser, "index.html", 390, async (page) => {
          assert.equal(await page.locator("#site").isVisible(), false);
          await page.locator("#menu").focus();
          await page.keyboard.press("Enter");
          assert.equal(await page.locator("#menu").getAttribute("aria-expanded"), "true");
          await page.keyboard.press("Tab");
          assert.equal(await focused(page), "Summary");
          await page.keyboard.press("Escape");
          assert.equal(await page.locator("#site").isVisible(), false);
          assert.equal(await focused(page), "Menu");
        });
      });
      await t.step(
        "search: slash, a word, Enter, arrows, and a result opens at its place",
        async () => {
          for (const width of [1280, 390]) {
            await visit(browser, "index.html", width, async (page) => {
              await page.keyboard.press("/");
              await page.keyboard.type("dysprosium price");
              await page.keyboard.press("Enter");
              await page.waitForURL(/search\.html\?q=/);
              assert.equal(await page.locator("#query").inputValue(), "dysprosium price");
              const hits = page.locator("#hits a");
              assert.ok(await hits.count() > 0);
              assert.match((await page.locator("#count").textContent())!, /^\d+ results?/);
              await page.keyboard.press("ArrowDown");
              assert.equal(await focused(page), await hits.first().textContent());
              await page.keyboard.press("Escape");
              assert.equal(await page.evaluate(() => document.activeElement?.id), "query");
              const target = (await hits.first().getAttribute("href"))!;
              await page.keyboard.press("Enter");
              await page.waitForURL(`**/${target}`);
              const isThere = await page.evaluate(() =>
                location.hash === "" ||
                document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null
              );
              assert.ok(isThere, `${target} is a place on its page`);
            });
          }
        },
      );
      await t.step("every entry of the search leads to a place that exists", async () => {
        await visit(browser, "search.html", 1280, async (page) => {
          await page.keyboard.type("a");
          const listed = await page.locator("#entries").textContent();
          const entries = JSON.parse(listed!) as readonly { readonly url: string }[];
          const lost = entries.filter(({ url }) => {
            const [file, id] = url.split("#");
            const path = join(reports, decodeURIComponent(file));
            return !existsSync(path) ||
              (id !== undefined && !idsOf(path).has(decodeURIComponent(id)));
          });
          assert.deepEqual(lost, []);
          assert.ok(entries.length > 200, `${entries.length} entries`);
          const shown = await page.evaluate(() =>
            [...document.querySelectorAll("#hits a")].map((a) => a.getAttribute("href")!)
          );
          const known = new Set(entries.map(({ url }) => url));
          assert.deepEqual(shown.filter((url) => !known.has(url)), []);
        });
      });
      await t.step("search says so when nothing is found, and recovers", async () => {
        await visit(browser, "search.html", 1280, async (page) => {
          await page.keyboard.type("qqqqzzzz");
          assert.equal(
            await page.locator("#count").textContent(),
            "Nothing holds all these words.",
          );
          await page.locator("#query").fill("neodymium");
          assert.ok(await page.locator("#hits a").count() > 0);
          assert.match(page.url(), /\?q=neodymium$/);
        });
      });
      await t.step("hostile labels and queries stay text in the search", async () => {
        const label = `<img src=x onerror="document.title='broken'">`;
        const folder = await Deno.makeTempDir();
        const entries = [{
          title: label,
          where: label,
          url: "index.html",
          text: `${label}</script>`,
        }];
        await Deno.writeTextFile(
          join(folder, "search.html"),
          searchPage(entries, SITE_PAGES, { date: "2026-01-31", commit: "x", versions: {} }),
        );
        const url = pathToFileURL(join(folder, "search.html")).href;
        await visit(browser, `${url}?q=${encodeURIComponent(label)}`, 1280, async (page) => {
          assert.equal(await page.locator("#hits a").textContent(), label);
          assert.equal(await page.locator("#query").inputValue(), label);
          assert.equal(await page.locator("main img").count(), 0);
          assert.equal(await page.title(), "Search");
        });
        await Deno.remove(folder, { recursive: true });
      });
      await t.step("a citation is copied by keyboard", async () => {
        await visit(browser, "cite.html", 1280, async (page) => {
          const button = page.locator('[data-copy="paper-bibtex"]');
          await button.focus();
          await page.keyboard.press("Enter");
          const status = page.locator(".copyable", { has: button }).locator(".copied");
          await status.getByText(/Copied|Selected/).waitFor();
        });
      });
      await t.step("a program opens when its link is followed", async () => {
        await visit(browser, "outputs.html", 1280, async (page) => {
          const link = page.locator('a[href^="programs.html#"]').first();
          const id = (await link.getAttribute("href"))!.split("#")[1];
          await link.click();
          await page.waitForURL(/programs\.html#/);
          const program = page.locator(`[id="${id}"]`);
          assert.equal(await program.evaluate((d) => (d as HTMLDetailsElement).open), true);
          assert.equal(await program.locator("pre").isVisible(), true);
        });
      });
      await t.step("the list of outputs holds every figure and table of every report", async () => {
        const shown = files.flatMap((file) =>
          [
            ...Deno.readTextFileSync(join(reports, file)).matchAll(
              /<(?:figure|div) class="(?:figure|output scroll)" id="((?:figure|table)-[\d-]+)"/g,
            ),
          ].map((match) => `${file}#${match[1]}`)
        );
        await visit(browser, "outputs.html", 1280, async (page) => {
          const listed = await page.evaluate(() =>
            [...document.querySelectorAll("table.wide th a")].map((a) => a.getAttribute("href")!)
          );
          assert.deepEqual(listed.toSorted(), shown.toSorted());
          assert.ok(listed.length > 50, `${listed.length} figures and tables`);
        });
      });
      await t.step("printed, a page shows its text and leaves out header and buttons", async () => {
        for (const file of ["index.html", "data.html", "cite.html"]) {
          await visit(browser, file, 720, async (page) => {
            await page.emulateMedia({ media: "print" });
            assert.equal(await page.locator(".bar").isVisible(), false);
            assert.equal(await page.locator("main h1").isVisible(), true);
            const pdf = await page.pdf({ format: "A4" });
            assert.ok(pdf.length > 10_000);
          });
        }
      });
    } finally {
      await browser.close();
      await Deno.remove(reports, { recursive: true });
    }
  },
});

/** Text of the element that has the focus. */
async function focused(page: Page): Promise<string | null> {
  return await page.evaluate(() => document.activeElement?.textContent ?? null);
}

const anchors = new Map<string, ReadonlySet<string>>();

/** Ids of a page that was written. */
function idsOf(path: string): ReadonlySet<string> {
  let ids = anchors.get(path);
  if (ids === undefined) {
    const text = Deno.readTextFileSync(path);
    ids = new Set([...text.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]));
    anchors.set(path, ids);
  }
  return ids;
}

/** Links of a page to files or anchors that are not there. */
async function brokenLinks(page: Page): Promise<string[]> {
  const links = await page.evaluate(() =>
    [...document.querySelectorAll("a[href]")].map((a) => (a as HTMLAnchorElement).href)
  );
  return [...new Set(links)].filter((link) => {
    const url = new URL(link);
    if (url.protocol !== "file:") return !/^(https?|mailto):$/.test(url.protocol);
    const written = fileURLToPath(new URL(url.pathname, "file:"));
    // What lies beside the reports folder of the project is not beside this one.
    const path = existsSync(written) ? written : join(root, relative(dirname(reports), written));
    if (!existsSync(path)) return true;
    if (url.hash === "" || !path.endsWith(".html")) return false;
    const id = decodeURIComponent(url.hash.slice(1)).replaceAll("&", "&amp;");
    return !idsOf(path).has(id);
  });
}

/** Pictures, fields, buttons and scrolling boxes that a screen reader could not name. Runs inside the page. */
function withoutNames(): string[] {
  const labelled = (element: Element) =>
    (element.getAttribute("aria-label") ?? "").trim() !== "" ||
    element.hasAttribute("aria-labelledby");
  const found: string[] = [];
  const report = (element: Element) => found.push(element.outerHTML.slice(0, 90));
  for (const image of document.querySelectorAll("img")) {
    if ((image.getAttribute("alt") ?? "").trim() === "") report(image);
  }
  for (const svg of document.querySelectorAll("figure > svg, .thumbnail > svg")) {
    if (!labelled(svg) && svg.querySelector(":scope > title") === null) report(svg);
  }
  for (const field of document.querySelectorAll("input, select, textarea")) {
    const label = (field as HTMLInputElement).labels?.length ?? 0;
    if (label === 0 && !labelled(field)) report(field);
  }
  for (const button of document.querySelectorAll("button, a[href]")) {
    if (button.textContent!.trim() === "" && !labelled(button)) report(button);
  }
  return found;
}

/** Headings that skip a level, and a page without exactly one first heading. Runs inside the page. */
function headingJumps(): string[] {
  const headings = [...document.querySelectorAll("main h1, main h2, main h3, main h4, main h5")];
  const found: string[] = [];
  let last = 0;
  for (const heading of headings) {
    const level = Number(heading.tagName[1]);
    if (level > last + 1) found.push(`${heading.tagName}: ${heading.textContent!.slice(0, 60)}`);
    last = level;
  }
  if (document.querySelectorAll("h1").length !== 1) found.push("not exactly one h1");
  return found;
}
