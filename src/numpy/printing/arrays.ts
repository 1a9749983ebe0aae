/**
 * @file Arrays as text: `str`, `repr` and `np.array2string`, laid out as
 * numpy/_core/arrayprint.py lays them out.
 */
import { pollHost } from "../../engine/index.ts";
import { decodeElement } from "../casting.ts";
import { scalarAt } from "../creation.ts";
import { isFloating } from "../dtypes.ts";
import { roundToHalf } from "../half.ts";
import { shapeText } from "../layout.ts";
import type { ArrayDType, NDArray } from "../ndarray.ts";
import { type FloatLayout, nonFinite, positional, scalarText, scientific } from "./floats.ts";
import { type ElementFormatter, type PrintOptions, printOptions } from "./options.ts";

/** Elements that are written as text between two polls. */
const polledTexts = 4096;

/** Formats the element at a position of the array's data. */
type Format = (position: number) => string;

/** What `np.array2string` takes besides options. */
export interface TextOptions {
  readonly separator?: string;
  /** What stands before and after the text, so that lines align and wrap. */
  readonly prefix?: string;
  readonly suffix?: string;
}

/** Positions of the elements that will be shown. */
function shownPositions(array: NDArray, edge: number | null): number[] {
  let positions = [array.offset];
  for (let axis = 0; axis < array.ndim; axis++) {
    const length = array.shape[axis];
    const indices: number[] = [];
    for (let i = 0; i < length; i++) {
      if (edge !== null && length > 2 * edge && i === edge) i = length - edge;
      if (i < length) indices.push(i);
    }
    const stride = array.strides[axis];
    positions = positions.flatMap((at) => mapPolled(indices, (index) => at + index * stride));
  }
  return positions;
}

function formatterFor(dtype: ArrayDType, options: PrintOptions): ElementFormatter | undefined {
  const { formatter } = options;
  if (!formatter) return undefined;
  const kinds = isFloating(dtype)
    ? ["float", "float_kind", "all"]
    : dtype === "bool"
      ? ["bool", "all"]
      : ["int", "int_kind", "all"];
  for (const kind of kinds) {
    const found = formatter.get(kind);
    if (found) return found;
  }
  return undefined;
}

function formatFor(array: NDArray, positions: readonly number[], options: PrintOptions): Format {
  const { data, dtype } = array;
  const custom = formatterFor(dtype, options);
  if (custom) return (position) => custom(scalarAt(array, position));
  if (dtype === "bool") {
    // A blank keeps True under False.
    const yes = array.ndim === 0 ? "True" : " True";
    return (position) => (data[position] ? yes : "False");
  }
  const numbers = mapPolled(positions, (position) => decodeElement(data, dtype, position));
  if (!isFloating(dtype)) return integerFormat(array, numbers, options);
  const format = floatFormat(numbers as number[], dtype, options);
  return (position) => format(decodeElement(data, dtype, position) as number);
}

function integerFormat(
  array: NDArray,
  numbers: readonly (number | bigint)[],
  options: PrintOptions,
): Format {
  const { sign } = options;
  const negative = numbers.some((value) => value < 0);
  const signed = (value: number | bigint) => {
    if (sign === "+" && value >= 0) return `+${value}`;
    return sign === " " && !negative && value >= 0 ? ` ${value}` : String(value);
  };
  const width = longestParts(numbers, (value) => [signed(value)])[0];
  const { data, dtype } = array;
  return (position) => signed(decodeElement(data, dtype, position)).padStart(width);
}

/** Digits that the type always holds, as `np.finfo(dtype).precision` counts them. */
const decimalPrecision: Partial<Record<ArrayDType, number>> = { float16: 3, float32: 6 };

function usesExponents(finite: readonly number[], dtype: ArrayDType, suppress: boolean): boolean {
  let least = Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (const value of finite) {
    if (value === 0) continue;
    least = Math.min(least, Math.abs(value));
    greatest = Math.max(greatest, Math.abs(value));
  }
  if (greatest === 0) return false;
  const limit = 10 ** Math.min(8, decimalPrecision[dtype] ?? 15);
  if (greatest >= limit) return true;
  if (suppress) return false;
  // The ratio is taken in the array's own type, and so is the bound.
  const own = (value: number) =>
    dtype === "float64" ? value : dtype === "float32" ? Math.fround(value) : roundToHalf(value);
  return least < own(0.0001) || own(greatest / least) > 1000;
}

/** One format for all elements, wide enough for each, as `FloatingFormat` finds it. */
export function floatFormat(
  numbers: readonly number[],
  dtype: ArrayDType,
  options: PrintOptions,
): (value: number) => string {
  const finite = numbers.filter(Number.isFinite);
  const { floatmode } = options;
  const plus = options.sign === "+";
  const precision = floatmode === "unique" ? undefined : (options.precision ?? undefined);
  let padLeft = 0;
  let padRight = 0;
  let write: typeof positional = positional;
  let layout: FloatLayout = { trim: "." };
  if (finite.length > 0) {
    const fixed = floatmode === "fixed";
    const exponents = usesExponents(finite, dtype, options.suppress);
    const unique = !fixed;
    const first: FloatLayout = { precision, unique, trim: fixed ? "k" : ".", sign: plus };
    if (exponents) {
      write = scientific;
      const [before, digits, power] = longestParts(finite, (value) =>
        scientific(value, dtype, first).split(/[.e]/),
      );
      const exponentDigits = power - 1;
      padLeft = before;
      padRight = exponentDigits + 2 + digits;
      layout = {
        precision: digits,
        minDigits: digits,
        unique,
        trim: "k",
        sign: plus,
        exponentDigits,
      };
    } else {
      [padLeft, padRight] = longestParts(finite, (value) =>
        positional(value, dtype, first).split("."),
      );
      layout =
        floatmode === "fixed" || floatmode === "maxprec_equal"
          ? { precision: padRight, minDigits: padRight, unique, trim: "k", sign: plus, padRight }
          : { precision, unique, trim: ".", sign: plus, padRight };
    }
    const negative = finite.some((value) => value < 0 || Object.is(value, -0));
    if (options.sign === " " && !negative) padLeft++;
  }
  const { nanstr, infstr } = options;
  if (finite.length < numbers.length) {
    const negative = options.sign !== "-" || numbers.includes(Number.NEGATIVE_INFINITY);
    const taken = padRight + 1;
    padLeft = Math.max(padLeft, nanstr.length - taken, infstr.length + Number(negative) - taken);
  }
  const complete: FloatLayout = { ...layout, padLeft };
  return (value) => {
    if (Number.isFinite(value)) return write(value, dtype, complete);
    const text = nonFinite(value).replace("nan", nanstr).replace("inf", infstr);
    return (plus && !(value < 0) ? `+${text}` : text).padStart(padLeft + padRight + 1);
  };
}

/** `items.map(convert)`, between whose pieces the host has its turn. */
function mapPolled<T, U>(items: readonly T[], convert: (item: T) => U): U[] {
  return items.map((item, index) => {
    if (index % polledTexts === 0) pollHost();
    return convert(item);
  });
}

/** The greatest length of each part of all texts. */
function longestParts<T>(items: readonly T[], partsOf: (item: T) => readonly string[]): number[] {
  const most = [0, 0, 0];
  for (const [index, item] of items.entries()) {
    if (index % polledTexts === 0) pollHost();
    for (const [place, part] of partsOf(item).entries()) {
      most[place] = Math.max(most[place], part.length);
    }
  }
  return most;
}

/** Elements laid out in brackets and lines. */
class Layout {
  readonly #array: NDArray;
  readonly #format: Format;
  readonly #separator: string;
  /** Elements at either end of a summarised axis; null shows all. */
  readonly #edge: number | null;

  constructor(array: NDArray, format: Format, separator: string, edge: number | null) {
    this.#array = array;
    this.#format = format;
    this.#separator = separator;
    this.#edge = edge;
  }

  write(axis: number, position: number, indent: string, width: number): string {
    const { shape, strides, ndim } = this.#array;
    if (axis === ndim) return this.#format(position);
    const length = shape[axis];
    const edge = this.#edge;
    const summarised = edge !== null && 2 * edge < length;
    const inner = (index: number) =>
      this.write(axis + 1, position + index * strides[axis], `${indent} `, width - 1);
    const leading = summarised ? edge : 0;
    const items: string[] = [];
    for (let index = 0; index < leading; index++) items.push(inner(index));
    if (summarised) items.push("...");
    for (let index = summarised ? length - edge : 0; index < length; index++) {
      if (index % polledTexts === 0) pollHost(index / length);
      items.push(inner(index));
    }
    // With no edge items at all the summary still ends in the last element.
    if (summarised && edge === 0) items.push(inner(length - 1));
    const body =
      axis === ndim - 1
        ? this.#wrap(items, indent, width)
        : items
            .map((item) => indent + item)
            .join(`${this.#separator.trimEnd()}${"\n".repeat(ndim - axis - 1)}`);
    return `[${body.slice(indent.length)}]`;
  }

  /** A row of the last axis, broken where the next word would not fit. */
  #wrap(words: readonly string[], indent: string, width: number): string {
    const room = width - Math.max(this.#separator.trimEnd().length, 1);
    let text = "";
    let line = indent;
    for (const [index, word] of words.entries()) {
      if (index % polledTexts === 0) pollHost();
      if (line.length + word.length > room && line.length > indent.length) {
        text += `${line.trimEnd()}\n`;
        line = indent;
      }
      line += word;
      if (index < words.length - 1) line += this.#separator;
    }
    return text + line;
  }
}

/** `np.array2string`. */
export function arrayText(
  array: NDArray,
  options: PrintOptions = printOptions(),
  { separator = " ", prefix = "", suffix = "" }: TextOptions = {},
): string {
  if (array.size === 0) return "[]";
  const edge = array.size > options.threshold ? options.edgeitems : null;
  const format = formatFor(array, shownPositions(array, edge), options);
  const layout = new Layout(array, format, separator, edge);
  const indent = ` ${" ".repeat(prefix.length)}`;
  return layout.write(0, array.offset, indent, options.linewidth - suffix.length);
}

/** `str(array)`: an array without axes reads as its scalar. */
export function arrayStr(array: NDArray, options: PrintOptions = printOptions()): string {
  return array.ndim === 0 ? scalarText(scalarAt(array, array.offset)) : arrayText(array, options);
}

/** Types that digits alone imply. */
const impliedTypes: ReadonlySet<ArrayDType> = new Set(["bool", "int64", "float64"]);

/** `repr(array)`: `array([1., 2.], dtype=float32)`. */
export function arrayRepr(array: NDArray, options: PrintOptions = printOptions()): string {
  const prefix = "array(";
  const text = arrayText(array, options, { separator: ", ", prefix, suffix: ")" });
  const extras: string[] = [];
  const emptyRow = array.ndim === 1 && array.shape[0] === 0;
  if ((array.size === 0 && !emptyRow) || array.size > options.threshold) {
    extras.push(`shape=${shapeText(array.shape)}`);
  }
  if (!impliedTypes.has(array.dtype) || array.size === 0) extras.push(`dtype=${array.dtype}`);
  if (extras.length === 0) return `${prefix}${text})`;
  const head = `${prefix}${text},`;
  const tail = `${extras.join(", ")})`;
  const lastLine = head.length - (head.lastIndexOf("\n") + 1);
  const fits = lastLine + tail.length + 1 <= options.linewidth;
  return `${head}${fits ? " " : `\n${" ".repeat(prefix.length)}`}${tail}`;
}
