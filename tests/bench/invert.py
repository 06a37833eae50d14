"""Independent run of the same inverse: reads coefficients A [n][n] and direct rows d [k][n], prints times and d(I - A)^-1."""

import json
import sys
import time

import numpy as np

order, inputs, runs = (int(word) for word in sys.argv[2:5])
numbers = np.fromfile(sys.argv[1], dtype="<f8")
a = numbers[: order * order].reshape(order, order)
d = numbers[order * order :].reshape(inputs, order)

inverse_seconds, solve_seconds = [], []
for _ in range(runs):
    start = time.perf_counter()
    total = d @ np.linalg.inv(np.eye(order) - a)
    inverse_seconds.append(time.perf_counter() - start)
    start = time.perf_counter()
    np.linalg.solve((np.eye(order) - a).T, d.T)
    solve_seconds.append(time.perf_counter() - start)

json.dump(
    {
        "numpy": np.__version__,
        "inverse_seconds": inverse_seconds,
        "solve_seconds": solve_seconds,
        "total": total.ravel().tolist(),
    },
    sys.stdout,
)
