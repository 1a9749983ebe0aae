/**
 * @file `yield` inside of expressions. JavaScript generators suspend between statements only as
 * these closures are built, so the values around a `yield` are taken out of the expression, in
 * Python's order, into variables that no cell can name.
 */
import type { Argument, Expression } from "../../python/nodes.ts";
import type { Scope } from "./scopes.ts";

/** What happens before the rest of the expression can be evaluated. */
export type Step =
  | { readonly kind: "evaluate"; readonly name: string; readonly value: Expression }
  | {
      readonly kind: "yield";
      readonly name: string;
      readonly value: Expression | null;
      readonly delegates: boolean;
    }
  /** The steps run where `test` is as `wanted`. */
  | {
      readonly kind: "branch";
      readonly test: Expression;
      readonly wanted: boolean;
      readonly steps: readonly Step[];
    };

/** Whether the expression yields, in itself and not in a function inside of it. */
export function yields(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(yields);
  if (typeof node !== "object" || node === null) return false;
  const { type } = node as { type?: string };
  if (type === "Yield") return true;
  if (type === "Lambda" || type === "Comprehension") return false;
  return Object.values(node).some(yields);
}

/** The expression without its `yield`s, and the steps before it. */
export function spill(node: Expression, scope: Scope): { steps: Step[]; value: Expression } {
  const steps: Step[] = [];
  return { value: new Spiller(steps, scope).rest(node), steps };
}

class Spiller {
  readonly steps: Step[];
  readonly scope: Scope;

  constructor(steps: Step[], scope: Scope) {
    this.steps = steps;
    this.scope = scope;
  }

  name(): string {
    const name = `.${this.scope.slots.size}`;
    this.scope.declare(name);
    return name;
  }

  /** A variable that holds the value of an expression from here on. */
  hold(node: Expression): Expression {
    const value = this.rest(node);
    if (value.type === "Integer" || value.type === "Text" || value.type === "Literal") return value;
    if (value.type === "Name" && value.id.startsWith(".")) return value;
    const name = this.name();
    this.steps.push({ kind: "evaluate", name, value });
    return { type: "Name", id: name, from: node.from, to: node.to };
  }

  /** Holds what comes before the last part that yields. */
  parts(nodes: readonly Expression[]): Expression[] {
    const last = nodes.findLastIndex(yields);
    return nodes.map((node, index) => (index <= last ? this.part(node) : node));
  }

  part(node: Expression): Expression {
    if (node.type === "Starred") return { ...node, value: this.hold(node.value) };
    if (node.type === "Slice") return this.rest(node);
    return this.hold(node);
  }

  rest(node: Expression): Expression {
    if (!yields(node)) return node;
    switch (node.type) {
      case "Yield": {
        const value = node.value && this.rest(node.value);
        const name = this.name();
        this.steps.push({ kind: "yield", name, value, delegates: node.delegates });
        return { type: "Name", id: name, from: node.from, to: node.to };
      }
      case "Tuple":
      case "List":
      case "Set":
        return { ...node, items: this.parts(node.items) };
      case "Dict": {
        const flat = this.parts(
          node.entries.flatMap(({ key, value }) => (key ? [key, value] : [value])),
        );
        let at = 0;
        const entries = node.entries.map(({ key }) => ({
          key: key && flat[at++]!,
          value: flat[at++]!,
        }));
        return { ...node, entries };
      }
      case "Unary":
        return { ...node, operand: this.rest(node.operand) };
      case "Binary": {
        const [left, right] = this.parts([node.left, node.right]) as [Expression, Expression];
        return { ...node, left, right };
      }
      case "Compare": {
        const [first, ...rest] = this.parts([node.first, ...node.rest]) as [Expression];
        return { ...node, first, rest };
      }
      case "Attribute":
        return { ...node, object: this.rest(node.object) };
      case "Subscript": {
        const [object, index] = this.parts([node.object, node.index]) as [Expression, Expression];
        return { ...node, object, index };
      }
      case "Call": {
        const values = node.arguments.map(({ value }) => value);
        const [callee, ...given] = this.parts([node.callee, ...values]) as [Expression];
        const items = node.arguments.map(
          (argument, index): Argument => ({ ...argument, value: given[index]! }),
        );
        return { ...node, callee, arguments: items };
      }
      case "Named":
        return { ...node, value: this.rest(node.value) };
      case "Starred":
        return { ...node, value: this.rest(node.value) };
      case "Logical": {
        const name = this.name();
        const held: Expression = { type: "Name", id: name, from: node.from, to: node.to };
        this.steps.push({ kind: "evaluate", name, value: this.rest(node.left) });
        this.branch(held, node.operator === "and", name, node.right);
        return held;
      }
      case "Conditional": {
        const test = this.hold(node.test);
        const name = this.name();
        this.branch(test, true, name, node.then);
        this.branch(test, false, name, node.otherwise);
        return { type: "Name", id: name, from: node.from, to: node.to };
      }
      case "FormattedText": {
        const values = node.parts.flatMap((part) => (typeof part === "string" ? [] : [part.value]));
        const held = this.parts(values);
        let at = 0;
        const parts = node.parts.map((part) =>
          typeof part === "string" ? part : { ...part, value: held[at++]! },
        );
        return { ...node, parts };
      }
      default:
        return node;
    }
  }

  branch(test: Expression, wanted: boolean, name: string, value: Expression): void {
    const steps: Step[] = [];
    const rest = new Spiller(steps, this.scope).rest(value);
    steps.push({ kind: "evaluate", name, value: rest });
    this.steps.push({ kind: "branch", test, wanted, steps });
  }
}
