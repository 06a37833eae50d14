import { killRuns } from "./kill_runs.ts";

Deno.test("a run killed twice goes on without losing or paying twice", () => killRuns(2, 1500, 1));
