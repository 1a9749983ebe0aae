/**
 * @file `keras.random`: NumPy's generators, seeded as Keras seeds them, so that the numbers are
 * those of Keras's NumPy backend (keras/src/random/seed_generator.py).
 */
import { PyClass } from "../../classes.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound, builtin } from "../../functions.ts";
import { noKeywords, registerType, type Value } from "../../objects.ts";
import { call, classOf, getAttribute, invoke, repr, str, toInteger } from "../../operations.ts";
import type { NumpyBackend } from "./backend.ts";

const word = 1n << 32n;

/** `keras.random.SeedGenerator`: two 32-bit words, the second counting the draws. */
export class SeedGenerator {
  readonly backend: NumpyBackend;
  readonly name: string;
  #state: readonly [bigint, bigint];

  constructor(backend: NumpyBackend, seed: bigint, name: string) {
    this.backend = backend;
    this.name = name;
    this.#state = [seed, 0n];
  }

  get state(): Value {
    return this.backend.seedArray(...this.#state);
  }

  /** The state, which then moves on; unordered steps are those of the global generator. */
  next(ordered = true): Value {
    const { state } = this;
    const [seed, counter] = this.#state;
    const scramble = (value: bigint) => ((((value + 1n) % word) * 5387n) % word) % 933199n;
    this.#state = ordered ? [seed, (counter + 1n) % word] : [scramble(seed), scramble(counter)];
    return state;
  }
}

registerType(SeedGenerator, {
  name: "SeedGenerator",
  module: "keras.src.random.seed_generator",
  repr: (self) => `<keras.src.random.seed_generator.SeedGenerator name=${self.name}>`,
  classOf: (self) => self.backend.classes.get("SeedGenerator")!,
  hash: (self) => self,
  ...attributes<SeedGenerator>({
    properties: { name: (self) => self.name, state: (self) => self.state },
    methods: { "next(ordered=True)": (self, { ordered }) => self.next(ordered === true) },
  }),
});

/** An integer from 1 to 1e9 of Python's own `random`. */
function defaultSeed(backend: NumpyBackend): bigint {
  const random = backend.state.session.importModule("random");
  return toInteger(invoke(getAttribute(random, "randint"), 1n, 1_000_000_000n));
}

function createGenerator(backend: NumpyBackend, seed: Value, name: Value): SeedGenerator {
  const given = name === null ? backend.state.names.next("SeedGenerator") : str(name);
  if (seed === null) return new SeedGenerator(backend, defaultSeed(backend), given);
  if (typeof seed === "bigint") return new SeedGenerator(backend, seed, given);
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
  return null;
}
