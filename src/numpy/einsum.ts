/**
 * @file `np.einsum`: sums of products named by letters.
 */
import { EngineError } from "../engine/index.ts";
import { castKeepingOrder } from "./casting.ts";
import { isFloating, promote } from "./dtypes.ts";
import { tensordot } from "./linear.ts";
import { NDArray } from "./ndarray.ts";
import { sum } from "./reductions/sum.ts";
import { binary } from "./ufuncs/ufunc.ts";
import { transpose } from "./views.ts";

interface Term {
  readonly labels: readonly string[];
  readonly array: NDArray;
}

function fail(message: string): EngineError {
  return new EngineError("ValueError", message);
}

/** The letters of a term; `...` stands for capital Greek letters that no one writes. */
function labelsOf(text: string, rank: number): string[] {
  const [before, after] = text.includes("...") ? text.split("...") : [text, null];
  if (after === null) return [...before];
  const hidden = rank - before.length - after.length;
  return [
    ...before,
    ...Array.from({ length: hidden }, (_, i) => String.fromCharCode(0x391 + hidden - 1 - i)),
    ...after,
  ];
}

/** One axis per label: repeated labels take the diagonal. */
function diagonalTerm({ labels, array }: Term): Term {
  const distinct = [...new Set(labels)];
  if (distinct.length === labels.length) return { labels, array };
  const shape = distinct.map((label) => array.shape[labels.indexOf(label)]);
  const strides = distinct.map((label) =>
    labels.reduce(
      (total, other, axis) => (other === label ? total + array.strides[axis] : total),
      0,
    ),
  );
  return {
    labels: distinct,
    array: new NDArray(array.data, array.dtype, shape, strides, array.offset),
  };
}

/** Sums away the labels that nothing else needs. */
function reduceTerm({ labels, array }: Term, needed: ReadonlySet<string>): Term {
  const gone = labels.flatMap((label, axis) => (needed.has(label) ? [] : [axis]));
  if (gone.length === 0) return { labels, array };
  return {
    labels: labels.filter((label) => needed.has(label)),
    array: sum(array, { axis: gone, dtype: array.dtype }),
  };
}

/** The term with axes in the order of `labels`, of length 1 where it has none. */
function aligned({ labels, array }: Term, wanted: readonly string[]): NDArray {
  const shape = wanted.map((label) => array.shape[labels.indexOf(label)] ?? 1);
  const strides = wanted.map((label) => array.strides[labels.indexOf(label)] ?? 0);
  return new NDArray(array.data, array.dtype, shape, strides, array.offset);
}

function combine(left: Term, right: Term, needed: ReadonlySet<string>): Term {
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const batch = shared.some((label) => needed.has(label));
  if (!batch && shared.length > 0) {
    const labels = [...left.labels, ...right.labels].filter((label) => !shared.includes(label));
    const axes = (term: Term) => shared.map((label) => term.labels.indexOf(label));
    return { labels, array: tensordot(left.array, right.array, axes(left), axes(right)) };
  }
  const labels = [...new Set([...left.labels, ...right.labels])];
  const product = binary("multiply", aligned(left, labels), aligned(right, labels));
  return reduceTerm({ labels, array: product }, needed);
}

/** `np.einsum(subscripts, *operands)`. */
export function einsum(subscripts: string, operands: readonly NDArray[]): NDArray {
  const [inputs, given] = subscripts.replaceAll(" ", "").split("->");
  const texts = inputs.split(",");
  if (texts.length < operands.length) {
    throw fail(
      "more operands provided to einstein sum function than specified in the subscripts string",
    );
  }
  if (texts.length > operands.length) {
    throw fail(
      "fewer operands provided to einstein sum function than specified in the subscripts string",
    );
  }
  const sizes = new Map<string, number>();
  const written: string[] = [];
  const terms = texts.map((text, index): Term => {
    const array = operands[index];
    const labels = labelsOf(text, array.ndim);
    if (labels.length < array.ndim) {
      throw fail(
        `operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.`,
      );
    }
    if (labels.length > array.ndim) {
      throw fail(
        `einstein sum subscripts string contains too many subscripts for operand ${index}`,
      );
    }
    for (const [axis, label] of labels.entries()) {
      const size = sizes.get(label) ?? 1;
      if (size !== 1 && array.shape[axis] !== 1 && size !== array.shape[axis]) {
        throw fail(
          `operands could not be broadcast together with remapped shapes [original->remapped]: ${remapped(texts, operands, given)}`,
        );
      }
      sizes.set(label, Math.max(size, array.shape[axis]));
    }
    written.push(...labels);
    return diagonalTerm({ labels, array });
  });
  const output =
    given === undefined ? implicitOutput(written) : labelsOf(given, hiddenRank(terms, given));
  const dtype = operands.map((operand) => operand.dtype).reduce(promote);
  // float16 sums would overflow on the way.
  const wide = dtype === "float16" ? "float32" : dtype;
  let result: Term | undefined;
  for (const [index, term] of terms.entries()) {
    const later = terms.slice(index + 1).flatMap(({ labels }) => labels);
    const needed = new Set([...output, ...later]);
    const typed = isFloating(wide) ? { ...term, array: castKeepingOrder(term.array, wide) } : term;
    result = result ? combine(result, typed, needed) : reduceTerm(typed, needed);
  }
  const { labels, array } = result!;
  const ordered = transpose(
    array,
    output.map((label) => labels.indexOf(label)),
  );
  return ordered.dtype === dtype ? ordered : castKeepingOrder(ordered, dtype);
}

/** Each operand's shape, and that along the output's labels followed by those that are summed over. */
function remapped(
  texts: readonly string[],
  operands: readonly NDArray[],
  given: string | undefined,
): string {
  const terms = texts.map((text, index) => labelsOf(text, operands[index].ndim));
  const all = terms.flat();
  const output = given === undefined ? implicitOutput(all) : labelsOf(given, 0);
  const summed = [...new Set(all)].filter((label) => !output.includes(label)).sort();
  const wanted = [...output, ...summed.reverse()];
  const shapes = terms.map((labels, index) => {
    const { shape } = operands[index];
    const lengths = wanted.map((label) =>
      labels.includes(label) ? shape[labels.indexOf(label)] : "newaxis",
    );
    const first = lengths.findIndex((length) => length !== "newaxis");
    return `(${shape.join(",")})->(${lengths.slice(first).join(",")}) `;
  });
  return shapes.join("");
}

/** Without `->`: the labels that occur once, in alphabetical order, after those of `...`. */
function implicitOutput(all: readonly string[]): string[] {
  const hidden = [...new Set(all.filter((label) => label > "z"))].sort().reverse();
  const once = all.filter((label) => label <= "z" && all.indexOf(label) === all.lastIndexOf(label));
  return [...hidden, ...once.sort()];
}

function hiddenRank(terms: readonly Term[], output: string): number {
  const hidden = new Set(terms.flatMap(({ labels }) => labels.filter((label) => label > "z")));
  return output.replace("...", "").length + (output.includes("...") ? hidden.size : 0);
}
