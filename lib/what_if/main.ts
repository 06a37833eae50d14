import { join, resolve } from "node:path";
import { loadWorldReeTable } from "@ree/equilibrium/world";
import {
  navigation,
  projectPaths,
  provenance,
  SITE_PAGES,
  writeAtomically,
} from "@ree/report/page";
import { bundleProgram } from "./bundle_program.ts";
import { compareWorlds } from "./compare_worlds.ts";
import { loadWhatIfWorld } from "./load_what_if_world.ts";
import { WHAT_IF_FILE } from "./page_facts.ts";
import { whatIfChoices } from "./what_if_choices.ts";
import { whatIfPage } from "./what_if_page.ts";
import { packWorld } from "./what_if_world.ts";

const USAGE = `Usage: deno task what-if [--reports DIR]

Writes ${WHAT_IF_FILE}, the page that runs the model in the browser, into the folder of
reports or DIR. \`deno task report\` does it too.
`;

/** `deno task what-if`: exit code 0 when the page was written, 2 for a wrong call. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    console.log(USAGE);
    return 0;
  }
  if (args.length > 0 && !(args[0] === "--reports" && args.length === 2)) {
    console.error(`came ${args.join(" ")}\n\n${USAGE}`);
    return 2;
  }
  const paths = projectPaths();
  const reports = resolve(args[1] ?? paths.reports);
  const whole = loadWorldReeTable();
  const world = loadWhatIfWorld(whole);
  const choices = whatIfChoices(world);
  const made = await provenance(paths, {});
  const { nbclient: _, ...versions } = made.versions; // no notebook is run
  const html = await whatIfPage({
    world: await packWorld(world),
    choices,
    comparison: compareWorlds(world, whole, choices.defaults),
    program: await bundleProgram("what_if_worker.ts"),
    navigation: navigation(WHAT_IF_FILE, SITE_PAGES),
    pageProgram: await bundleProgram("page_program.ts"),
    provenance: { ...made, versions },
  });
  await writeAtomically(join(reports, WHAT_IF_FILE), html);
  console.log(`${join(reports, WHAT_IF_FILE)}, ${(html.length / 1e6).toFixed(1)} MB`);
  return 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
