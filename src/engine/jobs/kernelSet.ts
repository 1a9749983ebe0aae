/**
 * @file The loops of the engine as one set of functions over typed arrays: compiled, for arrays in
 * the kernels' memory, and plain, for any. Both give the same bits.
 */
import * as plainAffine from "../plain/affine.ts";
import * as plainGradients from "../plain/gradients.ts";
import * as plainHalf from "../plain/half.ts";
import * as plainHistogram from "../plain/histogram.ts";
import * as plainMoments from "../plain/moments.ts";

/** Offsets (`at`, `outAt`, …) and strides count elements. */
export type KernelSet = typeof plainAffine &
  typeof plainGradients &
  typeof plainHalf &
  Omit<typeof plainHistogram, "scaleLength"> &
  typeof plainMoments;

export const plainKernels: KernelSet = {
  ...plainAffine,
  ...plainGradients,
  ...plainHalf,
  ...plainHistogram,
  ...plainMoments,
};
