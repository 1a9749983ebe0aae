/**
 * @file Float16 and bfloat16 to float32 and back without WebAssembly.
 */
import {
  fromBfloat16Bits,
  fromFloat16Bits,
  type NumericArray,
  toBfloat16Bits,
  toFloat16Bits,
} from "../dtype.ts";

/** The values of `count` float16s, from element `at` on to element `outAt` on. */
export function decodeFloat16(
  bits: NumericArray,
  at: number,
  out: Float32Array,
  outAt: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) out[outAt + i] = fromFloat16Bits(bits[at + i]);
}

/** The bits of the float16s nearest to `count` float32s. */
export function encodeFloat16(
  values: Float32Array,
  at: number,
  out: NumericArray,
  outAt: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) out[outAt + i] = toFloat16Bits(values[at + i]);
}

/** The values of `count` bfloat16s. */
export function decodeBfloat16(
  bits: NumericArray,
  at: number,
  out: Float32Array,
  outAt: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) out[outAt + i] = fromBfloat16Bits(bits[at + i]);
}

/** The bits of the bfloat16s nearest to `count` float32s. */
export function encodeBfloat16(
  values: Float32Array,
  at: number,
  out: NumericArray,
  outAt: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) out[outAt + i] = toBfloat16Bits(values[at + i]);
}
