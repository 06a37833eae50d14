"""Run one notebook in a fresh kernel and tell each step as one line of JSON.

Started by execute_notebook.ts, which draws the progress and judges the result. Steps:
  {"event": "kernel", "nbclient": "0.11.0"}
  {"event": "start", "cell": 3}
  {"event": "done", "cell": 3, "seconds": 0.8}
  {"event": "error", "cell": 3, "name": "RangeError", "value": "...", "traceback": ["..."]}
  {"event": "timeout" | "dead", "cell": 3}
  {"event": "end", "peak_bytes": 123456789}
Cells count from 0 over all cells. The executed notebook is written only when every cell ran.
"""

import argparse
import json
import os
import signal
import subprocess
import threading
import time

import nbclient
import nbformat
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

# The kernel inherits file 1, so the steps go out on a private copy and everything else to file 2.
steps = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def tell(event, **values):
    steps.write(json.dumps({"event": event, **values}) + "\n")
    steps.flush()


def peak_bytes(pid):
    """Highest resident memory of a process so far; elsewhere than on Linux, the present one."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True)
        return int(shown.stdout) * 1024
    except (OSError, ValueError):
        return 0


def end_with_parent(client):
    """Stop the kernel and this process as soon as the runner is gone (it holds our stdin)."""

    def wait():
        # Not sys.stdin: a thread that holds its lock makes Python abort at exit.
        while os.read(0, 1024):
            pass
        pid = kernel_pid(client)
        if pid is not None:
            try:
                os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
            except OSError:
                pass
        os._exit(3)

    threading.Thread(target=wait, daemon=True).start()


def kernel_pid(client):
    provisioner = getattr(client.km, "provisioner", None)
    return getattr(provisioner, "pid", None)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notebook")
    parser.add_argument("executed")
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--timeout", type=float, required=True)
    options = parser.parse_args()

    notebook = nbformat.read(options.notebook, as_version=4)
    state = {"cell": -1, "started": 0.0, "peak": 0}

    def on_start(cell, cell_index, **_):
        if cell.cell_type == "code" and cell.source.strip():
            state["cell"], state["started"] = cell_index, time.perf_counter()
            tell("start", cell=cell_index)

    def on_executed(cell, cell_index, execute_reply, **_):
        state["peak"] = max(state["peak"], peak_bytes(kernel_pid(client)))
        if execute_reply["content"]["status"] == "ok":
            tell("done", cell=cell_index, seconds=time.perf_counter() - state["started"])

    client = nbclient.NotebookClient(
        notebook,
        kernel_name=options.kernel,
        timeout=options.timeout,
        startup_timeout=120,
        record_timing=False,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(options.notebook))}},
        on_cell_start=on_start,
        on_cell_executed=on_executed,
    )
    end_with_parent(client)
    tell("kernel", nbclient=nbclient.__version__)
    try:
        client.execute()
    except CellExecutionError as error:
        outputs = notebook.cells[state["cell"]].get("outputs", [])
        raised = [output for output in outputs if output.output_type == "error"]
        traceback = list(raised[-1].traceback) if raised else []
        tell("error", cell=state["cell"], name=error.ename, value=error.evalue, traceback=traceback)
        return
    except CellTimeoutError:
        tell("timeout", cell=state["cell"])
        return
    except DeadKernelError:
        tell("dead", cell=state["cell"])
        return
    finally:
        tell("end", peak_bytes=state["peak"])
    nbformat.write(notebook, options.executed)


if __name__ == "__main__":
    main()
