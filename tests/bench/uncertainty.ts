import { runUncertainty } from "@ree/uncertainty";
import { cpuUsage } from "node:process";
import { describeMachine } from "./machine.ts";

/** 128 rows of a Saltelli design with 8 parts are 1,024 draws. */
const ROWS = 128;

/** 1,024 draws of all inputs through the 41-country economy, workers on all cores, from the call to the summary's data. */
export async function benchmarkUncertainty() {
  const [start, before] = [performance.now(), cpuUsage()];
  const { draws } = await runUncertainty({ rows: ROWS });
  const { user, system } = cpuUsage(before);
  const round = (seconds: number) => Number(seconds.toFixed(1));
  const cpuSeconds = (user + system) / 1e6;
  return {
    benchmark: `uncertainty: ${ROWS} rows with all parts through the world economy of 2009`,
    machine: describeMachine(),
    draws: draws.length,
    failed: draws.filter(({ failure }) => failure !== "").length,
    seconds: round((performance.now() - start) / 1000),
    // Does not depend on what else the machine does, as the seconds do.
    cpuSeconds: round(cpuSeconds),
    cpuMillisecondsPerDraw: Math.round(1000 * cpuSeconds / draws.length),
    loadAverageAtEnd: Deno.loadavg().map(round),
  };
}
