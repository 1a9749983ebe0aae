/**
 * @file `random`: CPython's distributions over its generator, number for number.
 */
import { rightOf } from "../../numpy/random/sampling.ts";
import { format } from "../../shared/strings.ts";
import { PyClass } from "../classes.ts";
import { PyDict, PyList, PySet } from "../containers.ts";
import { memoryError, pythonError } from "../errors.ts";
import { attributes, type Bound, Builtin, PythonModule } from "../functions.ts";
import { floatHash } from "../hashing.ts";
import { checkSometimes } from "../interrupts.ts";
import { registerType, type Value } from "../objects.ts";
import {
  binary,
  collect,
  getAttribute,
  getItem,
  length,
  mostItems,
  setItem,
  toFloat,
  toIndex,
} from "../operations.ts";
import type { Session } from "../session.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import { floatPower } from "../types/arithmetic.ts";
import { address } from "../types/iterators.ts";
import { exp, log } from "./elementary.ts";
import { MersenneTwister } from "./mersenneTwister.ts";
import { cos, sin } from "./trigonometry.ts";

/** `random.Random`. */
class Random {
  readonly generator = new MersenneTwister();
  readonly session: Session;
  /** The second of a pair of normal numbers. */
  spare: number | null = null;

  constructor(session: Session) {
    this.session = session;
  }

  seed(value: Value): void {
    this.spare = null;
    if (value === null) {
      this.generator.seed(BigInt(Math.floor(Math.random() * 2 ** 53)));
    } else if (typeof value === "number") {
      const hash = floatHash(value);
      this.generator.seed(hash < 0n ? BigInt.asUintN(64, hash) : hash);
    } else if (typeof value === "string") {
      throw pythonError(
        "NotImplementedError",
        format(this.session.strings.unsupportedName, "random.seed(str)"),
      );
    } else {
      const seed = toIndex(value);
      this.generator.seed(seed < 0n ? -seed : seed);
    }
  }
}

const normalConstant = (4 * exp(-0.5)) / Math.sqrt(2);

function gauss(self: Random, mean: number, deviation: number): number {
  let z = self.spare;
  self.spare = null;
  if (z === null) {
    const angle = self.generator.random() * 2 * Math.PI;
    const radius = Math.sqrt(-2 * log(1 - self.generator.random()));
    z = cos(angle) * radius;
    self.spare = sin(angle) * radius;
  }
  return mean + z * deviation;
}

// Kinderman & Monahan 1977.
function normalVariate(self: Random, mean: number, deviation: number): number {
  for (;;) {
    const u1 = self.generator.random();
    const u2 = 1 - self.generator.random();
    const z = (normalConstant * (u1 - 0.5)) / u2;
    if ((z * z) / 4 <= -log(u2)) return mean + z * deviation;
  }
}

function randomRange(self: Random, start: bigint, stop: bigint, step: bigint): bigint {
  if (step === 0n) throw pythonError("ValueError", "zero step for randrange()");
  const width = stop - start;
  const count = step > 0n ? (width + step - 1n) / step : (width + step + 1n) / step;
  if (count <= 0n || (step > 0n ? width <= 0n : width >= 0n)) {
    throw pythonError(
      "ValueError",
      step === 1n
        ? `empty range in randrange(${start}, ${stop})`
        : `empty range in randrange(${start}, ${stop}, ${step})`,
    );
  }
  return start + step * self.generator.below(count);
}

function shuffle(self: Random, items: Value): null {
  for (let index = BigInt(length(items)) - 1n; index > 0n; index--) {
    checkSometimes();
    const other = self.generator.below(index + 1n);
    const item = getItem(items, index);
    setItem(items, index, getItem(items, other));
    setItem(items, other, item);
  }
  return null;
}

function sample(self: Random, population: Value, k: Value): PyList {
  if (population instanceof PySet || population instanceof PyDict) {
    throw pythonError(
      "TypeError",
      "Population must be a sequence.  For dicts or sets, use sorted(d).",
    );
  }
  const count = length(population);
  const wanted = Number(toIndex(k));
  if (wanted < 0 || wanted > count) {
    throw pythonError("ValueError", "Sample larger than population or is negative");
  }
  if (wanted > mostItems) throw memoryError();
  const below = (limit: number) => Number(self.generator.below(BigInt(limit)));
  // As CPython weighs a copied pool against a set of what was taken.
  const poolSize = 21 + (wanted > 5 ? 4 ** Math.ceil(Math.log(wanted * 3) / Math.log(4)) : 0);
  const result: Value[] = [];
  if (count <= poolSize) {
    const pool = collect(population);
    for (let index = 0; index < wanted; index++) {
      checkSometimes();
      const at = below(count - index);
      result.push(pool[at]!);
      pool[at] = pool[count - index - 1]!;
    }
  } else {
    const taken = new Set<number>();
    for (let index = 0; index < wanted; index++) {
      checkSometimes();
      let at = below(count);
      while (taken.has(at)) at = below(count);
      taken.add(at);
      result.push(getItem(population, BigInt(at)));
    }
  }
  return new PyList(result);
}

function choices(self: Random, { population, weights, cum_weights, k }: Bound): PyList {
  const count = length(population!);
  const times = Number(toIndex(k!));
  if (times > mostItems) throw memoryError();
  if (weights !== null && cum_weights !== null) {
    throw pythonError("TypeError", "Cannot specify both weights and cumulative weights");
  }
  const cumulative = cum_weights !== null ? collect(cum_weights!).map(toFloat) : null;
  let limits = cumulative;
  if (weights !== null) {
    let total: Value = 0n;
    limits = collect(weights!).map((weight) => {
      total = binary("+", total, weight);
      return toFloat(total);
    });
  }
  if (limits && limits.length !== count) {
    throw pythonError("ValueError", "The number of weights does not match the population");
  }
  const total = limits ? limits.at(-1)! : count;
  if (limits && !(total > 0)) {
    throw pythonError("ValueError", "Total of weights must be greater than zero");
  }
  const result: Value[] = [];
  for (let index = 0; index < times; index++) {
    checkSometimes();
    const point = self.generator.random() * total;
    const at = limits ? Math.min(rightOf(limits, point), count - 1) : Math.floor(point);
    result.push(getItem(population!, BigInt(at)));
  }
  return new PyList(result);
}

/**
 * Draws of the gamma distribution: by Cheng's algorithm GB (1977) for a shape above 1, by Ahrens's
 * and Dieter's GS (1974) below.
 */
function gammaVariate(self: Random, alpha: number, beta: number): number {
  const random = () => self.generator.random();
  if (!(alpha > 0 && beta > 0)) {
    throw pythonError("ValueError", "gammavariate: alpha and beta must be > 0.0");
  }
  if (alpha === 1) return -log(1 - random()) * beta;
  if (alpha > 1) {
    const spread = Math.sqrt(2 * alpha - 1);
    const [b, c] = [alpha - log(4), alpha + spread];
    for (;;) {
      checkSometimes();
      const u = random();
      if (!(u > 1e-7 && u < 0.9999999)) continue;
      const other = 1 - random();
      const v = log(u / (1 - u)) / spread;
      const x = alpha * exp(v);
      const z = u * u * other;
      const r = b + c * v - x;
      if (r + (1 + log(4.5)) - 4.5 * z >= 0 || r >= log(z)) return x * beta;
    }
  }
  for (;;) {
    checkSometimes();
    const b = (Math.E + alpha) / Math.E;
    const p = b * random();
    const x = p <= 1 ? floatPower(p, 1 / alpha) : -log((b - p) / alpha);
    const u = random();
    if (p > 1 ? u <= floatPower(x, alpha - 1) : u <= exp(-x)) return x * beta;
  }
}

const float = (value: Value | undefined): number => toFloat(value!);

const methods = attributes<Random>({
  methods: {
    "seed(a=None, version=2)": (self, { a }) => {
      self.seed(a!);
      return null;
    },
    "random()": (self) => self.generator.random(),
    "getrandbits(k, /)": (self, { k }) => {
      const count = Number(toIndex(k!));
      if (count > 2 ** 26) throw memoryError();
      return self.generator.bits(count);
    },
    "uniform(a, b)": (self, { a, b }) => {
      const low = float(a);
      return low + (float(b) - low) * self.generator.random();
    },
    "triangular(low=0.0, high=1.0, mode=None)": (self, { low, high, mode }) => {
      let [from, to] = [float(low), float(high)];
      let u = self.generator.random();
      let c = mode === null ? 0.5 : (float(mode) - from) / (to - from);
      if (u > c) {
        u = 1 - u;
        c = 1 - c;
        [from, to] = [to, from];
      }
      return from + (to - from) * Math.sqrt(u * c);
    },
    "randrange(start, stop=None, step=1)": (self, { start, stop, step }) =>
      stop === null
        ? randomRange(self, 0n, toIndex(start!), toIndex(step!))
        : randomRange(self, toIndex(start!), toIndex(stop!), toIndex(step!)),
    "randint(a, b)": (self, { a, b }) => randomRange(self, toIndex(a!), toIndex(b!) + 1n, 1n),
    "choice(seq)": (self, { seq }) => {
      const count = length(seq!);
      if (count === 0) throw pythonError("IndexError", "Cannot choose from an empty sequence");
      return getItem(seq!, self.generator.below(BigInt(count)));
    },
    "choices(population, weights=None, *, cum_weights=None, k=1)": choices,
    "shuffle(x)": (self, { x }) => shuffle(self, x!),
    "sample(population, k, *, counts=None)": (self, { population, k }) =>
      sample(self, population!, k!),
    "gauss(mu=0.0, sigma=1.0)": (self, { mu, sigma }) => gauss(self, float(mu), float(sigma)),
    "normalvariate(mu=0.0, sigma=1.0)": (self, { mu, sigma }) =>
      normalVariate(self, float(mu), float(sigma)),
    "lognormvariate(mu, sigma)": (self, { mu, sigma }) =>
      exp(normalVariate(self, float(mu), float(sigma))),
    "gammavariate(alpha, beta)": (self, { alpha, beta }) =>
      gammaVariate(self, float(alpha), float(beta)),
    "betavariate(alpha, beta)": (self, { alpha, beta }) => {
      const y = gammaVariate(self, float(alpha), 1);
      return y === 0 ? 0 : y / (y + gammaVariate(self, float(beta), 1));
    },
    "paretovariate(alpha)": (self, { alpha }) =>
      floatPower(1 - self.generator.random(), -1 / float(alpha)),
    "weibullvariate(alpha, beta)": (self, { alpha, beta }) =>
      float(alpha) * floatPower(-log(1 - self.generator.random()), 1 / float(beta)),
    "expovariate(lambd=1.0)": (self, { lambd }) => -log(1 - self.generator.random()) / float(lambd),
  },
});

registerType(Random, {
  name: "Random",
  module: "random",
  repr: (value) => `<random.Random object at ${address(value)}>`,
  hash: (value) => value,
  ...methods,
});

const newRandom = parseSignature("Random(x=None)");

export function randomModule(session: Session): PythonModule {
  const shared = new Random(session);
  shared.seed(null);
  const functions = methods.attributeNames(shared).map((name) => {
    const method = getAttribute(shared, name) as Builtin;
    return [name, new Builtin(name, (args) => method.call(args), undefined, method)] as const;
  });
  const type = new PyClass("Random", {
    module: "random",
    signature: newRandom,
    construct(args) {
      const made = new Random(session);
      made.seed(bindArguments(newRandom, args)[0]!);
      return made;
    },
  });
  return new PythonModule("random", { ...Object.fromEntries(functions), Random: type });
}
