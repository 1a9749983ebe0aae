/**
 * @file Keras's initializers: the first values of weights.
 */
import { type DType, roundToDType, writeElement } from "./dtype.ts";
import { EngineError } from "./errors.ts";
import { classTable, type KerasClass, type KerasFamily, type KerasObject } from "./kerasObjects.ts";
import { orthonormalColumns } from "./orthonormal.ts";
import { numbersOf } from "./polling.ts";
import {
  asNumber,
  type Config,
  type ConfigValue,
  pythonRepr,
  pythonStr,
  toFloat,
} from "./pythonValues.ts";
import { createRandomStream, makeDefaultSeed, type RandomStreamFactory } from "./random.ts";
import { formatShape, sizeOfShape } from "./shape.ts";
import { createTensor, type Tensor } from "./tensor.ts";

/** Makes the first value of a weight. */
export abstract class Initializer implements KerasObject {
  abstract readonly className: string;
  abstract readonly pythonModule: string;
  /** The seed it draws by, given or made; null where it draws nothing. */
  abstract readonly seed: bigint | null;
  abstract getConfig(): Config;

  /**
   * A tensor of first values.
   * @param streams Where random initializers draw from.
   * @throws ValueError where the initializer cannot make this shape.
   */
  abstract generate(shape: readonly number[], dtype: DType, streams?: RandomStreamFactory): Tensor;

  /** The same initializer made again from its config: an unseeded one gets a new seed. */
  abstract clone(): Initializer;
}

/** How one class turns its arguments into values, row-major. */
type Generator = (
  shape: readonly number[],
  args: Config,
  stream: () => ReturnType<RandomStreamFactory>,
) => ArrayLike<number> | number;

/** An initializer of Keras's own, given as data: its class, its arguments, its generator. */
class BuiltinInitializer extends Initializer {
  readonly className: string;
  readonly pythonModule: string;
  readonly #class: InitializerClass;
  readonly #args: Config;
  readonly seed: bigint | null;

  constructor(from: InitializerClass, args: Config) {
    super();
    this.className = from.className;
    this.pythonModule = from.pythonModule;
    this.#class = from;
    this.#args = args;
    const { seed } = args;
    this.seed = seed === undefined ? null : seedOf(seed);
  }

  getConfig(): Config {
    return Object.fromEntries(this.#class.configKeys.map((key) => [key, this.#args[key]]));
  }

  generate(
    shape: readonly number[],
    dtype: DType,
    streams: RandomStreamFactory = createRandomStream,
  ): Tensor {
    const values = this.#class.generator(shape, this.#args, () => streams(this.seed!));
    const tensor = createTensor(shape, dtype);
    for (let i = 0; i < tensor.data.length; i++) {
      writeElement(tensor.data, dtype, i, typeof values === "number" ? values : values[i]);
    }
    return tensor;
  }

  clone(): Initializer {
    return new BuiltinInitializer(this.#class, this.#args);
  }
}

/** The class of a built-in initializer. */
class InitializerClass implements KerasClass<Initializer> {
  readonly className: string;
  readonly pythonModule: string;
  readonly parameters: Config;
  readonly generator: Generator;
  /** In the order that `get_config` writes: the seed comes first, for its class is the base. */
  readonly configKeys: readonly string[];
  readonly requiredKeys?: readonly string[];

  constructor(
    className: string,
    file: "constant" | "random",
    parameters: Config,
    generator: Generator,
    keys: Partial<Pick<InitializerClass, "configKeys" | "requiredKeys">> = {},
  ) {
    this.className = className;
    this.pythonModule = `keras.src.initializers.${file}_initializers`;
    this.parameters = parameters;
    this.generator = generator;
    const names = Object.keys(parameters);
    const inOrder = names.includes("seed")
      ? ["seed", ...names.filter((name) => name !== "seed")]
      : names;
    this.configKeys = keys.configKeys ?? inOrder;
    if (keys.requiredKeys) this.requiredKeys = keys.requiredKeys;
  }

  create(args: Config): Initializer {
    if ("seed" in args) checkSeed(args["seed"]);
    return new BuiltinInitializer(this, "scale" in args ? checkVarianceScaling(args) : args);
  }
}

function seedOf(seed: ConfigValue): bigint {
  return typeof seed === "bigint" ? seed : BigInt(asNumber(seed) ?? makeDefaultSeed());
}

function checkSeed(seed: ConfigValue): void {
  if (seed === null || typeof seed === "bigint" || typeof seed === "boolean") return;
  throw new EngineError(
    "ValueError",
    "`seed` argument should be an instance of `keras.random.SeedGenerator()` or an integer. " +
      `Received: seed=${pythonStr(seed)}`,
  );
}

function checkVarianceScaling(args: Config): Config {
  const { scale, mode } = args;
  if (!(toFloat(scale) > 0)) {
    throw new EngineError(
      "ValueError",
      `Argument \`scale\` must be positive float. Received: scale=${pythonStr(scale)}`,
    );
  }
  const modes = ["fan_in", "fan_out", "fan_avg"];
  if (!modes.includes(mode as string)) {
    throw new EngineError(
      "ValueError",
      `Invalid \`mode\` argument: ${pythonStr(mode)}. Please use one of ${formatSet(modes)}`,
    );
  }
  const lower = pythonStr(args["distribution"]).toLowerCase();
  const distribution = lower === "normal" ? "truncated_normal" : lower;
  const distributions = ["uniform", "truncated_normal", "untruncated_normal"];
  if (!distributions.includes(distribution)) {
    throw new EngineError(
      "ValueError",
      `Invalid \`distribution\` argument: ${distribution}.` +
        `Please use one of ${formatSet(distributions)}`,
    );
  }
  return { ...args, distribution };
}

// Python prints a set in an order that changes from run to run; ours is the source's.
function formatSet(names: readonly string[]): string {
  return `{${names.map(pythonRepr).join(", ")}}`;
}

/** Normal draws further than two deviations from the mean are drawn again. */
const truncatedNormal: Generator = (shape, { mean, stddev }, stream) => {
  const { normal } = stream();
  return numbersOf(sizeOfShape(shape), () => {
    let draw = normal();
    while (Math.abs(draw) > 2) draw = normal();
    return toFloat(mean) + toFloat(stddev) * draw;
  });
};

const randomNormal: Generator = (shape, { mean, stddev }, stream) => {
  const { normal } = stream();
  const [center, spread] = [toFloat(mean), toFloat(stddev)];
  return numbersOf(sizeOfShape(shape), () => center + spread * normal());
};

const randomUniform: Generator = (shape, { minval, maxval }, stream) => {
  const { uniform } = stream();
  const [lower, upper] = [toFloat(minval), toFloat(maxval)];
  return Float64Array.from(
    { length: sizeOfShape(shape) },
    () => lower + (upper - lower) * uniform(),
  );
};

/** Standard deviation of a standard normal cut off at two deviations on either side. */
const truncatedDeviation = 0.87962566103423978;

/** Draws whose variance is `scale / n`, n the inputs, the outputs, or their average. */
const varianceScaling: Generator = (shape, args, stream) => {
  const { fanIn, fanOut } = computeFans(shape, args);
  const fans = { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 };
  const variance = toFloat(args["scale"]) / Math.max(1, fans[args["mode"] as keyof typeof fans]);
  if (args["distribution"] === "uniform") {
    const limit = Math.sqrt(3 * variance);
    return randomUniform(shape, { minval: -limit, maxval: limit }, stream);
  }
  const stddev = Math.sqrt(variance);
  return args["distribution"] === "truncated_normal"
    ? truncatedNormal(shape, { mean: 0, stddev: stddev / truncatedDeviation }, stream)
    : randomNormal(shape, { mean: 0, stddev }, stream);
};

/** Inputs and outputs of a weight: of given axes, else of a kernel `(..., inputs, outputs)`. */
function computeFans(
  shape: readonly number[],
  { input_axes: inputAxes, output_axes: outputAxes }: Config,
): { fanIn: number; fanOut: number } {
  if (Array.isArray(inputAxes) && Array.isArray(outputAxes)) {
    const along = (axes: readonly ConfigValue[]) =>
      sizeOfShape(axes.map((axis) => shape.at(Number(axis)) ?? 1));
    return { fanIn: along(inputAxes), fanOut: along(outputAxes) };
  }
  const [fanIn = 1, fanOut = fanIn] = shape.slice(-2);
  const receptiveField = sizeOfShape(shape.slice(0, -2));
  return { fanIn: fanIn * receptiveField, fanOut: fanOut * receptiveField };
}

const identity: Generator = (shape, { gain }) => {
  if (shape.length !== 2) {
    throw new EngineError(
      "ValueError",
      "Identity matrix initializer can only be used for 2D matrices. " +
        `Received: shape=${formatShape(shape)} of rank ${shape.length}.`,
    );
  }
  const [, columns] = shape;
  return numbersOf(sizeOfShape(shape), (i) =>
    Math.floor(i / columns) === i % columns ? toFloat(gain) : 0,
  );
};

const orthogonal: Generator = (shape, { gain }, stream) => {
  if (shape.length < 2) {
    throw new EngineError(
      "ValueError",
      "The tensor to initialize must be at least two-dimensional. " +
        `Received: shape=${formatShape(shape)} of rank ${shape.length}.`,
    );
  }
  const columns = shape[shape.length - 1];
  const rows = sizeOfShape(shape.slice(0, -1));
  const [tall, narrow] = [Math.max(rows, columns), Math.min(rows, columns)];
  const { normal } = stream();
  const q = orthonormalColumns(numbersOf(tall * narrow, normal), tall, narrow);
  const scale = toFloat(gain);
  return numbersOf(rows * columns, (i) => {
    const row = Math.floor(i / columns);
    const column = i % columns;
    return scale * (rows < columns ? q[column * narrow + row] : q[row * narrow + column]);
  });
};

/** The arguments of the named forms of VarianceScaling, which fix the rest. */
const seedAndAxes = { seed: null, input_axes: null, output_axes: null };

function scaled(className: string, scale: number, mode: string, distribution: string) {
  return new InitializerClass(className, "random", seedAndAxes, (shape, args, stream) =>
    varianceScaling(shape, { ...args, scale, mode, distribution }, stream),
  );
}

/** Every initializer class, by Keras's public name. */
export const initializerClasses: readonly KerasClass<Initializer>[] = [
  new InitializerClass("Zeros", "constant", {}, () => 0),
  new InitializerClass("Ones", "constant", {}, () => 1),
  new InitializerClass(
    "Constant",
    "constant",
    { value: 0 },
    (_, { value }) => roundToDType(toFloat(value), "float64"),
    { requiredKeys: ["value"] },
  ),
  // Keras forgot to write its gain.
  new InitializerClass("Identity", "constant", { gain: 1 }, identity, { configKeys: [] }),
  new InitializerClass(
    "RandomNormal",
    "random",
    { mean: 0, stddev: 0.05, seed: null },
    randomNormal,
  ),
  new InitializerClass(
    "TruncatedNormal",
    "random",
    { mean: 0, stddev: 0.05, seed: null },
    truncatedNormal,
  ),
  new InitializerClass(
    "RandomUniform",
    "random",
    { minval: -0.05, maxval: 0.05, seed: null },
    randomUniform,
  ),
  new InitializerClass(
    "VarianceScaling",
    "random",
    { scale: 1, mode: "fan_in", distribution: "truncated_normal", ...seedAndAxes },
    varianceScaling,
  ),
  scaled("GlorotUniform", 1, "fan_avg", "uniform"),
  scaled("GlorotNormal", 1, "fan_avg", "truncated_normal"),
  scaled("HeUniform", 2, "fan_in", "uniform"),
  scaled("HeNormal", 2, "fan_in", "truncated_normal"),
  scaled("LecunUniform", 1, "fan_in", "uniform"),
  scaled("LecunNormal", 1, "fan_in", "truncated_normal"),
  new InitializerClass("Orthogonal", "random", { gain: 1, seed: null }, orthogonal),
];

/** `keras.initializers`. */
export const initializers: KerasFamily<Initializer> = {
  word: "initializer",
  module: "keras.initializers",
  classes: classTable(initializerClasses, {
    uniform: "RandomUniform",
    normal: "RandomNormal",
    one: "Ones",
    zero: "Zeros",
    IdentityInitializer: "Identity",
    OrthogonalInitializer: "Orthogonal",
    orthogonal_initializer: "Orthogonal",
  }),
  namesAreConfigs: true,
  isMember: (value): value is Initializer => value instanceof Initializer,
};
