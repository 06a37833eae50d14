import assert from "node:assert/strict";
import { join } from "node:path";
import type { Download, Page } from "playwright-core";
import { startLab } from "../../lib/report/lab.ts";
import { joined, type Notebook, notebookText, parseNotebook } from "../../lib/report/notebook.ts";
import { shouldShow } from "../../lib/report/missing_outputs.ts";
import { projectPaths } from "../../lib/report/project.ts";
import { listNotebooks } from "../../lib/report/run_notebooks.ts";
import { findChromium, launchChromium } from "./chromium.ts";

const paths = projectPaths();
const chromium = await findChromium();
const source = Deno.env.get("REE_BROWSER_NOTEBOOKS") ?? paths.notebooks;
const names = await listNotebooks(source).catch(() => []);
if (chromium === undefined) console.error("notice: no Chromium found, JupyterLab is not tested");
if (names.length === 0) console.error("notice: there are no notebooks to open in JupyterLab");

Deno.test({
  name: "every notebook runs in JupyterLab and shows its figures",
  ignore: chromium === undefined || names.length === 0,
  // JupyterLab and Chromium are processes that live across the steps.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    // JupyterLab saves what it runs, so it works on copies; below the project, so that the kernel
    // finds its import map.
    await Deno.mkdir(paths.cache, { recursive: true });
    const scratch = await Deno.makeTempDir({ dir: paths.cache, prefix: "lab-" });
    const folder = join(scratch, "notebooks");
    await Deno.mkdir(folder);
    await copyWithoutOutputs(source, folder);
    const port = freePort();
    const token = crypto.randomUUID();
    const address = `http://127.0.0.1:${port}`;
    const lab = await startLab({ ...paths, notebooks: folder }, {
      args: [
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        `--port=${port}`,
        "--ServerApp.port_retries=0",
      ],
      environment: { JUPYTER_TOKEN: token, JUPYTERLAB_SETTINGS_DIR: await settingsFolder(scratch) },
      messages: "null",
    });
    const browser = await launchChromium(chromium!);
    try {
      await answers(`${address}/api/status?token=${token}`);
      for (const name of names) {
        await t.step(name, async () => {
          const notebook = parseNotebook(await Deno.readTextFile(join(source, `${name}.ipynb`)));
          const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
          const page = await context.newPage();
          const problems: string[] = [];
          page.on("pageerror", (error) => problems.push(error.message));
          page.on("request", (request) => {
            const url = request.url();
            if (
              !/^(data|blob):/.test(url) && !url.startsWith(address) &&
              !url.startsWith("ws://127.0.0.1")
            ) {
              problems.push(`external request ${url}`);
            }
          });
          await page.goto(
            `${address}/lab/workspaces/${name}/tree/${name}.ipynb?token=${token}&reset`,
          );
          await restartAndRunAll(page, notebook);
          await checkOutputs(page, notebook);
          await exportsHtml(page, notebook);
          await saveScreenshot(page, `lab-${name}.png`);
          assert.deepEqual(
            problems.filter((text) => !labsOwn.some((own) => text.includes(own))),
            [],
          );
          await context.close();
          await shutDownKernels(address, token);
        });
      }
    } finally {
      await browser.close();
      lab.kill("SIGTERM");
      await lab.status;
      await Deno.remove(scratch, { recursive: true });
    }
  },
});

/**
 * What JupyterLab itself says: of every kernel that has no debugger, and of its question to a kernel
 * that is restarted before it has answered.
 */
const labsOwn = ["No active debugger session", "Canceled future for kernel_info_request"];

/** Outputs are taken out, so that what is seen afterwards comes from this run. */
async function copyWithoutOutputs(from: string, to: string): Promise<void> {
  for await (const entry of Deno.readDir(from)) {
    if (entry.isDirectory && !entry.name.startsWith(".")) {
      await Deno.mkdir(join(to, entry.name));
      await copyWithoutOutputs(join(from, entry.name), join(to, entry.name));
    }
    if (!entry.isFile) continue;
    if (!entry.name.endsWith(".ipynb")) {
      await Deno.copyFile(join(from, entry.name), join(to, entry.name));
      continue;
    }
    const notebook = parseNotebook(await Deno.readTextFile(join(from, entry.name)));
    const cells = notebook.cells.map((cell) =>
      cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell
    );
    await Deno.writeTextFile(join(to, entry.name), notebookText({ ...notebook, cells }));
  }
}

/** Kernels outlive their pages, and each holds up to a gigabyte. */
async function shutDownKernels(address: string, token: string): Promise<void> {
  const headers = { Authorization: `token ${token}` };
  const kernels: { id: string }[] = await (await fetch(`${address}/api/kernels`, { headers }))
    .json();
  for (const { id } of kernels) {
    const answer = await fetch(`${address}/api/kernels/${id}`, { method: "DELETE", headers });
    await answer.body?.cancel();
  }
}

/** JupyterLab's own way to HTML: File, Save and Export Notebook As, HTML (nbconvert). */
async function exportsHtml(page: Page, notebook: Notebook): Promise<void> {
  const taken = Promise.withResolvers<Download>();
  await page.locator(".lm-MenuBar-itemLabel", { hasText: /^File$/ }).click();
  await page.locator(".lm-Menu-itemLabel", { hasText: "Save and Export Notebook As" }).hover();
  const html = page.locator(".lm-Menu-itemLabel", { hasText: /^HTML$/ });
  await html.click();
  // The file comes in a page of its own, which is gone once it is there.
  page.context().on("page", (popup) => popup.on("download", (one) => taken.resolve(one)));
  page.on("download", (one) => taken.resolve(one));
  await page.locator(".jp-Dialog button.jp-mod-accept").click();
  const download = await taken.promise;
  const text = await Deno.readTextFile(await download.path());
  const [, title] = /^# (.+)$/m.exec(joined(notebook.cells[0].source))!;
  assert.ok(text.includes(title.slice(0, 20)), `the exported HTML has no title ${title}`);
  const figures =
    notebook.cells.filter((cell) =>
      cell.cell_type === "code" && JSON.stringify(cell.outputs ?? []).includes("<svg")
    ).length;
  // nbconvert keeps drawings as images inside the file.
  const drawn = text.match(/<img[^>]* src="data:image\/svg\+xml/g)?.length ?? 0;
  assert.ok(drawn >= figures, `the exported HTML has ${drawn} figures, expected ${figures}`);
}

async function restartAndRunAll(page: Page, notebook: Notebook): Promise<void> {
  const cells = page.locator(".jp-Notebook .jp-Cell");
  await cells.nth(notebook.cells.length - 1).waitFor({ state: "attached", timeout: 60_000 });
  await page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").waitFor({
    timeout: 60_000,
  });
  await page.locator(".lm-MenuBar-itemLabel", { hasText: /^Run$/ }).click();
  await page.locator(".lm-Menu-itemLabel", { hasText: "Restart Kernel and Run All Cells" }).click();
  await page.locator(".jp-Dialog button.jp-mod-accept").click();
  const count = notebook.cells
    .filter((cell) => cell.cell_type === "code" && joined(cell.source).trim() !== "").length;
  await page.waitForFunction(
    (count) => {
      const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
        .map((prompt) => prompt.textContent ?? "");
      const failed = document.querySelector("[data-mime-type='application/vnd.jupyter.error']");
      return failed !== null || prompts.includes(`[${count}]:`);
    },
    count,
    { timeout: 900_000 },
  );
}

async function checkOutputs(page: Page, notebook: Notebook): Promise<void> {
  // An output may arrive a moment after the number of its cell.
  await page.waitForTimeout(500);
  const seen = await page.evaluate(() =>
    [...document.querySelectorAll(".jp-Notebook .jp-Cell")].map((cell) => ({
      errors: [...cell.querySelectorAll("[data-mime-type='application/vnd.jupyter.error']")]
        .map((output) => output.textContent),
      outputs: cell.querySelectorAll(".jp-OutputArea-child").length,
      images: [...cell.querySelectorAll<HTMLImageElement>(".jp-OutputArea-output img")]
        .map((image) => image.complete && image.naturalWidth > 0),
    }))
  );
  assert.equal(seen.length, notebook.cells.length);
  notebook.cells.forEach((cell, i) => {
    const place = `cell ${i + 1}`;
    assert.deepEqual(seen[i].errors, [], `${place} has no error`);
    if (shouldShow(cell)) assert.ok(seen[i].outputs > 0, `${place} shows something`);
    const expected = (cell.outputs ?? [])
      .filter((output) => output.data?.["image/svg+xml"] !== undefined).length;
    assert.ok(seen[i].images.length >= expected, `${place} has its ${expected} figures`);
    assert.ok(
      seen[i].images.every(Boolean),
      `${place}: every figure is a picture that can be drawn`,
    );
  });
}

async function saveScreenshot(page: Page, name: string): Promise<void> {
  const folder = join(paths.reports, "screenshots");
  await Deno.mkdir(folder, { recursive: true });
  const figure = page.locator(".jp-OutputArea-output img").first();
  if (await figure.count() > 0) await figure.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(folder, name) });
}

/** Settings under which JupyterLab keeps every cell in the page, so that they can be counted. */
async function settingsFolder(scratch: string): Promise<string> {
  const folder = join(scratch, "settings");
  const notebookSettings = join(folder, "@jupyterlab", "notebook-extension");
  await Deno.mkdir(notebookSettings, { recursive: true });
  await Deno.writeTextFile(
    join(notebookSettings, "tracker.jupyterlab-settings"),
    JSON.stringify({ windowingMode: "none" }),
  );
  return folder;
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt++) {
    try {
      const response = await fetch(url);
      await response.body?.cancel();
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("JupyterLab did not answer within a minute");
}
