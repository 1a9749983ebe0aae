/**
 * @file What the compiled kernels export (see `kernels/`), and the engine's loops made of it.
 * Addresses are of bytes in the kernels' memory.
 */
import type { FloatArray } from "../dtype.ts";
import { type KernelSet, plainKernels } from "../jobs/kernelSet.ts";

/** A compiled function: addresses, counts and flags in, a flag or nothing out. */
type Kernel = (...operands: number[]) => number;

/** The exports that the engine's own loops use; others are declared where they are bound. */
export type Kernels = Readonly<Record<string, Kernel>>;

/** The address of an element. */
function address(array: ArrayBufferView & { BYTES_PER_ELEMENT: number }, at = 0): number {
  return array.byteOffset + at * array.BYTES_PER_ELEMENT;
}

/** The loops over arrays that all lie in the kernels' memory. */
export function compiledKernels(kernels: Kernels): KernelSet {
  const wide = (x: FloatArray): boolean => x instanceof Float64Array;
  return {
    ...plainKernels,
    sumRows(
      x,
      at,
      rows,
      stride,
      from,
      columns,
      shift,
      sums,
      squares,
      exactly,
      centered,
      streaming,
    ) {
      const [k, s, q] = [address(shift, from), address(sums, from), address(squares, from)];
      const start = address(x, at + from);
      if (wide(x)) kernels["sumRows64"](start, rows, stride, columns, k, s, q);
      else if (exactly) kernels["sumRowsExactly"](start, rows, stride, columns, k, s, q);
      else if (centered) {
        kernels["sumRowsAboutZero"](start, rows, stride, columns, s, q, streaming ? 1 : 0);
      } else kernels["sumRows"](start, rows, stride, columns, k, s, q, streaming ? 1 : 0);
    },
    sumPlanes(x, at, channels, inner, from, shift, sums, squares, exactly, centered) {
      const first = 16 * from;
      const [k, s, q] = [address(shift, first), address(sums, first), address(squares, first)];
      const flags = [exactly ? 1 : 0, centered ? 1 : 0];
      if (wide(x)) kernels["sumPlanes64"](address(x, at), channels, inner, k, s, q);
      else kernels["sumPlanes"](address(x, at), channels, inner, k, s, q, ...flags);
    },
    meanOfRows(x, at, rows, stride, columns, means) {
      if (wide(x)) return plainKernels.meanOfRows(x, at, rows, stride, columns, means);
      return kernels["meanOfRows"](address(x, at), rows, stride, columns, address(means)) === 1;
    },
    extremesOfRows(x, at, rows, stride, columns, low, high) {
      if (wide(x)) plainKernels.extremesOfRows(x, at, rows, stride, columns, low, high);
      else {
        const [l, h] = [address(low), address(high)];
        kernels["extremesOfRows"](address(x, at), rows, stride, columns, l, h);
      }
    },
    extremesOfPlanes(x, at, channels, inner, from, low, high) {
      if (wide(x)) plainKernels.extremesOfPlanes(x, at, channels, inner, from, low, high);
      else {
        const [l, h] = [address(low, from), address(high, from)];
        kernels["extremesOfPlanes"](address(x, at), channels, inner, l, h);
      }
    },
    transformRows(x, at, out, outAt, rows, stride, from, columns, center, scale, offset, streams) {
      const [source, target] = [address(x, at + from), address(out, outAt + from)];
      const [k, a, b] = [address(center, from), address(scale, from), address(offset, from)];
      if (wide(x)) kernels["transformRows64"](source, target, rows, stride, columns, k, a, b);
      else {
        const paired = streams ? 0 : 1;
        kernels["transformRows"](source, target, rows, stride, columns, k, a, b, paired);
      }
    },
    transformPlanes(x, at, out, outAt, channels, inner, from, center, scale, offset) {
      const transform = kernels[wide(x) ? "transformPlanes64" : "transformPlanes"];
      const [k, a, b] = [address(center, from), address(scale, from), address(offset, from)];
      transform(address(x, at), address(out, outAt), channels, inner, k, a, b);
    },
    dotRows(x, at, flow, flowAt, rows, stride, columns, center, sums, dots, exactly, streaming) {
      if (wide(x)) {
        const vectors = [center, sums, dots, exactly, streaming] as const;
        plainKernels.dotRows(x, at, flow, flowAt, rows, stride, columns, ...vectors);
        return;
      }
      const dot = kernels[exactly ? "dotRowsExactly" : "dotRows"];
      const vectors = [address(center), address(sums), address(dots), streaming ? 1 : 0];
      dot(address(x, at), address(flow, flowAt), rows, stride, columns, ...vectors);
    },
    dotPlanes(x, at, flow, flowAt, channels, inner, from, center, sums, dots, exactly) {
      if (wide(x)) {
        const vectors = [center, sums, dots, exactly] as const;
        plainKernels.dotPlanes(x, at, flow, flowAt, channels, inner, from, ...vectors);
        return;
      }
      const first = 16 * from;
      const vectors = [address(center, first), address(sums, first), address(dots, first)];
      const [a, b] = [address(x, at), address(flow, flowAt)];
      kernels["dotPlanes"](a, b, channels, inner, ...vectors, exactly ? 1 : 0);
    },
    slopeRows(x, at, flow, flowAt, out, outAt, rows, stride, from, columns, vectors) {
      if (wide(x)) {
        plainKernels.slopeRows(
          x,
          at,
          flow,
          flowAt,
          out,
          outAt,
          rows,
          stride,
          from,
          columns,
          vectors,
        );
        return;
      }
      const { center, gain, slope, level } = vectors;
      kernels["slopeRows"](
        address(x, at + from),
        address(flow, flowAt + from),
        address(out, outAt + from),
        rows,
        stride,
        columns,
        ...[address(center, from), address(gain, from), address(slope, from), address(level, from)],
      );
    },
    slopePlanes(x, at, flow, flowAt, out, outAt, channels, inner, from, vectors) {
      if (wide(x)) {
        plainKernels.slopePlanes(x, at, flow, flowAt, out, outAt, channels, inner, from, vectors);
        return;
      }
      const { center, gain, slope, level } = vectors;
      kernels["slopePlanes"](
        address(x, at),
        address(flow, flowAt),
        address(out, outAt),
        channels,
        inner,
        ...[address(center, from), address(gain, from), address(slope, from), address(level, from)],
      );
    },
    countRows(x, at, rows, stride, columns, width, guess, channelOf, bases, tables) {
      const { bins, scales, edges, counts, bounded } = tables;
      kernels["countRows"](
        ...[address(x, at), rows, stride, columns, width, bins],
        ...[address(guess), address(channelOf), address(bases)],
        ...[address(scales), address(edges), address(counts), bounded ? 1 : 0],
      );
    },
    countPlanes(x, at, channels, inner, from, { bins, scales, edges, counts, bounded }) {
      const tables = [address(scales), address(edges), address(counts), bounded ? 1 : 0];
      kernels["countPlanes"](address(x, at), channels, inner, from, bins, ...tables);
    },
    decodeFloat16(bits, at, out, outAt, count) {
      kernels["decodeFloat16"](address(bits, at), address(out, outAt), count);
    },
    encodeFloat16(values, at, out, outAt, count) {
      kernels["encodeFloat16"](address(values, at), address(out, outAt), count);
    },
    decodeBfloat16(bits, at, out, outAt, count) {
      kernels["decodeBfloat16"](address(bits, at), address(out, outAt), count);
    },
    encodeBfloat16(values, at, out, outAt, count) {
      kernels["encodeBfloat16"](address(values, at), address(out, outAt), count);
    },
  };
}
