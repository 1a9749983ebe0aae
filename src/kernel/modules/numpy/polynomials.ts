/**
 * @file Polynomials by their coefficients, the highest power first: `np.polyfit` and its kin, and
 * `np.poly1d`, which prints them on two lines.
 */
import {
  asarray,
  binary,
  cast,
  castKeepingOrder,
  commonType,
  concatenate,
  copy,
  eigenGeneral,
  expandDims,
  inverse,
  isFloating,
  matmul,
  NDArray,
  NumpyScalar,
  type Operand,
  ravel,
  reshape,
  scalarAt,
  sliceAxis,
  sum,
  transpose,
  unary,
  zeros,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound, builtin } from "../../functions.ts";
import { type PythonType, registerType, type Value } from "../../objects.ts";
import { formatValue, binary as operate, repr, toCount, toFloat } from "../../operations.ts";
import { registerArrayConversion, result, toArray, tryArrayLike } from "./conversions.ts";
import { solveLeastSquares } from "./linalg.ts";
import { compareSlot } from "./operators.ts";

/** `np.poly1d`. */
export class Polynomial {
  coefficients: NDArray;
  readonly variable: string;

  constructor(coefficients: NDArray, variable: string) {
    this.coefficients = coefficients;
    this.variable = variable;
  }

  get order(): number {
    return this.coefficients.size - 1;
  }
}

registerArrayConversion(Polynomial, ({ coefficients }) => coefficients);

function vector(value: Value): NDArray {
  const array = toArray(value);
  return array.ndim === 0 ? reshape(array, [1]) : array;
}

/** Without leading zeros; a lone zero stays. */
function trimmed(array: NDArray): NDArray {
  const flags = cast(array, "bool").data as Uint8Array;
  const first = flags.indexOf(1);
  if (first < 0) return asarray([0], array.dtype);
  return sliceAxis(array, 0, first, array.size - first);
}

function polynomial(coefficients: NDArray, variable = "x"): Polynomial {
  return new Polynomial(copy(trimmed(coefficients)), variable);
}

/** A result that is a polynomial where an operand was one. */
function like(array: NDArray, ...operands: readonly Value[]): Value {
  return operands.some((operand) => operand instanceof Polynomial) ? polynomial(array) : array;
}

/** Both with as many coefficients, zeros in front. */
function aligned(left: NDArray, right: NDArray): [NDArray, NDArray] {
  const size = Math.max(left.size, right.size);
  const widened = (array: NDArray) =>
    array.size === size ? array : concatenate([zeros([size - array.size], array.dtype), array], 0);
  return [widened(left), widened(right)];
}

function combined(name: "add" | "subtract", a1: Value, a2: Value): Value {
  const [left, right] = aligned(vector(a1), vector(a2));
  return like(binary(name, left, right), a1, a2);
}

function multiplied(left: NDArray, right: NDArray): NDArray {
  const [a, b] = [trimmed(left), trimmed(right)];
  const dtype = commonType([a, b]);
  let total = zeros([a.size + b.size - 1], dtype);
  for (let i = 0; i < a.size; i++) {
    const term = binary("multiply", sliceAxis(a, 0, i, 1), b);
    const parts = [zeros([i], dtype), term, zeros([a.size - 1 - i], dtype)];
    total = binary("add", total, concatenate(parts, 0));
  }
  return total;
}

/** Quotient and remainder of the division of polynomials. */
function divided(u: NDArray, v: NDArray): [NDArray, NDArray] {
  const [m, n] = [u.size - 1, v.size - 1];
  const remainder = binary("add", u, 0) as NDArray;
  const rest = copy(castKeepingOrder(remainder, commonType([remainder, v, 0])));
  const data = rest.data as Float64Array;
  const divisor = cast(v, "float64").data as Float64Array;
  const quotient = new Float64Array(Math.max(m - n + 1, 1));
  const scale = 1 / divisor[0]!;
  for (let k = 0; k <= m - n; k++) {
    const share = scale * data[k]!;
    quotient[k] = share;
    for (let j = 0; j <= n; j++) data[k + j]! -= share * divisor[j]!;
  }
  let first = 0;
  while (first < data.length - 1 && Math.abs(data[first]!) <= 1e-8) first++;
  return [
    new NDArray(quotient, "float64", [quotient.length], [1], 0),
    copy(sliceAxis(rest, 0, first, data.length - first)),
  ];
}

/** `np.polyval`: Horner's scheme. */
function evaluate(p: Value, x: Value): Value {
  const coefficients = vector(p);
  if (x instanceof Polynomial) {
    let total: NDArray = asarray([0], "int64");
    for (let i = 0; i < coefficients.size; i++) {
      const [a, b] = aligned(multiplied(total, x.coefficients), sliceAxis(coefficients, 0, i, 1));
      total = binary("add", a, b);
    }
    return polynomial(total);
  }
  const at: Operand = toArray(x);
  let total = zeros(at.shape, at.dtype);
  for (let i = 0; i < coefficients.size; i++) {
    total = binary(
      "add",
      binary("multiply", total, at),
      scalarAt(coefficients, coefficients.offset + i * coefficients.strides[0]!),
    );
  }
  return result(total);
}

function derivative(p: Value, m: number): Value {
  if (m < 0) {
    throw pythonError("ValueError", "Order of derivative must be positive (see polyint)");
  }
  let array = vector(p);
  for (let round = 0; round < m; round++) {
    const n = array.size - 1;
    const powers = asarray(
      Array.from({ length: Math.max(n, 0) }, (_, i) => BigInt(n - i)),
      "int64",
    );
    array = binary("multiply", sliceAxis(array, 0, 0, Math.max(n, 0)), powers);
  }
  return like(array, p);
}

function integral(p: Value, m: number, k: Value): Value {
  if (m < 0) throw pythonError("ValueError", "Order of integral must be positive (see polyder)");
  const given = k === null ? zeros([m]) : vector(k);
  if (given.size < m && !(given.size === 1 && m > 1)) {
    throw pythonError("ValueError", "k must be a scalar or a rank-1 array of length 1 or >m.");
  }
  const constants = given.size === 1 && m > 1 ? null : given;
  let array = vector(p);
  for (let round = 0; round < m; round++) {
    const n = array.size;
    const powers = asarray(
      Array.from({ length: n }, (_, i) => BigInt(n - i)),
      "int64",
    );
    const constant = sliceAxis(constants ?? given, 0, constants ? round : 0, 1);
    array = concatenate([binary("divide", array, powers), constant], 0);
  }
  return like(array, p);
}

/** `np.roots`: eigenvalues of the companion matrix, and a zero for each trailing zero. */
function roots(p: Value): NDArray {
  const given = vector(p);
  if (given.ndim !== 1) throw pythonError("ValueError", "Input must be a rank-1 array.");
  const flags = cast(given, "bool").data as Uint8Array;
  const [first, last] = [flags.indexOf(1), flags.lastIndexOf(1)];
  if (first < 0) return asarray([]);
  const trailing = given.size - 1 - last;
  const values = cast(sliceAxis(given, 0, first, last - first + 1), "float64").data as Float64Array;
  const n = values.length - 1;
  let found = asarray([]);
  if (n > 0) {
    const companion = zeros([n, n]);
    const data = companion.data as Float64Array;
    for (let j = 0; j < n; j++) data[j] = -values[j + 1]! / values[0]!;
    for (let i = 1; i < n; i++) data[i * n + i - 1] = 1;
    [found] = eigenGeneral(companion);
  }
  return concatenate([found, zeros([trailing])], 0);
}

/** The polynomial with given roots, or the characteristic one of a square matrix. */
function fromRoots(sequence: Value): Value {
  const given = vector(sequence);
  const square = given.ndim === 2 && given.shape[0] === given.shape[1] && given.shape[0]! > 0;
  if (!square && given.ndim !== 1) {
    throw pythonError("ValueError", "input must be 1d or non-empty square 2d array.");
  }
  const zerosAt = square ? eigenGeneral(given)[0] : given;
  if (zerosAt.size === 0) return 1;
  const dtype = isFloating(zerosAt.dtype) ? zerosAt.dtype : "float64";
  let array = asarray([1], dtype);
  const numbers = cast(zerosAt, "float64").data as Float64Array;
  for (const root of numbers) array = multipliedWhole(array, asarray([1, -root], dtype));
  return array;
}

/** A product that keeps its leading coefficients, zero or not. */
function multipliedWhole(a: NDArray, b: NDArray): NDArray {
  const [x, y] = [a, b].map((array) => cast(array, "float64").data as Float64Array);
  const data = new Float64Array(x!.length + y!.length - 1);
  for (let i = 0; i < x!.length; i++) {
    for (let j = 0; j < y!.length; j++) data[i + j]! += x![i]! * y![j]!;
  }
  return cast(new NDArray(data, "float64", [data.length], [1], 0), a.dtype);
}

function fit({ x, y, deg, rcond, full, w, cov }: Bound): Value {
  const degree = toCount(deg!);
  const floats = (value: Value) => {
    const array = toArray(value);
    return isFloating(array.dtype) ? array : cast(array, "float64");
  };
  const refuse = (message: string) => pythonError("TypeError", message);
  const [points, values] = [floats(x!), floats(y!)];
  if (degree < 0) throw pythonError("ValueError", "expected deg >= 0");
  if (points.ndim !== 1) throw refuse("expected 1D vector for x");
  if (points.size === 0) throw refuse("expected non-empty vector for x");
  if (values.ndim < 1 || values.ndim > 2) throw refuse("expected 1D or 2D array for y");
  if (points.shape[0] !== values.shape[0]) throw refuse("expected x and y to have same length");
  const order = degree + 1;
  const share =
    rcond === null
      ? points.size * (points.dtype === "float32" ? 2 ** -23 : 2 ** -52)
      : toFloat(rcond!);
  const column = reshape(points, [-1, 1]);
  const ones = binary("add", binary("multiply", column, 0), 1);
  const powers = [ones];
  for (let i = 1; i < order; i++) powers.unshift(binary("multiply", powers[0]!, column));
  let left = concatenate(powers, 1);
  let right = values.ndim === 1 ? expandDims(values, [1]) : values;
  if (w !== null) {
    const weights = floats(w!);
    if (weights.ndim !== 1) throw refuse("expected a 1-d array for weights");
    if (weights.shape[0] !== values.shape[0]) {
      throw refuse("expected w and y to have the same length");
    }
    const factors = reshape(weights, [-1, 1]);
    left = binary("multiply", left, factors);
    right = binary("multiply", right, factors);
  }
  const scale = unary("sqrt", sum(binary("multiply", left, left), { axis: 0 }));
  left = binary("divide", left, scale);
  const { x: solution, rank, values: singular } = solveLeastSquares(left, right, share);
  const scaled = binary("divide", solution, reshape(scale, [-1, 1]));
  const coefficients = values.ndim === 1 ? reshape(scaled, [order]) : scaled;
  const rest = binary("subtract", right, matmul(left, solution));
  const residuals =
    rank === order && points.size > order
      ? sum(binary("multiply", rest, rest), { axis: 0 })
      : asarray([]);
  if (full === true) {
    return new PyTuple([
      coefficients,
      residuals,
      new NumpyScalar("int32", BigInt(rank)),
      singular,
      result(asarray(share)),
    ]);
  }
  if (cov === false) return coefficients;
  let base = inverse(matmul(transpose(left), left));
  base = binary(
    "divide",
    base,
    binary("multiply", reshape(scale, [-1, 1]), reshape(scale, [1, -1])),
  );
  if (cov === "unscaled") return new PyTuple([coefficients, base]);
  if (points.size <= order) {
    throw pythonError(
      "ValueError",
      "the number of data points must exceed order to scale the covariance matrix",
    );
  }
  const factor = binary("divide", residuals, BigInt(points.size - order));
  const shaped = values.ndim === 1 ? base : expandDims(base, [2]);
  return new PyTuple([coefficients, binary("multiply", shaped, factor)]);
}

/** Powers above, coefficients below, wrapped at 70 columns. */
function raisedPowers(text: string): string {
  let [above, below, output, at] = ["", "", " ", 0];
  for (const match of text.matchAll(/\*\*([0-9]*)/g)) {
    const power = match[1]!;
    const part = text.slice(at, match.index);
    at = match.index + match[0].length;
    const second = part + " ".repeat(power.length - 1);
    const first = " ".repeat(part.length - 1) + power;
    if (below.length + second.length > 70 || above.length + first.length > 70) {
      output += `${above}\n${below}\n `;
      [above, below] = [first, second];
    } else {
      below += second;
      above += first;
    }
  }
  return `${output}${above}\n${below}${text.slice(at)}`;
}

function polynomialText({ coefficients, variable }: Polynomial): string {
  const numbers = cast(trimmed(coefficients), "float64").data as Float64Array;
  let text = "0";
  for (const [k, number] of numbers.entries()) {
    const shown = formatValue(number, ".4g");
    const power = numbers.length - 1 - k;
    let term = "";
    if (power === 0) term = shown === "0" && k > 0 ? "" : shown;
    else if (shown !== "0")
      term = power === 1 ? `${shown} ${variable}` : `${shown} ${variable}**${power}`;
    if (k === 0) text = term;
    else if (term !== "") text += term.startsWith("-") ? ` - ${term.slice(1)}` : ` + ${term}`;
  }
  return raisedPowers(text);
}

function power(base: Polynomial, exponent: Value): Value {
  const times = Number(exponent);
  if (!(times >= 0 && Number.isInteger(times))) {
    throw pythonError("ValueError", "Power to non-negative integers only.");
  }
  let total = asarray([1], "int64");
  for (let i = 0; i < times; i++) total = multiplied(base.coefficients, total);
  return polynomial(total);
}

const make = builtin("poly1d(c_or_r, r=False, variable=None)", ({ c_or_r, r, variable }) => {
  const name = variable === null ? "x" : String(variable);
  if (c_or_r instanceof Polynomial) {
    return new Polynomial(c_or_r.coefficients, variable === null ? c_or_r.variable : name);
  }
  const given = r === true ? toArray(fromRoots(c_or_r!)) : vector(c_or_r!);
  if (given.ndim > 1) throw pythonError("ValueError", "Polynomial must be 1d only.");
  return polynomial(given, name);
});

const polynomialClass: PyClass = new PyClass("poly1d", {
  module: "numpy",
  construct: (args) => make.call(args),
  instances: () => polynomialType as PythonType,
});

const polynomialType: PythonType<Polynomial> = {
  name: "poly1d",
  module: "numpy",
  classOf: () => polynomialClass,
  repr: ({ coefficients }) => `poly1d${repr(coefficients).slice("array".length)}`,
  str: polynomialText,
  call: (self, { positional }) => evaluate(self, positional[0] ?? 0n),
  length: ({ order }) => order,
  *iterate({ coefficients }) {
    for (let i = 0; i < coefficients.size; i++) yield scalarAt(coefficients, i);
  },
  getItem({ coefficients, order }, index) {
    const power = toCount(index);
    if (power > order || power < 0) return result(asarray(0, coefficients.dtype));
    return scalarAt(coefficients, order - power);
  },
  setItem(self, index, item) {
    const power = toCount(index);
    if (power < 0) throw pythonError("ValueError", "Does not support negative powers.");
    const missing = Math.max(power - self.order, 0);
    const { dtype } = self.coefficients;
    const widened = copy(concatenate([zeros([missing], dtype), self.coefficients], 0));
    widened.data[widened.size - 1 - power] = toArray(item, dtype).data[0] as number;
    self.coefficients = widened;
  },
  unary: (operator, { coefficients }) =>
    operator === "-" ? polynomial(unary("negative", coefficients)) : undefined,
  binary(operator, left, right) {
    const [a, b] = [left, right].map((value) =>
      value instanceof Polynomial || tryArrayLike(value) !== undefined ? value : undefined,
    );
    if (a === undefined || b === undefined) return undefined;
    switch (operator) {
      case "+":
        return combined("add", a, b);
      case "-":
        return combined("subtract", a, b);
      case "*":
        return polynomial(multiplied(vector(a), vector(b)));
      case "/": {
        if (!(b instanceof Polynomial)) {
          return polynomial(toArray(operate("/", vector(a), b)));
        }
        return new PyTuple(divided(vector(a), b.coefficients).map((part) => polynomial(part)));
      }
      case "**":
        return a instanceof Polynomial ? power(a, b) : undefined;
      default:
        return undefined;
    }
  },
  compare(operator, left, right) {
    if (operator !== "==" && operator !== "!=") return undefined;
    if (!(left instanceof Polynomial && right instanceof Polynomial)) return undefined;
    if (left.order !== right.order) return operator === "!=";
    const same = compareSlot("==", left.coefficients, right.coefficients);
    const all = !(copy(toArray(same!)).data as Uint8Array).includes(0);
    return new NumpyScalar("bool", all === (operator === "=="));
  },
  ...attributes<Polynomial>({
    properties: {
      ...Object.fromEntries(
        ["c", "coef", "coeffs", "coefficients"].map((name) => [
          name,
          (self: Polynomial) => self.coefficients,
        ]),
      ),
      r: (self) => roots(self),
      roots: (self) => roots(self),
      o: ({ order }) => BigInt(order),
      order: ({ order }) => BigInt(order),
      variable: ({ variable }) => variable,
    },
    methods: {
      "deriv(m=1)": (self, { m }) => derivative(self, toCount(m!)),
      "integ(m=1, k=0)": (self, { m, k }) => integral(self, toCount(m!), k!),
    },
  }),
};

registerType(Polynomial, polynomialType);

/** Every such function by its name in `numpy`. */
export function polynomialMembers(): Record<string, Value> {
  const functions = [
    builtin("polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False)", fit),
    builtin("polyval(p, x)", ({ p, x }) => evaluate(p!, x!)),
    builtin("polyadd(a1, a2)", ({ a1, a2 }) => combined("add", a1!, a2!)),
    builtin("polysub(a1, a2)", ({ a1, a2 }) => combined("subtract", a1!, a2!)),
    builtin("polymul(a1, a2)", ({ a1, a2 }) =>
      like(multiplied(vector(a1!), vector(a2!)), a1!, a2!),
    ),
    builtin("polydiv(u, v)", ({ u, v }) => {
      const parts = divided(ravel(vector(u!)), ravel(vector(v!)));
      return new PyTuple(parts.map((part) => like(part, u!, v!)));
    }),
    builtin("polyder(p, m=1)", ({ p, m }) => derivative(p!, toCount(m!))),
    builtin("polyint(p, m=1, k=None)", ({ p, m, k }) => integral(p!, toCount(m!), k!)),
    builtin("poly(seq_of_zeros)", ({ seq_of_zeros }) => fromRoots(seq_of_zeros!)),
    builtin("roots(p)", ({ p }) => roots(p!)),
  ];
  return {
    ...Object.fromEntries(functions.map((entry) => [entry.name, entry])),
    poly1d: polynomialClass,
  };
}
