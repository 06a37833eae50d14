"""Times pyfixest on columns that tests/bench/econometrics.ts has written; prints JSON.

Usage: econometrics_pyfixest.py FOLDER SIZE DESIGN. Each estimation may take a minute at most.
"""

import json
import resource
import signal
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
import pyfixest as pf  # noqa: E402

LIMIT_SECONDS = 60
folder, size, design = Path(sys.argv[1]), int(float(sys.argv[2])), sys.argv[3]
data = pd.DataFrame({path.stem: np.fromfile(path, dtype=path.suffix[1:]) for path in folder.iterdir()})


def too_long(*_):
    raise TimeoutError(f"more than {LIMIT_SECONDS} s")


signal.signal(signal.SIGALRM, too_long)
timings = []
for effects in ["indiv", "indiv + year", "indiv + year + firm"]:
    for estimator in ["feols", "fepois"]:
        outcome = "y" if estimator == "feols" else "count"
        entry = {"size": size, "design": design, "estimator": estimator, "effects": effects}
        best = float("inf")
        try:
            for _ in range(1 if size > 1e6 else 2):
                signal.alarm(LIMIT_SECONDS)
                start = time.perf_counter()
                fit = getattr(pf, estimator)(
                    f"{outcome} ~ x1 + x2 | {effects}", data, vcov="iid", store_data=False, copy_data=False
                )
                best = min(best, time.perf_counter() - start)
            entry["coefficient"] = float(fit.coef()["x1"])
        except Exception as error:  # a failure is a result here
            entry["failed"] = str(error)[:100]
        signal.alarm(0)
        if np.isfinite(best):
            entry["seconds"] = best
            entry["rowsPerSecond"] = round(size / best)
        timings.append(entry)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"version": pf.__version__, "timings": timings, "peakMegabytes": peak}))
