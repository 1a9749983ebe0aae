/**
 * @file `numpy.random.RandomState` in cells, and the functions of `numpy.random` that share one.
 */
import {
  type LegacySeed,
  MersenneTwister,
  NDArray,
  NumpyScalar,
  RandomState,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound, builtin } from "../../functions.ts";
import { type PythonType, registerType, type Value } from "../../objects.ts";
import { toIndex, truth } from "../../operations.ts";
import { integerClass } from "../../types/numbers.ts";
import { toArray } from "./conversions.ts";
import { distributionMethods } from "./distributionMethods.ts";
import { addressed, integerDType, pythonNumber } from "./generatorType.ts";
import {
  counts,
  shuffleItems,
  toChoiceOptions,
  toChoices,
  toIntegerBound,
  toParameter,
  toPopulation,
  toSize,
} from "./randomArguments.ts";
import { randomState, setRandomState } from "./randomStates.ts";

function refuseSeed(message: string): never {
  throw pythonError("TypeError", `Cannot cast ${message} according to the rule 'safe'`);
}

/** None, an integer, or an array of integers with one axis. */
function toLegacySeed(value: Value): LegacySeed {
  if (value === null) return null;
  if (typeof value === "bigint" || typeof value === "boolean") return BigInt(value);
  if (typeof value === "string") {
    refuseSeed(`scalar from dtype('<U${value.length}') to dtype('int64')`);
  }
  const array = toArray(value);
  if (array.dtype.startsWith("float") && array.size > 0) {
    const what = array.ndim === 0 ? "scalar" : "array data";
    refuseSeed(`${what} from dtype('${array.dtype}') to dtype('int64')`);
  }
  const words = toArray(array, "int64").data;
  if (array.size === 0) return [];
  if (array.ndim === 0 || value instanceof NumpyScalar) return words[0] as bigint;
  if (array.ndim !== 1) throw pythonError("ValueError", "Seed array must be 1-d");
  return Array.from(words as BigInt64Array);
}

/** `rand(2, 3)`: lengths as they are, or none for one number. */
function toLengths(args: Value | undefined): readonly number[] | null {
  const lengths = (args as Value[]).map((length) => Number(toIndex(length)));
  return lengths.length === 0 ? null : lengths;
}

function shuffle(self: RandomState, { x }: Bound): Value {
  if (x instanceof NDArray) self.shuffle(x);
  else shuffleItems(x!, self.drawInterval);
  return null;
}

function permutation(self: RandomState, { x }: Bound): Value {
  const population = toPopulation(x!);
  return population === null ? self.permutationOf(toArray(x!)) : self.permutation(population);
}

function choice(self: RandomState, { a, size, replace, p }: Bound): Value {
  const choices = toChoices(a!, () =>
    pythonError("ValueError", "a must be 1-dimensional or an integer"),
  );
  const options = toChoiceOptions(size!, replace!, p!);
  return typeof choices === "number"
    ? counts(self.choice(choices, options))
    : self.choiceOf(choices, options);
}

const random = (self: RandomState, { size }: Bound): Value => self.random(toSize(size));

type Method = (self: RandomState, bound: Bound) => Value;

const methods: Readonly<Record<string, Method>> = {
  "seed(seed=None)": (self, { seed }) => {
    self.seed(toLegacySeed(seed!));
    return null;
  },
  "get_state(legacy=True)": (self, { legacy }) => randomState(self, truth(legacy!)),
  "set_state(state)": (self, { state }) => {
    setRandomState(self, state!);
    return null;
  },
  "rand(*args)": (self, { args }) => self.random(toLengths(args)),
  "randn(*args)": (self, { args }) => self.standardNormal(toLengths(args)),
  "random(size=None)": random,
  "random_sample(size=None)": random,
  "standard_normal(size=None)": (self, { size }) => self.standardNormal(toSize(size)),
  "standard_exponential(size=None)": (self, { size }) => self.standardExponential(toSize(size)),
  "standard_gamma(shape, size=None)": (self, { shape, size }) =>
    self.standardGamma(toParameter(shape), toSize(size)),
  ...distributionMethods,
  "randint(low, high=None, size=None, dtype=...)": (self, { low, high, size, dtype }) => {
    const upper = high === null ? null : toIntegerBound(high!);
    const type = integerDType(dtype, "randint");
    const drawn = self.randint(toIntegerBound(low!), upper, toSize(size), type);
    return pythonNumber(drawn, dtype ?? integerClass);
  },
  "permutation(x)": permutation,
  "shuffle(x)": shuffle,
  "choice(a, size=None, replace=True, p=None)": choice,
};

const stateType: PythonType<RandomState> = {
  name: "RandomState",
  module: "numpy.random.mtrand",
  repr: (self) => addressed(self, "RandomState(MT19937)"),
  str: () => "RandomState(MT19937)",
  hash: (self) => self,
  classOf: () => randomStateClass,
  ...attributes<RandomState>({ methods }),
};

const make = builtin("RandomState(seed=None)", ({ seed }) => {
  if (seed instanceof MersenneTwister) return new RandomState(seed);
  const state = new RandomState();
  if (seed !== null) state.seed(toLegacySeed(seed!));
  return state;
});

export const randomStateClass: PyClass = new PyClass("RandomState", {
  module: "numpy.random.mtrand",
  construct: (args) => make.call(args),
  signature: make.signature!,
  instances: () => stateType as PythonType,
});

registerType(RandomState, stateType);

/** The methods of one state as functions: `np.random.seed` and its kin. */
export function stateFunctions(state: RandomState): Record<string, Value> {
  const functions = Object.entries(methods).map(([signature, method]) =>
    builtin(signature, (bound) => method(state, bound)),
  );
  const members = Object.fromEntries(functions.map((entry) => [entry.name, entry]));
  // Older names of the same.
  return { ...members, ranf: members["random_sample"]!, sample: members["random_sample"]! };
}
