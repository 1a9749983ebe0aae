"""The cells of interpreterCells.ts in CPython.

Prints its version, then answers each cell, a JSON text per line, by its milliseconds.
"""

import json
import platform
import sys
import time

print(f"{platform.python_implementation()} {platform.python_version()}", flush=True)
for line in sys.stdin:
    code = compile(json.loads(line), "<cell>", "exec")
    names = {"__name__": "__main__"}
    start = time.perf_counter()
    exec(code, names)
    print(1000 * (time.perf_counter() - start), flush=True)
