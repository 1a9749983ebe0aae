/**
 * @file Calling a layer as Keras's `Layer.__call__` does: what becomes a tensor, what is refused,
 * and what is said of the arguments when the computation fails (keras/src/layers/layer.py).
 */
import {
  type BatchNormalization,
  EngineError,
  formatShape,
  isFloat,
  Variable,
} from "../../../engine/index.ts";
import { type CallArgumentName, callArguments } from "../../../keras/signature.ts";
import { fromTensor, NDArray } from "../../../numpy/index.ts";
import { PyDict, PyList, PyTuple } from "../../containers.ts";
import { isKind, PyException, pythonError, toException } from "../../errors.ts";
import type { CallArguments, Value } from "../../objects.ts";
import { classOf, getAttribute, length, repr, str, truth } from "../../operations.ts";
import { type ArrayValue, backendOf, isTensor, leaves } from "./backend.ts";
import { callAsKeras } from "./numerics.ts";
import { tensorOf } from "./tensors.ts";

const parameters = callArguments.map(({ name }) => name);

type Bound = Partial<Record<CallArgumentName, Value>>;

// Keras hangs the mask of a call on its output, so that the next layer finds it there.
const masks = new WeakMap<NDArray, NDArray>();

/** The mask that came with an array; null where none did. */
export function maskOf(array: NDArray): NDArray | null {
  return masks.get(array) ?? null;
}

/** Hangs a mask on an output, for the next layer. */
export function noteMask(array: NDArray, mask: NDArray): void {
  masks.set(array, mask);
}

/** `layer(*args, **kwargs)`. Errors of the computation itself list the arguments. */
export function callLayer(layer: BatchNormalization, args: CallArguments): Value {
  const { library } = backendOf(layer);
  if (library.isSymbolic(args)) return library.callSymbolically(layer, args);
  const positional = args.positional.map((value) => convert(layer, value));
  const keywords = new Map(
    [...args.keywords].map(([name, value]) => [name, convert(layer, value)]),
  );
  for (const leaf of positional.flatMap((value) => [...leaves(value)])) {
    if (leaf !== null && !isTensor(leaf)) throw notATensor(leaf);
  }
  const bound = bind(positional, keywords);
  bound.training ??= library.calls.training;
  const inputs = checkInputs(layer, bound.inputs!);
  bound.mask ??= rememberedMask(layer, inputs);
  let output: NDArray;
  try {
    if (!layer.built) layer.path = library.calls.prefix(layer) + layer.name;
    output = compute(layer, inputs, bound);
  } catch (error) {
    // What fails without training or mask as well, building or the input's shape, is no failure
    // of the computation.
    layer.plan(tensorOf(inputs));
    const items = parameters.map((name): [string, Value] => [name, bound[name] ?? null]);
    throw withArguments(error, layer.className, items);
  }
  if (bound.mask instanceof NDArray) masks.set(output, bound.mask);
  return output;
}

/** Arrays that are not of the compute dtype are cast, variables read; the rest is left alone. */
function convert(layer: BatchNormalization, value: Value): Value {
  if (value instanceof PyList) return new PyList(value.items.map((item) => convert(layer, item)));
  if (value instanceof PyTuple) return new PyTuple(value.items.map((item) => convert(layer, item)));
  const array = value instanceof Variable ? fromTensor(value.value) : value;
  if (!isTensor(array)) return value;
  const { computeDType } = layer.policy;
  if (!layer.arguments.autocast || !isFloat(array.dtype) || computeDType === "bfloat16") {
    return array;
  }
  return backendOf(layer).cast(array, computeDType);
}

function notATensor(value: Value): PyException {
  return pythonError(
    "ValueError",
    "Only input tensors may be passed as positional arguments. The following argument value " +
      `should be passed as a keyword argument: ${str(value)} (of type ${repr(classOf(value))})`,
  );
}

/** In the words of `inspect.Signature.bind`. */
function bind(positional: readonly Value[], keywords: ReadonlyMap<string, Value>): Bound {
  if (positional.length > parameters.length) {
    throw pythonError("TypeError", "too many positional arguments");
  }
  const bound: Bound = {};
  for (const [index, name] of parameters.entries()) {
    if (index < positional.length) {
      if (keywords.has(name)) {
        throw pythonError("TypeError", `multiple values for argument '${name}'`);
      }
      bound[name] = positional[index]!;
    } else if (keywords.has(name)) {
      bound[name] = keywords.get(name)!;
    } else if (name === "inputs") {
      throw pythonError("TypeError", "missing a required argument: 'inputs'");
    }
  }
  for (const name of keywords.keys()) {
    if (!(parameters as readonly string[]).includes(name)) {
      throw pythonError("TypeError", `got an unexpected keyword argument '${name}'`);
    }
  }
  return bound;
}

/** The inputs, if they are one tensor; what Keras says of anything else. */
function checkInputs(layer: BatchNormalization, inputs: Value): ArrayValue {
  if (isTensor(inputs)) return inputs;
  if (layer.built) {
    const given = [...leaves(inputs)];
    if (given.length !== 1) {
      throw pythonError(
        "ValueError",
        `Layer "${layer.name}" expects 1 input(s), but it received ${given.length} input ` +
          `tensors. Inputs received: ${repr(new PyList(given))}`,
      );
    }
    throw pythonError(
      "ValueError",
      `Inputs to a layer should be tensors. Got '${str(inputs)}' ` +
        `(of type ${repr(classOf(inputs))}) as input for layer '${layer.name}'.`,
    );
  }
  const first = [...leaves(inputs)].find((leaf) => leaf instanceof NDArray);
  if (!first) throw pythonError("TypeError", "'NoneType' object is not subscriptable");
  const size = formatShape(first.shape);
  throw pythonError(
    "ValueError",
    `Cannot convert '(${size},)' to a shape. ` +
      `Found invalid dimension '${size}' of type '<class 'tuple'>'. `,
  );
}

/** The mask that came with the input, while a variable still holds it: Keras keeps no other. */
function rememberedMask(layer: BatchNormalization, inputs: ArrayValue): Value {
  const mask = inputs instanceof NDArray ? masks.get(inputs) : undefined;
  if (!mask) return null;
  const held = [...backendOf(layer).state.session.names.values()].includes(mask);
  return held ? mask : null;
}

function compute(layer: BatchNormalization, inputs: ArrayValue, bound: Bound): NDArray {
  const { training = null, mask = null } = bound;
  if (mask !== null && !isTensor(mask)) {
    // Keras looks at the mask's rank first.
    length(getAttribute(mask, "shape"));
    throw pythonError("TypeError", `unsupported mask of type ${repr(classOf(mask))}`);
  }
  return callAsKeras(layer, inputs, {
    training: truth(training) && backendOf(layer).library.calls.stateless === 0,
    mask: mask === null ? null : tensorOf(mask),
  });
}

// Errors that name a call's arguments already: calls around it do not add theirs.
const explained = new WeakSet<PyException>();

/** The error with the arguments of the call below it, of the same type. */
export function withArguments(
  error: unknown,
  className: string,
  items: readonly (readonly [string, Value])[],
): unknown {
  if (!(error instanceof EngineError || error instanceof PyException)) return error;
  const exception: PyException = toException(error);
  if (explained.has(exception) || isKind(exception.class, "KeyboardInterrupt")) return exception;
  const lines = items.map(([name, value]) => `  • ${name}=${described(value)}`);
  const message =
    `Exception encountered when calling ${className}.call().\n\n` +
    `\u001b[1m${exception.args.length > 0 ? str(exception.args[0]!) : ""}\u001b[0m\n\n` +
    `Arguments received by ${className}.call():\n${lines.join("\n")}`;
  const told = new PyException(exception.class, [message]);
  explained.add(told);
  return told;
}

function described(value: Value): string {
  if (isTensor(value)) {
    const shape = value instanceof NDArray ? value.shape : [];
    return `np.ndarray(shape=${formatShape(shape)}, dtype=${value.dtype})`;
  }
  if (value instanceof PyList || value instanceof PyTuple) {
    const items = value.items.map(described);
    return repr(value instanceof PyList ? new PyList(items) : new PyTuple(items));
  }
  if (value instanceof PyDict) {
    return repr(new PyDict([...value.entries()].map(([key, item]) => [key, described(item)])));
  }
  return repr(value);
}
