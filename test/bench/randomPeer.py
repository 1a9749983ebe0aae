"""NumPy's side of random.ts.

Prints its version, then answers each request, a JSON text per line, by the milliseconds of so many
evaluations of an expression of `g`, a `Generator`, `s`, a `RandomState`, and `n`.
"""

import json
import sys
import time

import numpy as np

print(json.dumps(f"NumPy {np.__version__}"), flush=True)
names = {"g": np.random.default_rng(0), "s": np.random.RandomState(0)}
for line in sys.stdin:
    request = json.loads(line)
    code = compile(request["expression"], "<request>", "eval")
    names["n"] = request["n"]
    times = []
    for _ in range(request["runs"]):
        start = time.perf_counter()
        eval(code, names)
        times.append(1000 * (time.perf_counter() - start))
    print(json.dumps(times), flush=True)
