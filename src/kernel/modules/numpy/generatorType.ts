/**
 * @file `numpy.random.Generator` in cells.
 */
import {
  type ArrayDType,
  type BitGenerator,
  drawWith,
  Generator,
  hypergeometric,
  MersenneTwister,
  NDArray,
  NumpyScalar,
  nonNegative,
  Pcg64,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyList } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound, builtin } from "../../functions.ts";
import { type PythonType, registerType, type Value } from "../../objects.ts";
import { classOf, toCount, truth } from "../../operations.ts";
import { address } from "../../types/iterators.ts";
import { booleanClass, integerClass } from "../../types/numbers.ts";
import { toArray } from "./conversions.ts";
import { distributionMethods } from "./distributionMethods.ts";
import { readDType } from "./dtypes.ts";
import {
  counts,
  drawnInto,
  notAPopulation,
  shuffleItems,
  toChoiceOptions,
  toChoices,
  toFloatDType,
  toIntegerBound,
  toParameter,
  toPopulation,
  toSize,
} from "./randomArguments.ts";

type Method<T> = (self: T, bound: Bound) => Value;

/** `Generator(PCG64) at 0x7F…`, as NumPy writes addresses. */
export function addressed(value: object, text: string): string {
  return `${text} at 0x${address(value).slice(2).toUpperCase()}`;
}

/** Python's own types ask for Python's own numbers. */
export function pythonNumber(drawn: NDArray | NumpyScalar, dtype: Value | undefined): Value {
  const wanted = dtype === integerClass || dtype === booleanClass;
  return wanted && drawn instanceof NumpyScalar ? drawn.value : drawn;
}

export function integerDType(dtype: Value | undefined, name: string): ArrayDType {
  if (dtype === undefined) return "int64";
  const type = readDType(dtype) ?? "float64";
  if (!type.startsWith("float")) return type;
  throw pythonError("TypeError", `Unsupported dtype dtype('${type}') for ${name}`);
}

function integers(self: Generator, { low, high, size, dtype, endpoint }: Bound): Value {
  const drawn = self.integers(toIntegerBound(low!), high === null ? null : toIntegerBound(high!), {
    size: toSize(size),
    dtype: integerDType(dtype, "integers"),
    endpoint: truth(endpoint!),
  });
  return pythonNumber(drawn, dtype);
}

function permutation(self: Generator, { x, axis }: Bound): Value {
  const population = toPopulation(x!);
  if (population !== null) return self.permutation(population);
  return self.permutationOf(toArray(x!), toCount(axis!));
}

function shuffle(self: Generator, { x, axis }: Bound): Value {
  if (x instanceof NDArray) self.shuffle(x, toCount(axis!));
  else {
    if (toCount(axis!) !== 0) {
      throw pythonError(
        "NotImplementedError",
        "Axis argument is only supported on ndarray objects",
      );
    }
    shuffleItems(x!, self.drawInterval);
  }
  return null;
}

function choice(self: Generator, bound: Bound): Value {
  const choices = toChoices(bound["a"]!, notAPopulation);
  const options = {
    ...toChoiceOptions(bound["size"]!, bound["replace"]!, bound["p"]!),
    shuffle: truth(bound["shuffle"]!),
  };
  if (typeof choices === "number") return counts(self.choice(choices, options));
  return self.choiceOf(choices, { ...options, axis: toCount(bound["axis"]!) });
}

const methods: Record<string, Method<Generator>> = {
  "random(size=None, dtype=..., out=None)": (self, { size, dtype, out }) => {
    const type = toFloatDType(dtype, "random");
    return drawnInto(out, toSize(size), type, (shape) => self.random(shape, type));
  },
  "standard_normal(size=None, dtype=..., out=None)": (self, { size, dtype, out }) => {
    const type = toFloatDType(dtype, "standard_normal");
    return drawnInto(out, toSize(size), type, (shape) => self.standardNormal(shape, type));
  },
  "standard_exponential(size=None, dtype=..., method='zig', out=None)": (
    self,
    { size, dtype, method, out },
  ) => {
    const type = toFloatDType(dtype, "standard_exponential");
    const how = method === "zig" ? "zig" : "inv";
    return drawnInto(out, toSize(size), type, (shape) =>
      self.standardExponential(shape, type, how),
    );
  },
  "standard_gamma(shape, size=None, dtype=..., out=None)": (self, { shape, size, dtype, out }) => {
    const type = toFloatDType(dtype, "standard_gamma");
    const parameter = toParameter(shape);
    return drawnInto(out, toSize(size), type, (wanted) =>
      self.standardGamma(parameter, wanted, type),
    );
  },
  ...distributionMethods,
  "integers(low, high=None, size=None, dtype=..., endpoint=False)": integers,
  "permutation(x, axis=0)": permutation,
  "shuffle(x, axis=0)": shuffle,
  "permuted(x, *, axis=None)": (self, { x, axis }) =>
    self.permuted(toArray(x!), axis === null ? null : toCount(axis!)),
  "choice(a, size=None, replace=True, p=None, axis=0, shuffle=True)": choice,
  "hypergeometric(ngood, nbad, nsample, size=None)": (self, { ngood, nbad, nsample, size }) => {
    const [good, bad, sample] = [ngood, nbad, nsample].map(toParameter);
    const [a, b, c] = [good, bad, sample].map(
      (values) => [...(values!.data as Float64Array)] as number[],
    );
    if (a!.length === 1 && b!.length === 1 && c!.some((count) => count > a![0]! + b![0]!)) {
      throw pythonError("ValueError", "ngood + nbad < nsample");
    }
    return counts(
      drawWith(
        toSize(size),
        "int64",
        [
          { name: "ngood", values: good!, check: nonNegative },
          { name: "nbad", values: bad!, check: nonNegative },
          { name: "nsample", values: sample!, check: nonNegative },
        ],
        (...numbers) => hypergeometric(self.primitives, self.drawInterval, ...numbers),
      ),
    );
  },
  "spawn(n_children)": (self, { n_children }) => new PyList(self.spawn(toCount(n_children!))),
};

const generatorType: PythonType<Generator> = {
  name: "Generator",
  module: "numpy.random._generator",
  repr: (self) => addressed(self, `Generator(${self.bits.name})`),
  str: (self) => `Generator(${self.bits.name})`,
  hash: (self) => self,
  classOf: () => generatorClass,
  ...attributes<Generator>({
    properties: { bit_generator: (self) => self.bits },
    methods,
  }),
};

export function asBitGenerator(value: Value): BitGenerator | null {
  return value instanceof Pcg64 || value instanceof MersenneTwister ? value : null;
}

const make = builtin("Generator(bit_generator)", ({ bit_generator }) => {
  const bits = asBitGenerator(bit_generator!);
  if (bits) return new Generator(bits);
  throw pythonError(
    "AttributeError",
    `'${classOf(bit_generator!).name}' object has no attribute 'capsule'`,
  );
});

export const generatorClass: PyClass = new PyClass("Generator", {
  module: "numpy.random._generator",
  construct: (args) => make.call(args),
  signature: make.signature!,
  instances: () => generatorType as PythonType,
});

registerType(Generator, generatorType);
