/**
 * @file Types of what functions and methods give back, as far as help needs them before a cell has
 * run: where there is a live value, it is asked instead.
 */

const paths: Readonly<Record<string, readonly string[]>> = {
  ndarray: [
    ...prefixed(
      "numpy",
      "arange array asarray ascontiguousarray atleast_1d atleast_2d atleast_3d broadcast_to concatenate copy " +
        "cumsum diag empty empty_like expand_dims eye flip full full_like hstack identity linspace " +
        "logspace moveaxis ones ones_like outer pad ravel repeat reshape roll sort stack swapaxes tile " +
        "transpose tri tril triu vstack zeros zeros_like",
    ),
    ...prefixed(
      "numpy.random",
      "rand randn normal uniform randint permutation random standard_normal",
    ),
    ...prefixed(
      "Generator",
      "random normal standard_normal uniform integers permutation exponential",
    ),
    ...prefixed("RandomState", "rand randn normal uniform randint permutation standard_normal"),
    ...prefixed(
      "ndarray",
      "astype copy cumsum flatten ravel repeat reshape squeeze swapaxes transpose clip",
    ),
    ...prefixed(
      "keras.ops",
      "arange array cast concatenate convert_to_numpy convert_to_tensor expand_dims eye full ones " +
        "ones_like reshape stack transpose zeros zeros_like batch_normalization",
    ),
    "Variable.numpy",
  ],
  Generator: ["numpy.random.default_rng"],
  str: [
    ...prefixed(
      "str",
      "capitalize casefold center expandtabs format join ljust lower lstrip removeprefix removesuffix " +
        "replace rjust rstrip strip swapcase title upper zfill",
    ),
    ...prefixed("builtins", "ascii chr bin format hex input oct repr"),
  ],
  list: [
    ...prefixed("str", "split rsplit splitlines"),
    ...prefixed("builtins", "sorted dir"),
    ...prefixed("BatchNormalization", "get_weights"),
    "ndarray.tolist",
    "list.copy",
  ],
  dict: ["BatchNormalization.get_config", "dict.copy", "builtins.globals", "builtins.locals"],
  int: prefixed("builtins", "hash id len ord"),
  bool: prefixed("builtins", "all any callable hasattr isinstance issubclass"),
};

function prefixed(owner: string, names: string): string[] {
  return names.split(" ").map((name) => `${owner}.${name}`);
}

/** By the function's path: `numpy.zeros`, `str.upper`. */
export const returnTypes: ReadonlyMap<string, string> = new Map(
  Object.entries(paths).flatMap(([type, all]) => all.map((path) => [path, type] as const)),
);
