/**
 * @file Integers in a range, each as likely: by Lemire's multiplication ("Fast Random Integer
 * Generation in an Interval", 2019) as NumPy's `Generator` draws them, or by masking and
 * rejecting as its `RandomState` does.
 */
import { inPieces, type TensorData } from "../../engine/index.ts";
import type { ArrayDType } from "../ndarray.ts";
import { type BitGenerator, nextBig } from "./bitGenerator.ts";
import { drawnByKernels, type Fill, fillRange } from "./fills.ts";

/** A draw from 0 to some maximum, both included. */
type Draw = () => number;

/** The least 2^n - 1 that is not below an unsigned 32-bit number. */
function maskOf(maximum: number): number {
  return maximum === 0 ? 0 : 0xffff_ffff >>> Math.clz32(maximum);
}

/** From 0 to `maximum` (below 2^32 - 1), by Lemire's method on 32 bits. */
function lemire32(bits: BitGenerator, maximum: number): number {
  const count = maximum + 1;
  let drawn = bits.next32();
  let low = Math.imul(drawn, count) >>> 0;
  if (low < count) {
    const threshold = (0xffff_ffff - maximum) % count;
    while (low < threshold) {
      drawn = bits.next32();
      low = Math.imul(drawn, count) >>> 0;
    }
  }
  // The upper half of the product: exact once rounded, as the lower one is known.
  return Math.round((drawn * count - low) / 4294967296);
}

/** From 0 to `maximum` (below 2^32), masking and rejecting: C's `random_interval`. */
export function masked32(bits: BitGenerator, maximum: number): number {
  if (maximum === 0) return 0;
  const mask = maskOf(maximum);
  for (;;) {
    const value = (bits.next32() & mask) >>> 0;
    if (value <= maximum) return value;
  }
}

/** From 0 to `maximum` (below 2^32) as `random_bounded_uint64` draws it for a `Generator`. */
export function boundedIndex(bits: BitGenerator, maximum: number): number {
  return maximum === 0 ? 0 : lemire32(bits, maximum);
}

function draw32(bits: BitGenerator, maximum: number, masked: boolean): Draw {
  if (maximum === 0xffff_ffff) return () => bits.next32();
  return masked ? () => masked32(bits, maximum) : () => lemire32(bits, maximum);
}

/** Draws of 1, 8 or 16 bits, cut one after the other from words of 32. */
class NarrowBits {
  readonly #bits: BitGenerator;
  readonly #width: number;
  #word = 0;
  #left = 0;

  constructor(bits: BitGenerator, width: number) {
    this.#bits = bits;
    this.#width = width;
  }

  next(): number {
    if (this.#left === 0) {
      this.#word = this.#bits.next32();
      this.#left = 32 / this.#width - 1;
    } else {
      this.#word >>>= this.#width;
      this.#left--;
    }
    return this.#word & ((1 << this.#width) - 1);
  }
}

function drawNarrow(narrow: NarrowBits, width: number, maximum: number, masked: boolean): Draw {
  const all = 2 ** width - 1;
  if (maximum === all) return () => narrow.next();
  const mask = maskOf(maximum);
  if (masked) {
    return () => {
      for (;;) {
        const value = narrow.next() & mask;
        if (value <= maximum) return value;
      }
    };
  }
  const count = maximum + 1;
  const threshold = (all - maximum) % count;
  return () => {
    for (;;) {
      const product = narrow.next() * count;
      if ((product & all) >= threshold) return product >>> width;
    }
  };
}

function draw64(bits: BitGenerator, maximum: bigint, masked: boolean): () => bigint {
  const all = (1n << 64n) - 1n;
  if (maximum === all) return () => nextBig(bits);
  if (masked) {
    const mask = (1n << BigInt(maximum.toString(2).length)) - 1n;
    return () => {
      for (;;) {
        const value = nextBig(bits) & mask;
        if (value <= maximum) return value;
      }
    };
  }
  const count = maximum + 1n;
  const threshold = (all - maximum) % count;
  return () => {
    for (;;) {
      const product = nextBig(bits) * count;
      if ((product & all) >= threshold) return product >> 64n;
    }
  };
}

const widths: Partial<Record<ArrayDType, number>> = {
  bool: 1,
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int32: 32,
  uint32: 32,
  int64: 64,
  uint64: 64,
};

/** The types that `integers` can draw. */
export function isDrawable(dtype: ArrayDType): boolean {
  return widths[dtype] !== undefined;
}

/** Fills arrays of one integer type; what is left of a narrow word serves the next range. */
export class BoundedIntegers {
  readonly #bits: BitGenerator;
  readonly #width: number;
  readonly #masked: boolean;
  readonly #narrow: NarrowBits;

  /** `masked`: as `RandomState` draws. */
  constructor(bits: BitGenerator, dtype: ArrayDType, masked: boolean) {
    this.#bits = bits;
    this.#width = widths[dtype]!;
    this.#masked = masked;
    this.#narrow = new NarrowBits(bits, this.#width);
  }

  /** Fills `data` from `start` to `end` with draws from `low` to `low + range`, both included. */
  fill(data: TensorData, start: number, end: number, low: bigint, range: bigint): void {
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      this.#fillBig(data, start, end, low, range);
      return;
    }
    const offset = Number(low);
    const draw = this.#draw(Number(range));
    const kernel = this.#width === 32 ? this.#kernel(low, Number(range), 4) : null;
    const fill = {
      bits: this.#bits,
      layers: null,
      kernel,
      draw: () => offset + draw(),
      affine: null,
    };
    fillRange(data, start, end, fill);
  }

  /** Draws whole integers of so many bytes; null where there is no kernel for them. */
  #kernel(low: bigint, range: number, bytes: number): Fill["kernel"] {
    if (range === 0 || range === 0xffff_ffff) return null;
    if (this.#masked) {
      if (this.#bits.name !== "MT19937") return null;
      return (kernels, { stream, to }, count) =>
        kernels.maskedIntegers(stream, low, range, to, count, bytes);
    }
    if (this.#bits.name !== "PCG64") return null;
    return (kernels, { stream, to }, count) =>
      kernels.lemireIntegers(stream, low, range, to, count, bytes);
  }

  #draw(range: number): Draw {
    if (range === 0) return () => 0;
    const bits = this.#bits;
    return this.#width === 32
      ? draw32(bits, range, this.#masked)
      : drawNarrow(this.#narrow, this.#width, range, this.#masked);
  }

  #fillBig(
    data: BigInt64Array | BigUint64Array,
    start: number,
    end: number,
    low: bigint,
    range: bigint,
  ): void {
    if (range === 0n) {
      data.fill(low as never, start, end);
    } else if (range > 0xffff_ffffn) {
      const draw = draw64(this.#bits, range, this.#masked);
      inPieces(end - start, (from, to) => {
        for (let i = start + from; i < start + to; i++) data[i] = low + draw();
      });
    } else {
      const draw = draw32(this.#bits, Number(range), this.#masked);
      const kernel = this.#kernel(low, Number(range), 8);
      if (kernel && drawnByKernels(end - start)) {
        const fill = {
          bits: this.#bits,
          layers: null,
          kernel,
          draw: () => low + BigInt(draw()),
          affine: null,
        };
        fillRange(data, start, end, fill);
        return;
      }
      const least = Number(low);
      if (Math.abs(least) > 2 ** 52) {
        inPieces(end - start, (from, to) => {
          for (let i = start + from; i < start + to; i++) data[i] = low + BigInt(draw());
        });
        return;
      }
      // Written as two halves: far faster than making a bigint of each.
      const halves = new Int32Array(data.buffer, data.byteOffset, 2 * data.length);
      inPieces(end - start, (from, to) => {
        for (let i = start + from; i < start + to; i++) {
          const value = least + draw();
          halves[2 * i] = value;
          halves[2 * i + 1] = Math.floor(value / 4294967296);
        }
      });
    }
  }
}
