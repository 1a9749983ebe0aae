/**
 * @file Exceptions as values: their text, repr and attributes.
 */
import { PyList, PyTuple } from "../containers.ts";
import { isException, PyException } from "../errors.ts";
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

const common = attributes<PyException>({
  properties: {
    args: (self) => new PyTuple(self.args),
    __cause__: (self) => self.causedBy,
    __context__: (self) => self.context,
    __suppress_context__: (self) => self.suppressContext,
    __traceback__: () => null,
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
