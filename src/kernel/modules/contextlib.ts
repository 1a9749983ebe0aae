/**
 * @file `contextlib` (`contextmanager`, `suppress`, `nullcontext`, `closing`) and `abc`.
 */
import { objectClass } from "../classes.ts";
import { type PyException, pythonError } from "../errors.ts";
import { PyGenerator } from "../evaluator/generators.ts";
import { matches } from "../evaluator/unwinding.ts";
import { builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { call, findAttribute, getAttribute, invoke, setAttribute } from "../operations.ts";
import { BoundMethod } from "../types/descriptors.ts";
import { makeClass } from "../types/userClasses.ts";

/** A `with` block whose beginning and end are what a generator does before and after its `yield`. */
class GeneratorManager {
  readonly generator: PyGenerator;

  constructor(generator: PyGenerator) {
    this.generator = generator;
  }
}

registerType(GeneratorManager, {
  name: "_GeneratorContextManager",
  module: "contextlib",
  repr: () => "<contextlib._GeneratorContextManager object>",
  hash: (value) => value,
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
    if (made instanceof PyGenerator) return new GeneratorManager(made);
    throw pythonError("TypeError", "contextmanager() needs a function that yields");
  },
  bind: (value, self) => (self === undefined ? value : new BoundMethod(self, value)),
  getAttribute: (value, name) => findAttribute(value.callable, name),
});

/** What `with` takes and gives as two functions say. */
class Manager {
  readonly entered: Value;
  readonly exit: (exception: PyException | null) => boolean;

  constructor(entered: Value, exit: (exception: PyException | null) => boolean) {
    this.entered = entered;
    this.exit = exit;
  }
}

registerType(Manager, {
  name: "ContextManager",
  module: "contextlib",
  repr: () => "<contextlib.ContextManager object>",
  hash: (value) => value,
  enter: ({ entered }) => entered,
  exit: ({ exit }, exception) => exit(exception),
});

export function contextlibModule(): PythonModule {
  return new PythonModule("contextlib", {
    contextmanager: builtin("contextmanager(func)", ({ func }) => contextManager(func!)),
    suppress: builtin("suppress(*exceptions)", ({ exceptions }) => {
      const caught = exceptions as Value[];
      return new Manager(null, (exception) =>
        exception ? caught.some((type) => matches(exception, type)) : false,
      );
    }),
    nullcontext: builtin("nullcontext(enter_result=None)", ({ enter_result }) => {
      return new Manager(enter_result!, () => false);
    }),
    closing: builtin("closing(thing)", ({ thing }) => {
      return new Manager(thing!, () => {
        invoke(getAttribute(thing!, "close"));
        return false;
      });
    }),
  });
}

export function abcModule(): PythonModule {
  const ABC = makeClass("ABC", "ABC", [objectClass], []);
  return new PythonModule("abc", {
    ABC,
    abstractmethod: builtin("abstractmethod(funcobj)", ({ funcobj }) => {
      setAttribute(funcobj!, "__isabstractmethod__", true);
      return funcobj!;
    }),
  });
}
