/** @file The functions of `keras.utils` and `keras.config` that notebooks use besides the layer. */
import { PyTuple } from "../../containers.ts";
import { builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { binary, call, compare, getAttribute, setItem, str, truth } from "../../operations.ts";
import { isTensor, type NumpyBackend } from "./backend.ts";

/** Rows of zeros with a one where each class is: `keras.utils.to_categorical`. */
function toCategorical(keras: NumpyBackend, x: Value, given: Value): Value {
  const classes = keras.np("array", [x], { dtype: "int64" });
  const shape = (getAttribute(classes, "shape") as PyTuple).items;
  const kept = shape.length > 1 && shape.at(-1) === 1n ? shape.slice(0, -1) : shape;
  const flat = keras.np("reshape", [classes, -1n]);
  const count = truth(given) ? given : binary("+", keras.np("max", [flat]), 1n);
  const rows = getAttribute(flat, "shape") as PyTuple;
  // An array of the backend gets float32, as `one_hot` makes it; a list float64.
  const dtype = isTensor(x) ? "float32" : "float64";
  const hot = keras.np("zeros", [new PyTuple([...rows.items, count])], { dtype });
  setItem(hot, new PyTuple([keras.np("arange", [...rows.items]), flat]), 1n);
  return keras.np("reshape", [hot, new PyTuple([...kept, count])]);
}

/** Divided by its norm; what is all zeros stays so. */
function normalize(keras: NumpyBackend, x: Value, axis: Value, order: Value): Value {
  if (!isTensor(x)) {
    const operation = getAttribute(keras.state.session.importModule("keras"), "ops");
    return call(getAttribute(operation, "normalize"), {
      positional: [x],
      keywords: new Map([
        ["axis", axis],
        ["order", order],
      ]),
    });
  }
  const norm = keras.np("atleast_1d", [keras.np("linalg.norm", [x, order, axis])]);
  setItem(norm, compare("==", norm, 0n), 1n);
  return binary("/", x, keras.np("expand_dims", [norm, truth(axis) ? axis : -1n]));
}

/** What `keras.utils` has besides seeds and serialization. */
export function utilityMembers(keras: NumpyBackend): Record<string, Value> {
  return {
    to_categorical: builtin("to_categorical(x, num_classes=None)", ({ x, num_classes }) =>
      toCategorical(keras, x!, num_classes!),
    ),
    normalize: builtin("normalize(x, axis=-1, order=2)", ({ x, axis, order }) =>
      normalize(keras, x!, axis!, order!),
    ),
    is_keras_tensor: builtin("is_keras_tensor(x)", () => false),
    standardize_dtype: builtin("standardize_dtype(dtype)", ({ dtype }) => keras.dtype(dtype!)),
  };
}

/** What `keras.backend` says of dtypes, and its counters of names. */
export function backendUtilityMembers(keras: NumpyBackend): Record<string, Value> {
  const counters = new Map<string, bigint>();
  return {
    is_keras_tensor: builtin("is_keras_tensor(x)", () => false),
    is_float_dtype: builtin("is_float_dtype(dtype)", ({ dtype }) =>
      keras.dtype(dtype!).includes("float"),
    ),
    is_int_dtype: builtin("is_int_dtype(dtype)", ({ dtype }) =>
      keras.dtype(dtype!).includes("int"),
    ),
    get_uid: builtin("get_uid(prefix='')", ({ prefix }) => {
      const name = str(prefix!);
      const next = (counters.get(name) ?? 0n) + 1n;
      counters.set(name, next);
      return next;
    }),
  };
}

/** A switch that is only remembered: here nothing logs and no traceback is filtered. */
function remembered(name: string, title: string): Record<string, Value> {
  let enabled = true;
  const change = (value: boolean) => () => {
    enabled = value;
    return null;
  };
  return {
    [`enable_${name}`]: builtin(`enable_${name}()`, change(true)),
    [`disable_${name}`]: builtin(`disable_${name}()`, change(false)),
    [title]: builtin(`${title}()`, () => enabled),
  };
}

/** Switches of `keras.config`. */
export function switchMembers(): Record<string, Value> {
  return {
    ...remembered("interactive_logging", "is_interactive_logging_enabled"),
    ...remembered("traceback_filtering", "is_traceback_filtering_enabled"),
  };
}
