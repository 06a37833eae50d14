import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** The folders of this project, as absolute paths. */
export interface ProjectPaths {
  readonly root: string;
  readonly notebooks: string;
  readonly reports: string;
  readonly results: string;
  readonly data: string;
  /** The project's own virtual environment of Python, made on demand. */
  readonly venv: string;
  /** Everything Jupyter writes: kernel spec, settings, runtime files. */
  readonly jupyter: string;
  /** Downloads and scratch files; safe to delete at any time. */
  readonly cache: string;
}

/** Where this project lies, found from this file, so that it does not depend on the working folder. */
export function projectPaths(): ProjectPaths {
  const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");
  return {
    root,
    notebooks: join(root, "notebooks"),
    reports: join(root, "reports"),
    results: join(root, "results"),
    data: join(root, "data"),
    venv: join(root, ".venv"),
    jupyter: join(root, ".jupyter"),
    cache: join(root, ".cache"),
  };
}
