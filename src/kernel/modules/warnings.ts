/**
 * @file `warnings`: what is warned of, and what the filters make of it.
 */
import { PyClass } from "../classes.ts";
import { PyList } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import { attributes, type Bound, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { call, errorTypeName, getAttribute, repr, str } from "../operations.ts";
import type { Session } from "../session.ts";
import { exceptionText } from "../types/exceptions.ts";

interface Filter {
  readonly action: string;
  readonly category: PyClass;
  /** What the message begins with, as a regular expression. */
  readonly message: RegExp | null;
}

const actions = new Set(["error", "ignore", "always", "default", "module", "once"]);

/** The filters of a session, the newest first, and where warnings go. */
class Warnings {
  readonly session: Session;
  filters: readonly Filter[] = [];
  /** Where caught warnings go instead of standard error. */
  sink: PyList | null = null;
  /** Shown already, which is not said twice unless a filter says `always`. */
  readonly seen = new Set<string>();

  constructor(session: Session) {
    this.session = session;
  }

  add({ action, category, message }: Bound): null {
    if (!actions.has(str(action!))) {
      throw pythonError("AssertionError", `invalid action: ${repr(action!)}`);
    }
    const text = message === undefined || message === "" ? null : str(message!);
    const filter: Filter = {
      action: str(action!),
      category: category instanceof PyClass ? category : exceptionClasses.Warning,
      message: text === null ? null : new RegExp(`^(?:${text})`, "i"),
    };
    this.filters = [filter, ...this.filters];
    return null;
  }

  issue(warning: PyException): void {
    const text = exceptionText(warning);
    const rule = this.filters.find(
      ({ category, message }) =>
        warning.class.isSubclassOf(category) && (message === null || message.test(text)),
    );
    const action = rule?.action ?? "default";
    if (action === "ignore") return;
    if (action === "error") throw warning;
    const key = `${warning.class.name}: ${text}`;
    if (action !== "always" && this.seen.has(key)) return;
    this.seen.add(key);
    if (this.sink) {
      this.sink.items.push(new CaughtWarning(warning));
      return;
    }
    const stderr = this.session.importModule("sys").members.get("stderr")!;
    call(getAttribute(stderr, "write"), { positional: [`${key}\n`], keywords: new Map() });
  }
}

const sessions = new WeakMap<Session, Warnings>();

function warningsOf(session: Session): Warnings {
  let found = sessions.get(session);
  if (!found) {
    found = new Warnings(session);
    sessions.set(session, found);
  }
  return found;
}

/** Warns as `warnings.warn` does. Throws the warning where a filter makes it an error. */
export function warn(session: Session, category: PyClass, message: string): void {
  warningsOf(session).issue(new PyException(category, [message]));
}

/** `warnings.catch_warnings()`: restores the filters at the end of its block. */
class CatchWarnings {
  readonly warnings: Warnings;
  readonly record: boolean;
  readonly action: Bound | null;
  saved: Pick<Warnings, "filters" | "sink"> | null = null;

  constructor(warnings: Warnings, record: boolean, action: Bound | null) {
    this.warnings = warnings;
    this.record = record;
    this.action = action;
  }
}

registerType(CatchWarnings, {
  name: "catch_warnings",
  module: "warnings",
  repr: () => "catch_warnings()",
  enter(value) {
    const { filters, sink } = value.warnings;
    value.saved = { filters, sink };
    value.warnings.seen.clear();
    if (value.action) value.warnings.add(value.action);
    if (!value.record) return null;
    value.warnings.sink = new PyList();
    return value.warnings.sink;
  },
  exit({ warnings, saved }) {
    if (saved) Object.assign(warnings, saved);
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

function categoryOf(category: Value): PyClass {
  if (category === null) return exceptionClasses.UserWarning;
  if (category instanceof PyClass && category.isSubclassOf(exceptionClasses.Warning)) {
    return category;
  }
  throw pythonError(
    "TypeError",
    `category must be a Warning subclass, not '${errorTypeName(category)}'`,
  );
}

export function warningsModule(session: Session): PythonModule {
  const warnings = warningsOf(session);
  return new PythonModule("warnings", {
    filterwarnings: builtin(
      "filterwarnings(action, message='', category=None, module='', lineno=0, append=False)",
      (bound) => warnings.add(bound),
    ),
    simplefilter: builtin(
      "simplefilter(action, category=None, lineno=0, append=False)",
      ({ action, category }) => warnings.add({ action, category }),
    ),
    resetwarnings: builtin("resetwarnings()", () => {
      warnings.filters = [];
      return null;
    }),
    catch_warnings: builtin(
      "catch_warnings(*, record=False, module=None, action=None, category=None)",
      ({ record, action, category }) =>
        new CatchWarnings(warnings, record === true, action === null ? null : { action, category }),
    ),
    warn: builtin(
      "warn(message, category=None, stacklevel=1, source=None)",
      ({ message, category }) => {
        const warning =
          message instanceof PyException
            ? message
            : new PyException(categoryOf(category!), [str(message!)]);
        warnings.issue(warning);
        return null;
      },
    ),
  });
}
