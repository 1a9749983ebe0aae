/** @file What is known of one call from its text: its arguments by name, the input's shape, the axis. */
import type { SyntaxNode } from "@lezer/common";
import { type CallArgument, type CallKind, type LayerCall, layerCall } from "../python/calls.ts";
import { type LiteralShape, shapeOf } from "../python/literalShapes.ts";
import { type Literal, literalOf } from "../python/literalValues.ts";
import { withParentheses } from "./diagnostics/layers.ts";
import { argumentsOfKind } from "./signature.ts";

/** The statistics' size where the input's shape is known. */
export interface ChannelCount {
  /** The axis of the channels, not negative. */
  readonly axis: number;
  readonly channels: number | null;
  /** The other axes, and their lengths. */
  readonly averaged: readonly { readonly axis: number; readonly length: number | null }[];
}

/** An argument's name by its keyword or its place; null for what the signature does not have. */
export function argumentName(
  of: CallKind,
  { keyword, index }: Pick<CallArgument, "keyword" | "index">,
): string | null {
  if (keyword !== null) return keyword;
  return index === null ? null : (argumentsOfKind(of, "positional")[index]?.name ?? null);
}

export class CallFacts {
  readonly call: LayerCall;
  #shape: LiteralShape | null | undefined;

  constructor(call: LayerCall) {
    this.call = call;
  }

  get of(): CallKind {
    return this.call.of;
  }

  /** The call that made the layer; for a call of the function, itself. */
  get maker(): CallFacts | null {
    if (this.of !== "call") return this;
    return this.call.maker ? new CallFacts(this.call.maker) : null;
  }

  /** What is given for an argument here, or by the partial that is called. */
  given(name: string): { readonly argument: CallArgument; readonly call: LayerCall } | null {
    const argument = this.call.given.find((each) => argumentName(this.of, each) === name);
    if (argument) return { argument, call: this.call };
    const { maker } = this.call;
    return this.of === "constructor" && maker ? new CallFacts(maker).given(name) : null;
  }

  /** An argument's value, its default where it is not given; null where the text does not tell. */
  literal(name: string): Literal | null {
    const found = this.given(name);
    if (found) return found.argument.value && literalOf(found.argument.value, found.call.meanings);
    if (this.call.given.some(({ unpacks }) => unpacks)) return null;
    const signature = argumentsOfKind(this.of).find((each) => each.name === name);
    return signature?.default ? defaultLiteral(signature.default) : null;
  }

  boolean(name: string): boolean | null {
    const literal = this.literal(name);
    return literal?.kind === "boolean" ? literal.value : null;
  }

  number(name: string): number | null {
    const literal = this.literal(name);
    return literal?.kind === "integer" || literal?.kind === "float" ? literal.value : null;
  }

  /** The shape of what the layer or function is applied to. */
  get shape(): LiteralShape | null {
    this.#shape ??= this.#inputShape();
    return this.#shape;
  }

  #inputShape(): LiteralShape | null {
    const user = this.of === "constructor" ? this.#use() : this.call;
    const inputs = user && new CallFacts(user).given(user.of === "function" ? "x" : "inputs");
    return inputs?.argument.value ? shapeOf(inputs.argument.value, inputs.call.meanings) : null;
  }

  /** The first call of the layer that this one makes: `BatchNormalization()(x)`, `bn(x)`. */
  #use(): LayerCall | null {
    const { node, meanings } = this.call;
    const made = withParentheses(node);
    const { parent } = made;
    if (parent?.name === "CallExpression" && parent.firstChild?.from === made.from)
      return layerCall(parent, meanings);
    if (parent?.name !== "AssignStatement" || !parent.firstChild) return null;
    const target = meanings.file.textOf(parent.firstChild);
    return firstCallOf(target, node, this.call);
  }

  /** Channels and values per channel, where rank and axis are known and agree. */
  get channelCount(): ChannelCount | null {
    const { shape } = this;
    const axis = this.maker?.number("axis") ?? null;
    if (!shape || axis === null) return null;
    const kept = Math.trunc(axis) < 0 ? shape.length + Math.trunc(axis) : Math.trunc(axis);
    if (kept < 0 || kept >= shape.length) return null;
    return {
      axis: kept,
      channels: shape[kept],
      averaged: shape.flatMap((length, at) => (at === kept ? [] : [{ axis: at, length }])),
    };
  }
}

/** How far from where a layer is made its first call is looked for, in characters. */
const searched = 20_000;

function firstCallOf(target: string, made: SyntaxNode, maker: LayerCall): LayerCall | null {
  const { meanings } = maker;
  const { text } = meanings.file;
  const wanted = `${target}(`;
  const end = Math.min(text.length, made.to + searched);
  for (let at = text.indexOf(wanted, made.to); at >= 0 && at < end; ) {
    const list = meanings.file.tree.resolveInner(at + wanted.length - 1, 1);
    const node = list.name === "ArgList" ? list.parent : list.parent?.parent;
    const call = node?.name === "CallExpression" ? layerCall(node, meanings) : null;
    if (call?.of === "call" && call.maker?.node.from === made.from) return call;
    at = text.indexOf(wanted, at + 1);
  }
  return null;
}

function defaultLiteral(source: string): Literal | null {
  if (source === "None") return { kind: "none" };
  if (source === "True" || source === "False") return { kind: "boolean", value: source === "True" };
  if (source.startsWith("'")) return { kind: "string", value: source.slice(1, -1) };
  return { kind: source.includes(".") ? "float" : "integer", value: Number(source) };
}
