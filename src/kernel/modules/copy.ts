/**
 * @file `copy`: shallow and deep copies of whatever cells hold.
 */
import { NDArray } from "../../numpy/index.ts";
import { PyClass } from "../classes.ts";
import { PyDict, PyIterator, PyList, PySet, PyTuple } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import { builtin, PythonModule } from "../functions.ts";
import { identity } from "../hashing.ts";
import { checkSometimes } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import { classOf, errorTypeName, findAttribute, getAttribute, invoke } from "../operations.ts";
import type { HasDictionary } from "../types/instances.ts";
import { UserClass } from "../types/userClasses.ts";

/** Copies made so far, by the identity of what they are copies of: what is shared stays shared. */
type Memo = PyDict;

/** What a class says of copying; classes themselves are never copied. */
function ownMethod(value: object, name: string): Value | undefined {
  return value instanceof PyClass ? undefined : findAttribute(value, name);
}

/** An instance of a cell's class, as empty as `__new__` leaves it. */
function emptyInstance(value: object, type: UserClass): object & HasDictionary {
  const items = value instanceof PyTuple ? [value] : [];
  return type.allocate({ positional: items, keywords: new Map() }) as object & HasDictionary;
}

/** Gives a new instance what the other holds, each part as `part` has it. */
function fillInstance(made: object & HasDictionary, value: object, part: (item: Value) => Value) {
  for (const [key, item] of (value as HasDictionary).dictionary.entries()) {
    made.dictionary.set(key, part(item));
  }
  if (made instanceof PyList)
    for (const item of (value as PyList).items) made.items.push(part(item));
  if (made instanceof PyDict) {
    for (const [key, item] of (value as PyDict).entries()) made.set(part(key), part(item));
  }
  if (made instanceof PySet && made.size === 0) {
    for (const item of value as PySet) made.add(part(item));
  }
  if (made instanceof PyException) made.args = (value as PyException).args.map(part);
}

/** The shape that a layer was built for. */
function builtShape(layer: object): Value | undefined {
  const configuration = findAttribute(layer, "get_build_config");
  const found = configuration && invoke(configuration);
  return found instanceof PyDict ? found.get("input_shape") : undefined;
}

/** Keras's objects are made anew from their configuration, layers with their weights. */
function configured(value: object): Value | undefined {
  const configuration = findAttribute(value, "get_config");
  const make = findAttribute(classOf(value), "from_config");
  if (!configuration || !make) return undefined;
  const made = invoke(make, invoke(configuration));
  const weights = findAttribute(value, "get_weights");
  if (weights && findAttribute(value, "built") === true) {
    const shape = builtShape(value);
    if (shape !== undefined) invoke(getAttribute(made, "build"), shape);
    invoke(getAttribute(made, "set_weights"), invoke(weights));
  }
  return made;
}

function shallowCopy(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  const own = ownMethod(value, "__copy__");
  if (own) return invoke(own);
  const type = classOf(value);
  if (type instanceof UserClass) {
    const made = emptyInstance(value, type);
    fillInstance(made, value, (item) => item);
    return made;
  }
  if (value instanceof PyList) return new PyList([...value.items]);
  if (value instanceof PyDict) return new PyDict(value.entries());
  if (value instanceof PySet && !value.frozen) return new PySet(value);
  if (value instanceof NDArray) return invoke(getAttribute(value, "copy"));
  refuseIterators(value);
  return configured(value) ?? value;
}

function refuseIterators(value: object): void {
  if (value instanceof PyIterator && value.kind === "generator") {
    throw pythonError("TypeError", `cannot pickle '${errorTypeName(value)}' object`);
  }
}

/** `copy.deepcopy(value, memo)`. */
export function deepCopy(value: Value, memo: Memo = new PyDict()): Value {
  if (typeof value !== "object" || value === null) return value;
  checkSometimes();
  const key = BigInt(identity(value));
  const known = memo.get(key);
  if (known !== undefined) return known;
  const made = copied(value, memo, key);
  memo.set(key, made);
  return made;
}

function copied(value: object, memo: Memo, key: bigint): Value {
  const part = (item: Value) => deepCopy(item, memo);
  const own = ownMethod(value, "__deepcopy__");
  if (own) return invoke(own, memo);
  const type = classOf(value);
  if (type instanceof UserClass) {
    const made =
      value instanceof PyTuple
        ? (type.allocate({
            positional: [new PyTuple(value.items.map(part))],
            keywords: new Map(),
          }) as object & HasDictionary)
        : emptyInstance(value, type);
    // First, for what refers to itself.
    memo.set(key, made);
    fillInstance(made, value, part);
    return made;
  }
  if (value instanceof PyList) {
    const made = new PyList();
    memo.set(key, made);
    for (const item of value.items) made.items.push(part(item));
    return made;
  }
  if (value instanceof PyDict) {
    const made = new PyDict();
    memo.set(key, made);
    for (const [name, item] of value.entries()) made.set(part(name), part(item));
    return made;
  }
  if (value instanceof PyTuple) {
    const items = value.items.map(part);
    return items.some((item, index) => item !== value.items[index]) ? new PyTuple(items) : value;
  }
  if (value instanceof PySet) return new PySet([...value].map(part), value.frozen);
  if (value instanceof NDArray) return invoke(getAttribute(value, "copy"));
  if (value instanceof PyException) return new PyException(value.class, value.args.map(part));
  refuseIterators(value);
  return configured(value) ?? value;
}

const errorClass: PyClass = new PyClass("Error", {
  module: "copy",
  bases: [exceptionClasses.Exception],
  construct: ({ positional }) => new PyException(errorClass, positional),
});

export function copyModule(): PythonModule {
  return new PythonModule("copy", {
    Error: errorClass,
    copy: builtin("copy(x)", ({ x }) => shallowCopy(x!)),
    deepcopy: builtin("deepcopy(x, memo=None)", ({ x, memo }) =>
      deepCopy(x!, memo instanceof PyDict ? memo : new PyDict()),
    ),
    error: errorClass,
  });
}
