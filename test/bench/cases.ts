/**
 * @file What is measured: operations, shapes, their data, and the form in which a peer offers them.
 */
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const operations = [
  "moments",
  "training forward",
  "inference",
  "forward + backward",
  "64-bin histograms",
] as const;

export type Operation = (typeof operations)[number];

export const bins = 64;
export const epsilon = 1e-3;

/** How many elements of an output are compared with the reference. */
export const probed = 64;

export interface Shape {
  readonly shape: readonly number[];
  /** Of the channels. */
  readonly axis: number;
}

export const shapes: readonly Shape[] = [
  { shape: [30, 32, 32, 64], axis: -1 },
  { shape: [32, 56, 56, 256], axis: -1 },
  { shape: [256, 1024], axis: -1 },
  { shape: [8, 7, 7, 2048], axis: -1 },
  { shape: [30, 64, 32, 32], axis: 1 },
];

export function shapeName({ shape, axis }: Shape): string {
  return `float32 (${shape.join(", ")}), axis ${axis}`;
}

/** One shape's input, the same for every peer. */
export interface Data extends Shape {
  readonly x: Float32Array;
  /** The gradient that comes back to the output. */
  readonly upstream: Float32Array;
  readonly channels: number;
  /** From one element of a channel to the channel's next, and how many stand together. */
  readonly inner: number;
  /** All axes but that of the channels. */
  readonly reducedAxes: readonly number[];
  /** The shape in which one value per channel broadcasts against x. */
  readonly channelShape: readonly number[];
  /** Of each channel of x, in double precision; what inference normalizes by, in single. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** A file of x's values, then of upstream's, for other processes. */
  readonly file: string;
}

/** Something measured, ready to run. */
export interface Cell {
  /** Milliseconds of each of so many runs. */
  time(runs: number): Promise<readonly number[]>;
  /**
   * Of the operation's results what tells right from wrong: variances of all channels; the first
   * elements of the output or the input's gradient; the counts of the first channel.
   */
  results(): Promise<ArrayLike<number>>;
  dispose(): void;
}

export interface Peer {
  readonly name: string;
  /** Of the library, and what else should be known of it. */
  readonly version: string;
  /** Whether it stands for the best the machine can do: the tables show its fastest run. */
  readonly limit?: boolean;
  /** @throws where the peer has no such operation: the message is the reason. */
  prepare(operation: Operation, data: Data): Promise<Cell>;
  close?(): void;
}

/** A cell of a function in this process. */
export function cellOf(
  run: () => unknown,
  results: () => ArrayLike<number> | Promise<ArrayLike<number>>,
  dispose: () => void = () => {},
): Cell {
  return {
    async time(runs) {
      const times: number[] = [];
      for (let i = 0; i < runs; i++) {
        const start = performance.now();
        const pending = run();
        if (pending instanceof Promise) await pending;
        times.push(performance.now() - start);
      }
      return times;
    },
    results: async () => results(),
    dispose,
  };
}

/** Uniform draws from [0, 1), the same in every run. */
function uniformDraws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** Draws from [-2, 2). */
export function uniformData(shape: Shape): Data {
  const uniform = uniformDraws(1);
  return dataOf(shape, () => 4 * uniform() - 2);
}

/** Draws from a normal distribution; every channel's first element is `first`, where given. */
export function normalData(shape: Shape, mean: number, std: number, first?: number): Data {
  const uniform = uniformDraws(2);
  const draw = () =>
    mean + std * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const { channels, inner } = layoutOf(shape);
  return dataOf(shape, (i) =>
    first !== undefined && i < channels * inner && i % inner === 0 ? first : draw(),
  );
}

function layoutOf({ shape, axis }: Shape) {
  const at = axis < 0 ? axis + shape.length : axis;
  const channels = shape[at];
  const inner = shape.slice(at + 1).reduce((a, b) => a * b, 1);
  return { at, channels, inner };
}

function dataOf({ shape, axis }: Shape, draw: (i: number) => number): Data {
  const { at, channels, inner } = layoutOf({ shape, axis });
  const size = shape.reduce((a, b) => a * b, 1);
  const x = new Float32Array(size);
  for (let i = 0; i < size; i++) x[i] = draw(i);
  const upstream = new Float32Array(size);
  const uniform = uniformDraws(3);
  for (let i = 0; i < size; i++) upstream[i] = uniform() - 0.25;
  const file = join(tmpdir(), `batchnorm-bench-${randomBytes(6).toString("hex")}.f32`);
  files.add(file);
  writeFileSync(file, x);
  writeFileSync(file, upstream, { flag: "a" });
  return {
    shape,
    axis,
    x,
    upstream,
    channels,
    inner,
    reducedAxes: shape.map((_, i) => i).filter((i) => i !== at),
    channelShape: shape.map((length, i) => (i === at ? length : 1)),
    ...exactMoments(x, channels, inner),
    file,
  };
}

const files = new Set<string>();
process.once("exit", () => {
  for (const file of files) rmSync(file, { force: true });
});

/** Takes the data's file away. */
export function release({ file }: Data): void {
  rmSync(file, { force: true });
  files.delete(file);
}

/** In two passes of double precision. */
function exactMoments(x: Float32Array, channels: number, inner: number) {
  const count = x.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  const block = channels * inner;
  for (let from = 0; from < x.length; from += block) {
    for (let i = 0; i < block; i++) mean[Math.floor(i / inner)] += x[from + i];
  }
  for (let c = 0; c < channels; c++) mean[c] /= count;
  for (let from = 0; from < x.length; from += block) {
    for (let i = 0; i < block; i++) {
      const c = Math.floor(i / inner);
      variance[c] += (x[from + i] - mean[c]) ** 2;
    }
  }
  for (let c = 0; c < channels; c++) variance[c] /= count;
  return { mean, variance };
}
