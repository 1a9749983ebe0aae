/** @file Momentum as PyTorch counts it, where it is the default of a function's parameter. */
import type { CallArgument } from "../../../python/calls.ts";
import { literalOf, numberIn } from "../../../python/literalValues.ts";
import { pythonFloat, replace } from "../edits.ts";
import type { Inspection } from "../inspection.ts";
import { type Problem, preferred } from "../problem.ts";

/** From here down, a weight of the old value makes no sense, and one of the new value does. */
export const largestPytorchMomentum = 0.1;

/**
 * `def block(x, momentum=0.1)`, where that is the layer's momentum and nothing else, and the file
 * gives no other. `known`: where such defaults have been found.
 */
export function* momentumByDefault(
  { value }: CallArgument,
  known: Set<number>,
  inspection: Inspection,
): Generator<Problem> {
  const { file, meanings } = inspection;
  const name = value?.name === "VariableName" ? file.textOf(value) : null;
  const [binding, ...others] = name ? file.bindings.candidates(name, value!) : [];
  const parameters = binding?.scope.getChild("ParamList");
  if (!name || others.length > 0 || !parameters) return;
  const parameter = parameters
    .getChildren("VariableName")
    .find((each) => file.textOf(each) === name && each.prevSibling?.name !== "AssignOp");
  const operator = parameter?.nextSibling;
  const written = (operator?.name === "TypeDef" ? operator.nextSibling : operator)?.nextSibling;
  const number = written?.name === "Number" ? numberIn(literalOf(written, meanings)) : null;
  if (!written || number === null || number === 0 || number > largestPytorchMomentum) return;
  const text = file.textOf(written);
  const uses = file.text.slice(parameters.to, binding.scope.to);
  const isMomentum = new RegExp(`(?:momentum|${name})\\s*=\\s*$`);
  for (const { index } of uses.matchAll(new RegExp(`(?<![\\w.])${name}\\b(?!\\s*=(?!=))`, "g")))
    if (!isMomentum.test(uses.slice(0, index))) return;
  const given = new RegExp(`(?<![\\w.])${name}\\s*(?::[^=,()]*)?=(?!=)\\s*([^\\s,)]+)`, "g");
  for (const [, other] of file.text.matchAll(given)) if (other !== name && other !== text) return;
  if (known.has(written.from)) return;
  known.add(written.from);
  const { from, to } = written;
  const complemented = pythonFloat(1 - number);
  yield {
    code: "pytorch-momentum",
    from,
    to,
    // Whoever calls the function can give another.
    severity: "information",
    sentence: "pytorchMomentum",
    facts: [text, complemented],
    fixes: [preferred("complement", [complemented], replace(written, complemented))],
  };
}
