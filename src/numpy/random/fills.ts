/**
 * @file Arrays of draws: by the engine's compiled kernels where the host runs them, else one by one.
 * The bits are the same, and so is what is left of the stream: draws of one and of many can take
 * turns.
 */
import { inPieces, pollHost, runtime, type TensorData } from "../../engine/index.ts";
import type { BitGenerator } from "./bitGenerator.ts";

/**
 * Kernels that draw into an array (src/engine/kernels/random.ts and mersenneTwister.ts): from a
 * stream, by a ziggurat's layers, to an address, so many; all give how many they drew.
 */
export interface RandomKernels {
  uniforms(stream: number, to: number, count: number): number;
  uniforms32(stream: number, to: number, count: number): number;
  normals(stream: number, layers: number, to: number, count: number): number;
  normals32(stream: number, layers: number, to: number, count: number): number;
  exponentials(stream: number, layers: number, to: number, count: number): number;
  exponentials32(stream: number, layers: number, to: number, count: number): number;
  lemireIntegers: IntegersKernel;
  scaleAndShift(x: number, count: number, offset: number, factor: number): void;
  twisterUniforms(stream: number, to: number, count: number): number;
  pointsInCircle(stream: number, to: number, count: number): void;
  maskedIntegers: IntegersKernel;
}

type IntegersKernel = (
  stream: number,
  low: bigint,
  maximum: number,
  to: number,
  count: number,
  bytes: number,
) => number;

/** Where a kernel finds what it needs: addresses in a buffer. */
export interface Place {
  readonly buffer: ArrayBufferLike;
  readonly stream: number;
  readonly layers: number;
  readonly to: number;
}

/** How one array is filled. */
export interface Fill {
  readonly bits: BitGenerator;
  /** A ziggurat's, as the kernels lay them out. */
  readonly layers: Uint32Array | null;
  /**
   * Draws up to `count` elements by a kernel and gives how many; the next is left to `draw`. Null
   * where no kernel draws from this generator.
   */
  readonly kernel: ((kernels: RandomKernels, place: Place, count: number) => number) | null;
  /** One element: a bigint for arrays of 64-bit integers. */
  draw(): number | bigint;
  /** An offset and a factor for float64s drawn. */
  readonly affine: readonly [number, number] | null;
}

/** Fewer elements than these are drawn one by one before a stream is copied to the kernels. */
const leastCount = 64;
/** Elements per call of a kernel: they are still in the cache when they are scaled. */
const chunk = 4096;

/** Whether kernels draw so many elements. */
export function drawnByKernels(count: number): boolean {
  return count >= leastCount && runtime() !== null;
}

/** Fills `data` from `start` to `end`. */
export function fillRange(data: TensorData, start: number, end: number, fill: Fill): void {
  if (fill.kernel && drawnByKernels(end - start)) {
    fillByKernel(data, start, end, fill);
    return;
  }
  inPieces(end - start, (from, to) => drawRange(data, start + from, start + to, fill));
}

function drawRange(data: TensorData, start: number, end: number, { draw, affine }: Fill): void {
  // Each kind of array has a loop of its own, which is compiled for it.
  if (data instanceof Float64Array) {
    for (let i = start; i < end; i++) data[i] = draw() as number;
    if (affine) scaleAndShift(data.subarray(start, end), affine);
  } else if (data instanceof Float32Array) {
    for (let i = start; i < end; i++) data[i] = draw() as number;
  } else if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    for (let i = start; i < end; i++) data[i] = draw() as bigint;
  } else {
    for (let i = start; i < end; i++) data[i] = draw() as number;
  }
}

function scaleAndShift(data: Float64Array, [offset, factor]: readonly [number, number]): void {
  for (let i = 0; i < data.length; i++) data[i] = offset + factor * data[i];
}

function fillByKernel(
  data: TensorData,
  start: number,
  end: number,
  { bits, layers, kernel, draw, affine }: Fill,
): void {
  const { tensors, kernels: compiled } = runtime()!;
  const kernels = compiled as unknown as RandomKernels;
  const width = data.BYTES_PER_ELEMENT;
  const resident = tensors.owns(data.buffer);
  const own = bits.memory;
  const streamBytes = aligned(own.byteLength);
  const layerBytes = layers?.byteLength ?? 0;
  const partBytes = resident ? 0 : Math.min(chunk, end - start) * width;
  tensors.borrow(streamBytes + layerBytes + partBytes, (buffer, stream) => {
    const lent = new Uint32Array(buffer, stream, own.length);
    const tables = stream + streamBytes;
    if (layers) new Uint32Array(buffer, tables, layers.length).set(layers);
    const Elements = data.constructor as Float64ArrayConstructor;
    const part = resident
      ? (data as Float64Array)
      : new Elements(buffer, tables + layerBytes, partBytes / width);
    lent.set(own);
    bits.memory = lent;
    try {
      for (let from = start; from < end; from += chunk) {
        pollHost((from - start) / (end - start));
        const count = Math.min(chunk, end - from);
        const first = resident ? from : 0;
        const address = part.byteOffset + first * width;
        let drawn = 0;
        for (;;) {
          const place = { buffer, stream, layers: tables, to: address + drawn * width };
          drawn += kernel!(kernels, place, count - drawn);
          if (drawn === count) break;
          part[first + drawn++] = draw() as number;
        }
        if (affine) kernels.scaleAndShift(address, count, affine[0], affine[1]);
        if (!resident) (data as Float64Array).set(part.subarray(0, count), from);
      }
    } finally {
      // Where the host ends it, too: the stream goes on after what was drawn.
      own.set(lent);
      bits.memory = own;
    }
  });
}

/** Rounded up to where a table of doubles can begin. */
function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

type KernelName = "uniforms" | "uniforms32" | "twisterUniforms";
type LayeredKernelName = "normals" | "normals32" | "exponentials" | "exponentials32";

/** A distribution without parameters that is drawn from nothing but a bit generator. */
export interface Source {
  draw(bits: BitGenerator): number;
  readonly layers: Uint32Array | null;
  /** The kernel that draws it, by the bit generator's name. */
  readonly kernels: { readonly [generator: string]: KernelName | LayeredKernelName | undefined };
}

/** How an array is filled from a source. */
export function fillFrom(bits: BitGenerator, { draw, layers, kernels }: Source): Fill {
  const name = kernels[bits.name];
  let kernel: Fill["kernel"] = null;
  if (name && layers) {
    kernel = (compiled, place, count) =>
      compiled[name as LayeredKernelName](place.stream, place.layers, place.to, count);
  } else if (name) {
    kernel = (compiled, { stream, to }, count) => compiled[name as KernelName](stream, to, count);
  }
  return { bits, layers, kernel, draw: () => draw(bits), affine: null };
}
