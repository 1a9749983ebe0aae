/**
 * @file Elements where kernels can compute on them: in place where they lie in the kernels' memory
 * as floats, else copied or decoded, a tile at a time.
 */
import type { DType, FloatArray, TensorData } from "../dtype.ts";
import { pollHost } from "../polling.ts";
import type { KernelSet } from "./kernelSet.ts";
import type { Scratch } from "./scratch.ts";

/** What a task computes with. */
export interface Workplace {
  readonly kernels: KernelSet;
  readonly scratch: Scratch;
  /** Whether the kernels can read and write an array where it is. */
  reaches(data: TensorData): boolean;
}

/** Elements from `at` on. */
export interface Span {
  readonly array: FloatArray;
  readonly at: number;
}

/** Rows `stride` elements apart. */
export interface RowSpan extends Span {
  readonly stride: number;
}

/** The type that elements of a type are computed in. */
export function workingType(dtype: DType): "float32" | "float64" {
  return dtype === "float32" || dtype === "float16" || dtype === "bfloat16" ? "float32" : "float64";
}

/** Whether kernels can read and write the elements in place. */
export function isDirect(data: TensorData, dtype: DType, place: Workplace): boolean {
  return (dtype === "float32" || dtype === "float64") && place.reaches(data);
}

/** Reads the elements of one tensor, in tiles of at most `length` elements. */
export class TileReader {
  readonly #data: TensorData;
  readonly #dtype: DType;
  readonly #place: Workplace;
  readonly #tile: FloatArray | null;
  /** Where the kernels can read 16-bit floats from. */
  readonly #bits: Int32Array | null = null;

  /** @param direct Whether elements are read in place, which must be possible then. */
  constructor(
    data: TensorData,
    dtype: DType,
    length: number,
    place: Workplace,
    direct = isDirect(data, dtype, place),
  ) {
    this.#data = data;
    this.#dtype = dtype;
    this.#place = place;
    this.#tile = direct ? null : newTile(dtype, length, place);
    const { scratch } = place;
    if (data instanceof Uint16Array && dtype !== "uint16" && !place.reaches(data)) {
      this.#bits = scratch.int32(Math.ceil(length / 2));
    }
  }

  /** `rows` times `columns` elements, rows `stride` apart: side by side where they were copied. */
  read(at: number, rows: number, stride: number, columns: number): RowSpan {
    pollHost();
    const tile = this.#tile;
    if (!tile) return { array: this.#data as FloatArray, at, stride };
    if (stride === columns) this.#load(at, tile, 0, rows * columns);
    else {
      for (let r = 0; r < rows; r++) this.#load(at + r * stride, tile, r * columns, columns);
    }
    return { array: tile, at: 0, stride: columns };
  }

  #load(at: number, tile: FloatArray, to: number, count: number): void {
    const [data, dtype] = [this.#data, this.#dtype];
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      for (let i = 0; i < count; i++) tile[to + i] = Number(data[at + i]);
    } else if (dtype === "float16" || dtype === "bfloat16") {
      this.#decode(data as Uint16Array, at, tile as Float32Array, to, count);
    } else tile.set(data.subarray(at, at + count), to);
  }

  #decode(data: Uint16Array, at: number, tile: Float32Array, to: number, count: number): void {
    const { kernels } = this.#place;
    let [bits, from] = [data, at];
    if (this.#bits) {
      bits = new Uint16Array(this.#bits.buffer, this.#bits.byteOffset, count);
      bits.set(data.subarray(at, at + count));
      from = 0;
    }
    const decode = this.#dtype === "float16" ? kernels.decodeFloat16 : kernels.decodeBfloat16;
    decode(bits, from, tile, to, count);
  }
}

function newTile(dtype: DType, length: number, { scratch }: Workplace): FloatArray {
  const float32 = workingType(dtype) === "float32";
  return float32 ? scratch.rawFloat32(length) : scratch.rawFloat64(length);
}

/** Writes the elements of one tensor, in tiles of at most `length` elements. */
export class TileWriter {
  readonly #data: TensorData;
  readonly #dtype: DType;
  readonly #place: Workplace;
  readonly #tile: FloatArray | null;
  readonly #bits: Int32Array | null = null;

  constructor(data: TensorData, dtype: DType, length: number, place: Workplace) {
    this.#data = data;
    this.#dtype = dtype;
    this.#place = place;
    this.#tile = isDirect(data, dtype, place) ? null : newTile(dtype, length, place);
    const { scratch } = place;
    if (data instanceof Uint16Array && !place.reaches(data)) {
      this.#bits = scratch.int32(Math.ceil(length / 2));
    }
  }

  /** Where elements from `at` on are to be written before `flush` takes them home. */
  span(at: number): Span {
    return this.#tile ? { array: this.#tile, at: 0 } : { array: this.#data as FloatArray, at };
  }

  flush(at: number, count: number): void {
    const [tile, data] = [this.#tile, this.#data];
    if (!tile) return;
    if (!(data instanceof Uint16Array)) {
      (data as FloatArray).set(tile.subarray(0, count), at);
      return;
    }
    const { kernels } = this.#place;
    const encode = this.#dtype === "float16" ? kernels.encodeFloat16 : kernels.encodeBfloat16;
    if (this.#bits) {
      const bits = new Uint16Array(this.#bits.buffer, this.#bits.byteOffset, count);
      encode(tile as Float32Array, 0, bits, 0, count);
      data.set(bits, at);
    } else encode(tile as Float32Array, 0, data, at, count);
  }
}
