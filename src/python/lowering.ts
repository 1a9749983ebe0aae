/** @file What the functions that lower the syntax tree share: the text, the context, a cursor. */
import type { SyntaxNode } from "@lezer/common";
import type { Magic } from "./masks.ts";
import type { Missing, Span, Statement } from "./nodes.ts";
import type { Report } from "./validation.ts";

/** The state of lowering one cell. */
export interface Lowering {
  readonly text: string;
  /** By the offset at which they start. */
  readonly magics: ReadonlyMap<number, Magic>;
  readonly report: Report;
  /** What the text being lowered belongs to. */
  scope: "module" | "class" | "function" | "lambda";
  /** Set where the function being lowered yields. */
  yields: boolean;
  /** The class around, by which names with two leading underscores are told apart. */
  className: string | null;
  inLoop: boolean;
  /** How many expressions and statements enclose the present one. */
  depth: number;
}

/** Lowers a part that is a scope of its own, where no loop of the text around counts. */
export function within<T>(scope: Lowering["scope"], lowering: Lowering, lower: () => T): T {
  const outer = { scope: lowering.scope, inLoop: lowering.inLoop };
  lowering.scope = scope;
  lowering.inLoop = false;
  const lowered = lower();
  Object.assign(lowering, outer);
  return lowered;
}

export type LowerStatement = (node: SyntaxNode, lowering: Lowering) => Statement;

/**
 * Deeper nesting than this is refused, far below what would exhaust the stack. CPython's own
 * limits are of this order.
 */
export const maximumDepth = 400;

/** The children of a node that mean something: no comments, no skipped text. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (!child.type.isError && child.name !== "Comment") found.push(child);
  return found;
}

/** How many parts have been missing so far, in all texts: whoever looks for one knows whether to. */
export let missingCount = 0;

export function missing(position: number, expected: string): Missing {
  missingCount++;
  return { type: "Missing", expected, from: position, to: position };
}

/** A cursor over the children of a node, for constructs that the grammar leaves flat. */
export class Siblings {
  readonly nodes: readonly SyntaxNode[];
  #index = 0;
  /** Where the node before the cursor ends: what is missing is missing here. */
  end: number;

  constructor(node: SyntaxNode) {
    this.nodes = children(node);
    this.end = node.from;
  }

  /** The node at the cursor. */
  get node(): SyntaxNode | undefined {
    return this.nodes[this.#index];
  }

  /** The name of the node at the cursor; empty behind the last one. */
  get name(): string {
    return this.node?.name ?? "";
  }

  next(): SyntaxNode | undefined {
    const node = this.nodes[this.#index];
    if (node) {
      this.#index++;
      this.end = node.to;
    }
    return node;
  }

  /** Moves over the node at the cursor if it has this name. */
  take(name: string): SyntaxNode | undefined {
    return this.name === name ? this.next() : undefined;
  }
}

export function spanOf({ from, to }: Span): Span {
  return { from, to };
}

/** Identifiers are compared in normal form KC, as Python does. */
export function identifier(span: Span, { text, className }: Lowering): string {
  const name = text.slice(span.from, span.to).normalize("NFKC");
  const isPrivate = className !== null && name.startsWith("__") && !name.endsWith("__");
  // `__name` inside of a class is a name of that class alone.
  return isPrivate && className !== "" ? `_${className}${name}` : name;
}
