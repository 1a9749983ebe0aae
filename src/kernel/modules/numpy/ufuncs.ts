/**
 * @file Ufuncs as Python objects: `np.add(a, b)`, `np.add.reduce(a)`, `np.add.outer(a, b)`.
 */
import {
  arange,
  assign,
  binary,
  binaryOperations,
  broadcastTo,
  castKeepingOrder,
  cumulativeProduct,
  cumulativeSum,
  getItem,
  isContiguous,
  max,
  min,
  NDArray,
  product,
  ravel,
  reshape,
  sliceAxis,
  sum,
  type UfuncOptions,
  unary,
  unaryOperations,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound, builtin } from "../../functions.ts";
import { type CallArguments, type PythonType, registerType, type Value } from "../../objects.ts";
import { toCount, truth } from "../../operations.ts";
import type { Signature } from "../../signature.ts";
import { result, toArray, toAxis, toOperand } from "./conversions.ts";
import { readDType } from "./dtypes.ts";
import { toAssigned, toIndexItems } from "./operators.ts";

/** `np.add.at`: one element after another, so that one chosen twice changes twice. */
function applyAt(name: string, array: NDArray, indices: Value, operand: Value): void {
  const places = reshape(arange(0n, BigInt(array.size), 1n), array.shape);
  const chosen = getItem(places, toIndexItems(indices)).array;
  const flat = ravel(chosen);
  const values = ravel(broadcastTo(toAssigned(operand, array.dtype), chosen.shape));
  const target = ravel(array);
  for (let i = 0; i < flat.size; i++) {
    const place = Number(flat.data[flat.offset + i]);
    const element = sliceAxis(target, 0, place, 1);
    binary(name, element, sliceAxis(values, 0, i, 1), { out: element });
  }
  if (!isContiguous(array)) assign(array, reshape(target, array.shape));
}

/** `out=`: an array, a tuple of one, or None. */
export function readOut(value: Value | undefined): NDArray | undefined {
  const out = value instanceof PyTuple && value.items.length === 1 ? value.items[0] : value;
  if (out === undefined || out === null) return undefined;
  if (out instanceof NDArray) return out;
  throw pythonError("TypeError", "return arrays must be of ArrayType");
}

/** `dtype=`, `out=`, `where=` of a ufunc. */
export function readOptions({ dtype, out, where }: Bound): UfuncOptions {
  const type = readDType(dtype);
  const target = readOut(out);
  return {
    ...(type === undefined ? {} : { dtype: type }),
    ...(target ? { out: target } : {}),
    ...(where === undefined || where === true ? {} : { where: toArray(where!) }),
  };
}

/** A result: the `out` array itself, or an array or scalar of its own. */
export function delivered(array: NDArray, options: UfuncOptions): Value {
  return options.out ? array : result(array);
}

const keywords =
  "/, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True";

export class Ufunc {
  readonly name: string;
  readonly inputs: 1 | 2;

  constructor(name: string, inputs: 1 | 2) {
    this.name = name;
    this.inputs = inputs;
  }

  call(args: CallArguments): Value {
    const { inputs, name } = this;
    const given = args.positional.length;
    if (given < inputs || given > inputs + 1) {
      const bounds = `from ${inputs} to ${inputs + 1}`;
      throw pythonError(
        "TypeError",
        `${name}() takes ${bounds} positional arguments but ${given} ${given === 1 ? "was" : "were"} given`,
      );
    }
    return (inputs === 1 ? this.#one : this.#two).call(args);
  }

  get signature(): Signature | null {
    return (this.inputs === 1 ? this.#one : this.#two).signature;
  }

  readonly #one = builtin(`ufunc(x, ${keywords})`, (bound) => {
    const options = readOptions(bound);
    return delivered(unary(this.name, toOperand(bound.x!), options), options);
  });

  readonly #two = builtin(`ufunc(x1, x2, ${keywords})`, (bound) => {
    const options = readOptions(bound);
    return delivered(
      binary(this.name, toOperand(bound.x1!), toOperand(bound.x2!), options),
      options,
    );
  });
}

/** The reductions that are worth a ufunc's `reduce`. */
const reduces: Readonly<Record<string, (array: NDArray, bound: Bound) => NDArray>> = {
  add: (array, bound) => sum(array, readReduction(bound)),
  multiply: (array, bound) => product(array, readReduction(bound)),
  maximum: (array, bound) => max(array, readReduction(bound)),
  minimum: (array, bound) => min(array, readReduction(bound)),
};

function readReduction({ axis, dtype, keepdims }: Bound) {
  const type = readDType(dtype);
  return { axis: toAxis(axis), keepDims: truth(keepdims!), ...(type ? { dtype: type } : {}) };
}

function unsupported(ufunc: Ufunc, method: string): Error {
  return pythonError(
    "NotImplementedError",
    `numpy.${ufunc.name}.${method} is not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged`,
  );
}

const ufuncClass = new PyClass("ufunc", {
  module: "numpy",
  instances: () => ufuncType as PythonType,
});

const ufuncType: PythonType<Ufunc> = {
  name: "ufunc",
  module: "numpy",
  repr: ({ name }) => `<ufunc '${name}'>`,
  hash: (ufunc) => ufunc,
  call: (ufunc, args) => ufunc.call(args),
  classOf: () => ufuncClass,
  ...attributes<Ufunc>({
    properties: {
      __name__: ({ name }) => name,
      nin: ({ inputs }) => BigInt(inputs),
      nout: () => 1n,
    },
    methods: {
      "reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=..., where=True)": (
        ufunc,
        bound,
      ) => {
        const reduce = reduces[ufunc.name];
        if (!reduce) throw unsupported(ufunc, "reduce");
        return result(reduce(toArray(bound.array!), bound));
      },
      "accumulate(array, axis=0, dtype=None, out=None)": (ufunc, { array, axis, dtype }) => {
        const along = toCount(axis!);
        if (ufunc.name === "add") {
          return cumulativeSum(toArray(array!), along, readDType(dtype));
        }
        if (ufunc.name === "multiply") {
          return cumulativeProduct(toArray(array!), along, readDType(dtype));
        }
        throw unsupported(ufunc, "accumulate");
      },
      "at(a, indices, b, /)": (ufunc, { a, indices, b }) => {
        if (!(a instanceof NDArray)) {
          throw pythonError("TypeError", "first operand must be array");
        }
        if (ufunc.inputs !== 2) throw unsupported(ufunc, "at");
        applyAt(ufunc.name, a, indices!, b!);
        return null;
      },
      "outer(A, B, /)": (ufunc, { A, B }) => {
        if (ufunc.inputs !== 2) {
          throw pythonError("ValueError", "outer product only supported for binary functions");
        }
        const [left, right] = [toArray(A!), toArray(B!)];
        const column = reshape(left, [...left.shape, ...right.shape.map(() => 1)]);
        return result(binary(ufunc.name, column, right));
      },
    },
  }),
};

registerType(Ufunc, ufuncType);

/** Names under which NumPy has the same ufunc again. */
const otherNames: Readonly<Record<string, string>> = {
  abs: "absolute",
  true_divide: "divide",
  mod: "remainder",
  pow: "power",
  bitwise_not: "invert",
  bitwise_invert: "invert",
  bitwise_left_shift: "left_shift",
  bitwise_right_shift: "right_shift",
  acos: "arccos",
  asin: "arcsin",
  atan: "arctan",
  atan2: "arctan2",
  acosh: "arccosh",
  asinh: "arcsinh",
  atanh: "arctanh",
  deg2rad: "radians",
  rad2deg: "degrees",
};

/** Every ufunc by its names in `numpy`. */
export function ufuncMembers(): Record<string, Value> {
  const members: Record<string, Value> = { ufunc: ufuncClass };
  for (const name of Object.keys(binaryOperations)) members[name] = new Ufunc(name, 2);
  for (const name of Object.keys(unaryOperations)) members[name] = new Ufunc(name, 1);
  for (const [name, original] of Object.entries(otherNames)) members[name] = members[original]!;
  members["divmod"] = builtin("divmod(x1, x2, /)", ({ x1, x2 }) => {
    const [a, b] = [toOperand(x1!), toOperand(x2!)];
    return new PyTuple([result(binary("floor_divide", a, b)), result(binary("remainder", a, b))]);
  });
  members["modf"] = builtin("modf(x, /)", ({ x }) => {
    const whole = unary("trunc", asFloat(toArray(x!)));
    const array = asFloat(toArray(x!));
    return new PyTuple([
      result(binary("copysign", binary("subtract", array, whole), array)),
      result(whole),
    ]);
  });
  members["isclose"] = builtin(
    "isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)",
    ({ a, b, rtol, atol, equal_nan }) =>
      result(close(toArray(a!), toArray(b!), Number(rtol), Number(atol), truth(equal_nan!))),
  );
  members["allclose"] = builtin(
    "allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)",
    ({ a, b, rtol, atol, equal_nan }) => {
      const near = close(toArray(a!), toArray(b!), Number(rtol), Number(atol), truth(equal_nan!));
      return !(near.data as Uint8Array).includes(0);
    },
  );
  return members;
}

function asFloat(array: NDArray): NDArray {
  return array.dtype.startsWith("float") ? array : castKeepingOrder(array, "float64");
}

/** `|a - b| <= atol + rtol * |b|`, infinities equal to themselves. */
export function close(
  a: NDArray,
  b: NDArray,
  rtol: number,
  atol: number,
  equalNaN: boolean,
): NDArray {
  const [x, y] = [a, asFloat(b)];
  const distance = unary("absolute", binary("subtract", x, y));
  const allowed = binary("add", atol, binary("multiply", rtol, unary("absolute", y)));
  const near = binary("logical_and", binary("less_equal", distance, allowed), unary("isfinite", y));
  const same = binary("logical_or", near, binary("equal", x, y));
  if (!equalNaN) return same;
  return binary(
    "logical_or",
    same,
    binary("logical_and", unary("isnan", asFloat(x)), unary("isnan", y)),
  );
}
