/**
 * @file Exceptions as values: their text, repr and attributes.
 */
import { PyList, PyTuple } from "../containers.ts";
import { isException, PyException, type TracebackEntry } from "../errors.ts";
import { attributes } from "../functions.ts";
import { registerType } from "../objects.ts";
import { repr, str } from "../operations.ts";
import { reprItems } from "./sequences.ts";

/** `str(exception)`. */
export function exceptionText(exception: PyException): string {
  const { args } = exception;
  if (args.length === 0) return "";
  if (args.length > 1) {
    if (args.length === 2 && isException(exception, "OSError")) {
      return `[Errno ${str(args[0]!)}] ${str(args[1]!)}`;
    }
    return repr(new PyTuple(args));
  }
  return isException(exception, "KeyError") ? repr(args[0]!) : str(args[0]!);
}

/** `e.__traceback__`: one frame on the way to the exception, and those further in. */
export class Traceback {
  readonly exception: PyException;
  readonly index: number;

  constructor(exception: PyException, index: number) {
    this.exception = exception;
    this.index = index;
  }
}

/** `tb.tb_frame`: what can be said of it once it is left. */
class LeftFrame {
  readonly entry: TracebackEntry;

  constructor(entry: TracebackEntry) {
    this.entry = entry;
  }
}

registerType(Traceback, {
  name: "traceback",
  repr: () => "<traceback object>",
  hash: (value) => value,
  ...attributes<Traceback>({
    properties: {
      tb_frame: ({ exception, index }) => new LeftFrame(exception.traceback[index]!),
      tb_lineno: ({ exception, index }) => BigInt(exception.traceback[index]!.line),
      tb_next: ({ exception, index }) =>
        index + 1 < exception.traceback.length ? new Traceback(exception, index + 1) : null,
    },
  }),
});

registerType(LeftFrame, {
  name: "frame",
  repr: () => "<frame object>",
  hash: (value) => value,
  ...attributes<LeftFrame>({
    properties: {
      // A frame's code is asked for what the frame is asked for.
      f_code: (self) => self,
      f_lineno: ({ entry }) => BigInt(entry.line),
      co_filename: ({ entry }) => entry.cell,
      co_name: ({ entry }) => entry.frame,
    },
  }),
});

const common = attributes<PyException>({
  properties: {
    args: (self) => new PyTuple(self.args),
    __cause__: (self) => self.causedBy,
    __context__: (self) => self.context,
    __suppress_context__: (self) => self.suppressContext,
    __traceback__: (self) => (self.traceback.length > 0 ? new Traceback(self, 0) : null),
    __notes__: (self) => new PyList([...self.notes]),
  },
  methods: {
    "with_traceback(tb, /)": (self) => self,
    "add_note(note, /)": (self, { note }) => {
      self.notes.push(str(note!));
      return null;
    },
  },
});

registerType(PyException, {
  name: "Exception",
  classOf: (value) => value.class,
  repr: (value) => `${value.class.name}(${reprItems(value.args)})`,
  str: exceptionText,
  hash: (value) => value,
  getAttribute(value, name) {
    const own = value.attributes.get(name);
    if (own !== undefined) return own;
    const found = common.getAttribute(value, name);
    if (found !== undefined) return found;
    if (name === "value" && isException(value, "StopIteration")) return value.args[0] ?? null;
    if (isException(value, "OSError")) {
      const place = ["errno", "strerror", "filename"].indexOf(name);
      if (place >= 0) return value.args.length > 1 ? (value.args[place] ?? null) : null;
    }
    if (name === "code" && isException(value, "SystemExit")) return value.args[0] ?? null;
    if (name === "name" && isException(value, "ImportError")) return null;
    if (name === "name" && isException(value, "NameError")) return null;
    return undefined;
  },
  setAttribute(value, name, item) {
    value.attributes.set(name, item);
    return true;
  },
  attributeNames: () => ["args", "with_traceback", "add_note"],
});
