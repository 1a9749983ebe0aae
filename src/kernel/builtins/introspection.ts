/**
 * @file Built-in functions that look at values: `isinstance`, `getattr`, `hash`, `repr`, `dir` …
 */
import { objectClass, PyClass } from "../classes.ts";
import { PyDict, PyTuple } from "../containers.ts";
import { isException, pythonError } from "../errors.ts";
import { directory } from "../evaluator/calls.ts";
import { asciiOnly } from "../formatting/text.ts";
import { type Builtin, builtin, PythonModule } from "../functions.ts";
import { identity } from "../hashing.ts";
import type { Value } from "../objects.ts";
import {
  deleteAttribute,
  errorTypeName,
  findAttribute,
  formatValue,
  hashOf,
  isCallable,
  isInstance,
  noAttribute,
  repr,
  setAttribute,
  str,
} from "../operations.ts";
import type { Session } from "../session.ts";
import { UnionType } from "../types/callables.ts";

/** Classes that `isinstance` and `issubclass` were given: one, a union, or tuples of them. */
function classesOf(value: Value, message: string): PyClass[] {
  if (value instanceof PyClass) return [value];
  if (value === null) return [];
  const several =
    value instanceof PyTuple ? value.items : value instanceof UnionType ? value.members : undefined;
  if (several) return several.flatMap((item) => classesOf(item, message));
  throw pythonError("TypeError", message);
}

function isInstanceOf(value: Value, type: Value): boolean {
  const union = type instanceof UnionType && type.members.includes(null);
  if (type === null) throw pythonError("TypeError", isInstanceMessage);
  return (
    (union && value === null) ||
    classesOf(type, isInstanceMessage).some((item) => isInstance(value, item))
  );
}

const isInstanceMessage = "isinstance() arg 2 must be a type, a tuple of types, or a union";

function isSubclassOf(type: Value, other: Value): boolean {
  if (!(type instanceof PyClass)) {
    throw pythonError("TypeError", "issubclass() arg 1 must be a class");
  }
  return classesOf(
    other,
    "issubclass() arg 2 must be a class, a tuple of classes, or a union",
  ).some((item) => item === objectClass || type.isSubclassOf(item));
}

const primitiveIdentities = new Map<Value, object>();

function id(value: Value): bigint {
  if (typeof value === "object" && value !== null) return BigInt(identity(value));
  let stand = primitiveIdentities.get(value);
  if (!stand) {
    stand = {};
    primitiveIdentities.set(value, stand);
  }
  return BigInt(identity(stand));
}

function requireName(name: Value): string {
  if (typeof name === "string") return name;
  throw pythonError("TypeError", `attribute name must be string, not '${errorTypeName(name)}'`);
}

/** Undefined also where looking for it ends in an AttributeError, if that is to be caught. */
function optionalAttribute(value: Value, name: string, caught: boolean): Value | undefined {
  try {
    return findAttribute(value, name);
  } catch (thrown) {
    if (caught && isException(thrown, "AttributeError")) return undefined;
    throw thrown;
  }
}

function variables(value: Value): PyDict {
  if (value instanceof PythonModule) return new PyDict(value.members);
  if (value instanceof PyClass) return new PyDict(value.members);
  const dictionary = findAttribute(value, "__dict__");
  if (dictionary instanceof PyDict) return dictionary;
  throw pythonError("TypeError", "vars() argument must have __dict__ attribute");
}

export function introspection(session: Session): readonly Builtin[] {
  return [
    builtin("repr(obj, /)", ({ obj }) => repr(obj!)),
    builtin("ascii(obj, /)", ({ obj }) => asciiOnly(repr(obj!))),
    builtin("format(value, format_spec='', /)", ({ value, format_spec }) =>
      formatValue(value!, str(format_spec!)),
    ),
    builtin("isinstance(obj, class_or_tuple, /)", ({ obj, class_or_tuple }) =>
      isInstanceOf(obj!, class_or_tuple!),
    ),
    builtin("issubclass(cls, class_or_tuple, /)", ({ cls, class_or_tuple }) =>
      isSubclassOf(cls!, class_or_tuple!),
    ),
    builtin("callable(obj, /)", ({ obj }) => isCallable(obj!)),
    builtin("getattr(object, name, default=..., /)", ({ object, name, default: fallback }) => {
      const found = optionalAttribute(object!, requireName(name!), fallback !== undefined);
      if (found !== undefined) return found;
      if (fallback !== undefined) return fallback;
      throw noAttribute(object!, str(name!));
    }),
    builtin("setattr(object, name, value, /)", ({ object, name, value }) => {
      setAttribute(object!, requireName(name!), value!);
      return null;
    }),
    builtin("delattr(object, name, /)", ({ object, name }) => {
      deleteAttribute(object!, requireName(name!));
      return null;
    }),
    builtin(
      "hasattr(object, name, /)",
      ({ object, name }) => optionalAttribute(object!, requireName(name!), true) !== undefined,
    ),
    builtin("hash(obj, /)", ({ obj }) => hashOf(obj!)),
    builtin("id(obj, /)", ({ obj }) => id(obj!)),
    builtin("dir(object, /)", ({ object }) => directory(object!)),
    builtin("vars(object, /)", ({ object }) => variables(object!)),
    builtin("globals()", () => new PyDict(session.names)),
    // Replaced where it is called, by what sees the scope: see `evaluator/calls.ts`.
    builtin("locals()", () => new PyDict(session.names)),
  ];
}
