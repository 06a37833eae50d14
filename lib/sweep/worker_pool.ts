import type { Numbered, WorkerAnswer, WorkerRequest } from "./sweep_worker.ts";
import { sweepError } from "./sweep_error.ts";

/** Workers with the work made ready in each. */
export interface WorkerPool {
  readonly workers: number;
  /** Whether the work is done shard by shard rather than run by run. */
  readonly whole: boolean;
  /** Sends a request to a worker; answers come in the order of the requests. */
  ask(worker: number, request: WorkerRequest): Promise<Extract<WorkerAnswer, { type: "rows" }>>;
  /** Tells all workers to stop at the next run boundary. */
  stop(): void;
  close(): void;
}

/**
 * Starts workers and has each prepare the work.
 *
 * @throws SweepError when a worker cannot
 */
export async function workerPool(
  count: number,
  prepare: Omit<Extract<WorkerRequest, { type: "prepare" }>, "type" | "stop">,
): Promise<WorkerPool> {
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let next = 0;
  const waiting = Array.from({ length: count }, () => new Map<number, Waiting>());
  const workers = waiting.map((open) => {
    const worker = new Worker(new URL("./sweep_worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { number, content } }: MessageEvent<Numbered<WorkerAnswer>>) => {
      const asked = open.get(number);
      open.delete(number);
      if (content.type !== "error") asked?.resolve(content);
      else asked?.reject(workerError(content));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of open.values()) {
        reject(sweepError(`a worker failed: ${event.message}`));
      }
      open.clear();
    };
    return worker;
  });
  const send = (worker: number, content: WorkerRequest) =>
    new Promise<WorkerAnswer>((resolve, reject) => {
      const number = next++;
      waiting[worker].set(number, { resolve, reject });
      workers[worker].postMessage({ number, content });
    });
  const close = () => {
    for (const worker of workers) worker.terminate();
  };
  let whole = false;
  try {
    const ready = await Promise.all(
      workers.map((_, k) => send(k, { type: "prepare", ...prepare, stop })),
    );
    whole = ready.some((answer) => answer.type === "ready" && answer.whole);
  } catch (cause) {
    close();
    throw cause;
  }
  return {
    workers: count,
    whole,
    async ask(worker, request) {
      const answer = await send(worker, request);
      if (answer.type !== "rows") throw sweepError(`a worker answered ${answer.type}`);
      return answer;
    },
    stop: () => Atomics.store(stop, 0, 1),
    close,
  };
}

interface Waiting {
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (cause: unknown) => void;
}

/** Errors that say what to do keep their message; faults of the program come with where they happened. */
function workerError({ name, message, stack }: Extract<WorkerAnswer, { type: "error" }>): Error {
  const told = ["RangeError", "SweepError", "EndpointError", "StoreError"].includes(name);
  return sweepError(told ? message : `${message}\n${stack}`);
}
