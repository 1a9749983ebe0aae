/**
 * @file Ufuncs as Python objects: `np.add(a, b)`, `np.add.reduce(a)`, `np.add.outer(a, b)`.
 */
import {
  arange,
  assign,
  assignBroadcast,
  binary,
  binaryOperations,
  broadcastTo,
  cast,
  castKeepingOrder,
  checkWriteable,
  getItem,
  isContiguous,
  NDArray,
  ravel,
  reshape,
  sliceAxis,
  type UfuncOptions,
  unary,
  unaryOperations,
  wrapData,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound, builtin } from "../../functions.ts";
import { type CallArguments, type PythonType, registerType, type Value } from "../../objects.ts";
import { toCount, truth } from "../../operations.ts";
import type { Signature } from "../../signature.ts";
import { result, toArray, toCounts, toOperand } from "./conversions.ts";
import { readDType } from "./dtypes.ts";
import { toAssigned, toIndexItems } from "./operators.ts";
import { accumulate, identityOf, reduce, reduceAt } from "./ufuncMethods.ts";

/** `np.add.at`: one element after another, so that one chosen twice changes twice. */
function applyAt(ufunc: Ufunc, array: NDArray, indices: Value, operand: Value | undefined): void {
  const places = reshape(arange(0n, BigInt(array.size), 1n), array.shape);
  const chosen = getItem(places, toIndexItems(indices)).array;
  const flat = ravel(chosen);
  const values =
    operand === undefined
      ? null
      : ravel(broadcastTo(toAssigned(operand, array.dtype), chosen.shape));
  const target = ravel(array);
  for (let i = 0; i < flat.size; i++) {
    const place = Number(flat.data[flat.offset + i]);
    const element = sliceAxis(target, 0, place, 1);
    if (values) binary(ufunc.name, element, sliceAxis(values, 0, i, 1), { out: element });
    else unary(ufunc.name, element, { out: element });
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
      nargs: ({ inputs }) => BigInt(inputs + 1),
      identity: ({ name }) => identityOf(name) ?? null,
      signature: () => null,
    },
    methods: {
      "reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=..., where=True)": (
        ufunc,
        bound,
      ) => {
        refuseUnary(ufunc, "reduce");
        return stored(reduce(ufunc.name, toArray(bound.array!), bound), bound);
      },
      "accumulate(array, axis=0, dtype=None, out=None)": (ufunc, bound) => {
        refuseUnary(ufunc, "accumulate");
        const { array, axis, dtype } = bound;
        return stored(
          accumulate(ufunc.name, toArray(array!), toCount(axis!), readDType(dtype)),
          bound,
        );
      },
      "reduceat(array, indices, axis=0, dtype=None, out=None)": (ufunc, bound) => {
        refuseUnary(ufunc, "reduceat");
        const { array, indices, axis, dtype } = bound;
        const places = toCounts(indices!);
        return stored(
          reduceAt(ufunc.name, toArray(array!), places, toCount(axis!), readDType(dtype)),
          bound,
        );
      },
      "at(a, indices, b=..., /)": (ufunc, { a, indices, b }) => {
        if (!(a instanceof NDArray)) {
          throw pythonError("TypeError", "first operand must be array");
        }
        checkWriteable(a, "array");
        if (ufunc.inputs === 2 && b === undefined) {
          throw pythonError("ValueError", "second operand needed for ufunc");
        }
        applyAt(ufunc, a, indices!, b);
        return null;
      },
      "outer(A, B, /, **kwargs)": (ufunc, { A, B, kwargs }) => {
        if (ufunc.inputs !== 2) {
          throw pythonError("ValueError", "outer product only supported for binary functions");
        }
        const [left, right] = [toArray(A!), toArray(B!)];
        const column = reshape(left, [...left.shape, ...right.shape.map(() => 1)]);
        const keywords = Object.fromEntries(kwargs as Map<string, Value>);
        const options = readOptions(keywords);
        return delivered(binary(ufunc.name, column, right, options), options);
      },
    },
  }),
};

function refuseUnary(ufunc: Ufunc, method: string): void {
  if (ufunc.inputs === 2) return;
  throw pythonError("ValueError", `${method} only supported for binary functions`);
}

/** A result, also put into `out=` where one is given. */
function stored(array: NDArray, { out }: Bound): Value {
  const target = readOut(out);
  if (!target) return result(array);
  checkWriteable(target, "output array");
  assignBroadcast(target, array);
  return target;
}

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
  conj: "conjugate",
};

/** Every ufunc by its names in `numpy`. */
export function ufuncMembers(): Record<string, Value> {
  const members: Record<string, Value> = { ufunc: ufuncClass };
  for (const name of Object.keys(binaryOperations)) members[name] = new Ufunc(name, 2);
  for (const name of Object.keys(unaryOperations)) members[name] = new Ufunc(name, 1);
  for (const [name, original] of Object.entries(otherNames)) members[name] = members[original]!;
  members["frexp"] = builtin("frexp(x, /)", ({ x }) => {
    const parts = splitFloats(toArray(x!));
    return new PyTuple(parts.map((part) => result(part)));
  });
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

/** Mantissas in [0.5, 1) and exponents of two. */
function splitFloats(array: NDArray): [NDArray, NDArray] {
  const floats = asFloat(array);
  const values = cast(floats, "float64").data as Float64Array;
  const exponents = new Int32Array(values.length);
  const mantissas = values.map((value, i) => {
    if (value === 0 || !Number.isFinite(value)) return value;
    let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(value))) + 1);
    let mantissa = value / 2 ** exponent;
    for (; Math.abs(mantissa) >= 1; exponent++) mantissa /= 2;
    for (; Math.abs(mantissa) < 0.5; exponent--) mantissa *= 2;
    exponents[i] = exponent;
    return mantissa;
  });
  return [
    cast(wrapData(mantissas, "float64", array.shape), floats.dtype),
    wrapData(exponents, "int32", array.shape),
  ];
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
