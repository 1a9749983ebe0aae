/**
 * @file Small modules that scripts import in passing: `gc`, `numbers`, `platform`, `timeit`,
 * `types`.
 */
import { PyClass } from "../classes.ts";
import { PyDict, PyIterator, PyList } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { functionClass } from "../evaluator/functions.ts";
import { builtin, PythonModule } from "../functions.ts";
import { noKeywords, type Value } from "../objects.ts";
import { call, classOf, equals, isCallable, repr, str, toCount } from "../operations.ts";
import { methodClass } from "../types/descriptors.ts";
import type { HasDictionary } from "../types/instances.ts";
import { libraryClass } from "../types/libraryClasses.ts";
import { notImplemented } from "../types/none.ts";
import { guardedRepr } from "../types/sequences.ts";
import { clock } from "./time.ts";

export function gcModule(): PythonModule {
  const nothing = (name: string) => builtin(`${name}(*args)`, () => null);
  return new PythonModule("gc", {
    collect: builtin("collect(generation=2)", () => 0n),
    disable: nothing("disable"),
    enable: nothing("enable"),
    isenabled: builtin("isenabled()", () => true),
  });
}

/** The tower of numbers: what each kind takes. NumPy's scalars say themselves what they are. */
function numberClass(name: string, base: PyClass | null, accepts: (value: Value) => boolean) {
  const made = new PyClass(name, { module: "numbers", bases: base ? [base] : [] });
  made.accepts = accepts;
  return made;
}

const isWhole = (value: Value) => typeof value === "bigint" || typeof value === "boolean";
const hasBase = (value: Value, names: readonly string[]) =>
  classOf(value).order.some(({ name }) => names.includes(name));
const isInteger = (value: Value) => isWhole(value) || hasBase(value, ["integer", "int"]);
const isRational = (value: Value) => isInteger(value) || hasBase(value, ["Fraction"]);
const isReal = (value: Value) =>
  typeof value === "number" || isRational(value) || hasBase(value, ["floating", "float"]);

export function numbersModule(): PythonModule {
  const number = numberClass("Number", null, isReal);
  const complex = numberClass("Complex", number, isReal);
  const real = numberClass("Real", complex, isReal);
  const rational = numberClass("Rational", real, isRational);
  return new PythonModule("numbers", {
    Complex: complex,
    Integral: numberClass("Integral", rational, isInteger),
    Number: number,
    Rational: rational,
    Real: real,
  });
}

export function platformModule(): PythonModule {
  const says = (name: string, text: string) => builtin(`${name}()`, () => text);
  const functions = [
    says("machine", "wasm"),
    says("node", "localhost"),
    says("platform", "BatchNorm-Lab"),
    says("processor", ""),
    says("python_implementation", "CPython"),
    says("python_version", "3.11.7"),
    says("release", ""),
    says("system", "Linux"),
  ];
  return new PythonModule(
    "platform",
    Object.fromEntries(functions.map((entry) => [entry.name, entry])),
  );
}

/** Seconds that so many calls take. */
function timed(statement: Value, setup: Value, count: number): number {
  for (const each of [statement, setup]) {
    if (isCallable(each) || each === "pass") continue;
    throw pythonError(
      "NotImplementedError",
      "timeit of a text is not supported by the BatchNorm Lab kernel: give it a function",
    );
  }
  const run = (value: Value) => {
    if (isCallable(value)) call(value, { positional: [], keywords: noKeywords });
  };
  run(setup);
  const start = clock.now();
  for (let index = 0; index < count; index++) run(statement);
  return (clock.now() - start) / 1000;
}

export function timeitModule(): PythonModule {
  return new PythonModule(
    "timeit",
    {
      default_timer: builtin("default_timer()", () => clock.now() / 1000),
      repeat: builtin(
        "repeat(stmt='pass', setup='pass', timer=None, repeat=5, number=1000000, globals=None)",
        ({ stmt, setup, repeat, number }) =>
          new PyList(
            Array.from({ length: toCount(repeat!) }, () => timed(stmt!, setup!, toCount(number!))),
          ),
      ),
      timeit: builtin(
        "timeit(stmt='pass', setup='pass', timer=None, number=1000000, globals=None)",
        ({ stmt, setup, number }) => timed(stmt!, setup!, toCount(number!)),
      ),
    },
    ["Timer"],
  );
}

const kept = (self: Value) => (self as HasDictionary).dictionary;

/** `SimpleNamespace(a=1)`: attributes, and a repr that shows them. */
const simpleNamespace = libraryClass({
  module: "types",
  name: "SimpleNamespace",
  methods: {
    "__init__(self, /, **kwargs)": (self, { kwargs }) => {
      for (const [name, value] of kwargs as Map<string, Value>) kept(self).set(name, value);
      return null;
    },
    "__repr__(self)": (self) => {
      const { name } = classOf(self);
      const shown = name === "SimpleNamespace" ? "namespace" : name;
      return guardedRepr(self as object, `${shown}(...)`, () => {
        const texts = [...kept(self).entries()].map(([key, item]) => `${str(key)}=${repr(item)}`);
        return `${shown}(${texts.join(", ")})`;
      });
    },
    "__eq__(self, other)": (self, { other }) =>
      classOf(other!).isSubclassOf(simpleNamespace)
        ? equals(kept(self), kept(other!))
        : notImplemented,
  },
});

export function typesModule(): PythonModule {
  const typeOfFunction = classOf(builtin("f()", () => null));
  return new PythonModule(
    "types",
    {
      BuiltinFunctionType: typeOfFunction,
      MappingProxyType: new PyClass("mappingproxy", {
        construct: ({ positional: [mapping] }) => {
          if (mapping instanceof PyDict) return new PyDict(mapping.entries());
          throw pythonError("TypeError", "mappingproxy() argument must be a mapping");
        },
      }),
      FunctionType: functionClass,
      GeneratorType: classOf(new PyIterator("generator", [][Symbol.iterator]())),
      LambdaType: functionClass,
      MethodType: methodClass,
      ModuleType: classOf(new PythonModule("", {})),
      NoneType: classOf(null),
      SimpleNamespace: simpleNamespace,
    },
    ["new_class", "CodeType", "FrameType", "TracebackType", "CoroutineType"],
  );
}
