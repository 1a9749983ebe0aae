/**
 * @file The affine transform without WebAssembly: `out = (x - center) * scale + offset`, every step
 * rounded to the element type as in `kernels/affine.ts`.
 */
import type { FloatArray } from "../dtype.ts";

/** Rows from element `at` on to element `outAt` on. */
export function transformRows(
  x: FloatArray,
  at: number,
  out: FloatArray,
  outAt: number,
  rows: number,
  stride: number,
  from: number,
  columns: number,
  center: FloatArray,
  scale: FloatArray,
  offset: FloatArray,
  _streams: boolean,
): void {
  if (x instanceof Float32Array) {
    const round = Math.fround;
    for (let r = 0; r < rows; r++, at += stride, outAt += stride) {
      for (let c = from; c < from + columns; c++) {
        out[outAt + c] = round(round(x[at + c] - center[c]) * scale[c]) + offset[c];
      }
    }
    return;
  }
  for (let r = 0; r < rows; r++, at += stride, outAt += stride) {
    for (let c = from; c < from + columns; c++) {
      out[outAt + c] = (x[at + c] - center[c]) * scale[c] + offset[c];
    }
  }
}

/** Planes of `inner` elements, of the channels from `from` on. */
export function transformPlanes(
  x: FloatArray,
  at: number,
  out: FloatArray,
  outAt: number,
  channels: number,
  inner: number,
  from: number,
  center: FloatArray,
  scale: FloatArray,
  offset: FloatArray,
): void {
  for (let c = from; c < from + channels; c++, at += inner, outAt += inner) {
    const [middle, gain, level] = [center[c], scale[c], offset[c]];
    if (x instanceof Float32Array) {
      const round = Math.fround;
      for (let i = 0; i < inner; i++) {
        out[outAt + i] = round(round(x[at + i] - middle) * gain) + level;
      }
    } else {
      for (let i = 0; i < inner; i++) out[outAt + i] = (x[at + i] - middle) * gain + level;
    }
  }
}
