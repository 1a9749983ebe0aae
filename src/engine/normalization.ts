/**
 * @file The formula of batch normalization, as pure functions of each channel's statistics
 * (Ioffe & Szegedy, "Batch Normalization", 2015, algorithms 1 and 2).
 */
import type { DType, FloatArray, TensorData } from "./dtype.ts";
import { elementLayout } from "./jobs/elements.ts";
import { withWorkspace } from "./jobs/run.ts";
import { workingType } from "./jobs/tiles.ts";
import type { RenormCorrection } from "./renorm.ts";
import type { ChannelLayout } from "./shape.ts";

/** What happens to every element of a channel: `(x - center) * scale + offset`. */
export interface ChannelTransform {
  readonly center: Float64Array;
  readonly scale: Float64Array;
  readonly offset: Float64Array;
}

export interface AffineParameters {
  /** Learned scale of each channel; null where the layer has none, which acts as 1. */
  readonly gamma: ArrayLike<number> | null;
  /** Learned offset of each channel; null where the layer has none, which acts as 0. */
  readonly beta: ArrayLike<number> | null;
  /** Added to the variance under the root. */
  readonly epsilon: number;
}

/**
 * The transform `gamma * (x - mean) / sqrt(variance + epsilon) + beta` of each channel; with a
 * renorm correction, `gamma * ((x - mean) / sqrt(variance + epsilon) * r + d) + beta`.
 *
 * The mean stays apart from the offset: their difference would lose the digits that a large mean
 * and a small deviation need.
 */
export function channelTransform(
  mean: Float64Array,
  variance: Float64Array,
  { gamma, beta, epsilon }: AffineParameters,
  correction: RenormCorrection | null,
): ChannelTransform {
  // In one piece: memory costs by the piece.
  const room = new Float64Array(2 * mean.length);
  const [scale, offset] = [room.subarray(0, mean.length), room.subarray(mean.length)];
  for (let c = 0; c < mean.length; c++) {
    const gain = gamma ? gamma[c] : 1;
    const shift = beta ? beta[c] : 0;
    scale[c] = (correction ? correction.r[c] * gain : gain) / Math.sqrt(variance[c] + epsilon);
    offset[c] = correction ? correction.d[c] * gain + shift : shift;
  }
  return { center: mean, scale, offset };
}

/**
 * Transforms every element in the arithmetic of the type computed in: float32, or float64 for
 * float64. In float32 the center is the mean's float32, and what that leaves of the mean enters the
 * offset, so that a large mean beside a small deviation costs no digits: the result is right to
 * 3e-7 of its size.
 *
 * @param output Of as many elements as the values; may be the values themselves.
 */
export function applyTransform(
  values: TensorData,
  dtype: DType,
  layout: ChannelLayout,
  transform: ChannelTransform,
  output: TensorData,
  outputDType: DType,
): void {
  const { layout: elements, repeats } = elementLayout(layout);
  const float32 = workingType(dtype) === "float32";
  withWorkspace(values.length, (workspace) => {
    const vector = () => {
      const length = transform.center.length * repeats;
      return float32 ? workspace.float32(length) : workspace.float64(length);
    };
    const [center, scale, offset] = [vector(), vector(), vector()];
    fillTransform(transform, center, scale, offset);
    workspace.run({
      kind: "transform",
      layout: elements,
      dtype,
      x: values,
      out: output,
      outDType: outputDType,
      center,
      scale,
      offset,
    });
  });
}

function fillTransform(
  transform: ChannelTransform,
  center: FloatArray,
  scale: FloatArray,
  offset: FloatArray,
): void {
  const { center: mean, scale: gain, offset: level } = transform;
  const channels = mean.length;
  for (let c = 0; c < channels; c++) {
    center[c] = mean[c];
    scale[c] = gain[c];
    const low = mean[c] - center[c];
    // Of an infinite mean nothing is left.
    offset[c] = level[c] - (low - low === 0 ? low * gain[c] : 0);
  }
  for (const vector of [center, scale, offset]) {
    for (let at = channels; at < vector.length; at += channels) vector.copyWithin(at, 0, channels);
  }
}

/** One step of an exponential moving average: `moving * momentum + batch * (1 - momentum)`. */
export function movingAverage(
  moving: ArrayLike<number>,
  batch: Float64Array,
  momentum: number,
): Float64Array {
  const after = new Float64Array(batch.length);
  for (let c = 0; c < after.length; c++) {
    after[c] = moving[c] * momentum + batch[c] * (1 - momentum);
  }
  return after;
}
