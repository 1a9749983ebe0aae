/**
 * @file `keras.Variable`: the engine's variables as Python objects. Arithmetic is Keras's on the
 * value, so that results promote as Keras promotes them
 * (keras/src/backend/common/variables.py).
 */
import { formatShape, Initializer, isFloat, type Tensor, Variable } from "../../../engine/index.ts";
import { fromTensor, type NDArray } from "../../../numpy/index.ts";
import type { BinaryOperator, CompareOperator } from "../../../python/nodes.ts";
import { PyClass } from "../../classes.ts";
import { type PyException, pythonError } from "../../errors.ts";
import { attributes, type Bound, builtin } from "../../functions.ts";
import { type PythonType, registerType, type Value } from "../../objects.ts";
import {
  binary,
  call,
  collect,
  getItem,
  isCallable,
  iterate,
  repr,
  str,
  toFloat,
  toIndex,
  toInteger,
  truth,
  unary,
} from "../../operations.ts";
import { type ArrayValue, adopt, backendOf, type NumpyBackend, shapeTuple } from "./backend.ts";
import { initializerOf } from "./objects.ts";
import { formatTensor, tensorOf } from "./tensors.ts";

/**
 * The variable's own memory as an array: what `variable.value` is on Keras's NumPy backend. Under a
 * mixed policy layers read it in their compute dtype.
 */
function arrayOf(variable: Variable): NDArray {
  const backend = backendOf(variable);
  const array = fromTensor(variable.value);
  const { autocast } = backend.library.calls;
  return autocast && isFloat(array.dtype) ? (backend.cast(array, autocast) as NDArray) : array;
}

const arithmetic: Partial<Record<BinaryOperator, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "//": "floor_divide",
  "%": "mod",
  "**": "power",
};

const logic: Partial<Record<BinaryOperator, string>> = {
  "&": "logical_and",
  "|": "logical_or",
  "^": "logical_xor",
};

const comparisons: Partial<Record<CompareOperator, string>> = {
  "==": "equal",
  "!=": "not_equal",
  "<": "less",
  "<=": "less_equal",
  ">": "greater",
  ">=": "greater_equal",
};

function operate(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const keras = backendOf(left instanceof Variable ? left : (right as Variable));
  if (operator === "/") return keras.np("divide", keras.pair(left, right, "float"));
  if (operator === "@") return keras.np("matmul", keras.pair(left, right));
  const name = arithmetic[operator];
  if (name !== undefined) return keras.np(name, keras.pair(left, right));
  const logical = logic[operator];
  return logical === undefined ? undefined : keras.np(logical, [plain(left), plain(right)]);
}

function plain(value: Value): Value {
  return value instanceof Variable ? arrayOf(value) : value;
}

function assign(variable: Variable, value: Value): Value {
  const tensor = backendOf(variable).tensor(value, variable.dtype) as ArrayValue;
  variable.assign(tensorOf(tensor));
  return tensor;
}

function notScalar(variable: Variable): PyException {
  return pythonError(
    "TypeError",
    "Only scalar arrays can be converted to Python scalars. " +
      `Got: shape=${formatShape(variable.shape)}`,
  );
}

function scalarOf(variable: Variable): Value {
  if (variable.shape.length > 0) throw notScalar(variable);
  return arrayOf(variable);
}

/** `keras.Variable`, for one session. */
export function variableClass(backend: NumpyBackend): PyClass {
  const make = builtin(
    "Variable.__init__(self, initializer, shape=None, dtype=None, trainable=True, autocast=True, " +
      "aggregation='none', synchronization='auto', name=None, **kwargs)",
    (bound) => adopt(createVariable(backend, bound), backend),
  );
  const type = new PyClass("Variable", {
    module: "keras.src.backend",
    instances: () => variableType as PythonType,
    signature: make.signature!,
    construct: ({ positional, keywords }) =>
      make.call({ positional: [null, ...positional], keywords }),
  });
  backend.classes.set("Variable", type);
  return type;
}

function createVariable(backend: NumpyBackend, bound: Bound): Variable {
  const name = truth(bound.name!) ? bound.name! : backend.state.names.next("Variable");
  if (typeof name !== "string" || name.includes("/")) {
    throw pythonError(
      "ValueError",
      "Argument `name` must be a string and cannot contain character `/`. " +
        `Received: name=${str(name)}`,
    );
  }
  const value = firstValue(backend, bound);
  const trainable = truth(bound.trainable!);
  return new Variable({ name, path: name, trainable, value, format: formatTensor });
}

function firstValue(backend: NumpyBackend, { initializer, shape, dtype }: Bound): Tensor {
  const source =
    typeof initializer === "string" ? initializerOf(initializer)! : (initializer as Value);
  if (!(source instanceof Initializer) && !isCallable(source)) {
    const given = dtype === null ? null : backend.dtype(dtype!);
    return tensorOf(backend.tensor(source, given) as ArrayValue);
  }
  if (shape === null) {
    throw pythonError(
      "ValueError",
      "When creating a Variable from an initializer, the `shape` argument should be specified. " +
        `Received: initializer=${repr(source)} and shape=None`,
    );
  }
  const type = backend.dtype(dtype!);
  const sizes = collect(shape!).map((size) => Number(toIndex(size)));
  if (source instanceof Initializer) return source.generate(sizes, type, backend.streams);
  const made = call(source, {
    positional: [shapeTuple(sizes)],
    keywords: new Map([["dtype", type]]),
  });
  return tensorOf(backend.tensor(made, type) as ArrayValue);
}

/** The Python type of variables. */
const variableType: PythonType<Variable> = {
  name: "Variable",
  module: "keras.src.backend",
  repr: (self) => self.toString(),
  classOf: (self) => backendOf(self).classes.get("Variable")!,
  truth(): never {
    throw pythonError("TypeError", "A Keras Variable cannot be used as a boolean.");
  },
  iterate: (self) => iterate(arrayOf(self)),
  getItem: (self, index) => getItem(arrayOf(self), index),
  unary: (operator, self) => (operator === "not" ? undefined : unary(operator, arrayOf(self))),
  absolute: (self) => backendOf(self).np("absolute", [arrayOf(self)]),
  round: (self, digits) => backendOf(self).np("round", [arrayOf(self), digits ?? 0n]),
  binary: operate,
  compare(operator, left, right) {
    const name = comparisons[operator];
    if (name === undefined) return undefined;
    const keras = backendOf(left instanceof Variable ? left : (right as Variable));
    return keras.np(name, [plain(left), plain(right)]);
  },
  toInteger: (self) => toInteger(scalarOf(self)),
  toFloat: (self) => toFloat(scalarOf(self)),
  ...attributes<Variable>({
    properties: {
      name: (self) => self.name,
      path: (self) => self.path,
      shape: (self) => shapeTuple(self.shape),
      ndim: (self) => BigInt(self.shape.length),
      dtype: (self) => self.dtype,
      trainable: (self) => self.trainable,
      value: arrayOf,
      aggregation: () => "none",
      synchronization: () => "auto",
      overwrite_with_gradient: () => false,
      regularizer: (self) => self.regularizer,
      constraint: (self) => self.constraint,
    },
    setters: {
      trainable: (self, value) => {
        self.trainable = truth(value);
      },
    },
    methods: {
      "numpy()": (self) => backendOf(self).np("array", [arrayOf(self)]),
      "assign(value)": (self, { value }) => assign(self, value!),
      "assign_add(value)": (self, { value }) => assign(self, binary("+", self, value!)),
      "assign_sub(value)": (self, { value }) => assign(self, binary("-", self, value!)),
    },
  }),
};

registerType(Variable, variableType);
