import { join } from "node:path";
import type { ProjectPaths } from "./project.ts";

/**
 * The environment in which every process of Jupyter runs: all that it writes (settings, runtime files,
 * signatures, downloads) stays inside the project, and kernels write text without terminal colours.
 */
export function jupyterEnvironment(paths: ProjectPaths): Readonly<Record<string, string>> {
  return {
    JUPYTER_DATA_DIR: join(paths.jupyter, "data"),
    JUPYTER_PATH: join(paths.jupyter, "data"),
    JUPYTER_RUNTIME_DIR: join(paths.jupyter, "runtime"),
    JUPYTER_CONFIG_DIR: join(paths.jupyter, "config"),
    IPYTHONDIR: join(paths.jupyter, "ipython"),
    // Without this, a virtual environment's own kernel specs would win over the project's.
    JUPYTER_PREFER_ENV_PATH: "0",
    PIP_CACHE_DIR: join(paths.cache, "pip"),
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PYTHONUTF8: "1",
    NO_COLOR: "1",
  };
}
