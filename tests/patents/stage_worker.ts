/** Stages the bulk tables of a folder in a process of its own, so that its peak memory can be told. */
import { readStaged, stagePatentsView } from "@ree/patents";

const [folder] = Deno.args;
const { rows } = await stagePatentsView(folder, `${folder}/staging.sqlite`);
const [first] = readStaged(`${folder}/staging.sqlite`);
const status = Deno.readTextFileSync("/proc/self/status");
const megabytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
console.log(JSON.stringify({ rows: rows.g_cpc_current, classes: first.classes, megabytes }));
