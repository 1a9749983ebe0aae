/**
 * @file Small modules that scripts import in passing: `sys`, `warnings`, `typing`, `__future__`,
 * `operator`.
 */
import { isKeyword } from "../../python/keywords.ts";
import { PyClass } from "../classes.ts";
import { PyList, PyTuple } from "../containers.ts";
import { exceptionClasses, PyException } from "../errors.ts";
import { attributes, type Builtin, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import {
  binary,
  compare,
  contains,
  getAttribute,
  getItem,
  invoke,
  str,
  unary,
} from "../operations.ts";
import type { Session } from "../session.ts";
import { OutputStream } from "../streams.ts";
import { exceptionText } from "../types/exceptions.ts";
import { operatorNames } from "../types/slotMethods.ts";

/** The language that cells are written in. */
const version = [3, 11, 7] as const;

export function sysModule({ host }: Session): PythonModule {
  return new PythonModule("sys", {
    version: `${version.join(".")} (BatchNorm Lab)`,
    version_info: new PyTuple([...version.map(BigInt), "final", 0n]),
    maxsize: 2n ** 63n - 1n,
    byteorder: "little",
    platform: "batchnorm-lab",
    argv: new PyList([""]),
    path: new PyList(),
    stdout: new OutputStream("stdout", host),
    stderr: new OutputStream("stderr", host),
    getrecursionlimit: builtin("getrecursionlimit()", () => 1000n),
    exit: builtin("exit(status=None, /)", ({ status }) => {
      throw new PyException(exceptionClasses.SystemExit, status === null ? [] : [status!]);
    }),
  });
}

/** `warnings.catch_warnings()`: restores the filters at the end of its block. */
class CatchWarnings {
  readonly filters: Filters;
  readonly record: boolean;
  saved = false;
  readonly caught = new PyList();

  constructor(filters: Filters, record: boolean) {
    this.filters = filters;
    this.record = record;
  }
}

interface Filters {
  ignored: boolean;
  /** Where caught warnings go instead of standard error. */
  sink: PyList | null;
}

registerType(CatchWarnings, {
  name: "catch_warnings",
  module: "warnings",
  repr: () => "catch_warnings()",
  enter(value) {
    value.saved = value.filters.ignored;
    if (!value.record) return null;
    value.filters.sink = value.caught;
    return value.caught;
  },
  exit(value) {
    value.filters.ignored = value.saved;
    value.filters.sink = null;
    return false;
  },
});

/** What a recording `catch_warnings` collects. */
class CaughtWarning {
  readonly message: PyException;

  constructor(message: PyException) {
    this.message = message;
  }
}

registerType(CaughtWarning, {
  name: "WarningMessage",
  module: "warnings",
  repr: (value) => `<WarningMessage ${value.message.class.name}>`,
  ...attributes<CaughtWarning>({
    properties: {
      message: (self) => self.message,
      category: (self) => self.message.class,
    },
  }),
});

export function warningsModule({ host }: Session): PythonModule {
  const filters: Filters = { ignored: false, sink: null };
  const setFilter = ({ action }: Record<string, Value | undefined>) => {
    filters.ignored = action === "ignore";
    return null;
  };
  return new PythonModule("warnings", {
    filterwarnings: builtin(
      "filterwarnings(action, message='', category=None, module='', lineno=0, append=False)",
      setFilter,
    ),
    simplefilter: builtin("simplefilter(action, category=None, lineno=0, append=False)", setFilter),
    resetwarnings: builtin("resetwarnings()", () => setFilter({ action: "default" })),
    catch_warnings: builtin(
      "catch_warnings(*, record=False, module=None, action=None, category=None)",
      ({ record }) => new CatchWarnings(filters, record === true),
    ),
    warn: builtin("warn(message, category=None, stacklevel=1, source=None)", (bound) => {
      const category =
        bound["category"] instanceof PyClass ? bound["category"] : exceptionClasses.UserWarning;
      const given = bound["message"]!;
      const warning =
        given instanceof PyException ? given : new PyException(category, [str(given)]);
      if (filters.sink) filters.sink.items.push(new CaughtWarning(warning));
      else if (!filters.ignored) {
        host.write("stderr", `${warning.class.name}: ${exceptionText(warning)}\n`);
      }
      return null;
    }),
  });
}

const operators: readonly Builtin[] = [
  ...operatorNames.map(([word, operator]) => {
    const name = isKeyword(word) ? `${word}_` : word;
    return builtin(`${name}(a, b, /)`, ({ a, b }) => binary(operator, a!, b!));
  }),
  ...(
    [
      ["eq", "=="],
      ["ne", "!="],
      ["lt", "<"],
      ["le", "<="],
      ["gt", ">"],
      ["ge", ">="],
    ] as const
  ).map(([name, operator]) => builtin(`${name}(a, b, /)`, ({ a, b }) => compare(operator, a!, b!))),
  builtin("neg(a, /)", ({ a }) => unary("-", a!)),
  builtin("contains(a, b, /)", ({ a, b }) => contains(a!, b!)),
  builtin("getitem(a, b, /)", ({ a, b }) => getItem(a!, b!)),
  builtin("itemgetter(*items)", ({ items }) =>
    builtin("itemgetter(object, /)", ({ object }) => {
      const found = (items as Value[]).map((item) => getItem(object!, item));
      return found.length === 1 ? found[0]! : new PyTuple(found);
    }),
  ),
  builtin("attrgetter(*names)", ({ names }) =>
    builtin("attrgetter(object, /)", ({ object }) => {
      const found = (names as Value[]).map((name) =>
        str(name).split(".").reduce<Value>(getAttribute, object!),
      );
      return found.length === 1 ? found[0]! : new PyTuple(found);
    }),
  ),
  builtin("methodcaller(name, *args)", ({ name, args }) =>
    builtin("methodcaller(object, /)", ({ object }) =>
      invoke(getAttribute(object!, str(name!)), ...(args as Value[])),
    ),
  ),
];

export function operatorModule(): PythonModule {
  return new PythonModule(
    "operator",
    Object.fromEntries(operators.map((entry) => [entry.name, entry])),
  );
}
