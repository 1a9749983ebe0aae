/**
 * @file The `mask` of a batch-normalization call: which elements enter the moments.
 */
import { EngineError } from "./errors.ts";
import { polledElements, pollHost } from "./polling.ts";
import { formatShape, sizeOfShape } from "./shape.ts";
import { numericValues, type Tensor } from "./tensor.ts";

/** One flag for every position of all axes but the last, which each flag covers whole. */
export interface ChannelMask {
  readonly flags: Uint8Array;
  /** Elements that one flag covers: the length of the last axis. */
  readonly run: number;
}

/**
 * Spreads a mask over all axes of `shape` but the last. Any nonzero element, NaN too, is True.
 *
 * @param mask Of one axis less than the input; each of its axes has the input's length or 1.
 * @throws ValueError with Keras's words where the rank differs, NumPy's where it cannot broadcast.
 */
export function broadcastMask(mask: Tensor, shape: readonly number[]): ChannelMask {
  checkMaskRank(mask, shape);
  const leading = shape.slice(0, -1);
  if (!leading.every((length, i) => mask.shape[i] === length || mask.shape[i] === 1)) {
    const remapped = [...mask.shape, 1];
    throw new EngineError(
      "ValueError",
      "operands could not be broadcast together with remapped shapes [original->remapped]: " +
        `(${remapped.join(",")})  and requested shape (${shape.join(",")})`,
    );
  }
  const values = numericValues(mask);
  const size = sizeOfShape(leading);
  const flags = new Uint8Array(size);
  for (let position = 0; position < size; position++) {
    if (position % polledElements === 0) pollHost(position / size);
    let rest = position;
    let at = 0;
    let stride = 1;
    for (let i = leading.length - 1; i >= 0; i--) {
      const index = rest % leading[i];
      rest = (rest - index) / leading[i];
      if (mask.shape[i] !== 1) at += index * stride;
      stride *= mask.shape[i];
    }
    flags[position] = values[at] === 0 ? 0 : 1;
  }
  return { flags, run: shape[shape.length - 1] };
}

/**
 * @throws ValueError with Keras's words where the mask's rank is not one less than the input's.
 */
export function checkMaskRank(mask: Tensor, shape: readonly number[]): void {
  if (mask.shape.length === shape.length - 1) return;
  throw new EngineError(
    "ValueError",
    "The mask provided should be one dimension less than the inputs. Received: " +
      `mask.shape=${formatShape(mask.shape)}, inputs.shape=${formatShape(shape)}`,
  );
}
