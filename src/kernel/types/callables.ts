/**
 * @file Functions that are not written in cells, classes, and modules, as values.
 */
import { objectClass, PyClass } from "../classes.ts";
import { ellipsis, PyDict, PyList, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes, Builtin, PythonModule } from "../functions.ts";
import { type PythonType, registeredType, registerType, type Value } from "../objects.ts";
import {
  call,
  classOf,
  equals,
  errorTypeName,
  getAttribute,
  invoke,
  iterate,
  repr,
  str,
  toCount,
  truth,
  typeOf,
} from "../operations.ts";
import { BoundMethod } from "./descriptors.ts";
import { address } from "./iterators.ts";
import { Method, methods } from "./methods.ts";
import { plainOf } from "./primitives.ts";
import { recordOf, slotMethod } from "./slotMethods.ts";
import { MetaInstance, makeClass, makeInstanceOf, UserClass } from "./userClasses.ts";

const builtinClass = new PyClass("builtin_function_or_method");

registerType(Builtin, {
  name: "builtin_function_or_method",
  classOf: () => builtinClass,
  repr(value) {
    if (value.self === undefined) return `<built-in function ${value.name}>`;
    const { self } = value;
    const at = typeof self === "object" && self !== null ? address(self) : "0x7f0000000000";
    return `<built-in method ${value.name} of ${errorTypeName(self)} object at ${at}>`;
  },
  call: (value, args) => value.call(args),
  hash: (value) => value,
  ...attributes<Builtin>({
    properties: {
      __name__: (self) => self.name,
      __qualname__: (self) => self.name,
      __module__: () => "builtins",
    },
  }),
});

/** `type` itself: what classes are instances of. */
export const typeClass: PyClass = new PyClass("type", {
  construct(args) {
    const [name, bases, members] = args.positional;
    if (typeof name === "string" && bases instanceof PyTuple && members instanceof PyDict) {
      const entries = [...members.entries()] as (readonly [string, Value])[];
      return makeClass(name, name, bases.items, entries, args.keywords);
    }
    if (args.positional.length !== 1 || args.keywords.size > 0) {
      throw pythonError("TypeError", "type() takes 1 or 3 arguments");
    }
    return classOf(args.positional[0]!);
  },
});

// `str.upper`, `dict.__setitem__`: a method that stands in a class binds as functions do.
registerType(Method, {
  ...(registeredType(Object.create(Builtin.prototype)) as PythonType<Builtin>),
  bind: (value, self) => (self === undefined ? value : new BoundMethod(self, value)),
});

/** The first argument of what was found on a class; TypeError where it is none of its instances. */
function receiverOf(
  type: PyClass,
  name: string,
  self: Value | undefined,
  complaint: (found: string) => string,
): Value {
  if (self === undefined) {
    throw pythonError("TypeError", `unbound method ${type.name}.${name}() needs an argument`);
  }
  if (!classOf(self).isSubclassOf(type)) {
    throw pythonError("TypeError", `descriptor '${name}' ${complaint(errorTypeName(self))}`);
  }
  return self;
}

/** `str.upper` without an instance: takes it as first argument. */
function unboundMethod(type: PyClass, name: string): Builtin {
  return new Method(name, (args) => {
    const [first, ...rest] = args.positional;
    const self = receiverOf(
      type,
      name,
      first,
      (found) => `for '${type.name}' objects doesn't apply to a '${found}' object`,
    );
    return call(getAttribute(plainOf(self), name), { positional: rest, keywords: args.keywords });
  });
}

/** `object.__init__` and the like, which take `self` first. */
function unboundSlot(type: PyClass, name: string): Builtin {
  return new Method(name, (args) => {
    if (name === "__new__") return slotMethod(recordOf(type), null, name, type)!.call(args);
    const [first, ...rest] = args.positional;
    const self = receiverOf(
      type,
      name,
      first,
      (found) => `requires a '${type.name}' object but received a '${found}'`,
    );
    const receiver = name === "__init__" ? self : plainOf(self);
    const method = slotMethod(recordOf(type), receiver, name, type)!;
    return method.call({ positional: rest, keywords: args.keywords });
  });
}

const classAttributes = attributes<PyClass>({
  properties: {
    __name__: (self) => self.name,
    __qualname__: (self) => self.qualname,
    __module__: (self) => self.module,
    __dict__: (self) => new PyDict(self.members),
    __mro__: (self) => new PyTuple(self.order),
    __bases__: (self) =>
      new PyTuple(self.bases.length > 0 ? self.bases : self === objectClass ? [] : [objectClass]),
    __base__: (self) => self.bases[0] ?? (self === objectClass ? null : objectClass),
  },
  methods: {
    "mro()": (self) => new PyList([...self.order]),
    "__subclasses__()": (self) => new PyList([...self.subclasses]),
  },
});

registerType(PyClass, {
  name: "type",
  classOf: () => typeClass,
  repr: (value) => `<class '${value.qualifiedName}'>`,
  hash: (value) => value,
  getAttribute(value, name) {
    const member = value.find(name);
    if (member !== undefined) return typeOf(member).bind?.(member, undefined, value) ?? member;
    const attribute = classAttributes.getAttribute(value, name);
    if (attribute !== undefined) return attribute;
    const names = value.instances?.().attributeNames?.(undefined as never);
    if (names?.includes(name)) return unboundMethod(value, name);
    const isSlot = slotMethod(recordOf(value), null, name, value) !== undefined;
    return isSlot && name !== "__call__" ? unboundSlot(value, name) : undefined;
  },
  setAttribute(value, name, item) {
    if (!(value instanceof UserClass)) {
      throw pythonError(
        "TypeError",
        `cannot set '${name}' attribute of immutable type '${value.qualifiedName}'`,
      );
    }
    value.members.set(name, item);
    value.refresh();
    return true;
  },
  deleteAttribute(value, name) {
    if (!(value instanceof UserClass) || !value.members.delete(name)) return false;
    value.refresh();
    return true;
  },
  attributeNames: (value) => [
    ...value.order.flatMap((type) => [...type.members.keys()]),
    ...(value.instances?.().attributeNames?.(undefined as never) ?? []),
  ],
  call(value, args) {
    if (!value.construct) {
      throw pythonError("TypeError", `cannot create '${value.qualifiedName}' instances`);
    }
    return value.construct(args);
  },
  binary(operator, left, right) {
    if (operator !== "|" || !isTypeOperand(left) || !isTypeOperand(right)) return undefined;
    return new UnionType([...membersOf(left), ...membersOf(right)]);
  },
  getItem(value, index) {
    const own = value.find("__class_getitem__");
    if (own !== undefined) return invoke(own, value, index);
    if (value.order.some(isGeneric)) return new GenericAlias(value, index);
    throw pythonError("TypeError", `type '${value.name}' is not subscriptable`);
  },
});

const classRecord = registeredType(typeClass) as PythonType<PyClass>;

/** What a metaclass defines, bound to one of its classes. */
function ofMetaclass(self: MetaInstance, name: string): Value | undefined {
  const member = self.metaclass.find(name);
  if (member === undefined) return undefined;
  return typeOf(member).bind?.(member, self, self.metaclass) ?? member;
}

registerType(MetaInstance, {
  ...(classRecord as unknown as PythonType<MetaInstance>),
  classOf: (self) => self.metaclass,
  repr(self) {
    const own = ofMetaclass(self, "__repr__");
    return own === undefined ? classRecord.repr(self) : str(invoke(own));
  },
  truth: () => true,
  length(self) {
    const own = ofMetaclass(self, "__len__");
    if (own !== undefined) return toCount(invoke(own));
    throw pythonError("TypeError", `object of type '${self.metaclass.name}' has no len()`);
  },
  iterate(self) {
    const own = ofMetaclass(self, "__iter__");
    if (own !== undefined) return iterate(invoke(own));
    throw pythonError("TypeError", `'${self.metaclass.name}' object is not iterable`);
  },
  contains(self, item) {
    const own = ofMetaclass(self, "__contains__");
    if (own !== undefined) return truth(invoke(own, item));
    for (const other of iterate(self)) if (equals(other, item)) return true;
    return false;
  },
  getItem(self, index) {
    const own = ofMetaclass(self, "__getitem__");
    return own === undefined ? classRecord.getItem!(self, index) : invoke(own, index);
  },
  getAttribute(self, name) {
    const found = self.find(name) === undefined ? ofMetaclass(self, name) : undefined;
    if (found !== undefined && !name.startsWith("__")) return found;
    const own = classRecord.getAttribute!(self, name);
    if (own !== undefined || name.startsWith("__")) return own;
    const missing = ofMetaclass(self, "__getattr__");
    return missing === undefined ? undefined : invoke(missing, name);
  },
  call(self, args) {
    const own = ofMetaclass(self, "__call__");
    return own === undefined ? self.construct!(args) : call(own, args);
  },
});

for (const [name, member] of methods("type", {
  "__call__(self, *args, **kwargs)": (self, { args, kwargs }) =>
    (self as PyClass).construct!({
      positional: args as Value[],
      keywords: kwargs as Map<string, Value>,
    }),
  "__init__(self, *args, **kwargs)": () => null,
  "__new__(self, *args, **kwargs)": (self, { args, kwargs }) =>
    makeInstanceOf(self as PyClass, {
      positional: args as Value[],
      keywords: kwargs as Map<string, Value>,
    }),
})) {
  typeClass.members.set(name, member);
}

/** `int | str`, as annotations and `isinstance` take it. */
export class UnionType {
  readonly members: readonly Value[];

  constructor(members: readonly Value[]) {
    this.members = members;
  }
}

/** `list[int]`: an annotation. */
export class GenericAlias {
  readonly origin: PyClass;
  readonly parameters: Value;

  constructor(origin: PyClass, parameters: Value) {
    this.origin = origin;
    this.parameters = parameters;
  }
}

const genericModules = new Set(["collections", "collections.abc", "typing"]);
const genericBuiltins = new Set(["list", "dict", "tuple", "set", "frozenset", "type"]);

/** Whether `C[int]` is an annotation. */
function isGeneric({ module, name }: PyClass): boolean {
  return module === "builtins" ? genericBuiltins.has(name) : genericModules.has(module);
}

function isTypeOperand(value: Value): boolean {
  return (
    value === null ||
    value instanceof PyClass ||
    value instanceof UnionType ||
    value instanceof GenericAlias
  );
}

function membersOf(value: Value): readonly Value[] {
  return value instanceof UnionType ? value.members : [value];
}

/** As the reprs of annotations show what is in their brackets. */
export function annotationText(value: Value): string {
  if (value === ellipsis) return "...";
  if (value instanceof PyList) return `[${value.items.map(annotationText).join(", ")}]`;
  return value instanceof PyClass ? value.qualifiedName : repr(value);
}

registerType(UnionType, {
  name: "UnionType",
  module: "types",
  repr: (value) => value.members.map(annotationText).join(" | "),
  binary: (operator, left, right) =>
    operator === "|" && isTypeOperand(left) && isTypeOperand(right)
      ? new UnionType([...membersOf(left), ...membersOf(right)])
      : undefined,
});

registerType(GenericAlias, {
  name: "GenericAlias",
  module: "types",
  repr({ origin, parameters }) {
    const items = parameters instanceof PyTuple ? parameters.items : [parameters];
    return `${origin.qualifiedName}[${items.map(annotationText).join(", ")}]`;
  },
  call: (value, args) => call(value.origin, args),
  hash: (value) => value,
  binary: (operator, left, right) => typeOf(objectClass).binary!(operator, left, right),
  getAttribute({ origin, parameters }, name) {
    if (name === "__origin__") return origin;
    if (name !== "__args__") return typeOf(origin).getAttribute!(origin, name);
    return parameters instanceof PyTuple ? parameters : new PyTuple([parameters]);
  },
});

registerType(PythonModule, {
  name: "module",
  repr: (value) => `<module '${value.name}'>`,
  hash: (value) => value,
  getAttribute(value, name) {
    const member = value.members.get(name);
    return member === undefined && name === "__name__" ? value.name : member;
  },
  setAttribute(value, name, item) {
    value.members.set(name, item);
    return true;
  },
  attributeNames: (value) => [...value.members.keys()],
});
