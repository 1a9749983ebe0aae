/**
 * @file `functools.singledispatch` and `functools.partialmethod`.
 */
import { PyClass } from "../classes.ts";
import { PyDict } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes, builtin } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { call, classOf, findAttribute, repr, str } from "../operations.ts";
import { BoundMethod } from "../types/descriptors.ts";
import { Partial } from "./partial.ts";

/** A function that looks at the class of its first argument. */
class Dispatcher {
  readonly fallback: Value;
  readonly rules = new Map<PyClass, Value>();
  /** Which argument decides: methods have `self` in front. */
  readonly position: number;

  constructor(fallback: Value, position: number) {
    this.fallback = fallback;
    this.position = position;
  }

  find(type: PyClass): Value {
    for (const each of type.order) {
      const rule = this.rules.get(each);
      if (rule !== undefined) return rule;
    }
    for (const [each, rule] of this.rules) if (type.isSubclassOf(each)) return rule;
    return this.fallback;
  }

  /** `@f.register(type)`, or `@f.register` where the first parameter is annotated. */
  register(type: Value, func: Value): Value {
    if (type instanceof PyClass && func === null) {
      return builtin("register(func)", ({ func: given }) => this.register(type, given!));
    }
    if (type instanceof PyClass) {
      this.rules.set(type, func);
      return func;
    }
    const annotations = findAttribute(type, "__annotations__");
    const [first] = annotations instanceof PyDict ? annotations.values() : [];
    if (!(first instanceof PyClass)) {
      throw pythonError(
        "TypeError",
        `Invalid first argument to \`register()\`: ${repr(type)}. Use either \`@register(some_class)\` or plain \`@register\` on an annotated function.`,
      );
    }
    this.rules.set(first, type);
    return type;
  }
}

registerType(Dispatcher, {
  name: "function",
  repr: ({ fallback }) => repr(fallback),
  hash: (value) => value,
  call(self, args) {
    const decisive = args.positional[self.position];
    if (decisive === undefined) {
      const name = str(findAttribute(self.fallback, "__name__") ?? "function");
      throw pythonError("TypeError", `${name} requires at least 1 positional argument`);
    }
    return call(self.find(classOf(decisive)), args);
  },
  bind: (value, self) => (self === undefined ? value : new BoundMethod(self, value)),
  getAttribute: (self, name) =>
    dispatcherAttributes.getAttribute(self, name) ?? findAttribute(self.fallback, name),
});

const dispatcherAttributes = attributes<Dispatcher>({
  properties: { registry: (self) => new PyDict(self.rules) },
  methods: {
    "register(cls, func=None)": (self, { cls, func }) => self.register(cls!, func!),
    "dispatch(cls)": (self, { cls }) => self.find(cls as PyClass),
  },
});

/** `partialmethod(f, 5)`: in a class, a method with arguments filled in. */
class PartialMethod extends Partial {}

const partialMethodClass = new PyClass("partialmethod", {
  module: "functools",
  construct: ({ positional: [callable, ...rest], keywords }) =>
    new PartialMethod(callable ?? null, rest, keywords),
});

registerType(PartialMethod, {
  name: "partialmethod",
  module: "functools",
  classOf: () => partialMethodClass,
  repr: ({ callable }) => `functools.partialmethod(${repr(callable)})`,
  hash: (value) => value,
  bind: ({ callable, positional, keywords }, self) =>
    new Partial(callable, self === undefined ? positional : [self, ...positional], keywords),
});

export const dispatching: Readonly<Record<string, Value>> = {
  partialmethod: partialMethodClass,
  singledispatch: builtin("singledispatch(func)", ({ func }) => new Dispatcher(func!, 0)),
  singledispatchmethod: builtin(
    "singledispatchmethod(func)",
    ({ func }) => new Dispatcher(func!, 1),
  ),
};
