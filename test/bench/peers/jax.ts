/**
 * @file jax-js on its WebAssembly backend, every operation one compiled function. It finds no web
 * workers in Node, so that it has one thread.
 */
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
import { packageVersion } from "../packages.ts";

/** An array that every function it is passed to takes over, unless passed as `ref`. */
interface JaxArray {
  readonly ref: JaxArray;
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  div(other: JaxArray | number): JaxArray;
  equal(other: JaxArray): JaxArray;
  astype(dtype: string): JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

type Reduction = (
  x: JaxArray,
  axes: readonly number[],
  options?: { keepdims?: boolean; mean?: JaxArray },
) => JaxArray;
type JaxFunction<Result> = (...inputs: JaxArray[]) => Result;

interface Jax {
  init(device: string): Promise<readonly string[]>;
  defaultDevice(device: string): unknown;
  jit<Result>(f: JaxFunction<Result>): JaxFunction<Result> & { dispose(): void };
  vjp(
    f: JaxFunction<JaxArray>,
    inputs: readonly JaxArray[],
  ): [JaxArray, (upstream: JaxArray) => JaxArray[]];
  blockUntilReady<T>(results: T): Promise<T>;
  readonly numpy: {
    array(values: Float32Array, options: { shape: readonly number[] }): JaxArray;
    arange(stop: number): JaxArray;
    floor(x: JaxArray): JaxArray;
    minimum(x: JaxArray, other: number): JaxArray;
    reciprocal(x: JaxArray): JaxArray;
    sqrt(x: JaxArray): JaxArray;
    readonly mean: Reduction;
    readonly var_: Reduction;
    readonly sum: Reduction;
    readonly min: Reduction;
    readonly max: Reduction;
  };
}

const specifier = "@jax-js/jax";

export async function jax(): Promise<Peer> {
  const library: Jax = await import(specifier);
  await library.init("wasm");
  library.defaultDevice("wasm");
  return {
    name: "jax-js",
    version: `jax-js ${packageVersion(specifier)}, wasm, 1 thread`,
    prepare: async (operation, data) => prepare(library, operation, data),
  };
}

function prepare(library: Jax, operation: Operation, data: Data): Cell {
  const { numpy: np } = library;
  const { channelShape, reducedAxes, shape } = data;
  const normalize = (
    x: JaxArray,
    mean: JaxArray,
    variance: JaxArray,
    gamma: JaxArray,
    beta: JaxArray,
  ) =>
    x
      .sub(mean)
      .mul(np.reciprocal(np.sqrt(variance.add(epsilon))).mul(gamma))
      .add(beta);
  const train = (x: JaxArray, gamma: JaxArray, beta: JaxArray) => {
    const mean = np.mean(x.ref, reducedAxes, { keepdims: true });
    const variance = np.var_(x.ref, reducedAxes, { mean: mean.ref, keepdims: true });
    return normalize(x, mean, variance, gamma, beta);
  };

  const perChannel = (values: ArrayLike<number>) =>
    np.array(Float32Array.from(values), { shape: channelShape });
  const x = np.array(data.x, { shape });
  const gamma = perChannel(new Float32Array(data.channels).fill(1));
  const beta = perChannel(new Float32Array(data.channels));
  const held = [x, gamma, beta];
  /** The result at `probe` tells right from wrong, by so many of its first elements. */
  const cell = (
    f: JaxFunction<JaxArray[]>,
    inputs: readonly JaxArray[],
    { probe = 0, first = probed } = {},
  ) => {
    const compiled = library.jit(f);
    const run = async () => library.blockUntilReady(compiled(...inputs.map(({ ref }) => ref)));
    return cellOf(
      async () => {
        for (const result of await run()) result.dispose();
      },
      async () => {
        const results = await run();
        const values = Array.from(await results[probe].ref.data()).slice(0, first);
        for (const result of results) result.dispose();
        return values;
      },
      () => {
        for (const array of held) array.dispose();
        compiled.dispose();
      },
    );
  };
  switch (operation) {
    case "moments":
      return cell(
        (x) => {
          const mean = np.mean(x.ref, reducedAxes, { keepdims: true });
          return [np.var_(x, reducedAxes, { mean: mean.ref }), mean];
        },
        [x],
        { first: data.channels },
      );
    case "training forward":
      return cell((x, gamma, beta) => [train(x, gamma, beta)], [x, gamma, beta]);
    case "inference": {
      const mean = perChannel(data.mean);
      const variance = perChannel(data.variance);
      held.push(mean, variance);
      return cell(
        (x, mean, variance, gamma, beta) => [normalize(x, mean, variance, gamma, beta)],
        [x, mean, variance, gamma, beta],
      );
    }
    case "forward + backward": {
      const upstream = np.array(data.upstream, { shape });
      held.push(upstream);
      return cell(
        (x, gamma, beta, upstream) => {
          const [y, pullBack] = library.vjp(train, [x, gamma, beta]);
          return [y, ...pullBack(upstream)];
        },
        [x, gamma, beta, upstream],
        { probe: 1 },
      );
    }
    case "64-bin histograms":
      // It has no histogram and scatters nothing by itself: each bin counts the values that are its.
      return cell(
        (x) => {
          const low = np.min(x.ref, reducedAxes, { keepdims: true });
          const width = np.max(x.ref, reducedAxes, { keepdims: true }).sub(low.ref);
          const position = np.floor(x.sub(low).div(width).mul(bins));
          const bin = np.minimum(position, bins - 1).reshape([...shape, 1]);
          const hits = bin.equal(np.arange(bins).astype("float32"));
          return [np.sum(hits.astype("int32"), reducedAxes)];
        },
        [x],
        { first: bins },
      );
  }
}
