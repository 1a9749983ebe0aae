/**
 * @file `traceback`: an exception's story as text.
 */
import { PyList } from "../containers.ts";
import { PyException, pythonError, type TracebackEntry } from "../errors.ts";
import { type Bound, builtin, PythonModule } from "../functions.ts";
import type { Value } from "../objects.ts";
import { call, getAttribute } from "../operations.ts";
import type { Session } from "../session.ts";
import { describe, tracebackLines, wholeStory } from "../traceback.ts";
import { Traceback } from "../types/exceptions.ts";

/** The exception among the arguments, of which older code gives three: class, exception, traceback. */
function exceptionOf({ exc, value }: Bound): PyException {
  const found = value instanceof PyException ? value : exc;
  if (found instanceof PyException) return found;
  throw pythonError("TypeError", "Exception expected for value, None found");
}

function entriesOf(tb: Value | undefined): readonly TracebackEntry[] {
  return tb instanceof Traceback ? tb.exception.traceback.slice(tb.index) : [];
}

/** Lines as CPython hands them out: with what belongs together in one piece. */
function linesOf(text: string): PyList {
  return new PyList((text.match(/[^\n]*\n/g) ?? []).map((line) => line as Value));
}

export function tracebackModule(session: Session): PythonModule {
  const current = () => {
    const { handled } = session;
    return handled ? `${wholeStory(handled)}\n` : "NoneType: None\n";
  };
  const write = (file: Value | undefined, text: string) => {
    const out = file ?? session.importModule("sys").members.get("stderr")!;
    call(getAttribute(out, "write"), { positional: [text], keywords: new Map() });
    return null;
  };
  return new PythonModule(
    "traceback",
    {
      format_exc: builtin("format_exc(limit=None, chain=True)", current),
      format_exception: builtin(
        "format_exception(exc, /, value=None, tb=None, limit=None, chain=True)",
        (bound) => linesOf(`${wholeStory(exceptionOf(bound))}\n`),
      ),
      format_exception_only: builtin("format_exception_only(exc, /, value=None)", (bound) =>
        linesOf(`${describe(exceptionOf(bound))}\n`),
      ),
      format_tb: builtin("format_tb(tb, limit=None)", ({ tb }) => {
        const lines = entriesOf(tb).map((entry) => `${tracebackLines([entry]).join("\n")}\n`);
        return new PyList(lines);
      }),
      print_exc: builtin("print_exc(limit=None, file=None, chain=True)", ({ file }) =>
        write(file ?? undefined, current()),
      ),
      print_exception: builtin(
        "print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True)",
        (bound) => write(bound["file"] ?? undefined, `${wholeStory(exceptionOf(bound))}\n`),
      ),
      print_tb: builtin("print_tb(tb, limit=None, file=None)", ({ tb, file }) =>
        write(file ?? undefined, `${tracebackLines(entriesOf(tb)).join("\n")}\n`),
      ),
    },
    ["TracebackException", "StackSummary", "extract_tb", "extract_stack", "print_stack", "walk_tb"],
  );
}
