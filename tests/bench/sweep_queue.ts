import { randomStream } from "@ree/numeric";

/** What a cluster is taken to be. */
export interface QueueAssumptions {
  /** Task starts that the scheduler manages per second. */
  readonly startsPerSecond: number;
  /** Processors of a node, each with one task at a time. */
  readonly slotsPerNode: number;
  /** Seconds of a task beside its runs: start, load, write. */
  readonly overheadSeconds: number;
  /** Part of tasks that die half-way and are submitted again. */
  readonly lostShare: number;
}

/** Outcome of one simulated sweep. */
export interface QueueOutcome {
  readonly nodes: number;
  readonly runs: number;
  readonly tasks: number;
  /** Files that stay: results and records. */
  readonly files: number;
  readonly hours: number;
  /** Runs' own processor time over that of all slots until the end. */
  readonly efficiency: number;
  /** Task starts per second while the queue is not empty. */
  readonly startsPerSecond: number;
}

/**
 * A list scheduler: whenever a slot is free and the scheduler may start a task, the next task begins there. Task times
 * are sums of run times drawn from measured ones.
 *
 * @param measured seconds of single runs
 */
export function simulateQueue(
  nodes: number,
  runs: number,
  tasks: number,
  measured: readonly number[],
  assumptions: QueueAssumptions,
  seed = 1,
): QueueOutcome {
  const { startsPerSecond, slotsPerNode, overheadSeconds, lostShare } = assumptions;
  const stream = randomStream(seed);
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  const variance = measured.reduce((sum, value) => sum + (value - mean) ** 2, 0) / measured.length;
  const slots = new Float64Array(Math.min(tasks, nodes * slotsPerNode)); // heap of times at which they are free
  let [lastStart, end, useful, started] = [-Infinity, 0, 0, 0];
  let waiting = tasks;
  while (waiting > 0) {
    const size = runs / tasks;
    // The sum of many independent runs is close to normal.
    const work = Math.max(0, size * mean + Math.sqrt(size * variance) * stream.normal());
    const lost = stream.uniform() < lostShare;
    const start = Math.max(slots[0], lastStart + 1 / startsPerSecond, 0);
    const stop = start + overheadSeconds + (lost ? work * stream.uniform() : work);
    lastStart = start;
    started++;
    if (!lost) {
      waiting--;
      useful += work;
    }
    end = Math.max(end, stop);
    replaceSmallest(slots, stop);
  }
  const round = (value: number) => Number(value.toPrecision(3));
  return {
    nodes,
    runs,
    tasks,
    files: 2 * tasks,
    hours: round(end / 3600),
    efficiency: round(useful / (end * nodes * slotsPerNode)),
    startsPerSecond: round(started / Math.max(lastStart, 1 / startsPerSecond)),
  };
}

/** Replaces the root of a binary heap. */
function replaceSmallest(heap: Float64Array, value: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1] < heap[child]) child++;
    if (heap[child] >= value) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = value;
}
