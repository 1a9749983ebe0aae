/**
 * @file Other ways to write a call: with every default spelled out, without those given needlessly,
 * and in PyTorch's words or back. Only calls that mean the same afterwards are rewritten.
 */
import type { SyntaxNode } from "@lezer/common";
import { argumentsOf, type CallArgument } from "../python/calls.ts";
import { type Literal, literalOf, numberIn } from "../python/literalValues.ts";
import { Meanings } from "../python/meanings.ts";
import type { SourceFile } from "../python/sourceFile.ts";
import { CallFacts } from "./callFacts.ts";
import { pythonFloat, replace } from "./diagnostics/edits.ts";
import { type Constructor, Inspection, isComplete } from "./diagnostics/inspection.ts";
import { convolutionRank, elementwise, sizeOf } from "./diagnostics/layers.ts";
import { layersBefore } from "./diagnostics/neighbours.ts";
import type { Edit } from "./diagnostics/problem.ts";
import { mentions, statementOf } from "./diagnostics/statements.ts";
import { ownArguments } from "./signature.ts";

export interface Rewrite {
  readonly kind: "spellOut" | "removeDefaults" | "toTorch" | "fromTorch";
  /** PyTorch's class, where the call becomes or was one of it. */
  readonly torchClass: string | null;
  readonly edits: readonly Edit[];
}

/** What a line must have for a call on it to be rewritten. */
const words = /BatchNorm(?:alization|[123]d)|SyncBatchNorm/;

/** The rewrites of the call around an offset; `earlier` are the cells before. */
export function rewritesAt(
  file: SourceFile,
  offset: number,
  earlier: readonly SourceFile[] = [],
): Rewrite[] {
  if (![file, ...earlier].some(({ text }) => words.test(text))) return [];
  const isAround = ({ from, to }: SyntaxNode) => from <= offset && offset <= to;
  const inspection = new Inspection(file, earlier, false);
  const maker = inspection.constructors.findLast(({ node }) => isAround(node));
  if (maker) return kerasRewrites(maker, inspection);
  const back = fromTorch(file, offset, Meanings.of(file, earlier));
  return back ? [back] : [];
}

function kerasRewrites(maker: Constructor, inspection: Inspection): Rewrite[] {
  // What Keras 1 takes has other names, and other places.
  if (inspection.version.isFirst) return [];
  const rewrites = [
    spelledOut(maker, inspection),
    withoutDefaults(maker, inspection),
    toTorch(maker, inspection),
  ];
  return rewrites.filter((rewrite) => rewrite !== null);
}

/** A default as a formatter would write it. */
function source({ default: value }: (typeof ownArguments)[number]): string {
  return value.replaceAll("'", '"');
}

function spelledOut(maker: Constructor, inspection: Inspection): Rewrite | null {
  const { given, call, open, partial } = maker;
  if (open || partial || hasComment(call.list)) return null;
  // Keras 2 got these late, or never.
  const isNew = (name: string) => inspection.version.major === 2 && /^(?:renorm|sync)/.test(name);
  const taken = ownArguments.filter(({ name }) => given.has(name) || !isNew(name));
  if (taken.every(({ name }) => given.has(name))) return null;
  const known = taken.map((argument) => {
    const value = given.get(argument.name)?.value;
    return `${argument.name}=${value ? inspection.textOf(value) : source(argument)}`;
  });
  const rest = call.given
    .filter(({ keyword: name }) => name && !ownArguments.some((each) => each.name === name))
    .map((argument) => inspection.textOf(argument));
  const text = onLines([...known, ...rest], call.list, inspection.file);
  return { kind: "spellOut", torchClass: null, edits: [replace(call.list, text)] };
}

function withoutDefaults({ call, given }: Constructor, inspection: Inspection): Rewrite | null {
  if (hasComment(call.list)) return null;
  const kept = call.given.filter((argument) => {
    const { keyword: name, value } = argument;
    const known = ownArguments.find((each) => each.name === name);
    return (
      !known || !value || given.get(known.name) !== argument || !isDefault(known, value, inspection)
    );
  });
  if (kept.length === call.given.length) return null;
  const texts = kept.map((argument) => inspection.textOf(argument));
  // What `partial(BatchNormalization, …)` is given before the layer's own arguments.
  const first = call.given[0].from;
  const before = inspection.file.text
    .slice(call.list.from + 1, first)
    .trim()
    .replace(/,$/, "");
  const all = before === "" ? texts : [before, ...texts];
  const own = inspection.textOf(call.list);
  const text =
    own.includes("\n") && all.length > 0
      ? onLines(all, call.list, inspection.file)
      : `(${all.join(", ")})`;
  return { kind: "removeDefaults", torchClass: null, edits: [replace(call.list, text)] };
}

/** Whether an argument's written value is its default. */
function isDefault(
  argument: (typeof ownArguments)[number],
  value: SyntaxNode,
  inspection: Inspection,
): boolean {
  const text = inspection.textOf(value);
  if (text === argument.default || text === source(argument)) return true;
  const literal = /^-?[\d.]/.test(text) ? literalOf(value, inspection.meanings) : null;
  const number = numberIn(literal);
  return number !== null && number === Number(argument.default);
}

function hasComment(list: SyntaxNode): boolean {
  return list.getChild("Comment") !== null;
}

/** Parentheses with one argument on each line, indented from the line that the call begins on. */
function onLines(texts: readonly string[], list: SyntaxNode, { text }: SourceFile): string {
  const start = text.lastIndexOf("\n", list.from - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(start))![0];
  const step = indentation.includes("\t") ? "\t" : "    ";
  const lines = texts.map((each) => `${indentation}${step}${each},\n`);
  return `(\n${lines.join("")}${indentation})`;
}

/** What PyTorch's layer has no word for, where it is not as by default. */
const onlyKeras = ownArguments
  .map(({ name }) => name as string)
  .filter(
    (name) => !["axis", "momentum", "epsilon", "center", "scale", "synchronized"].includes(name),
  );

/** What PyTorch has no word for among the arguments that only every layer, or an older Keras, has. */
const untranslated = /^(?:trainable|weights|virtual_batch_size|adjustment|mode|\w+_init)$/;

/** What makes no difference to PyTorch, which has no such thing. */
const needless = /^(?:name|dtype|autocast|fused|dynamic|input_shape|input_dim|batch_input_shape)$/;

/** Names that an axis has where it is not written as a number. */
const namedAxis = /ax(?:is|es)|dim|chan|format|\bif\b/i;

/** Whether what is normalized can be the channels, as it always is in PyTorch. */
function normalizesChannels({ given }: Constructor, inspection: Inspection): boolean {
  const value = given.get("axis")?.value;
  if (!value) return true;
  const literal = inspection.literal(given.get("axis"));
  const axis = numberIn(literal);
  if (axis !== null) return axis !== 0;
  return literal === null && namedAxis.test(inspection.textOf(value));
}

function toTorch(maker: Constructor, inspection: Inspection): Rewrite | null {
  const { given, call, open, partial, node } = maker;
  if (open || partial || hasComment(call.list)) return null;
  for (const { keyword: name, value } of call.given) {
    if (name === null) continue;
    if (untranslated.test(name)) {
      if (!value || inspection.textOf(value) !== "True") return null;
    } else if (!needless.test(name) && !ownArguments.some((each) => each.name === name))
      return null;
  }
  const literal = (name: string) => inspection.literal(given.get(name));
  if (!normalizesChannels(maker, inspection)) return null;
  for (const name of onlyKeras) {
    const argument = ownArguments.find((each) => each.name === name)!;
    const value = given.get(name)?.value;
    if (value && !isDefault(argument, value, inspection)) return null;
  }
  const switches = ["center", "scale", "synchronized"].map((name) =>
    given.has(name) ? truth(literal(name)) : name !== "synchronized",
  );
  const [center, scale, synchronized] = switches;
  if (switches.includes(null) || center !== scale) return null;
  const input = inputOf(maker, inspection);
  const rank = rankWith(numberIn(literal("axis")), input.rank, inspection);
  if (rank === null) return null;
  const { features } = input;
  const torchClass = synchronized ? "SyncBatchNorm" : `BatchNorm${rank}d`;
  const epsilon = given.get("epsilon")?.value;
  const momentum = given.get("momentum")?.value;
  const texts = [features];
  const [eps, weight] = [
    epsilon ? inspection.textOf(epsilon) : "0.001",
    momentum ? complement(momentum, inspection) : "0.01",
  ];
  if (Number(eps) !== 1e-5) texts.push(`eps=${eps}`);
  if (weight !== "0.1") texts.push(`momentum=${weight}`);
  if (!center) texts.push("affine=False");
  const { name, edits } = moduleName("torch.nn", "nn", inspection);
  return {
    kind: "toTorch",
    torchClass: `nn.${torchClass}`,
    edits: [...edits, replace(node, `${name}.${torchClass}(${texts.join(", ")})`)],
  };
}

/** Layers whose output has the channels of their input, and as many axes. */
const keepsChannels =
  /^(?:BatchNormalization|(?:ZeroPadding|Cropping|UpSampling|MaxPool|MaxPooling|AveragePooling|AvgPool)([123])D)$/;

/**
 * The spatial axes, where an axis that is normalized is the first or the last besides the batch's;
 * null where it lies between them.
 */
function rankWith(
  axis: number | null,
  known: number | null,
  inspection: Inspection,
): number | null {
  if (axis === null || Math.abs(axis) === 1) return known ?? onlyRank(inspection);
  const rank = Math.abs(axis) - 1;
  return rank === (known ?? rank) && rank <= 3 ? rank : null;
}

/** Layers that give one vector for a sample, or one for each step of a sequence. */
const givesVectors = /^(?:Dense|LSTM|GRU|SimpleRNN)$/;

/** The spatial axes of what a layer gets, null where unknown, and the source of its channels' number. */
function inputOf(
  maker: Constructor,
  inspection: Inspection,
): { readonly rank: number | null; readonly features: string } {
  const unknown = "num_features";
  let isFlat = false;
  let kept: string | undefined;
  for (const layer of layersBefore(maker, inspection)) {
    const { className } = layer;
    const rank = givesVectors.test(className) ? 1 : convolutionRank(className);
    if (rank !== null) {
      const size = sizeOf(layer);
      // Of a depthwise convolution, the channels are the input's, and the kernel's size comes first.
      const isKnown =
        size?.value &&
        !size.unpacks &&
        !className.startsWith("Depthwise") &&
        isUnchanged(size.value, maker.node.from, inspection);
      return {
        rank: isFlat ? 1 : rank,
        features: isKnown ? inspection.textOf(size.value!) : unknown,
      };
    }
    if (className === "Flatten") return { rank: 1, features: unknown };
    if (/^Global(?:Max|Average|Avg)Pool(?:ing)?[123]D$/.test(className)) isFlat = true;
    else {
      const keeper = keepsChannels.exec(className);
      kept ??= keeper?.[1];
      if (!keeper && !elementwise.test(className)) break;
    }
  }
  if (isFlat) return { rank: 1, features: unknown };
  const { shape, channelCount } = new CallFacts(maker.call);
  const size = shape?.length ?? ownSize(maker, inspection);
  // A sequence's only axis besides batch and channels is a spatial one to PyTorch, too.
  const rank = size && size >= 2 && size <= 5 ? Math.max(1, size - 2) : Number(kept ?? 0) || null;
  return { rank, features: String(channelCount?.channels ?? unknown) };
}

/** How many axes the input has, the batch's included, as the layer's own `input_shape` tells. */
function ownSize({ call }: Constructor, inspection: Inspection): number | null {
  const shape = inspection.literal(call.given.find((each) => each.keyword === "input_shape"));
  return shape?.kind === "tuple" || shape?.kind === "list" ? shape.items.length + 1 : null;
}

/** The spatial axes of all convolutions that a file makes, where these are as many; 2 else. */
function onlyRank({ file }: Inspection): number {
  const ranks = new Set([...file.text.matchAll(convolutions)].map(([, rank]) => rank));
  return ranks.size === 1 ? Number([...ranks][0]) : 2;
}

const convolutions = /\b(?:(?:Separable|Depthwise)?Conv|Convolution)([123])D(?:Transpose)?\s*\(/g;

/** Whether no assignment up to an offset gives another value to a name in an expression. */
function isUnchanged(expression: SyntaxNode, to: number, { file }: Inspection): boolean {
  const names = file.textOf(expression).match(/(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  let unchanged = true;
  file.tree.iterate({
    from: statementOf(expression).from,
    to,
    enter({ name, node }) {
      if (!/^(?:Assign|Update)Statement$/.test(name) || node.from >= to) return;
      unchanged &&= !names.some((each) => mentions(file, each, node.from, node.lastChild!.from));
    },
  });
  return unchanged;
}

function truth(literal: Literal | null): boolean | null {
  if (literal?.kind === "boolean") return literal.value;
  return literal?.kind === "integer" ? literal.value !== 0 : null;
}

/** `1 - m`, as a number where one is written. */
function complement(
  value: SyntaxNode,
  { meanings, file }: { readonly meanings: Meanings; readonly file: SourceFile },
): string {
  const text = file.textOf(value);
  const number = /^[\d.]/.test(text) ? numberIn(literalOf(value, meanings)) : null;
  if (number !== null) return pythonFloat(1 - number);
  return `1 - ${/^[\w.]+$/.test(text) ? text : `(${text})`}`;
}

const torchPath = /^torch\.nn\.(?:(?:modules\.)?batchnorm\.)?(BatchNorm[123]d|SyncBatchNorm)$/;

const torchArguments = ["num_features", "eps", "momentum", "affine", "track_running_stats"];

function fromTorch(file: SourceFile, offset: number, meanings: Meanings): Rewrite | null {
  const found = torchCall(file, offset, meanings);
  const list = found?.node.getChild("ArgList");
  if (!found || !list || hasComment(list)) return null;
  const given = new Map<string, CallArgument>();
  for (const argument of argumentsOf(list, file)) {
    const name = argument.keyword ?? torchArguments[argument.index ?? -1];
    if (argument.unpacks || !name || !torchArguments.includes(name)) return null;
    given.set(name, argument);
  }
  const literal = (name: string) => {
    const value = given.get(name)?.value;
    return value ? literalOf(value, meanings) : null;
  };
  const [affine, tracks] = ["affine", "track_running_stats"].map((name) =>
    given.has(name) ? truth(literal(name)) : true,
  );
  const momentum = given.get("momentum")?.value;
  // Without running statistics, and with a cumulative average, there is nothing like it.
  if (affine === null || !tracks || (momentum && literal("momentum")?.kind === "none")) return null;
  const weight = momentum ? complement(momentum, { meanings, file }) : "0.9";
  const eps = given.get("eps")?.value;
  const texts = ["axis=1"];
  if (weight !== "0.99") texts.push(`momentum=${weight}`);
  texts.push(`epsilon=${eps ? file.textOf(eps) : "1e-5"}`);
  if (!affine) texts.push("center=False", "scale=False");
  if (found.torchClass === "SyncBatchNorm") texts.push("synchronized=True");
  const { name, edits } = moduleName("keras.layers", "layers", { meanings, file });
  const text = `${name}.BatchNormalization(${texts.join(", ")})`;
  return {
    kind: "fromTorch",
    torchClass: found.torchClass,
    edits: [...edits, replace(found.node, text)],
  };
}

function torchCall(
  file: SourceFile,
  offset: number,
  meanings: Meanings,
): { readonly node: SyntaxNode; readonly torchClass: string } | null {
  for (const side of [1, -1] as const)
    for (let at: SyntaxNode | null = file.tree.resolveInner(offset, side); at; at = at.parent) {
      if (at.name !== "CallExpression" || !isComplete(at) || !at.firstChild) continue;
      const path = meanings.pathOf(at.firstChild);
      const torchClass = path && torchPath.exec(path)?.[1];
      if (torchClass) return { node: at, torchClass };
    }
  return null;
}

/** How a file names a module, and the import that it needs for that. */
function moduleName(
  path: string,
  usual: string,
  { meanings, file }: { readonly meanings: Meanings; readonly file: SourceFile },
): { readonly name: string; readonly edits: readonly Edit[] } {
  const meaning = meanings.ofName(usual, null);
  const isOther = meanings.binds(usual);
  const known = meaning?.kind === "path" ? meaning.path : null;
  if (isOther && known && sameModule(known, path)) return { name: usual, edits: [] };
  const name = isOther ? path : usual;
  const [root, last] = [
    path.slice(0, path.lastIndexOf(".")),
    path.slice(path.lastIndexOf(".") + 1),
  ];
  if (isOther && meanings.binds(root)) return { name, edits: [] };
  const text = isOther ? `import ${root}\n` : `from ${root} import ${last}\n`;
  const at = afterImports(file);
  return { name, edits: [{ from: at, to: at, text }] };
}

function sameModule(known: string, path: string): boolean {
  return known === path || (path === "keras.layers" && /keras\.layers$/.test(known));
}

/** The start of the line after the last import at the top of a file, or after what stands above. */
function afterImports({ tree, text }: SourceFile): number {
  let end = 0;
  for (let at = tree.topNode.firstChild; at; at = at.nextSibling) {
    const isDocstring = at.name === "ExpressionStatement" && at.firstChild?.name === "String";
    if (at.name === "ImportStatement" || (isDocstring && end === 0)) end = at.to;
    else if (at.name !== "Comment") break;
  }
  if (end === 0) return 0;
  const line = text.indexOf("\n", end);
  return line < 0 ? text.length : line + 1;
}
