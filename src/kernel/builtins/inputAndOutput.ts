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

/** Pieces are written one by one, as whoever stands in for a stream can see. */
function write(session: Session, file: Value, pieces: readonly string[]): void {
  // What stands in `sys.stdout`, which a cell may have put something else into.
  const out = file ?? session.importModule("sys").members.get("stdout")!;
  if (out instanceof OutputStream) {
    out.write(pieces.join(""));
    return;
  }
  const take = getAttribute(out, "write");
  for (const piece of pieces) call(take, { positional: [piece], keywords: noKeywords });
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
        const between = separator(sep!, "sep", " ");
        const after = separator(end!, "end", "\n");
        write(session, file!, [
          ...texts.flatMap((text, index) => (index > 0 ? [between, text] : [text])),
          after,
        ]);
        return null;
      },
    ),
    builtin(displaySignature, (bound) => display(session, bound)),
    ...refusedNames.map((name) => refused(session, name)),
  ];
}
