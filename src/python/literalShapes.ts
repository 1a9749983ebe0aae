/**
 * @file The shape of a tensor, as far as the text tells: arrays made with a literal shape, Keras's
 * `Input`, and what common layers make of it. Where anything else could come in between, nothing is
 * known.
 */
import type { SyntaxNode } from "@lezer/common";
import { argumentsOf, type CallArgument } from "./calls.ts";
import { isKeras } from "./kerasPaths.ts";
import { certainValue, type Literal, literalOf, numberIn } from "./literalValues.ts";
import type { Meanings } from "./meanings.ts";
import type { SourceFile } from "./sourceFile.ts";

/** Lengths of the axes; null where one is not known, as the batch of an `Input`. */
export type LiteralShape = readonly (number | null)[];

const maximumSteps = 60;

/** The shape of an expression's value; null where the text does not tell. */
export function shapeOf(node: SyntaxNode, meanings: Meanings, steps = 0): LiteralShape | null {
  if (steps > maximumSteps) return null;
  switch (node.name) {
    case "VariableName": {
      const known = certainValue(meanings.file.textOf(node), node, meanings);
      return known && shapeOf(known.node, known.meanings, steps + 1);
    }
    case "ParenthesizedExpression":
      return node.firstChild?.nextSibling
        ? shapeOf(node.firstChild.nextSibling, meanings, steps + 1)
        : null;
    case "NamedExpression":
      return node.lastChild && shapeOf(node.lastChild, meanings, steps + 1);
    case "UnaryExpression":
      return node.lastChild && shapeOf(node.lastChild, meanings, steps + 1);
    case "BinaryExpression":
      return elementwiseShape(node, meanings, steps);
    case "CallExpression":
      return callShape(node, meanings, steps);
    default:
      return null;
  }
}

/** Arithmetic with a number keeps a shape; so does that of two equal shapes. */
function elementwiseShape(node: SyntaxNode, meanings: Meanings, steps: number) {
  const [left, right] = [node.firstChild!, node.lastChild!];
  const isNumber = (side: SyntaxNode) => numberIn(literalOf(side, meanings)) !== null;
  if (
    meanings.file.text[left.to] === "@" ||
    /@/.test(meanings.file.text.slice(left.to, right.from))
  )
    return null;
  if (isNumber(left)) return shapeOf(right, meanings, steps + 1);
  const first = shapeOf(left, meanings, steps + 1);
  if (isNumber(right)) return first;
  const second = first && shapeOf(right, meanings, steps + 1);
  return first && second && first.join() === second.join() ? first : null;
}

class Arguments {
  readonly given: readonly CallArgument[];
  readonly meanings: Meanings;

  constructor(list: SyntaxNode, meanings: Meanings) {
    this.meanings = meanings;
    this.given = argumentsOf(list, meanings.file);
  }

  get unpacks(): boolean {
    return this.given.some(({ unpacks }) => unpacks);
  }

  node(keyword: string, index: number): SyntaxNode | null {
    const found = this.given.find((each) => each.keyword === keyword || each.index === index);
    return found?.value ?? null;
  }

  has(keyword: string, index: number): boolean {
    return this.given.some((each) => each.keyword === keyword || each.index === index);
  }

  literal(keyword: string, index = Number.NaN): Literal | null {
    const node = this.node(keyword, index);
    return node && literalOf(node, this.meanings);
  }

  get positionalCount(): number {
    return this.given.filter(({ index }) => index !== null).length;
  }
}

function callShape(node: SyntaxNode, meanings: Meanings, steps: number): LiteralShape | null {
  const list = node.getChild("ArgList");
  const callee = node.firstChild;
  if (!list || !callee) return null;
  const given = new Arguments(list, meanings);
  if (given.unpacks) return null;
  const path = meanings.pathOf(callee);
  if (path) return pathShape(path, given);
  const layer = layerOf(callee, meanings, steps);
  if (layer) {
    const input = given.node("inputs", 0);
    const shape = input && shapeOf(input, meanings, steps + 1);
    return shape && layerShape(layer.name, layer.made, shape);
  }
  return methodShape(callee, given, meanings, steps);
}

/** The call that made the layer which is called: `Dense(3)` in `Dense(3)(x)`, or its variable's. */
function layerOf(
  callee: SyntaxNode,
  meanings: Meanings,
  steps: number,
): { readonly name: string; readonly made: Arguments } | null {
  if (callee.name === "ParenthesizedExpression" && callee.firstChild?.nextSibling)
    return layerOf(callee.firstChild.nextSibling, meanings, steps + 1);
  const meaning = meanings.of(callee);
  if (meaning?.kind === "layer") {
    const list = meaning.call.node.getChild("ArgList")!;
    return { name: "BatchNormalization", made: new Arguments(list, meaning.call.meanings) };
  }
  if (callee.name === "VariableName" && steps < maximumSteps) {
    const known = certainValue(meanings.file.textOf(callee), callee, meanings);
    return known && layerOf(known.node, known.meanings, steps + 1);
  }
  const list = callee.name === "CallExpression" ? callee.getChild("ArgList") : null;
  const path = list && meanings.pathOf(callee.firstChild!);
  const name = path && isKeras(path) ? /\.layers\.(\w+)$/.exec(path)?.[1] : null;
  return list && name ? { name, made: new Arguments(list, meanings) } : null;
}

const creators =
  /^(?:numpy|jax\.numpy|tensorflow|(?:tensorflow\.)?keras\.ops)\.(?:zeros|ones|empty|full)$/;
const generators =
  /^(?:(?:tensorflow\.)?keras\.random|tensorflow\.random)\.(?:normal|uniform|truncated_normal)$/;

/** The shape of what a function of a known module makes. */
function pathShape(path: string, given: Arguments): LiteralShape | null {
  if (creators.test(path) || generators.test(path)) return lengths(given.literal("shape", 0));
  if (/^numpy\.random\.(?:rand|randn)$/.test(path))
    return lengths({
      kind: "tuple",
      items: given.given.map(({ value }) => value && literalOf(value, given.meanings)),
    });
  if (/^(?:numpy|jax\.numpy)\.(?:array|asarray)$|^tensorflow\.constant$/.test(path))
    return nestedShape(given.literal("", 0));
  const sized = /^numpy\.random\.(\w+)$/.exec(path)?.[1];
  if (sized && Object.hasOwn(sizePlaces, sized))
    return lengths(given.literal("size", sizePlaces[sized]));
  if (isKeras(path) && /^(?:tensorflow\.)?keras\.(?:layers\.)?Input$/.test(path))
    return inputShape(given);
  return null;
}

/** The shape of nested lists of numbers, by their first elements. */
function nestedShape(literal: Literal | null): LiteralShape | null {
  if (literal?.kind === "integer" || literal?.kind === "float" || literal?.kind === "boolean")
    return [];
  if (literal?.kind !== "list" && literal?.kind !== "tuple") return null;
  const inner = nestedShape(literal.items[0] ?? null);
  return inner && [literal.items.length, ...inner];
}

/** Where `size` stands among the arguments of NumPy's draws. */
const sizePlaces: Readonly<Record<string, number>> = {
  normal: 2,
  uniform: 2,
  standard_normal: 0,
  random: 0,
  random_sample: 0,
  exponential: 1,
  integers: 2,
  randint: 2,
};

function inputShape(given: Arguments): LiteralShape | null {
  for (const keyword of ["batch_shape", "batch_input_shape"])
    if (given.has(keyword, Number.NaN)) return lengths(given.literal(keyword), true);
  const shape = lengths(given.literal("shape", 0), true);
  return shape && [numberIn(given.literal("batch_size", 1)), ...shape];
}

/** A literal tuple or list of lengths, or one length; `None` only where it may be one. */
function lengths(literal: Literal | null, mayLack = false): LiteralShape | null {
  if (literal?.kind === "integer") return literal.value >= 0 ? [literal.value] : null;
  if (literal?.kind !== "tuple" && literal?.kind !== "list") return null;
  const shape: (number | null)[] = [];
  for (const item of literal.items) {
    if (item?.kind === "integer" && item.value >= 0) shape.push(item.value);
    else if (mayLack && item?.kind === "none") shape.push(null);
    else return null;
  }
  return shape;
}

/** `x.astype(…)`, `rng.normal(size=…)`, `x.reshape(…)` */
function methodShape(
  callee: SyntaxNode,
  given: Arguments,
  meanings: Meanings,
  steps: number,
): LiteralShape | null {
  const property = callee.name === "MemberExpression" && callee.getChild("PropertyName");
  if (!property || !callee.firstChild) return null;
  const method = meanings.file.textOf(property);
  if (/^(?:astype|copy|clip|round)$/.test(method))
    return shapeOf(callee.firstChild, meanings, steps + 1);
  if (Object.hasOwn(sizePlaces, method) && isGenerator(callee.firstChild, meanings))
    return lengths(given.literal("size", sizePlaces[method]));
  if (method !== "reshape") return null;
  const shape = shapeOf(callee.firstChild, meanings, steps + 1);
  const wanted =
    given.positionalCount === 1
      ? given.literal("shape", 0)
      : {
          kind: "tuple" as const,
          items: given.given.map(({ value }) => value && literalOf(value, meanings)),
        };
  return reshaped(shape, wanted);
}

function isGenerator(node: SyntaxNode, meanings: Meanings): boolean {
  const literal = literalOf(node, meanings);
  return (
    literal?.kind === "object" && /^numpy\.random\.(?:default_rng|RandomState)$/.test(literal.path)
  );
}

function reshaped(shape: LiteralShape | null, wanted: Literal | null): LiteralShape | null {
  if (wanted?.kind !== "tuple" && wanted?.kind !== "list") return null;
  const to = wanted.items.map(numberIn);
  if (to.some((length) => length === null)) return null;
  const open = to.indexOf(-1);
  if (open < 0) return to;
  const product = (all: LiteralShape) => all.reduce<number>((size, each) => size * each!, 1);
  if (!shape || shape.includes(null)) return null;
  const length = product(shape) / -product(to);
  return Number.isInteger(length) ? to.with(open, length) : null;
}

const keeping =
  /^(?:BatchNormalization|LayerNormalization|GroupNormalization|UnitNormalization|Activation|ReLU|LeakyReLU|PReLU|ELU|Softmax|Dropout|SpatialDropout[123]D|GaussianNoise|GaussianDropout|AlphaDropout|ActivityRegularization|Masking|Identity|Rescaling)$/;

/** What a layer of Keras makes of a shape; null for layers that are not known here. */
function layerShape(name: string, made: Arguments, shape: LiteralShape): LiteralShape | null {
  if (keeping.test(name)) return shape;
  if (made.unpacks) return null;
  if (name === "Dense") return last(shape, numberIn(made.literal("units", 0)));
  const [, kind, rank] =
    /^(Conv|SeparableConv|DepthwiseConv|MaxPooling|AveragePooling|GlobalMaxPooling|GlobalAveragePooling)([123])D$/.exec(
      name,
    ) ?? [];
  if (rank && shape.length === Number(rank) + 2) return spatialShape(kind, made, shape);
  if (name !== "Flatten") return null;
  const rest = shape.slice(1);
  if (rest.includes(null)) return [shape[0], null];
  return [shape[0], rest.reduce<number>((size, length) => size * length!, 1)];
}

function last(shape: LiteralShape, length: number | null): LiteralShape | null {
  return length === null || shape.length === 0 ? null : shape.with(-1, length);
}

/** Convolutions and poolings: each spatial axis is padded, windowed and strided. */
function spatialShape(kind: string, made: Arguments, shape: LiteralShape): LiteralShape | null {
  // Behind the padding comes the format, which nobody gives by its place.
  if (made.positionalCount > (kind.endsWith("Pooling") ? 3 : 4)) return null;
  const format = made.literal("data_format");
  if (made.has("data_format", Number.NaN) && format?.kind !== "string" && format?.kind !== "none")
    return null;
  if (format?.kind !== "string" && isFormatOpen(shape, made.meanings)) return null;
  const first = format?.kind === "string" && format.value === "channels_first";
  const channelAxis = first ? 1 : shape.length - 1;
  const channels = shape[channelAxis];
  if (kind.startsWith("Global")) {
    const keeps = made.literal("keepdims");
    return keeps?.kind === "boolean" && keeps.value ? null : [shape[0], channels];
  }
  const pools = kind.endsWith("Pooling");
  const depthwise = kind === "DepthwiseConv";
  const isWindow = pools || depthwise;
  const window = pair(
    made,
    pools ? "pool_size" : "kernel_size",
    isWindow ? 0 : 1,
    pools ? 2 : null,
  );
  const strides = pair(made, "strides", isWindow ? 1 : 2, null);
  const dilation = pair(made, "dilation_rate", Number.NaN, 1);
  const paddingIndex = isWindow ? 2 : 3;
  const padding = made.literal("padding", paddingIndex);
  const paddingGiven = made.has("padding", paddingIndex);
  const padded = padding?.kind === "string" ? padding.value : paddingGiven ? null : "valid";
  const spatial = (axis: number): number | null => {
    const at = axis - (first ? 2 : 1);
    const length = shape[axis];
    const stride = strides ? strides(at) : pools ? window?.(at) : 1;
    const size = window?.(at);
    const rate = dilation?.(at);
    if (length === null || padded === null || !stride || !size || !rate) return null;
    if (padded === "same" || padded === "causal") return Math.ceil(length / stride);
    return Math.floor((length - (size - 1) * rate - 1) / stride) + 1;
  };
  const filters = pools
    ? channels
    : depthwise
      ? times(
          channels,
          made.has("depth_multiplier", 3) ? numberIn(made.literal("depth_multiplier", 3)) : 1,
        )
      : numberIn(made.literal("filters", 0));
  if (filters === null) return null;
  return shape.map((length, axis) =>
    axis === 0 ? length : axis === channelAxis ? filters : spatial(axis),
  );
}

/** Whether a layer that is not told the format may have its channels first. */
function isFormatOpen(shape: LiteralShape, meanings: Meanings): boolean {
  const [, first, second] = shape;
  const last = shape.at(-1) ?? null;
  const isImage = (length: number | null) => length === null || length > 4;
  // `(3, 224, 224)` is an image where Keras's configuration file says so.
  const looksFirst = (first === 1 || first === 3) && isImage(second) && isImage(last);
  return (shape.length > 3 && looksFirst) || setsFormat(meanings);
}

const knownToSet = new WeakMap<SourceFile, boolean>();

/** Whether a file, or a cell before it, sets the format that Keras's layers take by default. */
function setsFormat({ file, before }: Meanings): boolean {
  const known = knownToSet.get(file) ?? /\bset_image_d(?:ata_format|im_ordering)\b/.test(file.text);
  knownToSet.set(file, known);
  return known || (!!before && setsFormat(before));
}

function times(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b;
}

/** A number for all axes or a tuple of one for each; null where it is not given. */
function pair(
  made: Arguments,
  keyword: string,
  index: number,
  fallback: number | null,
): ((axis: number) => number | null) | null {
  if (!made.has(keyword, index)) return fallback === null ? null : () => fallback;
  const literal = made.literal(keyword, index);
  if (literal?.kind === "none") return fallback === null ? null : () => fallback;
  const single = numberIn(literal);
  if (literal?.kind === "tuple" || literal?.kind === "list")
    return (axis) => numberIn(literal.items[axis]);
  return () => single;
}
