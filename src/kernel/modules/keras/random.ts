/**
 * @file `keras.random`: NumPy's generators, seeded as Keras seeds them, so that the numbers are
 * those of Keras's NumPy backend (keras/src/random/seed_generator.py).
 */
import { Variable } from "../../../engine/index.ts";
import { PyClass } from "../../classes.ts";
import { PyDict, PyList, PySlice } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound, builtin } from "../../functions.ts";
import { noKeywords, registerType, type Value } from "../../objects.ts";
import {
  binary,
  call,
  classOf,
  collect,
  compare,
  getAttribute,
  getItem,
  invoke,
  repr,
  str,
  toFloat,
  toInteger,
  truth,
} from "../../operations.ts";
import { address } from "../../types/iterators.ts";
import { type ArrayValue, adopt, type NumpyBackend } from "./backend.ts";
import { formatTensor, tensorOf } from "./tensors.ts";

const word = 1n << 32n;

/** `keras.random.SeedGenerator`: two 32-bit words, the second counting the draws. */
export class SeedGenerator {
  readonly backend: NumpyBackend;
  readonly name: string;
  /** As given: null where the seed was made. */
  readonly initialSeed: Value;
  readonly state: Variable;

  constructor(backend: NumpyBackend, seed: bigint, name: string, initialSeed: Value) {
    this.backend = backend;
    this.name = name;
    this.initialSeed = initialSeed;
    const variable = new Variable({
      name: "seed_generator_state",
      path: `${name}/seed_generator_state`,
      trainable: false,
      value: tensorOf(backend.seedArray(seed) as ArrayValue),
      format: formatTensor,
    });
    this.state = adopt(variable, backend);
  }

  /** The state, which then moves on; unordered steps are those of the global generator. */
  next(ordered = true): Value {
    const [seed, counter] = Array.from(this.state.value.data as Uint32Array, BigInt);
    const scramble = (value: bigint) => ((((value + 1n) % word) * 5387n) % word) % 933199n;
    const [first, second] = ordered
      ? [seed!, (counter! + 1n) % word]
      : [scramble(seed!), scramble(counter!)];
    this.state.assign(tensorOf(this.backend.seedArray(first, second) as ArrayValue));
    return this.backend.seedArray(seed!, counter);
  }
}

registerType(SeedGenerator, {
  name: "SeedGenerator",
  module: "keras.src.random.seed_generator",
  repr: (self) => `<keras.src.random.seed_generator.SeedGenerator object at ${address(self)}>`,
  classOf: (self) => self.backend.classes.get("SeedGenerator")!,
  hash: (self) => self,
  ...attributes<SeedGenerator>({
    properties: { name: (self) => self.name, state: (self) => self.state },
    methods: {
      "next(ordered=True)": (self, { ordered }) => self.next(ordered === true),
      "get_config()": (self) =>
        new PyDict([
          ["seed", self.initialSeed],
          ["name", self.name],
        ]),
    },
  }),
});

/** An integer from 1 to 1e9 of Python's own `random`. */
export function defaultSeed(backend: NumpyBackend): bigint {
  const random = backend.state.session.importModule("random");
  return toInteger(invoke(getAttribute(random, "randint"), 1n, 1_000_000_000n));
}

function createGenerator(backend: NumpyBackend, seed: Value, name: Value): SeedGenerator {
  const given = name === null ? backend.state.names.next("SeedGenerator") : str(name);
  if (seed === null) return new SeedGenerator(backend, defaultSeed(backend), given, null);
  if (typeof seed === "bigint") return new SeedGenerator(backend, seed, given, seed);
  throw pythonError(
    "ValueError",
    `Argument \`seed\` must be an integer. Received: seed=${str(seed)}`,
  );
}

function seedGeneratorClass(backend: NumpyBackend): PyClass {
  const make = builtin("SeedGenerator(seed=None, name=None)", ({ seed, name }) =>
    createGenerator(backend, seed!, name!),
  );
  const type = new PyClass("SeedGenerator", {
    module: "keras.src.random.seed_generator",
    construct: (args) => make.call(args),
    signature: make.signature!,
  });
  backend.classes.set("SeedGenerator", type);
  return type;
}

/** Normals within two deviations of the mean: draws beyond are drawn again, a whole batch at a time. */
function truncatedNormals(backend: NumpyBackend, generator: Value, bound: Bound): Value {
  const shape = backend.np("zeros", [bound.shape!]);
  const size = getAttribute(shape, "size");
  const [mean, deviation] = [toFloat(bound.mean!), toFloat(bound.stddev!)];
  const [low, high] = [mean - 2 * deviation, mean + 2 * deviation];
  let found = backend.np("empty", [0n]);
  while (truth(compare("<", getAttribute(found, "size"), size))) {
    const batch = call(getAttribute(generator, "normal"), {
      positional: [mean, deviation, size],
      keywords: noKeywords,
    });
    const within = binary("&", compare(">=", batch, low), compare("<=", batch, high));
    found = backend.np("append", [found, getItem(batch, within)]);
  }
  const first = getItem(found, new PySlice(null, size, null));
  return backend.np("reshape", [first, getAttribute(shape, "shape")]);
}

/** The members of `keras.random`. */
export function randomMembers(backend: NumpyBackend): Record<string, Value> {
  const drawSeed = (seed: Value): Value => {
    if (seed instanceof SeedGenerator) return seed.next();
    if (typeof seed === "bigint") return backend.seedArray(seed);
    if (seed !== null) {
      throw pythonError(
        "ValueError",
        "Argument `seed` must be either an integer or an instance of `SeedGenerator`. " +
          `Received: seed=${str(seed)} (of type ${repr(classOf(seed))})`,
      );
    }
    const { state } = backend;
    state.seedGenerator ??= createGenerator(backend, null, null);
    return state.seedGenerator.next(false);
  };
  const draw = (method: string, seed: Value, keywords: Record<string, Value>): Value => {
    const generator = backend.np("random.default_rng", [drawSeed(seed)]);
    const draws = getAttribute(generator, method);
    return call(draws, { positional: [], keywords: new Map(Object.entries(keywords)) });
  };
  return {
    SeedGenerator: seedGeneratorClass(backend),
    normal: builtin(
      "normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None)",
      ({ shape, mean, stddev, dtype, seed }: Bound) =>
        backend.cast(
          draw("normal", seed!, { size: shape!, loc: mean!, scale: stddev! }),
          backend.dtype(dtype!),
        ),
    ),
    uniform: builtin(
      "uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None)",
      ({ shape, minval, maxval, dtype, seed }: Bound) =>
        backend.cast(
          draw("uniform", seed!, { size: shape!, low: minval!, high: maxval! }),
          backend.dtype(dtype!),
        ),
    ),
    randint: builtin(
      "randint(shape, minval, maxval, dtype='int32', seed=None)",
      ({ shape, minval, maxval, dtype, seed }: Bound) =>
        draw("integers", seed!, { low: minval!, high: maxval!, size: shape!, dtype: dtype! }),
    ),
    truncated_normal: builtin(
      "truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None)",
      ({ shape, mean, stddev, dtype, seed }: Bound) => {
        const generator = backend.np("random.default_rng", [drawSeed(seed!)]);
        const draws = truncatedNormals(backend, generator, { shape, mean, stddev });
        return backend.cast(draws, backend.dtype(dtype!));
      },
    ),
    gamma: builtin(
      "gamma(shape, alpha, dtype=None, seed=None)",
      ({ shape, alpha, dtype, seed }: Bound) =>
        backend.cast(
          draw("gamma", seed!, { shape: alpha!, scale: 1, size: shape! }),
          backend.dtype(dtype!),
        ),
    ),
    beta: builtin(
      "beta(shape, alpha, beta, dtype=None, seed=None)",
      ({ shape, alpha, beta, dtype, seed }: Bound) =>
        backend.cast(
          draw("beta", seed!, { a: alpha!, b: beta!, size: shape! }),
          backend.dtype(dtype!),
        ),
    ),
    binomial: builtin(
      "binomial(shape, counts, probabilities, dtype=None, seed=None)",
      ({ shape, counts, probabilities, dtype, seed }: Bound) =>
        backend.cast(
          draw("binomial", seed!, { n: counts!, p: probabilities!, size: shape! }),
          backend.dtype(dtype!),
        ),
    ),
    dropout: builtin(
      "dropout(inputs, rate, noise_shape=None, seed=None)",
      ({ inputs, rate, noise_shape, seed }: Bound) => {
        if (toFloat(rate!) === 0) return inputs!;
        const zeros = backend.np("zeros_like", [inputs!]);
        if (toFloat(rate!) === 1) return zeros;
        const kept = 1 - toFloat(rate!);
        const size = noise_shape ?? getAttribute(inputs!, "shape");
        const mask = compare("<", draw("uniform", seed!, { size }), kept);
        const scaled = backend.tensor(
          binary("/", inputs!, kept),
          backend.dtype(getAttribute(inputs!, "dtype")),
        );
        return backend.np("where", [mask, scaled, zeros]);
      },
    ),
    categorical: builtin(
      "categorical(logits, num_samples, dtype='int64', seed=None)",
      ({ logits, num_samples, dtype, seed }: Bound) => {
        const generator = backend.np("random.default_rng", [drawSeed(seed!)]);
        const rows = collect(logits!).map((row) => {
          const odds = backend.np("exp", [binary("-", row, backend.np("max", [row]))]);
          const p = binary("/", odds, backend.np("sum", [odds]));
          return call(getAttribute(generator, "choice"), {
            positional: [backend.np("arange", [getAttribute(odds, "size")])],
            keywords: new Map([
              ["size", num_samples!],
              ["p", p],
            ]),
          });
        });
        return backend.np("array", [new PyList(rows)], { dtype: backend.dtype(dtype!) });
      },
    ),
    shuffle: builtin("shuffle(x, axis=0, seed=None)", ({ x, axis, seed }: Bound) => {
      const generator = backend.np("random.default_rng", [drawSeed(seed!)]);
      return call(getAttribute(generator, "permuted"), {
        positional: [x!],
        keywords: new Map([["axis", axis!]]),
      });
    }),
  };
}

/** `keras.utils.set_random_seed`: Python's and NumPy's own generators. */
export function setRandomSeed(backend: NumpyBackend, seed: Value): null {
  if (typeof seed !== "bigint") {
    throw pythonError(
      "ValueError",
      "Expected `seed` argument to be an integer. " +
        `Received: seed=${str(seed)} (of type ${repr(classOf(seed))})`,
    );
  }
  const random = backend.state.session.importModule("random");
  call(getAttribute(random, "seed"), { positional: [seed], keywords: noKeywords });
  backend.np("random.seed", [seed]);
  // The next unseeded draw makes it again, of Python's generator.
  backend.state.seedGenerator = null;
  return null;
}
