/**
 * Speed and memory of the patent prefilter on a generated PatentsView table, beside ripgrep with the same words in the
 * same run, written as JSON. ripgrep only lists lines that hold a word: it neither tells records from lines nor checks
 * formulas, so that its time is a lower bound. Both read the file from the page cache, on one thread.
 *
 *   deno task bench:patents [--gigabytes 2] [--folder DIR] [--ripgrep rg] [--out FILE]
 *
 * ripgrep is the Debian package of that name; without it its column is left out. The table is SIMULATED and removed
 * afterwards.
 */
import { fileURLToPath } from "node:url";
import { randomStream } from "@ree/numeric";
import { readPatents } from "@ree/patents";
import { RARE_EARTH_WORDS } from "../../lib/patents/rare_earth_words.ts";
import { describeMachine, summarise } from "./machine.ts";

const RUNS = 3;
/** Share of abstracts that speak of rare earths; about one in a hundred US patents does. */
const SHARE = 0.01;
const WORDS =
  "the a of and to in is for with by method system device comprising a first second layer material substrate electrode signal configured portion wherein apparatus includes surface at least one image data processing unit may be coupled between control circuit formed on having provided invention relates temperature fluid pressure user based such as more when from an that which structure semiconductor composition polymer compound treatment cell antibody protein"
    .split(" ");
const RARE = [
  "a rare earth element",
  "neodymium",
  "of the Nd2Fe14B type",
  "Er-doped",
  "yttria",
  "cerium oxide",
];

/** Writes abstracts as g_patent_abstract holds them until the file has the wanted size; returns the rows with a mention. */
function writeTable(path: string, bytes: number): { rows: number; mentions: number } {
  const random = randomStream(1);
  const encoder = new TextEncoder();
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  file.writeSync(encoder.encode('"patent_id"\t"patent_abstract"\n'));
  let [written, rows, mentions] = [0, 0, 0];
  // A pool of sentences, drawn anew for every row: generating word by word would take longer than the benchmark.
  const pool = Array.from({ length: 5000 }, () => {
    let text = "";
    for (let n = 8 + random.integer(20); n > 0; n--) {
      text += WORDS[random.integer(WORDS.length)] + " ";
    }
    return text[0].toUpperCase() + text.slice(1, -1) + ". ";
  });
  while (written < bytes) {
    let block = "";
    while (block.length < 4 << 20) {
      let text = "";
      for (let n = 3 + random.integer(7); n > 0; n--) text += pool[random.integer(pool.length)];
      if (random.uniform() < SHARE) {
        text += `It holds ${RARE[random.integer(RARE.length)]}.`;
        mentions++;
      }
      // What looks like a symbol and is none has to be looked at closely.
      if (random.uniform() < 0.05) text += "The X-Y stage of Ho et al. stores 4 Tb, in La Paz.";
      if (random.uniform() < 0.05) text = text.replace(". ", '.\nA ""quoted"" part. ');
      block += `"${10_000_000 + rows}"\t"${text}"\n`;
      rows++;
    }
    const data = encoder.encode(block);
    for (let rest = data; rest.length > 0; rest = rest.subarray(file.writeSync(rest)));
    written += data.length;
  }
  file.close();
  return { rows, mentions };
}

/** Kilobytes of the process's largest memory so far. */
function peakMemory(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(Deno.readTextFileSync("/proc/self/status"))?.[1]);
}

async function prefilterOnce(path: string) {
  const started = performance.now();
  let kept = 0;
  for await (const _ of readPatents(path, { prefilter: true })) kept++;
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ kept, seconds, peakMegabytes: Math.round(peakMemory() / 1024) }));
}

/** ripgrep with every word of the prefilter, any case, and formulas by their symbols. */
function ripgrepOnce(ripgrep: string, path: string) {
  const symbols = "(Sc|La|Ce|Pr|Nd|Pm|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu)[0-9A-Z:^(+-]";
  const words = [...RARE_EARTH_WORDS.map(({ word }) => word), "rare[ -]earth"].join("|");
  const started = performance.now();
  const { code, stdout } = new Deno.Command(ripgrep, {
    args: ["--threads", "1", "--count", "--no-config", "-e", `(?i:${words})|${symbols}`, path],
  }).outputSync();
  if (code > 1) throw new Error(`ripgrep ended with ${code}`);
  return {
    seconds: (performance.now() - started) / 1000,
    lines: Number(new TextDecoder().decode(stdout).trim()),
  };
}

function option(name: string, otherwise: string): string {
  const at = Deno.args.indexOf(`--${name}`);
  return at < 0 ? otherwise : Deno.args[at + 1];
}

function isInstalled(program: string): boolean {
  try {
    return new Deno.Command(program, { args: ["--version"], stdout: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

async function main() {
  if (Deno.args[0] === "--once") return await prefilterOnce(Deno.args[1]);
  const gigabytes = Number(option("gigabytes", "2"));
  const ripgrep = option("ripgrep", "rg");
  const out = option("out", fileURLToPath(new URL("./patents.json", import.meta.url)));
  const folder = Deno.makeTempDirSync({ dir: option("folder", "") || undefined });
  try {
    const path = `${folder}/g_patent_abstract.tsv`;
    const table = writeTable(path, gigabytes * 1e9);
    const bytes = Deno.statSync(path).size;
    const withRipgrep = isInstalled(ripgrep);
    const [own, other]: [ReturnType<typeof spawnOnce>[], ReturnType<typeof ripgrepOnce>[]] = [
      [],
      [],
    ];
    // By turns, so that a busy machine slows both alike; the first turn warms the page cache and is dropped.
    for (let run = 0; run <= RUNS; run++) {
      const ours = spawnOnce(path);
      const theirs = withRipgrep ? ripgrepOnce(ripgrep, path) : null;
      if (run === 0) continue;
      own.push(ours);
      if (theirs !== null) other.push(theirs);
    }
    const rate = (seconds: number) => Math.round(bytes / 1e6 / seconds);
    const timing = summarise(own.map(({ seconds }) => seconds));
    const theirs = withRipgrep ? summarise(other.map(({ seconds }) => seconds)) : null;
    const result = {
      data: "SIMULATED",
      machine: describeMachine(),
      loadAverage: Deno.loadavg(),
      bytes,
      ...table,
      prefilter: {
        ...timing,
        megabytesPerSecond: rate(timing.median),
        kept: own[0].kept,
        peakMegabytes: Math.max(...own.map(({ peakMegabytes }) => peakMegabytes)),
      },
      ripgrep: theirs === null
        ? null
        : { ...theirs, megabytesPerSecond: rate(theirs.median), lines: other[0].lines },
    };
    console.log(JSON.stringify(result, null, 2));
    Deno.writeTextFileSync(out, JSON.stringify(result, null, 2) + "\n");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** The prefilter in a process of its own, so that peak memory is its own. */
function spawnOnce(path: string): { kept: number; seconds: number; peakMegabytes: number } {
  const { success, stdout } = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fileURLToPath(import.meta.url), "--once", path],
    stderr: "inherit",
  }).outputSync();
  if (!success) throw new Error("the prefilter failed");
  return JSON.parse(new TextDecoder().decode(stdout));
}

if (import.meta.main) await main();
