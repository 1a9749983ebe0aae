import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { staticTable } from "../../src/kernel/staticTable.ts";
import type { ChannelsPayload } from "../../src/shared/outputs.ts";
import { viewStrings, viewStringsFor } from "../../src/shared/strings.ts";
import { layerPayload, layerSummary, replaced, tensorPayload } from "../shared/payloads.ts";
import { run } from "./kerasCells.ts";

function parsed(payload: ChannelsPayload) {
  return parseHTML(`<html><body>${staticTable(payload, viewStrings)}</body></html>`).document;
}

/** As wide as payloads get: every column, 32 bins of many heights, long numbers. */
function widePayload(channels: number, odd: number[] = []): ChannelsPayload {
  const numbers = Array.from({ length: channels }, (_, c) => -1.2345e-7 * (c + 1));
  const gamma = numbers.map((value) => 1e9 * value);
  const plain = tensorPayload(channels);
  return tensorPayload(channels, {
    valuesPerChannel: 1000,
    statistics: {
      mean: numbers,
      variance: numbers,
      std: numbers,
      min: numbers,
      max: numbers,
      nanCount: replaced(plain.statistics!.nanCount!, Object.fromEntries(odd.map((c) => [c, 7]))),
      infCount: plain.statistics!.infCount,
      firstQuartile: numbers,
      median: numbers,
      thirdQuartile: numbers,
      zeroCount: plain.statistics!.zeroCount!.map(() => 123),
      lowCount: plain.statistics!.lowCount!,
      highCount: plain.statistics!.highCount!,
    },
    histograms: {
      ...plain.histograms!,
      counts: numbers.map((_, c) =>
        Array.from({ length: 32 }, (_, bin) => ((c + bin) * 7919) % 997),
      ),
    },
    layer: layerSummary(channels, {
      weights: { gamma, beta: numbers, movingMean: numbers, movingVariance: numbers },
    }),
  });
}

describe("the static table", () => {
  function assertRows(channels: number, odd: number[], rows: number, words: string | null) {
    it(`shows ${rows} of ${channels} channels, ${odd.length} of them odd`, () => {
      const document = parsed(widePayload(channels, odd));
      assert.equal(document.querySelectorAll("tbody tr").length, rows);
      const last = document.querySelector("div > p:last-child")?.textContent;
      assert.equal(last, words ?? viewStrings.histogramNote);
    });
  }
  assertRows(1, [], 1, null);
  assertRows(64, [3], 64, null);
  assertRows(128, [], 128, null);
  assertRows(129, [], 64, "The first 64 of 129 channels are shown");
  assertRows(
    2048,
    [3, 1000, 2047],
    66,
    "66 of 2,048 channels are shown: the first 64 and those that have a note",
  );
  assertRows(
    2048,
    Array.from({ length: 1000 }, (_, index) => 1000 + index),
    128,
    "128 of 2,048 channels are shown: the first 64 and those that have a note",
  );

  it("says when the payload itself leaves channels out", () =>
    assert.match(
      staticTable(tensorPayload(8, { totalChannels: 9000 }), viewStrings),
      /The first 8 of 9,000 channels are shown/,
    ));

  function assertSize(channels: number, limit: number) {
    it(`takes at most ${limit} bytes for ${channels} channels`, () => {
      const odd = Array.from({ length: channels >> 1 }, (_, index) => 2 * index);
      for (const strings of [viewStrings, viewStringsFor("zh-cn")]) {
        const size = Buffer.byteLength(staticTable(widePayload(channels, odd), strings));
        assert.ok(size <= limit, `${size} bytes`);
      }
    });
  }
  assertSize(64, 60_000);
  assertSize(128, 300_000);
  assertSize(2048, 300_000);

  const kinds = {
    "a tensor": "x",
    "a tensor through a layer": "bnlab.stats(x, layer=bn)",
    "a tensor in many bins": "bnlab.stats(x, layer=bn, bins=200)",
    "a layer and its training calls": "bn",
    "training beside inference": "bnlab.modes(bn, x)",
    "a comparison of frameworks": "bnlab.frameworks(x, bn)",
  };
  for (const [channels, limit] of [
    [64, 60_000],
    [2048, 300_000],
  ] as const) {
    it(`takes at most ${limit} bytes for anything of ${channels} channels`, () => {
      const { shown, error } = run(
        `rng = np.random.default_rng(0)
x = (rng.normal(size=(20, ${channels})) * rng.uniform(1e-7, 1e7, ${channels})).astype("float32")
x[0, ::3] = np.nan
bn = layers.BatchNormalization(name="n" * 60)
for _ in range(60): bn(x, training=True)`,
        ...Object.values(kinds),
      );
      assert.equal(error, null);
      for (const [index, kind] of Object.keys(kinds).entries()) {
        const size = Buffer.byteLength(String(shown[index]!["text/html"]));
        assert.ok(size > 2000 && size <= limit, `${kind}: ${size} bytes`);
      }
    });
  }

  it("tells how a layer's statistics travelled, call by call", () => {
    const { shown } = run(
      `x = np.random.default_rng(0).normal(3, 2, size=(50, 4))
bn = layers.BatchNormalization(momentum=0.5)
for _ in range(40): bn(x, training=True)
bn`,
    );
    const html = String(shown[0]!["text/html"]);
    const { document } = parseHTML(`<html><body>${html}</body></html>`);
    assert.match(html, /At momentum 0.5, 99 % of the way takes 7 calls/);
    const rows = [...document.querySelectorAll("table")[1]!.querySelectorAll("tbody tr")].map(
      (row) => [...row.children].map((cell) => cell.textContent),
    );
    assert.equal(rows.length, 12);
    assert.deepEqual(rows[0], ["1", "50 %", "50 %", "50 %"]);
    assert.deepEqual(rows[11], ["40", "100 %", "100 %", "100 %"]);
  });

  it("ranks the channels whose modes differ, with the reason of each", () => {
    const { shown } = run(
      `x = np.random.default_rng(0).normal(0, 1, size=(400, 70))
bn = layers.BatchNormalization(momentum=0.0)
bn(x, training=True)
x[:, 66] += 5
x[0, 3] = np.nan
bnlab.modes(bn, x)`,
    );
    const html = String(shown[0]!["text/html"]);
    const { document } = parseHTML(`<html><body>${html}</body></html>`);
    const row = (index: number) => {
      const cells = [...document.querySelectorAll("tbody tr")[index]!.children];
      return [cells[0]!.textContent, cells.at(-1)!.textContent];
    };
    assert.deepEqual(
      [row(0), row(1)],
      [
        ["3", "NaN or infinity"],
        ["66", "the data have moved since training"],
      ],
    );
    assert.equal(document.querySelectorAll("tbody tr").length, 64);
    assert.match(html, /1 channel: the data have moved since training\. The moving statistics are/);
    assert.match(html, /64 of 70 channels are shown, those that differ most/);
  });

  it("has as many cells in every row as headings", () => {
    for (const payload of [
      tensorPayload(2),
      widePayload(3, [1]),
      layerPayload(2, layerSummary(2)),
    ]) {
      const document = parsed(payload);
      const headings = document.querySelectorAll("thead th").length;
      for (const row of document.querySelectorAll("tbody tr")) {
        assert.equal(row.children.length, headings);
      }
    }
  });

  it("draws a picture with its finding, and says the peak outside of it", () => {
    const cell = parsed(tensorPayload(2)).querySelectorAll("tbody tr")[1].children[1];
    assert.match(
      cell.querySelector("svg title")!.textContent!,
      /^Histogram of channel 1: 4 values/,
    );
    cell.querySelector("svg")!.remove();
    assert.equal(cell.textContent!.trim(), "peak 1.5");
  });

  it("draws many bins by groups of neighbours, on the same scale", () => {
    const { statistics, histograms } = tensorPayload(1);
    const svg = (bins: number) => {
      const counts = [Array.from({ length: bins }, (_, bin) => (bin < bins / 2 ? 1 : 3))];
      const payload = tensorPayload(1, { statistics, histograms: { ...histograms!, counts } });
      return parsed(payload).querySelector("tbody svg")!;
    };
    const marks = (bins: number) =>
      [...svg(bins).querySelectorAll('[stroke="currentColor"]')].map((it) => it.getAttribute("d"));
    assert.equal(svg(128).getAttribute("width"), svg(64).getAttribute("width"));
    assert.equal(
      svg(128).querySelector("path")!.getAttribute("d"),
      svg(64).querySelector("path")!.getAttribute("d"),
    );
    assert.deepEqual(marks(128), marks(64));
    // 65 bins make 33 pairs, of which the last reaches one bin too far.
    assert.equal(svg(65).getAttribute("width"), String(33 * 3));
  });

  it("marks odd channels with a sign and words", () => {
    const document = parsed(widePayload(4, [2]));
    assert.match(document.querySelector("p")!.textContent!, /✕ contains NaN: channel 2/);
    assert.match(
      document.querySelectorAll("tbody tr")[2].textContent!,
      /✕ contains NaN · 0.7 % NaN/,
    );
  });

  it("escapes names that people give", () => {
    const evil = `<img src=x onerror="alert('1')">&`;
    const layer = layerSummary(2, {
      name: evil,
      className: evil,
      changedArguments: [["name", evil]],
    });
    for (const payload of [
      tensorPayload(2, { name: evil, dtype: evil, layer }),
      tensorPayload(2, { name: null, layer }),
    ]) {
      assert.doesNotMatch(staticTable(payload, viewStrings), /<img/);
      assert.ok(parsed(payload).querySelector("b")!.textContent!.includes(evil));
    }
  });

  it("brings no scripts, styles or resources", () =>
    assert.doesNotMatch(
      staticTable(widePayload(64), viewStrings),
      /<script|<style|style=|class=|on\w+=|href|src=|https?:/,
    ));

  it("shows a layer without weights as words", () => {
    const layer = layerSummary(0, { weights: {}, built: false });
    const document = parsed(layerPayload(0, layer));
    assert.equal(document.querySelector("table"), null);
    assert.ok(document.body.textContent!.includes(viewStrings.notBuilt));
    assert.equal(document.querySelector("code")!.textContent, "BatchNormalization()");
  });

  it("speaks Chinese where asked to", () =>
    assert.match(staticTable(tensorPayload(2), viewStringsFor("zh-cn")), /<th [^>]*>均值<\/th>/));
});
