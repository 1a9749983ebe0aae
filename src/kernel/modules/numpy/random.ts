/**
 * @file `numpy.random`: the module, its bit generators and seed sequences.
 */
import {
  Generator,
  MersenneTwister,
  Pcg64,
  RandomState,
  SeedSequence,
  wrapData,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyList, PyTuple } from "../../containers.ts";
import { attributes, type Bound, builtin, PythonModule } from "../../functions.ts";
import { type PythonType, registerType, type Value } from "../../objects.ts";
import { collect, repr, toCount } from "../../operations.ts";
import { address } from "../../types/iterators.ts";
import { asBitGenerator, generatorClass } from "./generatorType.ts";
import { toEntropy } from "./randomArguments.ts";
import { bitGeneratorState, setBitGeneratorState } from "./randomStates.ts";
import { randomStateClass, stateFunctions } from "./randomStateType.ts";

function toSeed(seed: Value | undefined) {
  return seed instanceof SeedSequence ? seed : new SeedSequence(toEntropy(seed));
}

/** A Python class of a bit generator, which only generators draw from. */
function bitGeneratorClass<T extends Pcg64 | MersenneTwister>(
  name: string,
  type: new (...args: never[]) => T,
  seeded: (seed: SeedSequence) => T,
): PyClass {
  const module = `numpy.random._${name.toLowerCase()}`;
  const make = builtin(`${name}(seed=None)`, ({ seed }) => seeded(toSeed(seed)));
  const slots: PythonType<T> = {
    name,
    module,
    repr: (self) => `<${module}.${name} object at ${address(self)}>`,
    hash: (self) => self,
    classOf: () => pythonClass,
    ...attributes<T>({
      properties: {
        state: (self) => bitGeneratorState(self),
        seed_seq: (self) => (self instanceof Pcg64 ? self.seedSequence : null),
      },
      setters: { state: (self, value) => setBitGeneratorState(self, value) },
      methods: {
        "spawn(n_children)": (self, { n_children }) => new PyList(self.spawn(toCount(n_children!))),
      },
    }),
  };
  const pythonClass: PyClass = new PyClass(name, {
    module,
    construct: (args) => make.call(args),
    signature: make.signature!,
    instances: () => slots as PythonType,
  });
  registerType(type, slots);
  return pythonClass;
}

const pcg64Class = bitGeneratorClass("PCG64", Pcg64, (seed) => new Pcg64(seed));
const mt19937Class = bitGeneratorClass("MT19937", MersenneTwister, (seed) =>
  new MersenneTwister().seed(seed),
);

/** The entropy as it was given: an integer, or lists of them. */
function entropyValue(entropy: SeedSequence["entropy"]): Value {
  return typeof entropy === "bigint" ? entropy : new PyList(entropy.map(entropyValue));
}

function spawnKeyOf({ spawnKey }: SeedSequence): PyTuple {
  return new PyTuple(spawnKey.map(BigInt));
}

function sequenceRepr(self: SeedSequence): string {
  const lines = ["SeedSequence(", `    entropy=${repr(entropyValue(self.entropy))},`];
  if (self.spawnKey.length > 0) lines.push(`    spawn_key=${repr(spawnKeyOf(self))},`);
  if (self.childrenSpawned > 0) lines.push(`    n_children_spawned=${self.childrenSpawned},`);
  return [...lines, ")"].join("\n");
}

const makeSequence = builtin(
  "SeedSequence(entropy=None, *, spawn_key=())",
  ({ entropy, spawn_key }) =>
    new SeedSequence(toEntropy(entropy), collect(spawn_key!).map(toCount)),
);

const sequenceType: PythonType<SeedSequence> = {
  name: "SeedSequence",
  module: "numpy.random.bit_generator",
  repr: sequenceRepr,
  hash: (self) => self,
  classOf: () => sequenceClass,
  ...attributes<SeedSequence>({
    properties: {
      entropy: (self) => entropyValue(self.entropy),
      spawn_key: spawnKeyOf,
      n_children_spawned: (self) => BigInt(self.childrenSpawned),
    },
    methods: {
      "spawn(n_children)": (self, { n_children }) => new PyList(self.spawn(toCount(n_children!))),
      "generate_state(n_words)": (self, { n_words }) => {
        const count = toCount(n_words!);
        return wrapData(self.generateState(count), "uint32", [count]);
      },
    },
  }),
};

const sequenceClass: PyClass = new PyClass("SeedSequence", {
  module: "numpy.random.bit_generator",
  construct: (args) => makeSequence.call(args),
  signature: makeSequence.signature!,
  instances: () => sequenceType as PythonType,
});

registerType(SeedSequence, sequenceType);

function defaultGenerator({ seed }: Bound): Value {
  if (seed instanceof Generator) return seed;
  if (seed instanceof RandomState) return new Generator(seed.bits);
  return new Generator(asBitGenerator(seed!) ?? new Pcg64(toSeed(seed)));
}

/** `numpy.random`, with a state of its own for the functions that share one. */
export function createRandomModule(): PythonModule {
  return new PythonModule("numpy.random", {
    ...stateFunctions(new RandomState()),
    default_rng: builtin("default_rng(seed=None)", defaultGenerator),
    Generator: generatorClass,
    RandomState: randomStateClass,
    PCG64: pcg64Class,
    MT19937: mt19937Class,
    SeedSequence: sequenceClass,
  });
}
