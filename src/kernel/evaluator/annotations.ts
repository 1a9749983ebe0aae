/**
 * @file Annotations: what `__annotations__` of classes and functions holds. Nothing else looks at
 * them, so that one that cannot be evaluated here does no harm: its text stands for it.
 */
import type { Expression, Parameter } from "../../python/nodes.ts";
import { PyDict } from "../containers.ts";
import { isException } from "../errors.ts";
import type { Value } from "../objects.ts";
import type { Context } from "./compiler.ts";
import { compileExpression } from "./expressions.ts";
import type { Evaluate, Execute, Frame } from "./frame.ts";
import { normal } from "./frame.ts";
import { classAnnotations } from "./scopes.ts";

/** The value of an annotation, or its text where evaluation is postponed or fails. */
function compileAnnotation(node: Expression, context: Context): Evaluate {
  const { source } = context;
  const text = source.text.slice(node.from, node.to);
  if (source.postponesAnnotations) return () => text;
  const evaluate = compileExpression(node, context);
  return (frame) => {
    try {
      return evaluate(frame);
    } catch (thrown) {
      if (isException(thrown, "Exception")) return text;
      throw thrown;
    }
  };
}

/** In the body of a class, notes `name: annotation`; null elsewhere, where nothing is noted. */
export function compileNote(
  target: Expression | undefined,
  annotation: Expression | null,
  context: Context,
): Execute | null {
  if (!annotation || target?.type !== "Name" || context.scope.kind !== "class") return null;
  const slot = context.scope.slots.get(classAnnotations)!;
  const evaluate = compileAnnotation(annotation, context);
  const name = target.id;
  return (frame) => {
    frame.slots[slot] ??= new PyDict();
    (frame.slots[slot] as PyDict).set(name, evaluate(frame));
    return normal;
  };
}

/** A function's annotations, in the order of its parameters, `return` last. */
export function annotationsOf(
  parameters: readonly Parameter[],
  returns: Expression | null,
  context: Context,
): (frame: Frame) => PyDict {
  const annotated = parameters.flatMap(({ name, annotation }) =>
    annotation ? [[name, annotation] as const] : [],
  );
  if (returns) annotated.push(["return", returns]);
  return (frame) =>
    new PyDict(
      annotated.map(([name, node]): [Value, Value] => [
        name,
        compileAnnotation(node, context)(frame),
      ]),
    );
}
