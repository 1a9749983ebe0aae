"""Runs the cells that show a mistake, from a JSON object of code to cell on standard input, and
prints what real Keras prints of each and the error that it raises, as JSON. Record with

    KERAS_BACKEND=numpy python recordCells.py < cells.json > fixtures/problemCells.json
"""

import contextlib
import io
import json
import sys

recorded = {}
for code, cell in json.load(sys.stdin).items():
    printed = io.StringIO()
    error = None
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(cell, code, "exec"), {"__name__": "__main__"})
        except Exception as raised:
            error = type(raised).__name__
    recorded[code] = {"printed": printed.getvalue(), "error": error}
json.dump(recorded, sys.stdout, indent=2)
print()
