/**
 * Product-level trade at size on SIMULATED BACI files: rows per second from files to the coded panel beside duckdb (the
 * same codes, on the same files in the same run; duckdb checks neither years, codes nor duplicates), then PPML with three
 * effects. Every measurement is a process of its own, so that peak memory is its own.
 *
 *   deno task bench:products [--rows 10000000] [--years 10] [--ppml-rows 2000000] [--folder DIR] [--python PYTHON] [--out FILE]
 *
 * PYTHON has the PyPI package duckdb; without one its column is left out. The files are removed afterwards.
 */
import { openBaci } from "@ree/data";
import {
  codeBaci,
  openCodedFolder,
  productEventStudy,
  productExposure,
  readCodedPanel,
  readProductConcordance,
  simulateBaci,
} from "@ree/products";
import { fileURLToPath } from "node:url";
import { describeMachine } from "./machine.ts";

const FIRST_YEAR = 2005;
const EFFECT = 0.2;

function option(name: string, otherwise: string): string {
  const at = Deno.args.indexOf(`--${name}`);
  return at < 0 ? otherwise : Deno.args[at + 1];
}

/** Megabytes of the process's largest memory so far. */
function peakMegabytes(): number {
  const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(Deno.readTextFileSync("/proc/self/status"))?.[1]);
  return Math.round(kilobytes / 1024);
}

function simulate(dir: string, rows: number, years: number) {
  const started = performance.now();
  const world = simulateBaci(dir, {
    seed: 1,
    countries: 200,
    products: 5000,
    industries: 400,
    years: Array.from({ length: years }, (_, t) => FIRST_YEAR + t),
    rowsPerYear: rows / years,
    effect: EFFECT,
  });
  const { rows: written, intensities, concordance } = world;
  return { rows: written, intensities, concordance, seconds: (performance.now() - started) / 1000 };
}

async function code(dir: string, out: string) {
  const started = performance.now();
  const panel = await codeBaci(await openBaci(dir), out, {}, (progress) =>
    console.error(
      `${progress.done}/${progress.of} ${progress.rows} rows ${progress.seconds.toFixed(1)} s`,
    ));
  const seconds = (performance.now() - started) / 1000;
  const { rows, value } = panel.coverage.kept;
  return { rows, value, seconds, peakMegabytes: peakMegabytes() };
}

/** One coefficient after the cut: the years nearest the cut that hold about the wanted rows. */
async function estimate(dir: string, coded: string, wanted: number, intensities: string) {
  const folder = openCodedFolder(coded);
  const near = [...folder.coverage.years].filter(({ year }) => year !== 2010)
    .sort((a, b) => Math.abs(a.year - 2010) - Math.abs(b.year - 2010));
  const years: number[] = [];
  let count = 0;
  for (const { year, kept } of near) {
    if (count >= wanted) break;
    years.push(year);
    count += kept.rows;
  }
  const baci = await openBaci(dir);
  const exposure = productExposure(
    baci.products.map(({ hs6 }) => hs6),
    baci.hs,
    readProductConcordance(`${dir}/SIMULATED_hs6_industry.csv`),
    JSON.parse(intensities),
  );
  const panel = readCodedPanel(folder, years);
  const started = performance.now();
  const { fit, coverage } = productEventStudy(panel, exposure, { coefficients: "difference" });
  return {
    years: years.sort((a, b) => a - b),
    rows: panel.value.length,
    rowsUsed: coverage.estimated.rows,
    singletons: coverage.singletons,
    seconds: (performance.now() - started) / 1000,
    steps: fit.iterations.steps,
    absorptionSteps: fit.iterations.absorption,
    coefficient: fit.coef("post_exposure"),
    standardError: fit.se("post_exposure"),
    truth: EFFECT,
    peakMegabytes: peakMegabytes(),
  };
}

function spawn<T>(program: string, args: readonly string[]): T {
  const { success, stdout } = new Deno.Command(program, { args: [...args], stderr: "inherit" })
    .outputSync();
  if (!success) throw new Error(`${program} ${args.slice(0, 4).join(" ")} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function main() {
  const [step, ...rest] = Deno.args;
  if (step === "simulate") {
    return console.log(JSON.stringify(simulate(rest[0], Number(rest[1]), Number(rest[2]))));
  }
  if (step === "code") return console.log(JSON.stringify(await code(rest[0], rest[1])));
  if (step === "estimate") {
    return console.log(JSON.stringify(await estimate(rest[0], rest[1], Number(rest[2]), rest[3])));
  }
  const self = (...args: string[]) =>
    [Deno.execPath(), ["run", "-A", fileURLToPath(import.meta.url), ...args]] as const;
  const python = option("python", "");
  const out = option("out", fileURLToPath(new URL("./products.json", import.meta.url)));
  const folder = Deno.makeTempDirSync({ dir: option("folder", "") || undefined });
  const files = `${folder}/files`;
  try {
    const world = spawn<ReturnType<typeof simulate>>(
      ...self("simulate", files, option("rows", "10000000"), option("years", "10")),
    );
    const panel = spawn<Awaited<ReturnType<typeof code>>>(
      ...self("code", files, `${folder}/panel`),
    );
    const rate = (rows: number, seconds: number) => Math.round(rows / seconds);
    let duckdb = null;
    if (python !== "") {
      Deno.mkdirSync(`${folder}/duckdb`);
      const script = fileURLToPath(new URL("./products_duckdb.py", import.meta.url));
      const result = spawn<{ version: string; rows: number; value: number; seconds: number }>(
        python,
        [script, files, `${folder}/duckdb`],
      );
      Deno.removeSync(`${folder}/duckdb`, { recursive: true });
      duckdb = { ...result, rowsPerSecond: rate(result.rows, result.seconds) };
    }
    const result: Record<string, unknown> = {
      data: "SIMULATED",
      machine: describeMachine(),
      loadAverage: Deno.loadavg(),
      simulate: { rows: world.rows, seconds: world.seconds },
      panel: { ...panel, rowsPerSecond: rate(panel.rows, panel.seconds) },
      duckdb,
    };
    const write = () => Deno.writeTextFileSync(out, JSON.stringify(result, null, 2) + "\n");
    write();
    const wanted = option("ppml-rows", "2000000");
    if (Number(wanted) > 0) {
      result.ppml = spawn<Awaited<ReturnType<typeof estimate>>>(
        ...self("estimate", files, `${folder}/panel`, wanted, JSON.stringify(world.intensities)),
      );
      write();
    }
    console.log(JSON.stringify(result, null, 2));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

if (import.meta.main) await main();
