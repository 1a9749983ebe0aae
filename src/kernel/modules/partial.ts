/**
 * @file `functools.partial`: a callable with arguments filled in.
 */
import { PyClass } from "../classes.ts";
import { PyDict, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { call, isCallable, repr } from "../operations.ts";

/** `partial(f, *args, **keywords)`. */
export class Partial {
  readonly callable: Value;
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;

  constructor(callable: Value, positional: readonly Value[], keywords: ReadonlyMap<string, Value>) {
    this.callable = callable;
    this.positional = positional;
    this.keywords = keywords;
  }
}

export const partialClass: PyClass = new PyClass("partial", {
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
