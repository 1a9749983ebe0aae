/**
 * @file `collections.namedtuple` and `typing.NamedTuple`.
 */
import { isKeyword } from "../../../python/keywords.ts";
import { type ClassParts, type PyClass, PyClass as Type } from "../../classes.ts";
import { PyDict, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, builtin } from "../../functions.ts";
import { registerType, type Value } from "../../objects.ts";
import { classOf, collect, invoke, iterate, repr, str, truth } from "../../operations.ts";
import { bindArguments, makeSignature } from "../../signature.ts";
import { tupleClass } from "../../types/containers.ts";
import { classMethodClass } from "../../types/descriptors.ts";
import { Method, methods } from "../../types/methods.ts";
import { createClass, type UserClass } from "../../types/userClasses.ts";

/** A field: the item at its place, which nobody can assign to. */
class Field {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

registerType(Field, {
  name: "_tuplegetter",
  module: "_collections",
  repr: ({ index }) => `_tuplegetter(${index}, 'Alias for field number ${index}')`,
  hash: (value) => value,
  bind: (value, self) => (self instanceof PyTuple ? self.items[value.index]! : value),
  store() {
    throw pythonError("AttributeError", "can't set attribute");
  },
});

interface Fields {
  readonly names: readonly string[];
  /** Of the last fields. */
  readonly defaults: readonly Value[];
}

/** `__new__`, which names the fields where arguments do not fit. */
function makeNew(name: string, { names, defaults }: Fields): Method {
  const first = names.length - defaults.length;
  const parameters = ["_cls", ...names].map((field, index) => ({
    name: field,
    kind: "normal" as const,
    required: index - 1 < first,
    default: defaults[index - 1 - first],
  }));
  const signature = makeSignature(`${name}.__new__`, parameters);
  const make: Method = new Method(
    "__new__",
    (args) => {
      const [type, ...items] = bindArguments(signature, args) as [Value, ...Value[]];
      return allocate(type, items);
    },
    undefined,
    { signature },
  );
  return make;
}

function allocate(type: Value, items: readonly Value[]): Value {
  return (type as UserClass).allocate({
    positional: [new PyTuple(items)],
    keywords: new Map(),
  });
}

function makeFrom(type: Value, iterable: Value, count: number): Value {
  const items = collect(iterable);
  if (items.length === count) return allocate(type, items);
  throw pythonError("TypeError", `Expected ${count} arguments, got ${items.length}`);
}

function fieldMembers(name: string, fields: Fields): [string, Value][] {
  const { names, defaults } = fields;
  const first = names.length - defaults.length;
  const make = builtin("_make(cls, iterable)", ({ cls, iterable }) =>
    makeFrom(cls!, iterable!, names.length),
  );
  const itemsOf = (self: Value) => (self as PyTuple).items;
  return [
    ["__doc__", `${name}(${names.join(", ")})`],
    ["__slots__", new PyTuple()],
    ["__match_args__", new PyTuple(names)],
    ["_fields", new PyTuple(names)],
    ["_field_defaults", new PyDict(defaults.map((value, at) => [names[first + at]!, value]))],
    ["__new__", makeNew(name, fields)],
    ["_make", invoke(classMethodClass, make)],
    ...methods(name, {
      "__repr__(self)": (self) => {
        const texts = names.map((field, index) => `${field}=${repr(itemsOf(self)[index]!)}`);
        return `${classOf(self).name}(${texts.join(", ")})`;
      },
      "_asdict(self)": (self) =>
        new PyDict(names.map((field, index) => [field, itemsOf(self)[index]!])),
      "_replace(self, /, **kwds)": (self, { kwds }) => {
        const left = new Map(kwds as Map<string, Value>);
        const items = names.map((field, index) => {
          const given = left.get(field);
          left.delete(field);
          return given === undefined ? itemsOf(self)[index]! : given;
        });
        if (left.size === 0) return allocate(classOf(self), items);
        const unknown = [...left.keys()].map((key) => repr(key)).join(", ");
        throw pythonError("ValueError", `Got unexpected field names: [${unknown}]`);
      },
    }),
    ...names.map((field, index): [string, Value] => [field, new Field(index)]),
  ];
}

function checkNames(typename: string, names: readonly string[]): void {
  for (const name of [typename, ...names]) {
    if (!/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name)) {
      throw pythonError(
        "ValueError",
        `Type names and field names must be valid identifiers: ${repr(name)}`,
      );
    }
    if (isKeyword(name)) {
      throw pythonError(
        "ValueError",
        `Type names and field names cannot be a keyword: ${repr(name)}`,
      );
    }
  }
  for (const [index, name] of names.entries()) {
    if (name.startsWith("_")) {
      throw pythonError("ValueError", `Field names cannot start with an underscore: ${repr(name)}`);
    }
    if (names.indexOf(name) < index) {
      throw pythonError("ValueError", `Encountered duplicate field name: ${repr(name)}`);
    }
  }
}

function makeNamedTuple({ typename, field_names, rename, defaults }: Bound): PyClass {
  const name = str(typename!);
  let names =
    typeof field_names === "string"
      ? field_names.replaceAll(",", " ").split(/\s+/).filter(Boolean)
      : [...iterate(field_names!)].map(str);
  if (truth(rename!)) {
    names = names.map((field, index) => {
      const fits = /^[\p{ID_Start}]\p{ID_Continue}*$/u.test(field) && !isKeyword(field);
      return fits && names.indexOf(field) === index ? field : `_${index}`;
    });
  } else checkNames(name, names);
  const values = defaults === null ? [] : collect(defaults!);
  if (values.length > names.length) {
    throw pythonError("TypeError", "Got more default values than field names");
  }
  return createClass({
    name,
    qualname: name,
    bases: [tupleClass],
    members: fieldMembers(name, { names, defaults: values }),
  });
}

export const namedtuple = builtin(
  "namedtuple(typename, field_names, *, rename=False, defaults=None, module=None)",
  makeNamedTuple,
);

/** `class P(NamedTuple)`: its annotated names are the fields. */
function fromClass({ name, qualname, members }: ClassParts): PyClass {
  const own = new Map(members);
  const annotations = own.get("__annotations__");
  const names = annotations instanceof PyDict ? annotations.keys().map(str) : [];
  const defaults: Value[] = [];
  for (const field of names) {
    const value = own.get(field);
    if (value !== undefined) defaults.push(value);
    else if (defaults.length > 0) {
      const before = names.slice(0, names.indexOf(field)).filter((each) => own.has(each));
      throw pythonError(
        "TypeError",
        `Non-default namedtuple field ${field} cannot follow default field${before.length > 1 ? "s" : ""} ${before.join(", ")}`,
      );
    }
    own.delete(field);
  }
  checkNames(name, names);
  const made = new Map(fieldMembers(name, { names, defaults }));
  if (own.get("__doc__") === null) own.delete("__doc__");
  for (const [key, value] of own) made.set(key, value);
  return createClass({ name, qualname, bases: [tupleClass], members: [...made] });
}

export const namedTupleClass: PyClass = new Type("NamedTuple", {
  module: "typing",
  construct: ({ positional: [name, fields] }) => {
    const pairs = fields === undefined ? [] : collect(fields).map((pair) => collect(pair));
    const type = makeNamedTuple({
      typename: name ?? "",
      field_names: new PyTuple(pairs.map(([field]) => field!)),
      rename: false,
      defaults: null,
    });
    type.members.set("__annotations__", new PyDict(pairs as [Value, Value][]));
    return type;
  },
});
namedTupleClass.maker = fromClass;
