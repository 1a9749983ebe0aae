/**
 * @file Arrays as sets: distinct elements, membership, intersections and differences.
 */
import {
  asarray,
  cast,
  castKeepingOrder,
  commonType,
  concatenate,
  copy,
  isIntegral,
  moveAxis,
  type NDArray,
  normalizeAxis,
  ravel,
  reshape,
  take,
  unique,
} from "../../../numpy/index.ts";
import { PyTuple } from "../../containers.ts";
import { type Bound, type Builtin, builtin } from "../../functions.ts";
import { checkSometimes } from "../../interrupts.ts";
import type { Value } from "../../objects.ts";
import { toCount, truth } from "../../operations.ts";
import { result, toArray } from "./conversions.ts";
import { NamedTuple } from "./namedTuple.ts";

/** `np.unique` along an axis: slices in the order of their elements, each once. */
function uniqueSlices(bound: Bound): Value {
  const given = toArray(bound.ar!);
  const axis = normalizeAxis(toCount(bound.axis!), given.ndim);
  const rows = copy(moveAxis(given, [axis], [0]));
  const [count] = rows.shape;
  const width = count === 0 ? 0 : rows.size / count!;
  const data = copy(rows.dtype === "float16" ? cast(rows, "float32") : rows).data;
  const compare = (a: number, b: number): number => {
    checkSometimes();
    for (let i = 0; i < width; i++) {
      const [left, right] = [data[a * width + i]!, data[b * width + i]!];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
  const sorted = Array.from({ length: count! }, (_, row) => row).sort(
    (a, b) => compare(a, b) || a - b,
  );
  const firsts: bigint[] = [];
  const counts: bigint[] = [];
  const inverse = new Array<bigint>(sorted.length);
  for (const [place, row] of sorted.entries()) {
    if (place === 0 || compare(sorted[place - 1]!, row) !== 0) {
      firsts.push(BigInt(row));
      counts.push(0n);
    }
    counts[counts.length - 1]! += 1n;
    inverse[row] = BigInt(counts.length - 1);
  }
  const integers = (values: bigint[]) => asarray(values, "int64");
  const kept = take(rows, firsts.map(Number), 0);
  const parts: Value[] = [moveAxis(kept, [0], [axis])];
  if (truth(bound.return_index!)) parts.push(integers(firsts));
  if (truth(bound.return_inverse!)) parts.push(integers(inverse));
  if (truth(bound.return_counts!)) parts.push(integers(counts));
  return parts.length === 1 ? parts[0]! : new PyTuple(parts);
}

function uniqueValues(bound: Bound): Value {
  if (bound.axis !== null) return uniqueSlices(bound);
  const found = unique(toArray(bound.ar!));
  const parts: Value[] = [found.values];
  if (truth(bound.return_index!)) parts.push(found.index);
  if (truth(bound.return_inverse!)) parts.push(found.inverse);
  if (truth(bound.return_counts!)) parts.push(found.counts);
  return parts.length === 1 ? found.values : new PyTuple(parts);
}

/** Two arrays' elements in a common type that tells all of them apart. */
function comparable(left: NDArray, right: NDArray): [ArrayLike<unknown>, ArrayLike<unknown>] {
  const both = isIntegral(left.dtype) && isIntegral(right.dtype);
  const common = both ? commonType([left, right]) : "float64";
  const dtype = both && !common.startsWith("float") ? "int64" : "float64";
  const wide = common === "uint64" ? "uint64" : dtype;
  return [copy(cast(left, wide)).data, copy(cast(right, wide)).data];
}

function members(left: NDArray, right: NDArray): boolean[] {
  const [elements, others] = comparable(left, right);
  const known = new Set<unknown>();
  for (let i = 0; i < others.length; i++) {
    checkSometimes();
    known.add(others[i]);
  }
  // NaN is no member of anything.
  return Array.from(elements, (element) => {
    checkSometimes();
    return !Number.isNaN(element) && known.has(element);
  });
}

/** `np.isin`: which elements are among the others. */
function isIn({ element, test_elements, invert }: Bound): Value {
  const elements = toArray(element!);
  const inside = members(elements, toArray(test_elements!));
  const found = asarray(truth(invert!) ? inside.map((is) => !is) : inside, "bool");
  return result(reshape(found, elements.shape));
}

function keep(values: NDArray, kept: (i: number) => boolean): NDArray {
  const places = Array.from({ length: values.size }, (_, i) => i).filter((i) => {
    checkSometimes();
    return kept(i);
  });
  return take(values, places, 0);
}

/** Both arrays' elements in one, in their common type, sorted and each once. */
function union(left: NDArray, right: NDArray): NDArray {
  return unique(concatenate([ravel(left), ravel(right)], 0)).values;
}

function intersection({ ar1, ar2, return_indices }: Bound): Value {
  const [left, right] = [unique(ravel(toArray(ar1!))), unique(ravel(toArray(ar2!)))];
  const inside = members(left.values, right.values);
  const dtype = commonType([left.values, right.values]);
  const common = castKeepingOrder(
    keep(left.values, (i) => inside[i]!),
    dtype,
  );
  if (!truth(return_indices!)) return common;
  const also = members(right.values, left.values);
  return new PyTuple([
    common,
    keep(left.index, (i) => inside[i]!),
    keep(right.index, (i) => also[i]!),
  ]);
}

function difference({ ar1, ar2, assume_unique }: Bound): Value {
  const given = ravel(toArray(ar1!));
  const left = truth(assume_unique!) ? given : unique(given).values;
  const inside = members(left, toArray(ar2!));
  return keep(left, (i) => !inside[i]);
}

function symmetricDifference({ ar1, ar2 }: Bound): Value {
  const [left, right] = [toArray(ar1!), toArray(ar2!)];
  const all = union(left, right);
  const [first, second] = [members(all, left), members(all, right)];
  return keep(all, (i) => first[i] !== second[i]);
}

/** `np.unique_values` and its kin, which name what they give. */
function named(name: string, type: string, parts: readonly (keyof typeof partNames)[]): Builtin {
  return builtin(`${name}(x)`, ({ x }) => {
    const found = unique(toArray(x!));
    const fields = parts.map((part) => [partNames[part], found[part]] as const);
    return new NamedTuple(type, Object.fromEntries(fields));
  });
}

const partNames = {
  values: "values",
  index: "indices",
  inverse: "inverse_indices",
  counts: "counts",
} as const;

/** Every such function by its name in `numpy`. */
export function setMembers(): Record<string, Value> {
  const functions = [
    builtin(
      "unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True)",
      uniqueValues,
    ),
    builtin("isin(element, test_elements, assume_unique=False, invert=False, *, kind=None)", isIn),
    builtin("intersect1d(ar1, ar2, assume_unique=False, return_indices=False)", intersection),
    builtin("union1d(ar1, ar2)", ({ ar1, ar2 }) => union(toArray(ar1!), toArray(ar2!))),
    builtin("setdiff1d(ar1, ar2, assume_unique=False)", difference),
    builtin("setxor1d(ar1, ar2, assume_unique=False)", symmetricDifference),
    builtin("unique_values(x)", ({ x }) => unique(toArray(x!)).values),
    named("unique_all", "UniqueAllResult", ["values", "index", "inverse", "counts"]),
    named("unique_counts", "UniqueCountsResult", ["values", "counts"]),
    named("unique_inverse", "UniqueInverseResult", ["values", "inverse"]),
  ];
  return Object.fromEntries(functions.map((entry) => [entry.name, entry]));
}
