/**
 * @file Keras's configurable objects in cells: initializers, regularizers, constraints and dtype
 * policies. The engine has the classes; here they are called, printed and looked into.
 */
import {
  Constraint,
  constraints,
  construct,
  DTypePolicy,
  getKerasObject,
  Initializer,
  initializers,
  type KerasClass,
  type KerasFamily,
  type KerasObject,
  Regularizer,
  regularizers,
  serializeKerasObject,
  type Tensor,
  Variable,
  withDefaultSeeds,
} from "../../../engine/index.ts";
import { fromTensor, unwrap } from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyDict } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Builtin, builtin } from "../../functions.ts";
import { type CallArguments, type PythonType, registerType, type Value } from "../../objects.ts";
import { collect, getAttribute, str, toIndex } from "../../operations.ts";
import { bindArguments, makeSignature } from "../../signature.ts";
import { address } from "../../types/iterators.ts";
import { type ArrayValue, adopt, backendOf, isTensor, type NumpyBackend } from "./backend.ts";
import { fromConfigValue, toConfig, toConfigValue } from "./configs.ts";
import { defaultSeed } from "./random.ts";
import type { KerasState } from "./state.ts";
import { tensorOf } from "./tensors.ts";

type Configurable = Initializer | Regularizer | Constraint;

/** The object that a name, config or object means: `keras.initializers.get`. */
export function initializerOf(identifier: Value): Initializer | null {
  return getKerasObject(initializers, toConfigValue(identifier));
}

/** Arguments of a class by parameter name; TypeError in CPython's words. */
function bindParameters(found: KerasClass<KerasObject>, args: CallArguments): Map<string, Value> {
  const names = Object.keys(found.parameters);
  const signature = makeSignature(
    `${found.className}.__init__`,
    ["self", ...names].map((name) => ({
      name,
      kind: "normal",
      required: name === "self",
      default: undefined,
    })),
  );
  const values = bindArguments(signature, {
    positional: [null, ...args.positional],
    keywords: args.keywords,
  });
  return new Map(
    names.flatMap((name, index) => {
      const value = values[index + 1];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function createClass<T extends KerasObject>(
  found: KerasClass<T>,
  base: PyClass,
  backend: NumpyBackend,
): PyClass {
  const make = (values: Iterable<readonly [string, Value]>): Value =>
    withDefaultSeeds(
      () => defaultSeed(backend),
      () => adopt(construct(found, toConfig(values)) as T & Value, backend),
    );
  return new PyClass(found.className, {
    module: found.pythonModule,
    bases: [base],
    construct: (args) => make(bindParameters(found, args)),
    signature: makeSignature(
      found.className,
      Object.entries(found.parameters).map(([name, value]) => ({
        name,
        kind: "normal",
        required: false,
        default: fromConfigValue(value),
      })),
    ),
    instances: () => objectType as PythonType,
    members: {
      from_config: builtin("from_config(config)", ({ config }) => make(dictItems(config!))),
    },
  });
}

/** The items of a config, whose keys are argument names. */
export function dictItems(config: Value): [string, Value][] {
  if (!(config instanceof PyDict)) {
    throw pythonError("TypeError", "argument after ** must be a mapping");
  }
  return [...config.entries()].map(([name, value]) => [str(name), value]);
}

/**
 * The members of `keras.initializers` and its siblings: every class under each of its names, the
 * base class, and `get`, `serialize`, `deserialize`.
 */
export function familyMembers<T extends Configurable>(
  family: KerasFamily<T>,
  baseName: string,
  backend: NumpyBackend,
): Record<string, Value> {
  // Initializers are one to a file, the others all in one.
  const file = family.word === "initializer" ? "initializer" : `${family.word}s`;
  const base = new PyClass(baseName, { module: `keras.src.${family.word}s.${file}` });
  const classes = new Map<KerasClass<T>, PyClass>();
  const members: Record<string, Value> = { [baseName]: base };
  for (const [name, found] of family.classes) {
    let type = classes.get(found);
    if (!type) {
      type = createClass(found, base, backend);
      classes.set(found, type);
      backend.classes.set(found.className, type);
    }
    members[name] = type;
  }
  const get = (identifier: Value): Value => {
    const object = withDefaultSeeds(
      () => defaultSeed(backend),
      () => getKerasObject(family, toConfigValue(identifier)),
    );
    return object === null ? null : adopt(object as T & object, backend);
  };
  return {
    ...members,
    get: builtin("get(identifier)", ({ identifier }) => get(identifier!)),
    deserialize: builtin("deserialize(config, custom_objects=None)", ({ config }) => get(config!)),
    serialize: builtin(`serialize(${family.word})`, (bound) =>
      fromConfigValue(serializeKerasObject(family, bound[family.word] as T | null)),
    ),
  };
}

/** `initializers`, `regularizers` and `constraints`, by name, with their members. */
export function families(backend: NumpyBackend): Record<string, Record<string, Value>> {
  const penalties = familyMembers(regularizers, "Regularizer", backend);
  return {
    initializers: familyMembers(initializers, "Initializer", backend),
    // A name of the class that `get` does not know.
    regularizers: { ...penalties, l1_l2: penalties["L1L2"]! },
    constraints: familyMembers(constraints, "Constraint", backend),
  };
}

/** What calling the object does: `initializer(shape)`, `regularizer(w)`, `constraint(w)`. */
function invoker(self: Configurable): Builtin {
  if (self instanceof Initializer) {
    return builtin("__call__(shape, dtype=None)", ({ shape, dtype }) => {
      const backend = backendOf(self);
      const sizes = collect(shape!).map((size) => Number(toIndex(size)));
      return fromTensor(self.generate(sizes, backend.dtype(dtype!), backend.streams));
    });
  }
  if (self instanceof Regularizer) {
    return builtin("__call__(x)", ({ x }) => {
      // Keras takes the factors in the weight's dtype, which lists do not have.
      getAttribute(x!, "dtype");
      return penaltyValue(self, weightTensor(self, x!));
    });
  }
  return builtin("__call__(w)", ({ w }) => {
    const weight = backendOf(self).tensor(w!) as ArrayValue;
    return fromTensor(self.apply(tensorOf(weight)));
  });
}

function weightTensor(self: Configurable, value: Value): Tensor {
  if (value instanceof Variable) return value.value;
  return tensorOf(isTensor(value) ? value : (backendOf(self).tensor(value) as ArrayValue));
}

/** A penalty as Keras hands it out: L1L2 adds up in an array, the others give a NumPy scalar. */
export function penaltyValue(regularizer: Regularizer, weight: Tensor): Value {
  const penalty = fromTensor(regularizer.penalty(weight));
  return regularizer.className === "L1L2" ? penalty : unwrap(penalty);
}

const common = attributes<Configurable>({
  methods: {
    "get_config()": (self) => fromConfigValue(self.getConfig()),
  },
});

/** Factors that Keras keeps as tensors. */
const tensorFactors: Readonly<Record<string, string>> = {
  L1: "l1",
  OrthogonalRegularizer: "factor",
};

const objectType: PythonType<Configurable> = {
  name: "KerasObject",
  repr: (self) => `<${self.pythonModule}.${self.className} object at ${address(self)}>`,
  classOf: (self) => backendOf(self).classes.get(self.className)!,
  hash: (self) => self,
  call: (self, args) => invoker(self).call(args),
  getAttribute(self, name) {
    const found = common.getAttribute(self, name);
    if (found !== undefined) return found;
    if (name === "clone" && self instanceof Initializer) {
      const backend = backendOf(self);
      return builtin("clone()", () =>
        adopt(
          withDefaultSeeds(
            () => defaultSeed(backend),
            () => self.clone(),
          ),
          backend,
        ),
      );
    }
    if (name === "seed" && self instanceof Initializer && self.seed !== null) return self.seed;
    const config = self.getConfig();
    if (tensorFactors[self.className] === name) {
      return backendOf(self).np("array", [fromConfigValue(config[name]!)], { dtype: "float32" });
    }
    return Object.hasOwn(config, name) ? fromConfigValue(config[name]!) : undefined;
  },
  attributeNames: (self) => [
    ...(self ? Object.keys(self.getConfig()) : []),
    ...common.attributeNames(self),
  ],
};

registerType(Initializer, objectType);
registerType(Regularizer, objectType);
registerType(Constraint, objectType);

const policyType: PythonType<DTypePolicy> = {
  name: "DTypePolicy",
  module: "keras.src.dtype_policies.dtype_policy",
  repr: (self) => `<DTypePolicy "${self.name}">`,
  compare(operator, left, right) {
    if (operator !== "==" && operator !== "!=") return undefined;
    const equal =
      left instanceof DTypePolicy && right instanceof DTypePolicy && left.name === right.name;
    return equal === (operator === "==");
  },
  ...attributes<DTypePolicy>({
    properties: {
      name: (self) => self.name,
      compute_dtype: (self) => self.computeDType,
      variable_dtype: (self) => self.variableDType,
      quantization_mode: () => null,
    },
    methods: {
      "get_config()": (self) => fromConfigValue(self.getConfig()),
    },
  }),
};

registerType(DTypePolicy, policyType);

/** `keras.DTypePolicy`, for one session. */
export function policyClass(state: KerasState): PyClass {
  const make = builtin("DTypePolicy(name=None)", ({ name }) =>
    name === null ? state.policy : new DTypePolicy(toConfigValue(name!)),
  );
  return new PyClass("DTypePolicy", {
    module: "keras.src.dtype_policies.dtype_policy",
    construct: (args) => make.call(args),
    signature: make.signature!,
    instances: () => policyType as PythonType,
  });
}
