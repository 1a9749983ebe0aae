"""NumPy's side of arrays.ts: reads operations as lines of JSON, answers each with times in ms."""

import json
import sys
import time

import numpy as np

operations = {
    "x * a + b": lambda x, y, v, w: x * 1.5 + 0.5,
    "x * v + w": lambda x, y, v, w: x * v + w,
    "x + y": lambda x, y, v, w: x + y,
    "x > 0": lambda x, y, v, w: x > 0,
    "np.maximum(x, 0)": lambda x, y, v, w: np.maximum(x, 0),
    "np.sqrt(abs(x))": lambda x, y, v, w: np.sqrt(abs(x)),
    "np.where(x > 0, x, 0)": lambda x, y, v, w: np.where(x > 0, x, x.dtype.type(0)),
    "x.sum()": lambda x, y, v, w: x.sum(),
    "x.mean(axis=(0, 1, 2))": lambda x, y, v, w: x.mean(axis=(0, 1, 2)),
    "x.var(axis=0)": lambda x, y, v, w: x.var(axis=0),
    "x.var(axis=(0, 1, 2))": lambda x, y, v, w: x.var(axis=(0, 1, 2)),
    "x.max(axis=0)": lambda x, y, v, w: x.max(axis=0),
    "x.max()": lambda x, y, v, w: x.max(),
    "x.astype(other float)": lambda x, y, v, w: x.astype("float64" if x.itemsize == 4 else "float32"),
    "(x > 0).astype(x.dtype)": lambda x, y, v, w: (x > 0).astype(x.dtype),
}

arrays = {}


def operands(dtype, shape):
    key = (dtype, tuple(shape))
    if key not in arrays:
        random = np.random.default_rng(0)
        lengths = (shape, shape, shape[-1:], shape[-1:])
        arrays[key] = [random.uniform(-2, 2, n).astype(dtype) for n in lengths]
    return arrays[key]


for line in sys.stdin:
    request = json.loads(line)
    taken = operands(request["dtype"], request["shape"])
    operation = operations[request["operation"]]
    times = []
    result = None
    for _ in range(request["repetitions"]):
        start = time.perf_counter()
        result = operation(*taken)
        times.append(1000 * (time.perf_counter() - start))
    print(json.dumps(times), flush=True)
