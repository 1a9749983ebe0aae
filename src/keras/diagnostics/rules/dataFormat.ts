/** @file The channels' axis of the convolution before, and `axis` of the batch normalization. */
import { numberIn } from "../../../python/literalValues.ts";
import { addArgument, replace } from "../edits.ts";
import type { Constructor, Inspection } from "../inspection.ts";
import { convolutionRank, elementwise, keyword, type MadeLayer, unpacks } from "../layers.ts";
import { layersBefore } from "../neighbours.ts";
import { type Problem, preferred } from "../problem.ts";

type DataFormat = "channels_first" | "channels_last";

export function* dataFormat(inspection: Inspection): Generator<Problem> {
  for (const maker of inspection.constructors) {
    if (maker.open) continue;
    const axis = axisOf(maker, inspection);
    const convolution = axis === null ? null : convolutionBefore(maker, inspection);
    const rank = convolution && convolutionRank(convolution.className);
    const format = convolution && dataFormatOf(convolution, inspection);
    if (axis === null || !convolution || !rank || !format) continue;
    // The batch, the spatial axes, the channels.
    const axes = rank + 2;
    const position = axis < 0 ? axis + axes : axis;
    const channels = format === "channels_first" ? 1 : axes - 1;
    if (position === channels || position <= 0 || position >= axes) continue;
    yield problem(maker, convolution, format, inspection);
  }
}

function problem(
  { given, call, node }: Constructor,
  convolution: MadeLayer,
  format: DataFormat,
  { file }: Inspection,
): Problem {
  const argument = given.get("axis");
  const written = argument?.value;
  const value = format === "channels_first" ? "1" : "-1";
  const edit = written
    ? replace(written, value)
    : addArgument(`axis=${value}`, call.list, call.given, file);
  const { from, to } = argument ?? node.firstChild!;
  return {
    code: "axis-data-format",
    from,
    to,
    sentence: format === "channels_first" ? "axisAfterChannelsFirst" : "axisAfterChannelsLast",
    facts: [convolution.className, written ? file.textOf(written) : "-1", value],
    fixes: [preferred("replace", [`axis=${value}`], edit)],
  };
}

/** Null where the text does not tell. */
function axisOf({ given }: Constructor, inspection: Inspection): number | null {
  const argument = given.get("axis");
  if (!argument) return -1;
  const value = numberIn(inspection.literal(argument));
  return value !== null && Number.isInteger(value) ? value : null;
}

/** The nearest convolution before, with nothing in between that moves axes. */
function convolutionBefore(maker: Constructor, inspection: Inspection): MadeLayer | null {
  for (const layer of layersBefore(maker, inspection)) {
    if (convolutionRank(layer.className) !== null) return layer;
    if (!elementwise.test(layer.className) && layer.className !== "BatchNormalization") return null;
  }
  return null;
}

/** Anything that shows that the default can be channels first, for example set elsewhere. */
const otherFormats = /channels_first|data_format|dim_ordering|['"](?:th|NCHW)['"]|theano|permute/i;

function dataFormatOf(layer: MadeLayer, inspection: Inspection): DataFormat | null {
  const argument = keyword(layer, "data_format");
  if (argument) {
    const literal = inspection.literal(argument);
    return literal?.kind === "string" && /^channels_(?:first|last)$/.test(literal.value)
      ? (literal.value as DataFormat)
      : null;
  }
  if (unpacks(layer) || layer.given.some(({ index }) => index !== null && index > 4)) return null;
  const { ofTensorFlow, major } = inspection.version;
  const isDefault = ofTensorFlow || major === 3;
  return isDefault && !otherFormats.test(inspection.file.text) ? "channels_last" : null;
}
