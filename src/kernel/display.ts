/**
 * @file What a cell shows of a value: Python's own text always, and for what is more than a
 * screenful of numbers the per-channel table beside it.
 */
import { BatchNormalization } from "../engine/index.ts";
import { asarray, NDArray, toTensor } from "../numpy/index.ts";
import { type ChannelsPayload, channelsMime, type MimeBundle } from "../shared/outputs.ts";
import { defaultAxis, layerPayload, tensorPayload } from "./channels.ts";
import { StatisticsOf } from "./modules/bnlab.ts";
import { FrameworkComparison } from "./modules/frameworkComparison.ts";
import { ModesComparison } from "./modules/modesComparison.ts";
import { ReplicatedOutput } from "./modules/replicatedOutput.ts";
import type { Value } from "./objects.ts";
import { getAttribute, getItem, invoke, repr, toCount } from "./operations.ts";
import { RichText } from "./richTexts.ts";
import type { Session } from "./session.ts";
import { staticTable } from "./staticTable.ts";

/**
 * A value in every representation that some reader can show.
 * @param name The variable's name where it is known, for headings.
 */
export function displayBundle(value: Value, session: Session, name: string | null): MimeBundle {
  const text = repr(value);
  if (value instanceof ReplicatedOutput || value instanceof FrameworkComparison) {
    return { "text/html": value.html(session.strings.view), "text/plain": text };
  }
  if (value instanceof RichText) return { [value.mime]: value.data, "text/plain": text };
  if (!isRich(value, session)) return { "text/plain": text };
  const payload = channelsPayload(value, name)!;
  const { view } = session.strings;
  return {
    [channelsMime]: payload,
    "text/html": value instanceof ModesComparison ? value.html(view) : staticTable(payload, view),
    "text/plain": text,
  };
}

/**
 * The per-channel payload of an array, a layer, or the result of `bnlab.stats` or `bnlab.modes`;
 * null for any other value.
 * @param values False leaves out the statistics and histograms of the batch of `bnlab.modes`.
 */
export function channelsPayload(
  value: Value,
  name: string | null,
  values = true,
): ChannelsPayload | null {
  if (value instanceof StatisticsOf) return value.payload(name);
  if (value instanceof ModesComparison) return value.payload(name, values);
  if (value instanceof BatchNormalization) return layerPayload(value, name, repr(value));
  if (!(value instanceof NDArray)) return null;
  const tensor = toTensor(asarray(value));
  return tensorPayload({ tensor, axis: defaultAxis(tensor.shape), name, text: repr(value) });
}

/** Whether `channelsPayload` has something to show, without the work of making it. */
export function hasChannels(value: Value): boolean {
  return (
    value instanceof NDArray ||
    value instanceof BatchNormalization ||
    value instanceof StatisticsOf ||
    value instanceof ModesComparison
  );
}

/** Arrays that NumPy prints in full are best read as text. */
function isRich(value: Value, session: Session): boolean {
  if (value instanceof NDArray) return value.size > printThreshold(session);
  return hasChannels(value);
}

/** The size above which NumPy prints the ends of an array alone. */
function printThreshold(session: Session): number {
  const numpy = session.importModule("numpy");
  return toCount(getItem(invoke(getAttribute(numpy, "get_printoptions")), "threshold"));
}
