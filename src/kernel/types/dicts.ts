/**
 * @file `dict` and its views.
 */
import { PyClass } from "../classes.ts";
import { PyDict, PySet, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes, type Bound, builtin } from "../functions.ts";
import { checkSometimes } from "../interrupts.ts";
import { type PythonType, registerType, type Value } from "../objects.ts";
import {
  collect,
  equals,
  errorTypeName,
  findAttribute,
  invoke,
  iterate,
  keyError,
  repr,
  typeOf,
} from "../operations.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import { guardedRepr, reprItems } from "./sequences.ts";

const newDict = parseSignature("dict(source=..., /, **keywords)");

export const dictClass: PyClass = new PyClass("dict", {
  signature: newDict,
  construct(args) {
    if (args.positional.length > 1) {
      throw pythonError(
        "TypeError",
        `dict expected at most 1 argument, got ${args.positional.length}`,
      );
    }
    const [source, keywords] = bindArguments(newDict, args);
    const result = new PyDict();
    update(result, source, keywords as Map<string, Value>);
    return result;
  },
  instances: () => dictType as PythonType,
  members: {
    fromkeys: builtin("fromkeys(iterable, value=None, /)", ({ iterable, value }: Bound) => {
      const result = new PyDict();
      for (const key of iterate(iterable!)) result.set(key, value!);
      return result;
    }),
  },
});

/** `dict.update`: from a mapping or from pairs, then keywords. */
function update(
  target: PyDict,
  source: Value | undefined,
  keywords: ReadonlyMap<string, Value>,
): void {
  if (source instanceof PyDict) {
    for (const [key, value] of [...source.entries()]) target.set(key, value);
  } else if (source !== undefined && hasKeys(source)) {
    for (const [key, value] of mappingEntries(source)) target.set(key, value);
  } else if (source !== undefined) {
    let index = 0;
    for (const pair of iterate(source)) {
      checkSometimes();
      if (!typeOf(pair).iterate) {
        throw pythonError(
          "TypeError",
          `cannot convert dictionary update sequence element #${index} to a sequence`,
        );
      }
      const items = collect(pair);
      if (items.length !== 2) {
        throw pythonError(
          "ValueError",
          `dictionary update sequence element #${index} has length ${items.length}; 2 is required`,
        );
      }
      target.set(items[0]!, items[1]!);
      index++;
    }
  }
  for (const [name, value] of keywords) target.set(name, value);
}

/** What `dict(…)` takes for a mapping that is not a dictionary. */
function hasKeys(source: Value): boolean {
  return typeof source === "object" && findAttribute(source, "keys") !== undefined;
}

function dictRepr(value: PyDict): string {
  return guardedRepr(value, "{...}", () => {
    const texts = [...value.entries()].map(([key, item]) => `${repr(key)}: ${repr(item)}`);
    return `{${texts.join(", ")}}`;
  });
}

/** Iterates live entries; RuntimeError where a key is added or removed meanwhile. */
function* guarded(dict: PyDict, pick: (entry: readonly [Value, Value]) => Value): Generator<Value> {
  const size = dict.size;
  for (const entry of dict.entries()) {
    yield pick(entry);
    if (dict.size !== size) {
      throw pythonError("RuntimeError", "dictionary changed size during iteration");
    }
  }
}

type ViewKind = "dict_keys" | "dict_values" | "dict_items";

/** `d.keys()`, `d.values()`, `d.items()`. */
export class DictView {
  readonly dict: PyDict;
  readonly kind: ViewKind;

  constructor(dict: PyDict, kind: ViewKind) {
    this.dict = dict;
    this.kind = kind;
  }

  *[Symbol.iterator](): Generator<Value> {
    const { kind } = this;
    yield* guarded(this.dict, (entry) =>
      kind === "dict_keys" ? entry[0] : kind === "dict_values" ? entry[1] : new PyTuple(entry),
    );
  }
}

export const dictType: PythonType<PyDict> = {
  name: "dict",
  classOf: () => dictClass,
  repr: dictRepr,
  length: (value) => value.size,
  iterate: (value) => guarded(value, ([key]) => key),
  contains: (value, key) => value.has(key),
  getItem(value, key) {
    const found = value.get(key);
    if (found === undefined) throw keyError(key);
    return found;
  },
  setItem: (value, key, item) => value.set(key, item),
  deleteItem(value, key) {
    if (value.delete(key) === undefined) throw keyError(key);
  },
  binary(operator, left, right) {
    if (operator !== "|" || !(left instanceof PyDict && right instanceof PyDict)) return undefined;
    return new PyDict([...left.entries(), ...right.entries()]);
  },
  inPlace(operator, left, right) {
    if (operator !== "|") return undefined;
    update(left, right, new Map());
    return left;
  },
  compare(operator, left, right) {
    if (!(left instanceof PyDict && right instanceof PyDict)) return undefined;
    if (operator !== "==" && operator !== "!=") return undefined;
    let same = left.size === right.size;
    for (const [key, value] of left.entries()) {
      if (!same) break;
      const other = right.get(key);
      same = other !== undefined && equals(value, other);
    }
    return same === (operator === "==");
  },
  ...attributes<PyDict>({
    methods: {
      "keys()": (self) => new DictView(self, "dict_keys"),
      "values()": (self) => new DictView(self, "dict_values"),
      "items()": (self) => new DictView(self, "dict_items"),
      "get(key, default=None, /)": (self, { key, default: fallback }) => {
        const found = self.get(key!);
        return found === undefined ? fallback! : found;
      },
      "setdefault(key, default=None, /)": (self, { key, default: fallback }) => {
        if (!self.has(key!)) self.set(key!, fallback!);
        return self.get(key!)!;
      },
      "pop(key, default=..., /)": (self, { key, default: fallback }) => {
        const value = self.has(key!) ? self.get(key!)! : fallback;
        if (value === undefined) throw keyError(key!);
        self.delete(key!);
        return value;
      },
      "popitem()": (self) => {
        const key = self.keys().at(-1);
        if (key === undefined) throw keyError("popitem(): dictionary is empty");
        return new PyTuple([key, self.delete(key)!]);
      },
      "update(source=..., /, **keywords)": (self, { source, keywords }) => {
        update(self, source, keywords as Map<string, Value>);
        return null;
      },
      "copy()": (self) => new PyDict(self.entries()),
      "clear()": (self) => {
        self.clear();
        return null;
      },
      "fromkeys(iterable, value=None, /)": (_, { iterable, value }) => {
        const result = new PyDict();
        for (const key of iterate(iterable!)) result.set(key, value!);
        return result;
      },
    },
  }),
};

registerType(PyDict, dictType);

function asSet(value: Value): PySet {
  return new PySet(iterate(value));
}

const viewClasses = new Map<ViewKind, PyClass>(
  (["dict_keys", "dict_values", "dict_items"] as const).map((kind) => [kind, new PyClass(kind)]),
);

registerType(DictView, {
  name: "dict_view",
  classOf: (value) => viewClasses.get(value.kind)!,
  repr: (value) => guardedRepr(value, "...", () => `${value.kind}([${reprItems(value)}])`),
  length: (value) => value.dict.size,
  iterate: (value) => value,
  contains(value, item) {
    if (value.kind === "dict_keys") return value.dict.has(item);
    for (const other of value) if (equals(other, item)) return true;
    return false;
  },
  binary(operator, left, right) {
    if (left instanceof DictView && left.kind === "dict_values") return undefined;
    if (!"&|-^".includes(operator) || !typeOf(left).iterate || !typeOf(right).iterate) {
      return undefined;
    }
    return typeOf(new PySet()).binary!(operator, asSet(left), asSet(right));
  },
  compare(operator, left, right) {
    const comparable = (value: Value) =>
      value instanceof PySet || (value instanceof DictView && value.kind !== "dict_values");
    if (!comparable(left) || !comparable(right)) return undefined;
    return typeOf(new PySet()).compare!(operator, asSet(left), asSet(right));
  },
  ...attributes<DictView>({
    methods: {
      "isdisjoint(other, /)": (self, { other }) => {
        for (const item of iterate(other!)) if (self.dict.has(item)) return false;
        return true;
      },
    },
  }),
});

/** `**value` in a call or a display: a mapping's entries. */
export function mappingEntries(value: Value): Iterable<readonly [Value, Value]> {
  if (value instanceof PyDict) return [...value.entries()];
  if (findAttribute(value, "keys") !== undefined && typeOf(value).getItem) {
    const type = typeOf(value);
    const keys = invoke(findAttribute(value, "keys")!);
    return collect(keys).map((key) => [key, type.getItem!(value, key)] as const);
  }
  throw pythonError("TypeError", `'${errorTypeName(value)}' object is not a mapping`);
}
