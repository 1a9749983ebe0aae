/**
 * @file `keras.layers.BatchNormalization` in cells: the engine's layer with the attributes and
 * methods of Keras's.
 */
import {
  BatchNormalization,
  type Initializer,
  type LayerOptions,
  OpaqueValue,
  type PartialShape,
  Variable,
  withDefaultSeeds,
} from "../../../engine/index.ts";
import { ownArguments } from "../../../keras/signature.ts";
import { fromTensor, NumpyScalar, unwrap } from "../../../numpy/index.ts";
import { format } from "../../../shared/strings.ts";
import { PyClass } from "../../classes.ts";
import { PyDict, PyList, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound, builtin } from "../../functions.ts";
import { type CallArguments, type PythonType, registerType, type Value } from "../../objects.ts";
import {
  collect,
  getAttribute,
  invoke,
  isCallable,
  length,
  toCount,
  toFloat,
  truth,
  typeName,
  typeOf,
} from "../../operations.ts";
import { bindArguments, makeSignature } from "../../signature.ts";
import {
  type ArrayValue,
  adopt,
  backendOf,
  isTensor,
  type NumpyBackend,
  shapeTuple,
} from "./backend.ts";
import { fromConfigValue, toConfig, toConfigValue } from "./configs.ts";
import { callLayer } from "./layerCall.ts";
import { layerAttributeNames } from "./names.ts";
import { callAsKeras } from "./numerics.ts";
import { dictItems } from "./objects.ts";
import { defaultSeed } from "./random.ts";
import { refusal } from "./refusal.ts";
import { formatTensor, tensorOf } from "./tensors.ts";

const className = "BatchNormalization";
const moduleName = "keras.src.layers.normalization.batch_normalization";

const signature = makeSignature(`${className}.__init__`, [
  { name: "self", kind: "normal", required: true, default: undefined },
  ...ownArguments.map(({ name }) => ({
    name,
    kind: "normal" as const,
    required: false,
    default: undefined,
  })),
  { name: "kwargs", kind: "doubleStar", required: false, default: undefined },
]);

function optionsOf(backend: NumpyBackend): LayerOptions {
  return {
    backend: backend.state.backend,
    names: backend.state.names,
    defaultPolicy: backend.state.policy,
    streams: backend.streams,
    format: formatTensor,
  };
}

function createLayer(backend: NumpyBackend, args: CallArguments): BatchNormalization {
  const values = bindArguments(signature, {
    positional: [null, ...args.positional],
    keywords: args.keywords,
  });
  const given: [string, Value][] = [];
  for (const [index, { name, kind }] of signature.parameters.entries()) {
    const value = values[index];
    if (kind === "doubleStar") given.push(...(value as Map<string, Value>));
    else if (value !== undefined && name !== "self") given.push([name, value]);
  }
  const read = given.map(([name, value]) => [name, readArgument(backend, name, value)] as const);
  return withDefaultSeeds(
    () => defaultSeed(backend),
    () => adopt(new BatchNormalization(toConfig(read), optionsOf(backend)), backend),
  );
}

/** NumPy's numbers as Python's, its types by name; functions and arrays, which Keras takes for initializers, refused. */
function readArgument(backend: NumpyBackend, name: string, value: Value): Value {
  if (value instanceof NumpyScalar) return invoke(getAttribute(value, "item"));
  if (!(toConfigValue(value) instanceof OpaqueValue)) return value;
  if (name === "dtype") {
    try {
      return backend.dtype(value);
    } catch {
      // The layer names what it cannot read.
      return value;
    }
  }
  const array = name.endsWith("_initializer") && isTensor(value);
  if (array || (/_(initializer|regularizer|constraint)$/.test(name) && isCallable(value))) {
    const { strings } = backend.state.session;
    const given = `${array ? "an array" : "a function"} as ${name}`;
    throw pythonError("NotImplementedError", format(strings.unsupportedName, given));
  }
  return value;
}

function layerFromConfig(backend: NumpyBackend, config: Value): BatchNormalization {
  return withDefaultSeeds(
    () => defaultSeed(backend),
    () =>
      adopt(
        BatchNormalization.fromConfig(toConfig(dictItems(config)), optionsOf(backend)),
        backend,
      ),
  );
}

/** `keras.layers.BatchNormalization`, for one session. */
export function layerClass(backend: NumpyBackend): PyClass {
  const { library } = backend;
  const layer = new PyClass(className, {
    module: moduleName,
    bases: [library.layerClass],
    construct: (args) => createLayer(backend, args),
    instances: () => layerType as PythonType,
    heir: () => library.get("SubclassableBatchNormalization") as PyClass,
    members: {
      from_config: builtin("from_config(config)", ({ config }) =>
        layerFromConfig(backend, config!),
      ),
    },
  });
  backend.classes.set(className, layer);
  return layer;
}

/** `layer.input_spec`: what later inputs must have. */
class InputSpec {
  readonly ndim: number;
  readonly axis: number;
  readonly size: number;

  constructor(ndim: number, axis: number, size: number) {
    this.ndim = ndim;
    this.axis = axis;
    this.size = size;
  }
}

registerType(InputSpec, {
  name: "InputSpec",
  module: "keras.src.layers.input_spec",
  repr: ({ ndim, axis, size }) => `InputSpec(ndim=${ndim}, axes={${axis}: ${size}})`,
  hash: (self) => self,
  ...attributes<InputSpec>({
    properties: {
      ndim: (self) => BigInt(self.ndim),
      axes: (self) => new PyDict([[BigInt(self.axis), BigInt(self.size)]]),
      shape: () => null,
      dtype: () => null,
      name: () => null,
    },
  }),
});

function inputSpec({ inputShape, axis }: BatchNormalization): Value {
  if (!inputShape) return null;
  return new InputSpec(inputShape.length, axis, inputShape.at(axis)!);
}

function variable(layer: BatchNormalization, found: Variable | null): Value {
  return found && adopt(found, backendOf(layer));
}

function variables(layer: BatchNormalization, found: readonly Variable[]): PyList {
  return new PyList(found.map((one) => variable(layer, one)));
}

/** What the first call with a symbolic tensor took or gave. */
function symbolicTensor(layer: BatchNormalization, end: "input" | "output"): Value {
  const [node] = backendOf(layer).library.nodesOf(layer).items;
  if (node === undefined) {
    throw pythonError(
      "AttributeError",
      `The layer ${layer.name} has never been called and thus has no defined ${end}.`,
    );
  }
  return collect(getAttribute(node, `${end}_tensors`))[0]!;
}

function configurable(layer: BatchNormalization, found: object | null): Value {
  return found && adopt(found, backendOf(layer));
}

/** A shape as Python gives it: integers, and None where a length is open. */
function readShape(shape: Value): PartialShape {
  if (!typeOf(shape).getItem) {
    throw pythonError("TypeError", `'${typeName(shape)}' object is not subscriptable`);
  }
  return collect(shape).map((size) => (size === null ? null : toCount(size)));
}

/** Penalties as Keras hands them out: L1L2 adds up in an array, L1 and L2 give a scalar. */
function losses(layer: BatchNormalization): PyList {
  const { losses: penalties, trainableWeights } = layer;
  const regularizers = trainableWeights.flatMap(({ regularizer }) => regularizer ?? []);
  const activities = penalties.length - regularizers.length;
  return new PyList(
    penalties.map((penalty, index) => {
      // An activity penalty has been divided by the batch size, which makes an array of it.
      const array = index < activities || regularizers[index - activities]!.className === "L1L2";
      return array ? fromTensor(penalty) : unwrap(fromTensor(penalty));
    }),
  );
}

function setWeights(layer: BatchNormalization, weights: Value): null {
  const expected = layer.weights.length;
  const given = length(weights);
  if (given !== expected) {
    throw pythonError(
      "ValueError",
      `You called \`set_weights(weights)\` on layer '${layer.name}' with a weight list of length ` +
        `${given}, but the layer was expecting ${expected} weights.`,
    );
  }
  const tensors = collect(weights).map((value) => {
    if (value instanceof Variable) return value.value;
    if (isTensor(value)) return tensorOf(value);
    // Keras compares shapes, which lists do not have.
    getAttribute(value, "shape");
    return tensorOf(backendOf(layer).np("asarray", [value]) as never);
  });
  layer.setWeights(tensors);
  return null;
}

/**
 * Calls the layer as if its variables had other values, and gives the output with what its
 * statistics would become; the layer stays as it is.
 */
function statelessCall(layer: BatchNormalization, bound: Bound): PyTuple {
  if (!layer.built) {
    throw pythonError(
      "ValueError",
      `To call stateless_call, ${className} must be built (i.e. its variables must have been ` +
        "already created). You can build it by calling it on some data.",
    );
  }
  const given = ["trainable_variables", "non_trainable_variables"].flatMap((name, index) => {
    const values = collect(bound[name]!);
    const own = index === 0 ? layer.trainableWeights : layer.nonTrainableWeights;
    if (values.length !== own.length) {
      throw pythonError(
        "ValueError",
        `Argument \`${name}\` must be a list of tensors corresponding 1:1 to ` +
          `${className}().${name}. Received list with length ${values.length}, ` +
          `but expected ${own.length} variables.`,
      );
    }
    return own.map((variable, at) => [variable, values[at]!] as const);
  });
  const backend = backendOf(layer);
  const values = new Map<Variable, Value>(given);
  // Of a twin, so that nothing of the call stays with the layer.
  const twin = adopt(BatchNormalization.fromConfig(layer.getConfig(), optionsOf(backend)), backend);
  twin.build(layer.inputShape!);
  for (const [index, variable] of layer.weights.entries()) {
    const value = backend.tensor(values.get(variable)!, variable.dtype) as ArrayValue;
    twin.weights[index]!.assign(tensorOf(value));
  }
  const { args, kwargs, return_losses } = bound;
  const call = { positional: args as Value[], keywords: kwargs as Map<string, Value> };
  const output = callLayer(twin, call);
  const state = new PyList(twin.nonTrainableWeights.map(({ value }) => fromTensor(value)));
  return new PyTuple(truth(return_losses!) ? [output, state, losses(twin)] : [output, state]);
}

/** What `call` runs into where `__call__` has not built the layer: its statistics are None. */
function notBuilt(updates: boolean) {
  return updates
    ? pythonError("AttributeError", "'NoneType' object has no attribute 'assign'")
    : pythonError("IndexError", "tuple index out of range");
}

const initializerNames = [
  "beta_initializer",
  "gamma_initializer",
  "moving_mean_initializer",
  "moving_variance_initializer",
  "beta_regularizer",
  "gamma_regularizer",
  "beta_constraint",
  "gamma_constraint",
  "activity_regularizer",
] as const;

/** `beta_initializer` to the engine's `betaInitializer`. */
function engineName(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

const table = attributes<BatchNormalization>({
  properties: {
    name: (self) => self.name,
    path: (self) => (self.built ? self.path : null),
    axis: (self) => BigInt(self.axis),
    momentum: (self) => self.momentum,
    epsilon: (self) => self.epsilon,
    center: (self) => fromConfigValue(self.center),
    scale: (self) => fromConfigValue(self.scale),
    renorm: (self) => fromConfigValue(self.renorm),
    renorm_clipping: (self) => fromConfigValue(self.arguments.renormClipping),
    renorm_momentum: (self) => fromConfigValue(self.arguments.renormMomentum),
    synchronized: (self) => fromConfigValue(self.synchronized),
    trainable: (self) => self.trainable,
    autocast: (self) => self.arguments.autocast,
    built: (self) => self.built,
    supports_masking: () => true,
    dtype: (self) => self.policy.variableDType,
    variable_dtype: (self) => self.policy.variableDType,
    compute_dtype: (self) => self.policy.computeDType,
    input_dtype: (self) => self.policy.computeDType,
    dtype_policy: (self) => self.policy,
    quantization_mode: () => null,
    input_spec: inputSpec,
    gamma: (self) => variable(self, self.gamma),
    beta: (self) => variable(self, self.beta),
    moving_mean: (self) => variable(self, self.movingMean),
    moving_variance: (self) => variable(self, self.movingVariance),
    weights: (self) => variables(self, self.weights),
    variables: (self) => variables(self, self.weights),
    trainable_weights: (self) => variables(self, self.trainableWeights),
    trainable_variables: (self) => variables(self, self.trainableWeights),
    non_trainable_weights: (self) => variables(self, self.nonTrainableWeights),
    non_trainable_variables: (self) => variables(self, self.nonTrainableWeights),
    losses,
    input: (self) => symbolicTensor(self, "input"),
    output: (self) => symbolicTensor(self, "output"),
    metrics: () => new PyList(),
    ...Object.fromEntries(
      initializerNames.map((name) => [
        name,
        (self: BatchNormalization) =>
          configurable(self, self.arguments[engineName(name) as "betaInitializer"] as Initializer),
      ]),
    ),
  },
  setters: {
    momentum: (self, value) => {
      self.momentum = toFloat(value);
    },
    epsilon: (self, value) => {
      self.epsilon = toFloat(value);
    },
    trainable: (self, value) => {
      self.trainable = truth(value);
    },
  },
  methods: {
    "call(inputs, training=None, mask=None)": (self, { inputs, training, mask }) => {
      const trains = truth(training!);
      if (!self.built) throw notBuilt(trains && self.trainable);
      return callAsKeras(self, inputs as ArrayValue, {
        training: trains,
        mask: mask === null ? null : tensorOf(mask as never),
      });
    },
    "stateless_call(trainable_variables, non_trainable_variables, *args, return_losses=False, **kwargs)":
      statelessCall,
    "build(input_shape)": (self, { input_shape }) => {
      const { calls } = backendOf(self).library;
      if (!self.built) self.path = calls.prefix(self) + self.name;
      self.build(readShape(input_shape!));
      for (const variable of self.weights) calls.made(variable);
      return null;
    },
    "compute_output_shape(input_shape)": (self, { input_shape }) => {
      self.computeOutputShape(readShape(input_shape!));
      return input_shape!;
    },
    "compute_mask(inputs, previous_mask)": (_, { previous_mask }) => previous_mask!,
    "count_params()": (self) => BigInt(self.countParams()),
    "get_weights()": (self) => new PyList(self.getWeights().map(fromTensor)),
    "set_weights(weights)": (self, { weights }) => setWeights(self, weights!),
    "get_config()": (self) => fromConfigValue(self.getConfig()),
    "from_config(config)": (self, { config }) => layerFromConfig(backendOf(self), config!),
    "get_build_config()": (self) =>
      self.inputShape && new PyDict([["input_shape", shapeTuple(self.inputShape)]]),
  },
});

/** Attributes that only renorm layers have, once they are built. */
const renormNames: Readonly<
  Record<string, "movingStddev" | "renormMean" | "renormStddev" | undefined>
> = {
  moving_stddev: "movingStddev",
  renorm_mean: "renormMean",
  renorm_stddev: "renormStddev",
};

// What cells hang on a layer themselves.
const ownAttributes = new WeakMap<BatchNormalization, Map<string, Value>>();

const layerType: PythonType<BatchNormalization> = {
  name: className,
  module: moduleName,
  repr: (self) => `<${className} name=${self.name}, built=${self.built ? "True" : "False"}>`,
  classOf: (self) => backendOf(self).classes.get(className)!,
  hash: (self) => self,
  call: callLayer,
  getAttribute(self, name) {
    const renorm = renormNames[name];
    if (renorm !== undefined) return variable(self, self[renorm]) ?? undefined;
    const found = table.getAttribute(self, name);
    if (found !== undefined) return found;
    const own = ownAttributes.get(self)?.get(name);
    if (own === undefined && layerAttributeNames.has(name)) {
      const { session } = backendOf(self).state;
      throw refusal(session, `${className}.${name}`, "AttributeError");
    }
    return own;
  },
  setAttribute(self, name, value) {
    if (table.setAttribute(self, name, value)) return true;
    if (ownArguments.some((argument) => argument.name === name)) {
      const { strings } = backendOf(self).state.session;
      throw pythonError(
        "AttributeError",
        format(strings.unsupportedName, `${className}.${name} = …`),
      );
    }
    if (table.getAttribute(self, name) !== undefined) return false;
    const own = ownAttributes.get(self) ?? new Map<string, Value>();
    ownAttributes.set(self, own.set(name, value));
    return true;
  },
  attributeNames: table.attributeNames,
};

registerType(BatchNormalization, layerType);
