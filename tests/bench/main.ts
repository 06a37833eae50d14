/** `deno task bench [name …]`: runs the benchmarks and writes one JSON each beside this file. */
import { benchmarkElasticity } from "./elasticity.ts";
import { benchmarkEquilibrium } from "./equilibrium.ts";
import { benchmarkIoTable } from "./io_table.ts";
import { pythonWithNumpy } from "./python.ts";
import { benchmarkReport } from "./report.ts";
import { benchmarkUncertainty } from "./uncertainty.ts";

const BENCHMARKS: Readonly<Record<string, () => object | Promise<object>>> = {
  elasticity: benchmarkElasticity,
  equilibrium: () => benchmarkEquilibrium(pythonWithNumpy()),
  io_table: () => benchmarkIoTable(pythonWithNumpy()),
  report: benchmarkReport,
  uncertainty: benchmarkUncertainty,
};

const names = Deno.args.length > 0 ? Deno.args : Object.keys(BENCHMARKS);
for (const name of names) {
  const benchmark = BENCHMARKS[name];
  if (benchmark === undefined) {
    console.error(`no benchmark "${name}"; there are ${Object.keys(BENCHMARKS).join(", ")}`);
    Deno.exit(2);
  }
  console.log(`${name} …`);
  const text = JSON.stringify(await benchmark(), null, 2);
  const path = new URL(`${name}.json`, import.meta.url);
  const temporary = new URL(`${name}.json.tmp`, import.meta.url);
  Deno.writeTextFileSync(temporary, text + "\n");
  Deno.renameSync(temporary, path);
  console.log(text);
}
