/**
 * @file `operator`: operators as functions.
 */
import { isKeyword } from "../../python/keywords.ts";
import { absolute } from "../builtins/numeric.ts";
import { PyClass } from "../classes.ts";
import { PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { type Builtin, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import {
  binary,
  call,
  collect,
  compare,
  contains,
  deleteItem,
  equals,
  getAttribute,
  getItem,
  inPlace,
  repr,
  setItem,
  str,
  toIndex,
  truth,
  unary,
} from "../operations.ts";
import { operatorNames } from "../types/slotMethods.ts";

/** `itemgetter(1)`, `attrgetter("a.b")`, `methodcaller("f", 1)`. */
class Getter {
  readonly kind: string;
  readonly shown: readonly Value[];
  readonly body: (object: Value) => Value;

  constructor(kind: string, shown: readonly Value[], body: (object: Value) => Value) {
    this.kind = kind;
    this.shown = shown;
    this.body = body;
  }
}

const getterClasses = new Map(
  ["itemgetter", "attrgetter", "methodcaller"].map((name) => [
    name,
    new PyClass(name, { module: "operator" }),
  ]),
);

registerType(Getter, {
  name: "itemgetter",
  module: "operator",
  classOf: ({ kind }) => getterClasses.get(kind)!,
  repr: ({ kind, shown }) => `operator.${kind}(${shown.map(repr).join(", ")})`,
  hash: (value) => value,
  call({ kind, body }, { positional }) {
    if (positional.length === 1) return body(positional[0]!);
    throw pythonError("TypeError", `${kind} expected 1 argument, got ${positional.length}`);
  },
});

/** One of a thing, or a tuple of several. */
function several<T>(parts: readonly T[], one: (part: T) => Value): Value {
  return parts.length === 1 ? one(parts[0]!) : new PyTuple(parts.map(one));
}

const comparisons = [
  ["eq", "=="],
  ["ne", "!="],
  ["lt", "<"],
  ["le", "<="],
  ["gt", ">"],
  ["ge", ">="],
] as const;

const operators: readonly Builtin[] = [
  ...operatorNames.flatMap(([word, operator]) => {
    const name = isKeyword(word) ? `${word}_` : word;
    return [
      builtin(`${name}(a, b, /)`, ({ a, b }) => binary(operator, a!, b!)),
      builtin(`i${word}(a, b, /)`, ({ a, b }) => inPlace(operator, a!, b!)),
    ];
  }),
  ...comparisons.map(([name, operator]) =>
    builtin(`${name}(a, b, /)`, ({ a, b }) => compare(operator, a!, b!)),
  ),
  builtin("abs(a, /)", ({ a }) => absolute(a!)),
  builtin("neg(a, /)", ({ a }) => unary("-", a!)),
  builtin("pos(a, /)", ({ a }) => unary("+", a!)),
  builtin("inv(a, /)", ({ a }) => unary("~", a!)),
  builtin("invert(a, /)", ({ a }) => unary("~", a!)),
  builtin("index(a, /)", ({ a }) => toIndex(a!)),
  builtin("not_(a, /)", ({ a }) => !truth(a!)),
  builtin("truth(a, /)", ({ a }) => truth(a!)),
  builtin("is_(a, b, /)", ({ a, b }) => Object.is(a, b)),
  builtin("is_not(a, b, /)", ({ a, b }) => !Object.is(a, b)),
  builtin("concat(a, b, /)", ({ a, b }) => binary("+", a!, b!)),
  builtin("contains(a, b, /)", ({ a, b }) => contains(a!, b!)),
  builtin("countOf(a, b, /)", ({ a, b }) =>
    BigInt(collect(a!).filter((item) => equals(item, b!)).length),
  ),
  builtin("getitem(a, b, /)", ({ a, b }) => getItem(a!, b!)),
  builtin("setitem(a, b, c, /)", ({ a, b, c }) => {
    setItem(a!, b!, c!);
    return null;
  }),
  builtin("delitem(a, b, /)", ({ a, b }) => {
    deleteItem(a!, b!);
    return null;
  }),
  builtin("itemgetter(item, /, *items)", ({ item, items }) => {
    const all = [item!, ...(items as Value[])];
    return new Getter("itemgetter", all, (object) => several(all, (each) => getItem(object, each)));
  }),
  builtin("attrgetter(attr, /, *attrs)", ({ attr, attrs }) => {
    const all = [attr!, ...(attrs as Value[])];
    const find = (object: Value, name: Value) =>
      str(name).split(".").reduce<Value>(getAttribute, object);
    return new Getter("attrgetter", all, (object) => several(all, (each) => find(object, each)));
  }),
  builtin("methodcaller(name, /, *args, **kwargs)", ({ name, args, kwargs }) => {
    const positional = args as Value[];
    const keywords = kwargs as Map<string, Value>;
    return new Getter("methodcaller", [name!, ...positional], (object) =>
      call(getAttribute(object, str(name!)), { positional, keywords }),
    );
  }),
];

export function operatorModule(): PythonModule {
  return new PythonModule(
    "operator",
    Object.fromEntries(operators.map((entry) => [entry.name, entry])),
  );
}
