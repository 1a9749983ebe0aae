"""Runs the snippets of fixtures/numpySnippets.json in CPython with NumPy and records what they print.

    python3 -W ignore test/kernel/recordSnippets.py

To add snippets, append entries without "prints" and run it again. Recorded with NumPy 2.4.6.
"""

import contextlib
import io
import json
import pathlib

import numpy as np

path = pathlib.Path(__file__).parent / "fixtures" / "numpySnippets.json"


def printed(code):
    indented = "\n".join("        " + line for line in code.split("\n"))
    program = (
        "with np.printoptions():\n    try:\n"
        + indented
        + "\n    except Exception as e:\n        print(type(e).__name__, e)\n"
    )
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(program, {"np": np})
    return out.getvalue()


snippets = json.loads(path.read_text())
for snippet in snippets:
    snippet["prints"] = printed("\n".join(snippet["code"])).split("\n")
path.write_text(json.dumps(snippets, indent=2, ensure_ascii=False) + "\n")
