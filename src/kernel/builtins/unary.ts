/**
 * @file Built-in functions of one argument, as cells call them in loops.
 */
import { Builtin, builtin } from "../functions.ts";
import type { Value } from "../objects.ts";

/**
 * As `builtin`, for a signature of one positional parameter. A call that gives just that argument
 * has nothing to bind; every other one is bound, and fails, as the signature says.
 */
export function unaryBuiltin(signature: string, body: (value: Value) => Value): Builtin {
  const bound = builtin(signature, (values) => body(Object.values(values)[0]!));
  return new Builtin(
    bound.name,
    (args) =>
      args.positional.length === 1 && args.keywords.size === 0
        ? body(args.positional[0]!)
        : bound.call(args),
    undefined,
    bound,
  );
}
