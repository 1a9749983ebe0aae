/**
 * @file ONNX Runtime web. Its operators are composed into one small model per operation and shape;
 * the gradient, which ONNX does not derive, is written out. A run copies its inputs into the
 * runtime's memory and its outputs out of it, as the API would have it.
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
import { packageVersion, require } from "../packages.ts";
import { type ElementType, OnnxGraph } from "./onnxModel.ts";

interface OnnxTensor {
  readonly data: ArrayLike<number>;
  dispose(): void;
}

interface Session {
  run(inputs: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
  release(): Promise<void>;
}

interface Runtime {
  readonly env: { logLevel: string; readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: string, data: Float32Array, shape: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: { executionProviders: string[] }): Promise<Session>;
  };
}

const name = "onnxruntime-web";

/** A runtime has the threads that its first session found set, so that each number has its own. */
export async function onnx(threads: number): Promise<Peer> {
  for (const path of Object.keys(require.cache)) {
    if (path.includes("onnxruntime-")) delete require.cache[path];
  }
  const runtime: Runtime = require(name);
  runtime.env.wasm.numThreads = threads;
  runtime.env.logLevel = "error";
  // Its first session leaves a global Worker behind, by which other libraries would take Node for a
  // browser.
  const graph = new OnnxGraph();
  const output = graph.node("Identity", [graph.input("x", [1])]);
  const first = await createSession(runtime, graph.model([{ name: output, shape: [1] }]));
  await first.release();
  Reflect.deleteProperty(globalThis, "Worker");
  return {
    name: threads === 1 ? "ONNX web" : `ONNX web ×${threads}`,
    version: `ONNX Runtime web ${packageVersion(name)}, wasm, ${threads} thread${threads === 1 ? "" : "s"}`,
    prepare: (operation, data) => prepare(runtime, operation, data),
  };
}

function createSession(runtime: Runtime, model: Uint8Array): Promise<Session> {
  return runtime.InferenceSession.create(model, { executionProviders: ["cpu"] });
}

async function prepare(runtime: Runtime, operation: Operation, data: Data): Promise<Cell> {
  const { model, first } = models[operation](data);
  const session = await createSession(runtime, model);
  const inputs: Record<string, OnnxTensor> = {
    x: new runtime.Tensor("float32", data.x, data.shape),
  };
  if (operation === "forward + backward") {
    inputs["upstream"] = new runtime.Tensor("float32", data.upstream, data.shape);
  }
  return cellOf(
    () => session.run(inputs),
    async () => Array.from(Object.values(await session.run(inputs))[0].data).slice(0, first),
    () => void session.release(),
  );
}

interface Model {
  readonly model: Uint8Array;
  /** How many elements of the first output tell right from wrong. */
  readonly first: number;
}

const models: Record<Operation, (data: Data) => Model> = {
  moments(data) {
    const { graph, mean, variance } = centered(data);
    return finish(graph, [variance, mean], data.channelShape, data.channels);
  },
  "training forward"(data) {
    const { graph, deviation, inverse } = centered(data);
    return finish(graph, [scaled(graph, data, deviation, inverse)], data.shape);
  },
  inference(data) {
    const graph = new OnnxGraph();
    const x = graph.input("x", data.shape);
    if (data.inner > 1) {
      const [gamma, beta, mean, variance] = [
        new Float32Array(data.channels).fill(1),
        new Float32Array(data.channels),
        data.mean,
        data.variance,
      ].map((values) => graph.floats(values, [data.channels]));
      const inputs = [x, gamma, beta, mean, variance];
      const y = graph.node("BatchNormalization", inputs, { epsilon: { float: epsilon } });
      return finish(graph, [y], data.shape);
    }
    // BatchNormalization takes channels from axis 1 alone. What is constant is folded beforehand.
    const scale = data.variance.map((variance) => 1 / Math.sqrt(variance + epsilon));
    const offset = data.mean.map((mean, c) => -mean * scale[c]);
    const product = graph.node("Mul", [x, graph.floats(scale, data.channelShape)]);
    const y = graph.node("Add", [product, graph.floats(offset, data.channelShape)]);
    return finish(graph, [y], data.shape);
  },
  "forward + backward"(data) {
    const { graph, axes, deviation, inverse } = centered(data);
    const upstream = graph.input("upstream", data.shape);
    const y = scaled(graph, data, deviation, inverse);
    const count = data.x.length / data.channels;
    const share = graph.floats([1 / count], []);
    const normalized = graph.node("Mul", [deviation, inverse]);
    const beta = graph.node("ReduceSum", [upstream, axes], { keepdims: 1 });
    const product = graph.node("Mul", [upstream, normalized]);
    const gamma = graph.node("ReduceSum", [product, axes], { keepdims: 1 });
    const viaVariance = graph.node("Mul", [normalized, graph.node("Mul", [gamma, share])]);
    const viaMean = graph.node("Mul", [beta, share]);
    const inner = graph.node("Sub", [graph.node("Sub", [upstream, viaVariance]), viaMean]);
    const slopes = scaled(graph, data, inner, inverse, { offset: false });
    return finish(graph, [slopes, y], data.shape, probed, [
      { name: gamma, shape: data.channelShape },
      { name: beta, shape: data.channelShape },
    ]);
  },
  "64-bin histograms"(data) {
    const { channels, channelShape } = data;
    const graph = new OnnxGraph();
    const x = graph.input("x", data.shape);
    const axes = graph.integers(data.reducedAxes);
    const low = graph.node("ReduceMin", [x, axes], { keepdims: 1 });
    const high = graph.node("ReduceMax", [x, axes], { keepdims: 1 });
    const width = graph.node("Sub", [high, low]);
    const scale = graph.node("Div", [graph.floats([bins], []), width]);
    const position = graph.node("Mul", [graph.node("Sub", [x, low]), scale]);
    const capped = graph.node("Min", [position, graph.floats([bins - 1], [])]);
    const bin = graph.node("Cast", [capped], { to: 7 });
    const starts = graph.integers(
      Array.from({ length: channels }, (_, c) => c * bins),
      channelShape,
    );
    const flat = graph.integers([-1]);
    const at = graph.node("Reshape", [graph.node("Add", [bin, starts]), flat]);
    const ones = graph.node("Expand", [graph.floats([1], [1]), graph.integers([data.x.length])]);
    const zeros = graph.floats(new Float32Array(channels * bins), [channels * bins]);
    const counts = graph.node("ScatterElements", [zeros, at, ones], { axis: 0, reduction: "add" });
    return finish(graph, [counts], [channels * bins], bins);
  },
};

function finish(
  graph: OnnxGraph,
  names: readonly string[],
  shape: readonly number[],
  first = probed,
  further: readonly { name: string; type?: ElementType; shape: readonly number[] }[] = [],
): Model {
  return { model: graph.model([...names.map((name) => ({ name, shape })), ...further]), first };
}

/** x less its mean, in whose squares the variance is. */
function centered({ shape, reducedAxes }: Data) {
  const graph = new OnnxGraph();
  const x = graph.input("x", shape);
  const axes = graph.integers(reducedAxes);
  const mean = graph.node("ReduceMean", [x, axes], { keepdims: 1 });
  const deviation = graph.node("Sub", [x, mean]);
  const squares = graph.node("Mul", [deviation, deviation]);
  const variance = graph.node("ReduceMean", [squares, axes], { keepdims: 1 });
  const root = graph.node("Sqrt", [graph.node("Add", [variance, graph.floats([epsilon], [])])]);
  const inverse = graph.node("Reciprocal", [root]);
  return { graph, axes, mean, variance, deviation, inverse };
}

/** `value * (inverse * gamma) + beta`. */
function scaled(
  graph: OnnxGraph,
  { channels, channelShape }: Data,
  value: string,
  inverse: string,
  { offset = true } = {},
): string {
  const gamma = graph.floats(new Float32Array(channels).fill(1), channelShape);
  const product = graph.node("Mul", [value, graph.node("Mul", [inverse, gamma])]);
  if (!offset) return product;
  return graph.node("Add", [product, graph.floats(new Float32Array(channels), channelShape)]);
}
