/**
 * @file `bnlab.modes`: a layer's training output beside its inference output, channel by channel.
 */
import {
  type BatchNormalization,
  compareModes,
  formatShape,
  type ModeComparison,
  type ModeReason,
  resolveAxis,
  stepsUntilWithin,
  type Tensor,
  tensorFrom,
} from "../../engine/index.ts";
import { fromTensor, type NDArray } from "../../numpy/index.ts";
import { modeReasons, reasonTitle, reasonWhy } from "../../shared/modes.ts";
import type { ChannelsPayload } from "../../shared/outputs.ts";
import type { ViewStrings } from "../../shared/strings.ts";
import { alignedRows } from "../alignedRows.ts";
import { jsonNumbers, tensorFacts, tensorPayload } from "../channels.ts";
import { PyTuple } from "../containers.ts";
import { formatFloat } from "../formatting/specification.ts";
import { attributes } from "../functions.ts";
import { registerType } from "../objects.ts";
import { type PlainColumn, plainTable } from "../plainTable.ts";

/** Each reason as Python programs and texts have it. */
export const reasonTexts: Readonly<Record<ModeReason, string>> = {
  agree: "agrees",
  notFinite: "NaN or infinity",
  unconverged: "moving statistics not converged",
  smallBatch: "batch too small to tell",
  shifted: "other data than in training",
};

/** Rows of the text; the arrays have them all. */
const mostRows = 20;

/** What `bnlab.modes` gives: channels ranked by how much the two modes differ, and why. */
export class ModesComparison {
  readonly found: ModeComparison;
  readonly layer: BatchNormalization;
  readonly tensor: Tensor;
  readonly #facts: string;

  constructor(layer: BatchNormalization, x: Tensor) {
    this.found = compareModes(layer, x);
    this.layer = layer;
    this.tensor = x;
    const axis = resolveAxis(x.shape, layer.axis);
    this.#facts = `${x.dtype} ${formatShape(x.shape)} · axis ${axis}`;
  }

  /** The heading, and how far the moving statistics are on their way where that is known. */
  lines(): string[] {
    const { remaining } = this.found;
    const heading = `${this.#facts} · training beside inference`;
    if (remaining === null) return [heading];
    const left = `the moving statistics hold ${percent(remaining)} of their initial values`;
    const steps = this.#stepsLeft();
    if (steps === null) return [heading, left];
    const calls =
      steps === 1 ? "1 more training call leaves" : `${steps} more training calls leave`;
    return [heading, `${left}: ${calls} 1 %`];
  }

  /** Why the modes differ, and the channels ranked by it, for readers that show no more. */
  html(strings: ViewStrings): string {
    const { difference, meanGap, stdRatio, ranking, reasons, remaining, count } = this.found;
    const words = strings.modes;
    const facts = { count, remaining, momentum: this.layer.momentum, stepsLeft: this.#stepsLeft() };
    const lines = [`${this.#facts} · ${words.title}`, words.about];
    for (const reason of modeReasons) {
      const channels = reasons.filter((each) => each === reason).length;
      if (channels === 0) continue;
      const title = reasonTitle(reason, channels, channels === reasons.length, words);
      lines.push(`${title}. ${reasonWhy(reason, facts, words)}`);
    }
    const columns: PlainColumn[] = [
      [words.difference, difference],
      [words.meanGap, meanGap],
      [words.stdRatio, stdRatio],
    ];
    return plainTable(
      {
        lines,
        columns,
        words: [words.reason, reasons.map((reason) => words[reason])],
        ranking: [ranking, words.mostDifferent],
      },
      strings,
    );
  }

  /**
   * The batch's channels through the layer, and how its two outputs differ.
   * @param values False leaves out the statistics and histograms of the batch.
   */
  payload(name: string | null, values = true): ChannelsPayload {
    const { tensor, layer, found } = this;
    const axis = resolveAxis(tensor.shape, layer.axis);
    const view = { tensor, axis, name, text: describe(this), layer };
    const seen = values ? tensorPayload(view) : tensorFacts(view);
    const { difference, meanGap, stdRatio, reasons, remaining, count } = found;
    const numbers = (values: Float64Array) => jsonNumbers(values, seen.channels);
    return {
      ...seen,
      modes: {
        count,
        momentum: layer.momentum,
        remaining,
        stepsLeft: this.#stepsLeft(),
        difference: numbers(difference),
        meanGap: numbers(meanGap),
        stdRatio: numbers(stdRatio),
        reasons: reasons.slice(0, seen.channels),
      },
    };
  }

  #stepsLeft(): number | null {
    const { remaining } = this.found;
    if (remaining === null || remaining <= 0.01) return null;
    const steps = stepsUntilWithin(0.01 / remaining, this.layer.momentum);
    return steps === Infinity ? null : steps;
  }
}

function percent(share: number): string {
  return `${formatFloat(share * 100, ".3g")} %`;
}

/** The channels that differ most, a row each, aligned. */
function describe(self: ModesComparison): string {
  const { difference, meanGap, stdRatio, reasons, ranking } = self.found;
  const number = (value: number) => formatFloat(value, ".4g");
  const rows = ranking
    .slice(0, mostRows)
    .map((c) => [
      String(c),
      number(difference[c]!),
      number(meanGap[c]!),
      number(stdRatio[c]!),
      reasonTexts[reasons[c]!],
    ]);
  const heads = ["channel", "difference", "mean_gap", "std_ratio", "reason"];
  return [...self.lines(), ...alignedRows(heads, rows, ranking.length, 1)].join("\n");
}

function vector(values: ArrayLike<number>, dtype: "float64" | "int64" = "float64"): NDArray {
  return fromTensor(tensorFrom(values, [values.length], dtype));
}

registerType(ModesComparison, {
  name: "ModesComparison",
  module: "bnlab",
  repr: describe,
  hash: (self) => self,
  ...attributes<ModesComparison>({
    properties: {
      difference: ({ found }) => vector(found.difference),
      mean_gap: ({ found }) => vector(found.meanGap),
      std_ratio: ({ found }) => vector(found.stdRatio),
      ranking: ({ found }) => vector(found.ranking, "int64"),
      reasons: ({ found }) => new PyTuple(found.reasons.map((reason) => reasonTexts[reason])),
      remaining: ({ found }) => found.remaining,
    },
  }),
});
