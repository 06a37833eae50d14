import type { WorkKind } from "@ree/sweep";

/** A kind that computes nothing: any parameters will do. */
export const workKind: WorkKind = {
  name: "echo",
  load: () => ({ json: {}, arrays: {} }),
  prepare: () => ({
    columns: { number: "number" },
    check: () => {},
    run: ({ run }) => ({ number: run }),
  }),
};
