/**
 * @file Tensors on their way between threads: the engine's memory is shared, and a message that
 * held a part of it would share the whole.
 */
import { createTensor, type DType, isDType, type Tensor } from "../engine/index.ts";
import type { PackedTensor } from "../shared/protocol.ts";

/** A copy whose buffer can be transferred. */
export function packTensor({ shape, dtype, data }: Tensor): PackedTensor {
  const bytes = new Uint8Array(data.byteLength);
  bytes.set(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength));
  return { shape: [...shape], dtype, bytes };
}

/** @throws MemoryError in NumPy's words where the tensor does not fit. */
export function unpackTensor({ shape, dtype, bytes }: PackedTensor): Tensor {
  if (!isDType(dtype)) throw new Error(`internal: a tensor of ${dtype}`);
  const tensor = createTensor(shape, dtype as DType);
  const { buffer, byteOffset, byteLength } = tensor.data;
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength).set(bytes);
  return tensor;
}
