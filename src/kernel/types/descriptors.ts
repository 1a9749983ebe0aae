/**
 * @file What stands in a class for its instances' attributes: methods once bound, `property`,
 * `staticmethod`, `classmethod`; and `super()`.
 */
import { objectClass, PyClass } from "../classes.ts";
import { pythonError } from "../errors.ts";
import { attributes, builtin } from "../functions.ts";
import { identity } from "../hashing.ts";
import { type CallArguments, type PythonType, registerType, type Value } from "../objects.ts";
import {
  call,
  classOf,
  errorTypeName,
  findAttribute,
  getAttribute,
  invoke,
  repr,
  str,
  typeOf,
} from "../operations.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import { plainOf } from "./primitives.ts";
import { recordOf, slotMethod } from "./slotMethods.ts";

/** A method with the object it was found on. */
export class BoundMethod {
  readonly self: Value;
  readonly callable: Value;

  constructor(self: Value, callable: Value) {
    this.self = self;
    this.callable = callable;
  }

  call({ positional, keywords }: CallArguments): Value {
    return call(this.callable, { positional: [this.self, ...positional], keywords });
  }
}

export const methodClass: PyClass = new PyClass("method", {
  construct({ positional: [callable, self] }) {
    if (callable === undefined || self === undefined) {
      throw pythonError("TypeError", "method expected 2 arguments");
    }
    return new BoundMethod(self, callable);
  },
});

registerType(BoundMethod, {
  name: "method",
  classOf: () => methodClass,
  repr({ self, callable }) {
    const name = findAttribute(callable, "__qualname__");
    return `<bound method ${name === undefined ? "?" : str(name)} of ${repr(self)}>`;
  },
  call: (value, args) => value.call(args),
  hash: (value) => `\0m${identityOf(value.self)}:${identityOf(value.callable)}`,
  compare(operator, left, right) {
    if (!(left instanceof BoundMethod && right instanceof BoundMethod)) return undefined;
    const same = Object.is(left.self, right.self) && left.callable === right.callable;
    return operator === "==" ? same : operator === "!=" ? !same : undefined;
  },
  getAttribute(value, name) {
    if (name === "__self__") return value.self;
    if (name === "__func__") return value.callable;
    return findAttribute(value.callable, name);
  },
});

function identityOf(value: Value): string {
  return typeof value === "object" && value !== null ? `o${identity(value)}` : repr(value);
}

/** `property(fget, fset, fdel, doc)`. */
export class Property {
  readonly get: Value;
  readonly set: Value;
  readonly delete: Value;
  readonly documentation: Value;

  constructor(get: Value, set: Value, remove: Value, documentation: Value) {
    this.get = get;
    this.set = set;
    this.delete = remove;
    this.documentation = documentation;
  }

  /** `del self.name`. */
  remove(self: Value, owner: PyClass, name: string): void {
    if (this.delete === null) throw noAccessor(name, owner, "deleter");
    invoke(this.delete, self);
  }
}

function noAccessor(name: string, owner: PyClass, accessor: string) {
  return pythonError(
    "AttributeError",
    `property '${name}' of '${owner.name}' object has no ${accessor}`,
  );
}

const newProperty = parseSignature("property(fget=None, fset=None, fdel=None, doc=None)");

export const propertyClass: PyClass = new PyClass("property", {
  construct(args) {
    const [get, set, remove, doc] = bindArguments(newProperty, args);
    return new Property(get!, set!, remove!, doc!);
  },
});

registerType(Property, {
  name: "property",
  classOf: () => propertyClass,
  repr: () => "<property object>",
  hash: (value) => value,
  bind(value, self) {
    if (self === undefined) return value;
    if (value.get === null) throw pythonError("AttributeError", "property has no getter");
    return invoke(value.get, self);
  },
  store(value, self, item, owner, name) {
    if (value.set === null) throw noAccessor(name, owner, "setter");
    invoke(value.set, self, item);
  },
  ...attributes<Property>({
    properties: {
      fget: (self) => self.get,
      fset: (self) => self.set,
      fdel: (self) => self.delete,
      __doc__: (self) =>
        self.documentation ?? (self.get === null ? null : getAttribute(self.get, "__doc__")),
    },
    methods: {
      "getter(fget, /)": (self, { fget }) =>
        new Property(fget!, self.set, self.delete, self.documentation),
      "setter(fset, /)": (self, { fset }) =>
        new Property(self.get, fset!, self.delete, self.documentation),
      "deleter(fdel, /)": (self, { fdel }) =>
        new Property(self.get, self.set, fdel!, self.documentation),
    },
  }),
});

/** `staticmethod(function)` and `classmethod(function)`. */
class Unbound {
  readonly callable: Value;

  constructor(callable: Value) {
    this.callable = callable;
  }
}
class StaticMethod extends Unbound {}
class ClassMethod extends Unbound {}

export const staticMethodClass: PyClass = new PyClass("staticmethod", {
  construct: (args) => new StaticMethod(bindArguments(oneFunction("staticmethod"), args)[0]!),
});
export const classMethodClass: PyClass = new PyClass("classmethod", {
  construct: (args) => new ClassMethod(bindArguments(oneFunction("classmethod"), args)[0]!),
});

function oneFunction(name: string) {
  return parseSignature(`${name}(function, /)`);
}

function wrapped(type: PyClass): Pick<PythonType<Unbound>, "name" | "classOf" | "repr" | "hash"> {
  return {
    name: type.name,
    classOf: () => type,
    repr: ({ callable }) => `<${type.name}(${repr(callable)})>`,
    hash: (value) => value,
  };
}

registerType(StaticMethod, {
  ...wrapped(staticMethodClass),
  call: (value, args) => call(value.callable, args),
  bind: (value) => value.callable,
  getAttribute: ({ callable }, name) =>
    name === "__func__" || name === "__wrapped__" ? callable : findAttribute(callable, name),
});
registerType(ClassMethod, {
  ...wrapped(classMethodClass),
  bind: (value, _, owner) => new BoundMethod(owner, value.callable),
  getAttribute: ({ callable }, name) =>
    name === "__func__" || name === "__wrapped__" ? callable : findAttribute(callable, name),
});

/** `super()`: attributes of `self` that come behind `from` in the order of its class. */
class Super {
  readonly from: PyClass;
  readonly self: Value;

  constructor(from: PyClass, self: Value) {
    this.from = from;
    this.self = self;
  }
}

/** `super(type, self)`, which `super()` in a method stands for. */
export function makeSuper(type: Value, self: Value): Value {
  if (!(type instanceof PyClass)) {
    throw pythonError("TypeError", `super() argument 1 must be a type, not ${errorTypeName(type)}`);
  }
  const fits =
    self instanceof PyClass && self.isSubclassOf(type) ? true : classOf(self).isSubclassOf(type);
  if (fits) return new Super(type, self);
  throw pythonError("TypeError", "super(type, obj): obj must be an instance or subtype of type");
}

export const superClass: PyClass = new PyClass("super", {
  construct({ positional }) {
    const [type, self] = positional;
    if (type === undefined || self === undefined) {
      throw pythonError("RuntimeError", "super(): no arguments");
    }
    return makeSuper(type, self);
  },
});

registerType(Super, {
  name: "super",
  classOf: () => superClass,
  repr: ({ from, self }) => `<super: <class '${from.name}'>, <${classOf(self).name} object>>`,
  hash: (value) => value,
  getAttribute({ from, self }, name) {
    const onClass = self instanceof PyClass && self.isSubclassOf(from);
    const owner = onClass ? (self as PyClass) : classOf(self);
    const { order } = owner;
    for (const type of order.slice(order.indexOf(from) + 1)) {
      const member = type.members.get(name);
      if (member !== undefined) {
        const { bind } = typeOf(member);
        return bind ? bind(member, onClass ? undefined : self, owner) : member;
      }
      if (type.subclassable) continue;
      const record = recordOf(type);
      // What a built-in base does, it does to the value inside.
      const inner = plainOf(self);
      const receiver = name === "__new__" || name === "__init__" ? self : inner;
      const found = slotMethod(record, receiver, name, type) ?? record.getAttribute?.(inner, name);
      if (found !== undefined) return found;
    }
    return undefined;
  },
});

/** What every class has of `object`: hooks that do nothing unless overridden. */
objectClass.members.set(
  "__init_subclass__",
  new ClassMethod(builtin("__init_subclass__(cls, /)", () => null)),
);
