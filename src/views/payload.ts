/**
 * @file Reading a payload from a file that anyone may have written: what passes here can be shown
 * without further checks.
 */
import { type Fields, isCount, isObject } from "../shared/checks.ts";
import { type ModeReason, modeReasons } from "../shared/modes.ts";
import type { ChannelsPayload } from "../shared/outputs.ts";

export type PayloadReading =
  | { readonly kind: "channels"; readonly payload: ChannelsPayload }
  /** Made by a version with other payloads; `text` as far as it has one. */
  | { readonly kind: "otherVersion"; readonly text: string }
  | { readonly kind: "unreadable"; readonly text: string };

export function readPayload(value: unknown): PayloadReading {
  if (!isObject(value)) return { kind: "unreadable", text: "" };
  const text = typeof value.text === "string" ? value.text : "";
  if (value.version !== 1) return { kind: "otherVersion", text };
  return isPayload(value)
    ? { kind: "channels", payload: value as unknown as ChannelsPayload }
    : { kind: "unreadable", text };
}

function isPayload(value: Fields): boolean {
  const { channels, totalChannels, statistics, histograms, layer, history, modes, training } =
    value;
  if (!isCount(channels)) return false;
  const perChannel = (list: unknown) => isListOf(list, isJsonNumber, channels);
  const counts = (list: unknown) => isListOf(list, isCount, channels);
  return (
    typeof value.text === "string" &&
    isNullOr(value.name, isText) &&
    isNullOr(value.dtype, isText) &&
    isNullOr(value.shape, (shape) => isListOf(shape, isCount)) &&
    isNullOr(value.axis, isCount) &&
    (totalChannels === undefined || isCount(totalChannels)) &&
    isNullOr(value.valuesPerChannel, isCount) &&
    isNullOr(statistics, (it) => isStatistics(it, perChannel, counts)) &&
    isNullOr(histograms, (it) => isHistograms(it, channels, perChannel)) &&
    isNullOr(layer, (it) => isLayer(it, perChannel)) &&
    (history === undefined || isHistory(history, perChannel)) &&
    (training === undefined || typeof training === "boolean") &&
    (modes === undefined || isModes(modes, channels, perChannel))
  );
}

type Check = (value: unknown) => boolean;

function isStatistics(value: unknown, perChannel: Check, counts: Check): boolean {
  return (
    isObject(value) &&
    [value.mean, value.variance, value.std].every(perChannel) &&
    [value.min, value.max].every((list) => isNullOr(list, perChannel)) &&
    [value.nanCount, value.infCount].every((list) => isNullOr(list, counts))
  );
}

function isHistograms(value: unknown, channels: number, perChannel: Check): boolean {
  return (
    isObject(value) &&
    perChannel(value.low) &&
    perChannel(value.high) &&
    isListOf(value.counts, (bins) => isListOf(bins, isCount), channels)
  );
}

function isLayer(value: unknown, perChannel: Check): boolean {
  return (
    isObject(value) &&
    isText(value.name) &&
    isText(value.className) &&
    typeof value.built === "boolean" &&
    isListOf(value.changedArguments, (pair) => isListOf(pair, isText, 2)) &&
    isObject(value.weights) &&
    Object.values(value.weights).every((list) => list === undefined || perChannel(list))
  );
}

function isHistory(value: unknown, perChannel: Check): boolean {
  if (!isObject(value)) return false;
  const { count, momentum, expectedSteps, steps } = value;
  const calls = Array.isArray(steps) ? steps.length : 0;
  const each = (list: unknown) => isListOf(list, perChannel, calls);
  return (
    isCount(count) &&
    Number.isFinite(momentum) &&
    isJsonNumber(expectedSteps) &&
    isListOf(steps, isCount) &&
    calls > 0 &&
    [value.mean, value.variance].every(
      (it) =>
        isObject(it) &&
        [it.initial, it.target].every(perChannel) &&
        [it.batch, it.moving].every(each),
    )
  );
}

function isModes(value: unknown, channels: number, perChannel: Check): boolean {
  const isReason = (reason: unknown) => modeReasons.includes(reason as ModeReason);
  return (
    isObject(value) &&
    isCount(value.count) &&
    Number.isFinite(value.momentum) &&
    isNullOr(value.remaining, Number.isFinite) &&
    isNullOr(value.stepsLeft, isCount) &&
    [value.difference, value.meanGap, value.stdRatio].every(perChannel) &&
    isListOf(value.reasons, isReason, channels)
  );
}

function isNullOr(value: unknown, check: Check): boolean {
  return value === null || check(value);
}

function isListOf(value: unknown, check: Check, length?: number): boolean {
  return (
    Array.isArray(value) && (length === undefined || value.length === length) && value.every(check)
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isJsonNumber(value: unknown): boolean {
  return Number.isFinite(value) || value === "NaN" || value === "Infinity" || value === "-Infinity";
}
