import type { FigureWidths } from "./answer_figures.ts";
import type { Reply, Request } from "./messages.ts";
import type { WhatIfSettings } from "./what_if_settings.ts";
import type { PackedWorld } from "./what_if_world.ts";

/** A solve that takes longer is given up as soon as newer settings are there. */
const PATIENCE = 1500;

/** Solves settings in a worker; only replies to the newest ones are passed on. */
export interface Solver {
  readonly solve: (settings: WhatIfSettings, widths: FigureWidths) => void;
}

/**
 * Starts a worker and sends it the world. Answers to settings that are no longer the newest are passed on too, so
 * that the page moves while a slider is dragged.
 *
 * @param program text of the worker's program
 * @param hear is told every reply in the order of the settings, and whether newer settings wait
 * @param fail is told when the worker breaks
 */
export function startSolver(
  program: string,
  world: PackedWorld,
  hear: (reply: Reply, isNewest: boolean) => void,
  fail: (message: string) => void,
): Solver {
  // Not a module: Chromium does not load module workers for pages opened from a file.
  const strict = `"use strict";${program}`;
  const address = URL.createObjectURL(new Blob([strict], { type: "text/javascript" }));
  let newest: Extract<Request, { readonly kind: "solve" }> | undefined;
  let silentSince: number | undefined; // while settings wait for a reply
  let worker = start();

  function start(): Worker {
    const made = new Worker(address);
    made.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      const isNewest = data.id === newest?.id;
      if (data.kind !== "closures") silentSince = isNewest ? undefined : performance.now();
      hear(data, isNewest);
    });
    made.addEventListener("error", (event) => fail(event.message));
    const first: Request = { kind: "world", world };
    made.postMessage(first);
    return made;
  }

  /** A worker deep in a solve hears nothing: a new one takes its place. */
  function restartIfSilent(): void {
    if (silentSince === undefined || performance.now() - silentSince < PATIENCE) return;
    worker.terminate();
    worker = start();
    silentSince = performance.now();
    worker.postMessage(newest);
  }

  return {
    solve(settings, widths) {
      newest = { kind: "solve", id: (newest?.id ?? 0) + 1, settings, widths };
      if (silentSince === undefined) silentSince = performance.now();
      else setTimeout(restartIfSilent, PATIENCE);
      worker.postMessage(newest);
    },
  };
}
