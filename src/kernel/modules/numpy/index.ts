/**
 * @file `numpy`: what cells import as `np`.
 */
import {
  ArrayMemoryError,
  AxisError,
  canCastSafely,
  canCastSameKind,
  commonType,
  FloatingPointFault,
  integerRange,
  isFloating,
  LinAlgError,
  NDArray,
  NumpyScalar,
  promote,
  UFuncTypeError,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { exceptionClasses, PyException, pythonError, registerErrorClass } from "../../errors.ts";
import { type Bound, builtin, PythonModule } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { typeOf } from "../../operations.ts";
import type { Session } from "../../session.ts";
import { ndarrayClass } from "./arrayType.ts";
import { calculusMembers } from "./calculus.ts";
import { toArray, toOperand } from "./conversions.ts";
import { creationMembers } from "./creation.ts";
import {
  abstractClasses,
  DTypeObject,
  dtypeClass,
  dtypeObject,
  finfo,
  iinfo,
  readDType,
  scalarClasses,
} from "./dtypes.ts";
import { editingMembers } from "./editing.ts";
import { functionalMembers } from "./functionals.ts";
import { indexArrayMembers } from "./indexArrays.ts";
import { iterationMembers } from "./iteration.ts";
import { linalgModule } from "./linalg.ts";
import { manipulationMembers } from "./manipulation.ts";
import { mathematicsMembers } from "./mathematics.ts";
import { paddingMembers } from "./padding.ts";
import { polynomialMembers } from "./polynomials.ts";
import { printingMembers } from "./printing.ts";
import { createRandomModule } from "./random.ts";
import { realPartMembers } from "./realParts.ts";
import { reductionMembers } from "./reductions.ts";
import { isScalar } from "./scalarType.ts";
import { selectionMembers } from "./selections.ts";
import { setMembers } from "./sets.ts";
import { takingMembers } from "./taking.ts";
import { testingModule } from "./testing.ts";
import { ufuncMembers } from "./ufuncs.ts";
import { unsupportedMembers } from "./unsupported.ts";
import { warningMembers } from "./warnings.ts";
import { windowMembers } from "./windows.ts";

function errorClass(name: string, module: string, ...bases: PyClass[]): PyClass {
  const type: PyClass = new PyClass(name, {
    module,
    bases,
    construct: ({ positional }) => new PyException(type, positional),
  });
  return type;
}

const { IndexError, ValueError, MemoryError, FloatingPointError } = exceptionClasses;
const { TypeError: PythonTypeError } = exceptionClasses;
const axisError = errorClass("AxisError", "numpy.exceptions", ValueError, IndexError);
const linAlgError = errorClass("LinAlgError", "numpy.linalg", ValueError);
const castingError = errorClass("UFuncTypeError", "numpy._core._exceptions", PythonTypeError);
const arrayMemoryError = errorClass("_ArrayMemoryError", "numpy._core._exceptions", MemoryError);
registerErrorClass(ArrayMemoryError, arrayMemoryError);
registerErrorClass(AxisError, axisError);
registerErrorClass(LinAlgError, linAlgError);
registerErrorClass(UFuncTypeError, castingError);
registerErrorClass(FloatingPointFault, FloatingPointError);

/** A type where one is named, else the type of the value. */
function typeArgument(value: Value): NDArray["dtype"] {
  if (value instanceof DTypeObject || value instanceof PyClass || typeof value === "string") {
    return readDType(value)!;
  }
  return commonType([toOperand(value)]);
}

/** The smallest type that holds a number; an array's own type. */
function leastType(value: Value): NDArray["dtype"] {
  const array = toArray(value);
  if (array.ndim > 0 || array.dtype === "bool") return array.dtype;
  const [element] = toArray(array, isFloating(array.dtype) ? "float64" : array.dtype).data;
  if (isFloating(array.dtype)) {
    const size = Math.abs(Number(element));
    if (!Number.isFinite(size) || size < 65000) return "float16";
    return size < 3.4e38 ? "float32" : "float64";
  }
  const number = BigInt(element!);
  const kind = number < 0n ? "int" : "uint";
  const found = ([8, 16, 32, 64] as const).find((bits) => {
    const [least, most] = integerRange(`${kind}${bits}`);
    return number >= least && number <= most;
  });
  return `${kind}${found!}`;
}

/** `np.result_type`: Python's numbers count by kind alone. */
function resultTypeOf({ arrays_and_dtypes }: Bound): Value {
  const values = arrays_and_dtypes as Value[];
  const types = values.filter(
    (value) =>
      value instanceof DTypeObject || value instanceof PyClass || typeof value === "string",
  );
  const operands = values
    .filter((value) => !(types as Value[]).includes(value))
    .map((value) => toOperand(value));
  const named = types.map((type) => new NDArray(new Uint8Array(1), readDType(type)!, [], [], 0));
  return dtypeObject(commonType([...named, ...operands]));
}

function canCast({ from_, to, casting }: Bound): Value {
  if (typeof from_ === "number" || typeof from_ === "bigint") {
    throw pythonError(
      "TypeError",
      "can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\nThis change was part of adopting NEP 50, we may explicitly allow them again in the future.",
    );
  }
  const [from, target] = [typeArgument(from_!), readDType(to)!];
  if (casting === "unsafe") return true;
  if (casting === "no" || casting === "equiv") return from === target;
  return casting === "same_kind" ? canCastSameKind(from, target) : canCastSafely(from, target);
}

function typeMembers(): Record<string, Value> {
  const members: Record<string, Value> = { ...abstractClasses, dtype: dtypeClass, finfo, iinfo };
  for (const [name, type] of scalarClasses) members[name] = type;
  const aliases = {
    bool_: "bool",
    int_: "int64",
    intp: "int64",
    long: "int64",
    longlong: "int64",
    uint: "uint64",
    uintp: "uint64",
    ulong: "uint64",
    intc: "int32",
    uintc: "uint32",
    short: "int16",
    ushort: "uint16",
    byte: "int8",
    ubyte: "uint8",
    half: "float16",
    single: "float32",
    double: "float64",
  } as const;
  for (const [alias, name] of Object.entries(aliases)) members[alias] = scalarClasses.get(name)!;
  return members;
}

const constants: Record<string, Value> = {
  pi: Math.PI,
  e: Math.E,
  euler_gamma: 0.5772156649015329,
  inf: Number.POSITIVE_INFINITY,
  nan: Number.NaN,
  newaxis: null,
  True_: new NumpyScalar("bool", true),
  False_: new NumpyScalar("bool", false),
  little_endian: true,
  __version__: "2.4.6",
};

function otherFunctions(): Record<string, Value> {
  const functions = [
    builtin("result_type(*arrays_and_dtypes)", resultTypeOf),
    builtin("promote_types(type1, type2)", ({ type1, type2 }) =>
      dtypeObject(promote(readDType(type1)!, readDType(type2)!)),
    ),
    builtin("can_cast(from_, to, casting='safe')", canCast),
    builtin("min_scalar_type(a)", ({ a }) => dtypeObject(leastType(a!))),
    builtin("isscalar(element)", ({ element }) => isScalar(element!)),
    builtin("iterable(y)", ({ y }) => {
      if (y instanceof NDArray) return y.ndim > 0;
      return typeOf(y!).iterate !== undefined;
    }),
    builtin("issubdtype(arg1, arg2)", ({ arg1, arg2 }) => {
      const left = arg1 instanceof PyClass ? arg1 : scalarClasses.get(typeArgument(arg1!))!;
      const named = arg2 instanceof PyClass && arg2.module === "numpy";
      const right = named ? (arg2 as PyClass) : scalarClasses.get(typeArgument(arg2!))!;
      return classOfType(left).isSubclassOf(right);
    }),
  ];
  return Object.fromEntries(functions.map((entry) => [entry.name, entry]));
}

/** The scalar class behind Python's `float`, `int` and `bool`. */
function classOfType(type: PyClass): PyClass {
  return type.module === "numpy" ? type : scalarClasses.get(readDType(type)!)!;
}

/** `import numpy`. */
export function numpyModule(session: Session): PythonModule {
  const mathematics = mathematicsMembers();
  const linalg = linalgModule({ ...mathematics, ...selectionMembers() });
  linalg.members.set("LinAlgError", linAlgError);
  const members = {
    ...constants,
    ...typeMembers(),
    ndarray: ndarrayClass,
    ...creationMembers(),
    ...ufuncMembers(),
    ...reductionMembers(),
    ...manipulationMembers(),
    ...functionalMembers(),
    ...selectionMembers(),
    ...takingMembers(),
    ...editingMembers(),
    ...calculusMembers(),
    ...paddingMembers(),
    ...realPartMembers(),
    ...windowMembers(),
    ...iterationMembers(),
    ...indexArrayMembers(),
    ...setMembers(),
    ...polynomialMembers(),
    ...mathematics,
    linalg,
    ...printingMembers(),
    ...warningMembers(session),
    ...otherFunctions(),
    random: createRandomModule(),
    testing: testingModule(),
    exceptions: new PythonModule("numpy.exceptions", { AxisError: axisError }),
  };
  return new PythonModule("numpy", members, unsupportedMembers);
}

/** A submodule, which `import numpy.name` reaches through its parent. */
export function numpySubmodule(name: string): (session: Session) => PythonModule {
  return (session) => session.importModule("numpy").members.get(name) as PythonModule;
}
