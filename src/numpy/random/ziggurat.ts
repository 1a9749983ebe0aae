/**
 * @file The standard normal and the standard exponential distribution by the ziggurat method
 * (Marsaglia & Tsang, "The Ziggurat Method for Generating Random Variables", 2000), with NumPy's
 * layers and use of bits, in float64 and float32. In the float32 tails (one normal draw in 4000)
 * NumPy's last bit is that of the C library's `log1pf`, which glibc rounds correctly since 2.41.
 */
import { exp, log1p } from "../ufuncs/accurate.ts";
import { type BitGenerator, nextFloat } from "./bitGenerator.ts";
import type { Source } from "./fills.ts";
import { exponentialZiggurat, normalZiggurat, type PackedZiggurat } from "./zigguratTables.ts";

/** Of each layer its right edge, its acceptance bound, its density at the edge. */
interface Layers {
  readonly widths: Float64Array | Float32Array;
  readonly bounds: Float64Array | Float32Array;
  readonly densities: Float64Array | Float32Array;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decodeBase64(text: string): Float64Array {
  const bytes = new Uint8Array(256 * 8);
  let bits = 0;
  let held = 0;
  let position = 0;
  for (const character of text) {
    bits = (bits << 6) | alphabet.indexOf(character);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[position++] = bits >> held;
    bits &= (1 << held) - 1;
  }
  return new Float64Array(bytes.buffer);
}

/** `units`: how many values the bits have that are drawn for a place within a layer. */
function unpack(packed: PackedZiggurat, units: number): Layers {
  const widths = decodeBase64(packed.widths);
  const bounds = widths.map((width, layer) => {
    // The base layer holds the tail as well; the top one lies wholly under the curve's slope.
    if (layer === 1) return 0;
    const inner = layer === 0 ? widths[255] : widths[layer - 1];
    return Math.floor((inner / width) * units) + Number(packed.excess[layer]) - 3;
  });
  return { widths, bounds, densities: decodeBase64(packed.densities) };
}

/** The same layers in float32, for 23 bits. */
function single(
  { widths, bounds, densities }: Layers,
  units: number,
  round: typeof Math.fround,
): Layers {
  const scale = units / 2 ** 23;
  return {
    widths: Float32Array.from(widths, (width) => round(width * scale)),
    bounds: Float32Array.from(bounds, (bound) => Math.round(bound / scale)),
    densities: Float32Array.from(densities, round),
  };
}

/** As the kernels lay layers out: a bound, an integer, after each width, then the densities. */
function interleaved({ widths, bounds, densities }: Layers): Uint32Array {
  const wide = widths instanceof Float64Array;
  const table = wide ? new Float64Array(768) : new Float32Array(768);
  const words = new Uint32Array(table.buffer);
  for (const [layer, bound] of bounds.entries()) {
    table[2 * layer] = widths[layer];
    if (wide) {
      words[4 * layer + 2] = bound;
      words[4 * layer + 3] = bound / 2 ** 32;
    } else words[2 * layer + 1] = bound;
  }
  table.set(densities, 512);
  return words;
}

const normals = unpack(normalZiggurat, 2 ** 52);
const normals32 = single(normals, 2 ** 52, Math.fround);
const exponentials = unpack(exponentialZiggurat, 2 ** 53);
// These went through nine decimal digits.
const exponentials32 = single(exponentials, 2 ** 53, (value) =>
  Math.fround(Number(value.toPrecision(9))),
);

/** Where the base layer of the normal distribution ends and its tail begins. */
const normalTail = 3.6541528853610088;
const inverseNormalTail = 0.27366123732975828;
const exponentialTail = 7.69711747013105;
const { fround } = Math;

/** From the standard normal distribution. */
export function standardNormal(bits: BitGenerator): number {
  const { widths, bounds } = normals;
  const { word } = bits;
  for (;;) {
    bits.next64();
    const low = word[1];
    const layer = low & 0xff;
    const place = (word[0] & 0x1fff_ffff) * 8388608 + (low >>> 9);
    const distance = place * widths[layer];
    const value = low & 0x100 ? -distance : distance;
    if (place < bounds[layer]) return value;
    if (layer === 0) return normalBeyond(bits, (low & 0x2_0000) !== 0);
    if (underNormal(bits, layer, value)) return value;
  }
}

function underNormal(bits: BitGenerator, layer: number, value: number): boolean {
  const { densities } = normals;
  const density = (densities[layer - 1] - densities[layer]) * bits.nextDouble() + densities[layer];
  return density < exp(-0.5 * value * value);
}

function normalBeyond(bits: BitGenerator, negative: boolean): number {
  for (;;) {
    const beyond = -inverseNormalTail * log1p(-bits.nextDouble());
    const height = -log1p(-bits.nextDouble());
    if (height + height <= beyond * beyond) continue;
    return negative ? -(normalTail + beyond) : normalTail + beyond;
  }
}

/** From the standard normal distribution, in float32 from 32 bits. */
export function standardNormal32(bits: BitGenerator): number {
  const { widths, bounds, densities } = normals32;
  for (;;) {
    const drawn = bits.next32();
    const layer = drawn & 0xff;
    const place = drawn >>> 9;
    const distance = fround(place * widths[layer]);
    const value = drawn & 0x100 ? -distance : distance;
    if (place < bounds[layer]) return value;
    if (layer === 0) return normalBeyond32(bits, (drawn & 0x2_0000) !== 0);
    const step = fround(fround(densities[layer - 1] - densities[layer]) * nextFloat(bits));
    if (fround(step + densities[layer]) < exp(-0.5 * value * value)) return value;
  }
}

function normalBeyond32(bits: BitGenerator, negative: boolean): number {
  for (;;) {
    const beyond = fround(-fround(inverseNormalTail) * fround(log1p(-nextFloat(bits))));
    const height = -fround(log1p(-nextFloat(bits)));
    if (fround(height + height) <= fround(beyond * beyond)) continue;
    const value = fround(fround(normalTail) + beyond);
    return negative ? -value : value;
  }
}

/** From the standard exponential distribution. */
export function standardExponential(bits: BitGenerator): number {
  const { widths, bounds, densities } = exponentials;
  const { word } = bits;
  for (;;) {
    bits.next64();
    const low = word[1];
    const layer = (low >>> 3) & 0xff;
    const place = word[0] * 2097152 + (low >>> 11);
    const value = place * widths[layer];
    if (place < bounds[layer]) return value;
    if (layer === 0) return exponentialTail - log1p(-bits.nextDouble());
    const step = (densities[layer - 1] - densities[layer]) * bits.nextDouble();
    if (step + densities[layer] < exp(-value)) return value;
  }
}

/** From the standard exponential distribution, in float32 from 32 bits. */
export function standardExponential32(bits: BitGenerator): number {
  const { widths, bounds, densities } = exponentials32;
  for (;;) {
    const drawn = bits.next32();
    const layer = (drawn >>> 1) & 0xff;
    const place = drawn >>> 9;
    const value = fround(place * widths[layer]);
    if (place < bounds[layer]) return value;
    if (layer === 0) return fround(fround(exponentialTail) - fround(log1p(-nextFloat(bits))));
    const step = fround(fround(densities[layer - 1] - densities[layer]) * nextFloat(bits));
    if (fround(step + densities[layer]) < fround(exp(-value))) return value;
  }
}

export const normalSource: Source = {
  draw: standardNormal,
  layers: interleaved(normals),
  kernels: { PCG64: "normals" },
};
export const normalSource32: Source = {
  draw: standardNormal32,
  layers: interleaved(normals32),
  kernels: { PCG64: "normals32" },
};
export const exponentialSource: Source = {
  draw: standardExponential,
  layers: interleaved(exponentials),
  kernels: { PCG64: "exponentials" },
};
export const exponentialSource32: Source = {
  draw: standardExponential32,
  layers: interleaved(exponentials32),
  kernels: { PCG64: "exponentials32" },
};
