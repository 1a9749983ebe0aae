/** @file Which axis has the channels of a layer's output, and which one is normalized. */
import type { CallArgument } from "../../python/calls.ts";
import { numberIn } from "../../python/literalValues.ts";
import type { Constructor, Inspection } from "./inspection.ts";
import { convolutionRank, keyword, type MadeLayer, unpacks } from "./layers.ts";

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
  if (axis === null) return false;
  // After a dense layer axis 1 is the last one, unless its input is a sequence.
  if (rank === null) return axis === -1 || axis === 1;
  const last = axis === -1 || axis === rank + 1;
  const format = dataFormatOf(neighbour, inspection);
  if (format) return format === "channels_last" ? last : axis === 1 || axis === -rank - 1;
  if (formatArgument(neighbour) || unpacks(neighbour)) return false;
  return last && !inspection.everMentions(otherDefault);
}
