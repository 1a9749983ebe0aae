/**
 * @file `functools`: `reduce`, and what is in `partial.ts`, `caching.ts` and `dispatching.ts`.
 */
import { pythonError } from "../errors.ts";
import { builtin, PythonModule } from "../functions.ts";
import { invoke, iterate } from "../operations.ts";
import { wrappers } from "./caching.ts";
import { dispatching } from "./dispatching.ts";
import { partialClass } from "./partial.ts";

const reduce = builtin("reduce(function, iterable, initial=..., /)", (bound) => {
  let total = bound["initial"];
  for (const item of iterate(bound["iterable"]!)) {
    total = total === undefined ? item : invoke(bound["function"]!, total, item);
  }
  if (total === undefined) {
    throw pythonError("TypeError", "reduce() of empty iterable with no initial value");
  }
  return total;
});

export function functoolsModule(): PythonModule {
  return new PythonModule("functools", {
    partial: partialClass,
    reduce,
    ...wrappers,
    ...dispatching,
  });
}
