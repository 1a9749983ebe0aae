/**
 * @file `dataclasses`: methods made from a class's annotated names.
 */
import { PyClass } from "../../classes.ts";
import { ellipsis, PyDict, PyList, PyTuple } from "../../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../../errors.ts";
import { type Bound, Builtin, builtin, PythonModule } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import {
  call,
  classOf,
  collect,
  compare,
  errorTypeName,
  findAttribute,
  getAttribute,
  hashOf,
  invoke,
  iterate,
  repr,
  setAttribute,
  str,
  truth,
} from "../../operations.ts";
import { bindArguments, makeSignature, type SignatureParameter } from "../../signature.ts";
import { annotationText } from "../../types/callables.ts";
import type { HasDictionary } from "../../types/instances.ts";
import { Method, type MethodBody, method } from "../../types/methods.ts";
import { notImplemented } from "../../types/none.ts";
import { guardedRepr } from "../../types/sequences.ts";
import { makeClass, UserClass } from "../../types/userClasses.ts";
import { deepCopy } from "../copy.ts";
import { TypingForm } from "../typing.ts";
import { Field, InitVar, keywordOnly, makeField, missing } from "./fields.ts";

const frozenError: PyClass = new PyClass("FrozenInstanceError", {
  module: "dataclasses",
  bases: [exceptionClasses.AttributeError],
  construct: ({ positional }) => new PyException(frozenError, positional),
});

const fieldsKey = "__dataclass_fields__";
const parametersKey = "__dataclass_params__";

/** The fields of a class or an instance, those of its bases first; undefined where it has none. */
function allFields(value: Value): readonly Field[] | undefined {
  const type = value instanceof PyClass ? value : classOf(value);
  const found = type.find(fieldsKey);
  return found instanceof PyDict ? (found.values() as Field[]) : undefined;
}

function instanceFields(value: Value): readonly Field[] | undefined {
  return allFields(value)?.filter(({ kind }) => kind === "field");
}

interface Options {
  readonly init: boolean;
  readonly repr: boolean;
  readonly eq: boolean;
  readonly order: boolean;
  readonly unsafeHash: boolean;
  readonly frozen: boolean;
  readonly matchArgs: boolean;
  readonly keywordOnly: boolean;
  readonly slots: boolean;
}

const optionsSignature =
  "init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False";

function optionsOf(bound: Bound): Options {
  const is = (name: string) => truth(bound[name]!);
  return {
    init: is("init"),
    repr: is("repr"),
    eq: is("eq"),
    order: is("order"),
    unsafeHash: is("unsafe_hash"),
    frozen: is("frozen"),
    matchArgs: is("match_args"),
    keywordOnly: is("kw_only"),
    slots: is("slots"),
  };
}

const isClassVariable = (annotation: Value) =>
  (annotation instanceof TypingForm && annotation.name === "ClassVar") ||
  (typeof annotation === "string" && /^(?:typing\.)?ClassVar\b/.test(annotation));

function isUnhashable(value: Value): boolean {
  try {
    hashOf(value);
    return false;
  } catch {
    return true;
  }
}

/** The class's own fields. What `field(…)` stood for becomes the default, or goes. */
function ownFields(type: UserClass, options: Options): Field[] {
  const annotations = type.members.get("__annotations__");
  const fields: Field[] = [];
  let onlyKeywords = options.keywordOnly;
  for (const [key, annotation] of annotations instanceof PyDict ? annotations.entries() : []) {
    const name = str(key);
    if (isClassVariable(annotation)) continue;
    if (annotation === keywordOnly || annotation === "KW_ONLY") {
      onlyKeywords = true;
      continue;
    }
    const given = type.members.get(name);
    const said = given instanceof Field ? given : new Field({ default: given });
    const field = new Field({
      ...said,
      name,
      type: annotation,
      kind: annotation instanceof InitVar ? "initVar" : "field",
      keywordOnly: said.keywordOnly ?? onlyKeywords,
    });
    if (given instanceof Field) {
      if (field.default === missing) type.members.delete(name);
      else type.members.set(name, field.default);
    }
    if (field.default !== missing && isUnhashable(field.default)) {
      throw pythonError(
        "ValueError",
        `mutable default ${repr(classOf(field.default))} for field ${name} is not allowed: use default_factory`,
      );
    }
    fields.push(field);
  }
  for (const [name, value] of type.members) {
    if (value instanceof Field && !fields.some((field) => field.name === name)) {
      throw pythonError("TypeError", `${repr(name)} is a field but has no type annotation`);
    }
  }
  return fields;
}

/** `__init__(self, …)`. */
function initializer(type: UserClass, fields: readonly Field[], frozen: boolean): Method {
  const taken = fields.filter(({ init }) => init);
  const inOrder = [
    ...taken.filter((field) => !field.keywordOnly),
    ...taken.filter((field) => field.keywordOnly),
  ];
  let before: Field | undefined;
  for (const field of inOrder) {
    if (field.keywordOnly) break;
    if (!field.required) before = field;
    else if (before) {
      throw pythonError(
        "TypeError",
        `non-default argument ${repr(field.name)} follows default argument`,
      );
    }
  }
  const parameters: SignatureParameter[] = [
    { name: "self", kind: "normal", required: true, default: undefined },
    ...inOrder.map((field) => ({
      name: field.name,
      kind: field.keywordOnly ? ("keywordOnly" as const) : ("normal" as const),
      required: field.required,
      default: field.default === missing ? undefined : field.default,
    })),
  ];
  const signature = makeSignature(`${type.qualname}.__init__`, parameters);
  const assign = (self: Value, name: string, value: Value) => {
    // A frozen instance takes nothing from `__setattr__`.
    if (frozen) (self as HasDictionary).dictionary.set(name, value);
    else setAttribute(self, name, value);
  };
  return new Method(
    "__init__",
    (args) => {
      const [self, ...values] = bindArguments(signature, args) as [Value, ...(Value | undefined)[]];
      const given = new Map(inOrder.map(({ name }, index) => [name, values[index]]));
      const extra: Value[] = [];
      for (const field of fields) {
        let value = given.get(field.name);
        if (value === undefined && field.factory !== missing) value = invoke(field.factory);
        if (field.kind === "initVar") extra.push(value ?? field.default);
        else if (value !== undefined) assign(self, field.name, value);
      }
      const after = findAttribute(self, "__post_init__");
      if (after !== undefined) invoke(after, ...extra);
      return null;
    },
    undefined,
    { signature },
  );
}

/** As `Point(x: int, y: int = 0)`: the text of a class that has none. */
function documentation(type: UserClass, fields: readonly Field[]): string {
  const texts = fields
    .filter(({ init }) => init)
    .map((field) => {
      const annotation =
        typeof field.type === "string"
          ? repr(field.type)
          : annotationText(field.type).replaceAll("typing.", "");
      const fallback = field.default !== missing ? repr(field.default) : "<factory>";
      return `${field.name}: ${annotation}${field.required ? "" : ` = ${fallback}`}`;
    });
  return `${type.name}(${texts.join(", ")})`;
}

const valuesOf = (self: Value, fields: readonly Field[]) =>
  new PyTuple(fields.map(({ name }) => getAttribute(self, name)));

function generated(
  type: UserClass,
  fields: readonly Field[],
  options: Options,
): Record<string, MethodBody> {
  const shown = fields.filter((field) => field.repr && field.kind === "field");
  const compared = fields.filter((field) => field.compare && field.kind === "field");
  const made: Record<string, MethodBody> = {};
  if (options.repr) {
    made["__repr__(self)"] = (self) =>
      guardedRepr(self as object, "...", () => {
        const texts = shown.map(({ name }) => `${name}=${repr(getAttribute(self, name))}`);
        return `${classOf(self).qualname}(${texts.join(", ")})`;
      });
  }
  const comparison =
    (operator: "==" | "<" | "<=" | ">" | ">="): MethodBody =>
    (self, { other }) =>
      classOf(other!) === classOf(self)
        ? compare(operator, valuesOf(self, compared), valuesOf(other!, compared))
        : notImplemented;
  if (options.eq) made["__eq__(self, other)"] = comparison("==");
  if (options.order) {
    for (const [name, operator] of [
      ["__lt__", "<"],
      ["__le__", "<="],
      ["__gt__", ">"],
      ["__ge__", ">="],
    ] as const) {
      if (type.members.has(name)) {
        throw pythonError(
          "TypeError",
          `Cannot overwrite attribute ${name} in class ${type.name}. Consider using functools.total_ordering`,
        );
      }
      made[`${name}(self, other)`] = comparison(operator);
    }
  }
  if (options.frozen) {
    const names = new Set(fields.map(({ name }) => name));
    const refuse =
      (verb: string): MethodBody =>
      (self, { name, value }) => {
        if (classOf(self) === type || names.has(str(name!))) {
          throw new PyException(frozenError, [`cannot ${verb} field ${repr(name!)}`]);
        }
        (self as HasDictionary).dictionary.set(name!, value ?? null);
        return null;
      };
    made["__setattr__(self, name, value)"] = refuse("assign to");
    made["__delattr__(self, name)"] = refuse("delete");
  }
  const hashed = fields.filter((field) => field.hash ?? field.compare);
  if (options.unsafeHash || (options.eq && options.frozen)) {
    made["__hash__(self)"] = (self) => hashOf(valuesOf(self, hashed));
  }
  return made;
}

function process(given: Value, options: Options): Value {
  if (!(given instanceof UserClass)) {
    throw pythonError(
      "TypeError",
      `dataclass() should be called on a class, not ${errorTypeName(given)}`,
    );
  }
  const type = given;
  if (options.order && !options.eq) {
    throw pythonError("ValueError", "eq must be true if order is true");
  }
  const fields = new Map<string, Field>();
  for (const base of [...type.order.slice(1)].reverse()) {
    if (!base.members.has(fieldsKey)) continue;
    const frozen = base.members.get(parametersKey) === true;
    if (frozen !== options.frozen) {
      throw pythonError(
        "TypeError",
        frozen
          ? "cannot inherit non-frozen dataclass from a frozen one"
          : "cannot inherit frozen dataclass from a non-frozen one",
      );
    }
    for (const field of allFields(base)!) fields.set(field.name, field);
  }
  for (const field of ownFields(type, options)) fields.set(field.name, field);
  const all = [...fields.values()];
  const { members } = type;
  const ownHash = members.get("__hash__");
  const ownEquality = members.has("__eq__");
  members.set(fieldsKey, new PyDict(fields));
  members.set(parametersKey, options.frozen);
  if (options.init && !members.has("__init__")) {
    members.set("__init__", initializer(type, all, options.frozen));
  }
  for (const [text, body] of Object.entries(generated(type, all, options))) {
    const name = text.slice(0, text.indexOf("("));
    if (!members.has(name)) members.set(name, method(type.qualname, text, body));
    else if (name.endsWith("attr__")) {
      throw pythonError("TypeError", `Cannot overwrite attribute ${name} in class ${type.name}`);
    }
  }
  const hashes = options.unsafeHash || (options.eq && options.frozen);
  if (!hashes && options.eq && ownHash === undefined && !ownEquality) members.set("__hash__", null);
  const positional = all.filter(({ init, keywordOnly: only }) => init && !only);
  if (options.matchArgs && !members.has("__match_args__")) {
    members.set("__match_args__", new PyTuple(positional.map(({ name }) => name)));
  }
  if (members.get("__doc__") === null) members.set("__doc__", documentation(type, all));
  if (options.slots) members.set("__slots__", new PyTuple([...fields.keys()]));
  type.refresh();
  return type;
}

function decorate(bound: Bound): Value {
  const options = optionsOf(bound);
  const { cls } = bound;
  if (cls !== null) return process(cls!, options);
  return new Builtin("wrap", ({ positional }) => process(positional[0]!, options));
}

function requireFields(value: Value, complaint: string): readonly Field[] {
  const found = value instanceof PyClass ? undefined : instanceFields(value);
  if (found) return found;
  throw pythonError("TypeError", complaint);
}

/** Data classes inside become what `make` makes of them; everything else is copied. */
function unfolded(value: Value, make: (entries: [string, Value][]) => Value): Value {
  const inner = (item: Value) => unfolded(item, make);
  const fields = value instanceof PyClass ? undefined : instanceFields(value);
  if (fields) {
    return make(fields.map(({ name }) => [name, inner(getAttribute(value, name))]));
  }
  if (value instanceof PyList) return new PyList(value.items.map(inner));
  if (value instanceof PyTuple) {
    const items = value.items.map(inner);
    const type = classOf(value);
    return type instanceof UserClass ? invoke(type, ...items) : new PyTuple(items);
  }
  if (value instanceof PyDict) {
    return new PyDict([...value.entries()].map(([key, item]) => [inner(key), inner(item)]));
  }
  return deepCopy(value);
}

function replaced(obj: Value, changes: ReadonlyMap<string, Value>): Value {
  const complaint = "replace() should be called on dataclass instances";
  requireFields(obj, complaint);
  const keywords = new Map(changes);
  for (const field of allFields(obj)!) {
    if (!field.init && keywords.has(field.name)) {
      throw pythonError(
        "ValueError",
        `field ${field.name} is declared with init=False, it cannot be specified with replace()`,
      );
    }
    if (field.init && !keywords.has(field.name) && field.kind === "field") {
      keywords.set(field.name, getAttribute(obj, field.name));
    }
  }
  return call(classOf(obj), { positional: [], keywords });
}

function makeDataclass(bound: Bound): Value {
  const { cls_name, fields, bases, namespace } = bound;
  const annotations = new PyDict();
  const members = new Map<string, Value>([["__doc__", null]]);
  for (const item of iterate(fields!)) {
    const [name, type, fallback] = typeof item === "string" ? [item] : collect(item);
    annotations.set(name!, type ?? new TypingForm("Any"));
    if (fallback !== undefined) members.set(str(name!), fallback);
  }
  for (const [name, value] of namespace instanceof PyDict ? namespace.entries() : []) {
    members.set(str(name), value);
  }
  members.set("__annotations__", annotations);
  const name = str(cls_name!);
  return process(makeClass(name, name, collect(bases!), members), optionsOf(bound));
}

export function dataclassesModule(): PythonModule {
  return new PythonModule("dataclasses", {
    FrozenInstanceError: frozenError,
    InitVar: new InitVar(ellipsis),
    KW_ONLY: keywordOnly,
    MISSING: missing,
    asdict: builtin("asdict(obj, *, dict_factory=...)", ({ obj, dict_factory }) => {
      requireFields(obj!, "asdict() should be called on dataclass instances");
      return unfolded(obj!, (entries) =>
        dict_factory === undefined
          ? new PyDict(entries)
          : invoke(dict_factory, new PyList(entries.map((entry) => new PyTuple(entry)))),
      );
    }),
    astuple: builtin("astuple(obj, *, tuple_factory=...)", ({ obj }) => {
      requireFields(obj!, "astuple() should be called on dataclass instances");
      return unfolded(obj!, (entries) => new PyTuple(entries.map(([, value]) => value)));
    }),
    dataclass: builtin(`dataclass(cls=None, /, *, ${optionsSignature})`, decorate),
    field: builtin(
      "field(*, default=..., default_factory=..., init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=...)",
      makeField,
    ),
    fields: builtin("fields(class_or_instance)", ({ class_or_instance }) => {
      const found = instanceFields(class_or_instance!);
      if (found) return new PyTuple(found);
      throw pythonError("TypeError", "must be called with a dataclass type or instance");
    }),
    is_dataclass: builtin("is_dataclass(obj)", ({ obj }) => allFields(obj!) !== undefined),
    make_dataclass: builtin(
      `make_dataclass(cls_name, fields, *, bases=(), namespace=None, ${optionsSignature})`,
      makeDataclass,
    ),
    replace: builtin("replace(obj, /, **changes)", ({ obj, changes }) =>
      replaced(obj!, changes as Map<string, Value>),
    ),
  });
}
