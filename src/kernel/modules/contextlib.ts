/**
 * @file `contextlib` and `abc`.
 */
import { objectClass } from "../classes.ts";
import { PyException, pythonError, toException } from "../errors.ts";
import { PyGenerator } from "../evaluator/generators.ts";
import { enterManager, matches } from "../evaluator/unwinding.ts";
import { Builtin, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { call, findAttribute, getAttribute, invoke, setAttribute, typeOf } from "../operations.ts";
import type { Session } from "../session.ts";
import { typeClass } from "../types/callables.ts";
import {
  BoundMethod,
  classMethodClass,
  propertyClass,
  staticMethodClass,
} from "../types/descriptors.ts";
import { Instance } from "../types/instances.ts";
import { libraryClass } from "../types/libraryClasses.ts";
import { makeClass } from "../types/userClasses.ts";
import { Cover, updateWrapper } from "./caching.ts";

/** A `with` block whose beginning and end are what a generator does before and after its `yield`. */
class GeneratorManager {
  readonly generator: PyGenerator;
  readonly remake: () => Value;

  constructor(generator: PyGenerator, remake: () => Value) {
    this.generator = generator;
    this.remake = remake;
  }
}

registerType(GeneratorManager, {
  name: "_GeneratorContextManager",
  module: "contextlib",
  repr: () => "<contextlib._GeneratorContextManager object>",
  hash: (value) => value,
  call: ({ remake }, { positional: [func] }) => insideOf(remake, func ?? null),
  enter({ generator }) {
    const next = generator.resume(null, null);
    if (next.done) throw pythonError("RuntimeError", "generator didn't yield");
    return next.value;
  },
  exit({ generator }, exception) {
    if (!exception) {
      if (generator.resume(null, null).done) return false;
      throw pythonError("RuntimeError", "generator didn't stop");
    }
    return swallows(generator, exception);
  },
});

function swallows(generator: PyGenerator, exception: PyException): boolean {
  try {
    if (generator.resume(null, exception).done) return true;
  } catch (thrown) {
    if (thrown === exception) return false;
    throw thrown;
  }
  throw pythonError("RuntimeError", "generator didn't stop after throw()");
}

function contextManager(callable: Value): Value {
  return new ManagerFactory(callable);
}

/** A function that `contextmanager` decorates. */
class ManagerFactory {
  readonly callable: Value;

  constructor(callable: Value) {
    this.callable = callable;
  }
}

registerType(ManagerFactory, {
  name: "function",
  repr: () => "<function>",
  hash: (value) => value,
  call(value, args) {
    const made = call(value.callable, args);
    const again = () => typeOf(value).call!(value, args);
    if (made instanceof PyGenerator) return new GeneratorManager(made, again);
    throw pythonError("TypeError", "contextmanager() needs a function that yields");
  },
  bind: (value, self) => (self === undefined ? value : new BoundMethod(self, value)),
  getAttribute: (value, name) => findAttribute(value.callable, name),
});

/** What `with` takes and gives as two functions say. */
class Manager {
  readonly enter: () => Value;
  readonly exit: (exception: PyException | null) => boolean;

  constructor(enter: () => Value, exit: (exception: PyException | null) => boolean) {
    this.enter = enter;
    this.exit = exit;
  }
}

registerType(Manager, {
  name: "ContextManager",
  module: "contextlib",
  repr: () => "<contextlib.ContextManager object>",
  hash: (value) => value,
  enter: ({ enter }) => enter(),
  exit: ({ exit }, exception) => exit(exception),
});

/** Puts a stream in the place of `sys.stdout` or `sys.stderr` for the time of a block. */
function redirect(session: Session, name: "stdout" | "stderr", target: Value): Manager {
  const { members } = session.importModule("sys");
  const replaced: Value[] = [];
  return new Manager(
    () => {
      replaced.push(members.get(name)!);
      members.set(name, target);
      return target;
    },
    () => {
      members.set(name, replaced.pop()!);
      return false;
    },
  );
}

type Callback = (exception: PyException | null) => boolean;

class Stack extends Instance {
  callbacks: Callback[] = [];
}

/** Leaves what was entered in the opposite order; what an exit swallows, those before do not see. */
function unwind(stack: Stack, exception: PyException | null): boolean {
  let current = exception;
  while (stack.callbacks.length > 0) {
    const callback = stack.callbacks.pop()!;
    try {
      if (callback(current)) current = null;
    } catch (thrown) {
      const next = toException(thrown);
      if (next !== current && next.context === null) next.context = current;
      current = next;
    }
  }
  if (current && current !== exception) throw current;
  return exception !== null && current === null;
}

const exitStack = libraryClass({
  module: "contextlib",
  name: "ExitStack",
  allocator: class extends Stack {},
  methods: {
    "__enter__(self)": (self) => self,
    "__exit__(self, *exc_details)": (self, { exc_details }) => {
      const [, exception] = exc_details as Value[];
      return unwind(self as Stack, exception instanceof PyException ? exception : null);
    },
    "enter_context(self, cm)": (self, { cm }) => {
      const { entered, exit } = enterManager(cm!);
      (self as Stack).callbacks.push(exit);
      return entered;
    },
    "push(self, exit)": (self, { exit }) => {
      const leave = typeOf(exit!).exit!;
      (self as Stack).callbacks.push((exception) => leave(exit!, exception));
      return exit!;
    },
    "callback(self, callback, /, *args, **kwds)": (self, { callback, args, kwds }) => {
      (self as Stack).callbacks.push(() => {
        call(callback!, { positional: args as Value[], keywords: kwds as Map<string, Value> });
        return false;
      });
      return callback!;
    },
    "pop_all(self)": (self) => {
      const made = invoke(exitStack) as Stack;
      made.callbacks = (self as Stack).callbacks;
      (self as Stack).callbacks = [];
      return made;
    },
    "close(self)": (self) => {
      unwind(self as Stack, null);
      return null;
    },
  },
});

/** A function each of whose calls runs inside of a manager. */
function insideOf(manager: () => Value, func: Value): Value {
  const inner = new Builtin("inner", (args) => {
    const { exit } = enterManager(manager());
    let result: Value;
    try {
      result = call(func, args);
    } catch (thrown) {
      if (exit(toException(thrown))) return null;
      throw thrown;
    }
    exit(null);
    return result;
  });
  return updateWrapper(new Cover(inner), func);
}

/** A manager that decorates functions, too: each call runs inside of it. */
const contextDecorator = libraryClass({
  module: "contextlib",
  name: "ContextDecorator",
  methods: {
    "__call__(self, func)": (self, { func }) => insideOf(() => self, func!),
  },
});

const abstractManager = libraryClass({
  module: "contextlib",
  name: "AbstractContextManager",
  methods: {
    "__enter__(self)": (self) => self,
    "__exit__(self, exc_type, exc_value, traceback)": () => null,
  },
});

export function contextlibModule(session: Session): PythonModule {
  return new PythonModule(
    "contextlib",
    {
      AbstractContextManager: abstractManager,
      ContextDecorator: contextDecorator,
      ExitStack: exitStack,
      closing: builtin("closing(thing)", ({ thing }) => {
        return new Manager(
          () => thing!,
          () => {
            invoke(getAttribute(thing!, "close"));
            return false;
          },
        );
      }),
      contextmanager: builtin("contextmanager(func)", ({ func }) => contextManager(func!)),
      nullcontext: builtin("nullcontext(enter_result=None)", ({ enter_result }) => {
        return new Manager(
          () => enter_result!,
          () => false,
        );
      }),
      redirect_stderr: builtin("redirect_stderr(new_target)", ({ new_target }) =>
        redirect(session, "stderr", new_target!),
      ),
      redirect_stdout: builtin("redirect_stdout(new_target)", ({ new_target }) =>
        redirect(session, "stdout", new_target!),
      ),
      suppress: builtin("suppress(*exceptions)", ({ exceptions }) => {
        const caught = exceptions as Value[];
        return new Manager(
          () => null,
          (exception) => (exception ? caught.some((type) => matches(exception, type)) : false),
        );
      }),
    },
    ["asynccontextmanager", "AsyncExitStack", "aclosing", "chdir"],
  );
}

export function abcModule(): PythonModule {
  const ABC = makeClass("ABC", "ABC", [objectClass], []);
  return new PythonModule("abc", {
    ABC,
    ABCMeta: typeClass,
    abstractclassmethod: classMethodClass,
    abstractproperty: propertyClass,
    abstractstaticmethod: staticMethodClass,
    abstractmethod: builtin("abstractmethod(funcobj)", ({ funcobj }) => {
      setAttribute(funcobj!, "__isabstractmethod__", true);
      return funcobj!;
    }),
  });
}
