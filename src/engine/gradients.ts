/**
 * @file The backward pass: gradients of `sum(layer(x) * upstream)`.
 */
import type { BatchNormalization } from "./batchNormalization.ts";
import type { CallOptions } from "./callOptions.ts";
import { type DType, isFloat, writeElement } from "./dtype.ts";
import { EngineError } from "./errors.ts";
import { elementLayout } from "./jobs/elements.ts";
import { partitionOf } from "./jobs/partition.ts";
import { withWorkspace } from "./jobs/run.ts";
import { workingType } from "./jobs/tiles.ts";
import { broadcastMask, type ChannelMask } from "./mask.ts";
import { maskedDivisor } from "./moments.ts";
import type { NormalizationStep } from "./normalizationStep.ts";
import { mostExact } from "./partialMoments.ts";
import { type ChannelLayout, forEachRun, formatShape, shapesEqual } from "./shape.ts";
import {
  allocateTensor,
  castTensor,
  checkOut,
  numericValues,
  type Tensor,
  tensorFrom,
} from "./tensor.ts";

/** Gradients by what they are taken with respect to. */
export interface Gradients {
  /** Of the input's shape, and its element type where that is a float, else float32. */
  readonly input: Tensor;
  /** Absent where the layer has no gamma. */
  readonly gamma?: Tensor;
  /** Absent where the layer has no beta. */
  readonly beta?: Tensor;
}

export interface GradientOptions extends Omit<CallOptions, "out"> {
  /** Where the input's gradient goes: of the input's shape and type; may be the upstream gradient. */
  readonly out?: Tensor;
  /** What `layer.forward` did with the same inputs and options; else it is worked out again. */
  readonly step?: NormalizationStep;
}

/**
 * The gradients of `sum(layer(inputs) * upstream)`, without the penalties of regularizers. In
 * training mode the batch's mean and variance depend on the input (Ioffe & Szegedy, 2015,
 * section 3); r and d of renorm are constants to the gradient (Ioffe, 2017). The layer's
 * statistics stay as they are; a layer that is not built yet is built.
 *
 * @param upstream The gradient of the loss with respect to the output, of the input's shape.
 * @throws ValueError where `upstream` has another shape; otherwise as `layer.call` throws.
 */
export function gradients(
  layer: BatchNormalization,
  inputs: Tensor,
  upstream: Tensor,
  options: GradientOptions = {},
): Gradients {
  if (!shapesEqual(upstream.shape, inputs.shape)) {
    throw new EngineError(
      "ValueError",
      "`upstream` should have the shape of the inputs. Received: " +
        `upstream.shape=${formatShape(upstream.shape)}, inputs.shape=${formatShape(inputs.shape)}`,
    );
  }
  const step = options.step ?? layer.plan(inputs, options);
  const { layout, batch, mean, variance, correction, transform } = step;
  const { channels } = layout;
  const values = layer.convertInputs(inputs);
  const precision = workingType(values.dtype);
  const flow =
    workingType(upstream.dtype) === precision ? upstream : castTensor(upstream, precision);
  const { flowSum, flowDot } = flowSums(values, flow, layout, mean);

  const mask = batch && options.mask ? broadcastMask(options.mask, inputs.shape) : null;
  // What flows back through the mean and the variance of the elements that made them.
  const [viaMean, viaVariance, gammaSlopes] = vectors(3, channels);
  const { scale } = transform;
  for (let c = 0; c < channels; c++) {
    const inverse = 1 / Math.sqrt(variance[c] + layer.epsilon);
    // Of the upstream gradient times the normalized value.
    const normalized = flowDot[c] * inverse;
    gammaSlopes[c] = correction
      ? normalized * correction.r[c] + flowSum[c] * correction.d[c]
      : normalized;
    if (!batch) continue;
    const divisor = mask ? maskedDivisor(batch.count[c]) : batch.count[c];
    const toVariance = -0.5 * scale[c] * normalized * inverse;
    // Under a mask the deviations do not quite sum to zero, for the divisor is not the count.
    const varianceByMean = (-2 * mean[c] * (divisor - batch.count[c])) / divisor;
    viaMean[c] = (toVariance * varianceByMean - scale[c] * flowSum[c]) / divisor;
    viaVariance[c] = (2 * toVariance) / divisor;
  }
  const coefficients = { center: mean, gain: scale, slope: viaVariance, level: viaMean };
  const dtype = isFloat(inputs.dtype) ? inputs.dtype : "float32";
  if (options.out) checkOut(options.out, inputs.shape, dtype);
  // Under a mask the upstream gradient is read once more, after it might have been overwritten.
  const out = mask ? undefined : options.out;
  const slopes = inputSlopes(values, flow, layout, coefficients, dtype, out);
  if (mask) unmix(slopes, flow, layout, scale, mask);

  const { gamma, beta } = layer;
  return {
    input: mask && options.out ? castTensor(slopes, dtype, options.out) : slopes,
    ...(gamma && { gamma: tensorFrom(gammaSlopes, gamma.shape, gamma.dtype) }),
    ...(beta && { beta: tensorFrom(flowSum, beta.shape, beta.dtype) }),
  };
}

/** Sums per channel of the flow and of flow times deviation from the mean, parts in their order. */
function flowSums(values: Tensor, flow: Tensor, layout: ChannelLayout, mean: Float64Array) {
  const { channels } = layout;
  const { dtype, data: x } = values;
  const partition = partitionOf(layout);
  const { parts } = partition;
  return withWorkspace(x.length, (workspace) => {
    const singly = workingType(dtype) === "float32";
    const center = singly ? workspace.float32(channels) : workspace.float64(channels);
    center.set(mean);
    const sums = workspace.float64(parts * channels);
    const dots = workspace.float64(parts * channels);
    const upstream = { flowDType: flow.dtype, flow: flow.data };
    const run = (exactly: boolean) => {
      const own = { center, sums, dots, exactly };
      workspace.run({ kind: "flow", partition, dtype, x, ...upstream, ...own });
    };
    run(x.length <= mostExact);
    if (!allFinite(dots)) {
      // Products that float32 cannot hold, perhaps, which doubles can.
      sums.fill(0);
      dots.fill(0);
      run(true);
    }
    const [flowSum, flowDot] = vectors(2, channels);
    for (let part = 0; part < parts * channels; part += channels) {
      for (let c = 0; c < channels; c++) {
        flowSum[c] += sums[part + c];
        flowDot[c] += dots[part + c];
      }
    }
    // Deviations were taken from the mean's float32.
    for (let c = 0; c < channels; c++) flowDot[c] -= remainder(mean[c], center[c]) * flowSum[c];
    return { flowSum, flowDot };
  });
}

function allFinite(values: Float64Array): boolean {
  // Of a number that is not finite the difference from itself is not 0.
  for (let i = 0; i < values.length; i++) if (values[i] - values[i] !== 0) return false;
  return true;
}

/** So many vectors of zeros over the channels. */
function vectors(count: number, channels: number): Float64Array[] {
  // In one piece: memory costs by the piece.
  const room = new Float64Array(count * channels);
  return Array.from({ length: count }, (_, i) => room.subarray(i * channels, (i + 1) * channels));
}

/** What rounding a mean has left; of an infinite one, nothing. */
function remainder(mean: number, rounded: number): number {
  const rest = mean - rounded;
  return rest - rest === 0 ? rest : 0;
}

/** `flow * gain + ((x - center) * slope + level)`, rounded to the type wanted. */
function inputSlopes(
  values: Tensor,
  flow: Tensor,
  layout: ChannelLayout,
  { center, gain, slope, level }: Record<"center" | "gain" | "slope" | "level", Float64Array>,
  dtype: DType,
  wanted: Tensor | undefined,
): Tensor {
  const precision = workingType(values.dtype);
  const fits = workingType(dtype) === precision;
  const result = fits && wanted ? wanted : allocateTensor(values.shape, fits ? dtype : precision);
  const { layout: elements, repeats } = elementLayout(layout);
  withWorkspace(values.data.length, (workspace) => {
    const vector = (of: Float64Array) => {
      const length = layout.channels * repeats;
      const made = precision === "float32" ? workspace.float32(length) : workspace.float64(length);
      for (let at = 0; at < length; at += layout.channels) made.set(of, at);
      return made;
    };
    const middle = vector(center);
    const height = level.slice();
    for (let c = 0; c < height.length; c++) {
      height[c] -= slope[c] * remainder(center[c], middle[c]);
    }
    workspace.run({
      kind: "slopes",
      layout: elements,
      dtype: values.dtype,
      x: values.data,
      flowDType: flow.dtype,
      flow: flow.data,
      outDType: result.dtype,
      out: result.data,
      center: middle,
      gain: vector(gain),
      slope: vector(slope),
      level: vector(height),
    });
  });
  return castTensor(result, dtype, fits ? undefined : wanted);
}

/** Elements that a mask kept out of the moments get the direct gradient alone. */
function unmix(
  slopes: Tensor,
  flow: Tensor,
  layout: ChannelLayout,
  scale: Float64Array,
  mask: ChannelMask,
): void {
  const upstream = numericValues(flow);
  forEachRun(layout, (c, start, end, step) => {
    for (let at = start; at < end; at += step) {
      if (mask.flags[Math.floor(at / mask.run)]) continue;
      writeElement(slopes.data, slopes.dtype, at, upstream[at] * scale[c]);
    }
  });
}
