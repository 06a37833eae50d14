/**
 * The worker of the page: holds the world, solves the newest settings it was sent, and passes over older ones.
 * A program, not part of the door.
 *
 * @module
 */
import "./buffer_stand_in.ts";
import { answerView } from "./answer_view.ts";
import { closureFigure, closureName, type ClosureRow } from "./answer_figures.ts";
import type { Reply, Request } from "./messages.ts";
import { refusalOf } from "./refusal.ts";
import { type WhatIfAnswer, whatIfAnswer } from "./what_if_answer.ts";
import { CLOSURE_CHOICES } from "./what_if_settings.ts";
import { unpackWorld, type WhatIfWorld } from "./what_if_world.ts";

type Solve = Extract<Request, { readonly kind: "solve" }>;

let world: WhatIfWorld | undefined;
let waiting: Solve | undefined;
let isBusy = false;

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  if (data.kind === "world") world = await unpackWorld(data.world);
  else waiting = data;
  await solveWaiting();
});

/** Solves until nothing waits; called again while it runs, it leaves the work to the running call. */
async function solveWaiting(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  while (world !== undefined && waiting !== undefined) {
    const request = waiting;
    waiting = undefined;
    const answer = solve(world, request);
    if (answer !== undefined) await compareClosures(world, request, answer);
    await newerMessages();
  }
  isBusy = false;
}

function solve(world: WhatIfWorld, { id, settings, widths }: Solve): WhatIfAnswer | undefined {
  const start = performance.now();
  try {
    const answer = whatIfAnswer(world, settings);
    const solved = performance.now() - start;
    const view = answerView(answer, world, widths);
    tell({ kind: "answer", id, view, solved, drawn: performance.now() - start });
    return answer;
  } catch (error) {
    tell({ kind: "refused", id, refusal: refusalOf(error) });
  }
}

/** Solves the other closures one by one; gives up when newer settings came. */
async function compareClosures(
  world: WhatIfWorld,
  { id, settings, widths }: Solve,
  answer: WhatIfAnswer,
): Promise<void> {
  const rows: ClosureRow[] = [];
  for (const { code: closure } of CLOSURE_CHOICES) {
    if (closure === "fixed") continue;
    await newerMessages();
    if (waiting !== undefined) return;
    if (closure === settings.closure) {
      rows.push({ closure, mitigation: answer.analysis.mitigation, problem: "" });
      continue;
    }
    try {
      const { analysis } = whatIfAnswer(world, { ...settings, closure });
      rows.push({ closure, mitigation: analysis.mitigation, problem: "" });
    } catch (error) {
      rows.push({ closure, mitigation: NaN, problem: refusalOf(error).message });
    }
  }
  tell({
    kind: "closures",
    id,
    figure: closureFigure(rows, settings.closure, widths.half),
    problems: rows.filter(({ problem }) => problem !== "")
      .map(({ closure, problem }) => `${closureName(closure)}: ${problem}`),
  });
}

/** Lets messages that came in the meantime be read. */
function newerMessages(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function tell(reply: Reply): void {
  postMessage(reply);
}
