/**
 * @file `functools`: `partial` and `reduce`; the wrappers of functions are in `caching.ts`.
 */
import { PyClass } from "../classes.ts";
import { PyDict, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { call, invoke, isCallable, iterate, repr } from "../operations.ts";
import { wrappers } from "./caching.ts";
import { dispatching } from "./dispatching.ts";

/** `partial(f, *args, **keywords)`. */
class Partial {
  readonly callable: Value;
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;

  constructor(callable: Value, positional: readonly Value[], keywords: ReadonlyMap<string, Value>) {
    this.callable = callable;
    this.positional = positional;
    this.keywords = keywords;
  }
}

/** `partial(callable, …)`. */
export function makePartial(
  callable: Value,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Value {
  return new Partial(callable, positional, keywords);
}

const partialClass: PyClass = new PyClass("partial", {
  module: "functools",
  construct({ positional, keywords }) {
    const [callable, ...rest] = positional;
    if (callable === undefined) {
      throw pythonError("TypeError", "type 'partial' takes at least one argument");
    }
    if (!isCallable(callable)) {
      throw pythonError("TypeError", "the first argument must be callable");
    }
    return new Partial(callable, rest, keywords);
  },
});

registerType(Partial, {
  name: "partial",
  module: "functools",
  classOf: () => partialClass,
  repr({ callable, positional, keywords }) {
    const parts = [
      repr(callable),
      ...positional.map(repr),
      ...[...keywords].map(([name, value]) => `${name}=${repr(value)}`),
    ];
    return `functools.partial(${parts.join(", ")})`;
  },
  hash: (value) => value,
  call: (value, args) =>
    call(value.callable, {
      positional: [...value.positional, ...args.positional],
      keywords: new Map([...value.keywords, ...args.keywords]),
    }),
  ...attributes<Partial>({
    properties: {
      func: (self) => self.callable,
      args: (self) => new PyTuple(self.positional),
      keywords: (self) => new PyDict(self.keywords),
    },
  }),
});

const reduce = builtin("reduce(function, iterable, initial=..., /)", (bound) => {
  let total = bound["initial"];
  for (const item of iterate(bound["iterable"]!)) {
    total = total === undefined ? item : invoke(bound["function"]!, total, item);
  }
  if (total === undefined) {
    throw pythonError("TypeError", "reduce() of empty iterable with no initial value");
  }
  return total;
});

export function functoolsModule(): PythonModule {
  return new PythonModule("functools", {
    partial: partialClass,
    reduce,
    ...wrappers,
    ...dispatching,
  });
}
