import { type Browser, chromium } from "playwright-core";

/** Where Chromium lies: the environment variable CHROMIUM, else the first one on the PATH. */
export async function findChromium(): Promise<string | undefined> {
  const named = Deno.env.get("CHROMIUM");
  if (named !== undefined) return named;
  const folders = (Deno.env.get("PATH") ?? "").split(Deno.build.os === "windows" ? ";" : ":");
  for (const folder of folders) {
    for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
      const path = `${folder}/${name}`;
      const isFile = await Deno.stat(path).then((entry) => entry.isFile, () => false);
      if (isFile) return path;
    }
  }
  return undefined;
}

/** Start Chromium without a window and without traffic of its own. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
