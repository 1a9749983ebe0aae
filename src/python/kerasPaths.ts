/** @file Dotted paths that lead into Keras. */

/** Whether a dotted path leads into Keras, under any of the names it ships under. */
export function isKeras(path: string): boolean {
  return /^(?:(?:tensorflow\.)?(?:(?:python|compat\.v[12])\.)?keras|tf_keras|keras_core)\./.test(
    path,
  );
}

/** Modules by which packages that run on several versions of Keras hand on the one they have found. */
const relays = /(?:^|\.)(?:backend|compat)$/;

/** What `from module import name` means: `keras` from a package's own `backend` is Keras itself. */
export function importedPath(module: string, name: string): string {
  return name === "keras" && relays.test(module) ? name : `${module}.${name}`;
}
