"""Records what Keras prints and raises for each snippet here, in recorded.json.

Run with a Python that has Keras 3 and NumPy (`KERAS_BACKEND=numpy python record.py`). A snippet
begins at `# %%` with its title. Each runs in a process of its own. `bnlab` is the file that ships
for notebooks that move to Python.
"""
import contextlib
import io
import json
import os
import re
import sys
import traceback
import warnings
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "numpy")
import keras
import numpy as np

folder = Path(__file__).resolve().parent
sys.path.append(str(folder.parents[2] / "media" / "python"))


def snippets(path):
    parts = re.split(r"^# %% (.*)\n", path.read_text(), flags=re.M)[1:]
    return list(zip(parts[::2], parts[1::2]))


def run(code):
    """Standard output and `Type: message`, None where it ends well."""
    warnings.simplefilter("ignore")
    out = io.StringIO()
    error = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(code, "snippet", "exec"), {"__name__": "__main__"})
        except BaseException as raised:
            error = "".join(traceback.format_exception_only(type(raised), raised)).rstrip("\n")
            error = error.removeprefix("numpy.exceptions.")
            error = re.sub(r"\x1b\[[0-9;]*m", "", error)
    return {"printed": out.getvalue(), "error": error}


def forked(code):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writing, "w") as pipe:
            pipe.write(json.dumps(run(code)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text)


recorded = {
    path.stem: {title: forked(code) for title, code in snippets(path)}
    for path in sorted(folder.glob("*.py"))
    if path.name != "record.py"
}
versions = {"keras": keras.__version__, "numpy": np.__version__}
text = json.dumps({"versions": versions, "snippets": recorded}, indent=2, ensure_ascii=False)
(folder / "recorded.json").write_text(text + "\n")
