/**
 * @file TensorFlow.js on its WebAssembly backend, which has one thread in Node.
 */
import { mkdirSync } from "node:fs";
import { build } from "esbuild";
import {
  bins,
  type Cell,
  cellOf,
  type Data,
  epsilon,
  type Operation,
  type Peer,
  probed,
} from "../cases.ts";
import { folder, packageVersion, require } from "../packages.ts";

interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
}

type Binary = (a: Tensor, b: Tensor | number) => Tensor;
type Range = (x: Tensor, axes: readonly number[], keepDims: boolean) => Tensor;

interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tidy<T>(action: () => T): T;
  tensor(values: ArrayLike<number>, shape: readonly number[]): Tensor;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly minimum: Binary;
  readonly min: Range;
  readonly max: Range;
  rsqrt(x: Tensor): Tensor;
  cast(x: Tensor, dtype: string): Tensor;
  reshape(x: Tensor, shape: readonly number[]): Tensor;
  slice(x: Tensor, begin: number, size: number): Tensor;
  scalar(value: number, dtype: string): Tensor;
  ones(shape: readonly number[]): Tensor;
  zeros(shape: readonly number[]): Tensor;
  range(start: number, stop: number, step: number, dtype: string): Tensor;
  moments(
    x: Tensor,
    axes: readonly number[],
    keepDims?: boolean,
  ): Record<"mean" | "variance", Tensor>;
  batchNorm(
    x: Tensor,
    mean: Tensor,
    variance: Tensor,
    offset: Tensor,
    scale: Tensor,
    epsilon: number,
  ): Tensor;
  bincount(x: Tensor, weights: Tensor, size: number): Tensor;
  valueAndGrads(
    f: (...inputs: Tensor[]) => Tensor,
  ): (inputs: readonly Tensor[], dy: Tensor) => { value: Tensor; grads: Tensor[] };
}

export async function tensorflow(): Promise<Peer> {
  const tf: TensorFlow = require("@tensorflow/tfjs-core");
  require("@tensorflow/tfjs-backend-wasm");
  await registerGradients();
  await tf.setBackend("wasm");
  await tf.ready();
  return {
    name: "TF.js",
    version: `TensorFlow.js ${packageVersion("@tensorflow/tfjs-core")}, wasm, 1 thread`,
    prepare: async (operation, data) => prepare(tf, operation, data),
  };
}

/**
 * The core's gradients are only in modules that Node cannot resolve by itself, so that they are
 * bundled; the bundle's registry is the global one.
 */
async function registerGradients(): Promise<void> {
  const cache = `${folder}node_modules/.cache`;
  mkdirSync(cache, { recursive: true });
  const outfile = `${cache}/gradients.cjs`;
  await build({
    stdin: {
      contents: 'import "@tensorflow/tfjs-core/dist/register_all_gradients";',
      resolveDir: folder,
    },
    bundle: true,
    platform: "node",
    logLevel: "error",
    outfile,
  });
  require(outfile);
}

function prepare(tf: TensorFlow, operation: Operation, data: Data): Cell {
  const { channels, channelShape, reducedAxes } = data;
  // batchNorm takes channels from the last axis alone; elsewhere they broadcast by hand.
  const last = data.inner === 1;
  const shape = last ? [channels] : channelShape;
  const normalize = (x: Tensor, mean: Tensor, variance: Tensor, gamma: Tensor, beta: Tensor) => {
    if (last) return tf.batchNorm(x, mean, variance, beta, gamma, epsilon);
    const scale = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), gamma);
    return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(mean, scale)));
  };
  const train = (x: Tensor, gamma: Tensor, beta: Tensor) => {
    const { mean, variance } = tf.moments(x, reducedAxes, !last);
    return normalize(x, mean, variance, gamma, beta);
  };

  const x = tf.tensor(data.x, data.shape);
  const gamma = tf.ones(shape);
  const beta = tf.zeros(shape);
  const held = [x, gamma, beta];
  /** So many of the result's first elements tell right from wrong. */
  const cell = (run: () => Tensor, first = probed) =>
    cellOf(
      () => tf.tidy(() => void run()),
      () => tf.tidy(() => tf.slice(tf.reshape(run(), [-1]), 0, first).dataSync()),
      () => {
        for (const tensor of held) tensor.dispose();
      },
    );
  switch (operation) {
    case "moments":
      return cell(() => tf.moments(x, reducedAxes).variance, channels);
    case "training forward":
      return cell(() => train(x, gamma, beta));
    case "inference": {
      const mean = tf.tensor(Float32Array.from(data.mean), shape);
      const variance = tf.tensor(Float32Array.from(data.variance), shape);
      held.push(mean, variance);
      return cell(() => normalize(x, mean, variance, gamma, beta));
    }
    case "forward + backward": {
      const upstream = tf.tensor(data.upstream, data.shape);
      held.push(upstream);
      const step = tf.valueAndGrads(train);
      return cell(() => step([x, gamma, beta], upstream).grads[0]);
    }
    case "64-bin histograms": {
      const starts = tf.reshape(tf.range(0, channels * bins, bins, "int32"), channelShape);
      const lastBin = tf.scalar(bins - 1, "int32");
      const unweighted = tf.tensor([], [0]);
      held.push(starts, lastBin, unweighted);
      return cell(() => {
        const low = tf.min(x, reducedAxes, true);
        const width = tf.sub(tf.max(x, reducedAxes, true), low);
        const scale = tf.div(tf.scalar(bins, "float32"), width);
        const position = tf.cast(tf.mul(tf.sub(x, low), scale), "int32");
        const bin = tf.add(tf.minimum(position, lastBin), starts);
        return tf.bincount(tf.reshape(bin, [-1]), unweighted, channels * bins);
      }, bins);
    }
  }
}
