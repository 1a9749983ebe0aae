/**
 * @file NumPy's types as Python sees them: `np.dtype` objects, the classes of scalars, and the
 * limits of types.
 */
import {
  type ArrayDType,
  arrayDTypes,
  canCastSafely,
  charOf,
  dtypeNamed,
  integerRange,
  isFloating,
  isIntegral,
  itemSizeOf,
  kindOf,
  NumpyScalar,
  scalarText,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, builtin } from "../../functions.ts";
import { type CallArguments, type PythonType, registerType, type Value } from "../../objects.ts";
import { classOf, repr } from "../../operations.ts";
import { booleanClass, floatClass, integerClass } from "../../types/numbers.ts";

/** `np.dtype('float32')`. There is one per type. */
export class DTypeObject {
  readonly name: ArrayDType;

  constructor(name: ArrayDType) {
    this.name = name;
  }
}

const dtypeObjects = new Map(arrayDTypes.map((name) => [name, new DTypeObject(name)]));

export function dtypeObject(name: ArrayDType): DTypeObject {
  return dtypeObjects.get(name)!;
}

function abstractClass(name: string, ...bases: PyClass[]): PyClass {
  return new PyClass(name, { module: "numpy", bases });
}

const generic = abstractClass("generic");
const number = abstractClass("number", generic);
const integer = abstractClass("integer", number);
const inexact = abstractClass("inexact", number);

/** The classes that scalars inherit from: `np.generic`, `np.floating`, … */
export const abstractClasses = {
  generic,
  number,
  integer,
  signedinteger: abstractClass("signedinteger", integer),
  unsignedinteger: abstractClass("unsignedinteger", integer),
  inexact,
  floating: abstractClass("floating", inexact),
};

const kindClasses = {
  b: abstractClasses.generic,
  i: abstractClasses.signedinteger,
  u: abstractClasses.unsignedinteger,
  f: abstractClasses.floating,
};

/** Makes a scalar, or an array of a sequence: set by the module, which has the conversions. */
let construct: (dtype: ArrayDType, args: CallArguments) => Value = () => null;
let instances: () => PythonType = () => ({ name: "generic", repr: () => "" });

/** Says how `np.float32(…)` makes its result, and what its instances can do. */
export function setScalarBehaviour(
  make: (dtype: ArrayDType, args: CallArguments) => Value,
  type: () => PythonType,
): void {
  construct = make;
  instances = type;
}

/** The class of a type's scalars: `np.float32`. `np.float64` is a `float` too, as in NumPy. */
export const scalarClasses = new Map<ArrayDType, PyClass>(
  arrayDTypes.map((name) => [
    name,
    new PyClass(name, {
      module: "numpy",
      bases: [kindClasses[kindOf(name)], ...(name === "float64" ? [floatClass] : [])],
      construct: (args) => construct(name, args),
      instances: () => instances(),
      members: { dtype: dtypeObject(name) },
    }),
  ]),
);

const typesByClass = new Map<PyClass, ArrayDType>([
  ...[...scalarClasses].map(([name, type]) => [type, name] as const),
  [floatClass, "float64"],
  [integerClass, "int64"],
  [booleanClass, "bool"],
  [abstractClasses.floating, "float64"],
  [abstractClasses.inexact, "float64"],
  [abstractClasses.integer, "int64"],
  [abstractClasses.signedinteger, "int64"],
]);

/** Names of NumPy's own types that this kernel has no arrays of. */
const foreignTypes =
  /^(complex|object|str|bytes|void|datetime|timedelta|longdouble|[<>=|]?[cOSUVmM])/;

/** The type that a `dtype=` argument names; undefined for None. */
export function readDType(value: Value | undefined): ArrayDType | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof DTypeObject) return value.name;
  if (value instanceof PyClass) {
    const name = typesByClass.get(value);
    if (name !== undefined) return name;
    if (foreignTypes.test(value.name)) throw unsupported(value.name);
    throw pythonError("TypeError", `Cannot interpret '${repr(value)}' as a data type`);
  }
  if (typeof value === "string") {
    const name = dtypeNamed(value);
    if (name !== undefined) return name;
    if (foreignTypes.test(value)) throw unsupported(value);
    throw pythonError("TypeError", `data type '${value}' not understood`);
  }
  throw pythonError("TypeError", `Cannot interpret '${repr(value)}' as a data type`);
}

function unsupported(name: string): Error {
  return pythonError(
    "NotImplementedError",
    `arrays of dtype '${name}' are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged`,
  );
}

/** One-letter types by NumPy's `dtype.num`. */
const typeNumbers = "?bBhHiIlLqQfd__________e";

const dtypeType: PythonType<DTypeObject> = {
  name: "dtype",
  module: "numpy",
  repr: ({ name }) => `dtype('${name}')`,
  str: ({ name }) => name,
  hash: (dtype) => dtype,
  classOf: () => dtypeClass,
  // Equal to whatever names the same type; a name of no type is unequal to all.
  compare(operator, left, right) {
    if (operator !== "==" && operator !== "!=") {
      // In the order of safe casts.
      const [a, b] = [readDType(left)!, readDType(right)!];
      const within = operator.startsWith("<") ? canCastSafely(a, b) : canCastSafely(b, a);
      return within && (operator.endsWith("=") || a !== b);
    }
    let other: ArrayDType | undefined;
    try {
      other = readDType(right);
    } catch {
      other = undefined;
    }
    return ((left as DTypeObject).name === other) === (operator === "==");
  },
  ...attributes<DTypeObject>({
    properties: {
      name: ({ name }) => name,
      kind: ({ name }) => kindOf(name),
      char: ({ name }) => charOf(name),
      itemsize: ({ name }) => BigInt(itemSizeOf(name)),
      alignment: ({ name }) => BigInt(itemSizeOf(name)),
      type: ({ name }) => scalarClasses.get(name)!,
      str: ({ name }) => `${itemSizeOf(name) === 1 ? "|" : "<"}${kindOf(name)}${itemSizeOf(name)}`,
      byteorder: ({ name }) => (itemSizeOf(name) === 1 ? "|" : "="),
      ndim: () => 0n,
      shape: () => new PyTuple(),
      num: ({ name }) => BigInt(typeNumbers.indexOf(charOf(name))),
      isnative: () => true,
      hasobject: () => false,
      isbuiltin: () => 1n,
      isalignedstruct: () => false,
      names: () => null,
      fields: () => null,
      subdtype: () => null,
      base: (self) => self,
    },
  }),
};

const makeDType = builtin("dtype(dtype, align=False, copy=False)", ({ dtype }) =>
  dtypeObject(readDType(dtype) ?? "float64"),
);

export const dtypeClass: PyClass = new PyClass("dtype", {
  module: "numpy",
  construct: (args) => makeDType.call(args),
  signature: makeDType.signature!,
  instances: () => dtypeType as PythonType,
});

registerType(DTypeObject, dtypeType);

/** `np.finfo(dtype)` and `np.iinfo(dtype)`. */
export class TypeLimits {
  readonly dtype: ArrayDType;

  constructor(dtype: ArrayDType) {
    this.dtype = dtype;
  }
}

// Bits of mantissa and of exponent, and decimal digits that always survive.
const floatFacts: Partial<Record<ArrayDType, readonly [number, number, number]>> = {
  float16: [10, 5, 3],
  float32: [23, 8, 6],
  float64: [52, 11, 15],
};

function floatLimits(dtype: ArrayDType): Record<string, Value> {
  const [mantissa, exponent, precision] = floatFacts[dtype]!;
  const scalar = (value: number) => new NumpyScalar(dtype, value);
  const greatest = 2 ** (exponent - 1);
  const maximum = (2 - 2 ** -mantissa) * 2 ** (greatest - 1);
  const tiny = 2 ** (2 - greatest);
  return {
    bits: BigInt(itemSizeOf(dtype) * 8),
    eps: scalar(2 ** -mantissa),
    epsneg: scalar(2 ** -(mantissa + 1)),
    max: scalar(maximum),
    min: scalar(-maximum),
    tiny: scalar(tiny),
    smallest_normal: scalar(tiny),
    smallest_subnormal: scalar(tiny * 2 ** -mantissa),
    resolution: scalar(dtype === "float32" ? Math.fround(1e-6) : 10 ** -precision),
    precision: BigInt(precision),
    nmant: BigInt(mantissa),
    nexp: BigInt(exponent),
    maxexp: BigInt(greatest),
    minexp: BigInt(2 - greatest),
    machep: BigInt(-mantissa),
    negep: BigInt(-mantissa - 1),
    iexp: BigInt(exponent),
  };
}

function limitsOf(dtype: ArrayDType): Record<string, Value> {
  if (isFloating(dtype)) return floatLimits(dtype);
  const [min, max] = integerRange(dtype);
  return { bits: BigInt(itemSizeOf(dtype) * 8), min, max, kind: kindOf(dtype) };
}

registerType(TypeLimits, {
  name: "finfo",
  module: "numpy",
  repr({ dtype }) {
    const limits = limitsOf(dtype);
    if (!isFloating(dtype)) {
      return `iinfo(min=${String(limits.min)}, max=${String(limits.max)}, dtype=${dtype})`;
    }
    const text = (name: string) => repr(limits[name] as Value).replace(/^np\.\w+\((.*)\)$/, "$1");
    return `finfo(resolution=${text("resolution")}, min=${text("min")}, max=${text("max")}, dtype=${dtype})`;
  },
  str: machineParameters,
  getAttribute: ({ dtype }, name) =>
    name === "dtype" ? dtypeObject(dtype) : limitsOf(dtype)[name],
  attributeNames: ({ dtype }) => ["dtype", ...Object.keys(limitsOf(dtype))],
});

/** The table that `print(np.finfo(dtype))` shows. */
function machineParameters({ dtype }: TypeLimits): string {
  const limits = limitsOf(dtype);
  const rule = "-".repeat(63);
  const lines = [`Machine parameters for ${dtype}`, rule];
  if (!isFloating(dtype)) {
    lines.push(`min = ${String(limits.min)}`, `max = ${String(limits.max)}`);
  } else {
    const shown = (name: string) => scalarText(limits[name] as NumpyScalar);
    const whole = (name: string) => String(limits[name]);
    lines.push(
      `precision = ${whole("precision")}   resolution = ${shown("resolution")}`,
      `machep = ${whole("machep")}   eps =        ${shown("eps")}`,
      `negep =  ${whole("negep")}   epsneg =     ${shown("epsneg")}`,
      `minexp = ${whole("minexp")}   tiny =       ${shown("tiny")}`,
      `maxexp = ${whole("maxexp")}   max =        ${shown("max")}`,
      `nexp =   ${whole("nexp")}   min =        -max`,
      `smallest_normal = ${shown("smallest_normal")}   smallest_subnormal = ${shown("smallest_subnormal")}`,
    );
  }
  return [...lines, rule, ""].join("\n");
}

function dtypeOfArgument(value: Value): ArrayDType {
  return value instanceof NumpyScalar ? value.dtype : readDType(classOfNumber(value))!;
}

function classOfNumber(value: Value): Value {
  return typeof value === "number" || typeof value === "bigint" ? classOf(value) : value;
}

export const finfo = builtin("finfo(dtype)", ({ dtype }) => {
  const name = dtypeOfArgument(dtype!);
  if (isFloating(name)) return new TypeLimits(name);
  throw pythonError("ValueError", `data type ${repr(scalarClasses.get(name)!)} not inexact`);
});

export const iinfo = builtin("iinfo(int_type)", ({ int_type }) => {
  const name = dtypeOfArgument(int_type!);
  if (isIntegral(name)) return new TypeLimits(name);
  throw pythonError("ValueError", `Invalid integer data type '${kindOf(name)}'.`);
});
