import { describeMachine, summarise } from "./machine.ts";

const RUNS = 3;

/** Wall time of `deno task report` on all notebooks, everything being set up already. */
export function benchmarkReport() {
  const seconds = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const { success, stderr } = new Deno.Command(Deno.execPath(), { args: ["task", "report"] })
      .outputSync();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return (performance.now() - start) / 1e3;
  });
  const notebooks = [...Deno.readDirSync(new URL("../../notebooks", import.meta.url))]
    .map(({ name }) => name).filter((name) => name.endsWith(".ipynb")).sort();
  return {
    benchmark: "deno task report, warm: all notebooks executed and exported",
    machine: describeMachine(),
    notebooks,
    seconds: summarise(seconds),
  };
}
