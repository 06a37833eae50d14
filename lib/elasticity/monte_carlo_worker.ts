/** Runs replications sent by `monteCarlo`, in a worker of its own. No data frames: polars stays out. */
import { monteCarloReplication, type MonteCarloTask } from "./monte_carlo_replication.ts";

/** What the worker is sent. */
export interface WorkerRequest {
  readonly task: MonteCarloTask;
  readonly replications: readonly number[];
}

const port = self as unknown as {
  onmessage: (event: MessageEvent<WorkerRequest>) => void;
  postMessage(rows: unknown): void;
};

port.onmessage = ({ data: { task, replications } }) => {
  port.postMessage(replications.map((replication) => monteCarloReplication(task, replication)));
};
