/**
 * Speed and memory of feols and fepois against pyfixest on the same data, written as JSON.
 *
 *   deno run --allow-read --allow-write --allow-run --allow-env --allow-sys \
 *     tests/bench/econometrics.ts [--sizes 1e5,1e6,1e7] [--designs simple,difficult]
 *     [--python python3] [--out FILE]
 *
 * Designs are those of fixest's benchmark: 10 years per individual, 23 individuals per firm, firms drawn
 * at random ("simple") or going round ("difficult": a ring, on which projections converge slowly).
 * Every estimate runs in a process of its own, so that peak memory is its own (the data included).
 * Without a python that has pyfixest, its column is left out.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { randomStream } from "@ree/numeric";
import { feols, fepois } from "@ree/econometrics";

const YEARS = 10;
const INDIVIDUALS_PER_FIRM = 23;
const EFFECTS = ["indiv", "indiv + year", "indiv + year + firm"];
const REPETITIONS = 3;

interface Timing {
  readonly size: number;
  readonly design: string;
  readonly estimator: string;
  readonly effects: string;
  /** Least of the repetitions. */
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly coefficient: number;
  readonly absorptionSteps?: number;
  /** Peak memory of the process, data included. */
  readonly peakMegabytes?: number;
  /** What went wrong, for a case that failed. */
  readonly failed?: string;
}

function simulate(rows: number, difficult: boolean): Record<string, Float64Array | Int32Array> {
  const random = randomStream(1);
  const individuals = Math.round(rows / YEARS);
  const firms = Math.max(1, Math.round(individuals / INDIVIDUALS_PER_FIRM));
  const normals = (length: number) => Float64Array.from({ length }, () => random.normal());
  const [ofIndividual, ofFirm, ofYear] = [individuals, firms, YEARS].map(normals);
  const [indiv, firm, year] = [0, 1, 2].map(() => new Int32Array(rows));
  const [x1, x2, y, count] = [0, 1, 2, 3].map(() => new Float64Array(rows));
  for (let i = 0; i < rows; i++) {
    indiv[i] = Math.floor(i / YEARS) % individuals;
    year[i] = i % YEARS;
    firm[i] = difficult ? i % firms : random.integer(firms);
    x1[i] = random.normal();
    x2[i] = x1[i] ** 2;
    const mean = x1[i] + 0.05 * x2[i] + ofFirm[firm[i]] + ofIndividual[indiv[i]] + ofYear[year[i]];
    y[i] = mean + random.normal();
    count[i] = Math.floor(Math.exp(0.3 * mean) * -Math.log(1 - random.uniform()));
  }
  return { y, count, x1, x2, indiv, firm, year };
}

function runCase(size: number, design: string, estimator: string, effects: string): Timing {
  const data = simulate(size, design === "difficult");
  const outcome = estimator === "feols" ? "y" : "count";
  const estimate = estimator === "feols" ? feols : fepois;
  let seconds = Infinity;
  let [coefficient, absorptionSteps] = [NaN, 0];
  for (let repetition = 0; repetition < (size > 1e6 ? 1 : REPETITIONS); repetition++) {
    const start = performance.now();
    const fit = estimate(`${outcome} ~ x1 + x2 | ${effects}`, data, { vcov: "iid" });
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
    coefficient = fit.coef("x1");
    absorptionSteps = fit.iterations.absorption;
  }
  return {
    size,
    design,
    estimator,
    effects,
    seconds,
    rowsPerSecond: Math.round(size / seconds),
    coefficient,
    absorptionSteps,
    peakMegabytes: peakMegabytes(),
  };
}

/** Runs one case in a process of its own. */
function spawnCase(...choice: [size: number, design: string, estimator: string, effects: string]) {
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", fileURLToPath(import.meta.url), "--case"]
      .concat(choice.map(String)),
    stderr: "inherit",
  }).outputSync();
  return JSON.parse(new TextDecoder().decode(stdout)) as Timing;
}

/** Highest resident memory of this process; on systems without /proc that at the end. */
function peakMegabytes(): number {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024);
  } catch {
    return Math.round(Deno.memoryUsage().rss / 2 ** 20);
  }
}

function runPyfixest(python: string, size: number, design: string) {
  const data = simulate(size, design === "difficult");
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, values] of Object.entries(data)) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      Deno.writeFileSync(`${folder}/${name}.${values instanceof Int32Array ? "i4" : "f8"}`, bytes);
    }
    const script = fileURLToPath(new URL("./econometrics_pyfixest.py", import.meta.url));
    const { stdout, success } = new Deno.Command(python, {
      args: [script, folder, String(size), design],
      stderr: "null",
    }).outputSync();
    return success ? JSON.parse(new TextDecoder().decode(stdout)) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function option(name: string, otherwise: string): string {
  const at = Deno.args.indexOf(`--${name}`);
  return at < 0 ? otherwise : Deno.args[at + 1];
}

function main() {
  const single = Deno.args.indexOf("--case");
  if (single >= 0) {
    const [size, design, estimator, effects] = Deno.args.slice(single + 1);
    console.log(JSON.stringify(runCase(Number(size), design, estimator, effects)));
    return;
  }
  const sizes = option("sizes", "1e5,1e6").split(",").map(Number);
  const designs = option("designs", "simple,difficult").split(",");
  const python = option("python", "python3");
  const out = option("out", fileURLToPath(new URL("./econometrics.json", import.meta.url)));
  const cases = sizes.flatMap((size) =>
    designs.map((design) => {
      const own = EFFECTS.flatMap((effects) =>
        ["feols", "fepois"].map((estimator) => spawnCase(size, design, estimator, effects))
      );
      // Wall-clock times mean little on a busy machine: the load says how busy it was.
      const loadAverage = Deno.loadavg();
      const result = {
        size,
        design,
        loadAverage,
        own,
        pyfixest: runPyfixest(python, size, design),
      };
      printCase(result);
      return result;
    })
  );
  const { cpus, osRelease } = { cpus: navigator.hardwareConcurrency, osRelease: Deno.osRelease() };
  Deno.writeTextFileSync(
    out,
    JSON.stringify({ deno: Deno.version.deno, cpus, osRelease, cases }, null, 2) + "\n",
  );
}

function printCase(
  { size, design, own, pyfixest }: {
    size: number;
    design: string;
    own: readonly Timing[];
    pyfixest?: { timings: Timing[]; peakMegabytes: number };
  },
) {
  for (const timing of own) {
    const other = pyfixest?.timings.find(({ estimator, effects }) =>
      estimator === timing.estimator && effects === timing.effects
    );
    const theirs = other ? other.failed ?? `${other.seconds.toFixed(2)} s` : "–";
    console.log(
      `${size} ${design} ${timing.estimator} | ${timing.effects}: ${
        timing.seconds.toFixed(2)
      } s, ` +
        `pyfixest ${theirs}`,
    );
  }
  if (pyfixest) {
    console.log(`pyfixest's peak memory over these cases: ${pyfixest.peakMegabytes} MB`);
  }
}

if (import.meta.main) main();
