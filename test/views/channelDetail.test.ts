import assert from "node:assert/strict";
import type { ChannelsPayload } from "../../src/shared/outputs.ts";
import type { Answer, Question } from "../../src/shared/questions.ts";
import { viewStrings } from "../../src/shared/strings.ts";
import { channelDetail } from "../../src/views/channelDetail.ts";
import { type DetailState, initialState, type ViewHost } from "../../src/views/viewHost.ts";
import { layerSummary, tensorPayload } from "../shared/payloads.ts";
import { texts, useDocument } from "./dom.ts";

describe("one channel's histogram", () => {
  useDocument();

  function shown(
    payload: ChannelsPayload,
    {
      channel = 1,
      compared = [] as number[],
      state = {} as Partial<DetailState>,
      ask,
    }: {
      channel?: number;
      compared?: number[];
      state?: Partial<DetailState>;
      ask?: ViewHost["ask"];
    } = {},
  ) {
    const changes: Partial<DetailState>[] = [];
    let closed = 0;
    const detail = channelDetail(
      {
        change: (change) => changes.push(change),
        close: () => {
          closed += 1;
        },
      },
      viewStrings,
      ask ? { ask } : {},
    );
    const content = { payload, channel, compared, state: { ...initialState.detail, ...state } };
    detail.show(content);
    const { element } = detail;
    const plot = element.querySelector<SVGElement>("svg.histogram-plot")!;
    const press = (key: string) => {
      const event = new window.Event("keydown", { bubbles: true, cancelable: true });
      Object.assign(event, { key });
      plot.dispatchEvent(event);
      return texts(element, ".readout")[0];
    };
    return { element, plot, press, changes, closed: () => closed };
  }

  const through = tensorPayload(3, { layer: layerSummary(3, { epsilon: 0 }) });

  it("says what it shows, and that saved data has these bins alone", () => {
    const { element, plot } = shown(tensorPayload(3));
    assert.equal(texts(element, "strong")[0], "Channel 1");
    assert.equal(
      plot.getAttribute("aria-label"),
      "Histogram of channel 1: 4 values from −1 to 3, peak near 1.5",
    );
    assert.equal(
      texts(element, "p.muted")[0],
      "4 bins · The saved output has these bins alone; other bins and the samples need its kernel",
    );
    assert.deepEqual(texts(element, ".detail-tools label"), ["Log counts"]);
  });

  it("is read bin by bin with the keyboard", () => {
    const { press } = shown(tensorPayload(3));
    assert.equal(press("ArrowRight"), "−1 to 0: 1 value (25.0 %)");
    press("ArrowRight");
    assert.equal(press("ArrowRight"), "1 to 2: 2 values (50.0 %)");
    assert.equal(press("End"), "2 to 3: 1 value (25.0 %)");
    assert.equal(press("Home"), "−1 to 0: 1 value (25.0 %)");
  });

  it("counts what lies outside of the bins, and says how far", () => {
    const { histograms } = tensorPayload(3);
    const tails = { ...histograms!, below: [0, 3, 0], above: [0, 1, 0] };
    const { element, press } = shown(tensorPayload(3, { histograms: tails }));
    assert.match(
      texts(element, "p.muted")[0]!,
      /^4 bins · 3 values below, down to −1 · 1 value above, up to 3/,
    );
    assert.equal(press("Home"), "−1 to 0: 1 value (12.5 %)");
  });

  it("overlays input, normalized and output, with the standard normal's curve", () => {
    const { element, press } = shown(through, { state: { stages: true } });
    assert.deepEqual(texts(element, ".keys > span"), [
      "input",
      "normalized",
      "scaled and shifted",
      "standard normal",
    ]);
    assert.equal(element.querySelectorAll("path.outline").length, 2);
    assert.ok(element.querySelector("path.curve.normal"));
    assert.deepEqual(texts(element, ".side-table tbody tr"), [
      "input11",
      "normalized01",
      "scaled and shifted01",
    ]);
    assert.equal(
      press("Home"),
      "−1 to 0: 1 value (25.0 %) · normalized −2 – −1 · scaled and shifted −2 – −1",
    );
  });

  it("lets training or inference be chosen, unless the output is of one of them", () => {
    const modes = (payload: ChannelsPayload) =>
      texts(shown(payload, { state: { stages: true } }).element, "select option").slice(0, 2);
    assert.deepEqual(modes(through), ["Training", "Inference"]);
    assert.deepEqual(modes({ ...through, training: true }), []);
  });

  it("draws pinned channels beside it", () => {
    const { element } = shown(tensorPayload(4), { compared: [0, 3] });
    assert.deepEqual(texts(element, ".keys > span"), ["Channel 1", "Channel 0", "Channel 3"]);
  });

  it("asks a running kernel for other bins, and draws its answer", async () => {
    const questions: Question[] = [];
    const answer: Answer = {
      kind: "histogram",
      low: -1,
      high: 3,
      counts: [3, 1],
      below: 0,
      above: 0,
    };
    const { element, press } = shown(tensorPayload(3), {
      state: { bins: "sturges" },
      ask: async (question) => {
        questions.push(question);
        return answer;
      },
    });
    await Promise.resolve();
    assert.deepEqual(questions, [
      {
        kind: "histogram",
        of: {
          name: "x",
          dtype: "float32",
          shape: [4, 3],
          axis: 1,
          channel: 1,
          mean: 1,
          variance: 1,
        },
        bins: "sturges",
        // All values are in the saved range, whose ends are rounded.
        range: null,
      },
    ]);
    assert.equal(texts(element, "p.muted")[0], "2 bins by NumPy's rule “sturges”");
    assert.equal(press("Home"), "−1 to 1: 3 values (75.0 %)");
  });

  it("keeps to the saved range where that leaves values out, unless the whole is asked for", () => {
    const { histograms } = tensorPayload(3);
    const clipped = { ...histograms!, below: [0, 0, 0], above: [0, 2, 0] };
    const range = (state: Partial<DetailState>) => {
      let asked: Question | null = null;
      shown(tensorPayload(3, { histograms: clipped }), {
        state,
        ask: async (question) => {
          asked = question;
          return { kind: "unanswered", reason: "noKernel" };
        },
      });
      return (asked as Extract<Question, { kind: "histogram" }> | null)?.range;
    };
    assert.deepEqual(range({ bins: "fd" }), [-1, 3]);
    assert.equal(range({ bins: "fd", wholeRange: true }), null);
    assert.equal(range({}), undefined);
  });

  it("lists the samples that a bin comes from", async () => {
    const { element, press } = shown(tensorPayload(3), {
      ask: async (question) => {
        assert.equal(question.kind, "samples");
        const { low, high, closed } = question as Extract<Question, { kind: "samples" }>;
        assert.deepEqual([low, high > 3 && high < 3.000001, closed], [2, true, true]);
        return {
          kind: "samples",
          values: 3,
          total: 2,
          samples: [
            { index: 3, count: 2, position: [3, 1], value: 2.5 },
            { index: 0, count: 1, position: [0, 1], value: 2 },
          ],
        };
      },
    });
    press("End");
    press("Enter");
    await Promise.resolve();
    assert.deepEqual(texts(element, ".samples p, .samples li"), [
      "3 values of 2 samples lie from 2 to 3",
      "Sample 3: 2 values, the first at [3, 1]: 2.5",
      "Sample 0: 1 value, the first at [0, 1]: 2",
    ]);
  });

  it("says why there is no answer", async () => {
    const { element, press } = shown(tensorPayload(3), {
      ask: async () => ({ kind: "unanswered", reason: "kernelBusy" }),
    });
    press("Home");
    press("Enter");
    await Promise.resolve();
    assert.equal(
      texts(element, "p.muted")[0],
      "The kernel runs a cell; ask again when it has ended",
    );
  });

  it("tells changes and closing", () => {
    const { element, changes, closed } = shown(through);
    const boxes = [...element.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
    for (const box of boxes) {
      box.checked = true;
      box.dispatchEvent(new window.Event("change"));
    }
    assert.deepEqual(changes, [{ stages: true }, { logarithmic: true }]);
    element.querySelector<HTMLElement>(".detail-head > button")!.click();
    assert.equal(closed(), 1);
  });
});
