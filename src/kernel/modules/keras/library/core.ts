/**
 * @file What the Python of the layers is given of the kernel, under the name `core`.
 */
import {
  BatchNormalization,
  type Constraint,
  DTypePolicy,
  Initializer,
  isFloat,
  type Regularizer,
  type Tensor,
  Variable,
} from "../../../../engine/index.ts";
import { fromTensor, NDArray } from "../../../../numpy/index.ts";
import { format } from "../../../../shared/strings.ts";
import { PyClass } from "../../../classes.ts";
import { PyDict, PyList, PyTuple } from "../../../containers.ts";
import { PyException, pythonError, toException } from "../../../errors.ts";
import { PyFunction } from "../../../evaluator/functions.ts";
import { type Bound, Builtin, builtin, PythonModule } from "../../../functions.ts";
import { registerType, type Value } from "../../../objects.ts";
import {
  call,
  classOf,
  collect,
  findAttribute,
  getAttribute,
  invoke,
  isCallable,
  str,
  toIndex,
} from "../../../operations.ts";
import type { SignatureParameter } from "../../../signature.ts";
import { BoundMethod } from "../../../types/descriptors.ts";
import { type ArrayValue, adopt, isTensor, type NumpyBackend, shapeTuple } from "../backend.ts";
import { maskOf, noteMask, withArguments } from "../layerCall.ts";
import { SeedGenerator } from "../random.ts";
import { serialize } from "../serialization.ts";
import { formatTensor, tensorOf } from "../tensors.ts";
import type { KerasLibrary } from "./index.ts";

/** What a `with` block opens and closes. */
class Block {
  readonly close: () => void;

  constructor(close: () => void) {
    this.close = close;
  }
}

registerType(Block, {
  name: "Block",
  repr: () => "<Block>",
  hash: (value) => value,
  enter: () => null,
  exit({ close }) {
    close();
    return false;
  },
});

/** The parameters of a function or bound method, without `self`. */
function parametersOf(callable: Value): readonly SignatureParameter[] {
  if (callable instanceof BoundMethod) return parametersOf(callable.callable).slice(1);
  if (callable instanceof Builtin) return callable.signature?.parameters ?? [];
  if (!(callable instanceof PyFunction)) return [];
  const { defaults } = callable;
  return callable.code.signature.parameters.map((parameter, index) => ({
    ...parameter,
    default: defaults[index],
  }));
}

/**
 * Arguments by parameter name: those that were given, and all with their defaults. TypeError in
 * the words of `inspect.Signature.bind`.
 */
function bind(callable: Value, args: Value, kwargs: Value): PyTuple {
  const positional = collect(args);
  const keywords = new Map(
    [...(kwargs as PyDict).entries()].map(([key, value]) => [str(key), value]),
  );
  const given = new PyDict();
  const all = new PyDict();
  const set = (name: string, value: Value) => {
    given.set(name, value);
    all.set(name, value);
  };
  for (const parameter of parametersOf(callable)) {
    const { name, kind } = parameter;
    if (kind === "star") {
      if (positional.length > 0) given.set(name, new PyTuple([...positional]));
      all.set(name, new PyTuple(positional.splice(0)));
    } else if (kind === "doubleStar") {
      const rest = new PyDict([...keywords]);
      if (keywords.size > 0) given.set(name, rest);
      all.set(name, rest);
      keywords.clear();
    } else if (positional.length > 0 && kind !== "keywordOnly") {
      if (keywords.has(name))
        throw pythonError("TypeError", `multiple values for argument '${name}'`);
      set(name, positional.shift()!);
    } else if (keywords.has(name)) {
      set(name, keywords.get(name)!);
      keywords.delete(name);
    } else if (parameter.required) {
      throw pythonError("TypeError", `missing a required argument: '${name}'`);
    } else {
      all.set(name, parameter.default ?? null);
    }
  }
  if (positional.length > 0) throw pythonError("TypeError", "too many positional arguments");
  const [unexpected] = keywords.keys();
  if (unexpected !== undefined) {
    throw pythonError("TypeError", `got an unexpected keyword argument '${unexpected}'`);
  }
  return new PyTuple([given, all]);
}

// What `inspect` has for a default where there is none.
const noDefault = new PyClass("_empty", { module: "inspect" });

function defaultOf({ kind, required, default: value }: SignatureParameter): Value {
  const none = required || kind === "star" || kind === "doubleStar";
  return none ? noDefault : (value ?? null);
}

/** The policy that a layer's `dtype` means. */
function policyOf(backend: NumpyBackend, dtype: Value): DTypePolicy {
  if (dtype === null) return backend.state.policy;
  if (dtype instanceof DTypePolicy) return dtype;
  if (dtype instanceof PyDict) {
    const config = dtype.get("config");
    return policyOf(backend, config instanceof PyDict ? (config.get("name") ?? null) : null);
  }
  return new DTypePolicy(typeof dtype === "string" ? dtype : backend.dtype(dtype));
}

/** A weight, made and named within the scopes that are open. */
function createVariable({ backend, calls }: KerasLibrary, bound: Bound): Variable {
  const { initializer, shape, trainable, regularizer, constraint } = bound;
  const name = bound.name === null ? backend.state.names.next("Variable") : str(bound.name!);
  const path = `${calls.prefix()}${name}`;
  const lengths = collect(shape!);
  if (lengths.includes(null)) {
    throw pythonError(
      "ValueError",
      "Shapes used to initialize variables must be fully-defined (no `None` dimensions). " +
        `Received: shape=${str(shape!)} for variable path='${path}'`,
    );
  }
  const sizes = lengths.map((size) => Number(toIndex(size)));
  const dtype = backend.dtype(bound.dtype!);
  const value = initialValue(backend, initializer!, sizes, dtype);
  const variable = new Variable({
    name,
    path,
    trainable: trainable === true,
    value,
    regularizer: regularizer as Regularizer | null,
    constraint: constraint as Constraint | null,
    format: formatTensor,
  });
  calls.made(variable);
  return adopt(variable, backend);
}

function initialValue(
  backend: NumpyBackend,
  initializer: Value,
  sizes: readonly number[],
  dtype: ReturnType<NumpyBackend["dtype"]>,
): Tensor {
  if (initializer instanceof Initializer)
    return initializer.generate(sizes, dtype, backend.streams);
  if (!isCallable(initializer)) return tensorOf(backend.tensor(initializer, dtype) as ArrayValue);
  const made = call(initializer, {
    positional: [shapeTuple(sizes)],
    keywords: new Map([["dtype", dtype]]),
  });
  return tensorOf(backend.tensor(made, dtype) as ArrayValue);
}

/** Penalties of a layer's outputs, without those of its weights. */
function activityLosses(layer: BatchNormalization): PyList {
  const penalties = getAttribute(layer, "losses") as PyList;
  const own = layer.trainableWeights.filter(({ regularizer }) => regularizer !== null);
  return new PyList(penalties.items.slice(0, penalties.items.length - own.length));
}

/** What `get_config` takes of `__init__` where a class does not say: its arguments. */
function initialConfig(layer: Value): PyDict {
  const [args, kwargs] = collect(getAttribute(layer, "_keras_init"));
  const type = classOf(layer);
  const [, all] = (bind(getAttribute(layer, "__init__"), args!, kwargs!) as PyTuple).items;
  const config = new PyDict();
  for (const [key, value] of (all as PyDict).entries()) {
    if (key === "name") continue;
    const items: (readonly [Value, Value])[] =
      value instanceof PyDict && key === "kwargs" ? [...value.entries()] : [[key, value]];
    for (const [name, item] of items) {
      if (name === "name") continue;
      if (typeof item === "object" && item !== null && !(item instanceof PyList)) {
        throw pythonError(
          "NotImplementedError",
          `\nObject ${type.name} was created by passing\n` +
            "non-serializable argument values in `__init__()`,\n" +
            "and therefore the object must override `get_config()` in\n" +
            "order to be serializable. Please implement `get_config()`.\n",
        );
      }
      config.set(name, item);
    }
  }
  return config;
}

function activationName(value: Value): Value {
  if (!isCallable(value)) return serialize(value);
  const name = findAttribute(value, "__name__");
  return name === undefined ? serialize(value) : name;
}

/** The module `core` of a session's layers. */
export function coreModule(library: KerasLibrary): PythonModule {
  const { backend, calls } = library;
  const { state } = backend;
  const nodesOf = (operation: Value): Value =>
    operation instanceof BatchNormalization
      ? library.nodesOf(operation)
      : getAttribute(operation, "_inbound_nodes");
  const refuse = (what: string) =>
    pythonError("NotImplementedError", format(state.session.strings.unsupportedName, what));
  const functions = [
    builtin("standardize_dtype(dtype)", ({ dtype }) => backend.dtype(dtype!)),
    builtin("auto_name(class_name)", ({ class_name }) => state.names.next(str(class_name!))),
    builtin("is_tensor(value)", ({ value }) => isTensor(value!)),
    builtin("is_variable(value)", ({ value }) => value instanceof Variable),
    builtin("is_layer(value)", ({ value }) => library.isLayer(value!)),
    builtin("is_native(value)", ({ value }) => value instanceof BatchNormalization),
    builtin("is_seed_generator(value)", ({ value }) => value instanceof SeedGenerator),
    builtin("inbound_nodes(operation)", ({ operation }) => nodesOf(operation!)),
    builtin("build_shapes(layer)", ({ layer }) => {
      if (!(layer instanceof BatchNormalization)) {
        return findAttribute(layer!, "_build_shapes_dict") ?? null;
      }
      return invoke(getAttribute(layer, "get_build_config"));
    }),
    builtin("current_path()", () => calls.path),
    builtin("scope(layer)", ({ layer }) => {
      return new Block(calls.open(str(getAttribute(layer!, "name")), layer as object));
    }),
    builtin("parameters(callable)", ({ callable }) => {
      const named = parametersOf(callable!).filter(
        ({ kind }) => kind !== "star" && kind !== "doubleStar",
      );
      return new PyList(named.map(({ name }) => name));
    }),
    builtin("bind(callable, args, kwargs)", ({ callable, args, kwargs }) =>
      bind(callable!, args!, kwargs!),
    ),
    builtin("policy(dtype)", ({ dtype }) => policyOf(backend, dtype!)),
    builtin(
      "variable(initializer, shape, dtype, trainable, name, regularizer, constraint)",
      (bound) => createVariable(library, bound),
    ),
    builtin("activity_losses(layer)", ({ layer }) => activityLosses(layer as BatchNormalization)),
    builtin("training()", () => calls.training),
    builtin("set_training(value)", ({ value }) => {
      calls.training = value!;
      return null;
    }),
    builtin("enter_context(layer)", ({ layer }) => {
      if (calls.entry !== null) return false;
      calls.entry = layer!;
      return true;
    }),
    builtin("leave_context()", () => {
      calls.entry = null;
      calls.training = null;
      return null;
    }),
    builtin("autocast(dtype)", ({ dtype }) => {
      const before = calls.autocast;
      calls.autocast = dtype === null ? null : backend.dtype(dtype!);
      return new Block(() => {
        calls.autocast = before;
      });
    }),
    builtin("mask(value)", ({ value }) => (value instanceof NDArray ? maskOf(value) : null)),
    builtin("set_masks(outputs, masks)", ({ outputs, masks }) => {
      const [mask] = collect(masks!);
      if (outputs instanceof NDArray && mask instanceof NDArray) noteMask(outputs, mask);
      return null;
    }),
    builtin("explained(error, layer, args, kwargs, symbolic)", (bound) => {
      const error = toException(bound.error);
      if (bound.symbolic === true) return error;
      const callable = getAttribute(bound.layer!, "call");
      const [given] = (bind(callable, bound.args!, bound.kwargs!) as PyTuple).items;
      const items = parametersOf(callable).map((parameter): [string, Value] => {
        const value = (given as PyDict).get(parameter.name);
        return [parameter.name, value ?? defaultOf(parameter)];
      });
      return withArguments(error, classOf(bound.layer!).name, items) as PyException;
    }),
    builtin("same_error(error, message)", ({ error, message }) => {
      return new PyException((error as PyException).class, [message!]);
    }),
    builtin("convert(value, autocast, dtype)", ({ value, autocast, dtype }) => {
      const array = value instanceof Variable ? fromTensor(value.value) : value!;
      if (!isTensor(array)) return array;
      const type = backend.dtype(dtype!);
      if (autocast !== true || !isFloat(array.dtype) || type === "bfloat16") return array;
      return backend.cast(array, type);
    }),
    builtin("convert_input(value)", ({ value }) => backend.tensor(value!)),
    builtin("tensor(value, dtype)", ({ value, dtype }) =>
      backend.tensor(value!, dtype === null ? null : backend.dtype(dtype!)),
    ),
    builtin("stateless(layer)", ({ layer }) => {
      const before = collect(getAttribute(layer!, "variables")) as Variable[];
      const values = before.map((variable): [Variable, Tensor] => [variable, variable.value]);
      calls.stateless++;
      return new Block(() => {
        calls.stateless--;
        for (const [variable, value] of [...values, ...calls.created]) variable.assign(value);
        if (calls.stateless === 0) calls.created = [];
      });
    }),
    builtin("initial_config(layer)", ({ layer }) => initialConfig(layer!)),
    builtin("serialize(value)", ({ value }) => activationName(value!)),
    builtin("follow(layer, trainable)", ({ layer, trainable }) => {
      (layer as BatchNormalization).trainable = trainable === true;
      return null;
    }),
    builtin("bits(dtype)", ({ dtype }) => BigInt(/\d+$/.exec(str(dtype!))?.[0] ?? 8)),
    builtin("show_progress(batches)", ({ batches }) => {
      const bar = "━".repeat(20);
      const counts = `${str(batches!)}/${str(batches!)}`;
      state.session.host.write("stdout", `${counts} ${bar} 0s\n`);
      return null;
    }),
    builtin("refuse(what)", ({ what }) => {
      throw refuse(str(what!));
    }),
  ];
  return new PythonModule(
    "core",
    Object.fromEntries(functions.map((entry) => [entry.name, entry])),
  );
}
