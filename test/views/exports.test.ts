import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { tableColumns } from "../../src/shared/channelColumns.ts";
import { findOddities } from "../../src/shared/oddities.ts";
import type { ChannelsPayload } from "../../src/shared/outputs.ts";
import type { SavedFile } from "../../src/shared/savedFile.ts";
import { viewStrings, viewStringsFor } from "../../src/shared/strings.ts";
import { mountChannels } from "../../src/views/channels.ts";
import { tablePicture } from "../../src/views/tablePicture.ts";
import {
  csvText,
  type ExportedTable,
  fileName,
  markdownText,
  tableCsv,
  tableMarkdown,
} from "../../src/views/tableText.ts";
import { layerSummary, tensorPayload } from "../shared/payloads.ts";
import { texts, useDocument } from "./dom.ts";

const { statistics } = tensorPayload(4);
const uneven = tensorPayload(4, {
  statistics: {
    ...statistics!,
    mean: [0.1 + 0.2, "NaN", -3, "Infinity"],
    variance: [1, "NaN", 0, 1],
    nanCount: [0, 2, 0, 0],
  },
});

function exported(payload: ChannelsPayload, rows?: readonly number[]): ExportedTable {
  return {
    payload,
    columns: tableColumns(payload).filter(({ key }) => key === "mean" || key === "nan"),
    odd: findOddities(payload),
    rows: rows ?? [...Array(payload.channels).keys()],
  };
}

const style = {
  ground: "#1f1f1f",
  text: "rgb(204, 204, 204)",
  muted: "#9d9d9d",
  line: "#313131",
  bars: "#3794ff",
  error: "#f14c4c",
  warning: "#cca700",
  notice: "#3794ff",
  font: 'system-ui, "Segoe UI", sans-serif',
};

describe("the table as CSV", () => {
  it("has every digit, what is not finite as NumPy reads it, and notes in words", () =>
    assert.deepEqual(tableCsv(exported(uneven), viewStrings).split("\n"), [
      "Channel,Mean,NaN,Note",
      "0,0.30000000000000004,0,",
      "1,NaN,2,✕ contains NaN: 50.0 % NaN",
      "2,-3,0,▲ zero variance: all values are −3",
      "3,inf,0,",
      "",
    ]));

  it("has the rows in the order in which they are shown", () => {
    const lines = tableCsv(exported(tensorPayload(4), [3, 0]), viewStrings).split("\n");
    assert.deepEqual(lines, ["Channel,Mean,NaN", "3,3,0", "0,0,0", ""]);
  });

  function assertField(text: string, expected: string) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, () =>
      assert.equal(csvText(text), expected));
  }
  assertField("Mean", "Mean");
  assertField("a,b", '"a,b"');
  assertField('a"b', '"a""b"');
  assertField("a\nb", '"a\nb"');
  assertField('=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`);
  assertField("+1", "'+1");
  assertField("@SUM(A1)", "'@SUM(A1)");
});

describe("the table as Markdown", () => {
  it("says what it is of, and has numbers and histograms as they are shown", () =>
    assert.deepEqual(tableMarkdown(exported(uneven, [2, 1]), viewStrings).split("\n"), [
      "**x** float32 (4, 4) · axis 1 · 4 channels × 4 values",
      "",
      "| Channel | Histogram | Note | Mean | NaN |",
      "| --: | :-- | :-- | --: | --: |",
      "| 2 | ▄\u2003█▄ | ▲ zero variance: all values are −3 | −3.0000 | 0 |",
      "| 1 | ▄\u2003█▄ | ✕ contains NaN: 50.0 % NaN | NaN | 2 |",
      "",
    ]));

  it("takes names as text that neither ends the line nor is markup", () => {
    assert.equal(markdownText("a|b\n`c` <i>*d*"), "a\\|b \\`c\\` \\<i\\>\\*d\\*");
    const lines = tableMarkdown(exported(tensorPayload(2, { name: "a|\n|b" })), viewStrings);
    assert.match(lines, /^\*\*a\\\| \\\|b\*\* float32/);
    assert.equal(lines.split("\n").length, 7);
  });
});

describe("a file's name", () => {
  function assertName(name: string | null, expected: string) {
    it(`is ${expected} for ${JSON.stringify(name)}`, () =>
      assert.equal(fileName(tensorPayload(1, { name }), "csv"), expected));
  }
  assertName("x", "x-channels.csv");
  assertName("layers[0].output", "layers-0-output-channels.csv");
  assertName("../../etc/passwd", "etc-passwd-channels.csv");
  assertName("<script>", "script-channels.csv");
  assertName("变量", "变量-channels.csv");
  assertName('"; rm -rf "', "rm--rf-channels.csv");
  assertName("CON\u0000\ud800", "CON-channels.csv");
  assertName("…", "channels.csv");
  assertName(null, "channels.csv");
  it("is no longer than file systems take", () =>
    assert.ok(fileName(tensorPayload(1, { name: "x".repeat(999) }), "csv").length < 100));
});

describe("the table as a picture", () => {
  useDocument();

  const picture = (payload: ChannelsPayload, mostRows?: number) => {
    const made = tablePicture(exported(payload), null, style, viewStrings, mostRows);
    const { document: parsed } = parseHTML(`<html><body>${made.svg}</body></html>`);
    return { ...made, root: parsed.querySelector("svg")! };
  };

  it("has the headline, what is odd, headings, histograms and numbers as they are shown", () => {
    const words = texts(picture(uneven).root, "text");
    assert.equal(words[0], "x\u2002float32 (4, 4) · axis 1 · 4 channels × 4 values");
    assert.deepEqual(words.slice(1, 5), [
      "✕",
      "contains NaN: channel 1",
      "▲",
      "zero variance: channel 2",
    ]);
    for (const word of ["Channel", "Histogram", "Note", "Mean", "−3.0000", "NaN", "Inf"]) {
      assert.ok(words.includes(word), word);
    }
    assert.equal(picture(uneven).root.querySelectorAll('svg[role="img"]').length, 4);
  });

  it("brings its colours along, and needs no style, script or resource", () => {
    const { svg } = picture(uneven);
    for (const color of ["ground", "text", "muted", "line", "bars", "error"] as const) {
      assert.ok(svg.includes(style[color]), color);
    }
    assert.doesNotMatch(svg, /class=|style=|<style|<script|href|url\(|var\(/);
  });

  it("says how many rows it leaves out", () => {
    const whole = picture(tensorPayload(4));
    const part = picture(tensorPayload(4), 3);
    assert.equal(whole.height - part.height, 24 - 20);
    assert.ok(part.svg.includes("The first 3 of the 4 rows of the table"));
  });

  it("takes names as text, without what XML cannot write", () => {
    const evil = `<script>alert("1")</script>&'\u0000`;
    const layer = layerSummary(2, { name: evil, className: evil });
    for (const payload of [
      tensorPayload(2, { name: evil, dtype: evil }),
      tensorPayload(2, { name: null, layer }),
    ]) {
      const { svg, root } = picture(payload);
      assert.ok(!svg.includes("<script") && !svg.includes("\0"));
      assert.ok(root.querySelector("text")!.textContent!.includes("<script>alert("));
    }
  });
});

describe("the Export menu", () => {
  useDocument();

  let copied: string | null = null;
  before(() => {
    Object.defineProperty(globalThis, "navigator", {
      configurable: true,
      value: {
        clipboard: {
          async writeText(text: string) {
            copied = text;
          },
        },
      },
    });
    Object.assign(globalThis, {
      getComputedStyle: () => ({
        color: style.text,
        fontFamily: style.font,
        getPropertyValue: () => "",
      }),
    });
  });
  after(() => {
    Reflect.deleteProperty(globalThis, "getComputedStyle");
  });

  async function chosen(label: string, payload = tensorPayload(4), filter = "") {
    const saved: SavedFile[] = [];
    const container = document.createElement("div");
    document.body.replaceChildren(container);
    mountChannels(container, payload, viewStrings, {
      state: { filter, sort: { key: "mean", descending: true }, pinned: [0] },
      save: (file) => saved.push(file),
    });
    copied = null;
    const button = (text: string) =>
      [...container.querySelectorAll("button")].find((it) => it.textContent === text)!;
    button("Export").click();
    button(label).click();
    await new Promise((done) => setTimeout(done));
    return { saved, said: texts(container, '[role="status"]')[0] };
  }

  it("copies what the table shows: pinned rows, then the others that pass, sorted", async () => {
    const { said } = await chosen(viewStrings.copyCsv, tensorPayload(4), "mean > 1");
    const rows = copied!.trim().split("\n");
    assert.deepEqual(
      rows.map((row) => row.split(",")[0]),
      ["Channel", "0", "3", "2"],
    );
    assert.equal(rows[0], "Channel,Mean,Std,Variance,Min,Max");
    assert.equal(said, "3 channels copied");
  });

  it("copies Markdown", async () => {
    await chosen(viewStrings.copyMarkdown);
    assert.match(copied!, /\| Channel \| Histogram \| Mean \|/);
  });

  it("saves where the place says, under the variable's name", async () => {
    const { saved, said } = await chosen(viewStrings.saveCsv);
    assert.deepEqual(
      saved.map(({ name, type }) => [name, type]),
      [["x-channels.csv", "text/csv"]],
    );
    assert.match(saved[0]!.content as string, /^Channel,Mean/);
    assert.equal(said, "x-channels.csv is ready");
  });

  it("marks a CSV file that is not ASCII as UTF-8", async () => {
    const { saved } = await chosen(viewStrings.saveCsv, uneven);
    assert.ok((saved[0]!.content as string).startsWith("\ufeffChannel"));
  });

  it("saves a picture", async () => {
    const { saved } = await chosen(viewStrings.saveSvg);
    assert.equal(saved[0]!.name, "x-channels.svg");
    assert.match(saved[0]!.content as string, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  });

  it("says so when the clipboard is closed and nothing else copies", async () => {
    Object.assign(navigator, { clipboard: { writeText: () => Promise.reject(new Error("no")) } });
    Object.assign(document, { execCommand: () => false });
    Object.assign(window.HTMLElement.prototype, { select() {} });
    const { said } = await chosen(viewStrings.copyCsv);
    assert.equal(said, viewStrings.copyFailed);
    assert.equal(document.querySelector("textarea"), null);
  });

  it("speaks Chinese where asked to", () =>
    assert.match(tableCsv(exported(uneven), viewStringsFor("zh-cn")), /^通道,均值,NaN,备注\n/));
});
