/** @file The channels' axis of the convolution before, and `axis` of the batch normalization. */
import { axisOf, type DataFormat, dataFormatOf, writtenDataFormat } from "../channelAxis.ts";
import { addArgument, replace } from "../edits.ts";
import type { Constructor, Inspection } from "../inspection.ts";
import { convolutionRank, elementwise, type MadeLayer } from "../layers.ts";
import { layersBefore } from "../neighbours.ts";
import { type Problem, preferred } from "../problem.ts";

const channelsFirst = /channels_first/;

const named = [/[Cc]onv\w*?1D/, /[Cc]onv\w*?2D/, /[Cc]onv\w*?3D/];

/** The axes that are the last one after every convolution that there is. */
function lastAxes(inspection: Inspection): ReadonlySet<number> {
  const ranks = [1, 2, 3].filter((rank) => inspection.everMentions(named[rank - 1]));
  return new Set(ranks.length === 1 ? [-1, ranks[0] + 1] : [-1]);
}

export function* dataFormat(inspection: Inspection): Generator<Problem> {
  const last = lastAxes(inspection);
  for (const maker of inspection.constructors) {
    if (maker.open) continue;
    const axis = axisOf(maker, inspection);
    // The last axis is wrong after what says so alone.
    if (axis === null || (last.has(axis) && !inspection.everMentions(channelsFirst))) continue;
    const convolution = convolutionBefore(maker, inspection);
    const rank = convolution && convolutionRank(convolution.className);
    const format = convolution && dataFormatOf(convolution, inspection);
    if (!convolution || !rank || !format) continue;
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
  inspection: Inspection,
): Problem {
  const { file } = inspection;
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
    // A default can be set anywhere, in Keras's configuration file too.
    ...(!writtenDataFormat(convolution, inspection) && { severity: "information" as const }),
    sentence: format === "channels_first" ? "axisAfterChannelsFirst" : "axisAfterChannelsLast",
    facts: [convolution.className, written ? file.textOf(written) : "-1", value],
    fixes: [preferred("replace", [`axis=${value}`], edit)],
  };
}

/** The nearest convolution before, with nothing in between that moves axes. */
function convolutionBefore(maker: Constructor, inspection: Inspection): MadeLayer | null {
  for (const layer of layersBefore(maker, inspection)) {
    if (convolutionRank(layer.className) !== null) return layer;
    if (!elementwise.test(layer.className) && layer.className !== "BatchNormalization") return null;
  }
  return null;
}
