/** @file Which axis has the channels of a layer's output, and which one is normalized. */
import type { SyntaxNode } from "@lezer/common";
import type { CallArgument } from "../../python/calls.ts";
import { literalOf, numberIn } from "../../python/literalValues.ts";
import type { SourceFile } from "../../python/sourceFile.ts";
import type { Constructor, Inspection } from "./inspection.ts";
import { convolutionRank, keyword, type MadeLayer, unpacks, withoutParentheses } from "./layers.ts";
import { nameOf, sameNode, statementOf } from "./statements.ts";

export type DataFormat = "channels_first" | "channels_last";

/** Anything that shows that the default can be channels first, for example set elsewhere. */
const otherFormats = /channels_first|data_format|dim_ordering|['"](?:th|NCHW)['"]|theano|permute/i;

/** What sets another default, or may. */
const otherDefault = /set_image_d\w*(?!\w|\(\s*["'](?:channels_last|tf)["'])|channels_first/;

/** A shape such as `(1, Chans, Samples)` or `(3, 224, 224)`, of an image with its channels first. */
const channelsFirstShape =
  /(?:shape\s*=|\bInput\()\s*[([]\s*(?:[13]|n?_?(?:chan|ch)(?:annel)?s?|C)\s*,[^()]*?(?:[^13\s(),]|\d\d)\s*,?\s*[)\]]/i;

/** The format of a convolution; null where the text does not tell. */
export function dataFormatOf(layer: MadeLayer, inspection: Inspection): DataFormat | null {
  if (formatArgument(layer)) return writtenDataFormat(layer, inspection);
  if (unpacks(layer)) return null;
  const { ofTensorFlow, major } = inspection.version;
  const isDefault = ofTensorFlow || major === 3;
  const isKept =
    !inspection.everMentions(otherFormats) && !inspection.everMentions(channelsFirstShape);
  return isDefault && isKept ? "channels_last" : null;
}

/** The format that a convolution is given; null for one that is not given or not known. */
export function writtenDataFormat(layer: MadeLayer, inspection: Inspection): DataFormat | null {
  const literal = inspection.literal(formatArgument(layer));
  return literal?.kind === "string" && /^channels_(?:first|last)$/.test(literal.value)
    ? (literal.value as DataFormat)
    : null;
}

/** The format by its name, or the fifth argument, which is the format of most convolutions. */
function formatArgument(layer: MadeLayer): CallArgument | null {
  return keyword(layer, "data_format") ?? layer.given.find(({ index }) => index === 4) ?? null;
}

/** The axis that is normalized; null where the text does not tell. */
export function axisOf({ given, open }: Constructor, inspection: Inspection): number | null {
  const argument = given.get("axis");
  if (!argument) return open ? null : -1;
  const value = numberIn(inspection.literal(argument));
  return value !== null && Number.isInteger(value) ? value : null;
}

/** Whether a batch normalization surely normalizes each channel of a neighbour by itself. */
export function normalizesChannels(
  maker: Constructor,
  neighbour: MadeLayer,
  inspection: Inspection,
): boolean {
  const axis = axisOf(maker, inspection);
  const rank = convolutionRank(neighbour.className);
  if (axis === null) return followsFormat(maker, neighbour, inspection);
  // After a dense layer axis 1 is the last one, unless its input is a sequence.
  if (rank === null) return axis === -1 || axis === 1;
  const last = axis === -1 || axis === rank + 1;
  const format = dataFormatOf(neighbour, inspection);
  if (format) return format === "channels_last" ? last : axis === 1 || axis === -rank - 1;
  if (formatArgument(neighbour) || unpacks(neighbour)) return false;
  return last && !inspection.everMentions(otherDefault);
}

/** A value that a condition decides. */
interface Choice {
  readonly condition: string;
  readonly met: SyntaxNode;
  readonly unmet: SyntaxNode;
}

/**
 * Whether an axis is 1 or the last one by the format that a neighbour has:
 * `1 if K.image_data_format() == "channels_first" else 3`.
 */
function followsFormat(
  { given }: Constructor,
  neighbour: MadeLayer,
  inspection: Inspection,
): boolean {
  const value = given.get("axis")?.value;
  const choice = value && choiceBehind(value, inspection);
  const [, asked, word] = (choice && formatAsked.exec(choice.condition)) || [];
  if (!choice || !asked || unpacks(neighbour)) return false;
  const written = formatArgument(neighbour)?.value;
  const isSame = written ? inspection.textOf(written) === asked : globalFormat.test(asked);
  const axes = [choice.met, choice.unmet].map((each) =>
    numberIn(literalOf(each, inspection.meanings)),
  );
  const [first, last] = /^(?:channels_first|th)$/.test(word) ? axes : axes.toReversed();
  const rank = convolutionRank(neighbour.className);
  return isSame && first === 1 && (last === -1 || (rank !== null && last === rank + 1));
}

/** What is compared, and with which format. */
const formatAsked = /^\s*([\w.]+(?:\(\))?)\s*==\s*["'](channels_first|channels_last|th|tf)["']\s*$/;

/** The format that layers have where they are given none. */
const globalFormat = /(?:^|\.)image_(?:data_format|dim_ordering)\(\)$/;

/** `a if c else b`, written there or under a name, or what the two branches of an `if` give a name. */
function choiceBehind(value: SyntaxNode, { file }: Inspection): Choice | null {
  const written = choiceIn(withoutParentheses(value), file);
  const name = nameOf(value, file);
  if (written || !name) return written;
  const values = file.bindings.candidates(name, value).map((binding) => binding.value);
  const [one, other] = values;
  if (!one || values.length > 2) return null;
  if (values.length === 1) return choiceIn(withoutParentheses(one), file);
  const [branch, otherwise] = [one, other].map((each) => each && statementOf(each).parent);
  const statement = branch?.parent;
  if (!other || statement?.name !== "IfStatement" || !sameNode(statement, otherwise!.parent))
    return null;
  if (statement.getChildren("Body").length !== 2 || sameNode(branch!, otherwise!)) return null;
  const condition = statement.getChild("if")!.nextSibling!;
  return { condition: file.textOf(condition), met: one, unmet: other };
}

function choiceIn(node: SyntaxNode, file: SourceFile): Choice | null {
  const condition = node.name === "ConditionalExpression" && node.getChild("if")?.nextSibling;
  if (!condition) return null;
  return {
    condition: file.textOf(condition),
    met: node.firstChild!,
    unmet: node.lastChild!,
  };
}
