import { fileURLToPath } from "node:url";

/**
 * A program with everything it imports, as one minified text for a browser.
 *
 * @param file of its first module, relative to this folder
 * @throws Error with what the bundler said
 */
export async function bundleProgram(file: string): Promise<string> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "browser", "--minify", path],
    stdin: "null",
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${file} cannot be bundled:\n${decode(stderr)}`);
  return decode(stdout);
}
