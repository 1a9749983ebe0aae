/**
 * @file `print`, `display`, and the functions that a kernel without files and keyboard refuses.
 */

import { format } from "../../shared/strings.ts";
import { pythonError } from "../errors.ts";
import { type Builtin, builtin } from "../functions.ts";
import { display, displaySignature } from "../modules/ipython.ts";
import { noKeywords, type Value } from "../objects.ts";
import { call, errorTypeName, getAttribute, str } from "../operations.ts";
import type { Session } from "../session.ts";
import { OutputStream } from "../streams.ts";

function separator(value: Value, name: string, otherwise: string): string {
  if (value === null) return otherwise;
  if (typeof value === "string") return value;
  throw pythonError("TypeError", `${name} must be None or a string, not ${errorTypeName(value)}`);
}

/** To a stream of the kernel's own at once; to whoever stands in for one, piece by piece as CPython. */
function write(
  session: Session,
  file: Value,
  texts: readonly string[],
  between: string,
  after: string,
): void {
  // What stands in `sys.stdout`, which a cell may have put something else into.
  const out = file ?? session.importModule("sys").members.get("stdout")!;
  if (out instanceof OutputStream) {
    out.write(texts.join(between) + after);
    return;
  }
  const take = getAttribute(out, "write");
  const put = (text: string) => call(take, { positional: [text], keywords: noKeywords });
  for (const [index, text] of texts.entries()) {
    if (index > 0) put(between);
    put(text);
  }
  put(after);
}

/** Refuses what would reach outside of the kernel, in the kernel's own words. */
function refused(session: Session, name: string): Builtin {
  return builtin(`${name}(*args, **kwargs)`, () => {
    throw pythonError("NotImplementedError", format(session.strings.unsupportedName, `${name}()`));
  });
}

const refusedNames = [
  "BaseExceptionGroup",
  "ExceptionGroup",
  "__import__",
  "aiter",
  "anext",
  "breakpoint",
  "compile",
  "eval",
  "exec",
  "help",
  "input",
  "open",
];

export function inputAndOutput(session: Session): readonly Builtin[] {
  return [
    builtin(
      "builtins.print(*args, sep=None, end=None, file=None, flush=False)",
      ({ args, sep, end, file }) => {
        const texts = (args as Value[]).map(str);
        write(session, file!, texts, separator(sep!, "sep", " "), separator(end!, "end", "\n"));
        return null;
      },
    ),
    builtin(displaySignature, (bound) => display(session, bound)),
    ...refusedNames.map((name) => refused(session, name)),
  ];
}
