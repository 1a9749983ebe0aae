/**
 * @file The room's public names: arrays, what is done with them, how they print.
 */
export { allocate, assign, cast, castKeepingOrder, copy, rowMajor, wrapData } from "./casting.ts";
export {
  asarray,
  decodeItem,
  dtypeOfNumber,
  elementValue,
  encodeElement,
  fromTensor,
  full,
  type NestedList,
  scalarAt,
  toList,
  toTensor,
  unwrap,
  zeros,
} from "./creation.ts";
export * from "./dtypes.ts";
export * from "./einsum.ts";
export * from "./errors.ts";
export * from "./histogram.ts";
export {
  assignBroadcast,
  checkWriteable,
  getItem,
  type IndexItem,
  nonzero,
  setItem,
} from "./indexing.ts";
export * from "./joining.ts";
export {
  broadcastShapes,
  broadcastStrides,
  isColumnMajor,
  isContiguous,
  memoryOrder,
  shapeText,
  singleShape,
  sizeOf,
  tightShapeText,
} from "./layout.ts";
export * from "./linalg/index.ts";
export * from "./linear.ts";
export {
  type ArrayDType,
  type ArrayLike,
  type Element,
  NDArray,
  NumpyScalar,
  type Operand,
} from "./ndarray.ts";
export { type Padding, pad } from "./padding.ts";
export { arrayRepr, arrayStr, arrayText } from "./printing/arrays.ts";
export { floatText, positional, scalarRepr, scalarText, scientific } from "./printing/floats.ts";
export {
  defaultPrintOptions,
  type ElementFormatter,
  type PrintOptions,
  printOptions,
  restorePrintOptions,
  setPrintOptions,
  withChanges,
} from "./printing/options.ts";
export * from "./random/index.ts";
export * from "./ranges.ts";
export {
  type Axis,
  type ReductionOptions,
  reducedAxes,
  reducedCount,
  reducedShape,
} from "./reductions/axes.ts";
export * from "./reductions/fold.ts";
export * from "./reductions/moments.ts";
export * from "./reductions/nan.ts";
export * from "./reductions/order.ts";
export { type SumOptions, sum } from "./reductions/sum.ts";
export * from "./solving.ts";
export { type BinaryOperation, binaryOperations } from "./ufuncs/binaryOperations.ts";
export { clip, round } from "./ufuncs/limiting.ts";
export {
  binary,
  commonType,
  select,
  type UfuncOptions,
  unary,
} from "./ufuncs/ufunc.ts";
export { type UnaryOperation, unaryOperations } from "./ufuncs/unaryOperations.ts";
export * from "./views.ts";
export * from "./warnings.ts";
